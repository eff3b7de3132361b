//! Counting a limit forward from its start and back from an event.

use crate::book::Calendar;
use crate::due::{Due, Pause};
use crate::pause::{Held, held_days};
use crate::{Date, DateTime, Length, Time, Unit, day};
use std::fmt;

/// More of any unit than this leads past the last day that can be named.
const MOST: u64 = 1 << 40;

/// Why a limit cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountError {
    /// The start lies in a year without a notice, or counting back left the known years (`CAL-57`).
    YearUnknown {
        /// The year without a notice.
        year: i16,
        /// First known year; 0 if none is.
        first: i16,
        /// Last known year; 0 if none is.
        last: i16,
    },
    /// The limit leads outside the years 1 to 9999.
    TooLong {
        /// The day counting began from.
        start: Date,
        /// The limit, without its extensions.
        length: Length,
    },
    /// A limit not counted in hours was extended by hours.
    HourExtension {
        /// The limit.
        length: Length,
        /// How many hours it was to be extended by.
        hours: u32,
    },
}

impl fmt::Display for CountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CountError::YearUnknown { year, first: 0, last: 0 } => {
                write!(f, "the working days of {year} are unknown: no holiday notice is installed")
            }
            CountError::YearUnknown { year, first, last } => write!(
                f,
                "the working days of {year} are unknown: its holiday notice is not installed \
                 (first {first}, last {last})"
            ),
            CountError::TooLong { start, length } => {
                write!(f, "{length} counted from {start} with its extensions is out of range")
            }
            CountError::HourExtension { length, hours } => {
                write!(f, "a limit of {length} cannot be extended by {hours} hours")
            }
        }
    }
}

impl std::error::Error for CountError {}

/// A day and the hour on it; minutes and less never change in counting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) day: i64,
    pub(crate) hour: i64,
}

impl Moment {
    pub(crate) fn of(start: DateTime) -> Moment {
        Moment { day: day::number(start.date()), hour: i64::from(start.hour()) }
    }

    /// The moment as a date and a time, the minutes taken from `start`.
    pub(crate) fn name(self, start: DateTime) -> Option<(Date, Time)> {
        let hour = i8::try_from(self.hour).ok()?;
        let time = Time::new(hour, start.minute(), start.second(), start.subsec_nanosecond());
        Some((day::date(self.day)?, time.ok()?))
    }
}

/// A part of a limit counted in one unit: the limit itself or its extensions in that unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) count: u64,
    pub(crate) unit: Unit,
}

impl Stretch {
    pub(crate) fn of(length: Length) -> Stretch {
        Stretch { count: u64::from(length.count), unit: length.unit }
    }
}

/// Extensions summed by unit, years as months, in the one order in which they are added.
pub(crate) fn sum(length: Length, extensions: &[Length]) -> Result<[Stretch; 4], CountError> {
    let total = |unit: Unit| -> u64 {
        let of_unit = extensions.iter().filter(|extension| extension.unit == unit);
        of_unit.map(|extension| u64::from(extension.count)).sum()
    };
    let hours = total(Unit::Hour);
    if hours > 0 && length.unit != Unit::Hour {
        let hours = u32::try_from(hours).unwrap_or(u32::MAX);
        return Err(CountError::HourExtension { length, hours });
    }
    let months = total(Unit::Year).saturating_mul(12).saturating_add(total(Unit::Month));
    Ok([
        Stretch { count: hours, unit: Unit::Hour },
        Stretch { count: months, unit: Unit::Month },
        Stretch { count: total(Unit::CalendarDay), unit: Unit::CalendarDay },
        Stretch { count: total(Unit::WorkingDay), unit: Unit::WorkingDay },
    ])
}

