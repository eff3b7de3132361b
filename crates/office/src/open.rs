//! The office itself: store, laws, clock and directory held together.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use anyhow::Context as _;
use calendar::DateTime;
use engine::Jurisdiction;
use law::{Key, ParameterValue, Text};
use store::{Kind, Queue, Store};

use crate::{clock::Clock, directory::Directory, laws::Laws, view::Place};

/// How an office is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds the ledger and the files.
    pub data: PathBuf,
    /// What kind of database is made if there is none; `None`: there must be one.
    pub create: Option<Kind>,
}

/// An office at work. Cheap to clone.
#[derive(Clone)]
pub struct Office(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) laws: Laws,
    pub(crate) clock: Clock,
    pub(crate) directory: RwLock<Directory>,
}

impl Office {
    /// Opens an office on a folder.
    ///
    /// # Errors
    /// If there is no database and none is to be made, if it cannot be opened, or if it is newer than
    /// the program.
    pub fn open(options: &Options, laws: Laws) -> anyhow::Result<Self> {
        let store = match (Store::open(&options.data), options.create) {
            (Err(error), Some(kind)) if is_missing(&error) => Store::create(&options.data, kind)?,
            (opened, _) => opened?,
        };
        let office = Self::over(store, laws)?;
        office.install_laws()?;
        office.reload_directory()?;
        Ok(office)
    }

    /// Opens an office on a folder for reading only; it may be at work elsewhere at the same time.
    ///
    /// # Errors
    /// If there is no database, it cannot be read, or it is newer than the program.
    pub fn open_to_read(data: &Path, laws: Laws) -> anyhow::Result<Self> {
        let office = Self::over(Store::open_to_read(data)?, laws)?;
        office.reload_directory()?;
        Ok(office)
    }

    fn over(store: Store, laws: Laws) -> anyhow::Result<Self> {
        let demonstration = store.kind() == Kind::Demonstration;
        let ahead = match store.read(|reader| reader.get("office", "clock-ahead", 0))? {
            Some(bytes) if demonstration => String::from_utf8(bytes)?.parse().context("clock")?,
            _ => 0,
        };
        let clock = if demonstration { Clock::ahead(ahead) } else { Clock::real() };
        let directory = RwLock::new(Directory::default());
        Ok(Self(Arc::new(Inner { store, laws, clock, directory })))
    }

    /// Puts every procedure version of the packs into the store under its hash, so that what is decided
    /// under it can be read for ever.
    fn install_laws(&self) -> anyhow::Result<()> {
        let known = self.store().read(|reader| reader.laws())?;
        let missing: Vec<_> = self
            .laws()
            .all()
            .iter()
            .filter(|(refers, _)| !known.iter().any(|it| it.hash == refers.hash))
            .cloned()
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let job = self.store().write(Queue::Interactive, move |tx| {
            for (refers, procedure) in &missing {
                let text = serde_json::to_string(&**procedure)?;
                tx.install_law(&refers.hash, &refers.key, refers.version, &text)?;
            }
            Ok(())
        });
        job.wait()
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The laws in force here.
    pub fn laws(&self) -> &Laws {
        &self.0.laws
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The day and time in the jurisdictions.
    pub fn now(&self) -> DateTime {
        self.0.clock.local()
    }

    /// Whether this is a demonstration.
    pub fn is_demonstration(&self) -> bool {
        self.0.store.kind() == Kind::Demonstration
    }

    /// The places with an office here, in the order in which they were recorded.
    pub fn places(&self) -> Vec<Place> {
        self.directory(|it| it.places.clone())
    }

    /// One place.
    pub fn place(&self, code: &Jurisdiction) -> Option<Place> {
        self.directory(|it| it.places.iter().find(|it| it.code == *code).cloned())
    }

    /// Parameters that a place has set.
    pub(crate) fn parameters(&self, place: &Jurisdiction) -> BTreeMap<Key, ParameterValue> {
        self.directory(|it| it.parameters.get(place).cloned().unwrap_or_default())
    }

    pub(crate) fn directory<T>(&self, look: impl FnOnce(&Directory) -> T) -> T {
        let directory = self.0.directory.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        look(&directory)
    }

    /// Sets a demonstration's clock to a moment, forward or back, until the office is closed: for its
    /// simulated life and for tests.
    ///
    /// # Errors
    /// In any office that is not a demonstration.
    pub fn set_demo_clock(&self, to: DateTime) -> anyhow::Result<()> {
        anyhow::ensure!(self.is_demonstration(), "only a demonstration has a clock that can be set");
        self.0.clock.set(engine::instant(to));
        Ok(())
    }

    /// Sets a demonstration's clock forward to a moment and lets the law do what it then has done.
    ///
    /// # Errors
    /// If the store fails. A clock is never set back, and only in a demonstration.
    pub async fn advance(&self, to: DateTime) -> anyhow::Result<bool> {
        if !self.is_demonstration() || to <= self.now() {
            return Ok(false);
        }
        let ahead = self.0.clock.set(engine::instant(to));
        self.store()
            .write(Queue::Interactive, move |tx| {
                tx.put("office", "clock-ahead", ahead.to_string().as_bytes(), None)
            })
            .await?;
        self.sweep().await?;
        Ok(true)
    }
}

/// The words for nothing known.
pub(crate) fn unknown() -> Text {
    Text::new("\u{2014}", "\u{2014}")
}

/// Random bytes from the system.
pub(crate) fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(bytes)
}

/// A new UUID of version 7 at a moment.
pub(crate) fn new_matter(now: jiff::Timestamp) -> anyhow::Result<engine::MatterId> {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &random()?).into_uuid();
    Ok(engine::MatterId(id))
}

fn is_missing(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(store::Failure::Missing(_)))
}

/// Whether a failure means that the store has too much to do just now.
pub fn is_busy(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(store::Failure::Busy))
}
