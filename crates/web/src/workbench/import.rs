//! Import: a template, a check of the whole file before anything is written, then the work itself.

use std::sync::Arc;

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use law::Procedure;
use maud::{Markup, html};
use office::import::{self, Checked, Progress, RowFault, Running, RunningClock, SeriesMove};

use crate::{
    components::{chip, cite::cite},
    cx::Cx,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
    words::Tongue,
};

/// Rows of faults shown at once.
const SHOWN_MAX: usize = 200;

/// `/work/import`.
pub(crate) async fn form(cx: Cx) -> Result<Response, Problem> {
    cx.official()?;
    Ok(draw(&cx, None, StatusCode::OK))
}

fn draw(cx: &Cx, fault: Option<&str>, status: StatusCode) -> Response {
    let t = cx.t;
    let office = &cx.app.office;
    let all: Vec<_> = office.laws().procedures().iter().filter_map(|key| office.guide(key)).collect();
    let title = t.say("import-title");
    let body = html! {
        @if let Some(id) = fault {
            div.faults role="alert" tabindex="-1" autofocus { h2 { (t.say("import-not-read")) } p { a href="#file" { (t.say(id)) } } }
        }
        p.lead { (t.say("import-lead")) }
        section aria-labelledby="template" {
            h2 #template { (t.say("import-step-1")) }
            ul.plain { @for it in &all { li { a href={ "/work/import/template/" (it.key) } download { (t.text(&it.name)) " .xlsx" } } } }
        }
        section aria-labelledby="upload" {
            h2 #upload { (t.say("import-step-2")) }
            form.sheet method="post" action="/work/import" enctype="multipart/form-data" {
                (shell::token(cx))
                div.field { label for="procedure" { (t.say("import-procedure")) }
                    select #procedure name="procedure" { @for it in &all { option value=(it.key) { (t.text(&it.name)) } } } }
                div.field { label for="file" { (t.say("import-file")) }
                    p.help #file-help { (t.say("import-file-help")) }
                    input #file name="file" type="file" accept=".xlsx,.xls,.csv" aria-describedby="file-help"; }
                div.actions { button.main type="submit" { (t.say("import-check")) } }
            }
        }
    };
    shell::page(cx, Frame::new(&title).here("import").status(status).faulty(fault.is_some()), body)
}

/// A procedure of the packs; the office's own are not imported.
fn known(cx: &Cx, key: &str) -> Option<Arc<Procedure>> {
    let listed = cx.app.office.laws().procedures().iter().any(|it| it.as_str() == key);
    cx.app.office.guide(key).filter(|_| listed)
}

/// The empty table of a procedure.
pub(crate) async fn template(cx: Cx, Path(key): Path<String>) -> Result<Response, Problem> {
    cx.official()?;
    let procedure = known(&cx, &key).ok_or(Problem::NotFound)?;
    let bytes = import::template(&procedure)?;
    let name = format!("attachment; filename=\"{key}.xlsx\"");
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    Ok(([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// Checks a file and leads to what was found.
pub(crate) async fn check(cx: Cx, posted: Posted) -> Result<Response, Problem> {
    cx.official()?;
    let procedure = posted.get("procedure").to_owned();
    let Some(upload) = posted.files.into_iter().find(|it| it.input == "file") else {
        return Ok(draw(&cx, Some("import-no-file"), StatusCode::UNPROCESSABLE_ENTITY));
    };
    let Some(bytes) = upload.bytes else {
        return Ok(draw(&cx, Some("import-too-large"), StatusCode::PAYLOAD_TOO_LARGE));
    };
    let office = &cx.app.office;
    if known(&cx, &procedure).is_none() {
        return Err(Problem::Unreadable);
    }
    let checked = import::check(office, &cx.caller(), &procedure, &upload.name, bytes).await??;
    let token = checked.token.clone();
    cx.app.checks.keep(&cx.session().await?.token, &token, checked);
    Ok(Redirect::to(&format!("/work/import/job/{token}")).into_response())
}

/// Applies a checked file.
pub(crate) async fn apply(cx: Cx, posted: Posted) -> Result<Response, Problem> {
    cx.official()?;
    let token = posted.get("token").to_owned();
    import::apply(&cx.app.office, &cx.caller(), &token).await??;
    Ok(Redirect::to(&format!("/work/import/job/{}?applied", shell::encode(&token))).into_response())
}

/// What was found in a file, or how far it has been applied.
pub(crate) async fn job(cx: Cx, Path(token): Path<String>) -> Result<Response, Problem> {
    cx.official()?;
    let t = cx.t;
    let applied = cx.uri.query().is_some_and(|it| it.contains("applied"));
    let checked = cx.session.get().and_then(|it| cx.app.checks.look(&it.token, &token));
    if let Some(checked) = checked.filter(|_| !applied) {
        let title = t.say("import-found-title");
        return Ok(shell::page(&cx, Frame::new(&title).here("import"), found(&cx, &checked)));
    }
    let progress = import::progress(&cx.app.office, &cx.caller(), &token)?.ok_or(Problem::NotFound)?;
    let title = t.say(if progress.finished { "import-done-title" } else { "import-going-title" });
    let frame = Frame::new(&title).here("import");
    Ok(shell::page(&cx, frame, going(t, &progress)))
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn found(cx: &Cx, checked: &Checked) -> Markup {
    let t = cx.t;
    html! {
        p.crumb { a href="/work/import" { (t.say("import-title")) } }
        dl.sums {
            div { dt { (t.say("import-rows")) } dd { (checked.rows) } }
            div { dt { (t.say("import-errors")) } dd { (checked.errors.len()) } }
            div { dt { (t.say("import-findings")) } dd { (checked.findings.len()) } }
            div { dt { (t.say("import-repeated")) } dd { (checked.repeated) } }
        }
        @if checked.errors.is_empty() {
            p.good { (t.say("import-clean")) }
            form method="post" action="/work/import/apply" {
                (shell::token(cx))
                input type="hidden" name="token" value=(checked.token);
                div.actions { button.main type="submit" { (t.with("import-apply", &[("n", checked.rows.into())])) } a.button.plain href="/work/import" { (t.say("cancel")) } }
            }
        } @else {
            p.note { (t.say("import-must-mend")) }
            (faults(t, &checked.errors))
        }
        (series(t, &checked.series))
        (running(t, &checked.running))
        @if !checked.findings.is_empty() {
            h2 { (t.say("import-findings-title")) }
            p { (t.say("import-findings-says")) }
            table.cards {
                caption.hidden { (t.say("import-findings-title")) }
                thead { tr { th scope="col" { (t.say("import-row")) } th scope="col" { (t.say("import-act")) } th scope="col" { (t.say("finding")) } th scope="col" { (t.say("basis")) } } }
                tbody { @for it in checked.findings.iter().take(SHOWN_MAX) { tr {
                    th scope="row" { (it.row) }
                    td data-label=(t.say("import-act")) { (t.text(&it.act)) }
                    td data-label=(t.say("finding")) { (t.text(&it.says)) }
                    td data-label=(t.say("basis")) { (cite(t, &it.basis)) }
                } } }
            }
            (more(t, checked.findings.len()))
        }
    }
}

/// How series go on behind the numbers of the file.
fn series(t: Tongue, series: &[SeriesMove]) -> Markup {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let stretch =
        |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from}\u{2013}{to}") };
    html! {
        @if !series.is_empty() {
            h2 { (t.say("import-series-title")) }
            ul { @for it in series { li {
                (t.with("import-series-next", &[("series", t.text(&it.series).into()), ("year", i64::from(it.year).into()), ("next", number(it.next).into())]))
                @if !it.gaps.is_empty() {
                    " " (t.with("import-series-gaps", &[("gaps", it.gaps.iter().map(stretch).collect::<Vec<_>>().join(", ").into())]))
                }
            } } }
        }
    }
}

/// Matters that will stand in the inbox, with their clocks as counted from the dated acts.
fn running(t: Tongue, running: &[Running]) -> Markup {
    html! {
        @if !running.is_empty() {
            h2 { (t.say("import-running-title")) }
            p { (t.count("import-running-says", number(running.len()))) }
            table.cards {
                caption.hidden { (t.say("import-running-title")) }
                thead { tr { th scope="col" { (t.say("import-row")) } th scope="col" { (t.say("row-number")) } th scope="col" { (t.say("row-stage")) } th scope="col" { (t.say("import-clocks")) } } }
                tbody { @for it in running.iter().take(SHOWN_MAX) { tr {
                    th scope="row" { (it.row) }
                    td data-label=(t.say("row-number")) { @if it.number.is_empty() { (t.say("nothing")) } @else { (it.number) } }
                    td data-label=(t.say("row-stage")) { (t.text(&it.stage)) }
                    td data-label=(t.say("import-clocks")) {
                        @if it.clocks.is_empty() { (t.say("state-no-clock")) }
                        @else { ul.plain { @for clock in &it.clocks { li { (one_clock(t, clock)) } } } }
                    }
                } } }
            }
            (more(t, running.len()))
        }
    }
}

fn one_clock(t: Tongue, clock: &RunningClock) -> Markup {
    html! {
        (t.text(&clock.limit)) " "
        @if clock.state == "suspended" { (chip::mark("held", &t.say("state-suspended"))) }
        @else if clock.state == "passed" { (t.say("state-passed")) }
        @else {
            (t.with("import-clock-due", &[("day", t.day(clock.due).into())])) " "
            (chip::mark(chip::pressing(clock.left), &t.left(clock.left, clock.unit)))
            @if clock.provisional { " " span.fine { (t.say("provisional")) } }
        }
    }
}

/// What is wrong with the rows of a file that was sent, as a table.
pub(crate) fn faults(t: Tongue, faults: &[RowFault]) -> Markup {
    html! {
        table.cards {
            caption.hidden { (t.say("import-errors")) }
            thead { tr { th scope="col" { (t.say("import-row")) } th scope="col" { (t.say("import-column")) } th scope="col" { (t.say("import-fault")) } } }
            tbody { @for it in faults.iter().take(SHOWN_MAX) { tr {
                th scope="row" { @if it.row > 0 { (it.row) } @else { (t.say("import-whole-file")) } }
                td data-label=(t.say("import-column")) { (it.column) }
                td data-label=(t.say("import-fault")) { (t.text(&it.says)) }
            } } }
        }
        (more(t, faults.len()))
    }
}

fn more(t: Tongue, all: usize) -> Markup {
    html! { @if all > SHOWN_MAX { p.fine { (t.count("import-more", number(all - SHOWN_MAX))) } } }
}

fn going(t: Tongue, progress: &Progress) -> Markup {
    let sums = [
        ("import-imported", progress.imported.into()),
        ("import-repeated", progress.repeated.into()),
        ("import-failed", number(progress.failed.len())),
    ];
    html! {
        p.crumb { a href="/work/import" { (t.say("import-title")) } }
        label for="bar" { (t.with("import-progress", &[("done", progress.done.into()), ("total", progress.total.into())])) }
        progress #bar max=(progress.total.max(1)) value=(progress.done) {}
        @if !progress.finished {
            p role="status" data-reload { (t.say("import-going-says")) " " a href="?applied" { (t.say("import-going-look")) } }
        }
        dl.sums { @for (id, n) in sums { div { dt { (t.say(id)) } dd { (n) } } } }
        @if !progress.failed.is_empty() { (faults(t, &progress.failed)) }
        @if progress.finished { p.actions { a.button href="/work" { (t.say("nav-inbox")) } } }
    }
}
