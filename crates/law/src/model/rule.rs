//! Rules: properties of a whole procedure that hold on every way through it. The checker proves them; the engine
//! needs none of them, since an act that would break one is not possible.

use serde::{Deserialize, Serialize};

use super::{
    condition::Condition,
    statute::Citation,
    text::{Key, Text},
};

/// A property that holds of every matter of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathRule {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Articles.
    pub basis: Vec<Citation>,
    /// What holds.
    pub must: Must,
    /// Only where this holds: at the act that is bound, or when the matter is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Why the house holds it for true although the checker cannot prove it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unproved: Option<Text>,
}

/// What a rule demands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Must {
    /// None of some acts is done before one of others has been.
    First {
        /// One of these first.
        first: Vec<Key>,
        /// Then these.
        then: Vec<Key>,
        /// Acts after which one of `first` must be done anew.
        since: Vec<Key>,
    },
    /// After one of some acts, others are never done.
    Never {
        /// After one of these.
        after: Vec<Key>,
        /// None of these.
        never: Vec<Key>,
    },
    /// After one of some acts, the matter is not over before one of others has been done.
    BeforeEnd {
        /// After one of these.
        after: Vec<Key>,
        /// One of these before the end.
        before_end: Vec<Key>,
    },
    /// Of these acts, taken together, at most one is done, and once.
    Once(Vec<Key>),
}

impl Must {
    /// Every act it speaks of.
    pub fn acts(&self) -> impl Iterator<Item = &Key> {
        let lists: [&[Key]; 3] = match self {
            Self::First { first, then, since } => [first, then, since],
            Self::Never { after, never } => [after, never, &[]],
            Self::BeforeEnd { after, before_end } => [after, before_end, &[]],
            Self::Once(acts) => [acts, &[], &[]],
        };
        lists.into_iter().flatten()
    }
}
