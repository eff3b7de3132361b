//! A row of cells as acts with their days and inputs. Every cell that cannot be read is a fault of its own.

use std::{collections::BTreeMap, sync::Arc};

use calendar::{Date, DateTime};
use engine::{Hash, Inputs, MatterId, MatterName, PartyInput, Value};
use law::{
    Field, FieldKind, Key, PartyKind, Procedure, ProcedureRef, Text,
    identifier::{check_credit_code, check_identity},
};

use super::{
    RowFault,
    column::{Layout, Part, field_of, role_of, series_of},
    day::{self, DayFault},
    number::{self, Given},
    say::{Word, listed, say},
    table::{Cell, fault},
    template::kind_id,
};
use crate::laws::Laws;

/// An act that a row tells of.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    /// Which.
    pub(crate) act: Key,
    /// When.
    pub(crate) at: DateTime,
    /// What was given.
    pub(crate) inputs: Inputs,
    /// Row in the sheet: acts of one kind of item in one row belong to one item.
    pub(crate) row: u32,
    /// Numbers that it took.
    pub(crate) numbers: Vec<Given>,
}

/// A row as acts in order of day, then of the procedure.
pub(crate) struct Plan {
    /// Row in the sheet.
    pub(crate) row: u32,
    /// The office's own number.
    pub(crate) own: Option<String>,
    /// The version that the matter follows.
    pub(crate) law: ProcedureRef,
    /// That version.
    pub(crate) procedure: Arc<Procedure>,
    /// Acts; the opening one first.
    pub(crate) acts: Vec<Planned>,
    /// Further rows of the same case.
    pub(crate) more: Vec<u32>,
}

impl Plan {
    /// What makes the row the same row in another file: its own number, else all that it says.
    pub(crate) fn identity(&self) -> String {
        let key = &self.procedure.key;
        match &self.own {
            Some(own) => own_claim(key, own),
            None => {
                let said: Vec<serde_json::Value> = self.acts.iter().map(Planned::said).collect();
                let said = serde_json::Value::from(said).to_string();
                format!("import:{key}:row:{}", Hash::of(said.as_bytes()))
            }
        }
    }
}

impl Plan {
    /// Adds what a further row of the case tells.
    pub(crate) fn add(
        &mut self,
        layout: &Layout,
        row: u32,
        cells: &[Cell],
        today: Date,
    ) -> Result<(), Vec<RowFault>> {
        let Some(first) = self.acts.first() else { return Ok(()) };
        let (opening, opened) = (first.act.clone(), first.at);
        let mut reading = Reading { layout, row, cells, today, faults: Vec::new() };
        let more = reading.acts(&self.procedure, &opening, opened);
        if !reading.faults.is_empty() {
            return Err(reading.faults);
        }
        self.acts.extend(more);
        self.more.push(row);
        in_order_of_days(&self.procedure, &opening, &mut self.acts);
        Ok(())
    }
}

/// By day, then in the order of the procedure; the opening act first.
fn in_order_of_days(procedure: &Procedure, opening: &Key, acts: &mut [Planned]) {
    let place = |key: &Key| procedure.acts.iter().position(|it| it.key == *key);
    acts.sort_by_key(|it| (it.act != *opening, it.at, place(&it.act)));
}

/// Whether a row opens a case, and its own number. One that opens none belongs to the case of its number.
pub(crate) fn opens(
    laws: &Laws,
    procedure: &str,
    layout: &Layout,
    row: u32,
    cells: &[Cell],
) -> (bool, Option<String>) {
    let mut reading = Reading { layout, row, cells, today: Date::MAX, faults: Vec::new() };
    let versions = laws.versions(procedure);
    let mut openings = versions.iter().flat_map(|it| it.openings());
    let opens = openings.any(|it| !reading.cell(&Part::Day(it.key.clone())).is_empty());
    (opens, reading.own())
}

impl Planned {
    /// All that is told of the act, in a form that stays the same from version to version of the program.
    fn said(&self) -> serde_json::Value {
        let parties = self.inputs.parties.iter();
        let parties = parties.map(|it| (&it.role, it.kind, &it.name, &it.number, it.other_paper));
        let mut said =
            serde_json::json!([self.act, self.at, self.inputs.fields, parties.collect::<Vec<_>>()]);
        let numbers = self.numbers.iter().map(|it| format!("{} {:?} {}", it.series, it.year, it.n));
        if let Some(list) = said.as_array_mut() {
            list.extend(numbers.map(serde_json::Value::from));
        }
        said
    }
}

