//! The chain part: every event's bytes, hash, place and predecessor, its private values, and the views that follow.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::{self, Write},
    time::{Duration, Instant},
};

use anyhow::Result;
use engine::{Actor, Change, Event, FORMAT_VERSION, Hash, Secret, Value, commitment, verify_bytes};
use law::Watch;
use rusqlite::{Connection, Row, params, types::ValueRef};

use crate::{
    derive::{Deriver, Sums},
    table::OF_MATTERS,
    verify::{
        misfit::{Misfit, MisfitKind},
        spot::{Spot, bucket, utf8},
    },
    view::{self, Shows},
};

/// Buckets into which matters are put by name, so that a difference is looked for in few of them.
pub(crate) const BUCKETS: usize = 4_096;
/// Events between two reports of progress.
const STEP: u64 = 10_000;

/// The sums of row digests of each table of matters, one per bucket.
pub(crate) type Digests = Vec<Vec<u128>>;

/// Digests of nothing.
pub(crate) fn no_digests() -> Digests {
    vec![vec![0; BUCKETS]; OF_MATTERS.len()]
}

/// Jurisdiction, body, series, year.
pub(crate) type SeriesKey = (String, String, String, i16);

/// A number found in an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Issued {
    pub(crate) n: u64,
    pub(crate) matter: String,
    pub(crate) seq: u64,
    pub(crate) imported: bool,
}

/// What a stretch of the ledger says.
pub(crate) struct Part {
    pub(crate) events: u64,
    pub(crate) matters: u64,
    pub(crate) privates: u64,
    pub(crate) misfits: Vec<Misfit>,
    /// Laws that are not installed, with the first event decided under each.
    pub(crate) lawless: BTreeMap<String, Misfit>,
    /// Buckets with a matter that does not fit: what follows from it is not compared.
    pub(crate) tainted: BTreeSet<usize>,
    pub(crate) digests: Digests,
    pub(crate) numbers: BTreeMap<SeriesKey, Vec<Issued>>,
    pub(crate) sums: Sums,
    /// Time taken, that for deriving views left out.
    pub(crate) time: Duration,
}

impl Part {
    /// Joins what two stretches say.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.events += other.events;
        self.matters += other.matters;
        self.privates += other.privates;
        self.misfits.extend(other.misfits);
        for (law, misfit) in other.lawless {
            self.lawless.entry(law).or_insert(misfit);
        }
        self.tainted.extend(other.tainted);
        for (mine, theirs) in self.digests.iter_mut().flatten().zip(other.digests.iter().flatten()) {
            *mine = mine.wrapping_add(*theirs);
        }
        for (key, numbers) in other.numbers {
            self.numbers.entry(key).or_default().extend(numbers);
        }
        self.sums.merge(other.sums);
        self.time = self.time.max(other.time);
        self
    }
}

/// Goes over a stretch of the ledger in order of matters.
pub(crate) struct Chain<'a> {
    conn: &'a Connection,
    laws: &'a BTreeSet<String>,
    progress: &'a (dyn Fn(u64) + Sync),
    deriver: Deriver<'a>,
    part: Part,
    open: Option<Group>,
    deriving: Duration,
}

/// The events of one matter, as far as they have been read.
struct Group {
    jurisdiction: Vec<u8>,
    matter: Vec<u8>,
    events: Vec<(Event, Hash)>,
    seq: i64,
    head: Option<Hash>,
    clean: bool,
}

/// From which matter on, and before which: keys of the event table.
pub(crate) type Bounds = (Option<(Vec<u8>, Vec<u8>)>, Option<(Vec<u8>, Vec<u8>)>);

