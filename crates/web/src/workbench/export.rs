//! Lists of the workbench as files: what the page of the same list shows, whole.

use axum::{extract::Path, response::Response};
use law::Key;
use office::export::{Format, List};
use serde::Deserialize;

use crate::{
    cx::{Cx, Query},
    download,
    problem::Problem,
    workbench::inbox,
};

#[derive(Default, Deserialize)]
pub(crate) struct Sought {
    #[serde(default)]
    q: String,
}

/// `/work/export/inbox/FORMAT?kind=`.
pub(crate) async fn inbox(
    cx: Cx,
    Path(ending): Path<String>,
    Query(asked): Query<inbox::Asked>,
) -> Result<Response, Problem> {
    give(&cx, List::Inbox(asked.view()), &ending).await
}

/// `/work/export/search/FORMAT?q=`.
pub(crate) async fn search(
    cx: Cx,
    Path(ending): Path<String>,
    Query(asked): Query<Sought>,
) -> Result<Response, Problem> {
    give(&cx, List::Search(asked.q.trim().to_owned()), &ending).await
}

/// `/work/export/figures/INDICATOR/YEAR/FORMAT`.
pub(crate) async fn cases(
    cx: Cx,
    Path((indicator, year, ending)): Path<(String, i16, String)>,
) -> Result<Response, Problem> {
    give(&cx, List::Cases { indicator: Key::new(indicator), year }, &ending).await
}

/// A list as a file of the ending's format.
pub(crate) async fn give(cx: &Cx, list: List, ending: &str) -> Result<Response, Problem> {
    let format = Format::of(ending).ok_or(Problem::NotFound)?;
    let exported = cx.app.office.export(&cx.caller(), list, format, cx.t.0).await??;
    Ok(download::exported(exported, format))
}
