//! Evaluating: an indicator, a period and somebody who counts give a number.

use std::{collections::BTreeMap, fmt};

use calendar::Date;
use law::{Count, Formula, Indicator, Key, Parameter, ParameterValue, RateVersion};

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

    /// The same days a year earlier; the last of February stays that. `None` before what a calendar can hold.
    pub fn before(&self) -> Option<Self> {
        let year = jiff::Span::new().years(1);
        let day = |it: Date| it.checked_sub(year).ok();
        let to = match self.to.tomorrow() {
            Ok(next) if next.day() == 1 => day(next)?.yesterday().ok()?,
            _ => day(self.to)?,
        };
        Some(Self { from: day(self.from)?, to })
    }
}

/// Answers how often something happened. Procedures are counted over together, all versions of each.
pub trait Counts {
    /// Why it could not be counted.
    type Error;

    /// How often any of the marks occurred in the period, by the event's own day or, `on_received`, by the day the
    /// matter was received; or, `once`, how many matters bear any. A mark that ends in `*` stands for all that begin
    /// so.
    ///
    /// # Errors
    /// If it cannot be counted.
    fn count(&self, procedures: &[Key], what: &Count, period: Period) -> Result<i64, Self::Error>;

    /// How many values the marks have, which are split by a field, with a count above zero in the period.
    ///
    /// # Errors
    /// If it cannot be counted.
    fn values(&self, procedures: &[Key], what: &Count, period: Period) -> Result<i64, Self::Error>;

    /// How many matters received in the period bear an `into` mark and had no `out` mark by its end.
    ///
    /// # Errors
    /// If it cannot be counted.
    fn open(&self, procedures: &[Key], into: &Count, out: &Count, period: Period)
    -> Result<i64, Self::Error>;
}

/// What a place has set, by parameter.
pub type Settings = BTreeMap<Key, ParameterValue>;

/// The first day that an open count looks at if it takes in all that came before the period.
const BEGINNING: Date = Date::constant(1, 1, 1);

/// The days on which an open count's matters were received.
pub fn cohort(standing: bool, period: Period) -> Period {
    if standing { Period { from: BEGINNING, ..period } } else { period }
}

/// The version of a rate that a place computes: the one that it has set, else the default. `None` if what it has set is
/// no version: it chose another way than the default, so that the default would be a figure of nobody's choice.
pub fn chosen<'v>(
    choice: &Parameter,
    versions: &'v [RateVersion],
    settings: &Settings,
) -> Option<&'v RateVersion> {
    let named = |value: &ParameterValue| match value {
        ParameterValue::Option(key) => versions.iter().find(|it| it.key == *key),
        ParameterValue::Words(words) => versions.iter().find(|it| it.key.as_str() == words),
        ParameterValue::Number(_) => None,
    };
    named(settings.get(&choice.key).unwrap_or(&choice.default))
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
    /// A parameter that should be a whole number is none, or a rate has no such version.
    BadSetting(Key),
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
            Self::BadSetting(key) => write!(f, "the parameter {key} has no value that can be used"),
            Self::TooLarge(key) => write!(f, "the indicator {key} is beyond 2^63"),
            Self::Counting(error) => write!(f, "counting: {error}"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for Fault<E> {}

/// What indicators are evaluated with.
pub struct Sheet<'a, C> {
    /// The indicators that one may be computed from.
    pub all: &'a [&'a Indicator],
    /// What the place has set.
    pub settings: &'a Settings,
    /// Who counts.
    pub counts: &'a C,
}

