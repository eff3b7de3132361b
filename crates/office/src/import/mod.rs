//! Import. (A stand-in of the lead's so that other rooms compile; the room's owner replaces it.)

use law::{Citation, Procedure, Text};

use crate::{Caller, Denied, Office};

/// See the commission.
#[derive(Clone, Debug)]
pub struct RowFault {
    pub row: u32,
    pub column: String,
    pub says: Text,
}
/// See the commission.
#[derive(Clone, Debug)]
pub struct RowFinding {
    pub row: u32,
    pub act: Text,
    pub says: Text,
    pub basis: Vec<Citation>,
}
/// See the commission.
#[derive(Clone, Debug)]
pub struct Checked {
    pub token: String,
    pub rows: u32,
    pub errors: Vec<RowFault>,
    pub findings: Vec<RowFinding>,
    pub repeated: u32,
}
/// See the commission.
#[derive(Clone, Debug)]
pub struct Progress {
    pub done: u32,
    pub total: u32,
    pub finished: bool,
    pub imported: u32,
    pub repeated: u32,
    pub failed: Vec<RowFault>,
}
/// See the commission.
pub struct Job;
/// See the commission.
pub fn template(_: &Procedure) -> anyhow::Result<Vec<u8>> {
    Ok(Vec::new())
}
/// See the commission.
pub async fn check(_: &Office, _: &Caller, _: &str, _: &str, _: Vec<u8>) -> anyhow::Result<Result<Checked, Denied>> {
    Ok(Err(Denied::NotYours))
}
/// See the commission.
pub async fn apply(_: &Office, _: &Caller, _: &str) -> anyhow::Result<Result<Job, Denied>> {
    Ok(Err(Denied::NotYours))
}
/// See the commission.
pub fn progress(_: &Office, _: &Caller, _: &str) -> anyhow::Result<Option<Progress>> {
    Ok(None)
}
pub(crate) fn unsealed(
    _: &store::Reader,
    _: &engine::Jurisdiction,
) -> anyhow::Result<std::collections::BTreeSet<engine::MatterId>> {
    Ok(std::collections::BTreeSet::new())
}
