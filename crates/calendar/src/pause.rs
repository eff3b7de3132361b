//! Pauses of a limit, put in order: the days on which it does not run.

use crate::day;
use crate::due::Pause;

/// A run of days, both named days included, on which a limit does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// First day not counted: the day after the suspension began.
    pub(crate) first: i64,
    /// Last day not counted: the day it ended.
    pub(crate) last: i64,
}

impl Held {
    /// How many days the run has.
    pub(crate) fn days(self) -> i64 {
        self.last - self.first + 1
    }
}

/// The days after `start` held by any of the pauses, as runs in order that neither overlap nor
/// touch.
pub(crate) fn held_days(pauses: &[Pause], start: i64) -> Vec<Held> {
    let ended = pauses.iter().filter_map(|pause| Some((pause.from, pause.to?)));
    let runs =
        ended.map(|(from, to)| Held { first: (day::number(from) + 1).max(start + 1), last: day::number(to) });
    let mut runs: Vec<Held> = runs.filter(|run| run.first <= run.last).collect();
    runs.sort_by_key(|run| (run.first, run.last));
    runs.dedup_by(|next, run| {
        let joins = next.first <= run.last + 1;
        if joins {
            run.last = run.last.max(next.last);
        }
        joins
    });
    runs
}
