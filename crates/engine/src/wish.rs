//! Wishes: what somebody wants to do, and the facts the office gathered for the conditions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use law::{Key, ParameterValue, PartyKind};

use crate::{
    event::{Actor, Effective},
    id::{Jurisdiction, MatterId},
    value::Value,
};

/// An act that somebody wants to do.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Which act.
    pub act: Key,
    /// Who.
    pub actor: Actor,
    /// When it happens in law.
    pub effective: Effective,
    /// What they give.
    pub inputs: Inputs,
    /// The moment it is entered.
    pub now: Timestamp,
    /// 32 random bytes from which the salts of personal values are derived.
    pub seed: [u8; 32],
    /// Whether this act was done and recorded elsewhere: failed conditions of time, form and order
    /// then become findings.
    pub late_entry: bool,
    /// The item it concerns, the draft it concerns, or the act it drafts.
    pub target: Target,
    /// For an opening act: where, under which name, and which body handles it.
    pub opens: Option<(Jurisdiction, MatterId, String)>,
}

/// What in the matter an act concerns, where its name alone does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// For an act of items that opens none: the number of the item. For a draft of one: the same.
    pub item: Option<u32>,
    /// For an act on a draft: the event that drafted it; the only one that stands if not given.
    pub draft: Option<u64>,
    /// For an act that drafts: the act drafted.
    pub drafts: Option<Key>,
}

/// What an act is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Field values.
    pub fields: BTreeMap<Key, Value>,
    /// Parties that join.
    pub parties: Vec<PartyInput>,
}

/// A party as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyInput {
    /// Party role.
    pub role: Key,
    /// Person, organization or body.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Identity number or credit code; empty if none.
    pub number: String,
    /// Whether the number is of another paper than the identity card (passport, permit).
    pub other_paper: bool,
    /// Telephone; empty if none.
    pub phone: String,
    /// Address; empty if none.
    pub address: String,
}

/// What the office gathered for the conditions.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Roles of the procedure that the actor holds in this matter.
    pub roles: BTreeSet<Key>,
    /// Parameters set by the jurisdiction; the rest have their defaults.
    pub parameters: BTreeMap<Key, ParameterValue>,
    /// Text inputs that still contain a personal value of the matter.
    pub leaks: BTreeSet<Key>,
    /// The place's secret for claims: what is claimed may be personal, and its mark must not be guessable.
    pub claim_key: [u8; 32],
    /// Who holds each role on the act's day, as far as conditions ask: officials by account.
    pub holders: BTreeMap<Key, BTreeSet<String>>,
    /// Who acts, as records tell people apart (see `Actor::person`); `None` if not known.
    pub person: Option<String>,
}
