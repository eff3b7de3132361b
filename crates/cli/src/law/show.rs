//! `yifa law show`: a procedure or a determination as the text that lawyers read.

use std::path::PathBuf;

use clap::Args;
use law::Procedure;
use office::{Clock, words::Words};

use super::files;
use crate::{out, read, trouble::Trouble};

/// Shows a procedure or a determination.
#[derive(Args)]
pub(super) struct Show {
    /// Name of the procedure or determination.
    #[arg(value_name = "NAME")]
    name: String,
    /// The version in force on a day; else today's.
    #[arg(long = "version", id = "on", value_name = "YYYY-MM-DD")]
    on: Option<String>,
    /// Folder of law files instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    law: Option<PathBuf>,
}

impl Show {
    pub(super) fn run(self, words: &Words) -> anyhow::Result<()> {
        let on = match &self.on {
            Some(day) => read::day(words, "--version", day)?,
            None => Clock::real().local().date(),
        };
        let sources = files::sources(words, self.law.as_deref())?;
        let (law, faults) = law::read(&sources);
        let Some(law) = law else {
            return Err(Trouble::found(law::render(&faults, &sources, words.lang())));
        };
        if let Some(determination) = law.determination(&self.name) {
            out::text(law::render_determination_zh(determination));
            return Ok(());
        }
        let versions: Vec<&Procedure> = law.versions(&self.name).collect();
        if versions.is_empty() {
            let all = law.packs.iter().flat_map(|it| &it.procedures);
            let mut names: Vec<&str> = all.map(|it| it.key.as_str()).collect();
            let determinations = law.packs.iter().flat_map(|it| &it.determinations);
            names.extend(determinations.map(|it| it.key.as_str()));
            names.dedup();
            let args = [("name", self.name.as_str().into()), ("names", names.join(", ").into())];
            return Err(Trouble::unusable(words.with("show-unknown", &args)));
        }
        let Some(procedure) = law.in_force(&self.name, on) else {
            let days: Vec<String> = versions.iter().map(|it| it.from.to_string()).collect();
            let args = [
                ("name", self.name.as_str().into()),
                ("day", on.to_string().into()),
                ("versions", days.join(", ").into()),
            ];
            return Err(Trouble::unusable(words.with("show-not-in-force", &args)));
        };
        out::text(law::render_zh(procedure));
        Ok(())
    }
}
