//! Signing in and out.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};
use office::SignIn;
use serde::Deserialize;

use crate::{
    cx::{Cx, Query},
    guard,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    next: String,
}

/// An address inside this house, or the workbench.
fn inside(next: &str) -> &str {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if ours { next } else { "/work" }
}

/// `/login`.
pub(crate) async fn form(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    if cx.account().is_some() {
        return Ok(Redirect::to(inside(&asked.next)).into_response());
    }
    cx.session().await?;
    Ok(draw(&cx, &asked.next, "", None, StatusCode::OK))
}

fn draw(cx: &Cx, next: &str, name: &str, fault: Option<String>, status: StatusCode) -> Response {
    let t = cx.t;
    let title = t.say("sign-in-title");
    let faulty = fault.is_some();
    let body = html! {
        @if let Some(says) = &fault {
            div.faults role="alert" tabindex="-1" autofocus { h2 { (t.say("sign-in-failed")) } p { a href="#name" { (says) } } }
        }
        p.lead { (t.say("sign-in-lead")) }
        form.sheet method="post" action="/login" {
            (shell::token(cx))
            input type="hidden" name="next" value=(inside(next));
            div.field { label for="name" { (t.say("sign-in-name")) }
                input.long #name name="name" value=(name) autocomplete="username" autocapitalize="none" spellcheck="false" aria-invalid=[faulty.then_some("true")]; }
            div.field { label for="password" { (t.say("sign-in-password")) }
                input.long #password name="password" type="password" autocomplete="current-password" aria-invalid=[faulty.then_some("true")]; }
            div.actions { button.main type="submit" { (t.say("sign-in-go")) } }
        }
        (demonstration(cx))
        p.fine { (t.say("sign-in-citizens")) " " a href="/track" { (t.say("nav-track")) } }
    };
    shell::page(cx, Frame::new(&title).faulty(faulty).status(status), body)
}

fn demonstration(cx: &Cx) -> Markup {
    let t = cx.t;
    let accounts = cx.app.office.demo_accounts();
    html! {
        @if !accounts.is_empty() {
            section.demo-accounts aria-labelledby="demo" {
                h2 #demo { (t.say("demo-accounts")) }
                table.cards {
                    thead { tr { th scope="col" { (t.say("demo-who")) } th scope="col" { (t.say("sign-in-name")) } th scope="col" { (t.say("sign-in-password")) } } }
                    tbody { @for (name, password, who) in &accounts { tr {
                        th scope="row" { (t.text(who)) }
                        td data-label=(t.say("sign-in-name")) { code { (name) } }
                        td data-label=(t.say("sign-in-password")) { code { (password) } }
                    } } }
                }
            }
        }
    }
}

/// Signs in; the visitor's session ends and an official's begins.
pub(crate) async fn sign_in(cx: Cx, posted: Posted) -> Result<Response, Problem> {
    let t = cx.t;
    let current = cx.session().await?.clone();
    let name = posted.get("name").trim();
    let signed = cx.app.office.sign_in(&current, name, posted.get("password"), &cx.from).await?;
    let (fault, status) = match signed {
        Ok(session) => {
            let mut response = Redirect::to(inside(posted.get("next"))).into_response();
            guard::set_session(&cx.app, response.headers_mut(), &session);
            return Ok(response);
        }
        Err(SignIn::Locked { minutes }) => {
            (t.with("sign-in-locked", &[("minutes", minutes.into())]), StatusCode::TOO_MANY_REQUESTS)
        }
        Err(SignIn::Wrong | SignIn::Same | SignIn::TooShort { .. }) => {
            (t.say("sign-in-wrong"), StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    Ok(draw(&cx, posted.get("next"), name, Some(fault), status))
}

/// Ends the session.
pub(crate) async fn sign_out(cx: Cx, _: Posted) -> Result<Response, Problem> {
    if let Some(session) = cx.session.get() {
        cx.app.office.sign_out(&session.token).await?;
    }
    let mut response = Redirect::to("/").into_response();
    guard::clear_session(response.headers_mut());
    Ok(response)
}
