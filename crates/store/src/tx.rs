//! Writing: one job's part of a transaction.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Deref,
    sync::Arc,
};

use anyhow::Result;
use engine::{Change, Delta, Event, FOLD_VERSION, Hash, Jurisdiction, Matter, MatterId, Sealed, Secret};
use jiff::civil::Date;
use law::Key;
use rusqlite::{OptionalExtension, params};

use crate::{
    column::{self, blob, integer},
    failure::{Conflict, Failure},
    guard::guard,
    reader::{OutboxId, Reader},
    view::{self, Head, Load, MatterRow, Names, PublicationRow, Shows},
    write::{Place, ViewWriter},
};

/// What publications of each installed law show, read once.
pub(crate) type ShowsByLaw = HashMap<String, Arc<Shows>>;

/// One job's part of a transaction. It reads everything a [`Reader`] reads, its own writes included.
///
/// If the job returns an error, what it wrote is undone and the rest of the batch is kept.
pub struct Tx<'a> {
    reader: &'a Reader,
    shows: &'a mut ShowsByLaw,
}

impl Deref for Tx<'_> {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        self.reader
    }
}

/// What the views said of a matter before an event.
struct Before {
    version: u64,
    head: Hash,
    load: Option<Load>,
    fold: u32,
    sought: String,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(reader: &'a Reader, shows: &'a mut ShowsByLaw) -> Self {
        Self { reader, shows }
    }

    /// Adds an event to its matter, and writes every view of it.
    ///
    /// `after` is the matter with the event folded in, `secrets` the personal values the event commits to,
    /// `deltas` what it leaves to the counts (see [`engine::deltas`]).
    ///
    /// # Errors
    /// [`Conflict`] if the event does not follow the matter's last one; [`Failure::LawMissing`] if its procedure
    /// is not installed; [`Failure::Unsound`] if event, bytes and state do not belong together.
    pub fn append(
        &mut self,
        sealed: &Sealed,
        after: &Matter,
        secrets: &[Secret],
        deltas: &[Delta],
    ) -> Result<()> {
        let event = &sealed.event;
        check(sealed, after)?;
        let shows = self.shows(&event.law.hash)?;
        let before = self.before(&event.jurisdiction, event.matter)?;
        let (version, head) = before.as_ref().map_or((0, Hash::NONE), |it| (it.version, it.head));
        if event.seq != version + 1 || event.prev != head {
            let (jurisdiction, matter) = (event.jurisdiction.clone(), event.matter);
            return Err(Conflict { jurisdiction, matter, seq: event.seq, found: version }.into());
        }
        let refolded = before.as_ref().is_some_and(|it| it.fold != FOLD_VERSION);
        let rewrites = refolded || view::corrects(event).next().is_some();
        let old = if rewrites { self.matter(&event.jurisdiction, event.matter)? } else { None };
        self.insert_event(sealed)?;
        self.insert_secrets(event, secrets)?;
        let row = MatterRow::of(after);
        let at = Place { jurisdiction: &event.jurisdiction, matter: &event.matter };
        let views = ViewWriter(&self.reader.conn);
        let load = before.as_ref().and_then(|it| it.load.clone());
        self.change_load(&event.jurisdiction, load, row.load())?;
        let sought = match &old {
            Some(old) => self.rewrite_views(at, old, after)?,
            None => self.extend_views(at, event, after, secrets, before)?,
        };
        views.matter(&row, after, sought)?;
        self.publish(at, event, after, &shows, old.is_some())?;
        views.deltas(at, event.seq, deltas)
    }

    fn before(&self, jurisdiction: &Jurisdiction, id: MatterId) -> Result<Option<Before>> {
        let mut select = self.reader.conn.prepare_cached(
            "SELECT version, head, fold, closed, body, procedure, day, suspended, sought FROM matter
             WHERE jurisdiction = ?1 AND matter = ?2",
        )?;
        let before = select.query_row(params![jurisdiction.as_str(), blob(&id)], |row| {
            let load = match row.get(3)? {
                true => None,
                false => Some(Load {
                    body: row.get(4)?,
                    procedure: Key::new(row.get_ref(5)?.as_str()?),
                    due: column::text(row, 6)?,
                    suspended: row.get(7)?,
                }),
            };
            let (version, head) = (column::natural(row, 0)?, column::hash(row, 1)?);
            Ok(Before { version, head, load, fold: row.get(2)?, sought: row.get(8)? })
        });
        Ok(before.optional()?)
    }

