//! Inputs: what an act is given, checked against what it asks for, and personal values sealed.

use std::collections::BTreeMap;

use calendar::Date;
use law::{
    Act, Field, FieldKind, Key, Need, PartyKind, Wanted,
    identifier::{check_credit_code, check_identity, normalise},
};
use sha2::{Digest, Sha256};

use crate::{
    condition::View,
    matter::PartyRecord,
    refusal::{Ground, GroundKind, InputFault},
    seal::{Secret, commitment},
    value::Value,
    wish::PartyInput,
};

/// Longest name, number, telephone and address, in characters.
const PARTY_TEXT_MAX: u32 = 200;

/// Checks everything given to an act. Missing inputs are no fault on a late entry.
pub(crate) fn check(view: &View<'_>, late_entry: bool) -> Vec<Ground> {
    let mut faults = Vec::new();
    for field in view.fields.keys() {
        let asked = view.act.asks.iter().any(|ask| matches!(&ask.what, Wanted::Field(it) if it == field));
        if !asked {
            faults.push((field.to_string(), InputFault::NotAsked));
        }
    }
    for ask in &view.act.asks {
        match &ask.what {
            Wanted::Field(key) => match (view.fields.get(key), view.procedure.field(key)) {
                (Some(value), Some(field)) => {
                    faults.extend(check_value(field, value, view.day).map(|it| (key.to_string(), it)));
                }
                (None, _) if !late_entry && needed(view, &ask.need) => {
                    faults.push((key.to_string(), InputFault::Missing));
                }
                _ => {}
            },
            Wanted::Parties(role) => check_parties(view, role, &ask.need, &mut faults),
        }
    }
    for (index, party) in view.parties.iter().enumerate() {
        check_party(view.act, index, party, view.day, &mut faults);
    }
    faults
        .into_iter()
        .map(|(field, fault)| Ground {
            kind: GroundKind::Input { field, fault },
            basis: Vec::new(),
            says: None,
            remedy: Vec::new(),
        })
        .collect()
}

fn needed(view: &View<'_>, need: &Need) -> bool {
    match need {
        Need::Required => true,
        Need::Optional => false,
        Need::When(condition) => view.holds(condition) == Some(true),
    }
}

fn check_value(field: &Field, value: &Value, day: Date) -> Option<InputFault> {
    match (&field.kind, value) {
        (FieldKind::Text { max, .. }, Value::Text(text)) => check_text(text, *max),
        (FieldKind::Body, Value::Body(text)) => check_text(text, PARTY_TEXT_MAX),
        (FieldKind::Number { min, max }, Value::Number(n)) => {
            (n < min || n > max).then_some(InputFault::OutOfRange { min: *min, max: *max })
        }
        (FieldKind::Money, Value::Money(text)) => {
            let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            (!plain || value.as_cents().is_none()).then_some(InputFault::NotMoney)
        }
        (FieldKind::Date { future }, Value::Date(date)) => {
            (!future && *date > day).then_some(InputFault::InTheFuture)
        }
        (FieldKind::Choice { options }, Value::Choice(key)) => {
            (!options.iter().any(|it| it.key == *key)).then_some(InputFault::NoSuchOption)
        }
        (FieldKind::YesNo, Value::YesNo(_)) => None,
        (FieldKind::List { max }, Value::List(entries)) => check_list(entries, *max),
        (FieldKind::Matter, Value::Matter(_)) => None,
        (FieldKind::Official, Value::Official(account)) => check_text(account, PARTY_TEXT_MAX),
        (FieldKind::File { max_mb }, Value::Files(files)) => files
            .iter()
            .any(|it| it.size > u64::from(*max_mb) << 20)
            .then_some(InputFault::TooLong { max: *max_mb }),
        _ => Some(InputFault::WrongType),
    }
}

fn check_list(entries: &[String], max: u32) -> Option<InputFault> {
    if entries.is_empty() {
        Some(InputFault::Missing)
    } else if entries.len() > max as usize {
        Some(InputFault::TooManyEntries { max })
    } else {
        entries.iter().find_map(|it| check_text(it, PARTY_TEXT_MAX))
    }
}

fn check_text(text: &str, max: u32) -> Option<InputFault> {
    if text.trim().is_empty() {
        Some(InputFault::Missing)
    } else if text.chars().count() > max as usize {
        Some(InputFault::TooLong { max })
    } else if text.chars().any(|it| it.is_control() && !matches!(it, '\n' | '\r' | '\t')) {
        Some(InputFault::BadCharacters)
    } else {
        None
    }
}

