//! What stands beside the chain: laws, number series, rows with a checksum, the file itself.

use std::collections::BTreeMap;

use anyhow::Result;
use engine::{Hash, Jurisdiction};
use rusqlite::{Connection, Row};

use crate::{
    column,
    guard::guard,
    reader::OutboxId,
    reading::Follow,
    store::kind,
    tx::{outbox_guard, side_guard},
    verify::{
        chain::{Issued, SeriesKey, raw},
        misfit::{Misfit, MisfitKind},
        spot::{Spot, utf8},
    },
    view::Head,
};

/// A misfit of the ledger as a whole.
fn general(kind: MisfitKind, place: String, expected: &str, found: &str) -> Misfit {
    Spot { jurisdiction: &[], matter: &[] }.misfit(None, kind, &place, expected, found)
}

/// Laws that do not hash to their name, or are filed under another key or version than they say.
pub(crate) fn laws(conn: &Connection) -> Result<Vec<Misfit>> {
    let mut misfits = Vec::new();
    each(conn, "SELECT hash, body, key, version FROM law", |row| {
        let (name, hash) = (utf8(raw(row, 0)?), Hash::of(raw(row, 1)?).hex());
        if name != hash {
            misfits.push(general(MisfitKind::Law, format!("law.hash {name}"), &name, &hash));
        }
        let head = Head::read(&utf8(raw(row, 1)?));
        let columns = [("key", head.key, utf8(raw(row, 2)?)), ("version", head.from, utf8(raw(row, 3)?))];
        for (column, said, filed) in columns {
            if let Some(said) = said.filter(|said| *said != filed) {
                misfits.push(general(MisfitKind::Law, format!("law.{column} {name}"), &said, &filed));
            }
        }
        Ok(())
    })?;
    Ok(misfits)
}

/// Private values beside no event, looked for if there are more than the events' matters had.
pub(crate) fn strays(conn: &Connection, seen: u64) -> Result<Vec<Misfit>> {
    let mut misfits = Vec::new();
    let all = conn.query_row("SELECT count(*) FROM private", [], |row| column::natural(row, 0))?;
    if all == seen {
        return Ok(misfits);
    }
    let sql = "SELECT jurisdiction, matter, seq, path FROM private WHERE NOT EXISTS (
        SELECT 1 FROM event WHERE event.jurisdiction = private.jurisdiction AND event.matter = private.matter)";
    each(conn, sql, |row| {
        let spot = Spot { jurisdiction: raw(row, 0)?, matter: raw(row, 1)? };
        let seq = row.get_ref(2)?.as_i64().ok();
        let place = format!("private.{}", utf8(raw(row, 3)?));
        misfits.push(spot.misfit(seq, MisfitKind::PrivateStray, &place, "an event", "nothing"));
        Ok(())
    })?;
    Ok(misfits)
}

/// Numbers that are missing, double, or were never given. Gaps are not looked for where events do not fit, since
/// their numbers are unknown.
pub(crate) fn series(
    conn: &Connection,
    mut numbers: BTreeMap<SeriesKey, Vec<Issued>>,
    gaps: bool,
) -> Result<Vec<Misfit>> {
    let mut misfits = Vec::new();
    let mut select = conn.prepare(
        "SELECT jurisdiction, body, series, year, first, next FROM series
         ORDER BY jurisdiction, body, series, year",
    )?;
    let mut skipped = skipped(conn)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let year = row.get_ref(3)?.as_i64().ok().and_then(|it| i16::try_from(it).ok());
        let key = (utf8(raw(row, 0)?), utf8(raw(row, 1)?), utf8(raw(row, 2)?), year.unwrap_or_default());
        let bounds = [4, 5].map(|place| column::natural(row, place).unwrap_or_default());
        let issued = numbers.remove(&key).unwrap_or_default();
        let left_out = skipped.remove(&key).unwrap_or_default();
        one_series(&key, issued, bounds, &left_out, gaps, &mut misfits);
    }
    for (key, _) in skipped {
        misfits.push(numbered(&key, MisfitKind::Number, None, "a series", "numbers left out without one"));
    }
    for (key, issued) in numbers {
        let own = issued.iter().any(|it| !it.imported);
        if own && gaps {
            misfits.push(numbered(&key, MisfitKind::Number, None, "a series", "numbers without one"));
        }
        one_series(&key, issued, [u64::MAX, u64::MAX], &[], false, &mut misfits);
    }
    Ok(misfits)
}

