//! Import of dated acts from spreadsheets.
//!
//! A file holds one matter in a row: the day of each act and what was given with it, never an outcome. Further rows
//! with the same own number and no opening act bring further acts of the matter: those of one kind of item in one row
//! belong to one item. The whole file
//! is checked first: every row is run through the engine up to its last act, and all faults of identity, type and
//! arithmetic are told at once, by row and column; failed conditions of time, form and order are findings, recorded
//! and listed. Then each row is one write job in the background queue. A row is known again by file, place in it and
//! its own case number (or all it says), so that the same file imports nothing twice and a broken-off import goes on
//! where it stopped. Figures see the batch only when its last row is in (see [`batch`]).

mod batch;
mod bring;
mod check;
mod column;
mod day;
mod number;
mod review;
mod row;
mod run;
mod say;
mod table;
mod template;
mod text;
mod zip;

use engine::{Jurisdiction, MatterId};
use law::{Citation, Key, Text};
use serde::{Deserialize, Serialize};
use store::Queue;

use crate::{
    access::{Caller, Denied, Right, may},
    open::Office,
};

pub(crate) use batch::unsealed;
pub use number::SeriesMove;
pub use review::{Running, RunningClock};
pub(crate) use say::{Word, letter, say};
pub use template::{headers, template, template_csv};

/// Something in a file that keeps it from being imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// Row in the sheet, the header's is 1; 0 for the file as a whole.
    pub row: u32,
    /// Letter of the column; empty for the row as a whole.
    pub column: String,
    /// What is wrong.
    pub says: Text,
}

/// Something in a row that was not in order and is recorded all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFinding {
    /// Row in the sheet.
    pub row: u32,
    /// Of which act.
    pub act: Text,
    /// What was not in order.
    pub says: Text,
    /// Articles.
    pub basis: Vec<Citation>,
}

/// What was found in a file.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Names the file for [`apply`] and [`progress`].
    pub token: String,
    /// Rows in it.
    pub rows: u32,
    /// Everything that must be put right first.
    pub errors: Vec<RowFault>,
    /// Everything that is recorded as a defect.
    pub findings: Vec<RowFinding>,
    /// Rows that are in already and will be passed over.
    pub repeated: u32,
    /// Matters that are not over, as they will stand in the inbox.
    pub running: Vec<Running>,
    /// Series whose numbers the file gives, as they will stand.
    pub series: Vec<SeriesMove>,
}

/// An import that is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Names it.
    pub token: String,
    /// Rows it has.
    pub total: u32,
}

/// How far an import is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows that are in, as matters or as repetitions.
    pub done: u32,
    /// Rows of the file.
    pub total: u32,
    /// Whether it is over. With `failed` empty all rows are in and counted.
    pub finished: bool,
    /// Rows that became matters.
    pub imported: u32,
    /// Rows passed over because they were in before.
    pub repeated: u32,
    /// Why it broke off, if it did. Starting it again goes on where it stopped.
    pub failed: Vec<RowFault>,
}

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows of the file.
    pub rows: u32,
    /// Rows that became matters.
    pub imported: u32,
    /// Rows passed over because they were in before.
    pub repeated: u32,
    /// Everything that was recorded as a defect now.
    pub findings: Vec<RowFinding>,
    /// Matters brought in now that are not over.
    pub running: Vec<Running>,
    /// Series whose numbers the file gave, as they stand.
    pub series: Vec<SeriesMove>,
}

/// Where a caller may import, and as whom.
fn desk_of(caller: &Caller) -> Result<(Jurisdiction, String), Denied> {
    let Some(account) = &caller.account else { return Err(Denied::SignInFirst) };
    may(caller, Right::Import(&account.place))?;
    Ok((account.place.clone(), account.id.clone()))
}

