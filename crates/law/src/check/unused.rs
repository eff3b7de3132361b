//! Things declared and never used.

use std::collections::BTreeSet;

use crate::{
    Condition, Duty, EffectKind, Key, LimitLength, Need, Operand, Piece, Procedure, RoleKind, Wanted,
    fault::{Code, Draft},
    read::names::Kind,
};

use super::Exam;

#[derive(Default)]
struct Used<'a> {
    found: BTreeSet<(Kind, &'a Key)>,
}

impl Exam<'_> {
    /// Warns of every one of them.
    pub(super) fn unused(&mut self) {
        let procedure = self.procedure;
        let mut used = Used::default();
        used.gather(procedure);
        let declared = [
            (Kind::Parameter, keys(&procedure.parameters, |it| &it.key)),
            (Kind::Party, keys(&procedure.parties, |it| &it.key)),
            (Kind::Role, keys(&procedure.roles, |it| &it.key)),
            (Kind::Field, keys(&procedure.fields, |it| &it.key)),
            (Kind::Outcome, keys(&procedure.outcomes, |it| &it.key)),
            (Kind::Limit, keys(&procedure.limits, |it| &it.key)),
            (Kind::Series, keys(&procedure.series, |it| &it.key)),
            (Kind::Publication, keys(&procedure.publications, |it| &it.key)),
            (Kind::Items, keys(&procedure.items, |it| &it.key)),
            (Kind::Link, keys(&procedure.links, |it| &it.key)),
            (Kind::Approval, keys(&procedure.approvals, |it| &it.key)),
            (Kind::Claim, keys(&procedure.claims, |it| &it.key)),
            (Kind::Paper, keys(&procedure.papers, |it| &it.key)),
        ];
        for (kind, keys) in declared {
            for key in keys.into_iter().filter(|key| !used.found.contains(&(kind, *key))) {
                let draft = Draft::new(Code::Unused, "name").put("name", key);
                self.report(draft.put_text("kind", kind.words()), kind, key);
            }
        }
    }
}

fn keys<T>(list: &[T], key: impl Fn(&T) -> &Key) -> Vec<&Key> {
    list.iter().map(key).collect()
}

impl<'a> Used<'a> {
    fn add(&mut self, kind: Kind, key: &'a Key) {
        self.found.insert((kind, key));
    }

    fn gather(&mut self, procedure: &'a Procedure) {
        procedure.series.iter().for_each(|it| self.add(Kind::Parameter, &it.prefix));
        let steps = procedure.approvals.iter().flat_map(|it| &it.steps);
        steps.for_each(|role| self.add(Kind::Role, role));
        // Of a role that is only kept apart, more is said elsewhere.
        procedure.distincts.iter().flat_map(|it| &it.roles).for_each(|role| self.add(Kind::Role, role));
        for role in &procedure.roles {
            if let RoleKind::Party(key) = &role.kind {
                self.add(Kind::Party, key);
            }
        }
        for limit in &procedure.limits {
            if let Duty::Party(key) = &limit.on {
                self.add(Kind::Party, key);
            }
            if let LimitLength::Parameter { key, .. } = &limit.length {
                self.add(Kind::Parameter, key);
            }
            let parameters = limit.unsettled.iter().filter_map(|it| it.parameter.as_ref());
            parameters.for_each(|key| self.add(Kind::Parameter, key));
        }
        procedure.acts.iter().for_each(|act| self.act(act));
        procedure.papers.iter().for_each(|it| self.paper(it));
    }

    fn act(&mut self, act: &'a crate::Act) {
        act.item.iter().for_each(|key| self.add(Kind::Items, key));
        act.approval.iter().for_each(|key| self.add(Kind::Approval, key));
        act.by.iter().for_each(|key| self.add(Kind::Role, key));
        act.requires.iter().for_each(|it| self.condition(&it.that));
        let parameters = act.unsettled.iter().filter_map(|it| it.parameter.as_ref());
        parameters.for_each(|key| self.add(Kind::Parameter, key));
        for ask in &act.asks {
            match &ask.what {
                Wanted::Field(key) => self.add(Kind::Field, key),
                Wanted::Parties(key) => self.add(Kind::Party, key),
            }
            if let Need::When(condition) = &ask.need {
                self.condition(condition);
            }
        }
        for effect in &act.effects {
            effect.when.iter().for_each(|it| self.condition(it));
            match &effect.kind {
                EffectKind::Start { limit, .. } => self.add(Kind::Limit, limit),
                EffectKind::Set { field, .. } => self.add(Kind::Field, field),
                EffectKind::Outcome(key) => self.add(Kind::Outcome, key),
                EffectKind::Number(key) => self.add(Kind::Series, key),
                EffectKind::Publish(key) => self.add(Kind::Publication, key),
                EffectKind::Notify(key) => self.add(Kind::Party, key),
                EffectKind::Link { link, .. } => self.add(Kind::Link, link),
                EffectKind::Claim { claim, .. } => self.add(Kind::Claim, claim),
                EffectKind::Issue(key) => self.add(Kind::Paper, key),
                _ => {}
            }
        }
    }

    /// A paper uses its series, parameters and parties; it only looks at fields, as a condition does.
    fn paper(&mut self, paper: &'a crate::Paper) {
        paper.series.iter().for_each(|key| self.add(Kind::Series, key));
        let blocks = paper.blocks.iter().chain(&paper.attachments);
        blocks.filter_map(|it| it.when.as_ref()).for_each(|it| self.condition(it));
        for piece in paper.phrases().into_iter().flatten() {
            match piece {
                Piece::Parameter(key) => self.add(Kind::Parameter, key),
                Piece::Party { role, .. } => self.add(Kind::Party, role),
                _ => {}
            }
        }
        if paper.on_demand {
            self.add(Kind::Paper, &paper.key);
        }
    }

    /// A condition uses parameters and parties; a field or a clock it only looks at.
    fn condition(&mut self, condition: &'a Condition) {
        match condition {
            Condition::All(all) | Condition::Any(all) => all.iter().for_each(|it| self.condition(it)),
            Condition::Not(inner) | Condition::Items { that: inner, .. } => self.condition(inner),
            Condition::Parameter { key, .. } | Condition::Compare { with: Operand::Parameter(key), .. } => {
                self.add(Kind::Parameter, key);
            }
            Condition::HasParty { role, .. } => self.add(Kind::Party, role),
            Condition::Colleague { role, .. } => self.add(Kind::Role, role),
            _ => {}
        }
    }
}
