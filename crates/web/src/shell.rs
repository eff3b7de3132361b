//! The frame around every page: head, header, navigation, main part, footer.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use law::Lang;
use maud::{DOCTYPE, Markup, html};
use office::view::Place;

use crate::{assets, cx::Cx, words::Tongue};

/// What the frame must know of a page.
pub(crate) struct Frame<'a> {
    title: &'a str,
    status: StatusCode,
    place: Option<Place>,
    here: &'static str,
    wide: bool,
    faulty: bool,
    headed: bool,
}

impl<'a> Frame<'a> {
    /// A page with a title, which is also its first heading.
    pub(crate) fn new(title: &'a str) -> Self {
        Self {
            title,
            status: StatusCode::OK,
            place: None,
            here: "",
            wide: false,
            faulty: false,
            headed: true,
        }
    }

    /// Another status than 200.
    pub(crate) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The place the page belongs to.
    pub(crate) fn place(self, place: &Place) -> Self {
        Self { place: Some(place.clone()), ..self }
    }

    /// Which entry of the navigation leads here.
    pub(crate) fn here(self, here: &'static str) -> Self {
        Self { here, ..self }
    }

    /// A dense page of the workbench that takes the whole width.
    pub(crate) fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// A page that shows faults of what was entered.
    pub(crate) fn faulty(self, faulty: bool) -> Self {
        Self { faulty, ..self }
    }

    /// A page that brings its first heading itself.
    pub(crate) fn unheaded(self) -> Self {
        Self { headed: false, ..self }
    }
}

/// A whole page.
pub(crate) fn page(cx: &Cx, frame: Frame<'_>, body: Markup) -> Response {
    let t = cx.t;
    let work = cx.uri.path().starts_with("/work");
    let place = frame.place.clone().or_else(|| cx.home());
    let house = place.as_ref().map_or_else(String::new, |it| t.text(&it.name).to_owned());
    let mark = if frame.faulty { t.say("title-faulty") } else { String::new() };
    let markup = html! {
        (DOCTYPE)
        html lang=(t.tag()) class=(if work { "work" } else { "portal" }) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (mark) (frame.title) " \u{b7} " (t.say("brand")) @if !house.is_empty() { " " (house) } }
                link rel="icon" href=(assets::icon()) type="image/svg+xml";
                link rel="stylesheet" href=(assets::style());
                script src=(assets::script()) defer {}
            }
            body {
                a.skip href="#main" { (t.say("skip")) }
                (header(cx, place.as_ref(), frame.here, work))
                main #main tabindex="-1" class=(if frame.wide { "wide" } else { "narrow" }) {
                    @if frame.headed { h1 { (frame.title) } }
                    (body)
                }
                (footer(cx, place.as_ref(), work))
            }
        }
    };
    (frame.status, markup).into_response()
}

fn demonstration(cx: &Cx) -> Markup {
    let office = &cx.app.office;
    html! {
        @if office.is_demonstration() {
            p.demonstration {
                strong { (cx.t.say("demo-mark")) }
                " " (cx.t.with("demo-says", &[("now", cx.t.moment(office.now()).into())]))
                @if cx.account().is_some() { " " a href="/demo/clock" { (cx.t.say("demo-clock")) } }
            }
        }
    }
}

fn header(cx: &Cx, place: Option<&Place>, here: &str, work: bool) -> Markup {
    let t = cx.t;
    let home = match place {
        _ if work => "/work".to_owned(),
        Some(place) => format!("/p/{}", place.code),
        None => "/".to_owned(),
    };
    html! {
        header.top {
            (demonstration(cx))
            div.bar {
                a.brand href=(home) {
                    span.seal aria-hidden="true" lang="zh-CN" { (Tongue(Lang::Zh).say("brand-seal")) }
                    span.brand-words {
                        strong { @if let Some(place) = place { (t.text(&place.name)) } @else { (t.say("brand")) } }
                        small { (t.say(if work { "brand-work" } else { "brand-portal" })) }
                    }
                }
                div.side { (language(cx)) (who(cx, work)) }
            }
            @if work && cx.account().is_some() { (work_links(cx, here)) }
            @else if !work { @if let Some(place) = place { (portal_links(t, place, here)) } }
        }
    }
}

