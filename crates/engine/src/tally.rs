//! What an event adds to the running counts.

use std::collections::BTreeSet;

use calendar::Date;
use law::{Condition, Key, Mark, Operand, Watch};
use serde::{Deserialize, Serialize};

use crate::{
    event::{Change, Event},
    fold::{fold, fold_all},
    id::Hash,
    matter::Matter,
    value::Value,
};

/// One addition to a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// What is counted: `act:KEY`, `outcome:KEY`, `late:LIMIT`, `finding:KEY`, with what a mark asks besides
    /// (see [`Mark::text`]).
    pub mark: String,
    /// Procedure, all versions together.
    pub procedure: Key,
    /// The body that handles the matter.
    pub body: String,
    /// The day it happened in law.
    pub effective: Date,
    /// The day it was entered, in the office's time zone.
    pub recorded: Date,
    /// The day the matter was received, for cohort figures.
    pub received: Date,
    /// +1 or the number that the mark adds; the negative where a correction takes it away.
    pub n: i64,
}

/// The counts an event leaves that corrects nothing. `matter` is the state after the event: what a mark asks besides
/// must hold of it.
pub fn deltas(event: &Event, matter: &Matter, watch: &Watch) -> Vec<Delta> {
    let recorded = crate::local(event.recorded).date();
    let mut all = Vec::new();
    let mut add = |mark: String, n: i64| {
        all.push(Delta {
            mark,
            procedure: event.law.key.clone(),
            body: event.body.clone(),
            effective: event.effective.at.date(),
            recorded,
            received: matter.received.date(),
            n,
        });
    };
    let after = After { event, matter };
    for plain in plain(event) {
        for mark in watch.asking(&plain) {
            if let Some((text, n)) = after.asked(mark) {
                add(text, n);
            }
        }
        if watch.has(&plain) {
            add(plain, 1);
        }
    }
    all
}

/// The state of a matter and what each of its events leaves to the counts, corrections among them: a correction
/// takes away what the corrected event left.
pub fn recount(events: &[(Event, Hash)], watch: &Watch) -> Option<(Matter, Vec<Vec<Delta>>)> {
    let mut matter: Option<Matter> = None;
    let mut own: Vec<Vec<Delta>> = Vec::with_capacity(events.len());
    let mut left = Vec::with_capacity(events.len());
    for (at, (event, hash)) in events.iter().enumerate() {
        let already = matter.as_ref().map(|it| it.corrected.clone()).unwrap_or_default();
        let targets: BTreeSet<u64> = corrects(event).filter(|it| !already.contains(it)).collect();
        let state = match corrects(event).next() {
            Some(_) => fold_all(events[..=at].iter().map(|(event, hash)| (event, *hash)))?,
            None => fold(matter.take(), event, *hash),
        };
        let recorded = crate::local(event.recorded).date();
        let mut deltas = Vec::new();
        for target in targets {
            // Of an event that itself corrected something only its own marks go: what it took away stays away.
            let gone = events[..at].iter().position(|(it, _)| it.seq == target).map(|it| &own[it]);
            deltas.extend(gone.into_iter().flatten().cloned().map(|it| Delta { recorded, n: -it.n, ..it }));
        }
        own.push(self::deltas(event, &state, watch));
        deltas.extend(own[at].iter().cloned());
        left.push(deltas);
        matter = Some(state);
    }
    matter.map(|it| (it, left))
}

fn corrects(event: &Event) -> impl Iterator<Item = u64> + '_ {
    event.changes.iter().filter_map(|change| match change {
        Change::Corrected { event } => Some(*event),
        _ => None,
    })
}

/// The marks of an event that ask nothing more.
fn plain(event: &Event) -> Vec<String> {
    let mut marks = vec![format!("act:{}", event.act)];
    for change in &event.changes {
        match change {
            Change::Outcome { outcome, .. } => marks.push(format!("outcome:{outcome}")),
            Change::ClockStopped { late, limit, .. } if *late > 0 => marks.push(format!("late:{limit}")),
            _ => {}
        }
    }
    marks.extend(event.findings.iter().map(|finding| format!("finding:{}", finding.key)));
    marks
}

/// A matter as it stands after an event of it.
struct After<'a> {
    event: &'a Event,
    matter: &'a Matter,
}

impl After<'_> {
    /// A field's value: of the item that the event happened in, else of the matter.
    fn value(&self, field: &str) -> Option<&Value> {
        let item = self.event.item.as_ref().and_then(|at| self.matter.item(at));
        item.and_then(|it| it.fields.get(field)).or_else(|| self.matter.fields.get(field))
    }

    /// The mark as it is counted, and how much it adds, if what it asks holds.
    fn asked(&self, mark: &Mark) -> Option<(String, i64)> {
        if mark.only.as_ref().is_some_and(|it| !self.holds(&it.0)) {
            return None;
        }
        let n = match &mark.adds {
            Some(field) => self.value(field)?.as_number()?,
            None => 1,
        };
        let text = match &mark.by {
            Some(field) => {
                let value = self.value(field)?;
                mark.text_for(value.as_option().or_else(|| value.as_text())?)
            }
            None => mark.text(),
        };
        (n != 0).then_some((text, n))
    }

    /// Whether a condition of a mark holds; the reader lets no others in.
    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|it| self.holds(it)),
            Condition::Any(parts) => parts.iter().any(|it| self.holds(it)),
            Condition::Not(inner) => !self.holds(inner),
            Condition::Done(act) => self.matter.has_done(act),
            Condition::Given(field) => self.value(field).is_some(),
            Condition::Is { field, any_of } => {
                let option = self.value(field).and_then(Value::as_option);
                option.is_some_and(|it| any_of.iter().any(|key| key.as_str() == it))
            }
            Condition::Compare { field, how, with: Operand::Number(number) } => {
                let Some(value) = self.value(field) else { return false };
                let scaled = value.as_cents().map(|it| (it, number.saturating_mul(100)));
                let pair = scaled.or_else(|| value.as_number().map(|it| (it, *number)));
                pair.is_some_and(|(left, right)| how.holds(left.cmp(&right)))
            }
            _ => false,
        }
    }
}
