//! What the public may read.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use office::{
    export::List,
    view::{Place, PublishedView},
};
use serde::Deserialize;

use crate::{
    components::{chip, cite::cite, pager, take, value},
    cx::{self, Cx, Query},
    problem::Problem,
    shell::{self, Frame},
    words::Tongue,
    workbench::export,
};

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// `/p/CODE/published`: newest first, with a search.
pub(crate) async fn list(
    cx: Cx,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let place = cx.place(&code)?;
    let t = cx.t;
    let page = cx.app.office.publications(&place.code, asked.q.trim(), asked.after.as_deref())?;
    let title = t.say("published-title");
    let path = format!("/p/{code}/published");
    let body = html! {
        p.lead { (t.say("published-lead")) }
        form.seek role="search" method="get" action=(path) aria-label=(t.say("published-search")) {
            label for="q" { (t.say("published-search")) }
            div.row { input #q type="search" name="q" value=(asked.q); button.main type="submit" { (t.say("find")) } }
        }
        @if page.rows.is_empty() { p { (t.say("published-none")) } }
        ul.papers { @for paper in &page.rows { (one_of(t, &place, paper)) } }
        (pager::pager(t, &path, &[("q", &asked.q)], asked.after.as_deref(), page.next.as_deref()))
        @if !page.rows.is_empty() { (take::take(t, &format!("/p/{code}/export/published"), &[("q", &asked.q)])) }
    };
    Ok(shell::page(&cx, Frame::new(&title).place(&place).here("published"), body))
}

/// `/p/CODE/export/published/FORMAT?q=`: the same list as a file.
pub(crate) async fn export(
    cx: Cx,
    Path((code, ending)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let place = cx.place(&code)?.code;
    export::give(&cx, List::Published { place, query: asked.q.trim().to_owned() }, &ending).await
}

fn one_of(t: Tongue, place: &Place, paper: &PublishedView) -> Markup {
    html! { li {
        h2 { a href={ "/p/" (place.code) "/published/" (paper.matter) "/" (paper.key) } { (paper.number) " " (t.text(&paper.name)) } }
        p.fine {
            (t.day(paper.on)) @for body in &paper.bodies { " \u{b7} " (body) }
            @if let Some(outcome) = &paper.outcome { " " (chip::outcome(t, outcome)) }
        }
    } }
}

/// One paper.
pub(crate) async fn one(
    cx: Cx,
    Path((code, id, key)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let place = cx.place(&code)?;
    let t = cx.t;
    let paper = cx.app.office.publication(&place.code, cx::matter(&id)?, &key)?.ok_or(Problem::NotFound)?;
    let title = format!("{} {}", paper.number, t.text(&paper.name));
    let body = html! {
        p.crumb { a href={ "/p/" (code) "/published" } { (t.say("published-title")) } }
        dl.pairs {
            dt { (t.say("published-organ")) } dd { (t.text(&place.organ)) }
            dt { (t.say("published-on")) } dd { (t.day(paper.on)) }
            @for body in &paper.bodies { dt { (t.say("published-body")) } dd { (body) } }
            @if let Some(outcome) = &paper.outcome { dt { (t.say("outcome")) } dd { (chip::outcome(t, outcome)) } }
            dt { (t.say("published-basis")) } dd { (cite(t, &paper.basis)) }
        }
        article.paper {
            @for field in &paper.fields {
                h2 { (t.text(&field.name)) }
                div.paper-text { (value::value(t, field, None)) }
            }
        }
        p.fine { (t.say("published-masked")) }
        p.actions { button.plain type="button" hidden data-print { (t.say("print")) } }
    };
    Ok(shell::page(&cx, Frame::new(&title).place(&place).here("published"), body))
}
