//! Exact fractions of whole numbers.

use std::cmp::Ordering;

/// A fraction whose denominator is above zero.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    above: i128,
    below: i128,
}

impl Fraction {
    /// A fraction; `None` if nothing stands below.
    pub fn new(above: i128, below: i128) -> Option<Self> {
        match below.cmp(&0) {
            Ordering::Greater => Some(Self { above, below }),
            Ordering::Less => Some(Self { above: above.checked_neg()?, below: below.checked_neg()? }),
            Ordering::Equal => None,
        }
    }

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self { above: i128::from(number), below: 1 }
    }

    /// So many of so many in percent; `None` if there are none.
    pub fn percent(part: i64, base: i64) -> Option<Self> {
        Self::new(i128::from(part) * 100, i128::from(base))
    }

    /// The difference of two fractions; `None` if it is beyond the numbers.
    pub fn minus(self, other: Self) -> Option<Self> {
        let left = self.above.checked_mul(other.below)?;
        let right = other.above.checked_mul(self.below)?;
        Self::new(left.checked_sub(right)?, self.below.checked_mul(other.below)?)
    }

    /// One fraction of another in percent; `None` of nothing.
    pub fn percent_of(self, other: Self) -> Option<Self> {
        let above = self.above.checked_mul(other.below)?.checked_mul(100)?;
        Self::new(above, self.below.checked_mul(other.above)?)
    }

    /// How often the other goes into it, cut to a whole number.
    pub(crate) fn ratio(self, other: Self) -> Option<i64> {
        let below = self.below.checked_mul(other.above)?;
        i64::try_from(self.above.checked_mul(other.below)?.checked_div(below)?).ok()
    }

    /// How it stands to nothing.
    pub(crate) fn sign(self) -> Ordering {
        self.above.cmp(&0)
    }

    /// How it stands to a number with decimals.
    pub(crate) fn cmp_scaled(self, digits: i128, scale: i128) -> Ordering {
        // Beyond 2^127 the order is that of the signs; no count comes near.
        match (self.above.checked_mul(scale), digits.checked_mul(self.below)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.above.cmp(&0),
        }
    }

    /// The nearest number with so many decimals, a half away from zero, as whole units of the last place.
    pub(crate) fn rounded(self, scale: i128) -> Option<i128> {
        let twice = self.above.checked_abs()?.checked_mul(2)?.checked_mul(scale)?;
        let rounded = twice.checked_add(self.below)? / self.below.checked_mul(2)?;
        Some(if self.above < 0 { -rounded } else { rounded })
    }

    /// What is left when the further decimals are cut off, as whole units of the last place.
    pub(crate) fn cut(self, scale: i128) -> Option<i128> {
        Some(self.above.checked_mul(scale)? / self.below)
    }
}
