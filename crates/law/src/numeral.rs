//! Chinese numerals, as statutes number their articles.

const DIGITS: &str = "\u{96f6}\u{4e00}\u{4e8c}\u{4e09}\u{56db}\u{4e94}\u{516d}\u{4e03}\u{516b}\u{4e5d}";
const TWO: char = '\u{4e24}';
const ROUND_ZERO: char = '\u{3007}';
const TEN: char = '\u{5341}';
const HUNDRED: char = '\u{767e}';
const THOUSAND: char = '\u{5343}';

fn digit(c: char) -> Option<u16> {
    match c {
        TWO => Some(2),
        ROUND_ZERO => Some(0),
        _ => DIGITS.chars().position(|it| it == c).and_then(|at| u16::try_from(at).ok()),
    }
}

/// Reads a numeral below ten thousand; `None` if it is none.
pub fn read(text: &str) -> Option<u16> {
    let (mut sum, mut last) = (0_u16, None);
    let mut least = u16::MAX;
    for c in text.chars() {
        let unit = match c {
            TEN => 10,
            HUNDRED => 100,
            THOUSAND => 1000,
            _ => {
                let next = digit(c)?;
                // A digit follows a unit or a zero, never another digit.
                if last.is_some_and(|it| it != 0) {
                    return None;
                }
                last = Some(next);
                continue;
            }
        };
        if unit >= least {
            return None;
        }
        least = unit;
        sum += last.take().filter(|it| *it != 0).or((sum == 0).then_some(1)).unwrap_or(1) * unit;
    }
    (!text.is_empty()).then(|| sum + last.unwrap_or(0))
}

/// Writes a number below ten thousand.
pub fn write(number: u16) -> String {
    let digit = |number: u16| DIGITS.chars().nth(usize::from(number % 10)).into_iter();
    let (mut text, mut gap) = (String::new(), false);
    for (unit, mark) in [(1000, Some(THOUSAND)), (100, Some(HUNDRED)), (10, Some(TEN)), (1, None)] {
        let count = number / unit % 10;
        if count > 0 {
            text.extend(digit(0).filter(|_| gap));
            // Ten to nineteen are written without the leading one.
            let bare = unit == 10 && count == 1 && text.is_empty();
            text.extend(digit(count).filter(|_| !bare));
            text.extend(mark);
        }
        gap = count == 0 && !text.is_empty();
    }
    if text.is_empty() { digit(0).collect() } else { text }
}

/// Whether a character can stand in a numeral.
pub(crate) fn is_part(c: char) -> bool {
    matches!(c, TEN | HUNDRED | THOUSAND) || digit(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn every_article_number_is_read_as_it_is_written() {
        for number in 1..=1999 {
            assert_eq!(read(&write(number)), Some(number), "{}", write(number));
        }
    }

    #[test]
    fn a_word_is_no_numeral() {
        for word in ["", "day", "\u{65e5}", "\u{4e00}\u{4e8c}", "\u{5341}\u{767e}"] {
            assert_eq!(read(word), None, "{word}");
        }
    }
}
