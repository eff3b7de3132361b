//! One's own account: posts held, password.

use axum::{http::StatusCode, response::Response};
use maud::html;
use office::{Account, Post, SignIn};

use crate::{
    components::fault::{self, Faults},
    cx::Cx,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

/// `/work/account`.
pub(crate) async fn show(cx: Cx) -> Result<Response, Problem> {
    draw(&cx, &Faults::default(), false)
}

fn draw(cx: &Cx, faults: &Faults, changed: bool) -> Result<Response, Problem> {
    let account = cx.official()?;
    let t = cx.t;
    let title = t.say("account-title");
    let input = |id: &str, complete: &str| {
        let wrong = (!faults.of(id).is_empty()).then(|| format!("{id}-fault"));
        html! { div.field {
            label for=(id) { (t.say(&format!("account-{id}"))) }
            (fault::at(t, id, faults))
            input.long id=(id) name=(id) type="password" autocomplete=(complete) aria-describedby=[wrong.as_deref()] aria-invalid=[wrong.as_ref().map(|_| "true")];
        } }
    };
    let body = html! {
        (fault::summary(t, faults, None))
        @if changed { p.good role="status" { (t.say("account-changed")) } }
        @else if cx.session.get().is_some_and(|it| it.once) { p.lead role="status" { (t.say("account-once")) } }
        dl.pairs { dt { (t.say("account-name")) } dd { (account.name) } dt { (t.say("sign-in-name")) } dd { (account.login) } }
        section aria-labelledby="posts" {
            h2 #posts { (t.say("account-posts")) }
            ul.plain { @for post in &account.posts { li {
                strong { (t.text(&post.name)) } " \u{b7} " (body(cx, account, post))
                @if let Some(other) = &post.acting_for { " \u{b7} " (t.with("account-acting", &[("name", name(cx, other).into())])) }
                @if let Some(until) = post.until { " \u{b7} " (t.with("account-until", &[("day", t.day(until).into())])) }
            } } }
        }
        section aria-labelledby="password" {
            h2 #password { (t.say("account-password")) }
            form.sheet method="post" action="/work/account" {
                (shell::token(cx))
                (input("old", "current-password")) (input("new", "new-password")) (input("again", "new-password"))
                div.actions { button.main type="submit" { (t.say("account-change")) } }
            }
        }
        (shell::sign_out(cx))
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(shell::page(cx, Frame::new(&title).status(status).faulty(!faults.is_empty()), body))
}

/// The name of the body in which a post is held.
fn body(cx: &Cx, account: &Account, post: &Post) -> String {
    let named = cx.app.office.body_name(&account.place, &post.body);
    named.map_or_else(|| post.body.clone(), |it| cx.t.text(&it).to_owned())
}

/// The name of a colleague.
fn name(cx: &Cx, login: &str) -> String {
    let named = cx.app.office.official(login, cx.app.office.now().date());
    named.unwrap_or_else(|| login.to_owned())
}

/// Changes the password.
pub(crate) async fn change(cx: Cx, posted: Posted) -> Result<Response, Problem> {
    cx.official()?;
    let t = cx.t;
    let mut faults = Faults::default();
    if posted.get("new") != posted.get("again") {
        faults.add("again", t.say("account-differ"));
        return draw(&cx, &faults, false);
    }
    match cx.app.office.change_password(&cx.caller(), posted.get("old"), posted.get("new")).await? {
        Ok(()) => {}
        Err(SignIn::Wrong) => faults.add("old", t.say("account-wrong")),
        Err(SignIn::Same) => faults.add("new", t.say("account-same")),
        Err(SignIn::TooShort { min }) => {
            faults.add("new", t.with("sign-in-too-short", &[("min", min.into())]))
        }
        Err(SignIn::Locked { minutes }) => {
            faults.add("old", t.with("sign-in-locked", &[("minutes", minutes.into())]))
        }
    }
    draw(&cx, &faults, faults.is_empty())
}
