//! The year's figures; each opens the matters behind it.

use axum::{extract::Path, response::Response};
use maud::html;
use serde::Deserialize;

use crate::{
    components::{figure, pager, rows, take},
    cx::{Cx, Query},
    problem::Problem,
    shell::{self, Frame},
};

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    year: Option<i16>,
    after: Option<String>,
}

/// `/work/figures?year=`.
pub(crate) async fn show(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let place = cx.official()?.place.clone();
    let t = cx.t;
    let office = &cx.app.office;
    let this = office.now().year();
    let year = asked.year.unwrap_or(this);
    let figures = office.figures(&cx.caller(), year)??;
    let mut years = office.report_years(&place)?;
    years.push(this);
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let title = t.with("figures-title", &[("year", i64::from(year).into())]);
    let body = html! {
        nav.years aria-label=(t.say("report-years")) { ul { @for it in &years {
            li { a href={ "/work/figures?year=" (it) } aria-current=[(*it == year).then_some("page")] { (it) } }
        } } }
        (figure::table(t, &figures, year, "/work/figures"))
        p.actions { a.button.plain href={ "/p/" (place) "/report/" (year) } { (t.say("figures-report")) } " " a.button.plain href="/work/printed" { (t.say("printed-title")) } }
    };
    Ok(shell::page(&cx, Frame::new(&title).here("figures").wide(), body))
}

/// `/work/figures/INDICATOR/YEAR`: the matters that the figure counts.
pub(crate) async fn cases(
    cx: Cx,
    Path((key, year)): Path<(String, i16)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let place = cx.official()?.place.clone();
    let t = cx.t;
    let found = cx.app.office.figure(&place, &key, year)?.ok_or(Problem::NotFound)?;
    let title =
        t.with("figure-title", &[("name", t.text(&found.name).into()), ("year", i64::from(year).into())]);
    let after = asked.after.as_deref();
    let page = cx.app.office.figure_cases(&cx.caller(), &key, year, after).await??;
    let path = format!("/work/figures/{key}/{year}");
    let body = html! {
        p.crumb { a href={ "/work/figures?year=" (year) } { (t.with("figures-title", &[("year", i64::from(year).into())])) } }
        (figure::one(t, &found, year))
        @if page.rows.is_empty() { p.empty { (t.say("figure-no-cases")) } }
        @else { (rows::rows(t, &page.rows, &format!("/work/m/{place}"), &title)) }
        (pager::pager(t, &path, &[], after, page.next.as_deref()))
        @if !page.rows.is_empty() { (take::take(t, &format!("/work/export/figures/{key}/{year}"), &[])) }
    };
    Ok(shell::page(&cx, Frame::new(&title).here("figures").wide(), body))
}
