//! Folding: a matter is what its events say, read without law or calendar.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Date, Pause};
use law::Key;

use crate::{
    event::{Change, Event},
    id::Hash,
    matter::{Clock, ClockState, Done, Draft, DraftState, Item, ItemRef, Matter, Step},
    paper,
};

/// The version of the folding; a stored state with another version is rebuilt from the events.
pub const FOLD_VERSION: u32 = 3;

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
    let corrections: BTreeMap<u64, u64> = events
        .clone()
        .into_iter()
        .flat_map(|(event, _)| event.changes.iter().map(|change| (event.seq, change)))
        .filter_map(|(seq, change)| match change {
            Change::Corrected { event } => Some((*event, seq)),
            _ => None,
        })
        .collect();
    let mut matter: Option<Matter> = None;
    for (event, hash) in events {
        let mut state = matter.unwrap_or_else(|| empty(event));
        match corrections.get(&event.seq) {
            None => apply(&mut state, event),
            // What went out on paper cannot be undone: it stays in the list, void.
            Some(by) => paper::fold_void(&mut state.papers, event, *by),
        }
        state.version = event.seq;
        state.head = hash;
        matter = Some(state);
    }
    if let Some(matter) = &mut matter {
        matter.corrected = corrections.into_keys().collect();
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
        papers: Vec::new(),
        published: BTreeSet::new(),
        corrected: BTreeSet::new(),
        findings: 0,
        items: Vec::new(),
        drafts: Vec::new(),
        links: Vec::new(),
        claims: BTreeSet::new(),
        handler: None,
    }
}

fn apply(matter: &mut Matter, event: &Event) {
    matter.last = event.effective.at;
    matter.parties.extend(event.parties.iter().cloned());
    if let Some(at) = &event.item {
        open_item(matter, at, event.effective.at.date());
    }
    let drafts = event.changes.iter().any(|it| matches!(it, Change::Drafted { .. }));
    let item = event.item.as_ref().and_then(|at| matter.items.iter_mut().find(|it| it.at == *at));
    let fields = item.map_or(&mut matter.fields, |it| &mut it.fields);
    // What a draft is given belongs to the act it drafts, which has not been done yet.
    for (field, value) in event.inputs.iter().filter(|_| !drafts) {
        fields.insert(field.clone(), value.clone());
    }
    matter.findings += u32::try_from(event.findings.len()).unwrap_or(u32::MAX);
    let corrects = event.changes.iter().any(|it| matches!(it, Change::Corrected { .. }));
    if !corrects {
        matter.done.push(Done {
            seq: event.seq,
            act: event.act.clone(),
            on: event.effective.at.date(),
            item: event.item.clone(),
            by: event.actor.person().map(str::to_owned),
            role: event.actor.role().cloned(),
            along: Vec::new(),
        });
    }
    for change in &event.changes {
        apply_change(matter, change, event);
    }
    paper::fold(&mut matter.papers, event);
}

fn open_item(matter: &mut Matter, at: &ItemRef, on: Date) {
    if matter.item(at).is_none() {
        matter.items.push(Item {
            at: at.clone(),
            stage: Key::new(""),
            closed: false,
            opened_on: on,
            closed_on: None,
            outcome: None,
            fields: BTreeMap::new(),
        });
    }
}

