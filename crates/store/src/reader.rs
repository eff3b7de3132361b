//! Reading one snapshot of the ledger: matters, events, private values, law, side records, outbox.

use anyhow::{Context, Result};
use engine::{Event, FOLD_VERSION, Hash, Jurisdiction, Matter, MatterId, Secret, fold_all, verify_bytes};
use jiff::civil::Date;
use law::Key;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    column::{self, blob, integer},
    view::MatterRow,
};

/// A connection within a snapshot: everything read through it belongs together.
///
/// Its other questions stand beside it: lists of matters in `inbox`, search in `search`, counts and the cases
/// behind them in `figures`, publications in `publication`.
pub struct Reader {
    pub(crate) conn: Connection,
}

/// An installed procedure version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawRow {
    /// SHA-256 of its serial form, hex.
    pub hash: String,
    /// Procedure.
    pub key: Key,
    /// First day in force.
    pub version: Date,
}

/// Names a message in the outbox for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutboxId {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// The matter that sends it.
    pub matter: MatterId,
    /// The event it was sent with.
    pub seq: u64,
    /// Its place among that event's messages, from 0.
    pub place: u32,
}

/// A message waiting to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its name, which the receiver can remember.
    pub id: OutboxId,
    /// What kind of message.
    pub kind: String,
    /// JSON.
    pub payload: String,
}

impl Reader {
    pub(crate) fn new(conn: Connection) -> Self {
        Self { conn }
    }

    /// A matter's state; folded from its events if it is closed, or was folded by another version of the program.
    ///
    /// # Errors
    /// If the stored state or events cannot be read.
    pub fn matter(&self, jurisdiction: &Jurisdiction, id: MatterId) -> Result<Option<Matter>> {
        let mut select = self
            .conn
            .prepare_cached("SELECT fold, state FROM matter WHERE jurisdiction = ?1 AND matter = ?2")?;
        let mut rows = select.query(params![jurisdiction.as_str(), blob(&id)])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        if let Some(state) = row.get_ref(1)?.as_str_or_null()?
            && row.get::<_, u32>(0)? == FOLD_VERSION
        {
            return Ok(Some(serde_json::from_str(state).context("reading a matter's state")?));
        }
        let events = self.events(jurisdiction, id)?;
        Ok(fold_all(events.iter().map(|(event, hash)| (event, *hash))))
    }

