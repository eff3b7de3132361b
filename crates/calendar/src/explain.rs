//! Derivations: the same count made day by day, each day put down.

use crate::book::Calendar;
use crate::count::{CountError, Moment, Stretch, sum};
use crate::due::{Due, Pause};
use crate::notice::DayKind;
use crate::pause::{Held, held_days};
use crate::step::{Step, StepKind};
use crate::{Date, DateTime, Length, Unit, day};

impl Calendar {
    /// [`Calendar::due`] with its derivation.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn derive(
        &self,
        start: impl Into<DateTime>,
        length: Length,
        pauses: &[Pause],
        extensions: &[Length],
    ) -> Result<Due, CountError> {
        let start = start.into();
        let mut due = self.due_from(start, length, pauses, extensions)?;
        let mut trail = Trail::new(self, start, length.unit);
        trail.held = held_days(pauses, trail.at.day);
        trail.stretch(Stretch::of(length));
        if !extensions.is_empty() {
            for stretch in sum(length, extensions)?.into_iter().filter(|part| part.count > 0) {
                let place = trail.steps.len();
                trail.lead(StepKind::Extended, trail.at.day);
                trail.stretch(stretch);
                let end = trail.date();
                if let (Some(step), Some(end)) = (trail.steps.get_mut(place), end) {
                    step.to = end;
                    step.length = length_of(stretch);
                }
            }
        }
        trail.settle(length.unit != Unit::Hour);
        trail.provisional(&due);
        due.derivation = trail.steps;
        Ok(due)
    }

    /// [`Calendar::before`] with its derivation, whose steps run back from the event.
    ///
    /// # Errors
    /// As [`Calendar::before`].
    pub fn derive_before(
        &self,
        event: impl Into<DateTime>,
        length: Length,
        loose: bool,
    ) -> Result<Due, CountError> {
        let event = event.into();
        let mut due = self.before_event(event, length, loose)?;
        let mut trail = Trail::new(self, event, length.unit);
        trail.back(length);
        if !loose && length.unit != Unit::Hour {
            trail.lead(StepKind::DayBefore, trail.at.day - 1);
        }
        trail.lead(StepKind::RawEnd, trail.at.day);
        trail.provisional(&due);
        due.derivation = trail.steps;
        Ok(due)
    }
}

fn length_of(stretch: Stretch) -> Option<Length> {
    Some(Length { count: u32::try_from(stretch.count).ok()?, unit: stretch.unit })
}

/// A derivation being written. The count itself has already succeeded, so every day met can be
/// named.
struct Trail<'a> {
    calendar: &'a Calendar,
    start: DateTime,
    held: Vec<Held>,
    at: Moment,
    steps: Vec<Step>,
}

