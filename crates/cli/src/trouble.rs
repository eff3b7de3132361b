//! What a person can mend, and how the program says so.

use std::{fmt, process::ExitCode};

use office::words::Words;

/// A sentence for the person at the terminal: what, where, and how to mend it.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// 1: what was checked is faulty; 2: the command could not be carried out.
    code: u8,
    says: String,
}

impl Trouble {
    /// What was checked is faulty.
    pub(crate) fn found(says: impl Into<String>) -> anyhow::Error {
        Self { code: 1, says: says.into() }.into()
    }

    /// The command could not be carried out.
    pub(crate) fn unusable(says: impl Into<String>) -> anyhow::Error {
        Self { code: 2, says: says.into() }.into()
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

impl std::error::Error for Trouble {}

/// Says what went wrong and gives the exit code.
pub(crate) fn say(error: &anyhow::Error, words: &Words) -> ExitCode {
    if let Some(trouble) = error.downcast_ref::<Trouble>() {
        eprintln!("{}", trouble.says);
        return ExitCode::from(trouble.code);
    }
    eprintln!("{}", words.with("failed", &[("why", format!("{error:#}").into())]));
    ExitCode::from(2)
}