fn language(cx: &Cx) -> Markup {
    let other = match cx.t.0 {
        Lang::Zh => (Tongue(Lang::En), "en"),
        Lang::En => (Tongue(Lang::Zh), "zh"),
    };
    html! {
        a.lang hreflang=(other.0.tag()) lang=(other.0.tag()) href=(cx.address_in(other.1)) {
            (other.0.say("language-name"))
        }
    }
}

fn who(cx: &Cx, work: bool) -> Markup {
    let t = cx.t;
    html! {
        @if let Some(account) = cx.account() {
            @if !work { a href="/work" { (t.say("nav-work")) } }
            a href="/work/account" { (account.name) }
            (sign_out(cx))
        } @else if !work {
            a.quiet href="/login" { (t.say("nav-sign-in")) }
        }
    }
}

/// The button that ends a session.
pub(crate) fn sign_out(cx: &Cx) -> Markup {
    html! {
        form.inline method="post" action="/logout" {
            (token(cx))
            button.link type="submit" { (cx.t.say("nav-sign-out")) }
        }
    }
}

/// The hidden input that every form carries; the page must have opened a session before.
pub(crate) fn token(cx: &Cx) -> Markup {
    html! {
        @if let Some(session) = cx.session.get() {
            input type="hidden" name="csrf" value=(session.csrf);
        }
    }
}

fn link(here: &str, key: &str, address: &str, words: &str) -> Markup {
    html! { li { a href=(address) aria-current=[(here == key).then_some("page")] { (words) } } }
}

fn portal_links(t: Tongue, place: &Place, here: &str) -> Markup {
    let code = &place.code;
    html! {
        nav.links aria-label=(t.say("nav-main")) {
            ul {
                (link(here, "home", &format!("/p/{code}"), &t.say("nav-home")))
                (link(here, "track", &format!("/track?p={code}"), &t.say("nav-track")))
                (link(here, "published", &format!("/p/{code}/published"), &t.say("nav-published")))
                (link(here, "report", &format!("/p/{code}/report"), &t.say("nav-report")))
                (link(here, "due", "/due", &t.say("nav-due")))
            }
        }
    }
}

fn work_links(cx: &Cx, here: &str) -> Markup {
    let t = cx.t;
    html! {
        nav.links aria-label=(t.say("nav-main")) {
            ul {
                (link(here, "inbox", "/work", &t.say("nav-inbox")))
                (link(here, "new", "/work/new", &t.say("nav-new")))
                (link(here, "figures", "/work/figures", &t.say("nav-figures")))
                (link(here, "import", "/work/import", &t.say("nav-import")))
                (link(here, "due", "/due", &t.say("nav-due")))
            }
            form.find role="search" method="get" action="/work/search" {
                label.hidden for="find" { (t.say("find-label")) }
                input #find type="search" name="q" placeholder=(t.say("find-label")) autocomplete="off";
                button type="submit" { (t.say("find")) }
            }
        }
    }
}

fn footer(cx: &Cx, place: Option<&Place>, work: bool) -> Markup {
    let t = cx.t;
    html! {
        footer.bottom {
            div.bar {
                @if let Some(place) = place { p { strong { (t.text(&place.organ)) } " " (place.code) } }
                p { (t.say("footer-says")) }
                @if !work && cx.account().is_none() { p { a href="/login" { (t.say("nav-sign-in")) } } }
            }
        }
    }
}

/// An address with a query; empty values are left out.
pub(crate) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let kept: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// A text as part of an address: everything but unreserved characters and `/` in percent form.
pub(crate) fn encode(text: &str) -> String {
    let mut coded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            coded.push(char::from(byte));
        } else {
            coded.push_str(&format!("%{byte:02X}"));
        }
    }
    coded
}
