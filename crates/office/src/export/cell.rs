//! Cells of a list, and what they are poured into.

use std::fs::File;

use calendar::Date;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Words, which no program that opens the file may take for a formula.
    Text(String),
    /// A day.
    Day(Date),
    /// A whole number.
    Number(i64),
}

impl Cell {
    /// Words, or nothing if there are none.
    pub(crate) fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A file in the making, taken row by row.
pub(crate) trait Sink {
    /// The header, before all rows.
    fn header(&mut self, cells: Vec<String>) -> anyhow::Result<()>;
    /// The next row.
    fn row(&mut self, cells: Vec<Cell>) -> anyhow::Result<()>;
    /// The whole file.
    fn finish(self: Box<Self>) -> anyhow::Result<File>;
}

/// What a spreadsheet program may take for the beginning of a formula when it reads text: the four signs in either
/// width, and what it skips before looking for them.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Whether a spreadsheet program may take a text for a formula.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(SIGNS)
}

#[cfg(test)]
mod tests {
    use super::looks_like_formula;

    #[test]
    fn every_beginning_of_a_formula_is_known() {
        let formulas = [
            "=1+1",
            "+86",
            "-1",
            "@SUM(A1)",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}x",
            " =1",
            "\t1",
            "\r1",
        ];
        formulas.iter().for_each(|it| assert!(looks_like_formula(it), "{it}"));
        for plain in ["", "1-1", "a=b", "Ouyang", "\u{3014}2026\u{3015}1"] {
            assert!(!looks_like_formula(plain), "{plain}");
        }
    }
}
