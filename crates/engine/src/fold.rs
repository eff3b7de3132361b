//! Folding: a matter is what its events say, read without law or calendar.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Date, Pause};
use law::Key;

use crate::{
    event::{Change, Event},
    id::Hash,
    matter::{Clock, ClockState, Done, Matter},
};

/// The version of the folding; a stored state with another version is rebuilt from the events.
pub const FOLD_VERSION: u32 = 1;

/// Adds one event to a matter (`None` before the first). A correction cannot be added to a state,
/// since it takes an earlier event away: use [`fold_all`] for a matter whose last event is one.
pub fn fold(matter: Option<Matter>, event: &Event, hash: Hash) -> Matter {
    let mut matter = matter.unwrap_or_else(|| empty(event));
    apply(&mut matter, event);
    matter.version = event.seq;
    matter.head = hash;
    matter
}

/// Folds all events of a matter in order, leaving out what was corrected away. `None` for no events.
pub fn fold_all<'a>(events: impl IntoIterator<Item = (&'a Event, Hash)> + Clone) -> Option<Matter> {
    let corrected: BTreeSet<u64> = events
        .clone()
        .into_iter()
        .flat_map(|(event, _)| &event.changes)
        .filter_map(|change| match change {
            Change::Corrected { event } => Some(*event),
            _ => None,
        })
        .collect();
    let mut matter: Option<Matter> = None;
    for (event, hash) in events {
        let mut state = matter.unwrap_or_else(|| empty(event));
        if !corrected.contains(&event.seq) {
            apply(&mut state, event);
        }
        state.version = event.seq;
        state.head = hash;
        matter = Some(state);
    }
    if let Some(matter) = &mut matter {
        matter.corrected = corrected;
    }
    matter
}

fn empty(event: &Event) -> Matter {
    Matter {
        jurisdiction: event.jurisdiction.clone(),
        id: event.matter,
        law: event.law.clone(),
        body: event.body.clone(),
        version: 0,
        head: Hash::NONE,
        received: event.effective.at,
        last: event.effective.at,
        stage: Key::new(""),
        closed: false,
        closed_on: None,
        outcome: None,
        parties: Vec::new(),
        fields: BTreeMap::new(),
        clocks: Vec::new(),
        done: Vec::new(),
        numbers: Vec::new(),
        published: BTreeSet::new(),
        corrected: BTreeSet::new(),
        findings: 0,
    }
}

fn apply(matter: &mut Matter, event: &Event) {
    matter.last = event.effective.at;
    matter.parties.extend(event.parties.iter().cloned());
    for (field, value) in &event.inputs {
        matter.fields.insert(field.clone(), value.clone());
    }
    matter.findings += u32::try_from(event.findings.len()).unwrap_or(u32::MAX);
    let corrects = event.changes.iter().any(|it| matches!(it, Change::Corrected { .. }));
    if !corrects {
        matter.done.push(Done { seq: event.seq, act: event.act.clone(), on: event.effective.at.date() });
    }
    for change in &event.changes {
        apply_change(matter, change, event.effective.at.date());
    }
}

fn apply_change(matter: &mut Matter, change: &Change, on: Date) {
    match change {
        Change::Stage { closed, to } => {
            matter.stage = to.clone();
            matter.closed_on = match (*closed, matter.closed) {
                (true, false) => Some(on),
                (true, true) => matter.closed_on,
                (false, _) => None,
            };
            matter.closed = *closed;
        }
        Change::Set { field, value } => {
            matter.fields.insert(field.clone(), value.clone());
        }
        Change::Outcome { outcome } => matter.outcome = Some(outcome.clone()),
        Change::Number { series, text, .. } => matter.numbers.push((series.clone(), text.clone())),
        Change::Published { publication } => {
            matter.published.insert(publication.clone());
        }
        Change::Unpublished { publication } => {
            matter.published.remove(publication);
        }
        Change::Notified { .. } | Change::Corrected { .. } => {}
        clock => apply_clock(&mut matter.clocks, clock, on),
    }
}

/// Applies a change of clocks; other changes leave them as they are.
pub(crate) fn apply_clock(clocks: &mut Vec<Clock>, change: &Change, on: Date) {
    if let Change::ClockStarted { bars, deems, due, from, length, limit, on, provisional, raw, time } = change
    {
        clocks.retain(|clock| clock.limit != *limit);
        clocks.push(Clock {
            limit: limit.clone(),
            on: on.clone(),
            bars: *bars,
            deems: deems.clone(),
            from: *from,
            length: *length,
            pauses: Vec::new(),
            extensions: Vec::new(),
            due: *due,
            time: *time,
            raw: *raw,
            provisional: *provisional,
            state: ClockState::Running,
        });
        return;
    }
    let (Change::ClockStopped { limit, .. }
    | Change::ClockSuspended { limit, .. }
    | Change::ClockResumed { limit, .. }
    | Change::ClockExtended { limit, .. }) = change
    else {
        return;
    };
    let Some(clock) = clocks.iter_mut().find(|clock| clock.limit == *limit) else {
        return;
    };
    match change {
        Change::ClockStopped { late, .. } => clock.state = ClockState::Stopped { on, late: *late },
        Change::ClockSuspended { on, .. } => {
            clock.state = ClockState::Suspended { since: *on };
            clock.pauses.push(Pause { from: *on, to: None });
        }
        Change::ClockResumed { due, on, provisional, raw, .. } => {
            if let Some(pause) = clock.pauses.last_mut() {
                pause.to = Some(*on);
            }
            (clock.due, clock.raw, clock.provisional) = (*due, *raw, *provisional);
            clock.state = ClockState::Running;
        }
        Change::ClockExtended { by, due, provisional, raw, .. } => {
            clock.extensions.push(*by);
            (clock.due, clock.raw, clock.provisional) = (*due, *raw, *provisional);
        }
        _ => {}
    }
}
