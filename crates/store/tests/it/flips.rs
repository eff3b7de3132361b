//! Decay and tampering: one byte anywhere in the ledger, and verify says where.

use std::{collections::BTreeSet, fs, path::Path};

use rusqlite::{Connection, params_from_iter, types::Value};
use store::{Misfit, MisfitKind, NumberName, Queue, Report, verify};

use crate::world::{self, Dice, Folder, World, new_store, watch};

/// Every table, with its columns; those of the key come first.
const TABLES: &[(&str, &[&str], usize)] = &[
    ("meta", &["key", "value"], 1),
    ("event", &["jurisdiction", "matter", "seq", "hash", "bytes"], 3),
    ("private", &["jurisdiction", "matter", "seq", "path", "salt", "value"], 4),
    ("law", &["hash", "key", "version", "body"], 1),
    ("series", &["jurisdiction", "body", "series", "year", "first", "next"], 4),
    ("skipped", &["jurisdiction", "body", "series", "year", "first", "last"], 5),
    ("claim", &["jurisdiction", "key", "matter", "guard"], 2),
    ("outbox", &["jurisdiction", "matter", "seq", "place", "kind", "payload", "guard"], 4),
    ("side", &["space", "key", "value", "expires", "guard"], 2),
    (
        "reading",
        &["jurisdiction", "n", "at", "who", "entitled", "way", "what", "matters", "classes", "hash"],
        2,
    ),
    ("matter", &["jurisdiction", "matter", "body", "day", "stage", "number", "state", "version", "head"], 2),
    ("clock", &["jurisdiction", "matter", "limit_key", "due", "deems", "running"], 3),
    ("load", &["jurisdiction", "body", "procedure", "due", "open", "suspended"], 4),
    ("number", &["jurisdiction", "number", "matter"], 3),
    ("link", &["jurisdiction", "other", "link", "matter"], 4),
    ("gram", &["jurisdiction", "scope", "gram", "matter"], 4),
    ("publication", &["jurisdiction", "matter", "publication", "published", "shown"], 3),
    ("occurrence", &["jurisdiction", "matter", "seq", "place", "mark", "body", "effective", "n"], 4),
    ("tally", &["jurisdiction", "procedure", "mark", "dated", "body", "day", "n"], 6),
];

/// A ledger with something in every table.
fn ledger(name: &str) -> Folder {
    let folder = Folder::new(name);
    let store = new_store(&folder.0);
    let mut world = World::new(21);
    world::populate(&store, &mut world, 160);
    let matters = world.matters.clone();
    let beside = store.write(Queue::Interactive, move |tx| {
        for (nth, (place, id)) in matters.iter().take(5).enumerate() {
            tx.claim(place, &format!("plot {nth}"), *id)?;
            tx.outbox(place, *id, "notice", r#"{"to":"p1"}"#)?;
            tx.put("session", &format!("s{nth}"), b"a clerk is signed in", Some(1_800_000_000))?;
            tx.note_reading(place, &crate::ledger::reading(nth as u64))?;
        }
        // Two series go on behind numbers given elsewhere.
        for body in ["Bureau of Roads", "Mediation Office"] {
            let (body, series) = (body.to_owned(), "petition".to_owned());
            let elsewhere = NumberName { body, series, year: 2026, n: 500 };
            tx.pass_over(&world::place("361128"), &elsewhere)?;
        }
        Ok(())
    });
    beside.wait().unwrap();
    folder
}

/// One byte or bit changed in one column of one row.
#[derive(Debug)]
struct Flip {
    table: &'static str,
    column: &'static str,
    keys: &'static [&'static str],
    before: Vec<Value>,
    place: usize,
    after: Value,
}

