//! `yifa law scenarios`: the worked cases of the packs, run by the engine and compared with what they tell.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use office::words::Words;

use super::files;
use crate::{out, trouble::Trouble, words::number};

/// Runs the worked cases.
#[derive(Args)]
pub(super) struct Scenarios {
    /// Folder of law files with their worked cases.
    #[arg(long, value_name = "DIR", default_value = "law")]
    law: PathBuf,
    /// Rewrite the worked cases with what came out.
    #[arg(long)]
    update: bool,
}

impl Scenarios {
    pub(super) fn run(self, words: &Words) -> anyhow::Result<()> {
        let sources = files::sources(words, Some(&self.law))?;
        let (law, faults) = law::read(&sources);
        let Some(law) = law else {
            return Err(Trouble::found(law::render(&faults, &sources, words.lang())));
        };
        let (mut told, mut other, mut faulty) = (0, 0, 0);
        let files = tales(&self.law)?;
        for path in &files {
            let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
            told += text.lines().filter(|it| *it == "```scenario").count();
            match engine::scenario::run(&text, &law, law::procedure_hash) {
                Ok(out) if out == text => {}
                Ok(out) if self.update => {
                    fs::write(path, out).with_context(|| path.display().to_string())?;
                    let file = ("file", path.display().to_string().into());
                    out::line(words.with("scenario-rewritten", &[file]));
                }
                Ok(out) => {
                    other += 1;
                    out::text(difference(words, path, &text, &out));
                }
                Err(lines) => {
                    faulty += 1;
                    out::line(format_args!("{}\n  {}", path.display(), lines.join("\n  ")));
                }
            }
        }
        let args =
            [("files", number(files.len())), ("told", number(told)), ("other", number(other + faulty))];
        let says = words.with("scenario-summary", &args);
        if other + faulty > 0 {
            return Err(Trouble::found(says));
        }
        out::line(says);
        Ok(())
    }
}

/// The Markdown files of all `scenarios` folders, in order of path.
pub(super) fn tales(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let Ok(files) = fs::read_dir(entry?.path().join("scenarios")) else { continue };
        found.extend(
            files.flatten().map(|it| it.path()).filter(|it| it.extension().is_some_and(|it| it == "md")),
        );
    }
    found.sort();
    Ok(found)
}

/// The first lines that differ.
fn difference(words: &Words, path: &Path, told: &str, came: &str) -> String {
    let (told, came): (Vec<_>, Vec<_>) = (told.lines().collect(), came.lines().collect());
    let first = told.iter().zip(&came).take_while(|(a, b)| a == b).count();
    let line = ("line", number(first + 1));
    let file = ("file", path.display().to_string().into());
    let mut text = format!("{}\n", words.with("scenario-differs", &[file, line]));
    for (mark, lines) in [("-", told), ("+", came)] {
        for it in lines.get(first..).unwrap_or_default().iter().take(6) {
            text.push_str(&format!("  {mark} {it}\n"));
        }
    }
    text
}