/// Checks a file and keeps it for a week, to be applied.
///
/// # Errors
/// If the store fails.
pub async fn check(
    office: &Office,
    caller: &Caller,
    procedure: &str,
    name: &str,
    bytes: Vec<u8>,
) -> anyhow::Result<Result<Checked, Denied>> {
    let (place, account) = match desk_of(caller) {
        Ok(it) => it,
        Err(denied) => return Ok(Err(denied)),
    };
    let (office, procedure, name) = (office.clone(), procedure.to_owned(), name.to_owned());
    let work = move || check_now(&office, &place, &account, &procedure, &name, &bytes);
    Ok(Ok(tokio::task::spawn_blocking(work).await??))
}

fn check_now(
    office: &Office,
    place: &Jurisdiction,
    account: &str,
    procedure: &str,
    name: &str,
    bytes: &[u8],
) -> anyhow::Result<Checked> {
    let sheet = match check::Sheet::read(office, place, procedure, bytes) {
        Ok(sheet) => sheet,
        Err(errors) => {
            let token = batch::token(place, procedure, engine::Hash::of(bytes));
            return Ok(Checked { token, errors, ..Checked::default() });
        }
    };
    let checked = check::check_rows(office, &sheet, place, account)?;
    let now = office.clock().now().as_second();
    let known = office.store().read(|it| batch::batch(it, place, &sheet.token, now))?;
    let begun = known.is_some_and(|it| it.progress.done > 0 || it.progress.finished);
    if checked.errors.is_empty() && !begun {
        let batch = new_batch(&sheet, procedure, name);
        let (place, token, bytes) = (place.clone(), sheet.token.clone(), bytes.to_vec());
        let job = move |tx: &mut store::Tx<'_>| batch::keep_checked(tx, &place, &token, &batch, &bytes, now);
        office.store().write(Queue::Background, job).wait()?;
    }
    Ok(checked)
}

fn new_batch(sheet: &check::Sheet, procedure: &str, name: &str) -> batch::Batch {
    batch::Batch {
        procedure: procedure.into(),
        name: name.to_owned(),
        file: sheet.file,
        progress: Progress { total: sheet.rows(), ..Progress::default() },
    }
}

/// Starts bringing in a checked file, in a thread of its own; [`progress`] tells how far it is. Starting one that
/// broke off goes on where it stopped, starting a finished one changes nothing.
///
/// # Errors
/// If the store fails or no file was checked under this token.
pub async fn apply(office: &Office, caller: &Caller, token: &str) -> anyhow::Result<Result<Job, Denied>> {
    let (place, account) = match desk_of(caller) {
        Ok(it) => it,
        Err(denied) => return Ok(Err(denied)),
    };
    let now = office.clock().now().as_second();
    let found = office
        .store()
        .read(|it| Ok((batch::batch(it, &place, token, now)?, batch::file(it, &place, token, now)?)))?;
    let (batch, bytes) = match found {
        (Some(batch), Some(bytes)) => (batch, bytes),
        (Some(batch), None) if batch.progress.finished => {
            return Ok(Ok(Job { token: token.to_owned(), total: batch.progress.total }));
        }
        _ => return Ok(Err(Denied::NotYours)),
    };
    let job = Job { token: token.to_owned(), total: batch.progress.total };
    let (office, token) = (office.clone(), token.to_owned());
    begin(&office, &place, &token, batch.clone(), &bytes).await?;
    std::thread::Builder::new().name("import".to_owned()).spawn(move || {
        let went = bring(&office, &place, &account, &batch.procedure, &bytes, |_| {});
        let faults = match went {
            Ok(Ok(_)) => return,
            Ok(Err(faults)) => faults,
            Err(error) => {
                let says = say::say("import-broken", &[("why", error.to_string().as_str().into())]);
                vec![RowFault { row: 0, column: String::new(), says }]
            }
        };
        let told = office
            .store()
            .write(Queue::Background, move |tx| batch::broke(tx, &place, &token, faults))
            .wait();
        // The store itself failed: the batch stays as it is and can be started again.
        told.ok();
    })?;
    Ok(Ok(job))
}

async fn begin(
    office: &Office,
    place: &Jurisdiction,
    token: &str,
    mut batch: batch::Batch,
    bytes: &[u8],
) -> anyhow::Result<()> {
    batch.progress.failed.clear();
    batch.progress.finished = false;
    let (place, token, bytes) = (place.clone(), token.to_owned(), bytes.to_vec());
    let job = move |tx: &mut store::Tx<'_>| batch::begin(tx, &place, &token, &batch, &bytes);
    office.store().write(Queue::Background, job).await
}

