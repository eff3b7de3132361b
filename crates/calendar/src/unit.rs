//! The units a limit is counted in, and a length in one of them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a limit is counted in.
///
/// Which "day" of a statute is a working day is the statute's own matter (`CAL-01` to `CAL-15`);
/// files under `law/` name the unit outright.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A day on which state organs work: neither weekend nor day off, or a weekend day declared a
    /// working day.
    WorkingDay,
    /// Any day of the calendar.
    CalendarDay,
    /// A calendar month, to the corresponding day (`CAL-22`).
    Month,
    /// A calendar year, to the corresponding day (`CAL-22`).
    Year,
    /// A clock hour from a stated moment, through nights and holidays (`CAL-21`).
    Hour,
}

impl Unit {
    /// Every unit, in the order of the enum.
    pub const ALL: [Unit; 5] = [Unit::WorkingDay, Unit::CalendarDay, Unit::Month, Unit::Year, Unit::Hour];

    /// The key used in files, in JSON and on the command line, such as `working-day`.
    pub fn as_key(self) -> &'static str {
        match self {
            Unit::WorkingDay => "working-day",
            Unit::CalendarDay => "calendar-day",
            Unit::Month => "month",
            Unit::Year => "year",
            Unit::Hour => "hour",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_key())
    }
}

/// A word that is no unit key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownUnit {
    /// The word as it was read.
    pub word: String,
}

impl fmt::Display for UnknownUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is no unit of time; the units are", self.word)?;
        for (place, unit) in Unit::ALL.iter().enumerate() {
            write!(f, "{}{unit}", if place == 0 { " " } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownUnit {}

impl FromStr for Unit {
    type Err = UnknownUnit;

    /// Reads a key exactly as [`Unit::as_key`] writes it.
    fn from_str(word: &str) -> Result<Unit, UnknownUnit> {
        let found = Unit::ALL.into_iter().find(|unit| unit.as_key() == word);
        found.ok_or_else(|| UnknownUnit { word: word.to_owned() })
    }
}

/// How long a limit is: a count of units. Lengths of different units are ordered by unit first,
/// which is an order for sorting only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Length {
    /// How many units; zero ends on the day it starts.
    pub count: u32,
    /// The unit counted.
    pub unit: Unit,
}

impl Ord for Length {
    fn cmp(&self, other: &Length) -> std::cmp::Ordering {
        (self.unit, self.count).cmp(&(other.unit, other.count))
    }
}

impl PartialOrd for Length {
    fn partial_cmp(&self, other: &Length) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Length {
    /// `20 working-day`, the way a file writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.unit)
    }
}
