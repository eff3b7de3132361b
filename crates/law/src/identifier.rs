//! Check digits of identity numbers (GB 11643) and unified social credit codes (GB 32100).
//!
//! A failed check warns; it never refuses a citizen's filing by itself, because some genuine codes were
//! given out before the check was enforced. No message repeats the right check digit or the number.

use calendar::Date;

/// What an identity number says of its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Day of birth.
    pub birth: Date,
    /// Whether the sequence number is odd, as for men.
    pub odd: bool,
}

/// Why a text is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityFault {
    /// It has not eighteen characters.
    Length,
    /// A character is no digit (the last may be an X).
    Characters,
    /// The day of birth is no day of the calendar.
    NoSuchDay,
    /// The day of birth has not come yet.
    Future,
    /// The last character does not fit the others.
    CheckDigit,
}

impl IdentityFault {
    /// The ASCII name of the fault, for message files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Characters => "characters",
            Self::NoSuchDay => "no-such-day",
            Self::Future => "future",
            Self::CheckDigit => "check-digit",
        }
    }
}

/// Why a text is no unified social credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeFault {
    /// It has not eighteen characters.
    Length,
    /// A character that codes do not use (I, O, S, V, Z, marks) or a letter in the division code.
    Characters,
    /// The last character does not fit the others.
    CheckDigit,
}

/// The form in which a number or code is kept: no white space, capital letters.
pub fn normalise(written: &str) -> String {
    written.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// Checks an identity number as typed; `today` bounds the day of birth.
///
/// # Errors
/// The first thing that is wrong, from the coarse to the fine.
///
/// ```
/// use law::identifier::{IdentityFault, check_identity};
///
/// let today = calendar::Date::constant(2026, 1, 1);
/// let identity = check_identity("11010519491231002x", today)?;
/// assert_eq!(identity.birth, calendar::Date::constant(1949, 12, 31));
/// // The check digit is right, but there is no 29 February 2019.
/// assert_eq!(check_identity("110105201902290048", today), Err(IdentityFault::NoSuchDay));
/// # Ok::<(), IdentityFault>(())
/// ```
pub fn check_identity(written: &str, today: Date) -> Result<Identity, IdentityFault> {
    let number = normalise(written);
    if number.chars().count() != 18 {
        return Err(IdentityFault::Length);
    }
    let digits: Option<Vec<u32>> = number
        .chars()
        .enumerate()
        .map(|(at, c)| if at == 17 && c == 'X' { Some(10) } else { c.to_digit(10) })
        .collect();
    let digits = digits.ok_or(IdentityFault::Characters)?;
    let birth = birth(&digits).ok_or(IdentityFault::NoSuchDay)?;
    if birth > today {
        return Err(IdentityFault::Future);
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = WEIGHTS.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
    // 12 less the remainder, wrapped: remainders 0, 1, 2 … want 1, 0, X …
    let wanted = (12 - sum % 11) % 11;
    if digits[17] != wanted {
        return Err(IdentityFault::CheckDigit);
    }
    Ok(Identity { birth, odd: digits[16] % 2 == 1 })
}

fn birth(digits: &[u32]) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| {
        digits.get(range).map(|part| part.iter().fold(0, |sum, digit| sum * 10 + digit))
    };
    let (year, month, day) = (part(6..10)?, part(10..12)?, part(12..14)?);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Checks a unified social credit code as typed.
///
/// # Errors
/// The first thing that is wrong.
///
/// ```
/// use law::identifier::{CreditCodeFault, check_credit_code};
///
/// assert_eq!(check_credit_code("91350100M000100Y43"), Ok(()));
/// assert_eq!(check_credit_code("91350100M000100Y4A"), Err(CreditCodeFault::CheckDigit));
/// ```
pub fn check_credit_code(written: &str) -> Result<(), CreditCodeFault> {
    const SYMBOLS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let code = normalise(written);
    if code.chars().count() != 18 {
        return Err(CreditCodeFault::Length);
    }
    let values: Option<Vec<usize>> = code.chars().map(|c| SYMBOLS.find(c)).collect();
    let values = values.ok_or(CreditCodeFault::Characters)?;
    if values[2..8].iter().any(|value| *value > 9) {
        return Err(CreditCodeFault::Characters);
    }
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    // A remainder of zero gives 31, which counts as 0.
    if values[17] == (31 - sum % 31) % 31 { Ok(()) } else { Err(CreditCodeFault::CheckDigit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 8, 1);

    #[test]
    fn identity_numbers_of_the_standard_and_a_leap_day() {
        for (number, birth) in [
            ("11010519491231002X", (1949, 12, 31)),
            ("440524188001010014", (1880, 1, 1)),
            ("110105202002290047", (2020, 2, 29)),
            (" 110105 19491231 002x ", (1949, 12, 31)),
        ] {
            let birth = Date::constant(birth.0, birth.1, birth.2);
            assert_eq!(check_identity(number, TODAY).map(|it| it.birth), Ok(birth), "{number}");
        }
    }

    #[test]
    fn each_way_of_being_wrong_has_its_own_name() {
        use IdentityFault::{Characters, CheckDigit, Future, Length, NoSuchDay};
        for (number, fault) in [
            ("", Length),
            ("1101051949123100", Length),
            ("1101051949123100XX", Characters),
            ("\u{ff11}10105194912310021", Characters),
            ("110105201902290048", NoSuchDay),
            ("110105200000010040", NoSuchDay),
            ("110105202702280047", Future),
            ("110105194912310021", CheckDigit),
        ] {
            assert_eq!(check_identity(number, TODAY).err(), Some(fault), "{number}");
        }
    }

    #[test]
    fn one_wrong_digit_or_two_swapped_are_always_found() {
        let good: Vec<char> = "440524188001010014".chars().collect();
        for at in 0..17 {
            for digit in '0'..='9' {
                let mut other = good.clone();
                other[at] = digit;
                let found = check_identity(&other.iter().collect::<String>(), TODAY);
                assert_eq!(found.is_ok(), other == good);
            }
            let mut swapped = good.clone();
            swapped.swap(at, at + 1);
            let found = check_identity(&swapped.iter().collect::<String>(), TODAY);
            assert_eq!(found.is_ok(), swapped == good);
        }
    }

    #[test]
    fn credit_codes_from_the_facts() {
        for code in [
            "91350100M000100Y43",
            "91110000MA00000820",
            "12441500196720244T",
            "11100000000013338W",
            "91110000101623741K",
            "91350100m000100y43",
        ] {
            assert_eq!(check_credit_code(code), Ok(()), "{code}");
        }
        use CreditCodeFault::{Characters, CheckDigit, Length};
        for (code, fault) in [
            ("91350100M000100Y4A", CheckDigit),
            ("91350100M000100Y4", Length),
            ("9135010OM000100Y43", Characters),
            ("91350100I000100Y43", Characters),
            ("9135A100M000100Y43", Characters),
        ] {
            assert_eq!(check_credit_code(code), Err(fault), "{code}");
        }
    }
}
