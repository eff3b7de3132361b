//! The people of a scenario: who holds which role besides whoever is called as it is.

use std::collections::{BTreeMap, BTreeSet};

use law::{Act, Key, Procedure, RoleKind};

use crate::{event::Actor, value::Value, wish::Inputs};

/// Everybody whom lines of a case have told of.
#[derive(Default)]
pub(crate) struct Cast {
    /// Roles by name of the official.
    holds: BTreeMap<String, BTreeSet<Key>>,
}

impl Cast {
    /// `official NAME ROLE …`
    pub(crate) fn official<'a>(&mut self, mut words: impl Iterator<Item = &'a str>) -> Result<(), String> {
        let name = words.next().ok_or("official WHO?")?;
        let roles: BTreeSet<Key> = words.map(Key::from).collect();
        if roles.is_empty() {
            return Err("official NAME ROLE".to_owned());
        }
        self.holds.entry(name.to_owned()).or_default().extend(roles);
        Ok(())
    }

    /// A role that a line told of and that there is not.
    pub(crate) fn unknown(&self, procedure: &Procedure) -> Option<&Key> {
        self.holds.values().flatten().find(|role| procedure.role(role).is_none())
    }

    /// Who holds each role of officials: those of whom a line told, and whoever is called as the role is.
    pub(crate) fn holders(&self, procedure: &Procedure) -> BTreeMap<Key, BTreeSet<String>> {
        let officials = procedure.roles.iter().filter(|it| matches!(it.kind, RoleKind::Post(_)));
        let one = |role: &Key| {
            let told = self.holds.iter().filter(|it| it.1.contains(role)).map(|it| it.0.clone());
            (role.clone(), told.chain([role.to_string()]).collect())
        };
        officials.map(|it| one(&it.key)).collect()
    }

    /// Puts a colleague of whom a line told where an act asks for one and none is given.
    pub(crate) fn fill(&self, act: &Act, given: &BTreeMap<&str, &str>, person: &str, inputs: &mut Inputs) {
        for (field, role) in act.colleagues() {
            let Some(value) = inputs.fields.get_mut(field).filter(|_| !given.contains_key(field.as_str()))
            else {
                continue;
            };
            let other = self.holds.iter().find(|it| it.0 != person && it.1.contains(role));
            if let Some((name, _)) = other {
                *value = Value::Official(name.clone());
            }
        }
    }
}

/// Somebody acting in a role, as records tell people apart.
pub(crate) fn actor(kind: &RoleKind, role: &str, person: &str) -> Actor {
    let role = Key::from(role);
    match kind {
        RoleKind::Post(_) => Actor::Official { account: person.to_owned(), role },
        RoleKind::Party(_) => Actor::Party { party: person.to_owned(), role },
        RoleKind::Public => Actor::Public { role },
    }
}
