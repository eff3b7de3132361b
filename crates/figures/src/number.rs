//! Numbers: whole, or a share of a named base; printed without a fraction ever being computed.

use law::Rounding;

/// Hundredths are two places of the point.
const PERCENT: usize = 2;

/// The value of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// A count.
    Whole(i64),
    /// A share in percent, kept as its two counts.
    Share {
        /// Count above.
        part: i64,
        /// Count below: the named base.
        base: i64,
    },
    /// How another indicator differs from the year before.
    Change(Change),
}

/// How a number differs from the one of the year before, as an exact fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Numerator.
    pub above: i128,
    /// Denominator; above zero.
    pub below: i128,
    /// Whether it is the difference of two shares in percentage points, and not the difference as a share of the
    /// earlier number.
    pub in_points: bool,
}

impl Number {
    /// The number as a report prints it, without its unit: a count as it is, a share or a change in percent with so
    /// many decimal places, a change with its sign (`+12.5`, `−3.0`, `0.0`). `None` for a share of nothing.
    pub fn printed(&self, decimals: u8, rounding: Rounding) -> Option<String> {
        match *self {
            Self::Whole(count) => Some(count.to_string()),
            Self::Share { part, base } => {
                decimal(i128::from(part), i128::from(base), PERCENT, decimals, rounding)
            }
            Self::Change(change) => change.printed(decimals, rounding),
        }
    }

    /// The count, if it is one.
    pub fn whole(&self) -> Option<i64> {
        match *self {
            Self::Whole(count) => Some(count),
            Self::Share { .. } | Self::Change(_) => None,
        }
    }

    /// Numerator and denominator of what is printed, the percent sign aside; `None` for a share of nothing.
    pub fn fraction(&self) -> Option<(i128, i128)> {
        match *self {
            Self::Whole(count) => Some((i128::from(count), 1)),
            Self::Share { part, base } => (base > 0).then_some((i128::from(part), i128::from(base))),
            Self::Change(it) => (it.below > 0).then_some((it.above, it.below)),
        }
    }

    /// The change from an earlier number of the same indicator: of a count or a share in percent of the earlier one,
    /// of a share also in percentage points. `None` if the earlier number is not above zero, a share has no base, the
    /// two are of different kinds, or points are asked of counts.
    pub fn change_from(&self, before: &Self, in_points: bool) -> Option<Change> {
        match (*self, *before) {
            (Self::Whole(now), Self::Whole(base)) if base > 0 && !in_points => {
                let above = i128::from(now) - i128::from(base);
                Some(Change { above, below: i128::from(base), in_points })
            }
            (Self::Share { part: p, base: b }, Self::Share { part: q, base: c }) if b > 0 && c > 0 => {
                let [p, b, q, c] = [p, b, q, c].map(i128::from);
                let above = (p * c).checked_sub(q * b)?;
                let below = if in_points { b * c } else { q * b };
                (below > 0).then_some(Change { above, below, in_points })
            }
            _ => None,
        }
    }
}

impl Change {
    /// The change with its sign, without a unit: `+12.5`, `−3.0`, `0.0`.
    pub fn printed(&self, decimals: u8, rounding: Rounding) -> Option<String> {
        let text = decimal(self.above, self.below, PERCENT, decimals, rounding)?;
        let moved = text.bytes().any(|it| (b'1'..=b'9').contains(&it));
        Some(match text.strip_prefix('-') {
            Some(rest) => format!("\u{2212}{rest}"),
            None if moved => format!("+{text}"),
            None => text,
        })
    }
}

/// `above / below` with the point moved right by `shift` places and `decimals` places after it, rounded half up
/// (away from zero) or cut, by long division. `None` if `below` is not above zero or the numbers are beyond 2^123.
fn decimal(above: i128, below: i128, shift: usize, decimals: u8, rounding: Rounding) -> Option<String> {
    if below <= 0 || below >= 1 << 123 {
        return None;
    }
    let divisor = below.unsigned_abs();
    let mut digits: Vec<u8> =
        (above.unsigned_abs() / divisor).to_string().bytes().map(|it| it - b'0').collect();
    let mut rest = above.unsigned_abs() % divisor;
    let decimals = usize::from(decimals);
    for _ in 0..shift + decimals {
        rest *= 10;
        digits.push(u8::try_from(rest / divisor).ok()?);
        rest %= divisor;
    }
    if rounding == Rounding::HalfUp && rest * 2 >= divisor {
        add_one(&mut digits);
    }
    let point = digits.len() - decimals;
    let whole = digits[..point].iter().position(|it| *it != 0).unwrap_or(point - 1);
    let text = |part: &[u8]| part.iter().map(|it| char::from(b'0' + it)).collect::<String>();
    let sign = if above < 0 && digits.iter().any(|it| *it != 0) { "-" } else { "" };
    let dot = if decimals > 0 { "." } else { "" };
    Some(format!("{sign}{}{dot}{}", text(&digits[whole..point]), text(&digits[point..])))
}

fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        *digit = (*digit + 1) % 10;
        if *digit != 0 {
            return;
        }
    }
    digits.insert(0, 1);
}
