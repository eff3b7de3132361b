//! The case file of a matter: its catalogue on the page, and the whole as one PDF, made while the page
//! tells how far it has come.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::html;
use press::{PressError, wire::Dossier};

use crate::{
    cx::Cx,
    form::act::Door,
    paper,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

/// A case file in the making.
#[derive(Default)]
pub(crate) struct Making {
    done: AtomicUsize,
    of: AtomicUsize,
    made: OnceLock<Result<(Vec<u8>, usize), PressError>>,
}

fn gathered(cx: &Cx, door: &Door) -> Result<Dossier, Problem> {
    let site = cx.app.options.base.trim_end_matches('/');
    Ok(cx.app.office.dossier(&cx.caller(), &door.place.code, door.id, site)??)
}

/// `/work/m/CODE/MATTER/dossier`: the catalogue.
pub(crate) async fn show(cx: Cx, Path((code, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let view = door.matter(&cx, "dossier").await?;
    let dossier = gathered(&cx, &door)?;
    cx.session().await?;
    let t = cx.t;
    let title = t.with("dossier-title", &[("number", view.number.as_str().into())]);
    let body = html! {
        p.crumb { a href=(door.base) { (view.number) } " \u{b7} " (t.text(&view.stage)) }
        p.lead { (t.count("dossier-lead", i64::try_from(dossier.parts.len()).unwrap_or(0))) }
        form method="post" action={ (door.base) "/dossier" } {
            (shell::token(&cx))
            div.actions { button.main type="submit" { (t.say("dossier-make")) } }
        }
        table.cards {
            caption.hidden { (t.say("dossier-catalogue")) }
            thead { tr {
                th scope="col" { (t.say("dossier-place")) } th scope="col" { (t.say("dossier-name")) }
                th scope="col" { (t.say("verify-number")) } th scope="col" { (t.say("verify-date")) }
            } }
            tbody { @for (at, part) in dossier.parts.iter().enumerate() { tr {
                th scope="row" { (at + 1) }
                td data-label=(t.say("dossier-name")) { (part.name) }
                td data-label=(t.say("verify-number")) { @if part.number.is_empty() { (t.say("nothing")) } @else { (part.number) } }
                td data-label=(t.say("verify-date")) { (part.date) }
            } } }
        }
    };
    Ok(shell::page(&cx, Frame::new(&title).place(&door.place).here("inbox"), body))
}

/// Begins to make it.
pub(crate) async fn make(
    cx: Cx,
    Path((code, id)): Path<(String, String)>,
    _: Posted,
) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let dossier = gathered(&cx, &door)?;
    let session = cx.session().await?;
    let name = format!("{id}-{}", cx.app.office.now());
    let name: String = name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect();
    cx.app.dossiers.keep(&session.token, &name, Making::default());
    let making = cx.app.dossiers.look(&session.token, &name).ok_or(Problem::NotFound)?;
    let press = Arc::clone(&cx.app.press);
    tokio::task::spawn_blocking(move || {
        let made = press.dossier(&dossier, &mut |done, of| {
            making.done.store(done, Ordering::Relaxed);
            making.of.store(of, Ordering::Relaxed);
        });
        making.made.set(made).ok();
    });
    Ok(Redirect::to(&format!("{}/dossier/{name}", door.base)).into_response())
}

/// `/work/m/CODE/MATTER/dossier/NAME`: how far it is; the file itself once it is made and `.pdf` is asked.
pub(crate) async fn made(
    cx: Cx,
    Path((code, id, name)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let view = door.matter(&cx, "dossier").await?;
    let session = cx.session.get().ok_or(Problem::NotFound)?;
    let (stem, whole) = name.strip_suffix(".pdf").map_or((name.as_str(), false), |it| (it, true));
    let making = cx.app.dossiers.look(&session.token, stem).ok_or(Problem::NotFound)?;
    let t = cx.t;
    let title = t.with("dossier-title", &[("number", view.number.as_str().into())]);
    if let (true, Some(Ok((bytes, _)))) = (whole, making.made.get()) {
        return Ok(paper::file(&format!("{title}.pdf"), "application/pdf", bytes.clone()));
    }
    let number = |it: usize| i64::try_from(it).unwrap_or(0);
    let (done, of) = (making.done.load(Ordering::Relaxed), making.of.load(Ordering::Relaxed));
    let body = html! {
        p.crumb { a href={ (door.base) "/dossier" } { (t.say("dossier-catalogue")) } }
        @match making.made.get() {
            Some(Ok((_, pages))) => {
                p.good role="status" { (t.count("dossier-made", number(*pages))) }
                p.actions { a.button href={ (door.base) "/dossier/" (stem) ".pdf" } { (t.say("paper-pdf")) } }
            },
            Some(Err(why)) => p.note { (paper::says(t, why)) },
            None => {
                p role="status" { (t.with("dossier-making", &[("done", number(done).into()), ("of", number(of).into())])) }
                progress max=(of.max(1)) value=(done) {}
            },
        }
    };
    let waits = making.made.get().is_none();
    let mut page = shell::page(&cx, Frame::new(&title).place(&door.place).here("inbox"), body);
    if waits {
        // The page asks again by itself, without a script.
        page.headers_mut().insert(header::REFRESH, header::HeaderValue::from_static("1"));
    }
    Ok(page)
}
