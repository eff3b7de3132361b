//! Random walks: whatever people do in whatever order, the record folds, chains, and stays lawful.

use calendar::DateTime;
use engine::{Event, Hash, Matter, Wish};
use law::{Procedure, Reachable};

use crate::{
    bytes::canonical,
    people::{Chance, PRIVATE, everyone, inputs, refers, target, wish},
    shelf,
};

/// A hundred walks of forty wishes over every version of every procedure, or as many as `YIFA_WALKS` says: each stays
/// where the checker says that a matter can come to.
#[test]
fn whatever_is_done_the_record_folds_and_the_law_holds() {
    let walks = std::env::var_os("YIFA_WALKS").map_or(100, |it| it.into_string().unwrap().parse().unwrap());
    let (law, workshop) = (shelf::law(), shelf::workshop());
    let (mut done, mut refused, mut by_law, mut closed, mut places) = (0, 0, 0, 0, 0);
    for procedure in law.packs.iter().chain(&workshop.packs).flat_map(|pack| &pack.procedures) {
        let reachable = Reachable::of(procedure).unwrap();
        places += reachable.len();
        for seed in 0..walks {
            let walk = walk(&law, procedure, &reachable, &mut Chance(seed));
            done += walk.done;
            refused += walk.refused;
            by_law += walk.by_law;
            closed += u32::from(walk.matter.closed);
        }
    }
    let told = format!("{done} done, {refused} refused, {by_law} by law, {closed} closed, {places} places");
    println!("{told}");
    assert!(done > 1500 && refused > 1500 && by_law > 150 && closed > 150, "{told}");
}

struct Walk {
    matter: Matter,
    done: u32,
    refused: u32,
    by_law: u32,
}

fn walk(law: &law::Law, procedure: &Procedure, reachable: &Reachable, chance: &mut Chance) -> Walk {
    let (refers, facts) = (refers(procedure), everyone(procedure));
    let mut at: DateTime = "2026-01-05T09:00".parse().unwrap();
    let opening = procedure.openings().next().unwrap();
    let mut act = opening;
    let mut events: Vec<(Event, Hash)> = Vec::new();
    let mut walk: Option<Walk> = None;
    for _ in 0..40 {
        let state = walk.as_ref().map(|it| &it.matter);
        let target = target(procedure, act, state, chance);
        let asked = target.drafts.as_ref().and_then(|it| procedure.act(it)).unwrap_or(act);
        let given = inputs(procedure, asked, at.date(), chance);
        let wish = Wish { target: target.clone(), ..wish(act, given, at) };
        let decided = engine::decide(procedure, &refers, &law.calendar, state, &facts, &wish);
        let offered = state.map(|state| {
            let offers = engine::allowed(procedure, state, &facts, at.date());
            let item = |it: &engine::Offer<'_>| it.item.as_ref().map(|it| it.n) == target.item;
            offers.iter().find(|it| it.act.key == act.key && item(it)).is_some_and(|it| it.refusal.is_none())
        });
        if decided.by_law.is_empty() && decided.result.is_ok() {
            assert_ne!(offered, Some(false), "{} was done but not offered", act.key);
        }
        let lawful = u32::try_from(decided.by_law.len()).unwrap();
        let drafts = decided.by_law.into_iter().chain(decided.result.clone().ok());
        for draft in drafts {
            let previous = walk.as_ref().map(|it| it.matter.clone());
            let head = previous.as_ref().map_or(Hash::NONE, |it| it.head);
            let sealed = engine::seal(draft.event, head);
            let text = String::from_utf8(sealed.bytes.clone()).unwrap();
            assert!(!text.contains(PRIVATE) && !text.contains("张三"), "{text}");
            assert_eq!(canonical(&serde_json::from_str(&text).unwrap()), text);
            let matter = engine::fold(previous, &sealed.event, sealed.hash);
            let done = |it: &law::Key| matter.done_at(procedure, it, None).is_some();
            assert!(reachable.holds(&matter.stage, done), "{}: {}", procedure.key, sealed.event.act);
            events.push((sealed.event, sealed.hash));
            let before = walk.take();
            let count = |pick: fn(&Walk) -> u32| before.as_ref().map_or(0, pick);
            walk = Some(Walk {
                matter,
                done: count(|it| it.done),
                refused: count(|it| it.refused),
                by_law: count(|it| it.by_law),
            });
        }
        if let Some(walk) = &mut walk {
            walk.by_law += lawful;
            walk.done += u32::from(decided.result.is_ok());
            walk.refused += u32::from(decided.result.is_err());
        }
        // What was refused at first is tried again until the matter is open.
        act = match walk {
            Some(_) => &procedure.acts[chance.below(procedure.acts.len())],
            None => opening,
        };
        let minutes = i64::try_from(chance.below(6 * 1440)).unwrap();
        at = at.saturating_add(jiff::Span::new().minutes(minutes));
    }
    let walk = walk.unwrap();
    let all: Vec<_> = events.iter().map(|(event, hash)| (event, *hash)).collect();
    assert_eq!(engine::fold_all(all).as_ref(), Some(&walk.matter), "folding at once gives the same");
    for (one, two) in events.iter().zip(events.iter().skip(1)) {
        assert_eq!(two.0.prev, one.1, "the chain holds");
    }
    walk
}
