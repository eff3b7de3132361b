//! Approval: an act is drafted, endorsed by each step of its chain, and only then done. Drafting,
//! endorsing, sending back, taking back and adding a signatory are acts like all others; what they do to
//! drafts is here.

use std::collections::BTreeMap;

use calendar::{Calendar, DateTime};
use law::{Act, EffectKind, Key, ParameterValue, Procedure};

use crate::{
    condition::View,
    decide, effect,
    event::{Actor, Change, Effective, Event, FORMAT_VERSION},
    fold::fold,
    id::Hash,
    input,
    matter::{Draft, DraftState, ItemRef, Matter, Step},
    person,
    refusal::{Ground, GroundKind},
    value::Value,
    wish::{Facts, Target, Wish},
};

/// What an act does to drafts, if it does.
pub fn verb(act: &Act) -> Option<&EffectKind> {
    act.effects.iter().map(|it| &it.kind).find(|it| {
        matches!(
            it,
            EffectKind::Draft
                | EffectKind::Endorse
                | EffectKind::SendBack
                | EffectKind::Retract
                | EffectKind::Countersign(_)
        )
    })
}

/// The grounds against an act that works on a draft, and what it brings about.
pub(crate) fn work(view: &View<'_>, wish: &Wish) -> (Vec<Ground>, Vec<Change>) {
    let Some(verb) = verb(view.act) else { return (Vec::new(), Vec::new()) };
    if *verb == EffectKind::Draft {
        return draft(view, wish);
    }
    let Some(draft) = view.matter.and_then(|it| meant(it, &wish.target)) else {
        return (vec![ground(view, GroundKind::NoSuchDraft)], Vec::new());
    };
    let seq = draft.seq;
    let grounds = turn(view, verb, draft);
    let change = match verb {
        EffectKind::Endorse => Change::Endorsed { draft: seq },
        EffectKind::SendBack => Change::SentBack { draft: seq },
        EffectKind::Retract => Change::Retracted { draft: seq },
        EffectKind::Countersign(field) => match view.value(field).and_then(|it| it.as_official()) {
            Some(account) => Change::Countersigned { account: account.to_owned(), draft: seq },
            None => return (grounds, Vec::new()),
        },
        _ => return (grounds, Vec::new()),
    };
    (grounds, vec![change])
}

/// The grounds against an act on a draft while acts are only listed: none that turns on which draft.
pub(crate) fn listed(view: &View<'_>) -> Vec<Ground> {
    let Some(verb) = verb(view.act) else { return Vec::new() };
    if *verb == EffectKind::Draft {
        return Vec::new();
    }
    let standing = view.matter.into_iter().flat_map(|it| &it.drafts).filter(|it| open(it));
    let mut grounds = None;
    for draft in standing {
        let against = turn(view, verb, draft);
        if against.is_empty() {
            return against;
        }
        grounds.get_or_insert(against);
    }
    grounds.unwrap_or_else(|| vec![ground(view, GroundKind::NoSuchDraft)])
}

fn open(draft: &Draft) -> bool {
    draft.state == DraftState::Standing
}

/// The draft an act is about: the one named, else the only one that stands.
fn meant<'a>(matter: &'a Matter, target: &Target) -> Option<&'a Draft> {
    let mut standing = matter.drafts.iter().filter(|it| open(it));
    match target.draft {
        Some(seq) => standing.find(|it| it.seq == seq),
        None => {
            let first = standing.next();
            first.filter(|_| standing.next().is_none())
        }
    }
}

/// Whose turn it is: a step endorses and sends back, the writer takes back, either adds a signatory.
fn turn(view: &View<'_>, verb: &EffectKind, draft: &Draft) -> Vec<Ground> {
    let person = view.facts.person.as_deref();
    let writer = draft.by.as_deref().is_some_and(|by| Some(by) == person);
    if matches!(verb, EffectKind::Retract) {
        return if writer { Vec::new() } else { vec![ground(view, GroundKind::NotYours)] };
    }
    let next = match draft.next() {
        Some(next) => next,
        // All have agreed; it may still be sent back by whoever would do the act.
        None if matches!(verb, EffectKind::SendBack) => return signer(view, draft),
        None => return vec![ground(view, GroundKind::NoSuchDraft)],
    };
    let turn = match next {
        Step::Role(role) => view.facts.roles.contains(role),
        Step::Official(account) => Some(account.as_str()) == person,
    };
    if matches!(verb, EffectKind::Countersign(_)) && (writer || turn) {
        return Vec::new();
    }
    let mut grounds = Vec::new();
    if !turn {
        let needed = match next {
            Step::Role(role) => vec![role.clone()],
            Step::Official(_) => Vec::new(),
        };
        grounds.push(ground(view, GroundKind::NotYourTurn { needed }));
    } else {
        grounds.extend(person::certain(view, wanted(view, draft)).err().into_iter().flatten());
    }
    if writer && matches!(verb, EffectKind::Endorse) {
        grounds.push(ground(view, GroundKind::SamePerson));
    }
    grounds
}

/// The role in which whoever acts agrees to a draft or sends it back: what is done to it tells which.
pub(crate) fn role(view: &View<'_>, wish: &Wish) -> Option<Key> {
    if !view.act.is_of_a_step() {
        return None;
    }
    let draft = view.matter.and_then(|it| meant(it, &wish.target))?;
    person::certain(view, wanted(view, draft)).ok().flatten().cloned()
}

