//! A matter: one affair, folded from its events.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Date, DateTime, Length, Pause, Time};
use law::{Duty, Key, PartyKind, ProcedureRef};
use serde::{Deserialize, Serialize};

use crate::{
    id::{Hash, Jurisdiction, MatterId},
    value::Value,
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
    /// Publications that are up.
    pub published: BTreeSet<Key>,
    /// Events corrected away.
    pub corrected: BTreeSet<u64>,
    /// Number of findings on standing events.
    pub findings: u32,
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
    /// Whose duty.
    pub on: Duty,
    /// Whether acts after its end are refused.
    pub bars: bool,
    /// The act of the law at its end.
    pub deems: Option<Key>,
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
}

impl Matter {
    /// The clock of a limit, if it ever started.
    pub fn clock(&self, limit: &str) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.limit.as_str() == limit)
    }

    /// Whether the act has been done.
    pub fn has_done(&self, act: &str) -> bool {
        self.done.iter().any(|it| it.act.as_str() == act)
    }

    /// The day the act was last done.
    pub fn done_on(&self, act: &str) -> Option<Date> {
        self.done.iter().rev().find(|it| it.act.as_str() == act).map(|it| it.on)
    }

    /// The number a person calls it by: the first issued, else its id.
    pub fn number(&self) -> String {
        self.numbers.first().map_or_else(|| self.id.to_string(), |(_, text)| text.clone())
    }

    /// The earliest end of a running clock, whoever's duty it is.
    pub fn next_due(&self) -> Option<&Clock> {
        self.clocks.iter().filter(|it| it.state == ClockState::Running).min_by_key(|it| it.due)
    }
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
