//! Access: the one function that says who may do what. Pages, lists, searches, exports and acts ask it.

use std::collections::BTreeSet;

use engine::{Jurisdiction, Matter, MatterId};
use law::{Key, Procedure, RoleKind};

use store::MatterRow;

use crate::{account::Account, laws::Laws};

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
    /// See one matter: the body that handles it, and the posts that have a part in its procedure.
    Read(&'a Jurisdiction, MatterId, &'a str, &'a BTreeSet<Key>),
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
        Right::Read(place, matter, body, posts) => {
            inside(caller, place, body, posts)
                || caller.grants.iter().any(|it| it.place == *place && it.matter == matter)
        }
    };
    match (granted, &caller.account, right) {
        (true, ..) => Ok(()),
        (false, None, Right::Work(_) | Right::Import(_)) => Err(Denied::SignInFirst),
        (false, ..) => Err(Denied::NotYours),
    }
}

/// The right to see a matter of a place.
pub(crate) fn reading<'a>(laws: &'a Laws, place: &'a Jurisdiction, matter: &'a Matter) -> Right<'a> {
    Right::Read(place, matter.id, &matter.body, laws.posts_of(&matter.law.key))
}

/// The right to see the matter of a row.
pub(crate) fn reading_row<'a>(laws: &'a Laws, place: &'a Jurisdiction, row: &'a MatterRow) -> Right<'a> {
    Right::Read(place, row.id, &row.body, laws.posts_of(&row.procedure))
}

/// Whether a caller works, in one of these posts, in the body that handles a matter. What is secret, and how the
/// office comes to its decision, is for nobody else.
pub(crate) fn inside(caller: &Caller, place: &Jurisdiction, body: &str, posts: &BTreeSet<Key>) -> bool {
    caller.account.as_ref().is_some_and(|account| {
        account.place == *place && account.posts.iter().any(|it| it.body == body && posts.contains(&it.kind))
    })
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
        RoleKind::Post(post) => inside(caller, place, body, &[post.clone()].into()),
        RoleKind::Party(role) => matter.is_some_and(|matter| {
            caller.grants.iter().any(|it| it.matter == matter.id && it.place == *place && it.role == *role)
        }),
    };
    procedure.roles.iter().filter(|role| holds(&role.kind)).map(|role| role.key.clone()).collect()
}