impl<'a> Chain<'a> {
    pub(crate) fn new(
        conn: &'a Connection,
        laws: &'a BTreeSet<String>,
        shows: HashMap<String, Shows>,
        watch: &'a Watch,
        progress: &'a (dyn Fn(u64) + Sync),
    ) -> Self {
        let part = Part {
            events: 0,
            matters: 0,
            privates: 0,
            misfits: Vec::new(),
            lawless: BTreeMap::new(),
            tainted: BTreeSet::new(),
            digests: no_digests(),
            numbers: BTreeMap::new(),
            sums: Sums::default(),
            time: Duration::ZERO,
        };
        let deriver = Deriver { watch, shows, sums: Sums::default() };
        Self { conn, laws, progress, deriver, part, open: None, deriving: Duration::ZERO }
    }

    /// Reads the stretch and says what is in it.
    pub(crate) fn run(mut self, bounds: &Bounds) -> Result<Part> {
        let began = Instant::now();
        let (from, to) = bounds;
        let mut sql = "SELECT jurisdiction, matter, seq, hash, bytes FROM event
            INDEXED BY sqlite_autoindex_event_1 WHERE true"
            .to_owned();
        let mut values: Vec<ValueRef<'_>> = Vec::new();
        for (bound, than) in [(from, ">="), (to, "<")] {
            if let Some((jurisdiction, matter)) = bound {
                sql.push_str(&format!(" AND (jurisdiction, matter) {than} (?, ?)"));
                values.extend([ValueRef::Text(jurisdiction), ValueRef::Blob(matter)]);
            }
        }
        sql.push_str(" ORDER BY jurisdiction, matter, seq");
        let values = values.into_iter().map(rusqlite::types::ToSqlOutput::Borrowed);
        let mut select = self.conn.prepare(&sql)?;
        let mut rows = select.query(rusqlite::params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            self.event(row)?;
        }
        self.close()?;
        (self.progress)(self.part.events % STEP);
        self.part.sums = self.deriver.sums;
        self.part.time = began.elapsed().saturating_sub(self.deriving);
        Ok(self.part)
    }

    fn event(&mut self, row: &Row<'_>) -> Result<()> {
        let (jurisdiction, matter) = (raw(row, 0)?, raw(row, 1)?);
        let same = |it: &Group| it.jurisdiction == jurisdiction && it.matter == matter;
        if !self.open.as_ref().is_some_and(same) {
            self.close()?;
            self.open = Some(Group {
                jurisdiction: jurisdiction.to_vec(),
                matter: matter.to_vec(),
                events: Vec::new(),
                seq: 0,
                head: Some(Hash::NONE),
                clean: true,
            });
        }
        let Some(group) = self.open.as_mut() else { return Ok(()) };
        let seq = row.get_ref(2)?.as_i64().unwrap_or(i64::MIN);
        let before = self.part.misfits.len();
        group.read(seq, raw(row, 3)?, raw(row, 4)?, &mut self.part.misfits);
        group.clean &= self.part.misfits.len() == before;
        self.part.events += 1;
        if self.part.events.is_multiple_of(STEP) {
            (self.progress)(STEP);
        }
        Ok(())
    }

    /// After a matter's last event: its private values, its numbers, its views.
    fn close(&mut self) -> Result<()> {
        let Some(mut group) = self.open.take() else { return Ok(()) };
        self.part.matters += 1;
        let secrets = self.privates(&mut group)?;
        self.lawless(&mut group);
        self.numbers(&group);
        if !group.clean {
            self.part.tainted.insert(bucket(&group.matter));
            return Ok(());
        }
        let began = Instant::now();
        let (_, lines) = self.deriver.matter(&group.events, &view::names(&secrets))?;
        let bucket = bucket(&group.matter);
        for (table, line) in lines {
            let sum = &mut self.part.digests[table.place()][bucket];
            *sum = sum.wrapping_add(table.digest_line(&line));
        }
        self.deriving += began.elapsed();
        Ok(())
    }

