//! Verifying: everything is computed again from the stored bytes, and what does not fit is named.

mod chain;
mod compare;
mod misfit;
mod readers;
mod rest;
mod spot;

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use law::Watch;
use rusqlite::Connection;

pub use misfit::{Misfit, MisfitKind};

use crate::{
    store::find,
    verify::{
        chain::{Chain, Part, raw},
        compare::{Stored, compare_matters, compare_sums},
        readers::Readers,
        spot::utf8,
    },
    view::Shows,
};

/// Misfits kept in a report; there may be more.
const KEPT: usize = 200;

/// What a verification found.
#[derive(Clone, Debug)]
pub struct Report {
    /// Events read.
    pub events: u64,
    /// Matters read.
    pub matters: u64,
    /// Private values compared, erased ones included.
    pub privates: u64,
    /// Rows of the read log followed.
    pub readings: u64,
    /// Records that do not fit: those of the ledger in order of their keys, then those of the views.
    pub misfits: Vec<Misfit>,
    /// Whether more were found than are listed.
    pub more: bool,
    /// Whether sums over matters and gaps in series were compared; they are not while events do not fit.
    pub sums_compared: bool,
    /// Time taken by the chain part: bytes, hashes, canonical form, order, private values, laws. The longer of two
    /// stretches read side by side.
    pub chain: Duration,
    /// Time taken in all.
    pub whole: Duration,
}

impl Report {
    /// Whether everything fits.
    pub fn is_clean(&self) -> bool {
        self.misfits.is_empty()
    }
}

/// Verifies the ledger of a folder, which may be open elsewhere.
///
/// `watch` holds the marks that indicators name, as for [`engine::deltas`]; `progress` is told of events read,
/// a few thousand at a time, from two threads.
///
/// # Errors
/// [`crate::Failure::Missing`] if there is none, or if the file cannot be read as a ledger at all. Whatever can be
/// read is compared, and is in the report.
pub fn verify(dir: &Path, watch: &Watch, progress: &(dyn Fn(u64) + Sync)) -> Result<Report> {
    let began = Instant::now();
    let mut readers = Readers::open(&find(dir)?)?;
    let why = match examine(&mut readers, began, watch, progress) {
        Ok(report) => return Ok(report),
        Err(why) => why,
    };
    // A file so damaged that reading it stops: what SQLite says of it is the finding.
    let misfits = rest::file(readers.one()).unwrap_or_default();
    if misfits.is_empty() {
        return Err(why);
    }
    let whole = began.elapsed();
    let (events, matters, privates, readings) = (0, 0, 0, 0);
    let (more, sums_compared, chain) = (true, false, whole);
    Ok(Report { events, matters, privates, readings, misfits, more, sums_compared, chain, whole })
}

fn examine(
    readers: &mut Readers,
    began: Instant,
    watch: &Watch,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Report> {
    let shows = shows(readers.one())?;
    let part = chains(readers, &shows, watch, progress)?;
    let Part { events, matters, privates, mut misfits, lawless, tainted, digests, numbers, sums, time } =
        part;
    misfits.sort();
    misfits.extend(lawless.into_values());
    misfits.extend(rest::laws(readers.one())?);
    let fits = misfits.is_empty();
    let stored = Stored::read(readers)?;
    misfits.extend(rest::strays(readers.one(), privates)?);
    misfits.extend(rest::series(readers.one(), numbers, fits)?);
    misfits.extend(rest::guards(readers.one())?);
    let (read, broken) = rest::readings(readers.one())?;
    misfits.extend(broken);
    let buckets = stored.differing(&digests, &tainted);
    misfits.extend(compare_matters(readers.one(), &buckets, &shows, watch)?);
    if fits {
        misfits.extend(compare_sums(readers.one(), &sums)?);
    }
    misfits.extend(stored.file);
    let more = misfits.len() > KEPT;
    misfits.truncate(KEPT);
    let whole = began.elapsed();
    let (readings, sums_compared, chain) = (read, fits, time);
    Ok(Report { events, matters, privates, readings, misfits, more, sums_compared, chain, whole })
}

fn shows(conn: &Connection) -> Result<HashMap<String, Shows>> {
    let mut laws = HashMap::new();
    rest::each(conn, "SELECT hash, body FROM law", |row| {
        laws.insert(utf8(raw(row, 0)?), Shows::read(&utf8(raw(row, 1)?)));
        Ok(())
    })?;
    Ok(laws)
}

/// The chain part, in as many stretches as there are readers.
fn chains(
    readers: &mut Readers,
    shows: &HashMap<String, Shows>,
    watch: &Watch,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Part> {
    let mut laws = BTreeSet::new();
    rest::each(readers.one(), "SELECT hash FROM law", |row| {
        laws.insert(utf8(raw(row, 0)?));
        Ok(())
    })?;
    let middle = middle(readers.one())?;
    let parts = readers.all(|conn, nth, of| {
        let bounds = match (nth, of) {
            (_, 1) => (None, None),
            (0, _) => (None, Some(middle.clone())),
            _ => (Some(middle.clone()), None),
        };
        Chain::new(conn, &laws, shows.clone(), watch, progress).run(&bounds)
    })?;
    parts.into_iter().reduce(Part::merge).context("one stretch at least is read")
}

/// The key of the matter in the middle of the events; before all others if there are none.
fn middle(conn: &Connection) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut select = conn.prepare(
        "SELECT jurisdiction, matter FROM event INDEXED BY sqlite_autoindex_event_1
         ORDER BY jurisdiction, matter, seq LIMIT 1 OFFSET (SELECT coalesce(max(rowid), 0) / 2 FROM event)",
    )?;
    let mut rows = select.query([])?;
    let Some(row) = rows.next()? else { return Ok((Vec::new(), Vec::new())) };
    Ok((raw(row, 0)?.to_vec(), raw(row, 1)?.to_vec()))
}
