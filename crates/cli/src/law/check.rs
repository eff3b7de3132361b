//! `yifa law check`: every fault of every file at once, open questions and texts not at hand.

use std::{collections::BTreeSet, path::PathBuf};

use clap::Args;
use law::{Code, Fault, Severity, Sources};
use office::words::Words;

use super::files;
use crate::{out, trouble::Trouble, words::number};

/// Checks the law files.
#[derive(Args)]
pub(super) struct Check {
    /// Folder of law files instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    law: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self, words: &Words) -> anyhow::Result<()> {
        let sources = files::sources(words, self.law.as_deref())?;
        let (law, mut faults) = law::read(&sources);
        retell(&mut faults, &sources);
        let (notes, wrong): (Vec<Fault>, Vec<Fault>) =
            faults.into_iter().partition(|it| it.severity() == Severity::Note);
        out::text(law::render(&wrong, &sources, words.lang()));
        list(words, "check-unsettled", Code::Unsettled, &notes, &sources);
        list(words, "check-unindexed", Code::Unindexed, &notes, &sources);
        let count = |grade| wrong.iter().filter(|it| it.severity() == grade).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let procedures: usize = law.iter().flat_map(|it| &it.packs).map(|it| it.procedures.len()).sum();
        let says = words.with(
            "check-summary",
            &[
                ("files", number(sources.files.len())),
                ("procedures", number(procedures)),
                ("errors", number(errors)),
                ("warnings", number(warnings)),
            ],
        );
        if errors > 0 {
            return Err(Trouble::found(says));
        }
        out::line(says);
        Ok(())
    }
}

/// Runs every way that shows a fault on the engine, and tells it with its days.
fn retell(faults: &mut [Fault], sources: &Sources) {
    let Ok(calendar) = law::read_calendar(sources) else { return };
    for fault in faults.iter_mut() {
        let Some(trail) = &fault.trail else { continue };
        let told = engine::retell(trail, &calendar);
        fault.retold(told.as_deref());
    }
}

/// The notes of a kind, one line each with the place.
fn list(words: &Words, head: &str, code: Code, notes: &[Fault], sources: &Sources) {
    let lines: BTreeSet<String> = notes
        .iter()
        .filter(|it| it.code == code)
        .map(|it| format!("  {}{}", place(it, sources), it.message.get(words.lang())))
        .collect();
    if !lines.is_empty() {
        out::line(words.with(head, &[("count", number(lines.len()))]));
        lines.iter().for_each(out::line);
    }
}

fn place(fault: &Fault, sources: &Sources) -> String {
    let Some(label) = fault.labels.first() else { return String::new() };
    let Some(file) = sources.get(label.file) else { return String::new() };
    let line = file.text.get(..label.span.start).map_or(1, |before| before.matches('\n').count() + 1);
    format!("{}:{line}  ", file.path)
}
