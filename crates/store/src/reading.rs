//! The read log: who read what, or took it away in a file. Reading changes nothing, so its rows are no events; each
//! jurisdiction has one chain of them, beside the ledger. A row cut off at the end leaves no gap that the chain
//! itself could show.

use anyhow::Result;
use engine::{Hash, Jurisdiction};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::{
    column::{self, integer},
    reader::Reader,
    tx::Tx,
};

/// One page or file that somebody was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When, before the answer went out.
    pub at: Timestamp,
    /// Which account; how somebody without one came to it.
    pub who: String,
    /// By which right: the posts held, or a party's place in the matter.
    pub entitled: String,
    /// `page`, or the format of the file.
    pub way: String,
    /// What was asked for: a list with its filter, or one matter.
    pub what: String,
    /// How many matters it held.
    pub matters: u64,
    /// Classes of its fields, least guarded first, parted by commas.
    pub classes: String,
}

/// A reading in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingRow {
    /// Its place in the jurisdiction's chain, from 1.
    pub n: u64,
    /// What was read.
    pub reading: Reading,
    /// The hash of the row and of the one before it.
    pub hash: Hash,
}

const COLUMNS: &str = "n, at, who, entitled, way, what, matters, classes, hash";

impl Tx<'_> {
    /// Adds a reading to its jurisdiction's chain and gives its place in it.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn note_reading(&mut self, jurisdiction: &Jurisdiction, reading: &Reading) -> Result<u64> {
        let mut last = self
            .conn
            .prepare_cached("SELECT n, hash FROM reading WHERE jurisdiction = ?1 ORDER BY n DESC LIMIT 1")?;
        let before = last
            .query_row([jurisdiction.as_str()], |row| Ok((column::natural(row, 0)?, column::hash(row, 1)?)))
            .optional()?;
        let (n, before) = before.map_or((1, Hash::NONE), |(n, hash)| (n + 1, hash));
        let hash = linked(before, jurisdiction.as_str(), n, reading);
        self.conn
            .prepare_cached(&format!(
                "INSERT INTO reading (jurisdiction, {COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            ))?
            .execute(params![
                jurisdiction.as_str(),
                integer(n),
                reading.at.as_microsecond(),
                reading.who,
                reading.entitled,
                reading.way,
                reading.what,
                integer(reading.matters),
                reading.classes,
                &hash.0[..]
            ])?;
        Ok(n)
    }
}

impl Reader {
    /// Readings of a jurisdiction in the order of their chain, after a place in it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn readings(&self, jurisdiction: &Jurisdiction, after: u64, limit: usize) -> Result<Vec<ReadingRow>> {
        let mut select = self.conn.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM reading WHERE jurisdiction = ?1 AND n > ?2 ORDER BY n LIMIT ?3"
        ))?;
        let key = params![jurisdiction.as_str(), integer(after), integer(limit as u64)];
        let rows = select.query_map(key, |row| read(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// A row whose [`COLUMNS`] begin at a place.
fn read(row: &Row<'_>, from: usize) -> rusqlite::Result<ReadingRow> {
    let reading = Reading {
        at: column::moment(row, from + 1)?,
        who: row.get(from + 2)?,
        entitled: row.get(from + 3)?,
        way: row.get(from + 4)?,
        what: row.get(from + 5)?,
        matters: column::natural(row, from + 6)?,
        classes: row.get(from + 7)?,
    };
    Ok(ReadingRow { n: column::natural(row, from)?, reading, hash: column::hash(row, from + 8)? })
}

/// The hash that ties a reading to the one before it. Lengths stand before the texts, so that none can be moved from
/// one column into another.
fn linked(before: Hash, jurisdiction: &str, n: u64, reading: &Reading) -> Hash {
    let mut bytes = before.0.to_vec();
    bytes.extend(n.to_be_bytes());
    bytes.extend(reading.at.as_microsecond().to_be_bytes());
    bytes.extend(reading.matters.to_be_bytes());
    let Reading { who, entitled, way, what, classes, .. } = reading;
    for text in [jurisdiction, who, entitled, way, what, classes] {
        bytes.extend((text.len() as u64).to_be_bytes());
        bytes.extend(text.as_bytes());
    }
    Hash::of(&bytes)
}

/// What is wrong with a row of the read log: what was expected, and what stands there.
pub(crate) type Broken = (String, String);

/// Follows the chains of all jurisdictions, row by row in the order of the key.
#[derive(Default)]
pub(crate) struct Follow {
    jurisdiction: String,
    n: u64,
    hash: Option<Hash>,
}

impl Follow {
    /// The columns that [`Follow::row`] takes, the jurisdiction first.
    pub(crate) fn select() -> String {
        format!("SELECT jurisdiction, {COLUMNS} FROM reading ORDER BY jurisdiction, n")
    }

    /// Takes the next row of [`Follow::select`]; says what does not fit. After a misfit the chain is followed from what
    /// stands there.
    pub(crate) fn row(&mut self, jurisdiction: &str, row: &Row<'_>) -> Option<Broken> {
        if self.jurisdiction != jurisdiction {
            *self = Self { jurisdiction: jurisdiction.to_owned(), n: 0, hash: Some(Hash::NONE) };
        }
        let wanted = self.n + 1;
        let Ok(found) = read(row, 1) else {
            (self.n, self.hash) = (wanted, None);
            return Some((format!("row {wanted}"), "a row that cannot be read".to_owned()));
        };
        let before = self.hash.replace(found.hash);
        self.n = found.n;
        if found.n != wanted {
            return Some((format!("row {wanted}"), format!("row {}", found.n)));
        }
        let computed = linked(before?, jurisdiction, found.n, &found.reading);
        (computed != found.hash).then(|| (computed.to_string(), found.hash.to_string()))
    }
}
