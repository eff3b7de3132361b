//! Events: acts as recorded. The format is fixed from the first record on; struct fields stand in
//! alphabetical order because the serial form is the canonical form (RFC 8785).

use std::collections::BTreeMap;

use calendar::{Date, DateTime, Length, Time};
use jiff::Timestamp;
use law::{Citation, Duty, Key, ProcedureRef, Text};
use serde::{Deserialize, Serialize};

use crate::{
    id::{Hash, Jurisdiction, MatterId},
    matter::{ItemRef, PartyRecord, Step},
    value::{MatterName, Value},
};

/// The version of the event format written by this program.
pub const FORMAT_VERSION: u32 = 1;

/// One act, recorded with its effects as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The act done.
    pub act: Key,
    /// Who did it.
    pub actor: Actor,
    /// The body that handles the matter.
    pub body: String,
    /// The calendar that dates were computed with.
    pub calendar: String,
    /// What it brought about, in order.
    pub changes: Vec<Change>,
    /// When it happened in law.
    pub effective: Effective,
    /// Defects it was recorded with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Values given; personal ones as commitments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: BTreeMap<Key, Value>,
    /// The item it happened in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemRef>,
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// The expanded procedure it was decided under.
    pub law: ProcedureRef,
    /// In which matter.
    pub matter: MatterId,
    /// Parties that joined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<PartyRecord>,
    /// Hash of the matter's previous event.
    pub prev: Hash,
    /// When it was entered, to the microsecond.
    pub recorded: Timestamp,
    /// Its place in the matter, from 1.
    pub seq: u64,
    /// Format version.
    pub v: u32,
}

/// Who acted. Personal names never stand here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Actor {
    /// The law itself, when a limit ended.
    Law,
    /// An official.
    Official {
        /// The official's account.
        account: String,
        /// The role in which they acted.
        role: Key,
    },
    /// A party of the matter.
    Party {
        /// The party's id in the matter.
        party: String,
        /// The role in which they acted.
        role: Key,
    },
    /// Somebody not yet a party, such as the citizen who files.
    Public {
        /// The role in which they acted.
        role: Key,
    },
    /// An import of acts recorded elsewhere, on an official's responsibility.
    Import {
        /// The official's account.
        account: String,
        /// Hash of the imported file.
        file: Hash,
        /// Row in it.
        row: u32,
    },
}

impl Actor {
    /// The person behind it, as far as the record tells one from another: an official's account, a
    /// party's id, else the role. Nobody for the law; unknown for an import.
    pub fn person(&self) -> Option<&str> {
        match self {
            Self::Official { account, .. } => Some(account),
            Self::Party { party, .. } => Some(party),
            Self::Public { role } => Some(role),
            Self::Law | Self::Import { .. } => None,
        }
    }

    /// The role in which they acted, where the record tells.
    pub fn role(&self) -> Option<&Key> {
        match self {
            Self::Official { role, .. } | Self::Party { role, .. } | Self::Public { role } => Some(role),
            Self::Law | Self::Import { .. } => None,
        }
    }
}

/// When an act happened in law, in the jurisdiction's own time, and the rule that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effective {
    /// To the minute.
    pub at: DateTime,
    /// `online`, `counter`, `postmark`, `workbench`, `entered`, `expiry`, `imported`.
    pub rule: Key,
}

/// A defect of an act that was recorded all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Articles.
    pub basis: Vec<Citation>,
    /// The condition that did not hold, or `missing-input`.
    pub key: Key,
    /// Words.
    pub says: Text,
}

