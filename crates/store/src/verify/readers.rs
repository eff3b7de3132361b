//! Connections that see the same moment of the ledger, one for each thread.

use std::{path::Path, thread};

use anyhow::{Result, anyhow};
use rusqlite::Connection;

use crate::schema;

/// How often a second reader tries to begin at the same moment before the first reads alone.
const TRIES: usize = 20;

/// One or two connections in the same snapshot.
pub(crate) struct Readers(Vec<Connection>);

impl Readers {
    /// Opens two, or one if the ledger grows too fast for two to begin at the same moment. They do if they see the
    /// same last event: rows are only ever added, and everything compared follows from events.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let begin = || -> Result<(Connection, i64)> {
            let conn = schema::scanner(path)?;
            let sql = "SELECT coalesce(max(rowid), 0) FROM event";
            let last = conn.query_row(sql, [], |row| row.get(0))?;
            Ok((conn, last))
        };
        let mut first = begin()?;
        for _ in 0..TRIES {
            let second = begin()?;
            if first.1 == second.1 {
                return Ok(Self(vec![first.0, second.0]));
            }
            first = second;
        }
        Ok(Self(vec![first.0]))
    }

    /// One of them.
    pub(crate) fn one(&self) -> &Connection {
        &self.0[0]
    }

    /// Runs a job on each in a thread of its own; the job is told which it is, and of how many.
    pub(crate) fn all<T: Send>(
        &mut self,
        job: impl Fn(&Connection, usize, usize) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let of = self.0.len();
        let job = &job;
        thread::scope(|scope| {
            let threads: Vec<_> = self
                .0
                .iter_mut()
                .enumerate()
                .map(|(nth, conn)| scope.spawn(move || job(conn, nth, of)))
                .collect();
            let ended = threads.into_iter().map(|it| it.join());
            ended.map(|it| it.unwrap_or_else(|_| Err(anyhow!("a reading thread panicked")))).collect()
        })
    }
}
