//! A matter: one affair, folded from its events.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Date, DateTime, Length, Pause, Time};
use law::{Act, Duty, Key, PartyKind, Procedure, ProcedureRef};
use serde::{Deserialize, Serialize};

use crate::{
    id::{Hash, Jurisdiction, MatterId},
    value::{MatterName, Value},
};

/// The state of one affair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// Its name.
    pub id: MatterId,
    /// The procedure version it follows.
    pub law: ProcedureRef,
    /// The body that handles it.
    pub body: String,
    /// Place of its last event.
    pub version: u64,
    /// Hash of its last event.
    pub head: Hash,
    /// When it was received.
    pub received: DateTime,
    /// When its last standing act took effect.
    pub last: DateTime,
    /// Where it stands.
    pub stage: Key,
    /// Whether it is over.
    pub closed: bool,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// Its outcome.
    pub outcome: Option<Key>,
    /// Parties.
    pub parties: Vec<PartyRecord>,
    /// Values; personal ones as commitments.
    pub fields: BTreeMap<Key, Value>,
    /// Clocks, at most one for a limit.
    pub clocks: Vec<Clock>,
    /// Acts done and not corrected, in order.
    pub done: Vec<Done>,
    /// Numbers issued: series and text.
    pub numbers: Vec<(Key, String)>,
    /// Papers issued, in order; those made void stay in the list.
    #[serde(default)]
    pub papers: Vec<IssuedPaper>,
    /// Publications that are up.
    pub published: BTreeSet<Key>,
    /// Events corrected away.
    pub corrected: BTreeSet<u64>,
    /// Number of findings on standing events.
    pub findings: u32,
    /// Sub-courses, in the order in which they were opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// Drafts of acts, for approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<Draft>,
    /// Relations to other matters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<(Key, MatterName)>,
    /// What no other live matter may hold.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub claims: BTreeSet<(Key, Hash)>,
    /// The official who handles it, by account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<String>,
}

/// Names one item of a matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemRef {
    /// Which items.
    pub kind: Key,
    /// Which of them, from 1.
    pub n: u32,
}

/// One of many things of a kind inside a matter, with a course of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name in the matter.
    pub at: ItemRef,
    /// Where it stands.
    pub stage: Key,
    /// Whether it is over.
    pub closed: bool,
    /// The day it was opened.
    pub opened_on: Date,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// Its outcome.
    pub outcome: Option<Key>,
    /// Values; personal ones as commitments.
    pub fields: BTreeMap<Key, Value>,
}

/// An act drafted for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The event that drafted it; its inputs are what the act will be given.
    pub seq: u64,
    /// The act.
    pub act: Key,
    /// The item it concerns.
    pub item: Option<ItemRef>,
    /// Who drafted it.
    pub by: Option<String>,
    /// Day it was drafted.
    pub on: Date,
    /// Who must agree, in this order.
    pub steps: Vec<Step>,
    /// Who agreed and when, as far as it has come.
    pub endorsed: Vec<(Option<String>, Date)>,
    /// What became of it.
    pub state: DraftState,
}

/// One who must agree to a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Whoever holds a role.
    Role(Key),
    /// One official, by account.
    Official(String),
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftState {
    /// On its way, or agreed to by all and not yet used.
    Standing,
    /// Sent back to its writer.
    SentBack,
    /// Taken back.
    Retracted,
    /// The act was done with it.
    Done,
}

impl Draft {
    /// The step that is to agree next, while the draft stands.
    pub fn next(&self) -> Option<&Step> {
        (self.state == DraftState::Standing).then(|| self.steps.get(self.endorsed.len())).flatten()
    }

    /// Whether all have agreed and the act can be done with it.
    pub fn is_approved(&self) -> bool {
        self.state == DraftState::Standing && self.endorsed.len() >= self.steps.len()
    }
}

/// A party as recorded; a person's values are commitments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyRecord {
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Value>,
    /// Its name in the matter: `p1`, `p2` …
    pub id: String,
    /// Person, organization or body.
    pub kind: PartyKind,
    /// Name.
    pub name: Value,
    /// Identity number or unified social credit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Value>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Value>,
    /// Party role.
    pub role: Key,
}

/// One limit running in the matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Which limit.
    pub limit: Key,
    /// The item whose clock it is, by number; the limit says of which items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// Whose duty.
    pub on: Duty,
    /// Whether acts after its end are refused.
    pub bars: bool,
    /// The act of the law at its end.
    pub deems: Option<Key>,
    /// Whether its end is only a fact, by which nobody is late.
    #[serde(default)]
    pub fact: bool,
    /// Day 0.
    pub from: Date,
    /// Length and unit.
    pub length: Length,
    /// Suspensions.
    pub pauses: Vec<Pause>,
    /// Extensions.
    pub extensions: Vec<Length>,
    /// Its end.
    pub due: Date,
    /// Time of day (hours only).
    pub time: Option<Time>,
    /// The end before it was moved off rest days.
    pub raw: Date,
    /// Whether the end rests on a year whose notice is missing.
    pub provisional: bool,
    /// Running, suspended or stopped.
    pub state: ClockState,
}

