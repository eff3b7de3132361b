//! The steps of a derivation: how a due date came about, for a clerk to read and a program to add
//! up.

use crate::{Date, Length, Time, Unit, day};
use serde::{Deserialize, Serialize};

/// What happens in a step of a derivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Day 0, not counted: the day of receipt, or the event of a limit counted back (`CAL-20`).
    Start,
    /// A run of counted days.
    Counted,
    /// Weekend days, not counted by a limit in working days.
    Weekend,
    /// Days off of one holiday, not counted by a limit in working days (`CAL-56`).
    Holiday,
    /// Weekend days counted because a notice made them working days (`CAL-56`).
    AdjustedWorkday,
    /// Days of a pause; the end moves by as many calendar days as the step has.
    Paused,
    /// An extension of the end by the step's length; the steps after it carry it out.
    Extended,
    /// To the corresponding day of the last month (`CAL-22`).
    CorrespondingDay,
    /// To the last day of the last month, which has no corresponding day (`CAL-22`).
    MonthEnd,
    /// To the day before: whole units lie between notice and event (`CAL-31`, safe rule).
    DayBefore,
    /// Hours on the clock, to the step's time (`CAL-21`).
    Hours,
    /// The end before moving off rest days.
    RawEnd,
    /// The last day moved off rest days (`CAL-23`).
    Rolled,
    /// A year whose notice is missing; weekends only were taken as rest days (`CAL-57`).
    Provisional,
}

/// One step of a derivation. Counted back from an event, the steps run into the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The first day of a run of days; else the day the step leads away from.
    pub from: Date,
    /// The last day of a run of days; else the day the step leads to.
    pub to: Date,
    /// What happens.
    pub kind: StepKind,
    /// Days the step counts toward the limit: all of a counted run, none of any other.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub days: u32,
    /// The holiday's name, of a day off or of a worked weekend day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is added in months, years, hours, or by an extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// The moment at `to`; limits in hours only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_zero(days: &u32) -> bool {
    *days == 0
}

impl Step {
    /// The message id of the step's words, such as `step-month-end`. Its parameters are the step's
    /// fields; `name`, `length` and `time` where present.
    pub fn key(&self) -> &'static str {
        match self.kind {
            StepKind::Start => "step-start",
            StepKind::Counted => "step-counted",
            StepKind::Weekend => "step-weekend",
            StepKind::Holiday => "step-holiday",
            StepKind::AdjustedWorkday => "step-adjusted-workday",
            StepKind::Paused => "step-paused",
            StepKind::Extended => "step-extended",
            StepKind::CorrespondingDay => "step-corresponding-day",
            StepKind::MonthEnd => "step-month-end",
            StepKind::DayBefore => "step-day-before",
            StepKind::Hours => "step-hours",
            StepKind::RawEnd => "step-raw-end",
            StepKind::Rolled => "step-rolled",
            StepKind::Provisional => "step-provisional",
        }
    }

    pub(crate) fn plain(kind: StepKind, from: Date, to: Date) -> Step {
        Step { from, to, kind, days: 0, name: None, length: None, time: None }
    }
}

/// Adds up a derivation: each step must begin where the one before ended.
pub(crate) fn recompute(steps: &[Step]) -> Option<(Date, Option<Time>)> {
    let (start, rest) = steps.split_first()?;
    if start.kind != StepKind::Start || start.from != start.to {
        return None;
    }
    let mut at = day::number(start.to);
    let mut time = start.time;
    for step in rest {
        at = follow(at, time, step)?;
        if step.kind == StepKind::Hours {
            time = step.time;
        }
    }
    Some((day::date(at)?, time))
}

/// The day a step leads to from `at`; `None` if it does not follow from there.
fn follow(at: i64, time: Option<Time>, step: &Step) -> Option<i64> {
    let (from, to) = (day::number(step.from), day::number(step.to));
    let leads = |right: bool| right.then_some(to);
    match step.kind {
        StepKind::Start => None,
        StepKind::Counted | StepKind::AdjustedWorkday | StepKind::Weekend | StepKind::Holiday => {
            let counts = matches!(step.kind, StepKind::Counted | StepKind::AdjustedWorkday);
            let right = i64::from(step.days) == if counts { to - from + 1 } else { 0 };
            let end = if from == at + 1 { Some(to) } else { (to == at - 1).then_some(from) };
            end.filter(|_| right)
        }
        StepKind::Paused => Some(at + to - from + 1),
        StepKind::Extended | StepKind::Provisional => Some(at),
        StepKind::CorrespondingDay | StepKind::MonthEnd => {
            let length = step.length?;
            let each = if length.unit == Unit::Year { 12 } else { 1 };
            let months = i64::from(length.count) * each;
            let found = day::corresponding(at, if to < from { -months } else { months });
            leads(from == at && found == (to, step.kind == StepKind::CorrespondingDay))
        }
        StepKind::Hours => {
            let hours = i64::from(step.length?.count);
            let (before, after) = (i64::from(time?.hour()), i64::from(step.time?.hour()));
            let passed = (to - from) * 24 + after - before;
            leads(from == at && passed.abs() == hours)
        }
        StepKind::DayBefore => leads(from == at && to == at - 1),
        StepKind::RawEnd => leads(from == at && to == at),
        StepKind::Rolled => leads(from == at && to >= at),
    }
}
