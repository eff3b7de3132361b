//! The door: who comes in, what every answer carries, and the page of whatever went wrong.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use law::Lang;
use office::Session;

use crate::{app::App, cx::Cx, problem::Problem, words::Tongue};

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Lets a request in, and sees its answer out.
pub(crate) async fn watch(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let (wanted, lang) = language(request.uri(), request.headers());
    let opened = match cookie(request.headers(), "yifa") {
        Some(token) => app.office.session(token).map_err(Problem::from),
        None => Ok(None),
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let session: Arc<OnceLock<Session>> = Arc::default();
    let cx = Cx { t: Tongue(lang), session, uri: request.uri().clone(), from: origin(&request), reads, app };
    let mut had = None;
    let answer = match opened {
        Err(problem) => problem.into_response(),
        Ok(_) if !reads && !is_ours(request.headers()) => Problem::Forged.into_response(),
        Ok(session) => {
            if let Some(session) = session {
                had = Some(session.token.clone());
                let _ = cx.session.set(session);
            }
            if must_change(&cx) {
                Redirect::to("/work/account").into_response()
            } else {
                request.extensions_mut().insert(cx.clone());
                next.run(request).await
            }
        }
    };
    let mut response = match answer.extensions().get::<Arc<Problem>>() {
        Some(problem) => problem.page(&cx),
        None => answer,
    };
    let fresh = cx.session.get().filter(|it| had.as_ref() != Some(&it.token));
    if let Some(session) = fresh {
        set_session(&cx.app, response.headers_mut(), session);
    }
    if let Some(wanted) = wanted {
        let secure = if cx.app.secure() { "; Secure" } else { "" };
        let cookie = format!("lang={wanted}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
        put_cookie(response.headers_mut(), &cookie);
    }
    protect(response.headers_mut());
    response
}

/// What stays open to somebody who must first choose a password of their own.
const STAYS_OPEN: [&str; 3] = ["/work/account", "/login", "/logout"];

/// Whether the visitor must first choose a password of their own. Everything waits for it, the portal too: an
/// account reads matters through either door.
fn must_change(cx: &Cx) -> bool {
    cx.session.get().is_some_and(|it| it.once) && !STAYS_OPEN.contains(&cx.uri.path())
}

/// Puts a session's secret into a cookie. An official's is never sent along from other sites.
pub(crate) fn set_session(app: &App, headers: &mut HeaderMap, session: &Session) {
    let site = if session.caller.account.is_some() { "Strict" } else { "Lax" };
    let secure = if app.secure() { "; Secure" } else { "" };
    put_cookie(headers, &format!("yifa={}; Path=/; HttpOnly; SameSite={site}{secure}", session.token));
}

/// Takes the session's cookie back.
pub(crate) fn clear_session(headers: &mut HeaderMap) {
    put_cookie(headers, "yifa=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

fn put_cookie(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}

fn protect(headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// One cookie of a request.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

/// The language asked for in the address, if any, and the one to answer in.
fn language(uri: &Uri, headers: &HeaderMap) -> (Option<&'static str>, Lang) {
    let asked = uri.query().unwrap_or_default().split('&').find_map(|it| it.strip_prefix("lang="));
    let (known, said) = (
        |tag: &str| match tag {
            "en" => Some(("en", Lang::En)),
            "zh" => Some(("zh", Lang::Zh)),
            _ => None,
        },
        cookie(headers, "lang"),
    );
    match asked.and_then(known) {
        Some((tag, lang)) => (Some(tag), lang),
        None => (None, said.and_then(known).map_or(Lang::Zh, |(_, lang)| lang)),
    }
}

/// Whether a form was sent from a page of this house. Every form carries a token besides.
fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    match (text("origin"), text("host")) {
        (None | Some("null"), _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, it)| it == host),
        (Some(_), None) => false,
    }
}

/// The visitor's address; a proxy on the same machine is believed about whom it speaks for.
fn origin(request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    let forwarded = request.headers().get("x-forwarded-for").and_then(|it| it.to_str().ok());
    let last = forwarded.and_then(|it| it.rsplit(',').next()).map(str::trim);
    match (peer, last) {
        (Some(peer), Some(last)) if peer.is_loopback() && !last.is_empty() => last.to_owned(),
        (Some(peer), _) => peer.to_string(),
        (None, _) => "unknown".to_owned(),
    }
}
