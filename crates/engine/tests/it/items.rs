//! Items in the record: what opens one can be taken back like any other act.

use engine::{Actor, Event, Hash, Inputs, Target, Value, Wish};
use law::Key;

use crate::{people, shelf};

#[test]
fn an_item_opened_in_error_is_corrected_away() {
    let law = shelf::workshop();
    let procedure = law.packs.iter().flat_map(|it| &it.procedures).next().unwrap();
    let (refers, facts) = (people::refers(procedure), people::everyone(procedure));
    let day = calendar::Date::constant(2026, 4, 1);
    let mut events: Vec<(Event, Hash)> = Vec::new();
    for act in ["open-matter", "call-meeting"] {
        let act = procedure.act(act).unwrap();
        let mut inputs = people::inputs(procedure, act, day, &mut people::Chance(1));
        if let Some(meeting) = inputs.fields.get_mut("meeting-day") {
            *meeting = Value::Date(calendar::Date::constant(2026, 4, 20));
        }
        let wish = Wish { target: Target::default(), ..people::wish(act, inputs, day.at(9, 0, 0, 0)) };
        let matter = engine::fold_all(events.iter().map(|(event, hash)| (event, *hash)));
        let decided = engine::decide(procedure, &refers, &law.calendar, matter.as_ref(), &facts, &wish);
        let mut draft = decided.result.unwrap();
        draft.assign(&[1]);
        events.push((draft.event, Hash::NONE));
    }
    let matter = engine::fold_all(events.iter().map(|(event, hash)| (event, *hash))).unwrap();
    assert_eq!(matter.items.len(), 1);
    let wish = people::wish(procedure.act("call-meeting").unwrap(), Inputs::default(), matter.last);
    let actor = Actor::Official { account: "another".to_owned(), role: Key::from("worker") };
    let wish = Wish { act: Key::from("correct-record"), actor, ..wish };
    let draft = engine::correct(procedure, &refers, &matter, &events[1].0, &facts, &wish).unwrap();
    events.push((draft.event, Hash::NONE));
    let after = engine::fold_all(events.iter().map(|(event, hash)| (event, *hash))).unwrap();
    assert!(after.items.is_empty() && after.clocks.iter().all(|it| it.item.is_none()), "{after:?}");
    // The one who opened the matter cannot be taken back: then there would be none.
    let refused = engine::correct(procedure, &refers, &after, &events[0].0, &facts, &wish);
    assert!(refused.is_err());
}
