//! The record's bytes: canonical, chained, and without personal values.

use std::collections::BTreeMap;

use engine::{Actor, Effective, Facts, Hash, Inputs, MatterId, PartyInput, Value, Wish};
use law::{Key, PartyKind, ProcedureRef, RoleKind, Wanted};

use crate::shelf;

/// A JSON value written by the rules of RFC 8785 for what our format holds: no fractions, ASCII keys.
fn canonical(value: &serde_json::Value) -> String {
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
    for procedure in law.packs.iter().flat_map(|pack| &pack.procedures) {
        let act = procedure.openings().next().unwrap();
        let public = |it: &&Key| {
            procedure.role(it).is_some_and(|it| matches!(it.kind, RoleKind::Public | RoleKind::Post(_)))
        };
        let role = act.by.iter().find(public).unwrap().clone();
        let day = procedure.from;
        let mut inputs = Inputs::default();
        for ask in &act.asks {
            match &ask.what {
                Wanted::Parties(role) => {
                    let kind = procedure.party(role).unwrap().kinds[0];
                    inputs.parties.push(PartyInput {
                        role: role.clone(),
                        kind,
                        name: "张三丰丰".to_owned(),
                        number: String::new(),
                        other_paper: false,
                        phone: if kind == PartyKind::Person { "13800138000" } else { "" }.to_owned(),
                        address: String::new(),
                    });
                }
                Wanted::Field(key) => {
                    let field = procedure.field(key).unwrap();
                    let value = match &field.kind {
                        law::FieldKind::Text { .. } => Value::Text("私下的话 张三".to_owned()),
                        law::FieldKind::Choice { options } => Value::Choice(options[0].key.clone()),
                        law::FieldKind::Date { .. } => Value::Date(day),
                        law::FieldKind::YesNo => Value::YesNo(false),
                        law::FieldKind::Number { min, .. } => Value::Number(*min),
                        _ => continue,
                    };
                    inputs.fields.insert(key.clone(), value);
                }
            }
        }
        let wish = Wish {
            act: act.key.clone(),
            actor: Actor::Public { role: role.clone() },
            effective: Effective { at: day.at(10, 0, 0, 0), rule: Key::from("online") },
            inputs,
            now: engine::instant(day.at(10, 0, 0, 0)),
            seed: [3; 32],
            late_entry: false,
            opens: Some(("990001".parse().unwrap(), MatterId(uuid::Uuid::from_u128(5)), "b".to_owned())),
        };
        let refers = ProcedureRef {
            hash: law::procedure_hash(procedure),
            key: procedure.key.clone(),
            version: procedure.from,
        };
        let facts = Facts { roles: [role].into(), ..Facts::default() };
        let decided = engine::decide(procedure, &refers, &law.calendar, None, &facts, &wish);
        let draft = decided.result.unwrap();
        assert!(!draft.secrets.is_empty());
        let sealed = engine::seal(draft.event, Hash::NONE);
        let text = String::from_utf8(sealed.bytes.clone()).unwrap();
        assert_eq!(canonical(&serde_json::from_str(&text).unwrap()), text, "not canonical");
        let open: Vec<_> = procedure
            .parties
            .iter()
            .filter(|it| it.kinds.contains(&PartyKind::Body))
            .map(|it| it.key.clone())
            .collect();
        let mut bare = text.clone();
        for party in sealed.event.parties.iter().filter(|it| open.contains(&it.role)) {
            bare = bare.replace(party.name.as_text().unwrap_or("\u{0}"), "");
        }
        for personal in ["张三", "13800138000", "私下"] {
            assert!(!bare.contains(personal), "{personal} stands in {text}");
        }
        let (read, hash) = engine::verify_bytes(&sealed.bytes).unwrap();
        assert_eq!((read, hash), (sealed.event, sealed.hash));
    }
}