    fn insert_event(&self, sealed: &Sealed) -> Result<()> {
        let event = &sealed.event;
        let mut insert = self.reader.conn.prepare_cached(
            "INSERT INTO event (jurisdiction, matter, seq, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let inserted = insert.execute(params![
            event.jurisdiction.as_str(),
            blob(&event.matter),
            integer(event.seq),
            &sealed.hash.0[..],
            sealed.bytes
        ]);
        match inserted {
            Err(why) if why.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
                let (jurisdiction, matter) = (event.jurisdiction.clone(), event.matter);
                Err(Conflict { jurisdiction, matter, seq: event.seq, found: event.seq }.into())
            }
            other => other.map(drop).map_err(Into::into),
        }
    }

    fn insert_secrets(&self, event: &Event, secrets: &[Secret]) -> Result<()> {
        let mut insert = self.reader.conn.prepare_cached(
            "INSERT INTO private (jurisdiction, matter, seq, path, salt, value)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for secret in secrets {
            insert.execute(params![
                event.jurisdiction.as_str(),
                blob(&event.matter),
                integer(event.seq),
                secret.path,
                &secret.salt[..],
                secret.value
            ])?;
        }
        Ok(())
    }

    fn change_load(
        &self,
        jurisdiction: &Jurisdiction,
        before: Option<Load>,
        after: Option<Load>,
    ) -> Result<()> {
        if before == after {
            return Ok(());
        }
        let views = ViewWriter(&self.reader.conn);
        before.map_or(Ok(()), |load| views.load(jurisdiction, &load, -1))?;
        after.map_or(Ok(()), |load| views.load(jurisdiction, &load, 1))
    }

    /// The usual way: an event only adds numbers and parties, and touches clocks only if it says so. Gives what the
    /// matter can be found by.
    fn extend_views(
        &self,
        at: Place<'_>,
        event: &Event,
        after: &Matter,
        secrets: &[Secret],
        before: Option<Before>,
    ) -> Result<String> {
        let views = ViewWriter(&self.reader.conn);
        if event.changes.iter().any(moves_clock) {
            self.replace_clocks(at, after)?;
        }
        let issued = event.changes.iter().filter_map(|change| match change {
            Change::Number { text, .. } => Some(text.clone()),
            _ => None,
        });
        let mut texts: Vec<String> = issued.collect();
        for number in &texts {
            views.number(at, number)?;
        }
        for change in &event.changes {
            if let Change::Linked { link, matter: other } = change {
                views.link(at, link, other.id)?;
            }
        }
        texts.extend(view::party_names(&event.parties, &view::names(secrets)));
        let sought = before.map(|it| it.sought).unwrap_or_default();
        if texts.is_empty() {
            return Ok(sought);
        }
        views.grams(at, "m", view::grams(&texts))?;
        if sought.is_empty() {
            return Ok(view::sought(&view::searchable(after, &view::names(secrets))));
        }
        Ok(view::sought(&view::searchable(after, &self.names(at)?)))
    }

    /// After a correction, or the first event under a new folding: everything is written again. Gives what the matter
    /// can be found by.
    fn rewrite_views(&self, at: Place<'_>, old: &Matter, after: &Matter) -> Result<String> {
        let views = ViewWriter(&self.reader.conn);
        self.replace_clocks(at, after)?;
        let names = self.names(at)?;
        views.remove_grams(at, "m", &view::grams(&view::searchable(old, &names)))?;
        let texts = view::searchable(after, &names);
        views.grams(at, "m", view::grams(&texts))?;
        let mut delete = self
            .reader
            .conn
            .prepare_cached("DELETE FROM number WHERE jurisdiction = ?1 AND number = ?2 AND matter = ?3")?;
        for number in view::numbers(old) {
            delete.execute(params![at.jurisdiction.as_str(), number, blob(at.matter)])?;
        }
        for number in view::numbers(after) {
            views.number(at, &number)?;
        }
        let mut unlink = self.reader.conn.prepare_cached(
            "DELETE FROM link WHERE jurisdiction = ?1 AND other = ?2 AND link = ?3 AND matter = ?4",
        )?;
        for (link, other) in view::links(old) {
            unlink.execute(params![
                at.jurisdiction.as_str(),
                blob(&other),
                link.as_str(),
                blob(at.matter)
            ])?;
        }
        for (link, other) in view::links(after) {
            views.link(at, &link, other)?;
        }
        Ok(view::sought(&texts))
    }

    fn replace_clocks(&self, at: Place<'_>, after: &Matter) -> Result<()> {
        self.reader
            .conn
            .prepare_cached("DELETE FROM clock WHERE jurisdiction = ?1 AND matter = ?2")?
            .execute(params![at.jurisdiction.as_str(), blob(at.matter)])?;
        let views = ViewWriter(&self.reader.conn);
        view::clocks(after).iter().try_for_each(|line| views.clock(at, line))
    }

    fn names(&self, at: Place<'_>) -> Result<Names> {
        let secrets = self.secrets(at.jurisdiction, *at.matter)?;
        Ok(view::names(secrets.iter().map(|(_, secret)| secret)))
    }

    /// Brings the publications of a matter in line with its state.
    fn publish(
        &self,
        at: Place<'_>,
        event: &Event,
        after: &Matter,
        shows: &Shows,
        rewrite: bool,
    ) -> Result<()> {
        let moves = |it: &Change| matches!(it, Change::Published { .. } | Change::Unpublished { .. });
        if !rewrite && after.published.is_empty() && !event.changes.iter().any(moves) {
            return Ok(());
        }
        let old = self.publications_of(at.jurisdiction, *at.matter)?;
        let days = match rewrite {
            true => {
                let events = self.events(at.jurisdiction, *at.matter)?;
                view::published_days(events.iter().map(|(event, _)| event), &after.corrected)
            }
            false => {
                let mut days: BTreeMap<Key, Date> =
                    old.iter().map(|row| (row.publication.clone(), row.published)).collect();
                days.extend(view::published_days([event], &BTreeSet::new()));
                days
            }
        };
        let new = view::publications(after, &days, shows);
        self.replace_publications(at, &old, &new)
    }

    fn replace_publications(
        &self,
        at: Place<'_>,
        old: &[PublicationRow],
        new: &[PublicationRow],
    ) -> Result<()> {
        if old == new {
            return Ok(());
        }
        let views = ViewWriter(&self.reader.conn);
        let mut delete = self.reader.conn.prepare_cached(
            "DELETE FROM publication WHERE jurisdiction = ?1 AND matter = ?2 AND publication = ?3",
        )?;
        for row in old.iter().filter(|it| new.iter().all(|up| up.publication != it.publication)) {
            delete.execute(params![at.jurisdiction.as_str(), blob(at.matter), row.publication.as_str()])?;
        }
        for row in new.iter().filter(|row| !old.contains(row)) {
            views.publication(row)?;
        }
        let texts = |rows: &[PublicationRow]| -> BTreeSet<String> {
            let texts: Vec<String> = rows.iter().flat_map(view::published_texts).collect();
            view::grams(&texts)
        };
        let (gone, come) = (texts(old), texts(new));
        views.remove_grams(at, "p", &gone.difference(&come).cloned().collect())?;
        views.grams(at, "p", come.difference(&gone).cloned().collect())
    }

    fn shows(&mut self, hash: &str) -> Result<Arc<Shows>> {
        if let Some(shows) = self.shows.get(hash) {
            return Ok(Arc::clone(shows));
        }
        let body = self.law(hash)?.ok_or_else(|| Failure::LawMissing(hash.to_owned()))?;
        let shows = Arc::new(Shows::read(&body));
        self.shows.insert(hash.to_owned(), Arc::clone(&shows));
        Ok(shows)
    }

    /// Takes the next number of a series: no gap, no double, as long as the job that takes it also appends the
    /// event that issues it.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn next_number(
        &mut self,
        jurisdiction: &Jurisdiction,
        body: &str,
        series: &str,
        year: i16,
    ) -> Result<u64> {
        let mut upsert = self.reader.conn.prepare_cached(
            "INSERT INTO series (jurisdiction, body, series, year, first, next) VALUES (?1, ?2, ?3, ?4, 1, 2)
             ON CONFLICT (jurisdiction, body, series, year) DO UPDATE SET next = next + 1
             RETURNING next - 1",
        )?;
        let key = params![jurisdiction.as_str(), body, series, year];
        Ok(upsert.query_row(key, |row| column::natural(row, 0))?)
    }

    /// Begins a series at a number other than 1, for an office that has issued numbers elsewhere this year.
    ///
    /// # Errors
    /// [`Failure::Unsound`] if the series has begun already.
    pub fn begin_series(
        &mut self,
        jurisdiction: &Jurisdiction,
        body: &str,
        series: &str,
        year: i16,
        first: u64,
    ) -> Result<()> {
        let mut insert = self.reader.conn.prepare_cached(
            "INSERT OR IGNORE INTO series (jurisdiction, body, series, year, first, next)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        )?;
        let begun = insert.execute(params![jurisdiction.as_str(), body, series, year, integer(first)])?;
        if begun == 0 {
            return Err(Failure::Unsound("the series has begun already").into());
        }
        Ok(())
    }

    /// Claims a key for a matter; `true` if the matter now holds it, also if it did before.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn claim(&mut self, jurisdiction: &Jurisdiction, key: &str, matter: MatterId) -> Result<bool> {
        let check = guard(&[jurisdiction.as_str().as_bytes(), key.as_bytes(), blob(&matter)]);
        let claimed = self
            .reader
            .conn
            .prepare_cached(
                "INSERT OR IGNORE INTO claim (jurisdiction, key, matter, guard) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![jurisdiction.as_str(), key, blob(&matter), &check[..]])?;
        Ok(claimed == 1 || self.claimed_by(jurisdiction, key)? == Some(matter))
    }

    /// Lets a claim go; `true` if somebody held it.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn release(&mut self, jurisdiction: &Jurisdiction, key: &str) -> Result<bool> {
        let mut delete =
            self.reader.conn.prepare_cached("DELETE FROM claim WHERE jurisdiction = ?1 AND key = ?2")?;
        Ok(delete.execute(params![jurisdiction.as_str(), key])? == 1)
    }

    /// Sends a message with the matter's last event: call it after `append`, in the same job.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn outbox(
        &mut self,
        jurisdiction: &Jurisdiction,
        matter: MatterId,
        kind: &str,
        payload: &str,
    ) -> Result<OutboxId> {
        let seq = self.before(jurisdiction, matter)?.map_or(0, |it| it.version);
        let mut count = self.reader.conn.prepare_cached(
            "SELECT coalesce(max(place) + 1, 0) FROM outbox
             WHERE jurisdiction = ?1 AND matter = ?2 AND seq = ?3",
        )?;
        let key = params![jurisdiction.as_str(), blob(&matter), integer(seq)];
        let place: u32 = count.query_row(key, |row| row.get(0))?;
        let id = OutboxId { jurisdiction: jurisdiction.clone(), matter, seq, place };
        let mut insert = self.reader.conn.prepare_cached(
            "INSERT INTO outbox (jurisdiction, matter, seq, place, kind, payload, guard)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let check = outbox_guard(&id, kind, payload);
        insert.execute(params![
            jurisdiction.as_str(),
            blob(&matter),
            integer(seq),
            place,
            kind,
            payload,
            &check[..]
        ])?;
        Ok(id)
    }

    /// Takes a delivered message out of the outbox; `true` if it was there.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn outbox_done(&mut self, id: &OutboxId) -> Result<bool> {
        let mut delete = self.reader.conn.prepare_cached(
            "DELETE FROM outbox WHERE jurisdiction = ?1 AND matter = ?2 AND seq = ?3 AND place = ?4",
        )?;
        let key = params![id.jurisdiction.as_str(), blob(&id.matter), integer(id.seq), id.place];
        Ok(delete.execute(key)? == 1)
    }

    /// Installs an expanded procedure under its hash; installing it again changes nothing.
    ///
    /// # Errors
    /// [`Failure::Unsound`] if the hash is not the content's, or the content says another key or version.
    pub fn install_law(&mut self, hash: &str, key: &str, version: Date, expanded: &str) -> Result<()> {
        if Hash::of(expanded.as_bytes()).hex() != hash {
            return Err(Failure::Unsound("the hash of a law is not its content's").into());
        }
        let (head, from) = (Head::read(expanded), version.to_string());
        if head.key.is_some_and(|it| it != key) || head.from.is_some_and(|it| it != from) {
            return Err(Failure::Unsound("a law says another key or version of itself").into());
        }
        self.reader
            .conn
            .prepare_cached("INSERT OR IGNORE INTO law (hash, key, version, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![hash, key, version.to_string(), expanded])?;
        Ok(())
    }

    /// Keeps a side record, in place of an older one; `expires` in Unix seconds.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn put(&mut self, space: &str, key: &str, value: &[u8], expires: Option<i64>) -> Result<()> {
        let check = side_guard(space.as_bytes(), key.as_bytes(), value, expires);
        self.reader
            .conn
            .prepare_cached(
                "INSERT OR REPLACE INTO side (space, key, value, expires, guard) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![space, key, value, expires, &check[..]])?;
        Ok(())
    }

    /// Takes a side record out and gives it, unless it has expired; `now` in Unix seconds.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn take(&mut self, space: &str, key: &str, now: i64) -> Result<Option<Vec<u8>>> {
        let value = self.get(space, key, now)?;
        self.delete(space, key)?;
        Ok(value)
    }

    /// Deletes a side record; `true` if there was one.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn delete(&mut self, space: &str, key: &str) -> Result<bool> {
        let mut delete = self.reader.conn.prepare_cached("DELETE FROM side WHERE space = ?1 AND key = ?2")?;
        Ok(delete.execute(params![space, key])? == 1)
    }

    /// Deletes every side record that has expired; gives how many.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn sweep_side_records(&mut self, now: i64) -> Result<usize> {
        let mut delete = self
            .reader
            .conn
            .prepare_cached("DELETE FROM side WHERE expires IS NOT NULL AND expires <= ?1")?;
        Ok(delete.execute([now])?)
    }
}

