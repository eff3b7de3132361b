//! Evaluating: an indicator, a period and somebody who counts give a number.

use std::fmt;

use calendar::Date;
use law::{Count, Formula, Indicator, Key};

use crate::number::Number;

/// A stretch of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// A calendar year; `None` beyond what a calendar can hold.
    pub fn year(year: i16) -> Option<Self> {
        let from = Date::new(year, 1, 1).ok()?;
        Some(Self { from, to: Date::new(year, 12, 31).ok()? })
    }
}

/// Answers how often something happened. Procedures are counted over together, all versions of each.
pub trait Counts {
    /// Why it could not be counted.
    type Error;

    /// How often any of the marks occurred in the period, by the event's own day or, `on_received`, by the day the
    /// matter was received. A mark that ends in `*` stands for all that begin so.
    ///
    /// # Errors
    /// If it cannot be counted.
    fn count(&self, procedures: &[Key], what: &Count, period: Period) -> Result<i64, Self::Error>;

    /// How many matters received in the period bear an `into` mark and had no `out` mark by its end.
    ///
    /// # Errors
    /// If it cannot be counted.
    fn open(&self, procedures: &[Key], into: &Count, out: &Count, period: Period)
    -> Result<i64, Self::Error>;
}

/// Why an indicator has no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault<E> {
    /// An indicator that it is computed from does not exist.
    Unknown(Key),
    /// It is computed from itself.
    Circular(Key),
    /// A share stands where only a count can.
    NotACount(Key),
    /// The sum does not fit a number.
    TooLarge(Key),
    /// It could not be counted.
    Counting(E),
}

impl<E: fmt::Display> fmt::Display for Fault<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(key) => write!(f, "there is no indicator {key}"),
            Self::Circular(key) => write!(f, "the indicator {key} is computed from itself"),
            Self::NotACount(key) => write!(f, "the indicator {key} is a share where a count is needed"),
            Self::TooLarge(key) => write!(f, "the indicator {key} is beyond 2^63"),
            Self::Counting(error) => write!(f, "counting: {error}"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for Fault<E> {}

/// The number of an indicator in a period. `all` are the indicators that it may be computed from.
///
/// # Errors
/// If it, or one that it is computed from, is unknown, circular, of the wrong kind, or cannot be counted.
pub fn evaluate<C: Counts>(
    indicator: &Indicator,
    all: &[&Indicator],
    period: Period,
    counts: &C,
) -> Result<Number, Fault<C::Error>> {
    Evaluation { all, period, counts }.number(indicator, &mut Vec::new())
}

struct Evaluation<'a, C> {
    all: &'a [&'a Indicator],
    period: Period,
    counts: &'a C,
}

impl<C: Counts> Evaluation<'_, C> {
    fn number(&self, indicator: &Indicator, above: &mut Vec<Key>) -> Result<Number, Fault<C::Error>> {
        let Indicator { key, procedures, .. } = indicator;
        if above.contains(key) {
            return Err(Fault::Circular(key.clone()));
        }
        above.push(key.clone());
        let number = match &indicator.formula {
            Formula::Count(what) => {
                Number::Whole(self.counts.count(procedures, what, self.period).map_err(Fault::Counting)?)
            }
            Formula::Open { into, out } => {
                Number::Whole(self.counts.open(procedures, into, out, self.period).map_err(Fault::Counting)?)
            }
            Formula::Ratio { part, base } => {
                Number::Share { part: self.whole(part, above)?, base: self.whole(base, above)? }
            }
            Formula::Sum(parts) => {
                let mut sum = 0_i64;
                for part in parts {
                    let more = self.whole(part, above)?;
                    sum = sum.checked_add(more).ok_or_else(|| Fault::TooLarge(key.clone()))?;
                }
                Number::Whole(sum)
            }
        };
        above.pop();
        Ok(number)
    }

    fn whole(&self, key: &Key, above: &mut Vec<Key>) -> Result<i64, Fault<C::Error>> {
        let found = self.all.iter().find(|it| it.key == *key);
        let indicator = found.ok_or_else(|| Fault::Unknown(key.clone()))?;
        self.number(indicator, above)?.whole().ok_or_else(|| Fault::NotACount(key.clone()))
    }
}
