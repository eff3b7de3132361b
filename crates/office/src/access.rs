//! Access: the one function that says who may do what. Pages, lists, searches, exports and acts ask it.

use std::collections::BTreeSet;

use engine::{Jurisdiction, Matter, MatterId};
use law::{Key, Procedure, RoleKind};

use crate::account::Account;

/// Who asks.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The official, if signed in.
    pub account: Option<Account>,
    /// Matters opened with number and access code in this session.
    pub grants: Vec<Grant>,
}

/// A matter that a citizen opened with its number and access code, or has just filed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Grant {
    /// Where.
    pub place: Jurisdiction,
    /// Which.
    pub matter: MatterId,
    /// The party role for which the code was given.
    pub role: Key,
}

/// What somebody wants to be let do.
#[derive(Clone, Copy, Debug)]
pub enum Right<'a> {
    /// Work in the office of a place.
    Work(&'a Jurisdiction),
    /// See one matter.
    Read(&'a Jurisdiction, MatterId, &'a str),
    /// Bring in acts recorded elsewhere.
    Import(&'a Jurisdiction),
}

/// Why not. To a stranger a matter that exists and one that does not look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Nobody is signed in.
    SignInFirst,
    /// Signed in, but not for this; or there is no such thing.
    NotYours,
}

/// Whether a caller may do something. For a matter the body that handles it must be given.
///
/// # Errors
/// The denial.
pub fn may(caller: &Caller, right: Right<'_>) -> Result<(), Denied> {
    let granted = match right {
        Right::Work(place) | Right::Import(place) => {
            caller.account.as_ref().is_some_and(|it| it.place == *place && !it.posts.is_empty())
        }
        Right::Read(place, matter, body) => {
            let posted = caller.account.as_ref().is_some_and(|account| {
                account.place == *place && account.posts.iter().any(|it| it.body == body)
            });
            posted || caller.grants.iter().any(|it| it.place == *place && it.matter == matter)
        }
    };
    match (granted, &caller.account, right) {
        (true, ..) => Ok(()),
        (false, None, Right::Work(_) | Right::Import(_)) => Err(Denied::SignInFirst),
        (false, ..) => Err(Denied::NotYours),
    }
}

/// The roles of a procedure that a caller holds in a matter (`None` before it is opened) that a body
/// of a place handles.
pub(crate) fn roles(
    caller: &Caller,
    procedure: &Procedure,
    matter: Option<&Matter>,
    place: &Jurisdiction,
    body: &str,
) -> BTreeSet<Key> {
    let holds = |kind: &RoleKind| match kind {
        RoleKind::Public => matter.is_none(),
        RoleKind::Post(post) => caller.account.as_ref().is_some_and(|account| {
            account.place == *place && account.posts.iter().any(|it| it.kind == *post && it.body == body)
        }),
        RoleKind::Party(role) => matter.is_some_and(|matter| {
            caller.grants.iter().any(|it| it.matter == matter.id && it.place == *place && it.role == *role)
        }),
    };
    procedure.roles.iter().filter(|role| holds(&role.kind)).map(|role| role.key.clone()).collect()
}
