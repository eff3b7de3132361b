//! Roles that are kept apart: nobody acts in one affair in two of them.

use serde::{Deserialize, Serialize};

use super::{
    act::{Act, EffectKind},
    condition::Condition,
    statute::Citation,
    text::{Key, Text},
};

/// Roles in two of which nobody acts in one matter, or in one item of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distinct {
    /// Name in the file.
    pub key: Key,
    /// The roles.
    pub roles: Vec<Key>,
    /// Articles.
    pub basis: Vec<Citation>,
    /// What is said to whoever has acted in another of them.
    pub otherwise: Text,
    /// The items in each of which they are kept apart, if all their acts are of these; the whole matter otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Key>,
}

impl Distinct {
    /// Those of the roles that may do an act.
    pub fn roles_of<'a>(&'a self, act: &'a Act) -> impl Iterator<Item = &'a Key> {
        self.roles.iter().filter(|it| act.by.contains(it))
    }

    /// Whether an act is open to several of the roles, so that doing it tells nothing of which.
    pub fn is_shared(&self, act: &Act) -> bool {
        self.roles_of(act).nth(1).is_some()
    }

    /// Whether doing an act tells in which of the roles: only one may do it, or a draft's step says so.
    pub fn tells(&self, act: &Act) -> bool {
        let several = self.is_shared(act);
        self.roles_of(act).next().is_some() && (!several || act.is_of_a_step())
    }

    /// Whether somebody acts along in an act in one of the roles.
    pub fn has_colleague(&self, act: &Act) -> bool {
        act.colleagues().into_iter().any(|(_, role)| self.roles.contains(role))
    }
}

impl Act {
    /// Fields that name officials who act along, each with the role in which they do.
    pub fn colleagues(&self) -> Vec<(&Key, &Key)> {
        let mut found = Vec::new();
        self.requires.iter().for_each(|it| colleagues(&it.that, &mut found));
        found
    }

    /// Whether the draft it is about says in which role it is done: that of the step that agrees or sends back.
    pub fn is_of_a_step(&self) -> bool {
        self.effects.iter().any(|it| matches!(it.kind, EffectKind::Endorse | EffectKind::SendBack))
    }
}

/// What is denied names nobody.
fn colleagues<'a>(condition: &'a Condition, found: &mut Vec<(&'a Key, &'a Key)>) {
    match condition {
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|it| colleagues(it, found)),
        Condition::Colleague { field, role } if !found.contains(&(field, role)) => found.push((field, role)),
        _ => {}
    }
}
