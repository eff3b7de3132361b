//! Finding a matter by number, party or body.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use crate::{
    components::{rows, take},
    cx::{Cx, Query},
    problem::Problem,
    shell::{self, Frame},
};

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

/// `/work/search?q=`.
pub(crate) async fn show(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let place = cx.official()?.place.clone();
    let t = cx.t;
    let wanted = asked.q.trim();
    let found =
        if wanted.is_empty() { Vec::new() } else { cx.app.office.search(&cx.caller(), wanted).await?? };
    let title = t.say("search-title");
    let caption = t
        .with("search-found", &[("q", wanted.into()), ("n", i64::try_from(found.len()).unwrap_or(0).into())]);
    let body = html! {
        form.seek role="search" method="get" action="/work/search" aria-label=(t.say("search-again")) {
            label for="q" { (t.say("search-again")) }
            div.row { input #q type="search" name="q" value=(wanted); button.main type="submit" { (t.say("find")) } }
            p.help { (t.say("search-help")) }
        }
        @if !wanted.is_empty() { p role="status" { (caption) } }
        @if !found.is_empty() {
            (rows::rows(t, &found, &format!("/work/m/{place}"), &caption))
            (take::take(t, "/work/export/search", &[("q", wanted)]))
        }
    };
    Ok(shell::page(&cx, Frame::new(&title).wide(), body))
}