    /// Compares the private values beside a matter with what its events commit to.
    fn privates(&mut self, group: &mut Group) -> Result<Vec<Secret>> {
        let mut stored = BTreeMap::new();
        let mut select = self.conn.prepare_cached(
            "SELECT seq, path, salt, value FROM private WHERE jurisdiction = ?1 AND matter = ?2",
        )?;
        let key = [ValueRef::Text(&group.jurisdiction), ValueRef::Blob(&group.matter)]
            .map(rusqlite::types::ToSqlOutput::Borrowed);
        let mut rows = select.query(params![key[0], key[1]])?;
        while let Some(row) = rows.next()? {
            let seq = row.get_ref(0)?.as_i64().unwrap_or(i64::MIN);
            let path = utf8(raw(row, 1)?);
            let salt = row.get_ref(2)?.as_blob_or_null().unwrap_or(Some(&[])).map(<[u8]>::to_vec);
            let value = match row.get_ref(3)? {
                ValueRef::Null => None,
                _ => Some(utf8(raw(row, 3)?)),
            };
            stored.insert((seq, path), (salt, value));
        }
        self.part.privates += stored.len() as u64;
        let mut secrets = Vec::new();
        let before = self.part.misfits.len();
        for (event, _) in &group.events {
            for (path, expected) in sealed(event) {
                let key = (crate::column::integer(event.seq), path);
                let kept = stored.remove(&key);
                secrets.extend(group.private(&key, kept, &expected, &mut self.part.misfits));
            }
        }
        for (seq, path) in stored.into_keys().filter(|_| group.clean) {
            let place = format!("private.{path}");
            let found = ("no commitment in the event", "a private value");
            self.part.misfits.push(group.misfit(seq, MisfitKind::PrivateStray, &place, found));
        }
        group.clean &= self.part.misfits.len() == before;
        Ok(secrets)
    }

    fn lawless(&mut self, group: &mut Group) {
        for (event, _) in &group.events {
            let law = &event.law.hash;
            if !self.laws.contains(law) {
                let seq = crate::column::integer(event.seq);
                let misfit = group.misfit(seq, MisfitKind::LawMissing, "law", (law, "nothing"));
                self.part.lawless.entry(law.clone()).or_insert(misfit);
                group.clean = false;
            }
        }
    }

    fn numbers(&mut self, group: &Group) {
        for (event, _) in &group.events {
            for change in &event.changes {
                let Change::Number { n, series, year, .. } = change else { continue };
                let key = (event.jurisdiction.to_string(), event.body.clone(), series.to_string(), *year);
                self.part.numbers.entry(key).or_default().push(Issued {
                    n: *n,
                    matter: event.matter.to_string(),
                    seq: event.seq,
                    imported: matches!(event.actor, Actor::Import { .. }),
                });
            }
        }
    }
}

impl Group {
    fn misfit(&self, seq: i64, kind: MisfitKind, place: &str, (expected, found): (&str, &str)) -> Misfit {
        let spot = Spot { jurisdiction: &self.jurisdiction, matter: &self.matter };
        spot.misfit(Some(seq), kind, place, expected, found)
    }

    /// Checks one event and keeps it.
    fn read(&mut self, seq: i64, hash: &[u8], bytes: &[u8], misfits: &mut Vec<Misfit>) {
        let computed = Hash::of(bytes);
        if seq != self.seq + 1 {
            let (expected, found) = ((self.seq + 1).to_string(), seq.to_string());
            misfits.push(self.misfit(seq, MisfitKind::Sequence, "event.seq", (&expected, &found)));
        }
        if hash != &computed.0[..] {
            let stored = Spot::hex(hash);
            misfits.push(self.misfit(seq, MisfitKind::Hash, "event.hash", (&stored, &computed.hex())));
        }
        let head = self.head.replace(computed);
        let after_gap = seq != self.seq + 1;
        self.seq = seq;
        let event = match verify_bytes(bytes) {
            Ok((event, _)) => event,
            Err(why) => {
                let found = ("an event", why.to_string());
                misfits.push(self.misfit(seq, MisfitKind::Bytes, "event.bytes", (found.0, &found.1)));
                return;
            }
        };
        self.compare(seq, &event, bytes, misfits);
        if let Some(head) = head.filter(|head| *head != event.prev && !after_gap) {
            let pair = (head.hex(), event.prev.hex());
            misfits.push(self.misfit(seq, MisfitKind::Chain, "event.prev", (&pair.0, &pair.1)));
        }
        self.events.push((event, computed));
    }

