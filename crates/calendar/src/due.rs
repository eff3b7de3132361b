//! What counting gives: the last day of a limit, and what it rests on.

use crate::step::{self, Step};
use crate::{Date, Time};
use serde::{Deserialize, Serialize};

/// A time in which a limit does not run: suspension, exclusion, or an obstacle (`CAL-27`).
///
/// Not counted are the days after `from` through `to`. Order and overlap of pauses do not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// The day the suspension began; it still counts.
    pub from: Date,
    /// The day it ended, the last that does not count. `None` = still running: counting leaves the
    /// pause out, and the caller must treat the clock as standing still, not as due on the day
    /// given.
    pub to: Option<Date>,
}

/// Why a due date may still move: the holiday notice of a year it depends on is not here
/// (`CAL-57`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Provisional {
    /// The years whose notice is missing, in order; in them weekends only were taken as rest days.
    pub missing: Vec<i16>,
}

/// The end of a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last day in time. Forward it ends at 24:00 or the close of business (`CAL-24`); of a
    /// limit counted back from an event it is the latest day for the notice, and may be a rest day.
    pub due: Date,
    /// The exact moment on that day; limits in hours only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// The end before it was moved off rest days; a later extension adds to this day.
    pub raw: Date,
    /// Whether `due` was moved off rest days (`CAL-23`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rolled: bool,
    /// Present if a missing notice may still move the date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<Provisional>,
    /// How the date came about, step by step; empty unless it was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derivation: Vec<Step>,
    /// The version of the calendar counted with.
    pub calendar: String,
}

impl Due {
    /// The same without its derivation: what an event stores.
    #[must_use]
    pub fn brief(&self) -> Due {
        Due {
            provisional: self.provisional.clone(),
            derivation: Vec::new(),
            calendar: self.calendar.clone(),
            ..*self
        }
    }

    /// The date and time that the derivation alone leads to, added up step by step without a
    /// calendar; `None` if it is empty, its steps do not join, or a sum in it is wrong.
    pub fn recompute_from_derivation(&self) -> Option<(Date, Option<Time>)> {
        step::recompute(&self.derivation)
    }
}
