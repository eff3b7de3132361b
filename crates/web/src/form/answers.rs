//! What somebody has typed so far, and how it becomes what an act is given.

use std::collections::BTreeMap;

use calendar::Date;
use engine::{FileRef, Inputs, MatterId, MatterName, PartyInput, Value};
use law::{Field, FieldKind, Key, Need, PartyKind, PartyRole};
use office::view::{AskView, FormView};
use serde::{Deserialize, Serialize};

use crate::{components::fault::Faults, words::Tongue};

/// Parts of a party, as the inputs are named.
pub(crate) const PARTS: [&str; 4] = ["name", "number", "phone", "address"];

/// Everything typed, as kept in a draft.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Answers {
    /// Words by input: `f.FIELD`, `p.ROLE.ROW.PART`, `late.PART`.
    pub(crate) values: BTreeMap<String, String>,
    /// Files by field.
    pub(crate) files: BTreeMap<String, Vec<FileRef>>,
    /// Rows shown for each party role.
    pub(crate) rows: BTreeMap<String, usize>,
}

/// Answers as an act takes them.
pub(crate) struct Given {
    /// What the engine is given.
    pub(crate) inputs: Inputs,
    /// From the field of a ground to the id of the input.
    pub(crate) places: BTreeMap<String, String>,
    /// What could not even be read.
    pub(crate) faults: Faults,
}

impl Answers {
    /// What was typed in one input.
    pub(crate) fn get(&self, id: &str) -> &str {
        self.values.get(id).map_or("", String::as_str)
    }

    /// How many rows a party role shows.
    pub(crate) fn rows_of(&self, party: &PartyRole, need: &Need) -> usize {
        let least = if matches!(need, Need::Required) { party.min.max(1) as usize } else { 0 };
        let most = party.max.map_or(20, |it| it as usize).min(20);
        self.rows.get(party.key.as_str()).copied().unwrap_or(0).max(least).min(most.max(1))
    }

    /// The kind chosen in a row.
    pub(crate) fn kind(&self, party: &PartyRole, row: usize) -> PartyKind {
        let said = self.get(&format!("p.{}.{row}.kind", party.key));
        let known = party.kinds.iter().copied().find(|it| kind_key(*it) == said);
        known.or_else(|| party.kinds.first().copied()).unwrap_or(PartyKind::Person)
    }

    /// Takes a row out; the rows after it move up.
    pub(crate) fn remove_row(&mut self, role: &str, row: usize) {
        let stem = format!("p.{role}.");
        let old = std::mem::take(&mut self.values);
        for (id, value) in old {
            let place = id.strip_prefix(&stem).and_then(|it| it.split_once('.'));
            match place.and_then(|(at, part)| Some((at.parse::<usize>().ok()?, part))) {
                Some((at, _)) if at == row => {}
                Some((at, part)) if at > row => {
                    self.values.insert(format!("{stem}{}.{part}", at - 1), value);
                }
                _ => {
                    self.values.insert(id, value);
                }
            }
        }
        if let Some(rows) = self.rows.get_mut(role) {
            *rows = rows.saturating_sub(1);
        }
    }

    /// The ids of a form's inputs from top to bottom.
    pub(crate) fn order(&self, form: &FormView) -> Vec<String> {
        let mut ids = Vec::new();
        for ask in &form.asks {
            match ask {
                AskView::Field { field, .. } => ids.push(format!("f.{}", field.key)),
                AskView::Parties { party, need } => {
                    for row in 0..self.rows_of(party, need) {
                        let stem = format!("p.{}.{row}", party.key);
                        ids.push(format!("{stem}.kind"));
                        ids.extend(PARTS.iter().map(|it| format!("{stem}.{it}")));
                    }
                }
            }
        }
        ids
    }

    /// Everything as an act takes it.
    pub(crate) fn given(&self, t: Tongue, form: &FormView) -> Given {
        let mut given =
            Given { inputs: Inputs::default(), places: BTreeMap::new(), faults: Faults::default() };
        for ask in &form.asks {
            match ask {
                AskView::Field { field, .. } => self.give_field(t, field, &mut given),
                AskView::Parties { party, need } => self.give_parties(party, need, &mut given),
            }
        }
        given
    }

