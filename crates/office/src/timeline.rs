//! What happened in a matter, as its reader may see it.

use engine::{Actor, Change, Event, Facts, Hash, Matter};
use law::{Citation, EffectKind, Key, Procedure, Text};

use crate::{
    access::Caller,
    course,
    matter::{Opened, Secrets, field_view, is_secret, party_name},
    open::Office,
    view::EventView,
    words::both,
};

impl Office {
    /// What happened in a matter, as the reader may see it.
    pub(crate) fn timeline(&self, opened: &Opened, facts: &Facts, caller: &Caller) -> Vec<EventView> {
        // What takes back something that is hidden would show that there was something, and why it was wrong.
        let hidden = |event: &Event| {
            let meant = find(event, |it| match it {
                Change::Corrected { event } => Some(*event),
                _ => None,
            });
            let meant = opened.events.iter().map(|it| &it.0).find(|it| Some(it.seq) == meant);
            internal(&opened.procedure, meant.unwrap_or(event))
        };
        let events = opened.events.iter().filter(|(event, _)| opened.inside || !hidden(event));
        events.map(|(event, hash)| self.event_view(opened, event, hash, facts, caller)).collect()
    }

    fn event_view(
        &self,
        opened: &Opened,
        event: &Event,
        hash: &Hash,
        facts: &Facts,
        caller: &Caller,
    ) -> EventView {
        let Opened { matter, secrets, procedure, .. } = opened;
        let act = procedure.act(&event.act);
        let corrects = find(event, |it| match it {
            Change::Corrected { event } => Some(*event),
            _ => None,
        });
        let (who, role) = self.who(event, matter, secrets);
        let mine = match (&event.actor, &caller.account) {
            (Actor::Official { account, .. }, Some(me)) => *account == me.id,
            _ => false,
        };
        let correctable = act.is_some_and(|it| {
            !it.opens_matter() && !it.by_law && it.by.iter().any(|role| facts.roles.contains(role))
        }) && caller.account.is_some()
            && matter.done.last().is_some_and(|it| it.seq == event.seq)
            && !mine;
        EventView {
            seq: event.seq,
            act: act.map_or_else(|| both(&format!("act-{}", event.act)), |it| it.name.clone()),
            item: event.item.as_ref().and_then(|it| course::item_name(procedure, Some(&it.kind), Some(it.n))),
            drafted: find(event, |it| match it {
                Change::Drafted { act, .. } => procedure.act(act).map(|it| it.name.clone()),
                _ => None,
            }),
            basis: act.map(|it| it.basis.clone()).unwrap_or_default(),
            who,
            role: role.and_then(|it| procedure.role(&it)).map(|it| it.name.clone()),
            effective: event.effective.at,
            rule: event.effective.rule.clone(),
            recorded: engine::local(event.recorded),
            entered_late: event.actor != Actor::Law
                && engine::local(event.recorded).date() > event.effective.at.date(),
            inputs: event
                .inputs
                .iter()
                .filter(|(key, _)| opened.inside || !is_secret(procedure, key))
                .map(|(key, value)| field_view(procedure, key, value, secrets))
                .collect(),
            late: late(procedure, event),
            findings: event.findings.iter().map(|it| (it.says.clone(), it.basis.clone())).collect(),
            numbers: event
                .changes
                .iter()
                .filter_map(|change| match change {
                    Change::Number { text, .. } => Some(text.clone()),
                    _ => None,
                })
                .collect(),
            corrected: matter.corrected.contains(&event.seq),
            corrects,
            correctable,
            hash: hash.hex(),
        }
    }

    fn who(&self, event: &Event, matter: &Matter, secrets: &Secrets) -> (Option<String>, Option<Key>) {
        let named = |account: &str| {
            let name = self.official(account, event.effective.at.date());
            Some(name.unwrap_or_else(|| account.to_owned()))
        };
        match &event.actor {
            Actor::Law => (None, None),
            Actor::Official { account, role } => (named(account), Some(role.clone())),
            Actor::Import { account, .. } => (named(account), None),
            Actor::Party { party, role } => {
                let name = matter.parties.iter().find(|it| it.id == *party);
                (name.map(|it| party_name(it, secrets)), Some(role.clone()))
            }
            Actor::Public { role } => {
                (matter.parties.first().map(|it| party_name(it, secrets)), Some(role.clone()))
            }
        }
    }
}

fn find<T>(event: &Event, pick: impl Fn(&Change) -> Option<T>) -> Option<T> {
    event.changes.iter().find_map(pick)
}

/// Clocks that an event stopped after their end: limit, days, articles.
fn late(procedure: &Procedure, event: &Event) -> Vec<(Text, i64, Vec<Citation>)> {
    let one = |change: &Change| match change {
        Change::ClockStopped { late, limit, .. } if *late > 0 => {
            let limit = procedure.limit(limit)?;
            Some((limit.name.clone(), *late, limit.basis.clone()))
        }
        _ => None,
    };
    event.changes.iter().filter_map(one).collect()
}

/// Whether an event concerns only the office: work on drafts, assigning and handing over, and what
/// consists of secrets.
fn internal(procedure: &Procedure, event: &Event) -> bool {
    let Some(act) = procedure.act(&event.act) else { return false };
    let within = |it: &law::Effect| matches!(it.kind, EffectKind::Assign(_));
    let all_secret = !event.inputs.is_empty() && event.inputs.keys().all(|it| is_secret(procedure, it));
    engine::draft_verb(act).is_some() || act.effects.iter().any(within) || all_secret && act.to.is_none()
}
