//! The view tables: their columns, how rows are written, and a digest that does not depend on their order.

use std::sync::OnceLock;

use anyhow::Result;
use rusqlite::{Connection, Row, params_from_iter, types::ValueRef};
use sha2::{Digest, Sha256};

use crate::cell::Cell;

/// A row of a view table, in the order of its columns.
pub(crate) type Line = Vec<Cell>;

/// One view table.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    /// How many of the columns are the key; they come first.
    pub(crate) keys: usize,
    /// Which column is the matter; `None` where rows are sums over matters.
    pub(crate) matter: Option<usize>,
    upsert: OnceLock<String>,
}

const fn table(
    name: &'static str,
    columns: &'static [&'static str],
    keys: usize,
    matter: Option<usize>,
) -> Table {
    Table { name, columns, keys, matter, upsert: OnceLock::new() }
}

#[rustfmt::skip]
pub(crate) static MATTER: Table = table("matter", &[
    "jurisdiction", "matter", "version", "head", "fold", "procedure", "body", "stage", "closed", "day", "next_due",
    "next_limit", "number", "outcome", "received", "closed_on", "suspended", "late", "deemed", "provisional",
    "findings", "sought", "state", "handled_by",
], 2, Some(1));
#[rustfmt::skip]
pub(crate) static CLOCK: Table = table("clock", &[
    "jurisdiction", "matter", "limit_key", "due", "deems", "running", "provisional",
], 3, Some(1));
pub(crate) static NUMBER: Table = table("number", &["jurisdiction", "number", "matter"], 3, Some(2));
pub(crate) static LINK: Table = table("link", &["jurisdiction", "other", "link", "matter"], 4, Some(3));
pub(crate) static GRAM: Table = table("gram", &["jurisdiction", "scope", "gram", "matter"], 4, Some(3));
#[rustfmt::skip]
pub(crate) static PUBLICATION: Table = table("publication", &[
    "jurisdiction", "matter", "publication", "published", "procedure", "body", "number", "outcome", "law", "shown",
], 3, Some(1));
#[rustfmt::skip]
pub(crate) static OCCURRENCE: Table = table("occurrence", &[
    "jurisdiction", "matter", "seq", "place", "procedure", "mark", "body", "effective", "recorded", "received", "n",
], 4, Some(1));
#[rustfmt::skip]
pub(crate) static LOAD: Table = table("load", &[
    "jurisdiction", "body", "procedure", "due", "open", "suspended",
], 4, None);
#[rustfmt::skip]
pub(crate) static TALLY: Table = table("tally", &[
    "jurisdiction", "procedure", "mark", "dated", "body", "day", "n",
], 6, None);

/// Tables whose rows belong to one matter each.
pub(crate) static OF_MATTERS: [&Table; 7] =
    [&MATTER, &CLOCK, &NUMBER, &LINK, &GRAM, &PUBLICATION, &OCCURRENCE];
/// Tables that sum over matters.
pub(crate) static SUMS: [&Table; 2] = [&LOAD, &TALLY];

impl Table {
    /// The place of the table in [`OF_MATTERS`].
    pub(crate) fn place(&self) -> usize {
        OF_MATTERS.iter().position(|it| it.name == self.name).unwrap_or_default()
    }

    /// A row's key as bytes that sort and compare.
    pub(crate) fn key(&self, line: &Line) -> Vec<u8> {
        let mut key = Vec::new();
        for value in &line[..self.keys] {
            if let Cell::Integer(number) = value {
                key.extend(number.to_be_bytes());
            } else {
                key.extend(value.bytes());
            }
            key.push(0);
        }
        key
    }

    /// Whether a row says anything: a count that came to nothing does not, and may stand or not.
    pub(crate) fn counts(&self, line: &Line) -> bool {
        self.name != TALLY.name || line.last() != Some(&Cell::Integer(0))
    }

    /// Writes a row, in place of one with the same key.
    pub(crate) fn write(&self, conn: &Connection, line: &Line) -> Result<()> {
        let sql = self.upsert.get_or_init(|| {
            let columns = self.columns.join(", ");
            let marks = vec!["?"; self.columns.len()].join(", ");
            let keys = self.columns[..self.keys].join(", ");
            let rest = self.columns[self.keys..].iter();
            let sets: Vec<String> = rest.map(|it| format!("{it} = excluded.{it}")).collect();
            let then = if sets.is_empty() {
                "NOTHING".to_owned()
            } else {
                format!("UPDATE SET {}", sets.join(", "))
            };
            format!("INSERT INTO {} ({columns}) VALUES ({marks}) ON CONFLICT ({keys}) DO {then}", self.name)
        });
        conn.prepare_cached(sql)?.execute(params_from_iter(line))?;
        Ok(())
    }

    /// Goes over all rows in whatever order they are stored.
    pub(crate) fn each(&self, conn: &Connection, mut row: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        let mut select =
            conn.prepare(&format!("SELECT {} FROM {} NOT INDEXED", self.columns.join(", "), self.name))?;
        let mut rows = select.query([])?;
        while let Some(found) = rows.next()? {
            row(found)?;
        }
        Ok(())
    }

    /// Takes a row as it is stored, whatever types its columns have.
    pub(crate) fn line(&self, row: &Row<'_>) -> Result<Line> {
        (0..self.columns.len()).map(|place| Ok(Cell::found(row.get_ref(place)?))).collect()
    }

    /// A digest of a row; the sum over a table's rows is the table's digest.
    pub(crate) fn digest<'v>(&self, line: impl IntoIterator<Item = ValueRef<'v>>) -> u128 {
        let mut digest = Sha256::new();
        digest.update(self.name.as_bytes());
        for value in line {
            match value {
                ValueRef::Null => digest.update([0]),
                ValueRef::Integer(number) => {
                    digest.update([1]);
                    digest.update(number.to_be_bytes());
                }
                ValueRef::Real(number) => {
                    digest.update([2]);
                    digest.update(number.to_be_bytes());
                }
                ValueRef::Text(bytes) => part(&mut digest, 3, bytes),
                ValueRef::Blob(bytes) => part(&mut digest, 4, bytes),
            }
        }
        let full: [u8; 32] = digest.finalize().into();
        let mut half = [0; 16];
        half.copy_from_slice(&full[..16]);
        u128::from_be_bytes(half)
    }

    /// The digest of a stored row.
    pub(crate) fn digest_row(&self, row: &Row<'_>) -> Result<u128> {
        let values: rusqlite::Result<Vec<ValueRef<'_>>> =
            (0..self.columns.len()).map(|place| row.get_ref(place)).collect();
        Ok(self.digest(values?))
    }

    /// The digest of a row about to be written.
    pub(crate) fn digest_line(&self, line: &Line) -> u128 {
        self.digest(line.iter().map(Cell::value))
    }
}

fn part(digest: &mut Sha256, tag: u8, bytes: &[u8]) {
    digest.update([tag]);
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}