/// State of a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockState {
    /// Counting.
    Running,
    /// Suspended.
    Suspended {
        /// Since this day.
        since: Date,
    },
    /// Over.
    Stopped {
        /// On this day.
        on: Date,
        /// Days after its end, 0 if in time.
        late: i64,
    },
}

/// An act done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Place of the event.
    pub seq: u64,
    /// Act.
    pub act: Key,
    /// Day it took effect.
    pub on: Date,
    /// The item it was done in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemRef>,
    /// Who did it: an official's account, a party's id, else the role; nobody for the law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// In which role; none for the law, and where acts recorded elsewhere do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Key>,
    /// Officials who acted along, by account, each in a role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub along: Vec<(String, Key)>,
}

/// A paper issued in the matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedPaper {
    /// Paper.
    pub paper: Key,
    /// Place of the event that issued it.
    pub seq: u64,
    /// Its number, as printed.
    pub number: Option<String>,
    /// Its date: the day of the act.
    pub on: Date,
    /// Place of the event that made it void: by an act, or because the issuing act was corrected away.
    pub voided: Option<u64>,
}

impl Matter {
    /// The matter's own clock of a limit, if it ever started.
    pub fn clock(&self, limit: &str) -> Option<&Clock> {
        self.clock_of(limit, None)
    }

    /// The clock of a limit in an item, or of the matter itself.
    pub fn clock_of(&self, limit: &str, item: Option<u32>) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.limit.as_str() == limit && clock.item == item)
    }

    /// The clock of a limit as it stands for an act in an item: a limit of such items runs in the item, any
    /// other in the matter.
    pub fn clock_at(&self, procedure: &Procedure, limit: &str, item: Option<&ItemRef>) -> Option<&Clock> {
        self.clock_of(limit, item_of_limit(procedure, limit, item))
    }

    /// The day an act was last done: in the item, if it is an act of such items and one is named.
    pub fn done_at(&self, procedure: &Procedure, act: &str, item: Option<&ItemRef>) -> Option<Date> {
        self.last_done(procedure, act, item).map(|it| it.on)
    }

    /// The act as it was last done: in the item, if it is an act of such items and one is named.
    pub(crate) fn last_done(
        &self,
        procedure: &Procedure,
        act: &str,
        item: Option<&ItemRef>,
    ) -> Option<&Done> {
        let kind = procedure.act(act).and_then(|it| it.item.as_ref());
        let here = item.filter(|it| Some(&it.kind) == kind);
        let fits = |it: &&Done| it.act.as_str() == act && (here.is_none() || it.item.as_ref() == here);
        self.done.iter().rev().find(fits)
    }

    /// One item.
    pub fn item(&self, at: &ItemRef) -> Option<&Item> {
        self.items.iter().find(|it| it.at == *at)
    }

    /// All items of a kind, in order.
    pub fn items_of(&self, kind: &str) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |it| it.at.kind.as_str() == kind)
    }

    /// The number that the next item of a kind gets.
    pub fn next_item(&self, kind: &str) -> u32 {
        self.items_of(kind).map(|it| it.at.n).max().unwrap_or(0) + 1
    }

    /// The newest draft of an act that all have agreed to: for the item, unless the act opens one.
    pub fn approved(&self, act: &Act, item: Option<&ItemRef>) -> Option<&Draft> {
        let item = item.filter(|_| !act.opens);
        let fits = |it: &&Draft| it.act == act.key && it.item.as_ref() == item && it.is_approved();
        self.drafts.iter().rev().find(fits)
    }

    /// Whether the act has been done.
    pub fn has_done(&self, act: &str) -> bool {
        self.done.iter().any(|it| it.act.as_str() == act)
    }

    /// The paper of a name that was issued last and is not void.
    pub fn paper(&self, paper: &str) -> Option<&IssuedPaper> {
        self.papers.iter().rev().find(|it| it.paper.as_str() == paper && it.voided.is_none())
    }

    /// The number a person calls it by: the first issued, else its id.
    pub fn number(&self) -> String {
        self.numbers.first().map_or_else(|| self.id.to_string(), |(_, text)| text.clone())
    }

    /// The earliest end of a running clock that somebody must keep, whoever it is.
    pub fn next_due(&self) -> Option<&Clock> {
        let binds = |it: &&Clock| it.state == ClockState::Running && !it.fact;
        self.clocks.iter().filter(binds).min_by_key(|it| it.due)
    }
}

/// The number of the item in which the clock of a limit runs: none if it is no limit of such items.
pub(crate) fn item_of_limit(procedure: &Procedure, limit: &str, item: Option<&ItemRef>) -> Option<u32> {
    let of = procedure.limit(limit)?.item.as_ref()?;
    item.filter(|it| it.kind == *of).map(|it| it.n)
}

impl Clock {
    /// Whether it counts now.
    pub fn is_running(&self) -> bool {
        self.state == ClockState::Running
    }

    /// The last minute on which what it bounds is in time.
    pub fn ends_at(&self) -> DateTime {
        match self.time {
            Some(time) => self.due.to_datetime(time),
            None => self.due.at(23, 59, 0, 0),
        }
    }
}
