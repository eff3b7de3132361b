//! What can go wrong in the store, as types: callers match these inside an `anyhow::Error`.

use std::{fmt, path::PathBuf};

use engine::{Jurisdiction, MatterId};

/// A matter is not where the event expects it to be: somebody else acted first.
///
/// The office reloads the matter and decides again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// Which matter.
    pub matter: MatterId,
    /// Place of the event that was to be added.
    pub seq: u64,
    /// Place of the last event the store has; 0 if it has none.
    pub found: u64,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "event {} of matter {} in {} does not follow the stored event {}",
            self.seq, self.matter, self.jurisdiction, self.found
        )
    }
}

impl std::error::Error for Conflict {}

/// Why the store did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The queue is full; nothing was done. Try again shortly.
    Busy,
    /// The store is closing; nothing was done.
    Closed,
    /// The job panicked; its changes were undone.
    Panicked(String),
    /// The batch could not be made durable; none of its jobs counts as done.
    NotCommitted(String),
    /// Another process has this folder open for writing.
    Locked(PathBuf),
    /// There is no ledger in this folder.
    Missing(PathBuf),
    /// There is a ledger in this folder already.
    Exists(PathBuf),
    /// The file is a database, but not a ledger of this program.
    NotALedger(PathBuf),
    /// The database was written by a newer program.
    Newer {
        /// Schema version of the database.
        found: u32,
        /// Newest schema version this program knows.
        known: u32,
    },
    /// The database was written by an older program; opening it once for writing brings it to this one's version.
    Older {
        /// Schema version of the database.
        found: u32,
        /// The schema version that is read.
        known: u32,
    },
    /// The law an event was decided under is not installed.
    LawMissing(String),
    /// What was handed in contradicts itself.
    Unsound(&'static str),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("the store has more work waiting than it accepts"),
            Self::Closed => f.write_str("the store is closing"),
            Self::Panicked(why) => write!(f, "the job panicked and was undone: {why}"),
            Self::NotCommitted(why) => write!(f, "the batch was not made durable: {why}"),
            Self::Locked(dir) => write!(f, "another process has {} open", dir.display()),
            Self::Missing(dir) => write!(f, "there is no ledger in {}", dir.display()),
            Self::Exists(dir) => write!(f, "there is a ledger in {} already", dir.display()),
            Self::NotALedger(path) => write!(f, "{} is not a ledger of this program", path.display()),
            Self::Newer { found, known } => {
                write!(f, "the ledger has schema version {found}, this program knows versions up to {known}")
            }
            Self::Older { found, known } => {
                write!(f, "the ledger has schema version {found}, this program reads version {known}")
            }
            Self::LawMissing(hash) => write!(f, "the procedure {hash} is not installed"),
            Self::Unsound(what) => write!(f, "unsound: {what}"),
        }
    }
}

impl std::error::Error for Failure {}
