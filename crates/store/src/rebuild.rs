//! Rebuilding: every view is thrown away and written anew from the events, in one transaction.

use std::{
    collections::HashMap,
    mem,
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use engine::{Event, Hash, Jurisdiction, MatterId, verify_bytes};
use law::Watch;
use rusqlite::{Connection, types::ValueRef};

use crate::{
    column,
    derive::{Deriver, Sums},
    reader::Reader,
    schema,
    store::{find, lock},
    table::{Line, OF_MATTERS, SUMS, TALLY, Table},
    view::{self, Shows},
};

/// Matters handed from the thread that derives to the one that writes, at a time.
const PARCEL: usize = 256;
/// Parcels that may lie between them.
const PARCELS: usize = 32;

/// What a rebuilding came to.
#[derive(Clone, Debug)]
pub struct RebuildReport {
    /// Events read.
    pub events: u64,
    /// Matters folded.
    pub matters: u64,
    /// Every view table, before and after.
    pub tables: Vec<RebuiltTable>,
    /// Time taken, digests included.
    pub whole: Duration,
}

/// One view table, before and after. The digest is the same exactly if the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebuiltTable {
    /// Its name.
    pub name: &'static str,
    /// Rows and digest as found.
    pub before: (u64, u128),
    /// Rows and digest as written.
    pub after: (u64, u128),
}

impl RebuildReport {
    /// The tables whose rows were not what the events say.
    pub fn changed(&self) -> impl Iterator<Item = &RebuiltTable> {
        self.tables.iter().filter(|it| it.before != it.after)
    }
}

/// Writes every view of a folder's ledger anew. The ledger must not be open elsewhere.
///
/// `watch` holds the marks that indicators name: after a new indicator this is how its counts come to be.
/// `progress` is told of events read, some thousands at a time.
///
/// # Errors
/// [`crate::Failure::Missing`] if there is none, [`crate::Failure::Locked`] if it is open; if an event cannot be
/// read, nothing is changed.
pub fn rebuild(dir: &Path, watch: &Watch, progress: &(dyn Fn(u64) + Sync)) -> Result<RebuildReport> {
    let began = Instant::now();
    let path = find(dir)?;
    let _lock = lock(dir)?;
    let conn = schema::writer(&path)?;
    conn.execute_batch("PRAGMA cache_size = -262144; PRAGMA secure_delete = FAST; BEGIN IMMEDIATE")?;
    let mut report = RebuildReport { events: 0, matters: 0, tables: Vec::new(), whole: Duration::ZERO };
    let (send, receive) = sync_channel(PARCELS);
    thread::scope(|scope| {
        let deriving = thread::Builder::new()
            .name("deriver".to_owned())
            .spawn_scoped(scope, move || derive_all(&path, watch, &send))?;
        for table in OF_MATTERS.iter().chain(&SUMS) {
            let before = stored(&conn, table)?;
            report.tables.push(RebuiltTable { name: table.name, before, after: (0, 0) });
        }
        let indexes = take_down(&conn)?;
        write_parcels(&conn, receive, progress, &mut report)?;
        let derived = deriving.join().unwrap_or_else(|_| Err(anyhow!("the deriving thread panicked")));
        write_sums(&conn, &derived?, &mut report)?;
        indexes.iter().try_for_each(|sql| conn.execute_batch(sql))?;
        anyhow::Ok(())
    })?;
    conn.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
    report.whole = began.elapsed();
    Ok(report)
}

/// How many rows a table has, and their digest. A count of nothing is no row.
fn stored(conn: &Connection, table: &Table) -> Result<(u64, u128)> {
    let (mut rows, mut sum) = (0, 0_u128);
    table.each(conn, |row| {
        let nothing =
            table.name == TALLY.name && row.get_ref(table.columns.len() - 1)? == ValueRef::Integer(0);
        if !nothing {
            rows += 1;
            sum = sum.wrapping_add(table.digest_row(row)?);
        }
        Ok(())
    })?;
    Ok((rows, sum))
}

