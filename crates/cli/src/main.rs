//! The `yifa` program: every door of the office that is not a page. One verb, one file.
//!
//! Invariants: it decides nothing and stores nothing itself, it calls the office; what a person can
//! mend is said in the chosen language with exit code 1 (what was checked is faulty) or 2 (the command
//! could not be carried out); no words stand in code, they come from `messages/`.

mod appoint;
mod data;
mod demo;
mod due;
mod help;
mod import;
mod init;
mod law;
mod ledger;
mod out;
mod printed;
mod progress;
mod read;
mod report;
mod serve;
mod table;
mod trouble;
mod words;

use std::{io::IsTerminal as _, process::ExitCode};

use ::law::Lang;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

/// The program a law-based local government runs on.
#[derive(Parser)]
#[command(name = "yifa", version)]
struct Yifa {
    /// Language of what is said: zh or en.
    #[arg(long, global = true, value_name = "zh|en", default_value = "zh", value_parser = ["zh", "en"])]
    lang: String,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Count a limit and show how.
    Due(due::Due),
    /// Check and show the law files.
    Law(law::Law),
    /// Serve portal and workbench.
    Serve(serve::Serve),
    /// Make a demonstration and serve it.
    Demo(demo::Demo),
    /// Make the ledger of a real office.
    Init(init::Init),
    /// Give, end or act in a post.
    Appoint(appoint::Appoint),
    /// Check the ledger, rebuild its views.
    Ledger(ledger::Ledger),
    /// Print a year's report.
    Report(report::Report),
    /// Hold printed numbers against the records.
    Printed(printed::Printed),
    /// Bring in dated acts from a spreadsheet.
    Import(import::Import),
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let words = words::of(lang_of(&arguments));
    let matches = match help::dressed(Yifa::command(), words).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return help::say(&error, words),
    };
    let yifa = match Yifa::from_arg_matches(&matches) {
        Ok(yifa) => yifa,
        Err(error) => return help::say(&error, words),
    };
    match yifa.verb.run(words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => trouble::say(&error, words),
    }
}

impl Verb {
    fn run(self, words: &'static office::words::Words) -> anyhow::Result<()> {
        match self {
            Self::Due(verb) => verb.run(words),
            Self::Law(verb) => verb.run(words),
            Self::Serve(verb) => verb.run(words),
            Self::Demo(verb) => verb.run(words, std::io::stderr().is_terminal()),
            Self::Init(verb) => verb.run(words),
            Self::Appoint(verb) => verb.run(words),
            Self::Ledger(verb) => verb.run(words),
            Self::Report(verb) => verb.run(words),
            Self::Printed(verb) => verb.run(words),
            Self::Import(verb) => verb.run(words, std::io::stderr().is_terminal()),
        }
    }
}

/// The language asked for, found before anything is parsed so that even a misuse is answered in it.
fn lang_of(arguments: &[String]) -> Lang {
    let given = arguments.iter().enumerate().find_map(|(at, it)| match it.strip_prefix("--lang") {
        Some("") => arguments.get(at + 1).map(String::as_str),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    if given == Some("en") { Lang::En } else { Lang::Zh }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let of = |line: &str| lang_of(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("yifa due --lang en"), Lang::En);
        assert_eq!(of("yifa --lang=en due"), Lang::En);
        assert_eq!(of("yifa due"), Lang::Zh);
    }

    #[test]
    fn every_verb_and_option_has_its_words_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let missing = help::missing(&Yifa::command(), words::of(lang));
            assert!(missing.is_empty(), "{lang:?}: {missing:?}");
        }
    }
}
