//! What a ledger is for.

use std::{fmt, str::FromStr};

/// What a ledger was created as; it stays so for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The real one.
    Live,
    /// Made-up matters, which may be served with a simulated clock.
    Demonstration,
    /// A practice office, where trainees act without counting.
    Practice,
}

impl Kind {
    /// The word in the database: `live`, `demonstration`, `practice`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Demonstration => "demonstration",
            Self::Practice => "practice",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that is no kind of ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKind(pub String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a ledger is live, demonstration or practice, not {:?}", self.0)
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        [Self::Live, Self::Demonstration, Self::Practice]
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| UnknownKind(word.to_owned()))
    }
}
