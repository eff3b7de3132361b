//! Places in lists, as a page's address carries them.

use std::{fmt, str::FromStr};

use engine::MatterId;
use jiff::civil::Date;

/// Where a list goes on: after this row. It stays good when rows before it come or go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The day by which the list is sorted.
    pub(crate) day: Date,
    /// Within a day, the matter.
    pub(crate) matter: MatterId,
    /// Within a matter, the mark or publication; empty where a matter stands once.
    pub(crate) key: String,
}

impl fmt::Display for Cursor {
    /// `DAY.MATTER` or `DAY.MATTER.KEY`, which [`FromStr`] reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.day, self.matter)?;
        if self.key.is_empty() { Ok(()) } else { write!(f, ".{}", self.key) }
    }
}

/// A text that names no place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCursor;

impl fmt::Display for BadCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a place in a list")
    }
}

impl std::error::Error for BadCursor {}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().ok_or(BadCursor);
        let day = part()?.parse().map_err(|_| BadCursor)?;
        let matter = part()?.parse().map_err(|_| BadCursor)?;
        Ok(Self { day, matter, key: parts.next().unwrap_or_default().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_as_written() {
        for text in [
            "2026-03-31.018f0000-0000-7000-8000-000000000001",
            "2026-03-31.018f0000-0000-7000-8000-000000000001.act:accept",
        ] {
            assert_eq!(text.parse::<Cursor>().map(|it| it.to_string()).as_deref(), Ok(text));
        }
        assert_eq!("tomorrow".parse::<Cursor>(), Err(BadCursor));
        assert_eq!("2026-03-31".parse::<Cursor>(), Err(BadCursor));
    }
}
