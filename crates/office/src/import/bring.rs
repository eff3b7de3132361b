//! Bringing rows in: one write job for each, in the background queue, so that people who wait come first.

use engine::Jurisdiction;
use store::{Pending, Queue};

use super::{
    Brought, Progress, batch,
    check::{Sheet, rows_of},
    row::Plan,
    run::{Ran, run},
};
use crate::{
    act::keep,
    open::{Office, is_busy},
};

/// Rows handed to the writer before the first of them is waited for.
const AHEAD: usize = 64;
/// How often a row is handed in again while the queue is full, and how long is waited between.
const TRIES: u32 = 600;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

/// Brings in what is not yet in of a checked sheet, and seals the batch. Faults are found before anything is written.
pub(crate) fn bring_in(
    office: &Office,
    sheet: &Sheet,
    place: &Jurisdiction,
    account: &str,
    mut told: impl FnMut(Progress),
) -> anyhow::Result<Brought> {
    let desk = sheet.desk(office, place, account);
    let (plans, faults) = rows_of(office, sheet);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let token = &sheet.token;
    let mut findings = Vec::new();
    let mut waiting: Vec<(&Plan, Pending<()>)> = Vec::new();
    for plan in &plans {
        let there = office.store().read(|it| batch::row_is_in(it, place, token, plan.row))?;
        if there {
            continue;
        }
        let ran = match run(&desk, plan)? {
            Ok(ran) => ran,
            Err(faults) => return Ok(Err(faults)),
        };
        findings.extend(ran.findings.iter().cloned());
        waiting.push((plan, hand_in(office, place, token, plan, ran)));
        if waiting.len() == AHEAD {
            settle(office, &desk, token, &mut waiting)?;
            told(progress_of(office, place, token)?);
        }
    }
    settle(office, &desk, token, &mut waiting)?;
    let (at, name) = (place.clone(), token.clone());
    let sealed = office.store().write(Queue::Background, move |tx| batch::seal(tx, &at, &name)).wait()?;
    told(sealed.clone());
    Ok(Ok((sealed, findings)))
}

/// How far a batch is.
pub(crate) fn progress_of(office: &Office, place: &Jurisdiction, token: &str) -> anyhow::Result<Progress> {
    let found = office.store().read(|it| batch::batch(it, place, token, 0))?;
    Ok(found.map(|it| it.progress).unwrap_or_default())
}

/// Waits for rows handed in; one that found the queue full is run and handed in again.
fn settle(
    office: &Office,
    desk: &super::run::Desk<'_>,
    token: &str,
    waiting: &mut Vec<(&Plan, Pending<()>)>,
) -> anyhow::Result<()> {
    for (plan, pending) in waiting.drain(..) {
        let mut came = pending.wait();
        let mut tries = 0;
        while came.as_ref().is_err_and(is_busy) && tries < TRIES {
            tries += 1;
            std::thread::sleep(PAUSE);
            let Ok(ran) = run(desk, plan)? else { break };
            came = hand_in(office, desk.place, token, plan, ran).wait();
        }
        came?;
    }
    Ok(())
}

/// The job of one row: everything of it, or nothing.
fn hand_in(office: &Office, place: &Jurisdiction, token: &str, plan: &Plan, ran: Ran) -> Pending<()> {
    let (laws, place, token) = (office.laws().clone(), place.clone(), token.to_owned());
    let (row, more, identity) = (plan.row, plan.more.clone(), plan.identity());
    office.store().write(Queue::Background, move |tx| {
        if batch::row_is_in(tx, &place, &token, row)? {
            return Ok(());
        }
        let rows_in = |tx: &mut store::Tx<'_>, matter| {
            let rows = std::iter::once(row).chain(more.iter().copied());
            rows.into_iter().try_for_each(|row| batch::row_in(tx, &place, &token, row, matter))
        };
        if tx.claimed_by(&place, &identity)?.is_some() {
            return rows_in(tx, None);
        }
        let mut matter = None;
        for draft in ran.drafts {
            matter = Some(keep(tx, &laws, draft, matter)?);
        }
        tx.claim(&place, &identity, ran.id)?;
        rows_in(tx, Some(ran.id))
    })
}
