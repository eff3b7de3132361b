//! Columns to values: one place that knows how matters, dates and hashes are stored.

use std::{error::Error, str::FromStr};

use engine::{Hash, Jurisdiction, MatterId};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Error as SqlError, Row, types::Type};
use uuid::Uuid;

/// The day on which a matter without a running clock is sorted: after all others.
pub(crate) const NEVER: Date = Date::constant(9999, 12, 31);

fn misread(place: usize, kind: Type, why: impl Into<Box<dyn Error + Send + Sync>>) -> SqlError {
    SqlError::FromSqlConversionFailure(place, kind, why.into())
}

/// A matter's 16 bytes.
pub(crate) fn matter(row: &Row<'_>, place: usize) -> rusqlite::Result<MatterId> {
    let bytes = row.get_ref(place)?.as_blob()?;
    let id = Uuid::from_slice(bytes).map_err(|why| misread(place, Type::Blob, why))?;
    Ok(MatterId(id))
}

/// A hash's 32 bytes.
pub(crate) fn hash(row: &Row<'_>, place: usize) -> rusqlite::Result<Hash> {
    row.get::<_, [u8; 32]>(place).map(Hash)
}

/// Anything that is written as text: a jurisdiction, a date.
pub(crate) fn text<T>(row: &Row<'_>, place: usize) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text = row.get_ref(place)?.as_str()?;
    text.parse().map_err(|why: T::Err| misread(place, Type::Text, why))
}

/// Text that may be absent.
pub(crate) fn text_if_any<T>(row: &Row<'_>, place: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    match row.get_ref(place)?.as_str_or_null()? {
        Some(text) => text.parse().map(Some).map_err(|why: T::Err| misread(place, Type::Text, why)),
        None => Ok(None),
    }
}

/// A jurisdiction's code.
pub(crate) fn jurisdiction(row: &Row<'_>, place: usize) -> rusqlite::Result<Jurisdiction> {
    text(row, place)
}

/// An integer that is never negative.
pub(crate) fn natural(row: &Row<'_>, place: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(place)?;
    u64::try_from(number).map_err(|why| misread(place, Type::Integer, why))
}

/// A moment, in microseconds.
pub(crate) fn moment(row: &Row<'_>, place: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(row.get(place)?).map_err(|why| misread(place, Type::Integer, why))
}

/// A matter's name as stored.
pub(crate) fn blob(id: &MatterId) -> &[u8] {
    id.0.as_bytes()
}

/// A count or place as SQLite has it; nothing here comes near 2^63.
pub(crate) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
