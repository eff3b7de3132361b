//! Comparing views with what the events say: first by digests, then row by row where digests differ.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::Result;
use law::Watch;
use rusqlite::Connection;

use crate::{
    column,
    derive::{Deriver, Sums},
    reader::Reader,
    table::{Line, OF_MATTERS, SUMS, Table},
    verify::{
        chain::{Digests, no_digests, raw},
        misfit::Misfit,
        readers::Readers,
        rest,
        spot::{bucket, line_misfit},
    },
    view::{self, Shows},
};

/// What is stored, as digests; and what SQLite says of the file.
pub(crate) struct Stored {
    digests: Digests,
    pub(crate) file: Vec<Misfit>,
}

impl Stored {
    /// Reads every table of matters, and has SQLite check the file.
    pub(crate) fn read(readers: &mut Readers) -> Result<Self> {
        let next = AtomicUsize::new(0);
        let parts = readers.all(|conn, _, _| {
            let (mut digests, mut file) = (no_digests(), Vec::new());
            loop {
                let task = next.fetch_add(1, Ordering::Relaxed);
                if task == 0 {
                    file = rest::file(conn)?;
                } else if let Some(table) = OF_MATTERS.get(task - 1) {
                    digest(conn, table, &mut digests[task - 1])?;
                } else {
                    return Ok(Self { digests, file });
                }
            }
        })?;
        let mut all = Self { digests: no_digests(), file: Vec::new() };
        for part in parts {
            for (mine, its) in all.digests.iter_mut().flatten().zip(part.digests.iter().flatten()) {
                *mine = mine.wrapping_add(*its);
            }
            all.file.extend(part.file);
        }
        Ok(all)
    }

    /// Buckets in which a table differs from what was expected, those of damaged matters left out.
    pub(crate) fn differing(&self, expected: &Digests, tainted: &BTreeSet<usize>) -> Buckets {
        let tables = OF_MATTERS.iter().zip(self.digests.iter().zip(expected));
        tables
            .map(|(table, (stored, expected))| {
                let differ =
                    (0..stored.len()).filter(|it| stored[*it] != expected[*it] && !tainted.contains(it));
                (table.name, differ.collect())
            })
            .collect()
    }
}

/// Table names and the buckets that differ.
pub(crate) type Buckets = BTreeMap<&'static str, BTreeSet<usize>>;

fn digest(conn: &Connection, table: &Table, sums: &mut [u128]) -> Result<()> {
    let matter = table.matter.unwrap_or_default();
    table.each(conn, |row| {
        let sum = &mut sums[bucket(raw(row, matter)?)];
        *sum = sum.wrapping_add(table.digest_row(row)?);
        Ok(())
    })
}

/// Rows that differ between two sets of the same table.
fn differences(
    table: &Table,
    mut expected: BTreeMap<Vec<u8>, Line>,
    found: BTreeMap<Vec<u8>, Line>,
) -> Vec<Misfit> {
    let mut misfits = Vec::new();
    for (key, line) in found {
        let wanted = expected.remove(&key);
        misfits.extend(line_misfit(table, wanted.as_ref(), Some(&line)));
    }
    misfits.extend(expected.values().filter_map(|line| line_misfit(table, Some(line), None)));
    misfits.sort();
    misfits
}

/// Compares the rows of the matters in some buckets.
pub(crate) fn compare_matters(
    conn: &Connection,
    buckets: &Buckets,
    shows: &HashMap<String, Shows>,
    watch: &Watch,
) -> Result<Vec<Misfit>> {
    let all: BTreeSet<usize> = buckets.values().flatten().copied().collect();
    let mut misfits = Vec::new();
    if all.is_empty() {
        return Ok(misfits);
    }
    let mut expected = expected(conn, &all, shows, watch)?;
    for table in OF_MATTERS {
        let wanted = &buckets[table.name];
        let matter = table.matter.unwrap_or_default();
        let mut found = BTreeMap::new();
        table.each(conn, |row| {
            if wanted.contains(&bucket(raw(row, matter)?)) {
                let line = table.line(row)?;
                found.insert(table.key(&line), line);
            }
            Ok(())
        })?;
        let mut lines = expected.remove(table.name).unwrap_or_default();
        lines.retain(|_, line| wanted.contains(&bucket(line[matter].bytes())));
        misfits.extend(differences(table, lines, found));
    }
    Ok(misfits)
}

/// The rows that the events of the matters in some buckets lead to.
fn expected(
    conn: &Connection,
    buckets: &BTreeSet<usize>,
    shows: &HashMap<String, Shows>,
    watch: &Watch,
) -> Result<HashMap<&'static str, BTreeMap<Vec<u8>, Line>>> {
    let mut deriver = Deriver { watch, shows: shows.clone(), sums: Sums::default() };
    let mut expected: HashMap<&'static str, BTreeMap<Vec<u8>, Line>> = HashMap::new();
    let sql = "SELECT DISTINCT jurisdiction, matter FROM event INDEXED BY sqlite_autoindex_event_1";
    rest::each(conn, sql, |row| {
        if !buckets.contains(&bucket(raw(row, 1)?)) {
            return Ok(());
        }
        let (jurisdiction, id) = (column::jurisdiction(row, 0)?, column::matter(row, 1)?);
        let events = Reader::events_on(conn, &jurisdiction, id)?;
        let secrets = Reader::secrets_on(conn, &jurisdiction, id)?;
        let names = view::names(secrets.iter().map(|(_, secret)| secret));
        for (table, line) in deriver.matter(&events, &names)?.1 {
            expected.entry(table.name).or_default().insert(table.key(&line), line);
        }
        Ok(())
    })?;
    Ok(expected)
}

/// Compares the sums over matters. A count that came to nothing may stand or not.
pub(crate) fn compare_sums(conn: &Connection, sums: &Sums) -> Result<Vec<Misfit>> {
    let mut misfits = Vec::new();
    for table in SUMS {
        let lines = sums.lines().filter(|(of, line)| of.name == table.name && of.counts(line));
        let expected = lines.map(|(_, line)| (table.key(&line), line)).collect();
        let mut found = BTreeMap::new();
        table.each(conn, |row| {
            let line = table.line(row)?;
            if table.counts(&line) {
                found.insert(table.key(&line), line);
            }
            Ok(())
        })?;
        misfits.extend(differences(table, expected, found));
    }
    Ok(misfits)
}
