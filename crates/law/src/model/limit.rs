//! Limits: statutory time limits as rules. A limit running in a matter is a clock (see the engine).

use calendar::{Length, Unit};
use serde::{Deserialize, Serialize};

use super::{
    procedure::Unsettled,
    statute::Citation,
    text::{Key, Text},
};

/// One statutory time limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// How long.
    pub length: LimitLength,
    /// Articles.
    pub basis: Vec<Citation>,
    /// Whose duty it bounds.
    pub on: Duty,
    /// Whether an act that stops this clock after its end is refused. Default: limits on parties
    /// bar, limits on authorities never refuse that authority's act.
    pub bars: bool,
    /// How it may be extended.
    pub extension: Option<Extension>,
    /// What its end brings about.
    pub expiry: Expiry,
    /// What the law leaves open about it.
    pub unsettled: Vec<Unsettled>,
    /// The items whose clocks it rules; the matter's own otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Key>,
}

/// The length of a limit: fixed by law, or a parameter where the law leaves the number open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitLength {
    /// Fixed.
    Fixed(Length),
    /// A parameter's number in a fixed unit.
    Parameter {
        /// Parameter that gives the number.
        key: Key,
        /// Unit.
        unit: Unit,
    },
    /// The number in a field when the limit starts, as where a notice or decision sets the period.
    Field {
        /// Number field.
        key: Key,
        /// Unit.
        unit: Unit,
    },
}

/// Whose limit it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// The authority's own.
    Authority,
    /// A party's.
    Party(Key),
}

/// How a limit may be extended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Greatest total of one extension.
    pub max: Length,
    /// How often.
    pub times: u8,
    /// Articles.
    pub basis: Vec<Citation>,
}

/// What the end of a limit brings about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expiry {
    /// Nothing in law; the matter shows as overdue.
    Alarm,
    /// A fact that conditions may ask for; nobody is late by it.
    Fact,
    /// An act that the law itself does at that moment.
    Deem(Key),
}