/// Empties the views and takes down their indexes, which are quicker made at the end; gives how to make them.
fn take_down(conn: &Connection) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for table in OF_MATTERS.iter().chain(&SUMS) {
        let mut select = conn.prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL",
        )?;
        let indexes = select.query_map([table.name], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for index in indexes {
            let (name, sql): (String, String) = index?;
            found.push((name, sql));
        }
        conn.execute(&format!("DELETE FROM {}", table.name), [])?;
    }
    for (name, _) in &found {
        conn.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

/// The rows of some matters.
#[derive(Default)]
struct Parcel {
    events: u64,
    matters: u64,
    lines: Vec<(&'static Table, Line)>,
    /// Rows and digest of each table, in the order of [`OF_MATTERS`].
    digests: [(u64, u128); OF_MATTERS.len()],
}

/// Writes what is derived as it comes.
fn write_parcels(
    conn: &Connection,
    parcels: Receiver<Parcel>,
    progress: &(dyn Fn(u64) + Sync),
    report: &mut RebuildReport,
) -> Result<()> {
    for parcel in parcels {
        parcel.lines.iter().try_for_each(|(table, line)| table.write(conn, line))?;
        for (it, (rows, digest)) in report.tables.iter_mut().zip(parcel.digests) {
            it.after.0 += rows;
            it.after.1 = it.after.1.wrapping_add(digest);
        }
        report.events += parcel.events;
        report.matters += parcel.matters;
        progress(parcel.events);
    }
    Ok(())
}

fn write_sums(conn: &Connection, sums: &Sums, report: &mut RebuildReport) -> Result<()> {
    for (table, line) in sums.lines().filter(|(table, line)| table.counts(line)) {
        table.write(conn, &line)?;
        if let Some(it) = report.tables.iter_mut().find(|it| it.name == table.name) {
            it.after.0 += 1;
            it.after.1 = it.after.1.wrapping_add(table.digest_line(&line));
        }
    }
    Ok(())
}

/// Folds every matter from a connection of its own and sends its rows; gives the sums over all.
fn derive_all(path: &Path, watch: &Watch, send: &SyncSender<Parcel>) -> Result<Sums> {
    let conn = schema::scanner(path)?;
    let mut shows = HashMap::new();
    let reader = Reader::new(conn);
    for law in reader.laws()? {
        let body = reader.law(&law.hash)?.unwrap_or_default();
        shows.insert(law.hash, Shows::read(&body));
    }
    let mut deriver = Deriver { watch, shows, sums: Sums::default() };
    let mut parcel = Parcel::default();
    let mut select = reader.conn.prepare(
        "SELECT jurisdiction, matter, bytes FROM event INDEXED BY sqlite_autoindex_event_1
         ORDER BY jurisdiction, matter, seq",
    )?;
    let mut rows = select.query([])?;
    let mut events: Vec<(Event, Hash)> = Vec::new();
    let mut open: Option<(Jurisdiction, MatterId)> = None;
    while let Some(row) = rows.next()? {
        let key = (column::jurisdiction(row, 0)?, column::matter(row, 1)?);
        if open.as_ref() != Some(&key) {
            close(&reader, &mut deriver, open.replace(key), &mut events, &mut parcel)?;
            if parcel.matters >= PARCEL as u64 {
                send.send(mem::take(&mut parcel)).map_err(|_| anyhow!("the writing side has ended"))?;
            }
        }
        events.push(verify_bytes(row.get_ref(2)?.as_blob()?).context("reading an event")?);
    }
    close(&reader, &mut deriver, open, &mut events, &mut parcel)?;
    send.send(parcel).map_err(|_| anyhow!("the writing side has ended"))?;
    Ok(deriver.sums)
}

fn close(
    reader: &Reader,
    deriver: &mut Deriver<'_>,
    open: Option<(Jurisdiction, MatterId)>,
    events: &mut Vec<(Event, Hash)>,
    parcel: &mut Parcel,
) -> Result<()> {
    let Some((jurisdiction, id)) = open else { return Ok(()) };
    let secrets = reader.secrets(&jurisdiction, id)?;
    let names = view::names(secrets.iter().map(|(_, secret)| secret));
    for (table, line) in deriver.matter(events, &names)?.1 {
        let sum = &mut parcel.digests[table.place()];
        *sum = (sum.0 + 1, sum.1.wrapping_add(table.digest_line(&line)));
        parcel.lines.push((table, line));
    }
    parcel.events += events.len() as u64;
    parcel.matters += 1;
    events.clear();
    Ok(())
}