impl Flip {
    fn draw(conn: &Connection, dice: &mut Dice) -> Option<Flip> {
        let (table, columns, keys) = *dice.pick(TABLES);
        let rows: u32 = conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |it| it.get(0)).unwrap();
        let sql =
            format!("SELECT {} FROM {table} LIMIT 1 OFFSET {}", columns.join(", "), dice.roll(rows.into()));
        let before: Vec<Value> =
            conn.query_row(&sql, [], |row| (0..columns.len()).map(|it| row.get(it)).collect()).unwrap();
        let place = usize::try_from(dice.roll(columns.len() as u64)).unwrap();
        // A sum of nothing may stand anywhere or nowhere: it says nothing.
        if table == "tally" && place < keys && before.last() == Some(&Value::Integer(0)) {
            return None;
        }
        let after = match &before[place] {
            Value::Integer(number) => Value::Integer(number ^ (1 << dice.roll(8))),
            Value::Text(text) => Value::Blob(flip(text.as_bytes(), dice)?),
            Value::Blob(bytes) => Value::Blob(flip(bytes, dice)?),
            Value::Real(_) | Value::Null => return None,
        };
        Some(Flip { table, column: columns[place], keys: &columns[..keys], before, place, after })
    }

    /// Writes one value of the row in place of another.
    fn write(&self, conn: &Connection, from: &Value, to: &Value) -> rusqlite::Result<usize> {
        let text = matches!(self.before[self.place], Value::Text(_));
        let cast = |what: &str| if text { format!("CAST({what} AS TEXT)") } else { what.to_owned() };
        let keys: Vec<String> = self
            .keys
            .iter()
            .map(|key| format!("{key} = {}", if *key == self.column { cast("?") } else { "?".to_owned() }))
            .collect();
        let sql =
            format!("UPDATE {} SET {} = {} WHERE {}", self.table, self.column, cast("?"), keys.join(" AND "));
        let mut values = vec![to.clone()];
        values.extend(self.before[..self.keys.len()].iter().cloned());
        if self.place < self.keys.len() {
            values[self.place + 1] = from.clone();
        }
        conn.execute(&sql, params_from_iter(values))
    }

    /// Whether a misfit says where this is: by table, and by matter or key as it was or as it became.
    fn is_named_by(&self, misfit: &Misfit) -> bool {
        let mut rows = [self.before.clone(), self.before.clone()];
        rows[1][self.place] = self.after.clone();
        rows.iter().any(|row| {
            let matter = self.keys.iter().position(|key| *key == "matter").map(|it| name(&row[it]));
            match self.table {
                "law" => misfit.kind == MisfitKind::Law || misfit.kind == MisfitKind::LawMissing,
                "meta" | "series" | "claim" | "side" | "reading" | "load" | "tally" => {
                    misfit.place.starts_with(self.table)
                }
                "skipped" => misfit.place.starts_with("series"),
                _ => matter.is_some_and(|it| misfit.matter == it),
            }
        })
    }
}

fn flip(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    if bytes.is_empty() {
        return None;
    }
    let mut flipped = bytes.to_vec();
    let place = usize::try_from(dice.roll(bytes.len() as u64)).unwrap();
    flipped[place] ^= 1 << dice.roll(8);
    Some(flipped)
}

fn name(value: &Value) -> String {
    let Value::Blob(bytes) = value else { return String::new() };
    uuid::Uuid::from_slice(bytes).unwrap().to_string()
}

fn examine(folder: &Folder) -> Report {
    verify(&folder.0, watch(), &|_| ()).unwrap()
}

#[test]
fn every_flipped_byte_is_found_and_its_place_is_named() {
    let folder = ledger("flips");
    let conn = Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    conn.execute_batch("PRAGMA synchronous = OFF").unwrap();
    assert!(examine(&folder).is_clean());
    let mut select = conn.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let all: BTreeSet<String> = select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(all, TABLES.iter().map(|it| it.0.to_owned()).collect(), "no table is left out");
    let mut dice = Dice(2026);
    let mut tried = 0;
    while tried < 260 {
        let Some(flip) = Flip::draw(&conn, &mut dice) else { continue };
        let before = &flip.before[flip.place];
        if flip.write(&conn, before, &flip.after).unwrap_or(0) != 1 {
            continue;
        }
        tried += 1;
        let report = examine(&folder);
        assert!(!report.is_clean(), "{tried}: {flip:?} went unseen");
        let named = report.misfits.iter().any(|it| flip.is_named_by(it));
        assert!(named, "{tried}: {flip:?} was not named by {:#?}", report.misfits);
        assert!(report.misfits.len() < 30, "{tried}: {flip:?} is lost among {:#?}", report.misfits);
        assert_eq!(flip.write(&conn, &flip.after, before), Ok(1));
    }
    assert!(examine(&folder).is_clean());
}

#[test]
fn the_first_misfit_of_a_changed_event_is_that_event() {
    let folder = ledger("first");
    let conn = Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    let sql = "SELECT rowid, matter, seq, CAST(bytes AS TEXT) FROM event WHERE bytes LIKE '%a fallen tree%' LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let (rowid, matter, seq, text): (i64, Vec<u8>, i64, String) = conn.query_row(sql, [], row).unwrap();
    let rewrite = |text: &str| {
        conn.execute("UPDATE event SET bytes = CAST(?1 AS BLOB) WHERE rowid = ?2", (text, rowid)).unwrap()
    };
    rewrite(&text.replace("a fallen tree", "a felled tree"));
    let report = examine(&folder);
    let first = &report.misfits[0];
    let expected = (MisfitKind::Hash, name(&Value::Blob(matter)), Some(seq));
    assert_eq!((first.kind, first.matter.clone(), first.seq), expected);
    rewrite(&text);
    assert!(examine(&folder).is_clean());
}