fn apply_change(matter: &mut Matter, change: &Change, event: &Event) {
    let on = event.effective.at.date();
    let item = event.item.as_ref().and_then(|at| matter.items.iter_mut().find(|it| it.at == *at));
    if let Some(item) = item
        && apply_in_item(item, change, on)
    {
        return;
    }
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
        Change::Set { field, value, .. } => {
            matter.fields.insert(field.clone(), value.clone());
        }
        Change::Outcome { outcome, .. } => matter.outcome = Some(outcome.clone()),
        Change::Number { series, text, .. } => matter.numbers.push((series.clone(), text.clone())),
        Change::Published { publication } => {
            matter.published.insert(publication.clone());
        }
        Change::Unpublished { publication } => {
            matter.published.remove(publication);
        }
        Change::Linked { link, matter: other } => matter.links.push((link.clone(), other.clone())),
        Change::Claimed { claim, value } => {
            matter.claims.insert((claim.clone(), *value));
        }
        Change::Released { claim } => matter.claims.retain(|it| it.0 != *claim),
        Change::Assigned { account } => matter.handler = Some(account.clone()),
        Change::HandedOver { body } => {
            matter.body.clone_from(body);
            matter.handler = None;
        }
        Change::Accompanied { account, role } => {
            let done = matter.done.iter_mut().filter(|it| it.seq == event.seq);
            done.for_each(|it| it.along.push((account.clone(), role.clone())));
        }
        Change::Notified { .. }
        | Change::Corrected { .. }
        | Change::Issued { .. }
        | Change::Voided { .. } => {}
        Change::Drafted { .. }
        | Change::Endorsed { .. }
        | Change::SentBack { .. }
        | Change::Retracted { .. }
        | Change::Countersigned { .. }
        | Change::DraftUsed { .. } => apply_draft(matter, change, event),
        clock => apply_clock(&mut matter.clocks, clock, on),
    }
}

/// Applies a change that concerns the item; `false` if it concerns the matter.
fn apply_in_item(item: &mut Item, change: &Change, on: Date) -> bool {
    match change {
        Change::Stage { closed, to } => {
            item.stage = to.clone();
            item.closed_on = match (*closed, item.closed) {
                (true, false) => Some(on),
                (true, true) => item.closed_on,
                (false, _) => None,
            };
            item.closed = *closed;
        }
        Change::Set { field, item: Some(_), value } => {
            item.fields.insert(field.clone(), value.clone());
        }
        Change::Outcome { item: Some(_), outcome } => item.outcome = Some(outcome.clone()),
        _ => return false,
    }
    true
}

fn apply_draft(matter: &mut Matter, change: &Change, event: &Event) {
    let (by, on) = (event.actor.person().map(str::to_owned), event.effective.at.date());
    if let Change::Drafted { act, item, steps } = change {
        matter.drafts.push(Draft {
            seq: event.seq,
            act: act.clone(),
            item: item.clone(),
            by,
            on,
            steps: steps.clone(),
            endorsed: Vec::new(),
            state: DraftState::Standing,
        });
        return;
    }
    let (Change::Endorsed { draft: seq }
    | Change::SentBack { draft: seq }
    | Change::Retracted { draft: seq }
    | Change::Countersigned { draft: seq, .. }
    | Change::DraftUsed { draft: seq }) = change
    else {
        return;
    };
    let Some(draft) = matter.drafts.iter_mut().find(|it| it.seq == *seq) else { return };
    match change {
        Change::Endorsed { .. } => draft.endorsed.push((by, on)),
        Change::SentBack { .. } => draft.state = DraftState::SentBack,
        Change::Retracted { .. } => draft.state = DraftState::Retracted,
        Change::DraftUsed { .. } => draft.state = DraftState::Done,
        Change::Countersigned { account, .. } => {
            draft.steps.insert(draft.endorsed.len().min(draft.steps.len()), Step::Official(account.clone()));
        }
        _ => {}
    }
}

/// Applies a change of clocks; other changes leave them as they are.
pub(crate) fn apply_clock(clocks: &mut Vec<Clock>, change: &Change, on: Date) {
    if let Change::ClockStarted {
        bars,
        deems,
        due,
        fact,
        from,
        item,
        length,
        limit,
        on,
        provisional,
        raw,
        time,
    } = change
    {
        clocks.retain(|clock| clock.limit != *limit || clock.item != *item);
        clocks.push(Clock {
            limit: limit.clone(),
            item: *item,
            on: on.clone(),
            bars: *bars,
            deems: deems.clone(),
            fact: *fact,
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
    let (Change::ClockStopped { limit, item, .. }
    | Change::ClockSuspended { limit, item, .. }
    | Change::ClockResumed { limit, item, .. }
    | Change::ClockExtended { limit, item, .. }) = change
    else {
        return;
    };
    let Some(clock) = clocks.iter_mut().find(|it| it.limit == *limit && it.item == *item) else {
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
