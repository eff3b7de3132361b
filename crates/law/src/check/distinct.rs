//! Roles that are kept apart: each can be acted in by somebody who acts in none of the others, and no act mixes them.

use crate::{
    Act, Condition, Distinct, EffectKind, Key, Procedure, Role, RoleKind,
    fault::{Code, Draft},
    read::names::Kind,
    source::Span,
};

use super::Exam;

impl Exam<'_> {
    /// Looks at all of them.
    pub(super) fn distincts(&mut self) {
        for distinct in &self.procedure.distincts {
            let before = self.faults.errors();
            self.held_by_posts(distinct);
            if self.faults.errors() == before {
                self.same(distinct);
            }
            // Of roles that are one, nothing more can be said.
            if self.faults.errors() == before {
                self.shared(distinct);
                self.idle_roles(distinct);
                self.contradicted(distinct);
            }
        }
    }

    fn apart(&self, distinct: &Distinct, role: &Key) -> Option<Span> {
        self.marks.apart.get(&(distinct.key.clone(), role.clone())).copied()
    }

    fn role_name(&self, key: &Key) -> crate::Text {
        self.procedure.role(key).map(|it| it.name.clone()).unwrap_or_default()
    }

    /// Only officials are told apart as people: a party or the public is not.
    fn held_by_posts(&mut self, distinct: &Distinct) {
        for role in distinct.roles.iter().filter_map(|key| self.procedure.role(key)) {
            if !matches!(role.kind, RoleKind::Post(_)) {
                let draft = Draft::new(Code::NotDistinct, "post").put_text("role", role.name.clone());
                let span = self.apart(distinct, &role.key);
                self.faults.add(span.into_iter().fold(draft, Draft::at));
            }
        }
    }

    /// Whoever acts along does so as an official.
    pub(super) fn colleagues(&mut self) {
        let procedure = self.procedure;
        for ((_, key), span) in &self.marks.colleagues {
            let role = procedure.role(key).filter(|it| !matches!(it.kind, RoleKind::Post(_)));
            if let Some(role) = role {
                let draft = Draft::new(Code::WrongType, "role-post").put_text("role", role.name.clone());
                self.faults.add(draft.at(*span));
            }
        }
    }

    /// Two roles that one post holds and that do the same acts are one role under two names.
    fn same(&mut self, distinct: &Distinct) {
        let procedure = self.procedure;
        let roles: Vec<&Role> = distinct.roles.iter().filter_map(|key| procedure.role(key)).collect();
        for (at, role) in roles.iter().enumerate() {
            let same = |it: &&&Role| it.kind == role.kind && does(procedure, it) == does(procedure, role);
            let Some(other) = roles.iter().take(at).find(same) else { continue };
            let draft = Draft::new(Code::NotDistinct, "same").put_text("role", role.name.clone());
            let draft = draft.put_text("other", other.name.clone());
            let span = self.apart(distinct, &role.key);
            self.faults.add(span.into_iter().fold(draft, Draft::at));
        }
    }

    /// An act that does something is done in one of the roles, or nobody could say in which.
    fn shared(&mut self, distinct: &Distinct) {
        let procedure = self.procedure;
        for act in procedure.acts.iter().filter(|it| distinct.is_shared(it) && !is_of_the_file(it)) {
            let mut roles = distinct.roles_of(act);
            let (Some(first), Some(second)) = (roles.next(), roles.next()) else { continue };
            let draft = Draft::new(Code::NotDistinct, "both").put_text("act", act.name.clone());
            let draft = draft.put_text("role", self.role_name(second));
            let draft = draft.put_text("other", self.role_name(first));
            let draft = self.apart(distinct, second).into_iter().fold(draft, Draft::at);
            let span = self.marks.names.place(Kind::Act, &act.key);
            self.faults.add(span.into_iter().fold(draft, |draft, span| draft.see(span, "act")));
        }
    }

    /// A role that does nothing of its own need not be kept apart.
    fn idle_roles(&mut self, distinct: &Distinct) {
        for key in distinct.roles.iter().filter(|key| !acts(self.procedure, distinct, key)) {
            let draft = Draft::new(Code::NotDistinct, "idle").put_text("role", self.role_name(key));
            let span = self.apart(distinct, key);
            self.faults.add(span.into_iter().fold(draft, Draft::at));
        }
    }

    /// An act that only whoever did another may do, and that other is done in another of the roles.
    fn contradicted(&mut self, distinct: &Distinct) {
        let within = |act: &Act| !act.by.is_empty() && act.by.iter().all(|it| distinct.roles.contains(it));
        let procedure = self.procedure;
        for act in procedure.acts.iter().filter(|it| within(it)) {
            let asked = act.requires.iter().filter_map(|it| same_person(&it.that));
            let other = asked
                .filter_map(|key| procedure.act(key))
                .find(|it| within(it) && it.by.iter().all(|role| !act.by.contains(role)));
            let Some(other) = other else { continue };
            let draft = Draft::new(Code::NotDistinct, "one-person").put_text("act", act.name.clone());
            let draft = draft.put_text("other", other.name.clone());
            let draft =
                act.by.first().and_then(|it| self.apart(distinct, it)).into_iter().fold(draft, Draft::at);
            let span = self.marks.names.place(Kind::Act, &act.key);
            self.faults.add(span.into_iter().fold(draft, |draft, span| draft.see(span, "act")));
        }
    }
}

/// The acts that a role may do.
fn does<'a>(procedure: &'a Procedure, role: &Role) -> Vec<&'a Key> {
    procedure.acts.iter().filter(|it| it.by.contains(&role.key)).map(|it| &it.key).collect()
}

/// Whether an act only notes or relates something in the file, or is about a draft that somebody else wrote: who does
/// it has not yet taken a hand in the affair.
fn is_of_the_file(act: &Act) -> bool {
    let light = |it: &EffectKind| {
        matches!(
            it,
            EffectKind::Link { .. }
                | EffectKind::Endorse
                | EffectKind::SendBack
                | EffectKind::Retract
                | EffectKind::Countersign(_)
        )
    };
    !act.opens && act.to.is_none() && act.effects.iter().all(|it| light(&it.kind))
}

/// Whether somebody can act in a role so that it is known to be this one.
fn acts(procedure: &Procedure, distinct: &Distinct, role: &Key) -> bool {
    let agrees = procedure.approvals.iter().any(|it| it.steps.contains(role));
    let own = |act: &Act| act.by.contains(role) && (!distinct.is_shared(act) || act.is_of_a_step() && agrees);
    let along = |act: &Act| act.colleagues().iter().any(|it| it.1 == role);
    procedure.acts.iter().any(|act| own(act) || along(act))
}

/// The act whose doer a condition asks for.
fn same_person(condition: &Condition) -> Option<&Key> {
    match condition {
        Condition::All(all) => all.iter().find_map(same_person),
        Condition::Not(inner) => match &**inner {
            Condition::OtherPerson(act) => Some(act),
            _ => None,
        },
        _ => None,
    }
}
