//! What can go wrong on the way to a page, and the page that says so.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use office::{Denied, is_busy};

use crate::{
    cx::Cx,
    shell::{self, Frame},
};

/// Why there is no page.
#[derive(Clone, Debug)]
pub(crate) enum Problem {
    /// The form's token or origin is not this house's.
    Forged,
    /// Something in the request cannot be read.
    Unreadable,
    /// No such thing, or not for this reader: the same to a stranger.
    NotFound,
    /// For officials only; nobody is signed in.
    SignInFirst,
    /// Somebody acted meanwhile.
    Stale,
    /// More was sent than is taken.
    TooLarge,
    /// The store has too much to do just now.
    Busy,
    /// A failure of the machine; already told to the log.
    Failed,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::Stale => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The ASCII stem of its messages.
    fn id(&self) -> &'static str {
        match self {
            Self::Unreadable => "problem-unreadable",
            Self::Forged => "problem-forged",
            Self::NotFound => "problem-not-found",
            Self::SignInFirst => "problem-sign-in",
            Self::Stale => "problem-stale",
            Self::TooLarge => "problem-too-large",
            Self::Busy => "problem-busy",
            Self::Failed => "problem-failed",
        }
    }

    /// The page for people.
    pub(crate) fn page(&self, cx: &Cx) -> Response {
        let back = cx.uri.path_and_query().map_or("/work", |it| it.as_str());
        let sign_in = format!("/login?next={}", shell::encode(back));
        if matches!(self, Self::SignInFirst) && cx.reads {
            return Redirect::to(&sign_in).into_response();
        }
        let (t, work) = (cx.t, cx.uri.path().starts_with("/work"));
        let says = t.say(&format!("{}-says", self.id()));
        let body = html! {
            div.prose {
                p.lead { (says) }
                p { (t.say(&format!("{}-next", self.id()))) }
                p.actions {
                    @if matches!(self, Self::NotFound) && work && cx.account().is_none() {
                        a.button.main href=(sign_in) { (t.say("problem-not-found-staff")) }
                    }
                    a.button.plain href=(if work { "/work" } else { "/" }) {
                        (t.say("problem-home"))
                    }
                }
            }
        };
        let title = t.say(self.id());
        let mut response = shell::page(cx, Frame::new(&title).status(self.status()), body);
        if matches!(self, Self::Busy) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("3"));
        }
        response
    }
}

/// Carries a problem out of a page's function to where its page is made.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        if is_busy(&error) {
            return Self::Busy;
        }
        #[expect(clippy::print_stderr, reason = "a failure is told to the log once, here")]
        {
            eprintln!("failure: {error:#}");
        }
        Self::Failed
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::SignInFirst => Self::SignInFirst,
            Denied::NotYours => Self::NotFound,
        }
    }
}