    /// Compares what an event says of itself with where it stands.
    fn compare(&self, seq: i64, event: &Event, bytes: &[u8], misfits: &mut Vec<Misfit>) {
        let mut differ = |kind, place: &str, expected: &str, found: &str| {
            misfits.push(self.misfit(seq, kind, place, (expected, found)));
        };
        if event.jurisdiction.as_str().as_bytes() != self.jurisdiction {
            let found = utf8(&self.jurisdiction);
            differ(MisfitKind::Key, "event.jurisdiction", event.jurisdiction.as_str(), &found);
        }
        if event.matter.0.as_bytes()[..] != self.matter {
            let found = Spot::name(&self.matter);
            differ(MisfitKind::Key, "event.matter", &event.matter.to_string(), &found);
        }
        if crate::column::integer(event.seq) != seq {
            differ(MisfitKind::Key, "event.seq", &event.seq.to_string(), &seq.to_string());
        }
        if event.v > FORMAT_VERSION || event.v == 0 {
            let known = format!("a format up to {FORMAT_VERSION}");
            differ(MisfitKind::Bytes, "event.bytes", &known, &event.v.to_string());
        } else if !is_canonical(event, bytes) {
            differ(MisfitKind::Bytes, "event.bytes", "the canonical form", "another form");
        }
    }

    /// Compares one private value with its commitment; gives it if it is still kept.
    fn private(
        &self,
        (seq, path): &(i64, String),
        kept: Option<(Option<Vec<u8>>, Option<String>)>,
        expected: &Hash,
        misfits: &mut Vec<Misfit>,
    ) -> Option<Secret> {
        let place = format!("private.{path}");
        let found = match kept {
            Some((None, None)) => return None,
            Some((Some(salt), Some(value))) => {
                let salt = <[u8; 32]>::try_from(salt.as_slice()).unwrap_or_default();
                let found = commitment(&salt, &value);
                if found == *expected {
                    return Some(Secret { path: path.clone(), salt, value });
                }
                misfits.push(self.misfit(*seq, MisfitKind::Private, &place, (&expected.hex(), &found.hex())));
                return None;
            }
            Some(_) => "half of it",
            None => "nothing",
        };
        misfits.push(self.misfit(*seq, MisfitKind::PrivateMissing, &place, (&expected.hex(), found)));
        None
    }
}

/// Whether writing the event again gives the same bytes.
fn is_canonical(event: &Event, bytes: &[u8]) -> bool {
    let mut rest = Same(bytes);
    serde_json::to_writer(&mut rest, event).is_ok() && rest.0.is_empty()
}

/// Takes only what the bytes go on with.
struct Same<'a>(&'a [u8]);

impl Write for Same<'_> {
    fn write(&mut self, written: &[u8]) -> io::Result<usize> {
        self.0 = self.0.strip_prefix(written).ok_or(io::ErrorKind::InvalidData)?;
        Ok(written.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The commitments of an event, by path.
fn sealed(event: &Event) -> Vec<(String, Hash)> {
    let mut found = Vec::new();
    for (field, value) in &event.inputs {
        if let Value::Sealed(hash) = value {
            found.push((format!("inputs.{field}"), *hash));
        }
    }
    for party in &event.parties {
        let parts = [
            ("name", Some(&party.name)),
            ("number", party.number.as_ref()),
            ("phone", party.phone.as_ref()),
            ("address", party.address.as_ref()),
        ];
        for (part, value) in parts {
            if let Some(Value::Sealed(hash)) = value {
                found.push((format!("parties.{}.{part}", party.id), *hash));
            }
        }
    }
    found
}

/// The bytes of a text or blob column; nothing if it is neither.
pub(crate) fn raw<'r>(row: &'r Row<'_>, place: usize) -> Result<&'r [u8]> {
    Ok(match row.get_ref(place)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        _ => &[],
    })
}
