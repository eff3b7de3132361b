//! Correcting: an event recorded in error is named by a later one and left out of the state.
//! Nothing is overwritten. What rests on it must be corrected first.

use std::collections::BTreeMap;

use law::{Act, Key, Procedure, ProcedureRef};

use crate::{
    condition::View,
    decide::Drafted,
    event::{Actor, Change, Event, FORMAT_VERSION},
    id::Hash,
    input::Salts,
    matter::Matter,
    person,
    refusal::{Ground, GroundKind, Refusal},
    value::Value,
    wish::{Facts, Wish},
};

/// The standing events after the given one: those that may rest on it.
fn later_than(matter: &Matter, seq: u64) -> Vec<u64> {
    matter.done.iter().map(|it| it.seq).filter(|it| *it > seq).collect()
}

/// What stands against somebody doing the act that is corrected, as to who they are.
fn not_theirs(
    procedure: &Procedure,
    act: &Act,
    matter: &Matter,
    original: &Event,
    facts: &Facts,
) -> Vec<Ground> {
    let fields = BTreeMap::new();
    person::against(&View {
        procedure,
        act,
        matter: Some(matter),
        fields: &fields,
        parties: &[],
        facts,
        day: original.effective.at.date(),
        item: original.item.clone(),
        calendar: None,
        open: true,
    })
}

/// Drafts the correction of one earlier event, or refuses it.
///
/// `wish.act` is the general act of correction, its text input the ground; it takes effect when it is
/// entered. The actor must hold a role of the corrected act and be another person than did it.
///
/// # Errors
/// A refusal if the event does not stand, opened the matter, was the law's own, has later acts resting
/// on it, or the actor is not competent or the same person.
pub fn correct(
    procedure: &Procedure,
    law: &ProcedureRef,
    matter: &Matter,
    original: &Event,
    facts: &Facts,
    wish: &Wish,
) -> Result<Drafted, Refusal> {
    let act = procedure.act(&original.act);
    let basis = act.map(|it| it.basis.clone()).unwrap_or_default();
    let refuse = |kind| Err(Refusal::plain(&wish.act, kind, basis.clone()));
    let stands = matter.done.iter().any(|it| it.seq == original.seq);
    let Some(act) = act.filter(|it| stands && !it.opens_matter()) else {
        return refuse(GroundKind::NoSuchAct);
    };
    if original.actor == Actor::Law {
        return refuse(GroundKind::LawAlone);
    }
    if let Some(refusal) = Refusal::of(&wish.act, not_theirs(procedure, act, matter, original, facts)) {
        return Err(refusal);
    }
    if let (Actor::Official { account: by, .. }, Actor::Official { account: was, .. }) =
        (&wish.actor, &original.actor)
        && by == was
    {
        return refuse(GroundKind::SamePerson);
    }
    let events = later_than(matter, original.seq);
    if !events.is_empty() {
        return refuse(GroundKind::LaterActs { events });
    }
    let mut secrets = Vec::new();
    let mut salts = Salts::new(wish.seed);
    let inputs = wish
        .inputs
        .fields
        .iter()
        .filter(|(_, value)| matches!(value, Value::Text(_)))
        .map(|(key, value)| (key.clone(), salts.seal(format!("inputs.{key}"), value, &mut secrets)))
        .collect();
    let event = Event {
        act: Key::new(wish.act.as_str()),
        actor: wish.actor.clone(),
        body: matter.body.clone(),
        calendar: original.calendar.clone(),
        changes: vec![Change::Corrected { event: original.seq }],
        effective: wish.effective.clone(),
        findings: Vec::new(),
        inputs,
        item: None,
        jurisdiction: matter.jurisdiction.clone(),
        law: law.clone(),
        matter: matter.id,
        parties: Vec::new(),
        prev: Hash::NONE,
        recorded: wish.now,
        seq: matter.version + 1,
        v: FORMAT_VERSION,
    };
    Ok(Drafted { event, secrets, numbers: Vec::new() })
}
