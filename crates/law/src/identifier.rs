//! Identifiers with check digits: citizen identity numbers (GB 11643-1999) and unified social credit
//! codes (GB 32100-2015). Kept as text, never as numbers.

use calendar::Date;

/// Why an identity number cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityFault {
    /// Not eighteen characters.
    Length,
    /// Something else than seventeen digits and a digit or X.
    Characters,
    /// The birth date does not exist.
    Date,
    /// The birth date lies in the future.
    Future,
    /// The check digit does not fit.
    CheckDigit,
}

impl IdentityFault {
    /// The ASCII name of the fault, for message files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Characters => "characters",
            Self::Date => "date",
            Self::Future => "future",
            Self::CheckDigit => "check-digit",
        }
    }
}

/// The form in which an identity number is kept: no blanks, a capital X.
pub fn normalise(number: &str) -> String {
    number.chars().filter(|it| !it.is_whitespace()).map(|it| it.to_ascii_uppercase()).collect()
}

/// Checks a citizen identity number and gives the birth date. The division code is not checked, since
/// abolished codes stay in use.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_identity(number: &str, today: Date) -> Result<Date, IdentityFault> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let number = normalise(number);
    let bytes = number.as_bytes();
    if number.chars().count() != 18 {
        return Err(IdentityFault::Length);
    }
    if bytes.len() != 18
        || !bytes[..17].iter().all(u8::is_ascii_digit)
        || !(bytes[17].is_ascii_digit() || bytes[17] == b'X')
    {
        return Err(IdentityFault::Characters);
    }
    let part = |range: std::ops::Range<usize>| number[range].parse::<i16>().unwrap_or(0);
    let (month, day) = (part(10..12), part(12..14));
    let born = i8::try_from(month)
        .ok()
        .zip(i8::try_from(day).ok())
        .and_then(|(month, day)| Date::new(part(6..10), month, day).ok())
        .ok_or(IdentityFault::Date)?;
    if born > today {
        return Err(IdentityFault::Future);
    }
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    if CHECKS[(sum % 11) as usize] == bytes[17] { Ok(born) } else { Err(IdentityFault::CheckDigit) }
}

/// Why a credit code cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeFault {
    /// Not eighteen characters of the code's alphabet.
    Characters,
    /// The check character does not fit.
    CheckDigit,
}

/// Checks a unified social credit code.
///
/// # Errors
/// What is wrong. A few real codes fail (assigned before a clean-up), so a fault is a warning where a
/// citizen files, never a bar.
pub fn check_credit_code(code: &str) -> Result<(), CreditCodeFault> {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let code = normalise(code);
    let values: Vec<usize> =
        code.bytes().filter_map(|byte| ALPHABET.iter().position(|it| *it == byte)).collect();
    let digits = code.bytes().skip(2).take(6).all(|it| it.is_ascii_digit());
    if code.len() != 18 || values.len() != 18 || !digits {
        return Err(CreditCodeFault::Characters);
    }
    let sum: usize = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    if (31 - sum % 31) % 31 == values[17] { Ok(()) } else { Err(CreditCodeFault::CheckDigit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 24);

    #[test]
    fn the_standard_s_examples_hold() {
        for number in ["11010519491231002X", "11010519491231002x", "440524188001010014", "110105202002290047"] {
            assert!(check_identity(number, TODAY).is_ok(), "{number}");
        }
        for code in ["91350100M000100Y43", "91110000MA00000820", "12441500196720244T", "91110000101623741K"] {
            assert_eq!(check_credit_code(code), Ok(()), "{code}");
        }
    }

    #[test]
    fn each_fault_is_told_apart() {
        let fault = |number| check_identity(number, TODAY).unwrap_err();
        assert_eq!(fault("1101051949123100"), IdentityFault::Length);
        assert_eq!(fault("1101051949123100AX"), IdentityFault::Characters);
        assert_eq!(fault("110105201902290048"), IdentityFault::Date);
        assert_eq!(fault("110105209912310022"), IdentityFault::Future);
        assert_eq!(fault("110105194912310021"), IdentityFault::CheckDigit);
        assert_eq!(check_credit_code("91350100M000100Y4A"), Err(CreditCodeFault::CheckDigit));
        assert_eq!(check_credit_code("91350100I000100Y43"), Err(CreditCodeFault::Characters));
    }
}
