//! What does not fit, as data: the words for people are the command line's.

use std::fmt;

/// What kind of thing does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MisfitKind {
    /// A row's key is not what its bytes say.
    Key,
    /// The places of a matter's events have a gap, or do not begin at 1.
    Sequence,
    /// The bytes are not an event, or not in canonical form.
    Bytes,
    /// The hash column is not the bytes' hash.
    Hash,
    /// An event does not name the hash of the one before it.
    Chain,
    /// The law an event was decided under is not installed.
    LawMissing,
    /// An installed law does not hash to its name.
    Law,
    /// A private value is missing and not marked as erased.
    PrivateMissing,
    /// A private value is not what the event commits to.
    Private,
    /// A private value that no event commits to.
    PrivateStray,
    /// A number stands in no event though later ones do.
    NumberGap,
    /// A number stands in two events, or was never given by its series.
    Number,
    /// A row without an event behind it does not fit its checksum.
    Guard,
    /// The read log has a gap, or a row that is not what its chain says.
    Reading,
    /// A view has no row where the events say there is one.
    ViewMissing,
    /// A view's row is not what the events say.
    View,
    /// A view has a row that no event accounts for.
    ViewStray,
    /// SQLite found the file itself damaged.
    File,
}

impl MisfitKind {
    /// Its ASCII key, such as `chain` or `private-missing`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Sequence => "sequence",
            Self::Bytes => "bytes",
            Self::Hash => "hash",
            Self::Chain => "chain",
            Self::LawMissing => "law-missing",
            Self::Law => "law",
            Self::PrivateMissing => "private-missing",
            Self::Private => "private",
            Self::PrivateStray => "private-stray",
            Self::NumberGap => "number-gap",
            Self::Number => "number",
            Self::Guard => "guard",
            Self::Reading => "reading",
            Self::ViewMissing => "view-missing",
            Self::View => "view",
            Self::ViewStray => "view-stray",
            Self::File => "file",
        }
    }
}

impl fmt::Display for MisfitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One record that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Misfit {
    /// Where, as stored; empty if the record belongs to no jurisdiction.
    pub jurisdiction: String,
    /// Which matter: its name, or hex if the stored bytes are no name. Empty if it belongs to none.
    pub matter: String,
    /// Which event of it.
    pub seq: Option<i64>,
    /// What does not fit.
    pub kind: MisfitKind,
    /// Table, and column or key where that says more.
    pub place: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.place)?;
        for part in [&self.jurisdiction, &self.matter].into_iter().filter(|it| !it.is_empty()) {
            write!(f, " {part}")?;
        }
        if let Some(seq) = self.seq {
            write!(f, " {seq}")?;
        }
        write!(f, ": expected {}, found {}", self.expected, self.found)
    }
}
