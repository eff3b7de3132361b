//! Opening connections: what every one of them is set to, and which database is accepted.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::{failure::Failure, kind::Kind};

/// The schema this program writes.
pub(crate) const VERSION: u32 = 3;
/// Marks the file as ours; the letters YIFA.
const APPLICATION: i32 = 0x5949_4641;
const TABLES: &str = include_str!("schema.sql");
/// What brings a ledger of version n to n + 1, from 1 on.
const UPGRADES: [&str; VERSION as usize - 1] = [include_str!("upgrade-2.sql"), include_str!("upgrade-3.sql")];
/// Statements kept prepared on each connection.
const STATEMENTS: usize = 160;

/// Makes a new ledger file.
pub(crate) fn create(path: &Path, kind: Kind) -> Result<()> {
    let conn = Connection::open(path).with_context(|| format!("making {}", path.display()))?;
    conn.execute_batch("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    conn.execute_batch(&format!("BEGIN IMMEDIATE; {TABLES} PRAGMA application_id = {APPLICATION};"))?;
    conn.execute("INSERT INTO meta (key, value) VALUES ('kind', ?1)", [kind.as_str()])?;
    conn.execute_batch(&format!("PRAGMA user_version = {VERSION}; COMMIT;"))?;
    Ok(())
}

/// The one connection that writes.
pub(crate) fn writer(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = open(path, flags)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
         PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;",
    )?;
    upgrade(&conn)?;
    Ok(conn)
}

/// Brings an older ledger to this program's version: tables, columns and indexes come and go, and new columns of views
/// are filled from old ones. What is no view stays as it stands.
fn upgrade(conn: &Connection) -> Result<()> {
    let found = usize::try_from(pragma(conn, "user_version")?).unwrap_or(1);
    for (version, tables) in (found + 1..).zip(UPGRADES.iter().skip(found - 1)) {
        conn.execute_batch(&format!("BEGIN IMMEDIATE; {tables} PRAGMA user_version = {version}; COMMIT;"))?;
    }
    Ok(())
}

fn pragma(conn: &Connection, name: &str) -> rusqlite::Result<i64> {
    conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
}

/// A connection that cannot write.
pub(crate) fn reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = open(path, flags)?;
    let found = u32::try_from(pragma(&conn, "user_version")?).unwrap_or(VERSION);
    if found < VERSION {
        return Err(Failure::Older { found, known: VERSION }.into());
    }
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;")?;
    Ok(conn)
}

/// A connection that reads a great part of the ledger: the file is mapped, not copied.
pub(crate) fn scanner(path: &Path) -> Result<Connection> {
    let conn = reader(path)?;
    conn.execute_batch("PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -32768; BEGIN")?;
    Ok(conn)
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
    if !path.exists() {
        return Err(Failure::Missing(path.to_owned()).into());
    }
    let conn =
        Connection::open_with_flags(path, flags).with_context(|| format!("opening {}", path.display()))?;
    conn.busy_timeout(Duration::from_secs(10))?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without this some statements are compiled again each time a value is bound.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF;")?;
    accept(&conn, path)?;
    Ok(conn)
}

/// Refuses files that are not ledgers, and ledgers of newer programs.
fn accept(conn: &Connection, path: &Path) -> Result<()> {
    let application = pragma(conn, "application_id").with_context(|| Failure::NotALedger(path.to_owned()))?;
    let version = u32::try_from(pragma(conn, "user_version")?).unwrap_or(u32::MAX);
    if application != i64::from(APPLICATION) || version == 0 {
        return Err(Failure::NotALedger(path.to_owned()).into());
    }
    if version > VERSION {
        return Err(Failure::Newer { found: version, known: VERSION }.into());
    }
    Ok(())
}