#[test]
fn a_forged_event_with_a_right_hash_breaks_the_chain() {
    let folder = ledger("forged");
    let conn = Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    let sql = "SELECT a.rowid, CAST(a.bytes AS TEXT), b.seq FROM event a
        JOIN event b ON a.matter = b.matter AND b.seq = a.seq + 1 WHERE a.seq = 1 LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (rowid, text, next): (i64, String, i64) = conn.query_row(sql, [], row).unwrap();
    let forged = text.replace("a fallen tree", "a felled tree");
    let hash = engine::Hash::of(forged.as_bytes());
    conn.execute(
        "UPDATE event SET bytes = CAST(?1 AS BLOB), hash = ?2 WHERE rowid = ?3",
        (&forged, &hash.0[..], rowid),
    )
    .unwrap();
    let report = examine(&folder);
    assert_eq!((report.misfits[0].kind, report.misfits[0].seq), (MisfitKind::Chain, Some(next)));
}

#[test]
fn an_erased_value_is_no_misfit_and_a_lost_one_is() {
    let folder = ledger("erased");
    let conn = Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    conn.execute("UPDATE private SET salt = NULL, value = NULL WHERE path = 'inputs.confession'", [])
        .unwrap();
    assert!(examine(&folder).is_clean());
    conn.execute("DELETE FROM private WHERE path = 'parties.p1.phone'", []).unwrap();
    assert!(examine(&folder).misfits.iter().all(|it| it.kind == MisfitKind::PrivateMissing));
    assert!(!examine(&folder).is_clean());
}

/// Every row of every table, as SQLite reads them without asking an index.
fn content(path: &Path) -> Vec<Vec<Value>> {
    let conn = Connection::open(path).unwrap();
    let mut rows = Vec::new();
    for (table, _, _) in TABLES {
        let sql = format!("SELECT * FROM {table} NOT INDEXED");
        let mut select = conn.prepare(&sql).unwrap();
        let width = select.column_count();
        let found = select.query_map([], |row| (0..width).map(|it| row.get(it)).collect()).unwrap();
        rows.extend(found.map(Result::unwrap));
    }
    rows
}

#[test]
fn a_number_taken_for_a_document_that_was_never_issued_is_found() {
    let folder = ledger("spoiled");
    let store = store::Store::open(&folder.0).unwrap();
    let taken = store.write(Queue::Interactive, |tx| {
        tx.next_number(&world::place("361128"), "Bureau of Parks", "petition", 2026)
    });
    let taken = taken.wait().unwrap();
    let report = examine(&folder);
    let misfit = &report.misfits[0];
    assert_eq!(report.misfits.len(), 1);
    assert_eq!((misfit.kind, misfit.expected.as_str()), (MisfitKind::NumberGap, &*taken.to_string()));
    assert_eq!(misfit.place, "series Bureau of Parks petition 2026");
}

#[test]
fn a_byte_changed_in_the_file_itself_is_found() {
    let folder = ledger("file");
    let path = folder.0.join("ledger.sqlite");
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let mut select = conn.prepare("SELECT DISTINCT matter FROM event").unwrap();
    let matters: Vec<Vec<u8>> = select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    drop(select);
    drop(conn);
    let (whole, stored) = (fs::read(&path).unwrap(), content(&path));
    let (mut dice, mut seen) = (Dice(77), 0);
    for _ in 0..60 {
        let matter = dice.pick(&matters).clone();
        let places: Vec<usize> =
            whole.windows(16).enumerate().filter(|(_, it)| *it == matter).map(|(at, _)| at).collect();
        let at = *dice.pick(&places) + usize::try_from(dice.roll(16)).unwrap();
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << dice.roll(8);
        fs::write(&path, &damaged).unwrap();
        let report = examine(&folder);
        seen += u32::from(!report.is_clean());
        // SQLite leaves old bytes in the free space of a page: a change there changes nothing that is stored.
        assert!(!report.is_clean() || content(&path) == stored, "byte {at} went unseen");
    }
    assert!(seen >= 50, "only {seen} of 60 flips hit what is stored");
    fs::write(&path, &whole).unwrap();
    assert!(examine(&folder).is_clean());
}