    /// A matter as lists show it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn matter_row(&self, jurisdiction: &Jurisdiction, id: MatterId) -> Result<Option<MatterRow>> {
        let sql = format!("SELECT {ROW} FROM matter WHERE jurisdiction = ?1 AND matter = ?2");
        let mut select = self.conn.prepare_cached(&sql)?;
        Ok(select.query_row(params![jurisdiction.as_str(), blob(&id)], matter_row).optional()?)
    }

    /// All events of a matter in order, with the hashes of their stored bytes.
    ///
    /// # Errors
    /// If an event cannot be read.
    pub fn events(&self, jurisdiction: &Jurisdiction, id: MatterId) -> Result<Vec<(Event, Hash)>> {
        Self::events_on(&self.conn, jurisdiction, id)
    }

    pub(crate) fn events_on(
        conn: &Connection,
        jurisdiction: &Jurisdiction,
        id: MatterId,
    ) -> Result<Vec<(Event, Hash)>> {
        let mut select = conn
            .prepare_cached("SELECT bytes FROM event WHERE jurisdiction = ?1 AND matter = ?2 ORDER BY seq")?;
        let mut rows = select.query(params![jurisdiction.as_str(), blob(&id)])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(0)?.as_blob()?;
            events.push(verify_bytes(bytes).context("reading an event")?);
        }
        Ok(events)
    }

    /// The canonical bytes of one event.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn event_bytes(
        &self,
        jurisdiction: &Jurisdiction,
        id: MatterId,
        seq: u64,
    ) -> Result<Option<Vec<u8>>> {
        let mut select = self
            .conn
            .prepare_cached("SELECT bytes FROM event WHERE jurisdiction = ?1 AND matter = ?2 AND seq = ?3")?;
        let key = params![jurisdiction.as_str(), blob(&id), integer(seq)];
        Ok(select.query_row(key, |row| row.get(0)).optional()?)
    }

    /// The private values of a matter that have not been erased, with the place of their event.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn secrets(&self, jurisdiction: &Jurisdiction, id: MatterId) -> Result<Vec<(u64, Secret)>> {
        Self::secrets_on(&self.conn, jurisdiction, id)
    }

    pub(crate) fn secrets_on(
        conn: &Connection,
        jurisdiction: &Jurisdiction,
        id: MatterId,
    ) -> Result<Vec<(u64, Secret)>> {
        let mut select = conn.prepare_cached(
            "SELECT seq, path, salt, value FROM private
             WHERE jurisdiction = ?1 AND matter = ?2 AND salt IS NOT NULL ORDER BY seq, path",
        )?;
        let rows = select.query_map(params![jurisdiction.as_str(), blob(&id)], |row| {
            let secret = Secret { path: row.get(1)?, salt: row.get(2)?, value: row.get(3)? };
            Ok((column::natural(row, 0)?, secret))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The serial form of an installed procedure.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn law(&self, hash: &str) -> Result<Option<String>> {
        let mut select = self.conn.prepare_cached("SELECT body FROM law WHERE hash = ?1")?;
        Ok(select.query_row([hash], |row| row.get(0)).optional()?)
    }

    /// All installed procedures, by key and version.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn laws(&self) -> Result<Vec<LawRow>> {
        let mut select =
            self.conn.prepare_cached("SELECT hash, key, version FROM law ORDER BY key, version, hash")?;
        let rows = select.query_map([], |row| {
            let key: String = row.get(1)?;
            Ok(LawRow { hash: row.get(0)?, key: key.into(), version: column::text(row, 2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A side record that has not expired; `now` in Unix seconds.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn get(&self, space: &str, key: &str, now: i64) -> Result<Option<Vec<u8>>> {
        let mut select = self.conn.prepare_cached(
            "SELECT value FROM side WHERE space = ?1 AND key = ?2 AND (expires IS NULL OR expires > ?3)",
        )?;
        Ok(select.query_row(params![space, key, now], |row| row.get(0)).optional()?)
    }

    /// Side records of a space whose key begins so and that have not expired, in order of key.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn list(&self, space: &str, prefix: &str, now: i64) -> Result<Vec<(String, Vec<u8>)>> {
        let mut select = self.conn.prepare_cached(
            "SELECT key, value FROM side WHERE space = ?1 AND key >= ?2 AND key < ?2 || char(1114111)
             AND (expires IS NULL OR expires > ?3) ORDER BY key",
        )?;
        let rows = select.query_map(params![space, prefix, now], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The matters that point to one, each with its relation.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn linked_to(&self, jurisdiction: &Jurisdiction, id: MatterId) -> Result<Vec<(Key, MatterId)>> {
        let mut select = self
            .conn
            .prepare_cached("SELECT link, matter FROM link WHERE jurisdiction = ?1 AND other = ?2")?;
        let rows = select.query_map(params![jurisdiction.as_str(), blob(&id)], |row| {
            Ok((Key::from(row.get_ref(0)?.as_str()?), column::matter(row, 1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Who holds a claim.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn claimed_by(&self, jurisdiction: &Jurisdiction, key: &str) -> Result<Option<MatterId>> {
        let mut select =
            self.conn.prepare_cached("SELECT matter FROM claim WHERE jurisdiction = ?1 AND key = ?2")?;
        let holder = select.query_row(params![jurisdiction.as_str(), key], |row| column::matter(row, 0));
        Ok(holder.optional()?)
    }

    /// Messages waiting to leave, in order of their names, after the given one.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn outbox_pending(&self, after: Option<&OutboxId>, limit: usize) -> Result<Vec<Message>> {
        let mut select = self.conn.prepare_cached(
            "SELECT jurisdiction, matter, seq, place, kind, payload FROM outbox
             WHERE (jurisdiction, matter, seq, place) > (?1, ?2, ?3, ?4)
             ORDER BY jurisdiction, matter, seq, place LIMIT ?5",
        )?;
        let start = after.map_or(("", &[][..], 0, -1), |id| {
            (id.jurisdiction.as_str(), blob(&id.matter), integer(id.seq), i64::from(id.place))
        });
        let limit = integer(limit as u64);
        let rows = select.query_map(params![start.0, start.1, start.2, start.3, limit], |row| {
            let id = OutboxId {
                jurisdiction: column::jurisdiction(row, 0)?,
                matter: column::matter(row, 1)?,
                seq: column::natural(row, 2)?,
                place: row.get(3)?,
            };
            Ok(Message { id, kind: row.get(4)?, payload: row.get(5)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// The columns of a [`MatterRow`], in the order [`matter_row`] reads them.
pub(crate) const ROW: &str =
    "matter.jurisdiction, matter.matter, matter.procedure, matter.number, matter.stage,
    matter.closed, matter.outcome, matter.body, matter.received, matter.closed_on, matter.next_due,
    matter.next_limit, matter.suspended, matter.late, matter.deemed, matter.provisional, matter.findings,
    matter.version, matter.handled_by";
/// How many columns [`ROW`] has.
pub(crate) const ROW_WIDTH: usize = 19;

pub(crate) fn matter_row(row: &Row<'_>) -> rusqlite::Result<MatterRow> {
    let key = |place| -> rusqlite::Result<Key> { Ok(Key::new(row.get_ref(place)?.as_str()?)) };
    let key_if_any =
        |place| -> rusqlite::Result<Option<Key>> { Ok(row.get_ref(place)?.as_str_or_null()?.map(Key::from)) };
    let id = column::matter(row, 1)?;
    let number: Option<String> = row.get(3)?;
    Ok(MatterRow {
        jurisdiction: column::jurisdiction(row, 0)?,
        id,
        procedure: key(2)?,
        number: number.unwrap_or_else(|| id.to_string()),
        stage: key(4)?,
        closed: row.get(5)?,
        outcome: key_if_any(6)?,
        body: row.get(7)?,
        received: column::text(row, 8)?,
        closed_on: column::text_if_any(row, 9)?,
        next_due: column::text_if_any(row, 10)?,
        next_limit: key_if_any(11)?,
        suspended: row.get(12)?,
        late: row.get(13)?,
        deemed: row.get(14)?,
        provisional: row.get(15)?,
        findings: row.get(16)?,
        version: column::natural(row, 17)?,
        handler: row.get(18)?,
    })
}
