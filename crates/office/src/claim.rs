//! Claims: what only one live matter of a jurisdiction may hold, kept as unique rows in the act's own
//! transaction.

use engine::{Change, Drafted, Event, Hash, Matter, Refusal};
use law::{Key, Procedure};
use store::Tx;

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

/// Takes and lets go what an event says. An imported matter that comes second holds nothing: what it
/// records was lawful or not elsewhere.
pub(crate) fn settle(tx: &mut Tx<'_>, event: &Event, before: Option<&Matter>) -> anyhow::Result<()> {
    for change in &event.changes {
        match change {
            Change::Claimed { claim, value } => {
                tx.claim(&event.jurisdiction, &row(claim, value), event.matter)?;
            }
            Change::Released { claim } => {
                let held = before.into_iter().flat_map(|it| &it.claims).filter(|it| it.0 == *claim);
                for (claim, value) in held {
                    let key = row(claim, value);
                    if tx.claimed_by(&event.jurisdiction, &key)? == Some(event.matter) {
                        tx.release(&event.jurisdiction, &key)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}