/// Stretches of numbers that series left out, as noted.
fn skipped(conn: &Connection) -> Result<BTreeMap<SeriesKey, Vec<(u64, u64)>>> {
    let mut found: BTreeMap<SeriesKey, Vec<(u64, u64)>> = BTreeMap::new();
    each(conn, "SELECT jurisdiction, body, series, year, first, last FROM skipped", |row| {
        let year = row.get_ref(3)?.as_i64().ok().and_then(|it| i16::try_from(it).ok());
        let key = (utf8(raw(row, 0)?), utf8(raw(row, 1)?), utf8(raw(row, 2)?), year.unwrap_or_default());
        let [first, last] = [4, 5].map(|place| column::natural(row, place).unwrap_or_default());
        found.entry(key).or_default().push((first, last));
        Ok(())
    })?;
    Ok(found)
}

fn numbered(key: &SeriesKey, kind: MisfitKind, at: Option<&Issued>, expected: &str, found: &str) -> Misfit {
    let (jurisdiction, body, series, year) = key;
    Misfit {
        jurisdiction: jurisdiction.clone(),
        matter: at.map(|it| it.matter.clone()).unwrap_or_default(),
        seq: at.map(|it| column::integer(it.seq)),
        kind,
        place: format!("series {body} {series} {year}"),
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}

fn one_series(
    key: &SeriesKey,
    mut issued: Vec<Issued>,
    [first, next]: [u64; 2],
    left_out: &[(u64, u64)],
    gaps: bool,
    misfits: &mut Vec<Misfit>,
) {
    issued.sort();
    for pair in issued.windows(2).filter(|pair| pair[0].n == pair[1].n) {
        let (expected, found) =
            (format!("{} once", pair[0].n), format!("again, first in {}", pair[0].matter));
        misfits.push(numbered(key, MisfitKind::Number, Some(&pair[1]), &expected, &found));
    }
    if !gaps {
        return;
    }
    for it in issued.iter().filter(|it| !it.imported && !(first..next).contains(&it.n)) {
        let (expected, found) = (format!("{first} up to {next}"), it.n.to_string());
        misfits.push(numbered(key, MisfitKind::Number, Some(it), &expected, &found));
    }
    let mut wanted = first;
    let mut noted: Vec<(u64, u64)> = left_out.to_vec();
    for it in issued.iter().filter(|it| (first..next).contains(&it.n)) {
        let gap = (wanted, it.n.saturating_sub(1));
        if let Some(place) = noted.iter().position(|it| *it == gap) {
            noted.swap_remove(place);
        } else if it.n > wanted {
            misfits.push(numbered(
                key,
                MisfitKind::NumberGap,
                Some(it),
                &wanted.to_string(),
                &it.n.to_string(),
            ));
        }
        wanted = wanted.max(it.n + 1);
    }
    let tail = (wanted, next.saturating_sub(1));
    if let Some(place) = noted.iter().position(|it| *it == tail) {
        noted.swap_remove(place);
    } else if wanted < next {
        misfits.push(numbered(key, MisfitKind::NumberGap, None, &wanted.to_string(), "nothing"));
    }
    for (from, to) in noted {
        let found = format!("{from} to {to} noted as left out");
        misfits.push(numbered(key, MisfitKind::NumberGap, None, "no such gap", &found));
    }
}

/// Claims, messages and side records that do not fit their checksum, and a kind that is none.
pub(crate) fn guards(conn: &Connection) -> Result<Vec<Misfit>> {
    let mut misfits = Vec::new();
    each(conn, "SELECT jurisdiction, key, matter, guard FROM claim", |row| {
        let computed = guard(&[raw(row, 0)?, raw(row, 1)?, raw(row, 2)?]);
        let spot = Spot { jurisdiction: raw(row, 0)?, matter: raw(row, 2)? };
        let place = format!("claim {}", utf8(raw(row, 1)?));
        misfits.extend(unguarded(spot, None, &place, raw(row, 3)?, computed));
        Ok(())
    })?;
    let sql = "SELECT jurisdiction, matter, seq, place, kind, payload, guard FROM outbox";
    each(conn, sql, |row| {
        let spot = Spot { jurisdiction: raw(row, 0)?, matter: raw(row, 1)? };
        let seq = row.get_ref(2)?.as_i64().unwrap_or(i64::MIN);
        let computed = message_guard(row).unwrap_or_default();
        misfits.extend(unguarded(spot, Some(seq), "outbox", raw(row, 6)?, computed));
        Ok(())
    })?;
    each(conn, "SELECT space, key, value, expires, guard FROM side", |row| {
        let expires = row.get_ref(3)?.as_i64_or_null().unwrap_or(Some(i64::MIN));
        let computed = side_guard(raw(row, 0)?, raw(row, 1)?, raw(row, 2)?, expires);
        let spot = Spot { jurisdiction: &[], matter: &[] };
        let key = Hash::of(raw(row, 1)?).hex();
        let place = format!("side {} key with hash {}", utf8(raw(row, 0)?), &key[..16]);
        misfits.extend(unguarded(spot, None, &place, raw(row, 4)?, computed));
        Ok(())
    })?;
    if let Err(why) = kind(conn) {
        let expected = "live, demonstration or practice";
        misfits.push(general(MisfitKind::Guard, "meta.kind".to_owned(), expected, &why.to_string()));
    }
    Ok(misfits)
}

fn message_guard(row: &Row<'_>) -> Option<[u8; 8]> {
    let jurisdiction: Jurisdiction = column::jurisdiction(row, 0).ok()?;
    let id = OutboxId {
        jurisdiction,
        matter: column::matter(row, 1).ok()?,
        seq: column::natural(row, 2).ok()?,
        place: row.get(3).ok()?,
    };
    let text = |place| row.get_ref(place).ok()?.as_str().ok();
    Some(outbox_guard(&id, text(4)?, text(5)?))
}

fn unguarded(
    spot: Spot<'_>,
    seq: Option<i64>,
    place: &str,
    stored: &[u8],
    computed: [u8; 8],
) -> Option<Misfit> {
    (stored != computed)
        .then(|| spot.misfit(seq, MisfitKind::Guard, place, &Spot::hex(stored), &Spot::hex(&computed)))
}

/// How many rows the read log has, and those that its chains do not lead to.
pub(crate) fn readings(conn: &Connection) -> Result<(u64, Vec<Misfit>)> {
    let (mut rows, mut misfits, mut follow) = (0, Vec::new(), Follow::default());
    each(conn, &Follow::select(), |row| {
        rows += 1;
        let jurisdiction = utf8(raw(row, 0)?);
        if let Some((expected, found)) = follow.row(&jurisdiction, row) {
            let spot = Spot { jurisdiction: raw(row, 0)?, matter: &[] };
            let place = format!("reading {}", row.get_ref(1)?.as_i64().unwrap_or_default());
            misfits.push(spot.misfit(None, MisfitKind::Reading, &place, &expected, &found));
        }
        Ok(())
    })?;
    Ok((rows, misfits))
}

/// Goes over all rows of a query.
pub(crate) fn each(conn: &Connection, sql: &str, mut see: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    let mut select = conn.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        see(row)?;
    }
    Ok(())
}

/// What SQLite itself finds damaged.
pub(crate) fn file(conn: &Connection) -> Result<Vec<Misfit>> {
    let mut misfits = Vec::new();
    each(conn, "PRAGMA integrity_check", |row| {
        let words = utf8(raw(row, 0)?);
        if words != "ok" {
            misfits.push(general(MisfitKind::File, "ledger.sqlite".to_owned(), "ok", &words));
        }
        Ok(())
    })?;
    Ok(misfits)
}
