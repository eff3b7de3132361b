//! Numbers: whole, or a share of a named base; printed without a fraction ever being computed.

/// Decimal places of a year's change in percent.
const CHANGE_DECIMALS: u8 = 1;
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
}

/// How a number differs from the one of the year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Of a count: the difference as a share of the earlier count.
    Percent {
        /// Difference.
        difference: i64,
        /// The earlier count; above zero.
        base: i64,
    },
    /// Of a share: the exact difference of both shares in percentage points, as a fraction.
    Points {
        /// Numerator.
        above: i128,
        /// Denominator; above zero.
        below: i128,
        /// Decimal places of the share.
        decimals: u8,
    },
}

impl Number {
    /// The number as a report prints it, without its unit: a count as it is, a share in percent with so many decimal
    /// places, rounded half up. `None` for a share of nothing.
    pub fn printed(&self, decimals: u8) -> Option<String> {
        match *self {
            Self::Whole(count) => Some(count.to_string()),
            Self::Share { part, base } => decimal(i128::from(part), i128::from(base), PERCENT, decimals),
        }
    }

    /// The count, if it is one.
    pub fn whole(&self) -> Option<i64> {
        match *self {
            Self::Whole(count) => Some(count),
            Self::Share { .. } => None,
        }
    }

    /// The change from an earlier number of the same indicator, with the decimal places of a share. `None` if the
    /// earlier count is not above zero, a share has no base, or the two are of different kinds.
    pub fn change_from(&self, before: &Self, decimals: u8) -> Option<Change> {
        match (*self, *before) {
            (Self::Whole(now), Self::Whole(base)) if base > 0 => {
                Some(Change::Percent { difference: now.checked_sub(base)?, base })
            }
            (Self::Share { part: p, base: b }, Self::Share { part: q, base: c }) if b > 0 && c > 0 => {
                let [p, b, q, c] = [p, b, q, c].map(i128::from);
                let above = (p * c).checked_sub(q * b)?;
                Some(Change::Points { above, below: b * c, decimals })
            }
            _ => None,
        }
    }
}

impl Change {
    /// The change with its sign, without a unit: `+12.5`, `−3.0`, `0.0`.
    pub fn printed(&self) -> Option<String> {
        let text = match *self {
            Self::Percent { difference, base } => {
                decimal(i128::from(difference), i128::from(base), PERCENT, CHANGE_DECIMALS)?
            }
            Self::Points { above, below, decimals } => decimal(above, below, PERCENT, decimals)?,
        };
        let moved = text.bytes().any(|it| (b'1'..=b'9').contains(&it));
        Some(match text.strip_prefix('-') {
            Some(rest) => format!("\u{2212}{rest}"),
            None if moved => format!("+{text}"),
            None => text,
        })
    }

    /// Whether it is measured in percentage points rather than in percent.
    pub fn in_points(&self) -> bool {
        matches!(self, Self::Points { .. })
    }
}

/// `above / below` with the point moved right by `shift` places and `decimals` places after it, rounded half up
/// (away from zero), by long division. `None` if `below` is not above zero or the numbers are beyond 2^123.
fn decimal(above: i128, below: i128, shift: usize, decimals: u8) -> Option<String> {
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
    if rest * 2 >= divisor {
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
