//! `yifa law articles`: indexes of articles from statute texts in Markdown.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use law::articles::{index, to_tsv};
use office::words::Words;

use crate::{out, trouble::Trouble, words::number};

/// Indexes statute texts.
#[derive(Args)]
pub(super) struct Articles {
    /// Folder of statute texts, one Markdown file each.
    #[arg(value_name = "DIR")]
    texts: PathBuf,
    /// Folder for the indexes.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Articles {
    pub(super) fn run(self, words: &Words) -> anyhow::Result<()> {
        let folder = || ("folder", self.texts.display().to_string().into());
        let Ok(entries) = fs::read_dir(&self.texts) else {
            return Err(Trouble::unusable(words.with("law-no-folder", &[folder()])));
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
        paths.retain(|it| it.extension().is_some_and(|it| it == "md"));
        paths.sort();
        if paths.is_empty() {
            return Err(Trouble::unusable(words.with("articles-none", &[folder()])));
        }
        fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        for path in paths {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let found = index(&text);
            let out = self.out.join(path.with_extension("tsv").file_name().unwrap_or_default());
            fs::write(&out, to_tsv(&found)).with_context(|| out.display().to_string())?;
            let args = [("file", out.display().to_string().into()), ("count", number(found.articles.len()))];
            out::line(words.with("articles-done", &args));
        }
        Ok(())
    }
}