/// One effect of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The matter moved.
    Stage {
        /// Whether it is over there.
        closed: bool,
        /// New stage.
        to: Key,
    },
    /// A clock started.
    ClockStarted {
        /// Whether acts after its end are refused.
        bars: bool,
        /// The act of the law at its end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deems: Option<Key>,
        /// Its end.
        due: Date,
        /// Whether its end is only a fact, by which nobody is late.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        fact: bool,
        /// Day 0.
        from: Date,
        /// The item whose clock it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// Length and unit.
        length: Length,
        /// Which limit.
        limit: Key,
        /// Whose duty.
        on: Duty,
        /// Whether the end rests on a year whose notice is missing.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        provisional: bool,
        /// The end before it was moved off rest days.
        raw: Date,
        /// Time of day (hours only).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<Time>,
    },
    /// A clock stopped; `late` in days after its end, 0 for in time.
    ClockStopped {
        /// The item whose clock it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// Calendar days after the end.
        late: i64,
        /// Which limit.
        limit: Key,
    },
    /// A clock was suspended.
    ClockSuspended {
        /// The item whose clock it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// Which limit.
        limit: Key,
        /// From this day.
        on: Date,
    },
    /// A clock went on.
    ClockResumed {
        /// New end.
        due: Date,
        /// The item whose clock it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// Which limit.
        limit: Key,
        /// On this day.
        on: Date,
        /// Whether the end is provisional.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        provisional: bool,
        /// New end before it was moved off rest days.
        raw: Date,
    },
    /// A clock was extended.
    ClockExtended {
        /// By how much.
        by: Length,
        /// New end.
        due: Date,
        /// The item whose clock it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// Which limit.
        limit: Key,
        /// Whether the end is provisional.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        provisional: bool,
        /// New end before it was moved off rest days.
        raw: Date,
    },
    /// A field took a fixed value.
    Set {
        /// Field.
        field: Key,
        /// The item whose field it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// Value.
        value: Value,
    },
    /// The matter, or an item, got its outcome.
    Outcome {
        /// The item whose outcome it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// Outcome code.
        outcome: Key,
    },
    /// A number was taken.
    Number {
        /// The number in the series and year.
        n: u64,
        /// Series.
        series: Key,
        /// As printed.
        text: String,
        /// Year.
        year: i16,
    },
    /// A publication went up.
    Published {
        /// Publication.
        publication: Key,
    },
    /// A publication came down.
    Unpublished {
        /// Publication.
        publication: Key,
    },
    /// A party role was notified.
    Notified {
        /// Party role.
        party: Key,
    },
    /// The matter stands in a relation to another.
    Linked {
        /// Relation.
        link: Key,
        /// The other one.
        matter: MatterName,
    },
    /// The matter holds what no other live matter may hold.
    Claimed {
        /// Claim.
        claim: Key,
        /// Hash of the normalised value.
        value: Hash,
    },
    /// What the matter held was let go.
    Released {
        /// Claim.
        claim: Key,
    },
    /// The matter got a handler.
    Assigned {
        /// The handler's account.
        account: String,
    },
    /// An official who was named acted along in a role.
    Accompanied {
        /// The official's account.
        account: String,
        /// The role in which they acted.
        role: Key,
    },
    /// The matter went to another body.
    HandedOver {
        /// The body that handles it from now on.
        body: String,
    },
    /// An act was drafted for approval; the event's inputs are what it will be given.
    Drafted {
        /// The act.
        act: Key,
        /// The item it concerns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemRef>,
        /// Who must agree, in this order.
        steps: Vec<Step>,
    },
    /// The next step of a draft agreed.
    Endorsed {
        /// The event that drafted it.
        draft: u64,
    },
    /// A draft went back to its writer.
    SentBack {
        /// The event that drafted it.
        draft: u64,
    },
    /// A draft was taken back.
    Retracted {
        /// The event that drafted it.
        draft: u64,
    },
    /// One more official must agree to a draft, before the step that was next.
    Countersigned {
        /// Whose agreement is needed.
        account: String,
        /// The event that drafted it.
        draft: u64,
    },
    /// The act was done with a draft.
    DraftUsed {
        /// The event that drafted it.
        draft: u64,
    },
    /// A paper was issued. Its number, if it has one, was taken by the `Number` before it.
    Issued {
        /// As printed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Paper.
        paper: Key,
    },
    /// A paper issued before is void; its number is not used again.
    Voided {
        /// Place of the event that issued it.
        event: u64,
        /// Paper.
        paper: Key,
    },
    /// An earlier event of the matter was recorded in error.
    Corrected {
        /// Its place.
        event: u64,
    },
}
