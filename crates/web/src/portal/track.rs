//! Finding one's own matter by number and access code.

use std::str::FromStr as _;

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use engine::Jurisdiction;
use maud::html;
use office::SignIn;
use serde::Deserialize;

use crate::{
    cx::{Cx, Query},
    form::answers::plain,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    p: String,
    #[serde(default)]
    number: String,
}

/// What the form shows.
struct Shown<'a> {
    place: &'a str,
    number: &'a str,
    fault: Option<String>,
    status: StatusCode,
}

/// `/track`.
pub(crate) async fn form(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    cx.session().await?;
    Ok(draw(&cx, &Shown { place: &asked.p, number: &asked.number, fault: None, status: StatusCode::OK }))
}

fn draw(cx: &Cx, shown: &Shown<'_>) -> Response {
    let t = cx.t;
    let places = cx.app.office.places();
    let here = Jurisdiction::from_str(shown.place).ok().and_then(|it| cx.app.office.place(&it));
    let here = here.or_else(|| places.first().cloned());
    let chosen = here.as_ref().map(|it| it.code.clone());
    let title = t.say("track-title");
    let faulty = shown.fault.is_some();
    let body = html! {
        @if let Some(says) = &shown.fault {
            div.faults role="alert" tabindex="-1" autofocus { h2 { (t.say("track-wrong")) } p { a href="#number" { (says) } } }
        }
        p.lead { (t.say("track-lead")) }
        form.sheet method="post" action="/track" {
            (shell::token(cx))
            @if places.len() > 1 {
                div.field { label for="place" { (t.say("track-place")) }
                    select #place name="p" { @for place in &places {
                        option value=(place.code) selected[Some(&place.code) == chosen.as_ref()] { (t.text(&place.name)) }
                    } } }
            } @else if let Some(code) = &chosen { input type="hidden" name="p" value=(code); }
            div.field { label for="number" { (t.say("track-number")) }
                p.help #number-help { (t.say("track-number-help")) }
                input.long #number name="number" value=(shown.number) autocomplete="off" aria-describedby="number-help" aria-invalid=[faulty.then_some("true")]; }
            div.field { label for="code" { (t.say("track-code")) }
                p.help #code-help { (t.say("track-code-help")) }
                input.long.code #code name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="code-help" aria-invalid=[faulty.then_some("true")]; }
            div.actions { button.main type="submit" { (t.say("track-go")) } }
        }
        p.fine { (t.say("track-lost")) }
    };
    let mut frame = Frame::new(&title).here("track").faulty(faulty).status(shown.status);
    if let Some(place) = &here {
        frame = frame.place(place);
    }
    shell::page(cx, frame, body)
}

/// Opens the matter for this session.
pub(crate) async fn open(cx: Cx, posted: Posted) -> Result<Response, Problem> {
    let place = cx.place(posted.get("p"))?;
    let (number, code) = (posted.get("number").trim(), plain(posted.get("code")));
    let session = cx.session().await?.clone();
    let found = cx.app.office.track(&session, &place.code, number, code.trim(), &cx.from).await?;
    let (fault, status) = match found {
        Ok(id) => return Ok(Redirect::to(&format!("/p/{}/my/{id}", place.code)).into_response()),
        Err(SignIn::Locked { minutes }) => {
            (cx.t.with("sign-in-locked", &[("minutes", minutes.into())]), StatusCode::TOO_MANY_REQUESTS)
        }
        Err(SignIn::Wrong | SignIn::Same | SignIn::TooShort { .. }) => {
            (cx.t.say("code-wrong"), StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    Ok(draw(&cx, &Shown { place: posted.get("p"), number, fault: Some(fault), status }))
}
