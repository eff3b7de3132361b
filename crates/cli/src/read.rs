//! Values of the command line, read with a sentence for whoever mistyped one.

use calendar::{Date, DateTime, Length, Pause, Unit};
use engine::Jurisdiction;
use office::words::{Arg, Words};

use crate::trouble::Trouble;

/// A day, as `2026-02-10`.
pub(crate) fn day(words: &Words, option: &str, text: &str) -> anyhow::Result<Date> {
    text.parse().map_err(|_| bad(words, "bad-date", option, text))
}

/// A day or a day with a time, as `2026-02-10` or `2026-02-10T17:30`; midnight if no time is given.
pub(crate) fn moment(words: &Words, option: &str, text: &str) -> anyhow::Result<DateTime> {
    let timed = text.contains('T') && !text.ends_with('Z') && !text.contains('+');
    let read = if timed { text.parse().ok() } else { text.parse().ok().map(|it: Date| it.at(0, 0, 0, 0)) };
    read.ok_or_else(|| bad(words, "bad-moment", option, text))
}

/// A whole number from 0.
pub(crate) fn count(words: &Words, option: &str, text: &str) -> anyhow::Result<u32> {
    text.parse().map_err(|_| bad(words, "bad-number", option, text))
}

/// A year of four digits.
pub(crate) fn year(words: &Words, option: &str, text: &str) -> anyhow::Result<i16> {
    let read = text.parse().ok().filter(|it| (1949..=9999).contains(it));
    read.ok_or_else(|| bad(words, "bad-year", option, text))
}

/// A unit of time.
pub(crate) fn unit(words: &Words, option: &str, text: &str) -> anyhow::Result<Unit> {
    text.parse().map_err(|_| {
        let units: Vec<&str> = Unit::ALL.into_iter().map(Unit::as_key).collect();
        said(words, "bad-unit", option, text, &[("units", units.join(", ").into())])
    })
}

/// A pause, as `2026-03-08..2026-03-18`; without an end it still runs.
pub(crate) fn pause(words: &Words, text: &str) -> anyhow::Result<Pause> {
    let bad = || bad(words, "bad-pause", "--pause", text);
    let (from, to) = text.split_once("..").ok_or_else(bad)?;
    let from: Date = from.parse().map_err(|_| bad())?;
    let to: Option<Date> = if to.is_empty() { None } else { Some(to.parse().map_err(|_| bad())?) };
    if to.is_some_and(|to| to < from) {
        return Err(said(words, "pause-backwards", "--pause", text, &[]));
    }
    Ok(Pause { from, to })
}

/// An extension, as `30:calendar-day`.
pub(crate) fn extension(words: &Words, text: &str) -> anyhow::Result<Length> {
    let Some((number, key)) = text.split_once(':') else {
        return Err(bad(words, "bad-extension", "--extend", text));
    };
    Ok(Length { count: count(words, "--extend", number)?, unit: unit(words, "--extend", key)? })
}

/// A jurisdiction by its six digits.
pub(crate) fn place(words: &Words, option: &str, text: &str) -> anyhow::Result<Jurisdiction> {
    text.parse().map_err(|_| bad(words, "bad-place", option, text))
}

fn bad(words: &Words, id: &str, option: &str, given: &str) -> anyhow::Error {
    said(words, id, option, given, &[])
}

fn said(words: &Words, id: &str, option: &str, given: &str, more: &[(&str, Arg)]) -> anyhow::Error {
    let mut args = vec![("option", option.into()), ("given", given.into())];
    args.extend_from_slice(more);
    Trouble::unusable(words.with(id, &args))
}

/// A seed.
pub(crate) fn seed(words: &Words, option: &str, text: &str) -> anyhow::Result<u64> {
    text.parse().map_err(|_| bad(words, "bad-number", option, text))
}