impl<C: Counts> Sheet<'_, C> {
    /// The number of an indicator in a period; `None` if it is a change and the year before gives none.
    ///
    /// # Errors
    /// If it, or one that it is computed from, is unknown, circular, of the wrong kind, or cannot be counted.
    pub fn number(&self, indicator: &Indicator, period: Period) -> Result<Option<Number>, Fault<C::Error>> {
        self.within(indicator, period, &mut Vec::new())
    }

    /// The number of one version of a rate, whichever the place has chosen; `None` if there is no such version.
    ///
    /// # Errors
    /// As [`Sheet::number`].
    pub fn version(
        &self,
        indicator: &Indicator,
        version: &str,
        period: Period,
    ) -> Result<Option<Number>, Fault<C::Error>> {
        let Formula::Versions { versions, .. } = &indicator.formula else { return Ok(None) };
        let Some(it) = versions.iter().find(|it| it.key.as_str() == version) else { return Ok(None) };
        self.share(&it.part, &it.base, period, &mut vec![indicator.key.clone()]).map(Some)
    }

    fn within(
        &self,
        indicator: &Indicator,
        period: Period,
        above: &mut Vec<Key>,
    ) -> Result<Option<Number>, Fault<C::Error>> {
        let Indicator { key, procedures, .. } = indicator;
        if above.contains(key) {
            return Err(Fault::Circular(key.clone()));
        }
        above.push(key.clone());
        let count = |counted: Result<i64, C::Error>| counted.map(Number::Whole).map_err(Fault::Counting);
        let number = match &indicator.formula {
            Formula::Count(what) => count(self.counts.count(procedures, what, period))?,
            Formula::Values(what) => count(self.counts.values(procedures, what, period))?,
            Formula::Open { into, out, standing } => {
                count(self.counts.open(procedures, into, out, cohort(*standing, period)))?
            }
            Formula::Ratio { part, base } => self.share(part, base, period, above)?,
            Formula::Sum(parts) => self.sum(key, parts, period, above)?,
            Formula::Target(parameter) => Number::Whole(self.target(parameter)?),
            Formula::Versions { choice, versions } => {
                let it = chosen(choice, versions, self.settings);
                let it = it.ok_or_else(|| Fault::BadSetting(choice.key.clone()))?;
                self.share(&it.part, &it.base, period, above)?
            }
            Formula::Change { of, in_points } => {
                let changed = self.change(of, *in_points, period, above)?;
                above.pop();
                return Ok(changed);
            }
        };
        above.pop();
        Ok(Some(number))
    }

    fn target(&self, parameter: &Parameter) -> Result<i64, Fault<C::Error>> {
        match self.settings.get(&parameter.key).unwrap_or(&parameter.default) {
            ParameterValue::Number(number) => Ok(*number),
            _ => Err(Fault::BadSetting(parameter.key.clone())),
        }
    }

    fn sum(
        &self,
        key: &Key,
        parts: &[Key],
        period: Period,
        above: &mut Vec<Key>,
    ) -> Result<Number, Fault<C::Error>> {
        let mut sum = 0_i64;
        for part in parts {
            let more = self.whole(part, period, above)?;
            sum = sum.checked_add(more).ok_or_else(|| Fault::TooLarge(key.clone()))?;
        }
        Ok(Number::Whole(sum))
    }

    fn share(
        &self,
        part: &Key,
        base: &Key,
        period: Period,
        above: &mut Vec<Key>,
    ) -> Result<Number, Fault<C::Error>> {
        Ok(Number::Share { part: self.whole(part, period, above)?, base: self.whole(base, period, above)? })
    }

    fn change(
        &self,
        of: &Key,
        in_points: bool,
        period: Period,
        above: &mut Vec<Key>,
    ) -> Result<Option<Number>, Fault<C::Error>> {
        let indicator = self.find(of)?;
        let Some(earlier) = period.before() else { return Ok(None) };
        let now = self.within(indicator, period, above)?;
        let before = self.within(indicator, earlier, above)?;
        Ok(now.zip(before).and_then(|(now, before)| now.change_from(&before, in_points)).map(Number::Change))
    }

    fn whole(&self, key: &Key, period: Period, above: &mut Vec<Key>) -> Result<i64, Fault<C::Error>> {
        let number = self.within(self.find(key)?, period, above)?;
        number.and_then(|it| it.whole()).ok_or_else(|| Fault::NotACount(key.clone()))
    }

    fn find(&self, key: &Key) -> Result<&Indicator, Fault<C::Error>> {
        let found = self.all.iter().find(|it| it.key == *key);
        found.copied().ok_or_else(|| Fault::Unknown(key.clone()))
    }
}
