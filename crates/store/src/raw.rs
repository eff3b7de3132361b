//! The bare database: the rows an act leaves, by prepared statements alone, to measure the store against.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use rusqlite::{Connection, params};

use crate::{kind::Kind, schema, store::Store, store::ledger};

/// Acts of one matter.
const COURSE: u64 = 6;
/// Bytes of an event.
const EVENT: usize = 780;
/// Bytes of a matter's state.
const STATE: usize = 2_000;
/// Grams of a matter.
const GRAMS: u64 = 14;

/// What the bare database does.
#[derive(Clone, Copy, Debug)]
pub struct RawFigure {
    /// Acts written.
    pub acts: u64,
    /// Commits they took, each waiting for the disk.
    pub commits: u64,
    /// Time taken.
    pub whole: Duration,
}

/// Writes the rows of so many acts into a new ledger in `dir`, `writers` acts to a commit: event, matter, clock,
/// occurrence, tally; with a matter's first act its number, private values and grams. No engine, no queue, no
/// savepoints, no checks: the floor under [`crate::Tx::append`] with as many writers.
///
/// # Errors
/// [`crate::Failure::Exists`] if the folder has a ledger, or the database's.
pub fn bench_raw(dir: &Path, acts: u64, writers: u64) -> Result<RawFigure> {
    drop(Store::create(dir, Kind::Practice)?);
    let conn = schema::writer(&ledger(dir))?;
    conn.execute_batch("PRAGMA wal_autocheckpoint = 1000")?;
    let mut figure = RawFigure { acts, commits: 0, whole: Duration::ZERO };
    let began = Instant::now();
    let group = writers.max(1);
    for first in (0..acts).step_by(usize::try_from(group)?) {
        conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        (first..acts.min(first + group)).try_for_each(|nth| act(&conn, nth, group))?;
        conn.prepare_cached("COMMIT")?.execute([])?;
        figure.commits += 1;
    }
    figure.whole = began.elapsed();
    Ok(figure)
}

/// One act: the matters of a group of writers go forward side by side.
fn act(conn: &Connection, nth: u64, group: u64) -> Result<()> {
    let (matter, seq) = (nth / (COURSE * group) * group + nth % group, nth / group % COURSE + 1);
    let mut id = [0_u8; 16];
    id[..8].copy_from_slice(&(matter / 64).to_be_bytes());
    id[8..].copy_from_slice(&matter.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    let day = format!("2026-{:02}-{:02}", matter % 12 + 1, matter / 12 % 28 + 1);
    let (seq, closed) = (i64::try_from(seq)?, seq == COURSE);
    conn.prepare_cached("INSERT INTO event VALUES ('361128', ?1, ?2, ?3, ?4)")?.execute(params![
        &id[..],
        seq,
        [7_u8; 32],
        [b'x'; EVENT]
    ])?;
    let state = (!closed).then(|| "x".repeat(STATE));
    conn.prepare_cached(MATTER)?.execute(params![&id[..], seq, [7_u8; 32], closed, day, state])?;
    conn.prepare_cached("DELETE FROM clock WHERE jurisdiction = '361128' AND matter = ?1")?
        .execute([&id[..]])?;
    if !closed {
        conn.prepare_cached("INSERT INTO clock VALUES ('361128', ?1, 'decide-in-time', ?2, NULL, 1, 0)")?
            .execute(params![&id[..], day])?;
    }
    conn.prepare_cached(
        "INSERT INTO occurrence VALUES ('361128', ?1, ?2, 0, 'reconsideration', 'act:accept', 'bureau of roads',
            ?3, ?3, ?3, 1)",
    )?
    .execute(params![&id[..], seq, day])?;
    for dated in ["e", "r"] {
        conn.prepare_cached(
            "INSERT INTO tally VALUES ('361128', 'reconsideration', 'act:accept', ?1, 'bureau of roads', ?2, 1)
             ON CONFLICT DO UPDATE SET n = n + 1",
        )?
        .execute(params![dated, day])?;
    }
    if seq == 1 { opening(conn, matter, &id) } else { Ok(()) }
}

fn opening(conn: &Connection, matter: u64, id: &[u8]) -> Result<()> {
    conn.prepare_cached("INSERT INTO number VALUES ('361128', ?1, ?2)")?
        .execute(params![format!("bureau of roads 2026 {matter}"), id])?;
    for part in ["name", "number", "phone"] {
        conn.prepare_cached("INSERT INTO private VALUES ('361128', ?1, 1, ?2, ?3, 'a personal value')")?
            .execute(params![id, part, [9_u8; 32]])?;
    }
    for gram in 0..GRAMS {
        let gram = matter.wrapping_mul(31).wrapping_add(gram.wrapping_mul(977)) % 4_000;
        conn.prepare_cached("INSERT OR IGNORE INTO gram VALUES ('361128', 'm', ?1, ?2)")?
            .execute(params![gram.to_string(), id])?;
    }
    Ok(())
}

const MATTER: &str = "
    INSERT INTO matter VALUES ('361128', ?1, ?2, ?3, 1, 'reconsideration', 'bureau of roads', 'accepted', ?4, ?5, ?5,
        'decide-in-time', NULL, NULL, ?5, NULL, 0, 0, 0, 0, 0, 'bureauofroads', ?6, NULL)
    ON CONFLICT DO UPDATE SET version = excluded.version, head = excluded.head, closed = excluded.closed,
        day = excluded.day, state = excluded.state";
