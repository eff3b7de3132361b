//! A place in a statute as people write it: article, paragraph, item.

use crate::numeral;

/// Before every number.
pub(crate) const NUMBER: char = '\u{7b2c}';
/// After an article's number.
pub(crate) const ARTICLE: char = '\u{6761}';
/// After a paragraph's number.
const PARAGRAPH: char = '\u{6b3e}';
/// After an item's number.
const ITEM: char = '\u{9879}';
/// Before the number of an inserted article.
pub(crate) const INSERTED: char = '\u{4e4b}';
/// Around an item's number.
const BRACKETS: (char, char) = ('\u{ff08}', '\u{ff09}');

/// A place in a statute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StatutePlace {
    /// Article.
    pub(crate) article: u16,
    /// Which of the articles inserted after it; 0 for the article itself.
    pub(crate) inserted: u16,
    /// Paragraph, from 1.
    pub(crate) paragraph: Option<u16>,
    /// Item, from 1.
    pub(crate) item: Option<u16>,
}

/// Reads a place that fills the whole text.
pub(crate) fn read(text: &str) -> Option<StatutePlace> {
    let (place, rest) = read_start(text)?;
    rest.is_empty().then_some(place)
}

/// Reads a place at the start of a text and gives what follows it.
pub(crate) fn read_start(text: &str) -> Option<(StatutePlace, &str)> {
    let (article, rest) = numbered(text, ARTICLE)?;
    let (inserted, rest) = match rest.strip_prefix(INSERTED) {
        Some(after) => numeral_at(after)?,
        None => (0, rest),
    };
    let (paragraph, rest) = optional(numbered(rest, PARAGRAPH), rest);
    let (item, rest) = optional(bracketed(rest), rest);
    Some((StatutePlace { article, inserted, paragraph, item }, rest))
}

fn optional<'a>(found: Option<(u16, &'a str)>, rest: &'a str) -> (Option<u16>, &'a str) {
    match found {
        Some((number, rest)) => (Some(number), rest),
        None => (None, rest),
    }
}

fn numbered(text: &str, mark: char) -> Option<(u16, &str)> {
    let (number, rest) = numeral_at(text.strip_prefix(NUMBER)?)?;
    Some((number, rest.strip_prefix(mark)?))
}

fn bracketed(text: &str) -> Option<(u16, &str)> {
    let inner = text.strip_prefix(NUMBER)?.strip_prefix(BRACKETS.0)?;
    let (number, rest) = numeral_at(inner)?;
    Some((number, rest.strip_prefix(BRACKETS.1)?.strip_prefix(ITEM)?))
}

fn numeral_at(text: &str) -> Option<(u16, &str)> {
    let end = text.find(|c| !numeral::is_part(c)).unwrap_or(text.len());
    let number = numeral::read(&text[..end]).filter(|it| *it > 0)?;
    Some((number, &text[end..]))
}
