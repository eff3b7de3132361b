//! What the import says, in both languages, from the message files.

use calendar::Date;
use law::{Lang, Text};

use crate::words::{self, Arg};

/// An argument of a message, in both languages.
#[derive(Clone, Debug)]
pub(crate) enum Word {
    /// A number.
    Number(i64),
    /// Words that are the same in both.
    Plain(String),
    /// Words of the law.
    Text(Text),
    /// A day.
    Day(Date),
}

impl From<usize> for Word {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Word {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Word {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<&Text> for Word {
    fn from(text: &Text) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Date> for Word {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

/// A message in both languages.
pub(crate) fn say(id: &str, args: &[(&str, Word)]) -> Text {
    let one = |lang| {
        let args: Vec<(&str, Arg)> = args.iter().map(|(name, word)| (*name, arg(word, lang))).collect();
        words::house(lang).with(id, &args)
    };
    Text::new(one(Lang::Zh), one(Lang::En))
}

fn arg(word: &Word, lang: Lang) -> Arg {
    match word {
        Word::Number(number) => (*number).into(),
        Word::Plain(text) => text.clone().into(),
        Word::Text(text) => text.get(lang).into(),
        Word::Day(day) => words::day(lang, *day).into(),
    }
}

/// Whether a word is one of those that a message lists, in either language.
pub(crate) fn listed(id: &str, word: &str) -> bool {
    let word = word.trim().to_lowercase();
    [Lang::Zh, Lang::En]
        .iter()
        .any(|lang| words::house(*lang).say(id).split_whitespace().any(|it| it == word))
}

/// The letter of a column, as spreadsheets name it: A … Z, AA …
pub(crate) fn letter(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn columns_bear_the_letters_of_a_spreadsheet() {
        let letters: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(letter).into();
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
