//! The case file of a matter: its catalogue on the page, and the whole as one PDF, made while the page
//! tells how far it has come.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    body::Bytes,
    extract::Path,
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::html;
use office::PaperForm;
use press::{PressError, wire::Dossier};

use crate::{
    cx::Cx,
    form::act::Door,
    paper,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
    stash::{Claim, Keepable},
};

/// A case file in the making.
#[derive(Default)]
pub(crate) struct Making {
    done: AtomicUsize,
    of: AtomicUsize,
    made: OnceLock<Result<(Bytes, usize), PressError>>,
}

impl Keepable for Making {
    fn is_busy(&self) -> bool {
        self.made.get().is_none()
    }

    fn has_failed(&self) -> bool {
        matches!(self.made.get(), Some(Err(_)))
    }
}

/// The making of one: however it ends, the visitor leaving before it is gathered included, it is over then.
struct Work(Arc<Making>);

impl Drop for Work {
    fn drop(&mut self) {
        self.0.made.set(Err(PressError::Died)).ok();
    }
}

async fn gathered(cx: &Cx, door: &Door, form: PaperForm) -> Result<Dossier, Problem> {
    let site = cx.app.options.base.trim_end_matches('/');
    Ok(cx.app.office.dossier(&cx.caller(), &door.place.code, door.id, form, site).await??)
}

/// The number and version of the matter whose case file the caller may have now.
fn now(cx: &Cx, door: &Door) -> Result<(String, u64), Problem> {
    Ok(cx.app.office.dossier_now(&cx.caller(), &door.place.code, door.id)??)
}

/// `/work/m/CODE/MATTER/dossier`: the catalogue.
pub(crate) async fn show(cx: Cx, Path((code, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let dossier = gathered(&cx, &door, PaperForm::Page).await?;
    cx.session().await?;
    let t = cx.t;
    let title = t.with("dossier-title", &[("number", dossier.number.as_str().into())]);
    let body = html! {
        p.crumb { a href=(door.base) { (dossier.number) } }
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

/// What the case files of a matter are kept under: this, and its version.
fn stem(door: &Door) -> String {
    format!("{}-{}-", door.place.code, door.id)
}

/// Begins to make it, unless it is there as the matter stands.
pub(crate) async fn make(
    cx: Cx,
    Path((code, id)): Path<(String, String)>,
    _: Posted,
) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let (_, version) = now(&cx, &door)?;
    let name = format!("{}{version}", stem(&door));
    match cx.app.dossiers.claim(&cx.session().await?.token, &name, Making::default()) {
        Claim::New(making) => begin(&cx, &door, Work(making)).await?,
        Claim::There => {}
        Claim::Full => return Err(Problem::Busy),
    }
    Ok(Redirect::to(&format!("{}/dossier/{name}", door.base)).into_response())
}

async fn begin(cx: &Cx, door: &Door, work: Work) -> Result<(), Problem> {
    let dossier = gathered(cx, door, PaperForm::Pdf).await?;
    let press = Arc::clone(&cx.app.press);
    tokio::task::spawn_blocking(move || {
        let making = &work.0;
        let made = press.dossier(&dossier, &mut |done, of| {
            making.done.store(done, Ordering::Relaxed);
            making.of.store(of, Ordering::Relaxed);
        });
        making.made.set(made.map(|(bytes, pages)| (bytes.into(), pages))).ok();
    });
    Ok(())
}

/// `/work/m/CODE/MATTER/dossier/NAME`: how far it is; the file itself once it is made and `.pdf` is asked.
pub(crate) async fn made(
    cx: Cx,
    Path((code, id, name)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let (number, _) = now(&cx, &door)?;
    let (name, whole) = name.strip_suffix(".pdf").map_or((name.as_str(), false), |it| (it, true));
    if !name.starts_with(&stem(&door)) {
        return Err(Problem::NotFound);
    }
    let session = cx.session.get().ok_or(Problem::NotFound)?;
    let making = cx.app.dossiers.look(&session.token, name).ok_or(Problem::NotFound)?;
    let t = cx.t;
    let title = t.with("dossier-title", &[("number", number.as_str().into())]);
    if let (true, Some(Ok((bytes, _)))) = (whole, making.made.get()) {
        cx.app.office.give_dossier(&cx.caller(), &door.place.code, door.id).await??;
        return Ok(paper::file(&format!("{title}.pdf"), "application/pdf", bytes.clone()));
    }
    let number = |it: usize| i64::try_from(it).unwrap_or(0);
    let (done, of) = (making.done.load(Ordering::Relaxed), making.of.load(Ordering::Relaxed));
    let body = html! {
        p.crumb { a href={ (door.base) "/dossier" } { (t.say("dossier-catalogue")) } }
        @match making.made.get() {
            Some(Ok((_, pages))) => {
                p.good role="status" { (t.count("dossier-made", number(*pages))) }
                p.actions { a.button href={ (door.base) "/dossier/" (name) ".pdf" } { (t.say("paper-pdf")) } }
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
