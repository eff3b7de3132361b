//! Numbers that matters brought in bear already: read by the form of their series, claimed once, and the series goes
//! on behind them.

use engine::Drafted;
use law::{Key, Text};
use store::NumberName;

use super::day;
use crate::receipt::normal_number;

/// A number as a cell gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// Series.
    pub(crate) series: Key,
    /// The year that stands in it; that of the act if it is a bare number.
    pub(crate) year: Option<i16>,
    /// The number itself.
    pub(crate) n: u64,
    /// As printed, if it was given so.
    pub(crate) text: Option<String>,
    /// Row in the sheet.
    pub(crate) row: u32,
}

/// How a series stands once a file is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesMove {
    /// Series.
    pub series: Text,
    /// Year.
    pub year: i16,
    /// The number it gives next.
    pub next: u64,
    /// Stretches of numbers that neither the file nor the office has given: first and last of each.
    pub gaps: Vec<(u64, u64)>,
}

/// Largest number of a series.
const MOST: u64 = 999_999_999;

enum Piece<'a> {
    Words(&'a str),
    Prefix,
    Year,
    Number,
}

/// Reads a number by the form of its series; none if it has another form.
pub(crate) fn read(series: &Key, format: &str, text: &str, row: u32) -> Option<Given> {
    let text: String = text.trim().chars().map(day::half_width).collect();
    if let Ok(n) = text.parse::<u64>() {
        return known(n).map(|n| Given { series: series.clone(), year: None, n, text: None, row });
    }
    let (format, text) = (normal_number(format), normal_number(&text));
    let pieces = pieces(&format);
    let (mut rest, mut year, mut n) = (text.as_str(), None, None);
    for (at, piece) in pieces.iter().enumerate() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest = match piece {
            Piece::Words(words) => rest.strip_prefix(words)?,
            Piece::Prefix => match pieces.get(at + 1) {
                Some(Piece::Words(next)) => &rest[rest.find(next)?..],
                _ => return None,
            },
            Piece::Year => {
                year = Some(rest.get(..4).filter(|_| digits == 4)?.parse().ok()?);
                &rest[4..]
            }
            Piece::Number => {
                n = Some(rest[..digits].parse().ok().and_then(known)?);
                &rest[digits..]
            }
        };
    }
    let given = Given { series: series.clone(), year, n: n?, text: Some(text.clone()), row };
    rest.is_empty().then_some(given)
}

fn known(n: u64) -> Option<u64> {
    (1..=MOST).contains(&n).then_some(n)
}

/// A form as pieces: words, and what stands between braces.
fn pieces(format: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some((words, after)) = rest.split_once('{') {
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        pieces.push(match name {
            "prefix" => Piece::Prefix,
            "year" => Piece::Year,
            _ => Piece::Number,
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// The number of a draft that a cell gives, by the name under which it is claimed.
pub(crate) fn name(draft: &Drafted, given: &Given) -> Option<NumberName> {
    let want = draft.numbers.iter().find(|it| it.series == given.series)?;
    Some(NumberName {
        body: draft.event.body.clone(),
        series: given.series.to_string(),
        year: given.year.unwrap_or(want.year),
        n: given.n,
    })
}

/// What of a sorted list of numbers from `first` on is left out.
pub(crate) fn gaps(first: u64, numbers: &[u64]) -> Vec<(u64, u64)> {
    let mut wanted = first;
    let mut gaps = Vec::new();
    for n in numbers.iter().copied().filter(|it| *it >= first) {
        if n > wanted {
            gaps.push((wanted, n - 1));
        }
        wanted = n + 1;
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "{prefix}\u{3014}{year}\u{3015}{n}#";

    #[test]
    fn a_number_is_read_by_the_form_of_its_series() {
        let read = |text: &str| {
            read(&Key::from("s"), FORM, text, 2).map(|it| (it.year, it.n, it.text.unwrap_or_default()))
        };
        let whole = || Some((Some(2026), 12, "AB\u{3014}2026\u{3015}12#".to_owned()));
        for text in
            ["AB\u{3014}2026\u{3015}12#", " AB [2026] 12# ", "AB(2026)12#", "AB\u{ff08}2026\u{ff09}12#"]
        {
            assert_eq!(read(text), whole(), "{text}");
        }
        assert_eq!(read("12"), Some((None, 12, String::new())));
        for wrong in ["", "0", "AB", "AB[26]12#", "AB[2026]#", "AB[2026]12", "AB[2026]12#x", "1.5", "-3"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_left_out_is_named_in_stretches() {
        assert_eq!(gaps(1, &[3, 4, 7]), [(1, 2), (5, 6)]);
        assert_eq!(gaps(58, &[40, 60]), [(58, 59)]);
        assert_eq!(gaps(1, &[]), []);
    }
}
