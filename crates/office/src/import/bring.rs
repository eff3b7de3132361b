//! Bringing rows in: one write job for each, in the background queue, so that people who wait come first.

use std::collections::BTreeMap;

use engine::{Change, Drafted, Jurisdiction, Matter};
use store::{NumberName, Pending, Queue, Tx};

use super::{
    Brought, Progress, batch,
    check::{Sheet, rows_of},
    number::{self, Given},
    row::Plan,
    run::{Ran, run},
};
use crate::{
    act::{keep, numbered},
    builtin::organ_of,
    laws::Laws,
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
    let desk = sheet.desk(office, place, account)?;
    let (plans, faults) = rows_of(office, sheet);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let token = &sheet.token;
    go_behind(office, &desk, &plans)?;
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

/// Lets every series go on behind the numbers that the file gives, before a row without one takes the next.
fn go_behind(office: &Office, desk: &super::run::Desk<'_>, plans: &[Plan]) -> anyhow::Result<()> {
    let mut last: BTreeMap<(String, i16), NumberName> = BTreeMap::new();
    for plan in plans {
        for planned in &plan.acts {
            for given in &planned.numbers {
                let (series, year) = (given.series.to_string(), given.year.unwrap_or(planned.at.year()));
                let body = organ_of(desk.place);
                let name = NumberName { body, series: series.clone(), year, n: given.n };
                let known = last.entry((series, year)).or_insert_with(|| name.clone());
                known.n = known.n.max(name.n);
            }
        }
    }
    if last.is_empty() {
        return Ok(());
    }
    let place = desk.place.clone();
    let job = move |tx: &mut Tx<'_>| last.values().try_for_each(|it| tx.pass_over(&place, it));
    office.store().write(Queue::Background, job).wait()
}

/// Records an event with the numbers that the file gives it; others are the next of their series.
fn keep_given(
    tx: &mut Tx<'_>,
    laws: &Laws,
    mut draft: Drafted,
    given: &[Given],
    before: Option<Matter>,
) -> anyhow::Result<Matter> {
    if given.is_empty() {
        return keep(tx, laws, draft, before);
    }
    let mut taken = Vec::with_capacity(draft.numbers.len());
    for at in 0..draft.numbers.len() {
        let (event, want) = (&draft.event, &draft.numbers[at]);
        let Some(number) = given.iter().find(|it| it.series == want.series) else {
            taken.push(tx.next_number(&event.jurisdiction, &event.body, &want.series, want.year)?);
            continue;
        };
        let Some(name) = number::name(&draft, number) else { continue };
        let (place, matter) = (event.jurisdiction.clone(), event.matter);
        anyhow::ensure!(tx.take_number(&place, &name, matter)?, "{} {} {}", name.series, name.year, name.n);
        let slots = draft.event.changes.iter_mut().filter_map(|it| match it {
            Change::Number { year, .. } => Some(year),
            _ => None,
        });
        slots.skip(at).take(1).for_each(|year| *year = name.year);
        let want = &mut draft.numbers[at];
        want.year = name.year;
        if let Some(text) = &number.text {
            want.format.clone_from(text);
        }
        taken.push(name.n);
    }
    draft.assign(&taken);
    numbered(tx, laws, draft, before)
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
        for (draft, numbers) in ran.drafts {
            matter = Some(keep_given(tx, &laws, draft, &numbers, matter)?);
        }
        tx.claim(&place, &identity, ran.id)?;
        rows_in(tx, Some(ran.id))
    })
}
