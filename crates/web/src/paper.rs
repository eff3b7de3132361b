//! Papers of a matter through either door: read on the page, printed, taken along as PDF or DOCX. And what
//! the address on a paper tells whoever holds it.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use law::Key;
use maud::{Markup, html};
use office::{PaperForm, PaperRef, PaperShown, view::PaperView};
use papers::Document;
use press::PressError;

use crate::{
    components::chip,
    cx::{self, Cx},
    form::act::Door,
    problem::Problem,
    shell::{self, Frame, encode},
    words::Tongue,
};

/// Media type of DOCX.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The list of a matter's papers; `base` is where they are.
pub(crate) fn list(t: Tongue, papers: &[PaperView], base: &str) -> Markup {
    let some = |states: &[&str]| papers.iter().filter(|it| states.contains(&it.state)).collect::<Vec<_>>();
    let free = some(&["free"]);
    html! {
        @if !papers.is_empty() {
            section.papers aria-labelledby="papers" {
                h2 #papers { (t.say("papers-title")) }
                ul.plain { @for it in some(&["issued", "void", "draft"]) { li { (one(t, it, base)) } } }
                @if !free.is_empty() {
                    details { summary { (t.count("papers-free", i64::try_from(free.len()).unwrap_or(0))) }
                        ul.plain { @for it in free { li { (one(t, it, base)) } } } }
                }
            }
        }
    }
}

fn one(t: Tongue, paper: &PaperView, base: &str) -> Markup {
    html! {
        a href={ (base) "/" (address(paper.seq)) "/" (paper.paper) } { (t.text(&paper.name)) }
        @if let Some(number) = &paper.number { " " (number) }
        @if let Some(on) = paper.on { span.fine { " " (t.day(on)) } }
        @match paper.state {
            "void" => { " " (chip::mark("held", &t.say("paper-void"))) },
            "draft" => { " " (chip::mark("soon", &t.say("paper-draft"))) },
            _ => {},
        }
    }
}

fn address(seq: Option<u64>) -> String {
    seq.map_or_else(|| "free".to_owned(), |it| it.to_string())
}

/// Reads which paper an address means, and in which form: `KEY`, `KEY.pdf` or `KEY.docx`.
fn wanted(seq: &str, name: &str) -> Result<(PaperRef, PaperForm), Problem> {
    let (key, form) = match name.rsplit_once('.') {
        Some((key, "pdf")) => (key, PaperForm::Pdf),
        Some((key, "docx")) => (key, PaperForm::Docx),
        _ => (name, PaperForm::Page),
    };
    let seq = match seq {
        "free" => None,
        it => Some(it.parse().map_err(|_| Problem::NotFound)?),
    };
    if !Key::is_well_formed(key) {
        return Err(Problem::NotFound);
    }
    Ok((PaperRef { paper: Key::new(key), seq }, form))
}

/// A paper of a matter.
pub(crate) async fn show(cx: &Cx, door: &Door, seq: &str, name: &str) -> Result<Response, Problem> {
    let (wanted, form) = wanted(seq, name)?;
    let site = cx.app.options.base.trim_end_matches('/');
    let office = &cx.app.office;
    let shown = office.paper(&cx.caller(), &door.place.code, door.id, &wanted, form, site).await??;
    let PaperShown { document, number, stage } = shown;
    // A title broken into lines on paper is one line in the name of a file or a page.
    let title = papers::flat(&document.title).replace('\n', " ");
    match form {
        PaperForm::Docx => match press::docx(&document) {
            Ok(bytes) => Ok(file(&format!("{title}.docx"), DOCX, bytes)),
            Err(why) => Ok(not_now(cx, door, &title, &why)),
        },
        PaperForm::Pdf => match pdf(cx, document).await? {
            Ok(bytes) => Ok(file(&format!("{title}.pdf"), "application/pdf", bytes)),
            Err(why) => Ok(not_now(cx, door, &title, &why)),
        },
        PaperForm::Page => {
            let base = format!("{}/paper/{}/{}", door.base, address(wanted.seq), wanted.paper);
            let t = cx.t;
            let body = html! {
                p.crumb { a href=(door.base) { (number) } " \u{b7} " (t.text(&stage)) }
                p.actions {
                    a.button href={ (base) ".pdf" } { (t.say("paper-pdf")) }
                    a.button.plain href={ (base) ".docx" } { (t.say("paper-docx")) }
                    button.plain type="button" hidden data-print { (t.say("print")) }
                }
                (papers::html(&document))
            };
            let frame = Frame::new(&title).place(&door.place).here(if door.work { "inbox" } else { "track" });
            Ok(shell::page(cx, frame, body))
        }
    }
}

async fn pdf(cx: &Cx, document: Document) -> Result<Result<Vec<u8>, PressError>, Problem> {
    let press = Arc::clone(&cx.app.press);
    let made = tokio::task::spawn_blocking(move || press.paper(&document)).await;
    made.map_err(|error| Problem::from(anyhow::Error::from(error)))
}

/// A file to be kept or looked at, never run.
pub(crate) fn file(name: &str, media: &str, bytes: impl Into<Body>) -> Response {
    let named = format!("inline; filename=\"paper\"; filename*=UTF-8''{}", encode(name).replace('/', "%2F"));
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, named),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'".to_owned()),
    ];
    (headers, bytes.into()).into_response()
}

/// Why there is no file now, with what helps.
fn not_now(cx: &Cx, door: &Door, title: &str, why: &PressError) -> Response {
    let body =
        html! { div.note { p { (says(cx.t, why)) } } p { a href=(door.base) { (cx.t.say("paper-back")) } } };
    let frame = Frame::new(title).place(&door.place).status(StatusCode::SERVICE_UNAVAILABLE);
    shell::page(cx, frame, body)
}

/// Why the press gives nothing now, in words.
pub(crate) fn says(t: Tongue, why: &PressError) -> String {
    match why {
        PressError::NotThere { .. } => t.say("press-not-there"),
        PressError::FontsMissing { packages } => {
            t.with("press-fonts", &[("packages", packages.join(" ").into())])
        }
        PressError::TimedOut { after } => {
            t.with("press-slow", &[("seconds", i64::try_from(after.as_secs()).unwrap_or(0).into())])
        }
        PressError::Died | PressError::Failed { .. } => t.say("press-failed"),
    }
}

type Asked = Path<(String, String, u64, String, String)>;

/// `/verify/CODE/MATTER/SEQ/HASH/PAPER`: the address on a paper.
pub(crate) async fn verify(cx: Cx, Path((code, id, seq, hash, paper)): Asked) -> Result<Response, Problem> {
    let (place, id) = (cx.place(&code)?, cx::matter(&id)?);
    let found = cx.app.office.verify_paper(&place.code, id, seq, &hash, &paper)?;
    let Some(found) = found else { return Err(Problem::NotFound) };
    let t = cx.t;
    let title = t.say("verify-title");
    let body = html! {
        @if found.stands { p.good { strong { (t.say("verify-stands")) } } }
        @else { p.note { strong { (t.say("verify-void")) } } }
        dl.pairs {
            dt { (t.say("verify-paper")) } dd { (t.text(&found.name)) }
            @if let Some(number) = &found.number { dt { (t.say("verify-number")) } dd { (number) } }
            dt { (t.say("verify-organ")) } dd { (t.text(&found.organ)) }
            dt { (t.say("verify-date")) } dd { (t.day(found.on)) }
            dt { (t.say("verify-hash")) } dd { code.hash { (found.hash) } }
        }
        p.fine { (t.say("verify-says")) }
    };
    Ok(shell::page(&cx, Frame::new(&title).place(&place), body))
}