/// The claim by which a matter brought in under an own case number is found again.
pub(crate) fn own_claim(procedure: &str, own: &str) -> String {
    format!("import:{procedure}:own:{}", own.trim())
}

/// Reads one row.
pub(crate) fn plan(
    laws: &Laws,
    procedure: &str,
    layout: &Layout,
    row: u32,
    cells: &[Cell],
    today: Date,
) -> Result<Plan, Vec<RowFault>> {
    let mut reading = Reading { layout, row, cells, today, faults: Vec::new() };
    let Some((opening, opened)) = reading.opening(laws, procedure) else {
        return Err(reading.faults);
    };
    let Some((law, version)) = laws.in_force(procedure, opened.date()) else {
        reading.add(&Part::Day(opening), say("import-no-version", &[("day", opened.date().into())]));
        return Err(reading.faults);
    };
    let own = reading.own();
    let acts = reading.acts(&version, &opening, opened);
    match reading.faults.is_empty() {
        true => Ok(Plan { row, own, law, procedure: version, acts, more: Vec::new() }),
        false => Err(reading.faults),
    }
}

struct Reading<'a> {
    layout: &'a Layout,
    row: u32,
    cells: &'a [Cell],
    today: Date,
    faults: Vec<RowFault>,
}

impl Reading<'_> {
    fn cell(&self, part: &Part) -> &Cell {
        self.layout.at(part).and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Empty)
    }

    fn add(&mut self, part: &Part, says: Text) {
        self.faults.push(fault(self.row, self.layout.letter(part), says));
    }

    fn own(&mut self) -> Option<String> {
        self.words(&Part::Own).filter(|it| !it.is_empty())
    }

    /// The act that opens the matter, and when.
    fn opening(&mut self, laws: &Laws, procedure: &str) -> Option<(Key, DateTime)> {
        let versions = laws.versions(procedure);
        let mut openings: Vec<Key> = Vec::new();
        for act in versions.iter().flat_map(|it| it.openings()) {
            if !openings.contains(&act.key) {
                openings.push(act.key.clone());
            }
        }
        let dated: Vec<Key> =
            openings.iter().filter(|it| !self.cell(&Part::Day((*it).clone())).is_empty()).cloned().collect();
        match dated.as_slice() {
            [one] => {
                let days = self.days(&Part::Day(one.clone()));
                days.first().map(|it| (one.clone(), *it))
            }
            [first, second, ..] => {
                let named = |key: &Key| self.layout.named(&Part::Day(key.clone()));
                let says = say(
                    "import-openings-two",
                    &[("first", (&named(first)).into()), ("second", (&named(second)).into())],
                );
                self.add(&Part::Day(second.clone()), says);
                None
            }
            [] => {
                let part = Part::Day(openings.first()?.clone());
                let says = say("import-day-missing", &[("column", (&self.layout.named(&part)).into())]);
                self.add(&part, says);
                None
            }
        }
    }

    fn acts(&mut self, procedure: &Procedure, opening: &Key, opened: DateTime) -> Vec<Planned> {
        let mut given: BTreeMap<Key, Inputs> = BTreeMap::new();
        let mut days: BTreeMap<Key, Vec<DateTime>> = BTreeMap::new();
        let mut issued: Vec<&Part> = Vec::new();
        let filled = self.layout.parts().map(|(part, _)| part).filter(|it| !self.cell(it).is_empty());
        let parts: Vec<Part> = filled.cloned().collect();
        for part in &parts {
            let Some(key) = part.act() else { continue };
            let known = procedure.act(key).is_some()
                && match part {
                    Part::Field(..) => field_of(procedure, part).is_some(),
                    Part::Issued(..) => series_of(procedure, part).is_some(),
                    Part::Own | Part::Day(_) => true,
                    _ => role_of(procedure, part).is_some(),
                };
            if !known {
                let named = self.layout.named(part);
                let says = say(
                    "import-not-in-version",
                    &[("from", procedure.from.into()), ("name", (&named).into())],
                );
                self.add(part, says);
                continue;
            }
            match part {
                Part::Day(_) => {
                    let read = self.days(part);
                    days.insert(key.clone(), read);
                }
                Part::Field(_, field) => {
                    if let Some(value) = field_of(procedure, part).and_then(|it| self.value(part, it.1)) {
                        given.entry(key.clone()).or_default().fields.insert(field.clone(), value);
                    }
                }
                Part::Names(_, role) => {
                    let parties = self.parties(procedure, key, role);
                    given.entry(key.clone()).or_default().parties.extend(parties);
                }
                Part::Kinds(act, role) | Part::Numbers(act, role) => {
                    let names = Part::Names(act.clone(), role.clone());
                    if self.cell(&names).is_empty() {
                        self.beside(&names, part, 0);
                    }
                }
                Part::Issued(..) => issued.push(part),
                Part::Own => {}
            }
        }
        self.undated(&parts, &days);
        let mut acts = self.in_order(procedure, opening, opened, &days, given);
        issued.into_iter().for_each(|part| self.issued(procedure, part, &days, &mut acts));
        acts
    }

    /// Puts the numbers of a cell to the acts that took them, one for each day of the act.
    fn issued(
        &mut self,
        procedure: &Procedure,
        part: &Part,
        days: &BTreeMap<Key, Vec<DateTime>>,
        acts: &mut [Planned],
    ) {
        let (Some(series), Some(act)) = (series_of(procedure, part), part.act()) else { return };
        let Some(days) = days.get(act) else { return };
        let dated = Part::Day(act.clone());
        let Some(texts) = self.beside(&dated, part, days.len()) else { return };
        for (text, day) in texts.iter().zip(days).filter(|(text, _)| !text.is_empty()) {
            let Some(number) = number::read(&series.key, &series.format, text, self.row) else {
                let says = say(
                    "import-not-issued",
                    &[("text", text.as_str().into()), ("form", series.format.as_str().into())],
                );
                self.add(part, says);
                continue;
            };
            let took = acts.iter_mut().find(|it| {
                it.act == *act && it.at == *day && it.numbers.iter().all(|it| it.series != series.key)
            });
            if let Some(took) = took {
                took.numbers.push(number);
            }
        }
    }

    /// A column that is filled in although its act has no day.
    fn undated(&mut self, parts: &[Part], days: &BTreeMap<Key, Vec<DateTime>>) {
        for part in parts {
            let Some(act) = part.act() else { continue };
            if matches!(part, Part::Day(_)) || days.contains_key(act) {
                continue;
            }
            let dated = self.layout.named(&Part::Day(act.clone()));
            self.add(part, say("import-without-day", &[("column", (&dated).into())]));
        }
    }

    fn in_order(
        &mut self,
        procedure: &Procedure,
        opening: &Key,
        opened: DateTime,
        days: &BTreeMap<Key, Vec<DateTime>>,
        given: BTreeMap<Key, Inputs>,
    ) -> Vec<Planned> {
        let mut acts = Vec::new();
        for act in &procedure.acts {
            let inputs = given.get(&act.key).cloned().unwrap_or_default();
            for at in days.get(&act.key).into_iter().flatten() {
                if *at < opened && act.key != *opening {
                    let part = Part::Day(act.key.clone());
                    let says = say(
                        "import-day-before-opening",
                        &[
                            ("column", (&self.layout.named(&part)).into()),
                            ("day", at.date().into()),
                            ("opening", (&self.layout.named(&Part::Day(opening.clone()))).into()),
                            ("opened", opened.date().into()),
                        ],
                    );
                    self.add(&part, says);
                }
                let (inputs, numbers) = (inputs.clone(), Vec::new());
                acts.push(Planned { act: act.key.clone(), at: *at, inputs, row: self.row, numbers });
            }
        }
        in_order_of_days(procedure, opening, &mut acts);
        acts
    }

    /// The days in a cell; what is not one is a fault.
    fn days(&mut self, part: &Part) -> Vec<DateTime> {
        let cell = self.cell(part).clone();
        let mut days = Vec::new();
        for piece in pieces(&cell) {
            let read = match &piece {
                Cell::Date(at) => Ok(*at),
                Cell::Text(text) => day::read(text).map_err(|it| day_fault(it, text)),
                Cell::Number(number) if (19_000_101.0..=29_991_231.0).contains(number) => {
                    let text = format!("{number:.0}");
                    day::read(&text).map_err(|it| day_fault(it, &text))
                }
                Cell::Number(number) => {
                    Err(say("import-day-serial", &[("text", number.to_string().as_str().into())]))
                }
                Cell::Broken => Err(say("import-cell-broken", &[])),
                Cell::YesNo(_) | Cell::Empty => Err(say("import-day-unread", &[("text", "".into())])),
            };
            match read {
                Ok(at) if at.date() > self.today => {
                    self.add(part, say("import-day-future", &[("day", at.date().into())]));
                }
                Ok(at) => days.push(at),
                Err(says) => self.add(part, says),
            }
        }
        days
    }

    /// A cell's words; a number too long to be kept as a quantity is a fault.
    fn words(&mut self, part: &Part) -> Option<String> {
        match self.cell(part).clone() {
            Cell::Empty => None,
            Cell::Text(text) => Some(text),
            Cell::Date(at) => Some(at.date().to_string()),
            Cell::YesNo(yes) => Some(yes.to_string()),
            Cell::Number(number) if number.abs() < 1e15 => Some(number.to_string()),
            Cell::Number(_) => {
                self.add(part, say("import-cell-long-number", &[]));
                None
            }
            Cell::Broken => {
                self.add(part, say("import-cell-broken", &[]));
                None
            }
        }
    }

    fn value(&mut self, part: &Part, field: &Field) -> Option<Value> {
        if matches!(field.kind, FieldKind::Date { .. }) {
            return self.days(part).first().map(|it| Value::Date(it.date()));
        }
        let text = self.words(part)?;
        let wrong = |id: &str, options: &Text| {
            Err(say(id, &[("text", text.as_str().into()), ("options", options.into())]))
        };
        let read = match &field.kind {
            FieldKind::Text { .. } => Ok(Value::Text(text.clone())),
            FieldKind::Body => Ok(Value::Body(text.clone())),
            FieldKind::Money => Ok(Value::Money(text.replace(',', ""))),
            FieldKind::Number { .. } => {
                let digits: String = text.chars().map(day::half_width).collect();
                match digits.trim().parse() {
                    Ok(number) => Ok(Value::Number(number)),
                    Err(_) => wrong("import-not-number", &Text::default()),
                }
            }
            FieldKind::Choice { options } => {
                let meant = |it: &&law::Choice| {
                    it.key.as_str() == text || it.name.zh == text || it.name.en.eq_ignore_ascii_case(&text)
                };
                match options.iter().find(meant) {
                    Some(option) => Ok(Value::Choice(option.key.clone())),
                    None => wrong("import-not-option", &names(options.iter().map(|it| &it.name))),
                }
            }
            FieldKind::YesNo if listed("import-yes-words", &text) => Ok(Value::YesNo(true)),
            FieldKind::YesNo if listed("import-no-words", &text) => Ok(Value::YesNo(false)),
            FieldKind::YesNo => wrong("import-not-yes-no", &Text::default()),
            FieldKind::List { .. } => {
                Ok(Value::List(split(&text).filter(|it| !it.is_empty()).map(str::to_owned).collect()))
            }
            FieldKind::Matter => {
                let name = MatterName { id: MatterId::NONE, number: text.clone() };
                Ok(Value::Matter(name))
            }
            FieldKind::Official => Ok(Value::Official(text.clone())),
            FieldKind::Date { .. } | FieldKind::File { .. } => return None,
        };
        read.map_err(|says| self.add(part, says)).ok()
    }

    /// The parties that join with an act in one role.
    fn parties(&mut self, procedure: &Procedure, act: &Key, role: &Key) -> Vec<PartyInput> {
        let Some(rule) = procedure.party(role) else { return Vec::new() };
        let part = Part::Names(act.clone(), role.clone());
        let names = self.words(&part).unwrap_or_default();
        let names: Vec<String> = split(&names).map(str::to_owned).collect();
        let kinds = self.beside(&part, &Part::Kinds(act.clone(), role.clone()), names.len());
        let numbers = self.beside(&part, &Part::Numbers(act.clone(), role.clone()), names.len());
        let told = self.cell(&Part::Kinds(act.clone(), role.clone()));
        if kinds.is_none() && !told.is_empty() {
            return Vec::new();
        }
        let mut parties = Vec::new();
        for (index, name) in names.into_iter().enumerate() {
            let said = |list: &Option<Vec<String>>| list.as_ref().and_then(|it| it.get(index)).cloned();
            let (other_paper, number) = paper(&said(&numbers).unwrap_or_default());
            let kind = match said(&kinds).filter(|it| !it.is_empty()) {
                Some(word) => self.kind(act, rule, &word),
                None => self.guess(&part, rule, &name, &number),
            };
            let Some(kind) = kind else { continue };
            parties.push(PartyInput {
                role: role.clone(),
                kind,
                name,
                number,
                other_paper,
                phone: String::new(),
                address: String::new(),
            });
        }
        parties
    }

    /// A list beside the names; none if the cell is empty, a fault if it is of another length.
    fn beside(&mut self, names: &Part, part: &Part, count: usize) -> Option<Vec<String>> {
        let words = self.words(part)?;
        let list: Vec<String> = split(&words).map(str::to_owned).collect();
        if list.len() != count {
            let says = say(
                "import-counts-differ",
                &[
                    ("names", (&self.layout.named(names)).into()),
                    ("given", count.into()),
                    ("others", (&self.layout.named(part)).into()),
                    ("found", list.len().into()),
                ],
            );
            self.add(part, says);
            return None;
        }
        Some(list)
    }

    fn kind(&mut self, act: &Key, rule: &law::PartyRole, word: &str) -> Option<PartyKind> {
        let named = |it: &&PartyKind| {
            let name = say(kind_id(**it), &[]);
            name.zh == word || name.en.eq_ignore_ascii_case(word)
        };
        let found = rule.kinds.iter().find(named).copied();
        if found.is_none() {
            let kinds: Vec<Text> = rule.kinds.iter().map(|it| say(kind_id(*it), &[])).collect();
            let options = names(kinds.iter());
            let says = say("import-not-kind", &[("text", word.into()), ("options", (&options).into())]);
            self.add(&Part::Kinds(act.clone(), rule.key.clone()), says);
        }
        found
    }

    /// The kind, where only one is possible or the number tells it.
    fn guess(&mut self, part: &Part, rule: &law::PartyRole, name: &str, number: &str) -> Option<PartyKind> {
        let told = match rule.kinds.as_slice() {
            [one] => Some(*one),
            _ if check_credit_code(number).is_ok() => Some(PartyKind::Organization),
            _ if check_identity(number, self.today).is_ok() => Some(PartyKind::Person),
            // A number with a slip in it: who wrote eighteen digits meant a person's.
            _ if number.len() == 18 && number[..17].bytes().all(|it| it.is_ascii_digit()) => {
                Some(PartyKind::Person)
            }
            _ => None,
        };
        match told.filter(|it| rule.kinds.contains(it)) {
            Some(kind) => Some(kind),
            None => {
                let (id, name) = match told {
                    None => ("import-kind-unclear", Word::from(name)),
                    Some(_) => ("import-kind-impossible", Word::from(name)),
                };
                self.add(part, say(id, &[("name", name), ("role", (&rule.name).into())]));
                None
            }
        }
    }
}

fn day_fault(why: DayFault, text: &str) -> Text {
    let id = match why {
        DayFault::Unread => "import-day-unread",
        DayFault::Impossible => "import-day-impossible",
    };
    say(id, &[("text", text.into())])
}

/// Names of options in a list.
fn names<'a>(all: impl Iterator<Item = &'a Text> + Clone) -> Text {
    let zh: Vec<&str> = all.clone().map(|it| it.zh.as_str()).collect();
    let en: Vec<&str> = all.map(|it| it.en.as_str()).collect();
    Text::new(zh.join("\u{3001}"), en.join(", "))
}

/// What is parted by semicolons of either width.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\u{ff1b}', ';']).map(str::trim)
}

fn pieces(cell: &Cell) -> Vec<Cell> {
    match cell {
        Cell::Text(text) => split(text).filter(|it| !it.is_empty()).map(Cell::of).collect(),
        other => vec![other.clone()],
    }
}

/// A number and whether it is another paper's: `passport:E1234567`.
fn paper(text: &str) -> (bool, String) {
    match text.split_once([':', '\u{ff1a}']) {
        Some((word, number)) if listed("import-other-paper-words", word) => (true, number.trim().to_owned()),
        _ => (false, text.trim().to_owned()),
    }
}
