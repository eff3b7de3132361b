//! Roles that are kept apart, under whatever people do in whatever order.

use std::collections::{BTreeMap, BTreeSet};

use calendar::DateTime;
use engine::{Actor, DraftState, Facts, GroundKind, Hash, ItemRef, Matter, Target, Wish};
use law::{Act, Key, Procedure};

use crate::{
    people::{Chance, everyone, inputs, refers, target, wish},
    shelf,
};

const PEOPLE: [&str; 7] = ["zhang", "li", "wang", "zhao", "qian", "sun", "zhou"];

/// What somebody did: who, in which role, in which item, which act.
type Hand = (String, Key, Option<ItemRef>, Key);

/// Nobody has ever acted in two roles that are kept apart, and what is refused for it is not offered.
#[test]
fn nobody_acts_in_two_roles_that_are_kept_apart() {
    let law = shelf::workshop();
    let procedure =
        law.packs.iter().flat_map(|it| &it.procedures).find(|it| it.key == *"yard-check").unwrap();
    let (mut kept, mut refused) = (0, 0);
    for seed in 0..60 {
        let (hands, no) = walk(&law, procedure, &mut Chance(seed));
        refused += no;
        for distinct in &procedure.distincts {
            let mut acted: BTreeMap<(&str, Option<&ItemRef>), BTreeSet<&Key>> = BTreeMap::new();
            let tells = |act: &Key| procedure.act(act).is_some_and(|it| distinct.tells(it));
            for (who, role, item, _) in
                hands.iter().filter(|it| distinct.roles.contains(&it.1) && tells(&it.3))
            {
                let place = item.as_ref().filter(|_| distinct.item.is_some());
                acted.entry((who, place)).or_default().insert(role);
            }
            kept += acted.len();
            assert!(acted.values().all(|it| it.len() == 1), "{seed} {}: {acted:?}", distinct.key);
        }
    }
    assert!(kept > 1000 && refused > 300, "{kept} kept, {refused} refused");
}

fn walk(law: &law::Law, procedure: &Procedure, chance: &mut Chance) -> (Vec<Hand>, u32) {
    let mut at: DateTime = "2026-01-05T09:00".parse().unwrap();
    let mut matter: Option<Matter> = None;
    let (mut hands, mut refused) = (Vec::new(), 0);
    for _ in 0..100 {
        let person = PEOPLE[chance.below(PEOPLE.len())];
        let facts = Facts { person: Some(person.to_owned()), ..everyone(procedure) };
        let offers = matter.as_ref().map(|it| engine::allowed(procedure, it, &facts, at.date()));
        // Mostly something that the person is offered, so that matters come to an end.
        let open: Vec<&Act> =
            offers.iter().flatten().filter(|it| it.refusal.is_none()).map(|it| it.act).collect();
        let act = match (&matter, open.is_empty() || chance.below(3) == 0) {
            (None, _) => procedure.openings().next().unwrap(),
            (Some(_), true) => &procedure.acts[chance.below(procedure.acts.len())],
            (Some(_), false) => open[chance.below(open.len())],
        };
        let mut standing =
            matter.iter().flat_map(|it| &it.drafts).filter(|it| it.state == DraftState::Standing);
        let draft = standing.next_back().map(|it| it.seq);
        let target = Target { draft, ..target(procedure, act, matter.as_ref(), chance) };
        let asked = target.drafts.as_ref().and_then(|it| procedure.act(it)).unwrap_or(act);
        let given = inputs(procedure, asked, at.date(), chance);
        let actor =
            Actor::Official { account: person.to_owned(), role: act.by[chance.below(act.by.len())].clone() };
        let wish = Wish { target: target.clone(), actor, ..wish(act, given, at) };
        let decided =
            engine::decide(procedure, &refers(procedure), &law.calendar, matter.as_ref(), &facts, &wish);
        match decided.result {
            Ok(draft) => {
                let role = draft.event.actor.role().unwrap().clone();
                hands.push((person.to_owned(), role, draft.event.item.clone(), act.key.clone()));
                matter = Some(engine::fold(matter, &draft.event, Hash::NONE));
            }
            Err(refusal) => {
                let mixed = |it: &engine::Ground| matches!(it.kind, GroundKind::Distinct { .. });
                if refusal.grounds.iter().any(mixed) {
                    refused += 1;
                    // Of several drafts one may be for them.
                    if engine::draft_verb(act).is_some() {
                        continue;
                    }
                    let same = |it: &&engine::Offer<'_>| {
                        it.act.key == act.key && it.item.as_ref().map(|it| it.n) == target.item
                    };
                    let offer = offers.iter().flatten().find(same);
                    assert!(
                        offer.is_none_or(|it| it.refusal.is_some()),
                        "{} is offered to {person}",
                        act.key
                    );
                }
            }
        }
        at = at.saturating_add(jiff::Span::new().minutes(i64::try_from(chance.below(3000)).unwrap()));
    }
    (hands, refused)
}
