//! Declared names and where they were declared.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Key, Text,
    fault::{Code, Draft, Faults},
    source::Span,
    words,
};

/// What can be declared under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Statute,
    Post,
    Fragment,
    Parameter,
    Series,
    Party,
    Role,
    Field,
    Stage,
    Outcome,
    Limit,
    Act,
    Publication,
    Paper,
    Require,
    Option,
    Indicator,
    Procedure,
    Determination,
    Rule,
    Items,
    Link,
    Approval,
    Claim,
    Distinct,
    Body,
    Person,
}

impl Kind {
    /// The sort of a declaring line, by its first word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "parameter" => Self::Parameter,
            "series" => Self::Series,
            "party" => Self::Party,
            "role" => Self::Role,
            "field" => Self::Field,
            "stage" => Self::Stage,
            "outcome" => Self::Outcome,
            "limit" => Self::Limit,
            "act" => Self::Act,
            "publication" => Self::Publication,
            "items" => Self::Items,
            "link" => Self::Link,
            "approval" => Self::Approval,
            "claim" => Self::Claim,
            "distinct" => Self::Distinct,
            "rule" => Self::Rule,
            _ => return None,
        })
    }

    /// The word for people.
    pub(crate) fn words(self) -> Text {
        let id = match self {
            Self::Statute => "kind.statute",
            Self::Post => "kind.post",
            Self::Fragment => "kind.fragment",
            Self::Parameter => "kind.parameter",
            Self::Series => "kind.series",
            Self::Party => "kind.party",
            Self::Role => "kind.role",
            Self::Field => "kind.field",
            Self::Stage => "kind.stage",
            Self::Outcome => "kind.outcome",
            Self::Limit => "kind.limit",
            Self::Act => "kind.act",
            Self::Publication => "kind.publication",
            Self::Paper => "kind.paper",
            Self::Require => "kind.require",
            Self::Option => "kind.option",
            Self::Indicator => "kind.indicator",
            Self::Procedure => "kind.procedure",
            Self::Determination => "kind.determination",
            Self::Rule => "kind.rule",
            Self::Items => "kind.items",
            Self::Link => "kind.link",
            Self::Approval => "kind.approval",
            Self::Claim => "kind.claim",
            Self::Distinct => "kind.distinct",
            Self::Body => "kind.body",
            Self::Person => "kind.person",
        };
        words::text(id, &[])
    }
}

/// Names in force somewhere, each with its place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    known: BTreeMap<(Kind, Key), Span>,
    /// Sorts of which a declaration could not be read: nothing is said of unknown names among them.
    lost: BTreeSet<Kind>,
}

impl Names {
    /// Declares a name; a second declaration of the same sort is a fault.
    pub(crate) fn declare(&mut self, kind: Kind, key: Key, span: Span, faults: &mut Faults) -> bool {
        if let Some(first) = self.known.get(&(kind, key.clone())) {
            let draft = Draft::new(Code::DuplicateName, "declared").put("name", &key);
            faults.add(draft.put_text("kind", kind.words()).at(span).see(*first, "first"));
            return false;
        }
        self.known.insert((kind, key), span);
        true
    }

    /// Declares a name that is known from elsewhere; nothing is reported.
    pub(crate) fn know(&mut self, kind: Kind, key: Key, span: Span) {
        self.known.entry((kind, key)).or_insert(span);
    }

    /// Notes that a declaration of this sort has been reported as unreadable.
    pub(crate) fn lose(&mut self, kind: Kind) {
        self.lost.insert(kind);
    }

    /// Where a name is declared.
    pub(crate) fn place(&self, kind: Kind, key: &Key) -> Option<Span> {
        self.known.get(&(kind, key.clone())).copied()
    }

    /// Every name of a sort.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Key> {
        self.known.keys().filter(move |it| it.0 == kind).map(|it| &it.1)
    }

    /// Takes a name that must be declared; if it is not, says so and which one may be meant.
    pub(crate) fn take(&self, kind: Kind, (key, span): (Key, Span), faults: &mut Faults) -> Key {
        if self.place(kind, &key).is_none() && !self.lost.contains(&kind) {
            let draft = Draft::new(Code::UnknownName, "name").put("name", &key);
            let draft = draft.put_text("kind", kind.words()).at(span);
            faults.add(draft.near(&key, self.of(kind).map(Key::as_str)));
        }
        key
    }
}