/// The roles of which one is to agree to a draft or may send it back now.
fn wanted<'a>(view: &View<'a>, draft: &'a Draft) -> &'a [Key] {
    match draft.next() {
        Some(Step::Role(role)) => std::slice::from_ref(role),
        // An official who was named agrees in whichever of their roles may.
        Some(Step::Official(_)) => &view.act.by,
        None => view.procedure.act(&draft.act).map(|it| it.by.as_slice()).unwrap_or_default(),
    }
}

fn signer(view: &View<'_>, draft: &Draft) -> Vec<Ground> {
    match person::certain(view, wanted(view, draft)) {
        Ok(Some(_)) => Vec::new(),
        Ok(None) => vec![ground(view, GroundKind::NotYourTurn { needed: wanted(view, draft).to_vec() })],
        Err(grounds) => grounds,
    }
}

/// An act is drafted if it could be done now by somebody competent, with these contents.
fn draft(view: &View<'_>, wish: &Wish) -> (Vec<Ground>, Vec<Change>) {
    let procedure = view.procedure;
    let act = wish.target.drafts.as_ref().and_then(|key| procedure.act(key));
    let Some((act, chain)) = act.and_then(|it| Some((it, procedure.approval(it.approval.as_ref()?)?))) else {
        return (vec![ground(view, GroundKind::NoSuchAct)], Vec::new());
    };
    let item = decide::item_of(act, view.matter, &wish.target);
    let drafted = View { act, item: item.clone(), ..*view };
    let mut grounds = decide::astray(&drafted);
    if grounds.is_empty() {
        grounds.extend(input::check(&drafted, wish.late_entry));
    }
    decide::conditions(&drafted, wish.late_entry, &mut grounds, &mut Vec::new());
    if let Some(calendar) = view.calendar.filter(|_| grounds.is_empty()) {
        let worked = effect::work(&drafted, wish.effective.at, calendar);
        grounds.extend(worked.grounds);
        grounds.extend(worked.untimely.into_iter().filter(|_| !wish.late_entry));
    }
    let steps = chain.steps.iter().map(|it| Step::Role(it.clone())).collect();
    let item = item.filter(|_| !act.opens);
    (grounds, vec![Change::Drafted { act: act.key.clone(), item, steps }])
}

/// What stands against doing an act whose draft must have been agreed to; else the draft it is done with.
pub(crate) fn approved<'a>(
    procedure: &Procedure,
    act: &Act,
    matter: Option<&'a Matter>,
    item: Option<&ItemRef>,
) -> Result<Option<&'a Draft>, Box<Ground>> {
    let Some(chain) = act.approval.as_ref().and_then(|key| procedure.approval(key)) else { return Ok(None) };
    if let Some(draft) = matter.and_then(|it| it.approved(act, item)) {
        return Ok(Some(draft));
    }
    let under_way = matter.is_some_and(|it| {
        it.drafts.iter().any(|it| it.act == act.key && it.item.as_ref() == item && open(it))
    });
    let wanted = if under_way { EffectKind::Endorse } else { EffectKind::Draft };
    let remedy: Vec<Key> =
        procedure.acts.iter().filter(|it| verb(it) == Some(&wanted)).map(|it| it.key.clone()).collect();
    Err(Box::new(Ground {
        kind: GroundKind::Unapproved { approval: chain.key.clone() },
        basis: chain.basis.clone(),
        says: None,
        remedy,
    }))
}

/// The matter as it would stand if a drafted act were done at a moment with what it is given, whoever does it.
/// It takes no numbers, and says nothing of whether the act may be done. `matter` itself if there is no such act.
pub fn foreseen(
    procedure: &Procedure,
    calendar: &Calendar,
    matter: &Matter,
    draft: &Draft,
    given: &BTreeMap<Key, Value>,
    parameters: &BTreeMap<Key, ParameterValue>,
    at: DateTime,
) -> Matter {
    let Some(act) = procedure.act(&draft.act) else { return matter.clone() };
    let opened = act.item.as_ref().filter(|_| act.opens);
    let item = opened.map(|kind| ItemRef { kind: kind.clone(), n: matter.next_item(kind) });
    let item = item.or_else(|| draft.item.clone());
    let facts = Facts { parameters: parameters.clone(), ..Facts::default() };
    let view = View {
        procedure,
        act,
        matter: Some(matter),
        fields: given,
        parties: &[],
        facts: &facts,
        day: at.date(),
        item: item.clone(),
        calendar: Some(calendar),
        open: false,
    };
    let mut changes = effect::work(&view, at, calendar).changes;
    changes.retain(|it| !matches!(it, Change::Number { .. } | Change::Issued { .. }));
    let event = Event {
        act: act.key.clone(),
        actor: Actor::Law,
        body: matter.body.clone(),
        calendar: calendar.version(),
        changes,
        effective: Effective { at, rule: Key::new("foreseen") },
        findings: Vec::new(),
        inputs: given.clone(),
        item,
        jurisdiction: matter.jurisdiction.clone(),
        law: matter.law.clone(),
        matter: matter.id,
        parties: Vec::new(),
        prev: matter.head,
        recorded: crate::instant(at),
        seq: matter.version + 1,
        v: FORMAT_VERSION,
    };
    fold(Some(matter.clone()), &event, Hash::NONE)
}

fn ground(view: &View<'_>, kind: GroundKind) -> Ground {
    Ground { kind, basis: view.act.basis.clone(), says: None, remedy: Vec::new() }
}