impl<'a> Trail<'a> {
    fn new(calendar: &'a Calendar, start: DateTime, unit: Unit) -> Trail<'a> {
        let mut first = Step::plain(StepKind::Start, start.date(), start.date());
        first.time = (unit == Unit::Hour).then_some(start.time());
        let at = Moment::of(start);
        Trail { calendar, start, held: Vec::new(), at, steps: vec![first] }
    }

    fn date(&self) -> Option<Date> {
        day::date(self.at.day)
    }

    fn push(&mut self, kind: StepKind, from: i64, to: i64) -> Option<&mut Step> {
        self.steps.push(Step::plain(kind, day::date(from)?, day::date(to)?));
        self.steps.last_mut()
    }

    /// A step from where the trail stands to another day.
    fn lead(&mut self, kind: StepKind, to: i64) {
        self.push(kind, self.at.day, to);
        self.at.day = to;
    }

    fn stretch(&mut self, stretch: Stretch) {
        let start = self.at.day;
        match stretch.unit {
            Unit::WorkingDay => return self.run(stretch.count, true),
            Unit::CalendarDay => return self.run(stretch.count, false),
            Unit::Month | Unit::Year => self.months(length_of(stretch), 1),
            Unit::Hour => self.hours(length_of(stretch), 1),
        }
        for run in self.held.clone() {
            if run.first > start && run.first <= self.at.day {
                self.push(StepKind::Paused, run.first, run.last);
                self.at.day += run.days();
            }
        }
    }

    /// Days one by one until `count` of them have counted.
    fn run(&mut self, count: u64, working: bool) {
        let mut left = count;
        while left > 0 && self.at.day < day::LAST {
            let next = self.at.day + 1;
            let paused = self.held.iter().copied().find(|run| (run.first..=run.last).contains(&next));
            if let Some(run) = paused {
                self.push(StepKind::Paused, next, run.last);
                self.at.day = run.last;
                continue;
            }
            left -= u64::from(self.put(next, working));
        }
    }

    /// Puts down one day, joined to the step before if it is of the same kind; says whether it
    /// counts.
    fn put(&mut self, number: i64, working: bool) -> bool {
        let table = self.calendar.table();
        let kind = match table.kind(number) {
            _ if !working => StepKind::Counted,
            DayKind::Workday => StepKind::Counted,
            DayKind::AdjustedWorkday => StepKind::AdjustedWorkday,
            DayKind::Weekend => StepKind::Weekend,
            DayKind::Holiday => StepKind::Holiday,
        };
        let named = matches!(kind, StepKind::AdjustedWorkday | StepKind::Holiday);
        let name = table.name(number).filter(|_| named).map(str::to_owned);
        let counts = matches!(kind, StepKind::Counted | StepKind::AdjustedWorkday);
        let back = number < self.at.day;
        self.at.day = number;
        let joined = self.steps.last_mut().filter(|last| last.kind == kind && last.name == name);
        match (joined, day::date(number)) {
            (Some(last), Some(date)) => {
                if back {
                    last.from = date
                } else {
                    last.to = date
                }
                last.days += u32::from(counts);
            }
            _ => {
                if let Some(step) = self.push(kind, number, number) {
                    step.days = u32::from(counts);
                    step.name = name;
                }
            }
        }
        counts
    }

    fn months(&mut self, length: Option<Length>, sign: i64) {
        let Some(length) = length.filter(|length| length.count > 0) else {
            return;
        };
        let each = if length.unit == Unit::Year { 12 } else { 1 };
        let months = sign * each * i64::from(length.count);
        let (to, exists) = day::corresponding(self.at.day, months);
        self.lead(if exists { StepKind::CorrespondingDay } else { StepKind::MonthEnd }, to);
        if let Some(step) = self.steps.last_mut() {
            step.length = Some(length);
        }
    }

    fn hours(&mut self, length: Option<Length>, sign: i64) {
        let Some(length) = length else {
            return;
        };
        let total = self.at.hour + sign * i64::from(length.count);
        self.at.hour = total.rem_euclid(24);
        self.lead(StepKind::Hours, self.at.day + total.div_euclid(24));
        let time = self.at.name(self.start).map(|(_, time)| time);
        if let Some(step) = self.steps.last_mut() {
            step.length = Some(length);
            step.time = time;
        }
    }

    fn back(&mut self, length: Length) {
        let working = length.unit == Unit::WorkingDay;
        match length.unit {
            Unit::WorkingDay | Unit::CalendarDay => {
                let mut left = length.count;
                while left > 0 && self.at.day > day::FIRST {
                    left -= u32::from(self.put(self.at.day - 1, working));
                }
            }
            Unit::Month | Unit::Year => self.months(Some(length), -1),
            Unit::Hour => self.hours(Some(length), -1),
        }
    }

    /// The end: out of a pause if one lasts, then off rest days.
    fn settle(&mut self, rolls: bool) {
        let mut holds = Vec::new();
        let end = self.at.day;
        let (raw, due) = self.calendar.settle(end, &self.held, rolls, |run| holds.push(run));
        for run in holds {
            if run.first - 1 > self.at.day {
                self.lead(StepKind::Rolled, run.first - 1);
            }
            self.push(StepKind::Paused, run.first, run.last);
            self.at.day = run.last;
        }
        self.lead(StepKind::RawEnd, raw);
        if due != raw {
            self.lead(StepKind::Rolled, due);
        }
    }

    fn provisional(&mut self, due: &Due) {
        for year in due.provisional.iter().flat_map(|provisional| &provisional.missing) {
            let year = i64::from(*year);
            self.push(StepKind::Provisional, day::from_civil(year, 1, 1), day::from_civil(year, 12, 31));
        }
    }
}
