//! A number as a text prints it.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::fraction::Fraction;

/// Most decimals that a printed number may have.
const DECIMALS_MAX: usize = 9;
/// Most digits before its point.
const DIGITS_MAX: usize = 15;

/// A number with its decimals and its qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    digits: i128,
    decimals: u8,
    /// What the text says besides the digits.
    pub qualifier: Qualifier,
}

/// What a text says of a number besides its digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Qualifier {
    /// Nothing: the number itself.
    #[default]
    Exact,
    /// More than it.
    MoreThan,
    /// It or more.
    AtLeast,
    /// It and some: the zeros at its end stand for what was cut off.
    AndSome,
}

impl Printed {
    /// A number as written: digits with or without a point, a sign before them of either form.
    pub fn new(text: &str, qualifier: Qualifier) -> Option<Self> {
        let text = text.trim();
        let (negative, rest) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = rest.split_once('.').unwrap_or((rest, ""));
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        let fits = !whole.is_empty() && whole.len() <= DIGITS_MAX && part.len() <= DECIMALS_MAX;
        if !fits || !digits(whole) || !digits(part) || rest.ends_with('.') {
            return None;
        }
        let digits: i128 = format!("{whole}{part}").parse().ok()?;
        let decimals = u8::try_from(part.len()).ok()?;
        Some(Self { digits: if negative { -digits } else { digits }, decimals, qualifier })
    }

    /// Decimal places.
    pub fn decimals(&self) -> u8 {
        self.decimals
    }

    /// The number itself.
    pub fn fraction(&self) -> Option<Fraction> {
        Fraction::new(self.digits, self.scale())
    }

    /// A fraction with the decimals of this number, rounded; `None` if it is beyond the numbers.
    pub fn alike(&self, fraction: Fraction) -> Option<Self> {
        Some(Self { digits: fraction.rounded(self.scale())?, qualifier: Qualifier::Exact, ..*self })
    }

    /// Whether a fraction prints as this number: rounded, a half away from nothing.
    pub fn rounds(&self, fraction: Fraction) -> bool {
        fraction.rounded(self.scale()) == Some(self.digits)
    }

    /// Whether it would print so if its further decimals were cut off.
    pub fn cuts(&self, fraction: Fraction) -> bool {
        fraction.cut(self.scale()) == Some(self.digits)
    }

    /// Whether a fraction is what a qualifier says of this number; never for a bare number.
    pub fn bounds(&self, fraction: Fraction) -> bool {
        let order = fraction.cmp_scaled(self.digits, self.scale());
        match self.qualifier {
            Qualifier::Exact => false,
            Qualifier::MoreThan => order == Ordering::Greater,
            Qualifier::AtLeast => order != Ordering::Less,
            Qualifier::AndSome => {
                order != Ordering::Less
                    && fraction.cmp_scaled(self.digits + self.round_unit(), self.scale()) == Ordering::Less
            }
        }
    }

    /// Whether a fraction lies above this number and below the next that could have been printed in its place.
    pub fn tight(&self, fraction: Fraction) -> bool {
        fraction.cmp_scaled(self.digits, self.scale()) == Ordering::Greater
            && fraction.cmp_scaled(self.digits + 1, self.scale()) == Ordering::Less
    }

    /// A number with one more decimal; `None` if it has as many as it may.
    pub fn finer(&self) -> Option<Self> {
        let decimals = self.decimals + 1;
        (usize::from(decimals) <= DECIMALS_MAX).then_some(Self {
            digits: self.digits * 10,
            decimals,
            ..*self
        })
    }

    /// The ends, cut to whole numbers, of the stretch in which all bases lie of which so many are this number of
    /// percent and `plus` more, rounded; `None` if that is nothing or less.
    pub(crate) fn bases(&self, part: i64, plus: i64) -> Option<(i64, i64)> {
        // All that rounds to d lies between d less a half and d and a half.
        let twice = 2 * (self.digits + i128::from(plus) * self.scale());
        let all = 2 * 100 * i128::from(part).checked_mul(self.scale())?;
        let bound = |below: i128| i64::try_from(all.checked_div(below)?).ok();
        if twice < 1 || part < 1 {
            return None;
        }
        Some((bound(twice + 1)?, bound(twice - 1)?))
    }

    /// What lies half a unit of the last place above it: what rounds to it is no greater.
    pub(crate) fn upper(&self) -> Option<Fraction> {
        Fraction::new(2 * self.digits + 1, 2 * self.scale())
    }

    /// The place of its last digit that is not zero, in units of its last place: a hundred of six hundred.
    fn round_unit(&self) -> i128 {
        let mut unit = 1;
        while self.digits != 0 && self.digits % (unit * 10) == 0 {
            unit *= 10;
        }
        unit
    }

    fn scale(&self) -> i128 {
        10_i128.pow(u32::from(self.decimals))
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.digits.abs() / self.scale(), self.digits.abs() % self.scale());
        let sign = if self.digits < 0 { "\u{2212}" } else { "" };
        match self.decimals {
            0 => write!(f, "{sign}{whole}"),
            decimals => write!(f, "{sign}{whole}.{part:0width$}", width = usize::from(decimals)),
        }
    }
}

impl FromStr for Qualifier {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Ok(match word {
            "" | "exact" => Self::Exact,
            "more-than" => Self::MoreThan,
            "at-least" => Self::AtLeast,
            "and-some" => Self::AndSome,
            _ => return Err(()),
        })
    }
}
