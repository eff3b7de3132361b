//! Invented people and what they write on forms.

use calendar::Date;
use engine::{Inputs, ItemRef, Matter, MatterId, MatterName, PartyInput, Value};
use law::{
    Act, Condition, Field, FieldKind, Key, Need, PartyKind, PartyRole, Practice, Procedure, Wanted,
    identifier::check_identity,
};

use super::chance::Chance;

const SURNAMES: &str = include_str!("../../demo/surnames.txt");
const GIVEN: &str = include_str!("../../demo/given.txt");
const ORGANIZATIONS: &str = include_str!("../../demo/organizations.txt");
const BODIES: &str = include_str!("../../demo/bodies.txt");
const STREETS: &str = include_str!("../../demo/streets.txt");
/// Division part of invented identity numbers: no place has it.
const NOWHERE: &str = "990001";

fn word(chance: &mut Chance, list: &str) -> String {
    let words: Vec<&str> = list.split_whitespace().collect();
    chance.pick(&words).map_or_else(String::new, |it| (*it).to_owned())
}

fn person(chance: &mut Chance, role: &Key, today: Date) -> PartyInput {
    let name = format!("{}{}", word(chance, SURNAMES), word(chance, GIVEN));
    let year = chance.between(1950, 2004);
    let (month, day) = (chance.between(1, 12), chance.between(1, 28));
    let stem = format!("{NOWHERE}{year}{month:02}{day:02}{:03}", chance.between(1, 999));
    let number = "0123456789X".chars().map(|check| format!("{stem}{check}"));
    let number = number.into_iter().find(|it| check_identity(it, today).is_ok());
    PartyInput {
        role: role.clone(),
        kind: PartyKind::Person,
        name,
        number: number.unwrap_or_default(),
        other_paper: false,
        phone: format!("199{:08}", chance.below(100_000_000)),
        address: format!("{}{}\u{53f7}", word(chance, STREETS), chance.between(1, 300)),
    }
}

fn named(role: &Key, kind: PartyKind, name: String) -> PartyInput {
    PartyInput {
        role: role.clone(),
        kind,
        name,
        number: String::new(),
        other_paper: false,
        phone: String::new(),
        address: String::new(),
    }
}

fn party(chance: &mut Chance, rule: &PartyRole, today: Date) -> PartyInput {
    let organization = rule.kinds.contains(&PartyKind::Organization) && chance.percent(20);
    if rule.kinds.contains(&PartyKind::Body) {
        let name = word(chance, BODIES);
        named(&rule.key, PartyKind::Body, name)
    } else if organization {
        let name = word(chance, ORGANIZATIONS);
        named(&rule.key, PartyKind::Organization, name)
    } else {
        person(chance, &rule.key, today)
    }
}

/// What somebody gives to an act: everything that must be given, and now and then what may be.
pub(super) fn inputs(
    chance: &mut Chance,
    procedure: &Procedure,
    practice: &Practice,
    act: &Act,
    at: Known<'_>,
    today: Date,
) -> Inputs {
    let mut inputs = Inputs::default();
    for ask in &act.asks {
        let given = match &ask.need {
            Need::Required => true,
            Need::Optional => false,
            Need::When(condition) => holds(condition, &inputs, at) != Some(false),
        };
        match &ask.what {
            Wanted::Parties(role) => {
                let Some(rule) = procedure.party(role).filter(|_| given) else { continue };
                let several = !rule.kinds.contains(&PartyKind::Body) && chance.percent(8);
                let count = if several { 3 } else { rule.min.max(1) };
                inputs.parties.extend((0..count).map(|_| party(chance, rule, today)));
            }
            Wanted::Field(key) => {
                let Some(field) = procedure.field(key).filter(|_| given) else { continue };
                inputs.fields.insert(key.clone(), value(chance, practice, field, today));
            }
        }
    }
    inputs
}

fn value(chance: &mut Chance, practice: &Practice, field: &Field, today: Date) -> Value {
    let sample = || practice.texts.iter().find(|it| it.field == field.key).map(|it| it.samples.as_slice());
    let picked = |chance: &mut Chance| {
        let habits: Vec<_> = practice.choices.iter().filter(|it| it.0 == field.key).collect();
        let weights: Vec<u32> = habits.iter().map(|it| it.2).collect();
        chance.weighted(&weights).map(|at| habits[at].1.clone())
    };
    match &field.kind {
        FieldKind::Text { .. } => {
            let samples = sample().unwrap_or_default();
            let text = chance.pick(samples).cloned().unwrap_or_else(|| field.name.zh.clone());
            let number = chance.between(1, 9999).to_string();
            Value::Text(text.replace("{year}", &today.year().to_string()).replace("{n}", &number))
        }
        FieldKind::Body => Value::Body(word(chance, BODIES)),
        FieldKind::Money => Value::Money(format!("{}", chance.between(200, 5000))),
        FieldKind::Number { min, max } => Value::Number(chance.between(*min, (*max).min(min + 29))),
        FieldKind::Date { future: false } => {
            let back = chance.between(1, 50);
            Value::Date(today.saturating_sub(jiff::Span::new().days(back)))
        }
        FieldKind::Date { future: true } => {
            let ahead = chance.between(4, 20);
            Value::Date(today.saturating_add(jiff::Span::new().days(ahead)))
        }
        FieldKind::Choice { options } => {
            let option = picked(chance).or_else(|| chance.pick(options).map(|it| it.key.clone()));
            Value::Choice(option.unwrap_or_else(|| Key::from("")))
        }
        FieldKind::YesNo => Value::YesNo(picked(chance).is_none_or(|it| it == *"yes")),
        FieldKind::File { .. } => Value::Files(Vec::new()),
        FieldKind::List { max } => {
            let name = |chance: &mut Chance| format!("{}{}", word(chance, SURNAMES), word(chance, GIVEN));
            Value::List((0..(*max).clamp(1, 4)).map(|_| name(chance)).collect())
        }
        FieldKind::Matter => Value::Matter(MatterName { id: MatterId::NONE, number: String::new() }),
        FieldKind::Official => Value::Official(String::new()),
    }
}

/// The matter that an act is done in, with the item it concerns.
pub(super) type Known<'a> = Option<(&'a Matter, Option<&'a ItemRef>)>;

/// Whether a condition holds of what is given and recorded; `None` if it turns on anything but values.
fn holds(condition: &Condition, inputs: &Inputs, at: Known<'_>) -> Option<bool> {
    let value = |key: &Key| {
        let recorded = || {
            let (matter, item) = at?;
            let of_item = || matter.item(item?)?.fields.get(key);
            of_item().or_else(|| matter.fields.get(key))
        };
        inputs.fields.get(key).or_else(recorded)
    };
    let all = |parts: &[Condition], decides: bool| {
        let found: Vec<_> = parts.iter().map(|it| holds(it, inputs, at)).collect();
        match found.contains(&Some(decides)) {
            true => Some(decides),
            false => (!found.contains(&None)).then_some(!decides),
        }
    };
    match condition {
        Condition::All(parts) => all(parts, false),
        Condition::Any(parts) => all(parts, true),
        Condition::Not(inner) => holds(inner, inputs, at).map(|it| !it),
        Condition::Given(key) => Some(value(key).is_some()),
        Condition::Is { field, any_of } => {
            let is = value(field).and_then(Value::as_option);
            Some(is.is_some_and(|is| any_of.iter().any(|key| key.as_str() == is)))
        }
        _ => None,
    }
}
