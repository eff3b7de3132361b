//! Batches: the side records of an import, and which matters do not count yet.
//!
//! `import-batch` says how far a batch is, `import-file` holds the checked file until it is in, `import-row` says
//! which matter a row became. `import-open` is there only from the first row to the sealing: while it is, figures
//! leave the batch's matters out. Sealing deletes it, in one small transaction, and all rows count at once. Counts
//! are written with their events all the time, so that a recount of the ledger agrees with them at every moment.

use std::collections::BTreeSet;

use engine::{Hash, Jurisdiction, MatterId};
use law::Key;
use serde::{Deserialize, Serialize};
use store::{Reader, Tx};

use super::{Progress, RowFault};

/// How long a checked file waits to be applied, in seconds.
const WAITS: i64 = 7 * 24 * 3600;

const BATCH: &str = "import-batch";
const FILE: &str = "import-file";
const ROW: &str = "import-row";
const OPEN: &str = "import-open";

/// A batch as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// Procedure.
    pub(crate) procedure: Key,
    /// Name of the file.
    pub(crate) name: String,
    /// Hash of the file.
    pub(crate) file: Hash,
    /// How far it is.
    pub(crate) progress: Progress,
}

/// Names a batch of a place for ever: the same file for the same procedure is the same batch.
pub(crate) fn token(place: &Jurisdiction, procedure: &str, file: Hash) -> String {
    let mut hex = Hash::of(format!("{place} {procedure} {file}").as_bytes()).hex();
    hex.truncate(32);
    hex
}

fn key(place: &Jurisdiction, token: &str) -> String {
    format!("{place}:{token}")
}

fn row_key(place: &Jurisdiction, token: &str, row: u32) -> String {
    format!("{place}:{token}:{row:08}")
}

/// A batch.
pub(crate) fn batch(
    reader: &Reader,
    place: &Jurisdiction,
    token: &str,
    now: i64,
) -> anyhow::Result<Option<Batch>> {
    let bytes = reader.get(BATCH, &key(place, token), now)?;
    bytes.map(|it| Ok(serde_json::from_slice(&it)?)).transpose()
}

/// The file of a batch, until it is in.
pub(crate) fn file(
    reader: &Reader,
    place: &Jurisdiction,
    token: &str,
    now: i64,
) -> anyhow::Result<Option<Vec<u8>>> {
    reader.get(FILE, &key(place, token), now)
}

/// Whether a row of a batch is in, as a matter or as a repetition.
pub(crate) fn row_is_in(
    reader: &Reader,
    place: &Jurisdiction,
    token: &str,
    row: u32,
) -> anyhow::Result<bool> {
    Ok(reader.get(ROW, &row_key(place, token, row), 0)?.is_some())
}

/// Keeps a batch; until it is begun it is forgotten after a week.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    place: &Jurisdiction,
    token: &str,
    batch: &Batch,
    expires: Option<i64>,
) -> anyhow::Result<()> {
    tx.put(BATCH, &key(place, token), &serde_json::to_vec(batch)?, expires)
}

/// Keeps a batch that was checked, with its file.
pub(crate) fn keep_checked(
    tx: &mut Tx<'_>,
    place: &Jurisdiction,
    token: &str,
    batch: &Batch,
    bytes: &[u8],
    now: i64,
) -> anyhow::Result<()> {
    keep(tx, place, token, batch, Some(now + WAITS))?;
    tx.put(FILE, &key(place, token), bytes, Some(now + WAITS))
}

/// Begins a batch: from here on its matters do not count until it is sealed.
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    place: &Jurisdiction,
    token: &str,
    batch: &Batch,
    bytes: &[u8],
) -> anyhow::Result<()> {
    keep(tx, place, token, batch, None)?;
    tx.put(FILE, &key(place, token), bytes, None)?;
    tx.put(OPEN, &key(place, token), b"", None)
}

/// Notes that a row is in: as a matter, or as a repetition of one that was in before.
pub(crate) fn row_in(
    tx: &mut Tx<'_>,
    place: &Jurisdiction,
    token: &str,
    row: u32,
    matter: Option<MatterId>,
) -> anyhow::Result<()> {
    let text = matter.map(|it| it.to_string()).unwrap_or_default();
    tx.put(ROW, &row_key(place, token, row), text.as_bytes(), None)?;
    if let Some(mut batch) = batch(tx, place, token, 0)? {
        batch.progress.done += 1;
        match matter {
            Some(_) => batch.progress.imported += 1,
            None => batch.progress.repeated += 1,
        }
        keep(tx, place, token, &batch, None)?;
    }
    Ok(())
}

/// Seals a batch: all its matters count from now on; the file is forgotten.
pub(crate) fn seal(tx: &mut Tx<'_>, place: &Jurisdiction, token: &str) -> anyhow::Result<Progress> {
    tx.delete(OPEN, &key(place, token))?;
    tx.delete(FILE, &key(place, token))?;
    let Some(mut batch) = batch(tx, place, token, 0)? else {
        anyhow::bail!("a batch without its record: {token}")
    };
    batch.progress.finished = true;
    batch.progress.failed.clear();
    keep(tx, place, token, &batch, None)?;
    Ok(batch.progress)
}

/// Notes why a batch broke off.
pub(crate) fn broke(
    tx: &mut Tx<'_>,
    place: &Jurisdiction,
    token: &str,
    faults: Vec<RowFault>,
) -> anyhow::Result<()> {
    if let Some(mut batch) = batch(tx, place, token, 0)? {
        batch.progress.failed = faults;
        batch.progress.finished = true;
        keep(tx, place, token, &batch, None)?;
    }
    Ok(())
}

/// The matters of a place's imports that are not complete yet: figures leave them out.
pub(crate) fn unsealed(reader: &Reader, place: &Jurisdiction) -> anyhow::Result<BTreeSet<MatterId>> {
    let mut matters = BTreeSet::new();
    for (open, _) in reader.list(OPEN, &format!("{place}:"), 0)? {
        for (_, text) in reader.list(ROW, &format!("{open}:"), 0)? {
            matters.extend(std::str::from_utf8(&text)?.parse::<MatterId>().ok());
        }
    }
    Ok(matters)
}