/// What bringing in came to: how far it is and the defects recorded, or what keeps the file out.
type Brought = Result<(Progress, Vec<RowFinding>), Vec<RowFault>>;

fn bring(
    office: &Office,
    place: &Jurisdiction,
    account: &str,
    procedure: &str,
    bytes: &[u8],
    told: impl FnMut(Progress),
) -> anyhow::Result<Brought> {
    match check::Sheet::read(office, place, procedure, bytes) {
        Ok(sheet) => bring::bring_in(office, &sheet, place, account, told),
        Err(faults) => Ok(Err(faults)),
    }
}

/// How far an import of the caller's place is; `None` if there is none of this token.
///
/// # Errors
/// If the store fails.
pub fn progress(office: &Office, caller: &Caller, token: &str) -> anyhow::Result<Option<Progress>> {
    let Ok((place, _)) = desk_of(caller) else { return Ok(None) };
    let now = office.clock().now().as_second();
    Ok(office.store().read(|it| batch::batch(it, &place, token, now))?.map(|it| it.progress))
}

/// Checks a file and brings it in, waiting until all of it is in; for the command line. `told` is called now and then.
///
/// # Errors
/// If the caller may not import, or the store fails; what is in stays, and importing the file again goes on there.
pub fn import_file(
    office: &Office,
    caller: &Caller,
    procedure: &str,
    name: &str,
    bytes: &[u8],
    told: impl FnMut(Progress),
) -> anyhow::Result<Result<Imported, Vec<RowFault>>> {
    let (place, account) =
        desk_of(caller).map_err(|it| anyhow::anyhow!("the caller may not import: {it:?}"))?;
    let sheet = match check::Sheet::read(office, &place, procedure, bytes) {
        Ok(sheet) => sheet,
        Err(faults) => return Ok(Err(faults)),
    };
    let checked = check::check_rows(office, &sheet, &place, &account)?;
    if !checked.errors.is_empty() {
        return Ok(Err(checked.errors));
    }
    let now = office.clock().now().as_second();
    let known = office.store().read(|it| batch::batch(it, &place, &sheet.token, now))?;
    let rows = sheet.rows();
    if known.as_ref().is_some_and(|it| it.progress.finished && it.progress.failed.is_empty()) {
        return Ok(Ok(Imported { rows, repeated: rows, ..Imported::default() }));
    }
    let before = known.as_ref().map_or(0, |it| it.progress.imported);
    let mut batch = known.unwrap_or_else(|| new_batch(&sheet, procedure, name));
    (batch.progress.failed, batch.progress.finished) = (Vec::new(), false);
    let (at, token, kept) = (place.clone(), sheet.token.clone(), bytes.to_vec());
    let job = move |tx: &mut store::Tx<'_>| batch::begin(tx, &at, &token, &batch, &kept);
    office.store().write(Queue::Background, job).wait()?;
    Ok(bring::bring_in(office, &sheet, &place, &account, told)?.map(|(progress, findings)| {
        let imported = progress.imported - before;
        let (running, series) = (checked.running, checked.series);
        Imported { rows, imported, repeated: rows - imported, findings, running, series }
    }))
}

/// The procedures whose dated acts a file can hold, by its headers.
pub fn fitting(office: &Office, place: &Jurisdiction, bytes: &[u8]) -> Vec<Key> {
    let fits = |key: &Key| check::Sheet::read(office, place, key, bytes).is_ok();
    office.laws().procedures().into_iter().filter(fits).collect()
}

/// The matter that was brought in under an office's own case number.
///
/// # Errors
/// If the store fails.
pub fn find_own(
    office: &Office,
    place: &Jurisdiction,
    procedure: &str,
    own: &str,
) -> anyhow::Result<Option<MatterId>> {
    office.store().read(|it| it.claimed_by(place, &row::own_claim(procedure, own)))
}
