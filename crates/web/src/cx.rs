//! What a request brings: who asks, in which language, from where.

use std::{
    convert::Infallible,
    str::FromStr as _,
    sync::{Arc, OnceLock},
};

use axum::{
    extract::FromRequestParts,
    http::{Uri, request::Parts},
};
use engine::{Jurisdiction, MatterId};
use office::{Account, Caller, Session, view::Place};

use crate::{app::App, problem::Problem, words::Tongue};

/// Everything a page needs to know about its request.
#[derive(Clone)]
pub(crate) struct Cx {
    /// What all requests share.
    pub(crate) app: App,
    /// The reader's language.
    pub(crate) t: Tongue,
    /// The session of the cookie, or one that this request opened.
    pub(crate) session: Arc<OnceLock<Session>>,
    /// Path and query.
    pub(crate) uri: Uri,
    /// Address of the visitor.
    pub(crate) from: String,
    /// Whether this is a request for the head or body of a page, not an act.
    pub(crate) reads: bool,
}

impl Cx {
    /// Who asks.
    pub(crate) fn caller(&self) -> Caller {
        self.session.get().map(|it| it.caller.clone()).unwrap_or_default()
    }

    /// The official, if one is signed in.
    pub(crate) fn account(&self) -> Option<&Account> {
        self.session.get().and_then(|it| it.caller.account.as_ref())
    }

    /// The official, or the way to the sign-in page.
    pub(crate) fn official(&self) -> Result<&Account, Problem> {
        self.account().ok_or(Problem::SignInFirst)
    }

    /// The visitor's session, opened now if there was none.
    pub(crate) async fn session(&self) -> Result<&Session, Problem> {
        if self.session.get().is_none() {
            let fresh = self.app.office.visit().await?;
            let _ = self.session.set(fresh);
        }
        self.session.get().ok_or(Problem::NotFound)
    }

    /// A place by the code in the address.
    pub(crate) fn place(&self, code: &str) -> Result<Place, Problem> {
        let code = Jurisdiction::from_str(code).map_err(|_| Problem::NotFound)?;
        self.app.office.place(&code).ok_or(Problem::NotFound)
    }

    /// The place of a page that has none in its address: the official's, else the first.
    pub(crate) fn home(&self) -> Option<Place> {
        let mine = self.account().and_then(|it| self.app.office.place(&it.place));
        mine.or_else(|| self.app.office.places().into_iter().next())
    }

    /// The reader's own address with another language.
    pub(crate) fn address_in(&self, lang: &str) -> String {
        let query = self.uri.query().unwrap_or_default();
        let mut parts: Vec<&str> =
            query.split('&').filter(|it| !it.is_empty() && !it.starts_with("lang=")).collect();
        let wanted = format!("lang={lang}");
        parts.push(&wanted);
        format!("{}?{}", self.uri.path(), parts.join("&"))
    }
}

/// A matter by the name in the address.
pub(crate) fn matter(id: &str) -> Result<MatterId, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

impl<S: Send + Sync> FromRequestParts<S> for Cx {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::NotFound)
    }
}

/// The query of an address; a faulty one counts as empty.
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: serde::de::DeserializeOwned + Default> FromRequestParts<S> for Query<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let read = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        Ok(Self(read.map(|it| it.0).unwrap_or_default()))
    }
}
