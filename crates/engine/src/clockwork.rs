//! Clockwork: counting a clock's end with the calendar.

use calendar::{Calendar, CountError, Date, DateTime, Due, Length, Pause, Time};
use law::{Limit, LimitLength, ParameterValue};

use crate::{
    condition::View,
    event::Change,
    matter::{Clock, ClockState},
};

/// A limit's length in this matter: fixed, from a parameter, or from a field. `None` if it is not known.
pub(crate) fn length_of(limit: &Limit, view: &View<'_>) -> Option<Length> {
    match &limit.length {
        LimitLength::Fixed(length) => Some(*length),
        LimitLength::Parameter { key, unit } => match view.parameter(key)? {
            ParameterValue::Number(n) => Some(Length { count: u32::try_from(*n).ok()?, unit: *unit }),
            _ => None,
        },
        LimitLength::Field { key, unit } => {
            let count = u32::try_from(view.value(key)?.as_number()?).ok()?;
            Some(Length { count, unit: *unit })
        }
    }
}

/// The change that starts a clock.
pub(crate) fn start(
    limit: &Limit,
    item: Option<u32>,
    length: Length,
    from: DateTime,
    calendar: &Calendar,
) -> Result<Change, CountError> {
    let due = calendar.due(from, length, &[], &[])?;
    Ok(Change::ClockStarted {
        bars: limit.bars,
        deems: match &limit.expiry {
            law::Expiry::Deem(act) => Some(act.clone()),
            law::Expiry::Alarm | law::Expiry::Fact => None,
        },
        due: due.due,
        fact: limit.expiry == law::Expiry::Fact,
        from: from.date(),
        item,
        length,
        limit: limit.key.clone(),
        on: limit.on.clone(),
        provisional: due.provisional.is_some(),
        raw: due.raw,
        time: due.time,
    })
}

/// The change that stops a clock on a day, with how late it is. Nothing is late by a limit whose end is
/// only a fact.
pub(crate) fn stop(clock: &Clock, on: DateTime, calendar: &Calendar) -> Result<Change, CountError> {
    let ends = match clock.state {
        ClockState::Suspended { .. } => {
            let due = count(clock, &pauses_until(clock, on.date()), &clock.extensions, calendar)?;
            end_of(due.due, due.time)
        }
        _ => clock.ends_at(),
    };
    let late =
        if !clock.fact && on > ends { i64::from((on.date() - ends.date()).get_days()).max(1) } else { 0 };
    Ok(Change::ClockStopped { item: clock.item, late, limit: clock.limit.clone() })
}

/// The change that lets a suspended clock go on.
pub(crate) fn resume(clock: &Clock, on: Date, calendar: &Calendar) -> Result<Change, CountError> {
    let due = count(clock, &pauses_until(clock, on), &clock.extensions, calendar)?;
    Ok(Change::ClockResumed {
        due: due.due,
        item: clock.item,
        limit: clock.limit.clone(),
        on,
        provisional: due.provisional.is_some(),
        raw: due.raw,
    })
}

/// The change that extends a clock.
pub(crate) fn extend(clock: &Clock, by: Length, calendar: &Calendar) -> Result<Change, CountError> {
    let mut extensions = clock.extensions.clone();
    extensions.push(by);
    let due = count(clock, &clock.pauses, &extensions, calendar)?;
    Ok(Change::ClockExtended {
        by,
        due: due.due,
        item: clock.item,
        limit: clock.limit.clone(),
        provisional: due.provisional.is_some(),
        raw: due.raw,
    })
}

impl Clock {
    /// The clock's end with its derivation, counted anew; a suspension that still lasts is left out.
    ///
    /// # Errors
    /// As counting: the start lies in a year whose notice is missing.
    pub fn derive(&self, calendar: &Calendar) -> Result<Due, CountError> {
        let start = match self.time {
            Some(time) => self.from.to_datetime(time),
            None => self.from.to_datetime(Time::midnight()),
        };
        calendar.derive(start, self.length, &self.pauses, &self.extensions)
    }
}

fn count(
    clock: &Clock,
    pauses: &[Pause],
    extensions: &[Length],
    calendar: &Calendar,
) -> Result<Due, CountError> {
    let start = clock.from.to_datetime(clock.time.unwrap_or(Time::midnight()));
    calendar.due(start, clock.length, pauses, extensions)
}

fn pauses_until(clock: &Clock, on: Date) -> Vec<Pause> {
    let mut pauses = clock.pauses.clone();
    if let Some(last) = pauses.last_mut() {
        last.to.get_or_insert(on);
    }
    pauses
}

fn end_of(day: Date, time: Option<Time>) -> DateTime {
    time.map_or_else(|| day.at(23, 59, 0, 0), |time| day.to_datetime(time))
}
