//! Printed numbers: those of a published report held against the place's records.

use axum::{http::StatusCode, response::Response};
use figures::Period;
use maud::{Markup, html};
use office::printed::{ClaimView, Verdict};

use crate::{
    cx::Cx,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
    words::Tongue,
    workbench::import,
};

/// `/work/printed`.
pub(crate) async fn form(cx: Cx) -> Result<Response, Problem> {
    cx.official()?;
    let year = cx.app.office.now().year();
    Ok(draw(&cx, year, None, StatusCode::OK, html! {}))
}

/// Checks a table that was sent.
pub(crate) async fn check(cx: Cx, posted: Posted) -> Result<Response, Problem> {
    cx.official()?;
    let now = cx.app.office.now().year();
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let year = posted.get("year").trim().parse::<i16>().ok().filter(|it| Period::year(*it).is_some());
    let Some(year) = year else {
        return Ok(draw(&cx, now, Some("printed-no-year"), refused, html! {}));
    };
    let Some(upload) = posted.files.into_iter().find(|it| it.input == "file") else {
        return Ok(draw(&cx, year, Some("import-no-file"), refused, html! {}));
    };
    let Some(bytes) = upload.bytes else {
        return Ok(draw(&cx, year, Some("import-too-large"), StatusCode::PAYLOAD_TOO_LARGE, html! {}));
    };
    let (office, caller) = (cx.app.office.clone(), cx.caller());
    // A report may print hundreds of numbers, each counted anew.
    let work = move || office.check_own_printed(&caller, year, &bytes);
    let checked = tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?;
    let t = cx.t;
    Ok(match checked?? {
        Ok(found) => draw(&cx, year, None, StatusCode::OK, table(t, &found, year)),
        Err(wrong) => draw(&cx, year, Some("printed-not-read"), refused, import::faults(t, &wrong)),
    })
}

fn draw(cx: &Cx, year: i16, fault: Option<&str>, status: StatusCode, below: Markup) -> Response {
    let t = cx.t;
    let title = t.say("printed-title");
    let body = html! {
        p.crumb { a href={ "/work/figures?year=" (year) } { (t.with("figures-title", &[("year", i64::from(year).into())])) } }
        @if let Some(id) = fault {
            div.faults role="alert" tabindex="-1" autofocus { h2 { (t.say(id)) } p { a href="#file" { (t.say("printed-file")) } } }
        }
        p.lead { (t.say("printed-lead")) }
        form.sheet method="post" action="/work/printed" enctype="multipart/form-data" {
            (shell::token(cx))
            div.field { label for="year" { (t.say("printed-year")) }
                input #year name="year" inputmode="numeric" value=(year) required; }
            div.field { label for="file" { (t.say("printed-file")) }
                p.help #file-help { (t.say("printed-file-help")) }
                input #file name="file" type="file" accept=".csv" aria-describedby="file-help"; }
            div.actions { button.main type="submit" { (t.say("printed-check")) } }
        }
        (below)
    };
    shell::page(cx, Frame::new(&title).here("figures").wide().status(status).faulty(fault.is_some()), body)
}

/// What was found of every number; those that cannot be true say why.
fn table(t: Tongue, found: &[ClaimView], year: i16) -> Markup {
    let count = |kind: Verdict| i64::try_from(found.iter().filter(|it| it.kind == kind).count()).unwrap_or(0);
    let sums = [Verdict::Equal, Verdict::Within, Verdict::Otherwise, Verdict::Fails, Verdict::Missing];
    html! {
        dl.sums { @for kind in sums { div { dt { (t.text(&office::printed::finding(kind))) } dd { (count(kind)) } } } }
        table.cards {
            caption.hidden { (t.say("printed-title")) }
            thead { tr {
                @for id in ["printed-words", "printed-printed", "printed-computed", "printed-finding", "printed-indicator", "printed-why"] {
                    th scope="col" { (t.say(id)) }
                }
            } }
            tbody { @for it in found { tr {
                th scope="row" { (it.locator) " " span.fine { (it.claim) } }
                td.number data-label=(t.say("printed-printed")) { (t.text(&it.printed)) }
                td.number data-label=(t.say("printed-computed")) { (it.computed.as_deref().unwrap_or(&t.say("nothing"))) }
                td data-label=(t.say("printed-finding")) { @if it.kind == Verdict::Fails { strong { (t.text(&it.finding)) } } @else { (t.text(&it.finding)) } }
                td data-label=(t.say("printed-indicator")) {
                    a href={ "/work/figures/" (it.indicator) "/" (year) } { (t.text(&it.name)) }
                    @if let Some(base) = &it.base { br; span.fine { (t.with("figure-of-base", &[("base", t.text(base).into())])) } }
                }
                td data-label=(t.say("printed-why")) { @if !it.reasons.is_empty() { ul { @for why in &it.reasons { li { (t.text(why)) } } } } }
            } } }
        }
    }
}