    fn give_field(&self, t: Tongue, field: &Field, given: &mut Given) {
        let id = format!("f.{}", field.key);
        given.places.insert(field.key.to_string(), id.clone());
        if let FieldKind::File { .. } = field.kind {
            if let Some(files) = self.files.get(field.key.as_str()).filter(|it| !it.is_empty()) {
                given.inputs.fields.insert(field.key.clone(), Value::Files(files.clone()));
            }
            return;
        }
        let text = self.get(&id).trim();
        if text.is_empty() {
            return;
        }
        match read(&field.kind, text) {
            Ok(value) => {
                given.inputs.fields.insert(field.key.clone(), value);
            }
            Err(why) => given.faults.add(id, format!("{}: {}", t.text(&field.name), t.say(why))),
        }
    }

    fn give_parties(&self, party: &PartyRole, need: &Need, given: &mut Given) {
        let role = &party.key;
        given.places.insert(role.to_string(), format!("p.{role}.0.name"));
        for row in 0..self.rows_of(party, need) {
            let part = |name: &str| self.get(&format!("p.{role}.{row}.{name}")).trim().to_owned();
            if PARTS.iter().all(|it| part(it).is_empty()) {
                continue;
            }
            let index = given.inputs.parties.len();
            for name in PARTS.iter().chain(&["kind"]) {
                given.places.insert(format!("{role}.{index}.{name}"), format!("p.{role}.{row}.{name}"));
            }
            let kind = self.kind(party, row);
            given.inputs.parties.push(PartyInput {
                role: role.clone(),
                kind,
                name: part("name"),
                number: if kind == PartyKind::Body { String::new() } else { plain(&part("number")) },
                other_paper: part("other") == "yes",
                phone: plain(&part("phone")),
                address: part("address"),
            });
        }
    }
}

/// The name of a kind in forms and messages.
pub(crate) fn kind_key(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Person => "person",
        PartyKind::Organization => "organization",
        PartyKind::Body => "body",
    }
}

/// Full-width digits, letters and signs as the narrow ones that people mean.
pub(crate) fn plain(text: &str) -> String {
    let narrow = |it: char| match u32::from(it) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(it),
        0x3000 => ' ',
        _ => it,
    };
    text.chars().map(narrow).collect()
}

/// A day however it is written, as long as year, month and day stand in this order.
pub(crate) fn day(text: &str) -> Option<Date> {
    let text = plain(text);
    let digits = |it: char| it.is_ascii_digit();
    let numbers: Vec<&str> = text.split(|it| !digits(it)).filter(|it| !it.is_empty()).collect();
    let [year, month, day] = numbers[..] else { return None };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn read(kind: &FieldKind, text: &str) -> Result<Value, &'static str> {
    Ok(match kind {
        FieldKind::Text { .. } | FieldKind::File { .. } => Value::Text(text.to_owned()),
        FieldKind::Body => Value::Body(text.to_owned()),
        FieldKind::Number { .. } => Value::Number(plain(text).parse().map_err(|_| "fault-not-a-number")?),
        FieldKind::Money => Value::Money(plain(text).replace([',', ' '], "")),
        FieldKind::Date { .. } => Value::Date(day(text).ok_or("fault-not-a-day")?),
        FieldKind::Choice { .. } => Value::Choice(Key::new(text)),
        FieldKind::YesNo => Value::YesNo(text == "yes"),
        FieldKind::List { .. } => {
            let entries = text.lines().map(str::trim).filter(|it| !it.is_empty());
            Value::List(entries.map(str::to_owned).collect())
        }
        FieldKind::Matter => Value::Matter(MatterName { id: MatterId::NONE, number: text.to_owned() }),
        FieldKind::Official => Value::Official(text.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_it_is_written() {
        let wanted = Some(Date::constant(2026, 3, 2));
        for text in
            ["2026-03-02", "2026/3/2", "2026.3.2", "\u{ff12}026\u{5e74}3\u{6708}2\u{65e5}", " 2026 3 2 "]
        {
            assert_eq!(day(text), wanted, "{text}");
        }
        for text in ["", "2026-13-02", "2026-3", "20260302", "2026-3-2-1"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn rows_after_a_removed_one_move_up() {
        let mut answers = Answers::default();
        for (row, name) in ["a", "b", "c"].iter().enumerate() {
            answers.values.insert(format!("p.x.{row}.name"), (*name).to_owned());
        }
        answers.rows.insert("x".to_owned(), 3);
        answers.remove_row("x", 1);
        assert_eq!(answers.get("p.x.0.name"), "a");
        assert_eq!(answers.get("p.x.1.name"), "c");
        assert_eq!(answers.get("p.x.2.name"), "");
        assert_eq!(answers.rows["x"], 2);
    }
}
