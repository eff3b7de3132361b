//! Claims: what only one live matter of a jurisdiction may hold, or as many as there are seats, kept as unique rows
//! in the act's own transaction: nobody can take more, however many ask at once.

use std::collections::BTreeSet;

use engine::{Change, Drafted, Hash, Jurisdiction, Matter, MatterId, Refusal};
use law::{Key, Procedure};
use store::{Reader, Tx};

use crate::open::random;

/// Side records that hold the secrets of claims, by place.
const SPACE: &str = "claim-key";

/// The key of a seat; the first has no number, as where there is one alone.
fn row(claim: &Key, value: &Hash, seat: u32) -> String {
    if seat == 1 { format!("{claim}:{value}") } else { format!("{claim}:{value}#{seat}") }
}

/// How many may hold what a claim names, by the procedure.
fn seats(procedure: &Procedure, claim: &Key) -> u32 {
    procedure.claim(claim).map_or(1, |it| it.seats)
}

/// A seat that a matter holds, or the first that nobody does.
fn seat(
    reader: &Reader,
    place: &Jurisdiction,
    (claim, value): (&Key, &Hash),
    matter: MatterId,
    seats: u32,
) -> anyhow::Result<Option<String>> {
    let mut free = None;
    for seat in 1..=seats {
        let key = row(claim, value, seat);
        match reader.claimed_by(place, &key)? {
            Some(holder) if holder == matter => return Ok(Some(key)),
            Some(_) => {}
            None => free = free.or(Some(key)),
        }
    }
    Ok(free)
}

/// The refusal of a drafted act that claims what others hold.
pub(crate) fn held_elsewhere(
    tx: &Tx<'_>,
    procedure: &Procedure,
    draft: &Drafted,
) -> anyhow::Result<Option<Refusal>> {
    let event = &draft.event;
    for change in &event.changes {
        let Change::Claimed { claim, value } = change else { continue };
        let seats = seats(procedure, claim);
        if seat(tx, &event.jurisdiction, (claim, value), event.matter, seats)?.is_none() {
            return Ok(Some(Refusal::claimed(procedure, &event.act, claim)));
        }
    }
    Ok(None)
}

/// A claim that a matter would hold again by a correction, and others have taken meanwhile.
pub(crate) fn taken_meanwhile(
    tx: &Tx<'_>,
    procedure: &Procedure,
    before: &BTreeSet<(Key, Hash)>,
    after: &Matter,
) -> anyhow::Result<Option<Key>> {
    for (claim, value) in after.claims.difference(before) {
        let seats = seats(procedure, claim);
        if seat(tx, &after.jurisdiction, (claim, value), after.id, seats)?.is_none() {
            return Ok(Some(claim.clone()));
        }
    }
    Ok(None)
}

/// Takes and lets go what the matter came to hold and no longer holds, by an act or by the correction of one. One
/// that finds no seat, as an imported one may, holds nothing: what it records was lawful or not elsewhere.
pub(crate) fn settle(
    tx: &mut Tx<'_>,
    procedure: &Procedure,
    before: &BTreeSet<(Key, Hash)>,
    after: &Matter,
) -> anyhow::Result<()> {
    let place = &after.jurisdiction;
    for (claim, value) in before.difference(&after.claims) {
        for seat in 1..=seats(procedure, claim) {
            let key = row(claim, value, seat);
            if tx.claimed_by(place, &key)? == Some(after.id) {
                tx.release(place, &key)?;
            }
        }
    }
    for (claim, value) in after.claims.difference(before) {
        if let Some(key) = seat(tx, place, (claim, value), after.id, seats(procedure, claim))? {
            tx.claim(place, &key, after.id)?;
        }
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
