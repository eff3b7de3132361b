//! Things kept in memory for a quarter of an hour under a session: what a page shows once.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

const KEPT: Duration = Duration::from_secs(15 * 60);

/// A bounded, forgetful store.
pub(crate) struct Stash<T> {
    most: usize,
    items: Mutex<VecDeque<(Instant, String, Arc<T>)>>,
}

impl<T> Stash<T> {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, items: Mutex::default() }
    }

    fn items(&self) -> MutexGuard<'_, VecDeque<(Instant, String, Arc<T>)>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a thing under a session's token and a name.
    pub(crate) fn keep(&self, session: &str, name: &str, thing: T) {
        let mut items = self.items();
        items.retain(|(since, ..)| since.elapsed() < KEPT);
        if items.len() >= self.most {
            items.pop_front();
        }
        items.push_back((Instant::now(), format!("{session}/{name}"), Arc::new(thing)));
    }

    /// The thing, if it is still kept.
    pub(crate) fn look(&self, session: &str, name: &str) -> Option<Arc<T>> {
        let key = format!("{session}/{name}");
        let items = self.items();
        let found = items.iter().rev().find(|(since, it, _)| *it == key && since.elapsed() < KEPT);
        found.map(|(.., thing)| thing.clone())
    }
}