/// Refuses an event whose bytes, hash and following state do not belong together.
fn check(sealed: &Sealed, after: &Matter) -> Result<()> {
    let event = &sealed.event;
    if Hash::of(&sealed.bytes) != sealed.hash {
        return Err(Failure::Unsound("the hash of an event is not its bytes'").into());
    }
    let same = after.jurisdiction == event.jurisdiction
        && after.id == event.matter
        && after.version == event.seq
        && after.head == sealed.hash;
    if !same {
        return Err(Failure::Unsound("the state does not follow from the event").into());
    }
    Ok(())
}

fn moves_clock(change: &Change) -> bool {
    matches!(
        change,
        Change::ClockStarted { .. }
            | Change::ClockStopped { .. }
            | Change::ClockSuspended { .. }
            | Change::ClockResumed { .. }
            | Change::ClockExtended { .. }
    )
}

/// The checksum of a side record.
pub(crate) fn side_guard(space: &[u8], key: &[u8], value: &[u8], expires: Option<i64>) -> [u8; 8] {
    let expires = expires.map_or(Vec::new(), |at| at.to_be_bytes().to_vec());
    guard(&[space, key, value, &expires])
}

/// The checksum of a message.
pub(crate) fn outbox_guard(id: &OutboxId, kind: &str, payload: &str) -> [u8; 8] {
    guard(&[
        id.jurisdiction.as_str().as_bytes(),
        blob(&id.matter),
        &id.seq.to_be_bytes(),
        &id.place.to_be_bytes(),
        kind.as_bytes(),
        payload.as_bytes(),
    ])
}
