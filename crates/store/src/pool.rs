//! Connections for reading, lent out one snapshot at a time.

use std::{
    path::PathBuf,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result};

use crate::{reader::Reader, schema};

/// Grows to its size as readers come, then lets them wait.
pub(crate) struct Pool {
    path: PathBuf,
    size: usize,
    state: Mutex<State>,
    back: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Reader>,
    lent: usize,
}

impl Pool {
    pub(crate) fn new(path: PathBuf, size: usize) -> Self {
        Self { path, size: size.max(1), state: Mutex::default(), back: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads one snapshot.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        let lent = self.lend()?;
        let reader = lent.reader.as_ref().context("a loan holds its connection until it is dropped")?;
        let snapshot = reader.conn.unchecked_transaction()?;
        let result = read(reader);
        snapshot.rollback()?;
        result
    }

    fn lend(&self) -> Result<Lent<'_>> {
        let mut state = self.lock();
        loop {
            if let Some(reader) = state.idle.pop() {
                state.lent += 1;
                return Ok(Lent { pool: self, reader: Some(reader) });
            }
            if state.lent < self.size {
                state.lent += 1;
                drop(state);
                let mut lent = Lent { pool: self, reader: None };
                lent.reader = Some(Reader::new(schema::reader(&self.path)?));
                return Ok(lent);
            }
            state = self.back.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A connection on loan; it goes back when dropped, also by a panic.
struct Lent<'a> {
    pool: &'a Pool,
    reader: Option<Reader>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.lock();
        state.lent -= 1;
        state.idle.extend(self.reader.take().filter(|reader| reader.conn.is_autocommit()));
        drop(state);
        self.pool.back.notify_one();
    }
}
