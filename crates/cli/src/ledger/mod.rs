//! `yifa ledger`: the record itself, checked and its views rebuilt.

mod rebuild;
mod verify;

use clap::{Args, Subcommand};
use office::words::Words;

/// The ledger.
#[derive(Args)]
pub(crate) struct Ledger {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Compute everything again from the stored bytes.
    Verify(verify::Verify),
    /// Write every view anew.
    Rebuild(rebuild::Rebuild),
}

impl Ledger {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        match self.verb {
            Verb::Verify(verb) => verb.run(words),
            Verb::Rebuild(verb) => verb.run(words),
        }
    }
}
