//! Acts: what somebody lawfully does in a matter; the only thing that changes anything.

use serde::{Deserialize, Serialize};

use super::{
    condition::Condition,
    procedure::Unsettled,
    statute::Citation,
    text::{Key, Text},
};

/// One act of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Name in the file and in records.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// A sentence of guidance for whoever does it.
    pub help: Option<Text>,
    /// Articles.
    pub basis: Vec<Citation>,
    /// Roles of which any one may do it; empty only for an act of the law itself.
    pub by: Vec<Key>,
    /// Whether it opens the matter, or an item of it.
    pub opens: bool,
    /// The items whose act it is; the matter's own otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Key>,
    /// For an act of items: stages of the matter in which it may be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<Key>,
    /// The chain of approval that its draft goes through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Key>,
    /// Whether the law does it when a limit ends; nobody else can.
    pub by_law: bool,
    /// Stages from which it may be done (none for an opening act).
    pub from: Vec<Key>,
    /// Stage it leads to; `None` keeps the stage.
    pub to: Option<Key>,
    /// What it asks for.
    pub asks: Vec<Ask>,
    /// What must hold.
    pub requires: Vec<Require>,
    /// What it brings about, in order.
    pub effects: Vec<Effect>,
    /// What the law leaves open about it.
    pub unsettled: Vec<Unsettled>,
}

impl Act {
    /// Whether it opens a matter, rather than an item in one or nothing.
    pub fn opens_matter(&self) -> bool {
        self.opens && self.item.is_none()
    }
}

/// One thing an act asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// What.
    pub what: Wanted,
    /// Whether it must be given.
    pub need: Need,
}

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// A field.
    Field(Key),
    /// Parties of a role.
    Parties(Key),
}

/// Whether an asked-for thing must be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// If a condition holds.
    When(Condition),
}

/// A condition on an act with its article and the words for whoever does not meet it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Require {
    /// Name in the file.
    pub key: Key,
    /// What must hold.
    pub that: Condition,
    /// Articles.
    pub basis: Vec<Citation>,
    /// What is said when it does not hold.
    pub otherwise: Text,
    /// Acts that would make it hold.
    pub remedy: Vec<Key>,
    /// What sort of condition: decides whether an imported act is rejected or recorded with a finding.
    pub kind: RequireKind,
}

/// The sort of a condition. A failed condition of time, form or order on an imported or late-entered
/// act is recorded as a finding; a failed condition of substance refuses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequireKind {
    /// Substance: identity, competence, facts.
    Substance,
    /// Within a time.
    Time,
    /// In a form (in writing, with reasons).
    Form,
    /// After another act.
    Order,
}

/// One effect of an act, perhaps only under a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// What happens.
    pub kind: EffectKind,
    /// Only if this holds.
    pub when: Option<Condition>,
    /// Articles of this effect where they differ from the act's.
    pub basis: Vec<Citation>,
}

/// What an act can bring about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectKind {
    /// A limit starts to run. A running clock of the same limit is replaced (restart).
    Start {
        /// Limit.
        limit: Key,
        /// Day 0.
        from: Origin,
    },
    /// A clock stops; nothing happens if it does not run.
    Stop(Key),
    /// A clock is suspended from the act's day.
    Suspend(Key),
    /// A suspended clock goes on; the time between is not counted.
    Resume(Key),
    /// A clock is extended by the number in a field, in the unit of the limit's extension.
    Extend {
        /// Limit.
        limit: Key,
        /// Number field that says by how much.
        by: Key,
    },
    /// A field takes a fixed value: an option, `yes`, `no`, or a whole number.
    Set {
        /// Field.
        field: Key,
        /// Value.
        value: Key,
    },
    /// The matter gets its outcome, the code used in statistics.
    Outcome(Key),
    /// A number is taken from a gapless series.
    Number(Key),
    /// A publication goes up.
    Publish(Key),
    /// A publication comes down.
    Unpublish(Key),
    /// A party role is notified (through the outbox).
    Notify(Key),
    /// The matter stands in a relation to the one that a field names.
    Link {
        /// Relation.
        link: Key,
        /// Field of another matter.
        by: Key,
    },
    /// The matter holds something that no other live matter may hold.
    Claim {
        /// Claim.
        claim: Key,
        /// Field whose value is held.
        by: Key,
    },
    /// What the matter holds is let go.
    Release(Key),
    /// The matter gets the handler that a field names.
    Assign(Key),
    /// The matter goes to the body that a field names.
    HandOver(Key),
    /// Another act is drafted for approval, with what it will be given.
    Draft,
    /// The next step of a draft's chain agrees to it.
    Endorse,
    /// A draft goes back to whoever wrote it.
    SendBack,
    /// A draft is taken back by whoever wrote it.
    Retract,
    /// A draft must also be agreed to by the official whom a field names.
    Countersign(Key),
    /// A paper is issued, with a number if it has a series.
    Issue(Key),
    /// The paper of this name that was issued last is void; its number is not used again.
    Void(Key),
}

/// Day 0 of a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The day on which the act takes effect.
    ActDay,
    /// The day in a date field.
    Field(Key),
    /// The day on which an earlier act took effect.
    Act(Key),
}