impl Calendar {
    /// The end of a limit that starts on a day (day 0, not counted, `CAL-20`), or for hours at a
    /// moment.
    ///
    /// - Working days count on working days only; calendar days count all; months and years lead to
    ///   the corresponding day, else the last of the month (`CAL-22`); hours run exactly and do not
    ///   roll.
    /// - A pause moves the end by its days of the limit's unit (calendar days for months and years,
    ///   24 hours a day for hours). A limit does not end while a pause lasts that began on or
    ///   before its last day: it then ends on the day the pause ends. A pause still open is left
    ///   out.
    /// - Extensions add to the raw end: first hours, then years and months, then calendar days,
    ///   then working days, each unit summed, so their order does not matter. Hours extend only a
    ///   limit in hours.
    /// - Rolling off rest days happens once and last (`CAL-23`, `CAL-33`).
    ///
    /// # Errors
    /// [`CountError::YearUnknown`] if the start lies in a year without a notice;
    /// [`CountError::TooLong`]; [`CountError::HourExtension`].
    pub fn due(
        &self,
        start: impl Into<DateTime>,
        length: Length,
        pauses: &[Pause],
        extensions: &[Length],
    ) -> Result<Due, CountError> {
        self.due_from(start.into(), length, pauses, extensions)
    }

    /// Counts back from an event: the latest day on which a notice is in time (`CAL-31`).
    ///
    /// The event's day is not counted. The safe rule wants the whole length between the day of the
    /// notice and the event; the `loose` one lets the notice fall on the last day counted. No rule
    /// moves such a day off rest days: by the safe rule, or in calendar days, it may be one. Hours
    /// are counted back from the moment given, either way alike.
    ///
    /// # Errors
    /// [`CountError::YearUnknown`] if the event or the day found lies before the first known year;
    /// [`CountError::TooLong`] if an event lies too late to be named.
    pub fn before(&self, event: impl Into<DateTime>, length: Length, loose: bool) -> Result<Due, CountError> {
        self.before_event(event.into(), length, loose)
    }

    pub(crate) fn due_from(
        &self,
        start: DateTime,
        length: Length,
        pauses: &[Pause],
        extensions: &[Length],
    ) -> Result<Due, CountError> {
        let too_long = CountError::TooLong { start: start.date(), length };
        let origin = Moment::of(start);
        if self.missing(origin.day, origin.day).is_some() && !self.knows(start.year()) {
            return Err(self.unknown(start.year()));
        }
        let held = held_days(pauses, origin.day);
        let base = Stretch::of(length);
        let mut examined = (base.unit == Unit::WorkingDay).then_some(origin.day + 1);
        let mut at = self.advance(origin, base, &held).ok_or_else(|| too_long.clone())?;
        if !extensions.is_empty() {
            for stretch in sum(length, extensions)? {
                if stretch.unit == Unit::WorkingDay && stretch.count > 0 {
                    examined = examined.or(Some(at.day + 1));
                }
                at = self.advance(at, stretch, &held).ok_or_else(|| too_long.clone())?;
            }
        }
        let rolls = length.unit != Unit::Hour;
        let (raw, due) = self.settle(at.day, &held, rolls, |_| {});
        let examined = examined.or(rolls.then_some(at.day));
        let end = Moment { day: due, hour: at.hour };
        let (date, time) = end.name(start).ok_or_else(|| too_long.clone())?;
        Ok(Due {
            due: date,
            time: (!rolls).then_some(time),
            raw: day::date(raw).ok_or(too_long)?,
            rolled: due != raw,
            provisional: examined.and_then(|from| self.missing(from.min(due), due)),
            derivation: Vec::new(),
            calendar: self.version(),
        })
    }

