//! The raw limit: the rows of one act written to SQLite by hand, without law, engine or queue, many acts to
//! a transaction as the store's group commit does.

use std::{path::Path, time::Instant};

use rusqlite::{Connection, params};

use crate::{machine::cpu_ms, table::Table};

const ACTS: u32 = 20_000;
/// Acts to a transaction: what the store's writer finds waiting at 32 writers.
const BATCH: u32 = 32;

/// Writes the rows and says how fast.
pub(crate) fn measure(folder: &Path, round: u32, table: &mut Table) -> anyhow::Result<()> {
    let path = folder.join(format!("raw-{round}.sqlite"));
    let conn = Connection::open(&path)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE event (j TEXT, m BLOB, seq INTEGER, bytes BLOB, hash BLOB, PRIMARY KEY (j, m, seq)) WITHOUT ROWID;
         CREATE TABLE matter (j TEXT, m BLOB, state TEXT, due TEXT, PRIMARY KEY (j, m)) WITHOUT ROWID;
         CREATE TABLE private (j TEXT, m BLOB, seq INTEGER, path TEXT, salt BLOB, value TEXT,
            PRIMARY KEY (j, m, seq, path)) WITHOUT ROWID;
         CREATE TABLE occurrence (j TEXT, mark TEXT, day TEXT, m BLOB, seq INTEGER,
            PRIMARY KEY (j, mark, day, m, seq)) WITHOUT ROWID;",
    )?;
    let (bytes, state) = (vec![b'x'; 1100], "x".repeat(3000));
    let (start, cpu) = (Instant::now(), cpu_ms(std::process::id()));
    for batch in 0..ACTS / BATCH {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        for n in 0..BATCH {
            let (m, seq) = (u64::from(n).to_be_bytes(), batch);
            let mut event = conn.prepare_cached("INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5)")?;
            event.execute(params!["990001", m, seq, bytes, [0u8; 32]])?;
            let mut matter = conn.prepare_cached(
                "INSERT INTO matter VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET state = excluded.state, due = excluded.due",
            )?;
            matter.execute(params!["990001", m, state, "2026-06-01"])?;
            let mut private = conn.prepare_cached("INSERT INTO private VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
            private.execute(params!["990001", m, seq, "inputs.text", [0u8; 32], "x".repeat(60)])?;
            let mut mark = conn.prepare_cached("INSERT INTO occurrence VALUES (?1, ?2, ?3, ?4, ?5)")?;
            mark.execute(params!["990001", "act", "2026-06-01", m, seq])?;
        }
        conn.execute_batch("COMMIT")?;
    }
    let acts = f64::from(ACTS / BATCH * BATCH);
    table.row(
        &format!("raw SQLite, same rows, FULL, {BATCH} acts to a transaction, round {round}"),
        &format!(
            "{:.0} acts/s, {:.3} CPU ms per act",
            acts / start.elapsed().as_secs_f64(),
            (cpu_ms(std::process::id()) - cpu) / acts
        ),
        "the limit beside ours",
    );
    Ok(())
}
