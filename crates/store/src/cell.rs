//! One value of a view's row. What many rows share (a jurisdiction, a key, a matter's name) is not copied for each.

use engine::{Hash, Jurisdiction, MatterId};
use jiff::civil::Date;
use law::Key;
use rusqlite::{
    ToSql,
    types::{ToSqlOutput, ValueRef},
};

use crate::column::blob;

/// A value about to be written, or as it was found.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
    Word(&'static str),
    Key(Key),
    Place(Jurisdiction),
    Matter(MatterId),
    Hash(Hash),
    Day([u8; 10]),
}

impl Cell {
    /// The value as SQLite has it.
    pub(crate) fn value(&self) -> ValueRef<'_> {
        match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
            Self::Word(word) => ValueRef::Text(word.as_bytes()),
            Self::Key(key) => ValueRef::Text(key.as_bytes()),
            Self::Place(jurisdiction) => ValueRef::Text(jurisdiction.as_str().as_bytes()),
            Self::Matter(id) => ValueRef::Blob(blob(id)),
            Self::Hash(hash) => ValueRef::Blob(&hash.0),
            Self::Day(day) => ValueRef::Text(day),
        }
    }

    /// The bytes of a text or blob; none of a number.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self.value() {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
            _ => &[],
        }
    }

    /// A stored value of its own; text that is not UTF-8 stays as bytes.
    pub(crate) fn found(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Real(number),
            ValueRef::Blob(bytes) => Self::Blob(bytes.to_vec()),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Self::Text(text.to_owned()),
                Err(_) => Self::Blob(bytes.to_vec()),
            },
        }
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(self.value()))
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Integer(yes.into())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&Key> for Cell {
    fn from(key: &Key) -> Self {
        Self::Key(key.clone())
    }
}

impl From<Date> for Cell {
    /// `YYYY-MM-DD`; years before 0 do not occur, and would be written as the date library writes them.
    fn from(day: Date) -> Self {
        let Ok(year) = u16::try_from(day.year()) else { return Self::Text(day.to_string()) };
        let digit = |number: u16| b'0' + u8::try_from(number % 10).unwrap_or_default();
        let [month, day] = [day.month(), day.day()].map(|it| u16::from(it.unsigned_abs()));
        Self::Day([
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ])
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_the_date_library_writes_it() {
        let mut day = Date::constant(1999, 12, 28);
        while day.year() < 2005 {
            assert_eq!(Cell::from(day), Cell::Text(day.to_string()));
            day = day.tomorrow().unwrap();
        }
        assert_eq!(Cell::from(Date::constant(7, 1, 2)), Cell::from("0007-01-02"));
        assert_eq!(Cell::from(Date::MAX), Cell::from("9999-12-31"));
    }
}
