//! Applying: what is needed, the form, the check of one's answers, the filing.

use std::sync::Arc;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use law::Procedure;
use maud::html;
use office::{
    ActError,
    view::{FormView, Place},
};

use crate::{
    components::fault::Faults,
    cx::Cx,
    form::{
        answers::Answers,
        sheet::{self, Sheet},
        summary,
        take::{self, Button},
    },
    portal::law::parts,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

/// The place, procedure and form of an address.
struct Applying {
    place: Place,
    procedure: Arc<Procedure>,
    form: FormView,
    base: String,
    key: String,
}

impl Applying {
    fn new(cx: &Cx, (code, key): (String, String)) -> Result<Self, Problem> {
        let place = cx.place(&code)?;
        let openings = cx.app.office.openings(&place.code);
        let (procedure, _) =
            openings.into_iter().find(|(it, _)| it.key.as_str() == key).ok_or(Problem::NotFound)?;
        let form = cx.app.office.opening_form(&cx.caller(), &place.code, &key).ok_or(Problem::NotFound)?;
        let base = format!("/p/{}/apply/{key}", place.code);
        let key = format!("open:{}:{key}", place.code);
        Ok(Self { place, procedure, form, base, key })
    }
}

/// What the procedure is for, what is needed, how long it takes.
pub(crate) async fn guide(cx: Cx, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let it = Applying::new(&cx, path)?;
    let t = cx.t;
    let begun = take::draft(&cx, &it.key)?.is_some();
    let title = t.text(&it.procedure.name);
    let start = html! {
        p.actions {
            a.button.main href={ (it.base) "/form" } { (t.say(if begun { "apply-go-on" } else { "apply-start" })) }
        }
        @if begun { p.fine { (t.say("apply-begun")) } }
    };
    let body = html! {
        p.lead { (t.text(&it.procedure.summary)) }
        (start)
        section aria-labelledby="needed" {
            h2 #needed { (t.say("apply-needed")) }
            (parts::needed(t, &it.form))
        }
        section aria-labelledby="limits" {
            h2 #limits { (t.say("apply-limits")) }
            p { (t.say("apply-limits-says")) }
            (parts::limits(t, &it.procedure))
        }
        section aria-labelledby="ends" {
            h2 #ends { (t.say("apply-ends")) }
            (parts::outcomes(t, &it.procedure))
            p { a href={ "/law/" (it.procedure.key) } { (t.say("apply-law")) } }
        }
        (start)
    };
    Ok(shell::page(&cx, Frame::new(title).place(&it.place).here("home"), body))
}

fn draw(
    cx: &Cx,
    it: &Applying,
    answers: &Answers,
    faults: &Faults,
    status: StatusCode,
    saved: bool,
) -> Response {
    let t = cx.t;
    let (action, go) = (format!("{}/form", it.base), t.say("apply-review"));
    let title = t.with("apply-form", &[("act", t.text(&it.form.act.name).into())]);
    let drawn = Sheet {
        form: &it.form,
        answers,
        faults,
        action: &action,
        go: &go,
        saves: true,
        late: false,
        version: None,
        acts: None,
    };
    let body = html! {
        p.crumb { a href=(it.base) { (t.text(&it.procedure.name)) } }
        @if saved { p.good role="status" { (t.say("draft-saved")) } }
        @if let Some(help) = &it.form.act.help { p.lead { (t.text(help)) } }
        p { (t.say("apply-form-says")) }
        (sheet::sheet(cx, &drawn))
    };
    let frame = Frame::new(&title).place(&it.place).here("home").faulty(!faults.is_empty());
    shell::page(cx, frame.status(status), body)
}

/// The form with what was typed before.
pub(crate) async fn form(cx: Cx, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let it = Applying::new(&cx, path)?;
    cx.session().await?;
    let answers = take::draft(&cx, &it.key)?.unwrap_or_default();
    let saved = cx.uri.query().is_some_and(|it| it.contains("saved"));
    Ok(draw(&cx, &it, &answers, &Faults::default(), StatusCode::OK, saved))
}

/// Takes the form: keeps the draft, changes rows, or goes on to the check.
pub(crate) async fn fill(
    cx: Cx,
    Path(path): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let it = Applying::new(&cx, path)?;
    let mut taken = take::take(&cx, &it.key, &it.form, posted).await?;
    let status =
        if taken.overflowed { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    if taken.faults.is_empty() {
        let to = match taken.button {
            Button::Save => format!("{}/form?saved", it.base),
            Button::Again(place) => format!("{}/form#{place}", it.base),
            Button::Discard => {
                cx.app.office.drop_draft(cx.session().await?, &it.key).await?;
                it.base.clone()
            }
            Button::Go => {
                taken.faults = against(&cx, &it, &taken.answers)?;
                format!("{}/check", it.base)
            }
        };
        if taken.faults.is_empty() {
            return Ok(Redirect::to(&to).into_response());
        }
    }
    Ok(draw(&cx, &it, &taken.answers, &taken.faults, status, false))
}

/// Everything that stands against the answers as they are.
fn against(cx: &Cx, it: &Applying, answers: &Answers) -> Result<Faults, Problem> {
    let given = answers.given(cx.t, &it.form);
    let mut faults = given.faults;
    let session = cx.session.get().ok_or(Problem::Forged)?;
    let checked = cx.app.office.check_inputs(session, &it.place.code, &it.procedure.key, &given.inputs)?;
    if let Err(refusal) = checked {
        faults.refuse(cx.t, &refusal, &given.places);
    }
    faults.arrange(&answers.order(&it.form));
    Ok(faults)
}

/// The answers, to be checked once more before they are sent.
pub(crate) async fn check(cx: Cx, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let it = Applying::new(&cx, path)?;
    let Some(answers) = take::draft(&cx, &it.key)? else {
        return Ok(Redirect::to(&format!("{}/form", it.base)).into_response());
    };
    let faults = against(&cx, &it, &answers)?;
    if !faults.is_empty() {
        return Ok(draw(&cx, &it, &answers, &faults, StatusCode::OK, false));
    }
    let t = cx.t;
    let title = t.say("check-title");
    let edit = format!("{}/form", it.base);
    let body = html! {
        p.crumb { a href=(edit) { (t.say("check-back")) } }
        p.lead { (t.with("check-says", &[("organ", t.text(&it.place.organ).into())])) }
        (summary::summary(t, &it.form, &answers.given(t, &it.form), &edit))
        form method="post" action={ (it.base) "/check" } {
            (shell::token(&cx))
            p.declare { (t.say("check-declare")) }
            div.actions {
                button.main type="submit" { (t.say("check-file")) }
                a.button.plain href=(edit) { (t.say("check-edit")) }
            }
        }
    };
    Ok(shell::page(&cx, Frame::new(&title).place(&it.place).here("home"), body))
}

/// Files the application and leads to the receipt.
pub(crate) async fn file(cx: Cx, Path(path): Path<(String, String)>, _: Posted) -> Result<Response, Problem> {
    let it = Applying::new(&cx, path)?;
    let Some(answers) = take::draft(&cx, &it.key)? else {
        return Ok(Redirect::to(&it.base).into_response());
    };
    let session = cx.session().await?.clone();
    let given = answers.given(cx.t, &it.form);
    let office = &cx.app.office;
    let filed =
        office.file(&session.caller, &it.place.code, &it.procedure.key, given.inputs, "online").await?;
    match filed {
        Ok(receipt) => {
            office.drop_draft(&session, &it.key).await?;
            let (place, from) = (&it.place.code, &cx.from);
            let _ = office.track(&session, place, &receipt.number, &receipt.code, from).await?;
            let to = format!("/p/{}/receipt/{}", it.place.code, receipt.matter);
            let name = receipt.matter.to_string();
            cx.app.receipts.keep(&session.token, &name, receipt);
            Ok(Redirect::to(&to).into_response())
        }
        Err(ActError::Refused(refusal)) => {
            let mut faults = given.faults;
            faults.refuse(cx.t, &refusal, &given.places);
            Ok(draw(&cx, &it, &answers, &faults, StatusCode::UNPROCESSABLE_ENTITY, false))
        }
        Err(ActError::Denied(denied)) => Err(denied.into()),
        Err(ActError::Stale) => Err(Problem::Stale),
    }
}