    /// Where a stretch of counting ends that begins after `at`; `None` if past the last day.
    fn advance(&self, at: Moment, stretch: Stretch, held: &[Held]) -> Option<Moment> {
        let count = i64::try_from(stretch.count.min(MOST)).ok()?;
        let (days, hour) = match stretch.unit {
            Unit::WorkingDay => {
                let day = self.walk(at.day, count, held, true);
                return (day <= day::LAST).then_some(Moment { day, ..at });
            }
            Unit::CalendarDay => (count, at.hour),
            Unit::Month => (day::corresponding(at.day, count).0 - at.day, at.hour),
            Unit::Year => (day::corresponding(at.day, count * 12).0 - at.day, at.hour),
            Unit::Hour => ((at.hour + count) / 24, (at.hour + count) % 24),
        };
        let day = self.walk(at.day, days, held, false);
        (day <= day::LAST).then_some(Moment { day, hour })
    }

    /// The day on which `count` days that are not held have passed after `at`.
    fn walk(&self, at: i64, count: i64, held: &[Held], working: bool) -> i64 {
        let ahead = |from: i64, days: i64| match working {
            true if days > 0 => self.table().numbered(self.table().through(from) + days),
            _ => from + days,
        };
        let between = |from: i64, to: i64| match working {
            true => self.table().through(to) - self.table().through(from),
            false => to - from,
        };
        let (mut at, mut left) = (at, count);
        for run in held {
            if run.first > ahead(at, left) {
                break;
            }
            left -= between(at, at.max(run.first - 1));
            at = at.max(run.last);
        }
        ahead(at, left)
    }

    /// Moves an end off rest days, once and last, and out of any pause that began on or before the
    /// last day; gives the raw end and the last day. `on_hold` is told each such pause.
    pub(crate) fn settle(
        &self,
        raw: i64,
        held: &[Held],
        rolls: bool,
        mut on_hold: impl FnMut(Held),
    ) -> (i64, i64) {
        let last_day = |end: i64| if rolls { self.table().roll(end) } else { end };
        let (mut raw, mut due) = (raw, last_day(raw));
        for run in held {
            if run.first <= due + 1 && run.last > due {
                on_hold(*run);
                raw = run.last;
                due = last_day(raw);
            }
        }
        (raw, due)
    }

    pub(crate) fn before_event(
        &self,
        event: DateTime,
        length: Length,
        loose: bool,
    ) -> Result<Due, CountError> {
        let origin = Moment::of(event);
        let known = self.years().map(|(first, _)| day::from_civil(i64::from(first), 1, 1));
        let first = known.ok_or_else(|| self.unknown(event.year()))?;
        if origin.day < first {
            return Err(self.unknown(event.year()));
        }
        let count = i64::from(length.count);
        let (mut found, mut hour) = (origin.day, origin.hour);
        match length.unit {
            Unit::WorkingDay if count == 0 => {}
            Unit::WorkingDay => {
                found = self.table().numbered(self.table().through(origin.day - 1) + 1 - count);
            }
            Unit::CalendarDay => found -= count,
            Unit::Month => found = day::corresponding(origin.day, -count).0,
            Unit::Year => found = day::corresponding(origin.day, -count * 12).0,
            Unit::Hour => {
                found += (origin.hour - count).div_euclid(24);
                hour = (origin.hour - count).rem_euclid(24);
            }
        }
        let examined = (length.unit == Unit::WorkingDay).then_some(found.min(origin.day - 1));
        let timed = length.unit == Unit::Hour;
        found -= i64::from(!loose && !timed);
        if found < first {
            return Err(self.unknown(i16::try_from(day::year_of(first) - 1).unwrap_or(i16::MIN)));
        }
        let end = Moment { day: found, hour }.name(event);
        let too_long = CountError::TooLong { start: event.date(), length };
        let (date, time) = end.ok_or(too_long)?;
        Ok(Due {
            due: date,
            time: timed.then_some(time),
            raw: date,
            rolled: false,
            provisional: examined.and_then(|from| self.missing(from, origin.day - 1)),
            derivation: Vec::new(),
            calendar: self.version(),
        })
    }

    fn unknown(&self, year: i16) -> CountError {
        let (first, last) = self.years().unwrap_or((0, 0));
        CountError::YearUnknown { year, first, last }
    }
}
