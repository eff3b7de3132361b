//! Claims: what only one live matter of a jurisdiction may hold, kept as unique rows in the act's own
//! transaction.

use std::collections::BTreeSet;

use engine::{Change, Drafted, Hash, Jurisdiction, Matter, Refusal};
use law::{Key, Procedure};
use store::Tx;

use crate::open::random;

/// Side records that hold the secrets of claims, by place.
const SPACE: &str = "claim-key";

fn row(claim: &Key, value: &Hash) -> String {
    format!("{claim}:{value}")
}

/// The refusal of a drafted act that claims what another matter holds.
pub(crate) fn held_elsewhere(
    tx: &Tx<'_>,
    procedure: &Procedure,
    draft: &Drafted,
) -> anyhow::Result<Option<Refusal>> {
    let event = &draft.event;
    for change in &event.changes {
        let Change::Claimed { claim, value } = change else { continue };
        let holder = tx.claimed_by(&event.jurisdiction, &row(claim, value))?;
        if holder.is_some_and(|it| it != event.matter) {
            return Ok(Some(Refusal::claimed(procedure, &event.act, claim)));
        }
    }
    Ok(None)
}

/// A claim that a matter would hold again by a correction, and another has taken meanwhile.
pub(crate) fn taken_meanwhile(
    tx: &Tx<'_>,
    before: &BTreeSet<(Key, Hash)>,
    after: &Matter,
) -> anyhow::Result<Option<Key>> {
    for (claim, value) in after.claims.difference(before) {
        let holder = tx.claimed_by(&after.jurisdiction, &row(claim, value))?;
        if holder.is_some_and(|it| it != after.id) {
            return Ok(Some(claim.clone()));
        }
    }
    Ok(None)
}

/// Takes and lets go what the matter came to hold and no longer holds, by an act or by the correction of one. One
/// that comes second, as an imported one may, holds nothing: what it records was lawful or not elsewhere.
pub(crate) fn settle(tx: &mut Tx<'_>, before: &BTreeSet<(Key, Hash)>, after: &Matter) -> anyhow::Result<()> {
    let place = &after.jurisdiction;
    for (claim, value) in before.difference(&after.claims) {
        let key = row(claim, value);
        if tx.claimed_by(place, &key)? == Some(after.id) {
            tx.release(place, &key)?;
        }
    }
    for (claim, value) in after.claims.difference(before) {
        tx.claim(place, &row(claim, value), after.id)?;
    }
    Ok(())
}

/// The place's secret for claims, made when it is first asked for. It stands beside the ledger: the marks of claims
/// in events tell nothing without it.
pub(crate) fn key(tx: &mut Tx<'_>, place: &Jurisdiction) -> anyhow::Result<[u8; 32]> {
    if let Some(known) = tx.get(SPACE, place.as_str(), 0)? {
        return known.try_into().map_err(|_| anyhow::anyhow!("the claim key of {place} has no 32 bytes"));
    }
    let key: [u8; 32] = random()?;
    tx.put(SPACE, place.as_str(), &key, None)?;
    Ok(key)
}
