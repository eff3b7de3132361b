//! `yifa law`: the law files, checked and shown.

mod articles;
mod check;
mod claims;
mod coverage;
mod files;
mod rows;
mod scenarios;
mod show;

use clap::{Args, Subcommand};
use office::words::Words;

/// The law files.
#[derive(Args)]
pub(crate) struct Law {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Check everything.
    Check(check::Check),
    /// Show a procedure as lawyers read it.
    Show(show::Show),
    /// Index the articles of statute texts.
    Articles(articles::Articles),
    /// Run the worked cases.
    Scenarios(scenarios::Scenarios),
    /// Tell what the worked cases cover.
    Coverage(coverage::Coverage),
}

impl Law {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        match self.verb {
            Verb::Check(verb) => verb.run(words),
            Verb::Show(verb) => verb.run(words),
            Verb::Articles(verb) => verb.run(words),
            Verb::Scenarios(verb) => verb.run(words),
            Verb::Coverage(verb) => verb.run(words),
        }
    }
}