fn check_parties(view: &View<'_>, role: &Key, need: &Need, faults: &mut Vec<(String, InputFault)>) {
    let Some(rule) = view.procedure.party(role) else { return };
    let given = view.parties.iter().filter(|it| it.role == *role).count();
    let min = if needed(view, need) { rule.min.max(1) } else { 0 };
    if given < min as usize {
        faults.push((role.to_string(), InputFault::TooFew { min }));
    }
    if let Some(max) = rule.max.filter(|max| given > *max as usize) {
        faults.push((role.to_string(), InputFault::TooMany { max }));
    }
    for (index, party) in view.parties.iter().enumerate().filter(|(_, it)| it.role == *role) {
        if !rule.kinds.contains(&party.kind) {
            faults.push((format!("{role}.{index}.kind"), InputFault::WrongKind));
        }
    }
}

fn check_party(
    act: &Act,
    index: usize,
    party: &PartyInput,
    day: Date,
    faults: &mut Vec<(String, InputFault)>,
) {
    let role = &party.role;
    let mut fault = |part: &str, fault| faults.push((format!("{role}.{index}.{part}"), fault));
    if !act.asks.iter().any(|ask| matches!(&ask.what, Wanted::Parties(it) if it == role)) {
        fault("name", InputFault::NotAsked);
    }
    if let Some(it) = check_text(&party.name, PARTY_TEXT_MAX) {
        fault("name", it);
    }
    for (part, text) in [("number", &party.number), ("address", &party.address)] {
        if !text.is_empty()
            && let Some(it) = check_text(text, PARTY_TEXT_MAX)
        {
            fault(part, it);
        }
    }
    let phone_ok = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (7..=20).contains(&digits) && text.bytes().all(|b| b.is_ascii_digit() || b"+- ()".contains(&b))
    };
    if !party.phone.is_empty() && !phone_ok(&party.phone) {
        fault("phone", InputFault::BadPhone);
    }
    if party.number.is_empty() || party.other_paper {
        return;
    }
    match party.kind {
        PartyKind::Person => {
            if let Err(why) = check_identity(&party.number, day) {
                fault("number", InputFault::BadIdentity { why: why.id().to_owned() });
            }
        }
        PartyKind::Organization => {
            if check_credit_code(&party.number).is_err() {
                fault("number", InputFault::BadCreditCode);
            }
        }
        PartyKind::Body => {}
    }
}

/// Gives salts one after another from a seed, so that sealing is repeatable.
pub(crate) struct Salts {
    seed: [u8; 32],
    next: u32,
}

impl Salts {
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Self { seed, next: 0 }
    }

    fn salt(&mut self) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(self.seed);
        digest.update(self.next.to_be_bytes());
        self.next += 1;
        digest.finalize().into()
    }

    pub(crate) fn seal(&mut self, path: String, value: &Value, secrets: &mut Vec<Secret>) -> Value {
        let salt = self.salt();
        let value = serde_json::to_string(value).unwrap_or_default();
        let sealed = Value::Sealed(commitment(&salt, &value));
        secrets.push(Secret { path, salt, value });
        sealed
    }
}

/// Field values as recorded: personal and secret ones become commitments.
pub(crate) fn seal_fields(
    view: &View<'_>,
    salts: &mut Salts,
    secrets: &mut Vec<Secret>,
) -> BTreeMap<Key, Value> {
    view.fields
        .iter()
        .map(|(key, value)| {
            let sealed = view.procedure.field(key).is_some_and(|it| it.sensitivity.is_sealed());
            let value =
                if sealed { salts.seal(format!("inputs.{key}"), value, secrets) } else { value.clone() };
            (key.clone(), value)
        })
        .collect()
}

/// Parties as recorded. Of a person everything is sealed, of an organization the telephone and the
/// address, of a body nothing.
pub(crate) fn seal_parties(
    view: &View<'_>,
    salts: &mut Salts,
    secrets: &mut Vec<Secret>,
) -> Vec<PartyRecord> {
    let first = view.matter.map_or(0, |it| it.parties.len()) + 1;
    let mut records = Vec::with_capacity(view.parties.len());
    for (offset, party) in view.parties.iter().enumerate() {
        let id = format!("p{}", first + offset);
        let mut keep = |part: &str, text: &str, personal: bool| {
            let value = Value::Text(text.trim().to_owned());
            let path = format!("parties.{id}.{part}");
            if personal { salts.seal(path, &value, secrets) } else { value }
        };
        let person = party.kind == PartyKind::Person;
        let inside = party.kind != PartyKind::Body;
        let number =
            if person && !party.other_paper { normalise(&party.number) } else { party.number.clone() };
        let given = |text: &str| !text.trim().is_empty();
        records.push(PartyRecord {
            name: keep("name", &party.name, person),
            number: given(&number).then(|| keep("number", &number, person)),
            phone: given(&party.phone).then(|| keep("phone", &party.phone, inside)),
            address: given(&party.address).then(|| keep("address", &party.address, inside)),
            id: id.clone(),
            kind: party.kind,
            role: party.role.clone(),
        });
    }
    records
}
