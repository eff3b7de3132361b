//! Intake at the counter: the citizen's form, filled in by an official.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::html;
use office::{ActError, view::FormView};

use crate::{
    components::fault::Faults,
    cx::{self, Cx},
    form::{
        answers::Answers,
        sheet::{self, Sheet},
        take::{self, Button},
    },
    portal::receipt as paper,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

/// `/work/new`: what can be taken in.
pub(crate) async fn list(cx: Cx) -> Result<Response, Problem> {
    let place = cx.official()?.place.clone();
    let t = cx.t;
    let title = t.say("intake-title");
    let openings = cx.app.office.desk_openings(&cx.caller(), &place);
    let body = html! {
        p.lead { (t.say("intake-lead")) }
        ul.tiles { @for (procedure, act) in &openings { li {
            a.tile href={ "/work/new/" (procedure.key) } { strong { (t.text(&procedure.name)) } span { (t.text(&act.name)) } }
        } } }
    };
    Ok(shell::page(&cx, Frame::new(&title).here("new"), body))
}

fn opening(cx: &Cx, key: &str) -> Result<FormView, Problem> {
    let place = &cx.official()?.place;
    let offered =
        cx.app.office.desk_openings(&cx.caller(), place).iter().any(|(it, _)| it.key.as_str() == key);
    let form = cx.app.office.opening_form(&cx.caller(), place, key).filter(|_| offered);
    form.ok_or(Problem::NotFound)
}

fn draw(
    cx: &Cx,
    key: &str,
    form: &FormView,
    answers: &Answers,
    faults: &Faults,
    status: StatusCode,
) -> Response {
    let t = cx.t;
    let title = t.with("intake-form", &[("act", t.text(&form.act.name).into())]);
    let (action, go) = (format!("/work/new/{key}"), t.say("intake-go"));
    let drawn = Sheet {
        form,
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
        p.crumb { a href="/work/new" { (t.say("intake-title")) } }
        @if cx.uri.query().is_some_and(|it| it.contains("saved")) { p.good role="status" { (t.say("draft-saved")) } }
        (sheet::sheet(cx, &drawn))
    };
    shell::page(cx, Frame::new(&title).here("new").status(status).faulty(!faults.is_empty()), body)
}

/// The form with what was typed before.
pub(crate) async fn form(cx: Cx, Path(key): Path<String>) -> Result<Response, Problem> {
    let form = opening(&cx, &key)?;
    let answers = take::draft(&cx, &format!("counter:{key}"))?.unwrap_or_default();
    Ok(draw(&cx, &key, &form, &answers, &Faults::default(), StatusCode::OK))
}

/// Takes the form; files it when asked to.
pub(crate) async fn fill(cx: Cx, Path(key): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let form = opening(&cx, &key)?;
    let place = cx.official()?.place.clone();
    let draft = format!("counter:{key}");
    let mut taken = take::take(&cx, &draft, &form, posted).await?;
    let given = taken.answers.given(cx.t, &form);
    taken.faults.fields.extend(given.faults.fields);
    let status =
        if taken.overflowed { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    if taken.faults.is_empty() {
        let page = format!("/work/new/{key}");
        match taken.button {
            Button::Save => return Ok(Redirect::to(&format!("{page}?saved")).into_response()),
            Button::Again(at) => return Ok(Redirect::to(&format!("{page}#{at}")).into_response()),
            Button::Discard | Button::Go => {}
        }
        match cx.app.office.file(&cx.caller(), &place, &key, given.inputs, "counter").await? {
            Ok(receipt) => {
                let session = cx.session().await?;
                cx.app.office.drop_draft(session, &draft).await?;
                let name = receipt.matter.to_string();
                let to = format!("/work/receipt/{name}");
                cx.app.receipts.keep(&session.token, &name, receipt);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(ActError::Refused(refusal)) => taken.faults.refuse(cx.t, &refusal, &given.places),
            Err(ActError::Denied(denied)) => return Err(denied.into()),
            Err(ActError::Stale) => return Err(Problem::Stale),
        }
    }
    taken.faults.arrange(&taken.answers.order(&form));
    Ok(draw(&cx, &key, &form, &taken.answers, &taken.faults, status))
}

/// `/work/receipt/MATTER`: to be printed and handed over.
pub(crate) async fn receipt(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = cx::matter(&id)?;
    let place = cx.home().ok_or(Problem::NotFound)?;
    let session = cx.session.get().ok_or(Problem::NotFound)?;
    let receipt = cx.app.receipts.look(&session.token, &id.to_string()).ok_or(Problem::NotFound)?;
    let title = cx.t.say("receipt-title");
    let body = html! {
        (paper::paper(&cx, &place, &receipt))
        p.actions {
            a.button href={ "/work/m/" (receipt.jurisdiction) "/" (id) } { (cx.t.say("receipt-matter")) }
            button.plain type="button" hidden data-print { (cx.t.say("print")) }
        }
    };
    Ok(shell::page(&cx, Frame::new(&title).here("new"), body))
}
