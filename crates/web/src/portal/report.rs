//! The year's report, whose figures lead to what they count.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use law::Lang;
use maud::{Markup, html};
use office::view::{ReportView, Run};

use crate::{
    components::figure,
    cx::Cx,
    problem::Problem,
    shell::{self, Frame},
    words::Tongue,
};

/// `/p/CODE/report`: the latest year's.
pub(crate) async fn latest(cx: Cx, Path(code): Path<String>) -> Result<Response, Problem> {
    let place = cx.place(&code)?;
    let years = cx.app.office.report_years(&place.code)?;
    match years.iter().max() {
        Some(year) => Ok(Redirect::to(&format!("/p/{code}/report/{year}")).into_response()),
        None => {
            let title = cx.t.say("report-none");
            let body = html! { p { (cx.t.say("report-none-says")) } };
            Ok(shell::page(&cx, Frame::new(&title).place(&place).here("report"), body))
        }
    }
}

/// `/p/CODE/report/YEAR`, or `YEAR.md` as a file.
pub(crate) async fn show(cx: Cx, Path((code, year)): Path<(String, String)>) -> Result<Response, Problem> {
    let place = cx.place(&code)?;
    let (digits, file) = match year.strip_suffix(".md") {
        Some(digits) => (digits, true),
        None => (year.as_str(), false),
    };
    let year: i16 = digits.parse().map_err(|_| Problem::NotFound)?;
    let report = cx.app.office.report(&place.code, year)?.ok_or(Problem::NotFound)?;
    if file {
        return Ok(markdown(&cx, &report));
    }
    let t = cx.t;
    let mut years = cx.app.office.report_years(&place.code)?;
    years.sort_unstable_by(|a, b| b.cmp(a));
    let body = html! {
        nav.years aria-label=(t.say("report-years")) { ul { @for it in &years {
            li { a href={ "/p/" (code) "/report/" (it) } aria-current=[(*it == year).then_some("page")] { (it) } }
        } } }
        article.report {
            @for (heading, runs) in &report.paragraphs {
                h2 { (t.text(heading)) }
                p { (spans(runs_in(t, runs), &format!("/p/{code}/figures"), year)) }
            }
        }
        details.means {
            summary { (t.say("report-means-title")) }
            (figure::table(t, &report.figures, year, &format!("/p/{code}/figures")))
        }
        p.fine { (t.with("report-computed", &[("at", t.moment(report.computed).into())])) }
        p.actions {
            a.button.plain href={ "/p/" (code) "/report/" (year) ".md" } download { (t.say("report-download")) }
            button.plain type="button" hidden data-print { (t.say("print")) }
        }
    };
    Ok(shell::page(&cx, Frame::new(t.text(&report.title)).place(&place).here("report"), body))
}

fn runs_in(t: Tongue, runs: &office::view::ReportRuns) -> &[Run] {
    match t.0 {
        Lang::Zh => &runs.zh,
        Lang::En => &runs.en,
    }
}

fn spans(runs: &[Run], base: &str, year: i16) -> Markup {
    html! { @for run in runs { @match run {
        Run::Words(words) => (words),
        Run::Figure(key, value) => a.run href={ (base) "/" (key) "/" (year) } { (value) },
    } } }
}

fn markdown(cx: &Cx, report: &ReportView) -> Response {
    let text = office::report_markdown(report, cx.t.0, &cx.app.options.base);
    let name = format!("attachment; filename=\"report-{}-{}.md\"", report.place.code, report.year);
    (
        [
            (header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        text,
    )
        .into_response()
}

/// `/p/CODE/figures/INDICATOR/YEAR`: a figure with its definition; the cases are for officials.
pub(crate) async fn figure(
    cx: Cx,
    Path((code, key, year)): Path<(String, String, i16)>,
) -> Result<Response, Problem> {
    let place = cx.place(&code)?;
    let t = cx.t;
    let found = cx.app.office.figure(&place.code, &key, year)?.ok_or(Problem::NotFound)?;
    let title =
        t.with("figure-title", &[("name", t.text(&found.name).into()), ("year", i64::from(year).into())]);
    let mine = cx.account().is_some_and(|it| it.place == place.code);
    let body = html! {
        p.crumb { a href={ "/p/" (code) "/report/" (year) } { (t.say("nav-report")) } }
        (figure::one(t, &found, year))
        @if mine && found.opens { p { a.button href={ "/work/figures/" (key) "/" (year) } { (t.say("figure-cases")) } } }
        @else { p.fine { (t.say("figure-cases-officials")) } }
    };
    Ok(shell::page(&cx, Frame::new(&title).place(&place).here("report"), body))
}
