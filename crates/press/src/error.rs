//! Why there is no file now. Each is a value that a page can say; none of them is fatal.

use std::{fmt, time::Duration};

/// Why a file could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PressError {
    /// The program `yifa-press` is not there (yet): it is still being built, or was not installed.
    NotThere {
        /// Where it was looked for.
        looked: String,
    },
    /// Fonts are missing; a system administrator installs these packages.
    FontsMissing {
        /// Packages of a Debian system that bring them.
        packages: Vec<String>,
    },
    /// It took longer than allowed; the process was ended and will be started again.
    TimedOut {
        /// How long it was given.
        after: Duration,
    },
    /// The process ended in the middle; it will be started again.
    Died,
    /// The document could not be set.
    Failed {
        /// What the setting engine says.
        why: String,
    },
}

impl fmt::Display for PressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThere { looked } => write!(f, "yifa-press is not at {looked}"),
            Self::FontsMissing { packages } => {
                write!(f, "fonts are missing; install {}", packages.join(" "))
            }
            Self::TimedOut { after } => write!(f, "the press did not answer within {} s", after.as_secs()),
            Self::Died => f.write_str("the press ended in the middle of its work"),
            Self::Failed { why } => write!(f, "the press could not set this: {why}"),
        }
    }
}

impl std::error::Error for PressError {}
