//! Opening the folder of an office, with a sentence for whatever stands against it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use office::{Laws, Office, Options, words::Words};
use store::{Failure, Kind};

use crate::trouble::Trouble;

/// Where the ledger and the files are.
#[derive(Args, Clone)]
pub(crate) struct Data {
    /// Folder of the ledger and the files.
    #[arg(long, value_name = "DIR", default_value = "yifa-data")]
    pub(crate) data: PathBuf,
}

impl Data {
    /// Opens the office of the folder, which must be there.
    pub(crate) fn open(&self, words: &Words) -> anyhow::Result<Office> {
        open(words, &self.data, None)
    }

    /// The folder, if there is a ledger in it, and the laws built in: what work on the ledger itself needs.
    pub(crate) fn ledger(&self, words: &Words) -> anyhow::Result<(&Path, Laws)> {
        if !self.data.join("ledger.sqlite").exists() {
            return Err(explained(words, &self.data, Failure::Missing(self.data.clone()).into()));
        }
        Ok((&self.data, Laws::embedded()?))
    }

    /// Opens the office of the folder to read it, also while it is served.
    pub(crate) fn open_to_read(&self, words: &Words) -> anyhow::Result<Office> {
        Office::open_to_read(&self.data, Laws::embedded()?)
            .map_err(|error| explained(words, &self.data, error))
    }
}

/// Opens an office; makes its ledger if a kind is given and there is none.
pub(crate) fn open(words: &Words, folder: &Path, create: Option<Kind>) -> anyhow::Result<Office> {
    let options = Options { data: folder.to_owned(), create };
    Office::open(&options, Laws::embedded()?).map_err(|error| explained(words, folder, error))
}

/// A store's failure as a sentence; any other error as it is.
pub(crate) fn explained(words: &Words, folder: &Path, error: anyhow::Error) -> anyhow::Error {
    let folder = ("folder", folder.display().to_string().into());
    match error.downcast_ref::<Failure>() {
        Some(Failure::Missing(_)) => Trouble::unusable(words.with("data-missing", &[folder])),
        Some(Failure::Locked(_)) => Trouble::unusable(words.with("data-locked", &[folder])),
        Some(Failure::Exists(_)) => Trouble::unusable(words.with("data-exists", &[folder])),
        Some(Failure::NotALedger(_)) => Trouble::unusable(words.with("data-not-a-ledger", &[folder])),
        Some(Failure::Older { .. }) => Trouble::unusable(words.with("data-older", &[folder])),
        Some(Failure::Newer { found, known }) => Trouble::unusable(
            words.with("data-newer", &[folder, ("found", (*found).into()), ("known", (*known).into())]),
        ),
        _ => error,
    }
}

/// The folder in which a ledger is made before it is moved into its place, so that none is ever half made.
pub(crate) fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    folder.with_file_name(name)
}

/// Moves a ledger that is whole into its place.
pub(crate) fn put(made: &Path, folder: &Path) -> anyhow::Result<()> {
    // An empty folder in its place is fine; anything in it is not ours to remove.
    fs::remove_dir(folder).ok();
    fs::rename(made, folder).with_context(|| folder.display().to_string())
}
