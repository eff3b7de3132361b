//! Conditions: a closed vocabulary of typed predicates, so that the checker can reason about them.

use calendar::{Date, Length};
use serde::{Deserialize, Serialize};

use super::{field::PartyKind, text::Key};

/// Something that holds or does not hold of a matter at an act.
///
/// Inputs of the act under decision count as set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Every one holds (an empty list holds).
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// The inner one does not hold.
    Not(Box<Condition>),
    /// The act has been done in this matter and not been corrected away.
    Done(Key),
    /// The field has a value.
    Given(Key),
    /// The choice field has one of these options, or a yes/no field is `yes` or `no`.
    Is {
        /// Field.
        field: Key,
        /// Accepted options.
        any_of: Vec<Key>,
    },
    /// A number, money or date field compared.
    Compare {
        /// Field on the left.
        field: Key,
        /// How.
        how: Comparison,
        /// Value on the right.
        with: Operand,
    },
    /// State of the clock that runs a limit.
    Clock {
        /// Which limit.
        limit: Key,
        /// State asked for.
        is: ClockIs,
    },
    /// A text field, as given now or recorded before, contains none of the personal values of the matter
    /// (names, numbers, addresses).
    Masked(Key),
    /// A party of this role is present, of this kind if one is given.
    HasParty {
        /// Party role.
        role: Key,
        /// Kind, if it matters.
        kind: Option<PartyKind>,
    },
    /// The act's day lies so early that a whole length stands free between it and the day in a date
    /// field: a notice given in time, counted back from the event (the safe count of CAL-31).
    Ahead {
        /// Date field of the event.
        field: Key,
        /// Free between.
        length: Length,
    },
    /// Whoever acts now is not the official who last did the act.
    OtherPerson(Key),
    /// The official in a field is another person than whoever acts, and holds a role on the act's day. They
    /// have then acted along, in that role.
    Colleague {
        /// Field that names them.
        field: Key,
        /// Role.
        role: Key,
    },
    /// Of the items, one of which (or each of which) something holds.
    Items {
        /// Which items.
        items: Key,
        /// Whether it must hold of each; of none there is nothing to fail.
        each: bool,
        /// What must hold; the empty `All` for their mere presence.
        that: Box<Condition>,
    },
    /// The item stands at one of these stages.
    At(Vec<Key>),
    /// A parameter of the jurisdiction has this option.
    Parameter {
        /// Parameter.
        key: Key,
        /// Option.
        is: Key,
    },
}

/// A comparison of ordered values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// Less than, earlier than.
    Less,
    /// At most, not later than.
    AtMost,
    /// Equal.
    Equal,
    /// At least, not earlier than.
    AtLeast,
    /// More than, later than.
    More,
}

impl Comparison {
    /// Whether it holds of a left side that stands so to the right one.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::AtLeast => order.is_ge(),
            Self::More => order.is_gt(),
        }
    }
}

/// The right side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operand {
    /// A whole number (yuan for money).
    Number(i64),
    /// A day.
    Date(Date),
    /// Another field of the same type.
    Field(Key),
    /// A parameter of the jurisdiction: a whole number, or for a date a text that is a day.
    Parameter(Key),
    /// The day on which the act takes effect.
    ActDay,
}

/// A question about a clock. A clock that never started answers only to `NotStarted`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockIs {
    /// Not started yet.
    NotStarted,
    /// Started, neither suspended nor stopped, and not past its end on the act's day.
    Running,
    /// Suspended.
    Suspended,
    /// Running past its end on the act's day.
    Overdue,
    /// Stopped.
    Stopped,
    /// Stopped on or before its end, or still running before it.
    InTime,
    /// Extended at least once.
    Extended,
}
