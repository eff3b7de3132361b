//! The clock of a demonstration: an official sets it forward, and the law does what it then has done.
//! In any other office these addresses do not exist.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use calendar::DateTime;
use maud::html;

use crate::{
    cx::Cx,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

fn only_here(cx: &Cx) -> Result<(), Problem> {
    if !cx.app.office.is_demonstration() {
        return Err(Problem::NotFound);
    }
    cx.official().map(|_| ())
}

/// `/demo/clock`.
pub(crate) async fn clock(cx: Cx) -> Result<Response, Problem> {
    only_here(&cx)?;
    Ok(draw(&cx, None))
}

fn draw(cx: &Cx, typed: Option<&str>) -> Response {
    let (t, now) = (cx.t, cx.app.office.now());
    let faulty = typed.is_some();
    let tomorrow = now.date().tomorrow().unwrap_or(now.date()).at(9, 0, 0, 0);
    let value = typed.map_or_else(|| tomorrow.strftime("%Y-%m-%dT%H:%M").to_string(), str::to_owned);
    let title = t.say("demo-clock");
    let body = html! {
        @if faulty {
            div.faults role="alert" tabindex="-1" autofocus {
                h2 { (t.say("demo-clock-faulty")) }
                p { a href="#to" { (t.say("demo-clock-forward")) } }
            }
        }
        p.lead { (t.with("demo-clock-says", &[("now", t.moment(now).into())])) }
        form.sheet method="post" action="/demo/clock" {
            (shell::token(cx))
            div.field {
                label for="to" { (t.say("demo-clock-to")) }
                input.day #to name="to" type="datetime-local" value=(value) aria-required="true"
                    aria-invalid=[faulty.then_some("true")];
            }
            div.actions { button.main type="submit" { (t.say("demo-clock-go")) } }
        }
    };
    let status = if faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    shell::page(cx, Frame::new(&title).faulty(faulty).status(status), body)
}

/// Sets the clock forward and goes to the inbox.
pub(crate) async fn advance(cx: Cx, posted: Posted) -> Result<Response, Problem> {
    only_here(&cx)?;
    let typed = posted.get("to").trim();
    let Ok(to) = typed.parse::<DateTime>() else { return Ok(draw(&cx, Some(typed))) };
    if !cx.app.office.advance(to).await? {
        return Ok(draw(&cx, Some(typed)));
    }
    Ok(Redirect::to("/work").into_response())
}
