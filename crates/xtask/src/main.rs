//! The house's own chores: `cargo xtask VERB`. Everything that a person or a machine runs on a clone.

mod bench;
mod check;
mod count;
mod demo;
mod run;
mod test;
mod tools;

use std::{path::PathBuf, process::ExitCode};

/// A chore: its name, what it is for, and what does it.
type Verb = (&'static str, &'static str, fn(&[String]) -> anyhow::Result<()>);

const VERBS: &[Verb] = &[
    ("demo", "build, make a demonstration, serve it at http://localhost:8080", demo::run),
    ("test", "run every test and end with how many passed", test::run),
    ("ci", "format, lints, every test, documentation", check::ci),
    ("bench", "measure, and write bench/results.md", bench::run),
    ("fonts", "fetch the fonts of official papers and what measures their pages", |_| tools::papers()),
    ("tidy", "the rules of the house alone", check::tidy),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked = arguments.first().map_or("", String::as_str);
    let Some((_, _, verb)) = VERBS.iter().find(|(name, ..)| *name == asked) else {
        eprintln!("cargo xtask VERB, where VERB is one of");
        VERBS.iter().for_each(|(name, what, _)| eprintln!("  {name:6} {what}"));
        return ExitCode::from(2);
    };
    match verb(&arguments[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {asked}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}
