//! The record's bytes: canonical, chained, and without personal values.

use std::collections::{BTreeMap, BTreeSet};

use engine::Hash;

use crate::{
    people::{Chance, PRIVATE, everyone, inputs, refers, wish},
    shelf,
};

/// A JSON value written by the rules of RFC 8785 for what our format holds: no fractions, ASCII keys.
pub(crate) fn canonical(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(map) => {
            let sorted: BTreeMap<_, _> = map.iter().collect();
            let parts = sorted.iter().map(|(key, value)| format!("{key:?}:{}", canonical(value)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
        }
        serde_json::Value::Array(list) => {
            format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

#[test]
fn an_opening_act_leaves_canonical_bytes_that_hold_no_personal_value() {
    let law = shelf::law();
    let (mut secrets, mut kinds) = (0, BTreeSet::new());
    for procedure in law.packs.iter().flat_map(|pack| &pack.procedures) {
        let act = procedure.openings().next().unwrap();
        let facts = everyone(procedure);
        // What is chosen by chance may be refused; not every time.
        let opened = (0..200).find_map(|seed| {
            let given = inputs(procedure, act, procedure.from, &mut Chance(seed));
            let wish = wish(act, given, procedure.from.at(10, 0, 0, 0));
            engine::decide(procedure, &refers(procedure), &law.calendar, None, &facts, &wish).result.ok()
        });
        let draft = opened.unwrap_or_else(|| panic!("{} is never opened", procedure.key));
        secrets += draft.secrets.len();
        let sealed = engine::seal(draft.event, Hash::NONE);
        let text = String::from_utf8(sealed.bytes.clone()).unwrap();
        assert_eq!(canonical(&serde_json::from_str(&text).unwrap()), text, "not canonical");
        for personal in ["张三", "13800138000", PRIVATE] {
            assert!(!text.contains(personal), "{personal} stands in {text}");
        }
        kinds.extend(sealed.event.parties.iter().map(|it| it.kind));
        let (read, hash) = engine::verify_bytes(&sealed.bytes).unwrap();
        assert_eq!((read, hash), (sealed.event, sealed.hash));
    }
    assert!(secrets > 0 && kinds.len() > 1, "{secrets} secrets, parties {kinds:?}");
}
