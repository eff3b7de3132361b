//! What an event adds to the running counts.

use calendar::Date;
use law::Key;
use serde::{Deserialize, Serialize};

use crate::{
    event::{Change, Event},
    matter::Matter,
};

/// One addition to a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// What is counted: `act:KEY`, `outcome:KEY`, `late:LIMIT`, `finding:KEY`.
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
    /// +1, or −1 where a correction takes it away.
    pub n: i64,
}

/// The counts an event leaves. `matter` is the state after the event.
///
/// For a correction pass the corrected event as `of` and −1 as `sign`, with the correcting event's
/// recorded moment in `event`.
pub fn deltas(event: &Event, of: &Event, matter: &Matter, sign: i64) -> Vec<Delta> {
    let mut marks = vec![format!("act:{}", of.act)];
    for change in &of.changes {
        match change {
            Change::Outcome { outcome, .. } => marks.push(format!("outcome:{outcome}")),
            Change::ClockStopped { late, limit, .. } if *late > 0 => marks.push(format!("late:{limit}")),
            _ => {}
        }
    }
    marks.extend(of.findings.iter().map(|finding| format!("finding:{}", finding.key)));
    let recorded = crate::local(event.recorded).date();
    marks
        .into_iter()
        .map(|mark| Delta {
            mark,
            procedure: of.law.key.clone(),
            body: of.body.clone(),
            effective: of.effective.at.date(),
            recorded,
            received: matter.received.date(),
            n: sign,
        })
        .collect()
}
