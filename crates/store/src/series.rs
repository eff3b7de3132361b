//! Numbers that were given elsewhere: each is claimed once, and its series goes on behind it.

use anyhow::Result;
use engine::{Jurisdiction, MatterId};
use rusqlite::{OptionalExtension, params};

use crate::{
    column::{self, integer},
    reader::Reader,
    tx::Tx,
};

/// A number of a series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumberName {
    /// The body whose series it is.
    pub body: String,
    /// Series.
    pub series: String,
    /// Year.
    pub year: i16,
    /// The number itself.
    pub n: u64,
}

impl NumberName {
    /// The claim by which a number given elsewhere belongs to one matter.
    fn claim(&self) -> String {
        format!("number:{}:{}:{}:{}", self.body, self.series, self.year, self.n)
    }
}

impl Reader {
    /// The number that a series gives next; `None` if it has not begun.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn series_next(
        &self,
        jurisdiction: &Jurisdiction,
        body: &str,
        series: &str,
        year: i16,
    ) -> Result<Option<u64>> {
        let bounds = self.bounds(
            jurisdiction,
            &NumberName { body: body.to_owned(), series: series.to_owned(), year, n: 0 },
        )?;
        Ok(bounds.map(|(_, next)| next))
    }

    /// Whether nobody has a number: this ledger did not give it, and no matter that was brought in bears it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn number_is_free(&self, jurisdiction: &Jurisdiction, number: &NumberName) -> Result<bool> {
        if self.claimed_by(jurisdiction, &number.claim())?.is_some() {
            return Ok(false);
        }
        Ok(match self.bounds(jurisdiction, number)? {
            Some((first, next)) if (first..next).contains(&number.n) => {
                self.skipped(jurisdiction, number)?.is_some()
            }
            _ => true,
        })
    }

    /// The first number that the ledger gave itself, and the next.
    fn bounds(&self, jurisdiction: &Jurisdiction, of: &NumberName) -> Result<Option<(u64, u64)>> {
        let mut select = self.conn.prepare_cached(
            "SELECT first, next FROM series
             WHERE jurisdiction = ?1 AND body = ?2 AND series = ?3 AND year = ?4",
        )?;
        let key = params![jurisdiction.as_str(), of.body, of.series, of.year];
        let read = |row: &rusqlite::Row<'_>| Ok((column::natural(row, 0)?, column::natural(row, 1)?));
        Ok(select.query_row(key, read).optional()?)
    }

    /// The stretch of left-out numbers in which a number lies.
    fn skipped(&self, jurisdiction: &Jurisdiction, of: &NumberName) -> Result<Option<(u64, u64)>> {
        let mut select = self.conn.prepare_cached(
            "SELECT first, last FROM skipped WHERE jurisdiction = ?1 AND body = ?2 AND series = ?3
             AND year = ?4 AND first <= ?5 AND last >= ?5",
        )?;
        let key = params![jurisdiction.as_str(), of.body, of.series, of.year, integer(of.n)];
        let read = |row: &rusqlite::Row<'_>| Ok((column::natural(row, 0)?, column::natural(row, 1)?));
        Ok(select.query_row(key, read).optional()?)
    }
}

impl Tx<'_> {
    /// Takes a number that was given elsewhere for a matter that bears it; the series goes on behind it, and the
    /// numbers between are noted as left out. `false` if somebody has it already.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn take_number(
        &mut self,
        jurisdiction: &Jurisdiction,
        number: &NumberName,
        matter: MatterId,
    ) -> Result<bool> {
        if !self.number_is_free(jurisdiction, number)? {
            return Ok(false);
        }
        self.claim(jurisdiction, &number.claim(), matter)?;
        self.pass_over(jurisdiction, number)?;
        self.fill(jurisdiction, number)?;
        Ok(true)
    }

    /// Lets a series go on behind a number that was given elsewhere. If the ledger has given numbers of the series
    /// itself, those up to this one are noted as left out.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn pass_over(&mut self, jurisdiction: &Jurisdiction, number: &NumberName) -> Result<()> {
        let behind = number.n + 1;
        match self.bounds(jurisdiction, number)? {
            Some((_, next)) if number.n < next => Ok(()),
            Some((first, next)) if first < next => {
                self.skip(jurisdiction, number, next, number.n)?;
                self.set_bounds(jurisdiction, number, first, behind)
            }
            // The ledger has given none itself: whatever was given elsewhere lies before its first.
            _ => self.set_bounds(jurisdiction, number, behind, behind),
        }
    }

    fn set_bounds(&self, jurisdiction: &Jurisdiction, of: &NumberName, first: u64, next: u64) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO series (jurisdiction, body, series, year, first, next)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                jurisdiction.as_str(),
                of.body,
                of.series,
                of.year,
                integer(first),
                integer(next)
            ])?;
        Ok(())
    }

    fn skip(&self, jurisdiction: &Jurisdiction, of: &NumberName, first: u64, last: u64) -> Result<()> {
        if first > last {
            return Ok(());
        }
        self.conn
            .prepare_cached(
                "INSERT INTO skipped (jurisdiction, body, series, year, first, last)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                jurisdiction.as_str(),
                of.body,
                of.series,
                of.year,
                integer(first),
                integer(last)
            ])?;
        Ok(())
    }

    /// Takes a number out of the stretch of left-out ones in which it lies.
    fn fill(&self, jurisdiction: &Jurisdiction, number: &NumberName) -> Result<()> {
        let Some((first, last)) = self.skipped(jurisdiction, number)? else { return Ok(()) };
        self.conn
            .prepare_cached(
                "DELETE FROM skipped WHERE jurisdiction = ?1 AND body = ?2 AND series = ?3 AND year = ?4
                 AND first = ?5",
            )?
            .execute(params![
                jurisdiction.as_str(),
                number.body,
                number.series,
                number.year,
                integer(first)
            ])?;
        self.skip(jurisdiction, number, first, number.n - 1)?;
        self.skip(jurisdiction, number, number.n + 1, last)
    }
}
