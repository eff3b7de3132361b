//! Days as people write them in spreadsheets.

use calendar::{Date, DateTime};

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayFault {
    /// It is not written as a day.
    Unread,
    /// It is written as a day that the calendar does not have.
    Impossible,
}

/// Separators of year, month and day.
const MARKS: [char; 8] = ['-', '/', '.', '\u{5e74}', '\u{6708}', '\u{65e5}', '\u{2010}', '\u{2013}'];

/// Reads `2023-01-05`, `2023/1/5`, `2023.1.5`, `20230105` or the Chinese form, perhaps with a time behind it.
pub(crate) fn read(text: &str) -> Result<DateTime, DayFault> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let (day, time) = match plain.split_once([' ', 'T']) {
        Some((day, time)) => (day.trim(), time.trim()),
        None => (plain.as_str(), ""),
    };
    let (year, month, day) = parts(day).ok_or(DayFault::Unread)?;
    let (hour, minute) = clock(time).ok_or(DayFault::Unread)?;
    let date = Date::new(year, month, day).map_err(|_| DayFault::Impossible)?;
    calendar::Time::new(hour, minute, 0, 0).map(|it| date.to_datetime(it)).map_err(|_| DayFault::Impossible)
}

fn parts(text: &str) -> Option<(i16, i8, i8)> {
    let pieces: Vec<&str> = match text.len() == 8 && text.bytes().all(|it| it.is_ascii_digit()) {
        true => vec![&text[..4], &text[4..6], &text[6..]],
        false => text.split(MARKS).map(str::trim).collect(),
    };
    let pieces = match pieces.as_slice() {
        [rest @ .., ""] if rest.len() == 3 => rest,
        all => all,
    };
    let [year, month, day] = pieces else { return None };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !(digits(year) && digits(month) && digits(day)) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

fn clock(text: &str) -> Option<(i8, i8)> {
    if text.is_empty() {
        return Some((0, 0));
    }
    let mut pieces = text.split(':');
    let mut piece = || -> Option<i8> { pieces.next()?.trim().parse().ok() };
    Some((piece()?, piece()?))
}

/// Digits, colon, stroke and blank of East Asian full width as their plain forms.
pub(crate) fn half_width(it: char) -> char {
    match it {
        '\u{ff01}'..='\u{ff5e}' => u32::from(it).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(it),
        '\u{3000}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_every_dress_is_the_same_day() {
        let day = Date::new(2023, 1, 5).unwrap().at(0, 0, 0, 0);
        let chinese = "2023\u{5e74}1\u{6708}5\u{65e5}";
        let wide = "\u{ff12}\u{ff10}\u{ff12}\u{ff13}-\u{ff10}\u{ff11}-\u{ff10}\u{ff15}";
        for text in ["2023-01-05", "2023/1/5", "2023.1.5", "20230105", " 2023-1-5 ", chinese, wide] {
            assert_eq!(read(text), Ok(day), "{text}");
        }
        assert_eq!(read("2023-01-05 14:30:00"), Ok(day.date().at(14, 30, 0, 0)));
    }

    #[test]
    fn days_that_cannot_be_are_told_from_words() {
        for text in ["2023-02-29", "2023/13/1", "20230431", "2023-1-5 25:00"] {
            assert_eq!(read(text), Err(DayFault::Impossible), "{text}");
        }
        for text in ["", "soon", "5/1/2023", "2023-01", "44931", "2023-1-5-6", "23-1-5"] {
            assert_eq!(read(text), Err(DayFault::Unread), "{text}");
        }
    }
}
