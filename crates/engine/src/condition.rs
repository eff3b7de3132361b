//! Conditions: does one hold? Three answers, since a value asked for may not be given yet.

use std::collections::BTreeMap;

use calendar::{Calendar, Date, Length};
use law::{Act, ClockIs, Comparison, Condition, Key, Operand, ParameterValue, Procedure, Wanted};

use crate::{
    matter::{Clock, ClockState, ItemRef, Matter, item_of_limit},
    person,
    value::Value,
    wish::{Facts, PartyInput},
};

/// Everything a condition may look at.
pub(crate) struct View<'a> {
    pub(crate) procedure: &'a Procedure,
    pub(crate) act: &'a Act,
    pub(crate) matter: Option<&'a Matter>,
    pub(crate) fields: &'a BTreeMap<Key, Value>,
    pub(crate) parties: &'a [PartyInput],
    pub(crate) facts: &'a Facts,
    pub(crate) day: Date,
    /// The item the act concerns, also one that it opens.
    pub(crate) item: Option<ItemRef>,
    /// For counting back from a day; what needs it stays open without.
    pub(crate) calendar: Option<&'a Calendar>,
    /// Whether what is not given may yet be, or was given elsewhere: then conditions on it are open.
    pub(crate) open: bool,
}

impl View<'_> {
    /// Whether the condition holds; `None` if it turns on something this act asks for and was not given.
    pub(crate) fn holds(&self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::All(all) => combine(all.iter().map(|it| self.holds(it)), true),
            Condition::Any(any) => combine(any.iter().map(|it| self.holds(it)), false),
            Condition::Not(inner) => self.holds(inner).map(|it| !it),
            Condition::Done(act) => Some(self.has_done(act)),
            Condition::Given(field) => match self.value(field) {
                Some(_) => Some(true),
                None => self.missing(field),
            },
            Condition::Is { field, any_of } => match self.value(field) {
                Some(value) => {
                    Some(value.as_option().is_some_and(|it| any_of.iter().any(|key| key.as_str() == it)))
                }
                None => self.missing(field),
            },
            Condition::Compare { field, how, with } => self.compare(field, *how, with),
            Condition::Clock { limit, is } => Some(self.clock_is(limit, *is)),
            Condition::Masked(field) => match self.value(field) {
                Some(_) => Some(!self.facts.leaks.contains(field)),
                None => self.missing(field),
            },
            Condition::HasParty { role, kind } => {
                let fits = |r: &Key, k| r == role && kind.is_none_or(|it| it == k);
                let joins = self.parties.iter().any(|it| fits(&it.role, it.kind));
                let stands =
                    self.matter.is_some_and(|matter| matter.parties.iter().any(|it| fits(&it.role, it.kind)));
                Some(joins || stands)
            }
            Condition::Ahead { field, length } => self.ahead(field, *length),
            Condition::Colleague { field, role } => match self.value(field).and_then(Value::as_official) {
                Some(account) => Some(person::is_colleague(self, account, role)),
                None => self.missing(field),
            },
            Condition::OtherPerson(act) => Some(self.other_person(act)),
            Condition::Items { items, each, that } => self.of_items(items, *each, that),
            Condition::At(stages) => {
                let item = self.matter.zip(self.item.as_ref()).and_then(|(it, at)| it.item(at));
                Some(item.is_some_and(|it| stages.contains(&it.stage)))
            }
            Condition::Parameter { key, is } => {
                Some(matches!(self.parameter(key), Some(ParameterValue::Option(it)) if it == is))
            }
        }
    }

    /// A field's value: given now, or recorded before in the item or the matter.
    pub(crate) fn value(&self, field: &str) -> Option<&Value> {
        let item = || self.matter?.item(self.item.as_ref()?)?.fields.get(field);
        self.fields.get(field).or_else(item).or_else(|| self.matter?.fields.get(field))
    }

    /// The item's number for clocks of a limit: only limits of items run there.
    pub(crate) fn item_for(&self, limit: &str) -> Option<u32> {
        item_of_limit(self.procedure, limit, self.item.as_ref())
    }

    fn has_done(&self, act: &Key) -> bool {
        self.matter.is_some_and(|it| it.done_at(self.procedure, act, self.item.as_ref()).is_some())
    }

    fn other_person(&self, act: &Key) -> bool {
        let last = self.matter.and_then(|it| it.last_done(self.procedure, act, self.item.as_ref()));
        match (last.and_then(|it| it.by.as_ref()), &self.facts.person) {
            (Some(was), Some(is)) => was != is,
            _ => true,
        }
    }

    /// Whether a whole length stands free between the act's day and the day in the field.
    fn ahead(&self, field: &str, length: Length) -> Option<bool> {
        let Some(event) = self.value(field).and_then(Value::as_date) else { return self.missing(field) };
        let latest = self.calendar?.before(event.at(0, 0, 0, 0), length, false).ok()?;
        Some(self.day <= latest.due)
    }

    fn of_items(&self, items: &Key, each: bool, that: &Condition) -> Option<bool> {
        let all = self.matter.into_iter().flat_map(|it| it.items_of(items));
        let nothing = BTreeMap::new();
        let one = |at: &ItemRef| {
            // What is given now belongs to the item that the act concerns, if that is this one.
            let fields = if self.item.as_ref() == Some(at) { self.fields } else { &nothing };
            let view = View { item: Some(at.clone()), fields, ..*self };
            view.holds(that)
        };
        combine(all.map(|it| one(&it.at)), each)
    }

    /// A parameter's value: set by the jurisdiction, or the default.
    pub(crate) fn parameter(&self, key: &str) -> Option<&ParameterValue> {
        self.facts.parameters.get(key).or_else(|| self.procedure.parameter(key).map(|it| &it.default))
    }

    fn missing(&self, field: &str) -> Option<bool> {
        let asked =
            self.act.asks.iter().any(|ask| matches!(&ask.what, Wanted::Field(key) if key.as_str() == field));
        (!(asked && self.open)).then_some(false)
    }

    fn compare(&self, field: &str, how: Comparison, with: &Operand) -> Option<bool> {
        let Some(left) = self.value(field) else { return self.missing(field) };
        if let Operand::Parameter(key) = with {
            return match self.parameter(key) {
                Some(ParameterValue::Number(it)) => self.compare(field, how, &Operand::Number(*it)),
                // Whoever sets it is told of words that are no day; what is not one never compares.
                Some(ParameterValue::Words(it)) => match it.parse() {
                    Ok(day) => self.compare(field, how, &Operand::Date(day)),
                    Err(_) => Some(false),
                },
                _ => Some(false),
            };
        }
        let order = match with {
            Operand::Number(number) => match left.as_cents() {
                Some(cents) => cents.cmp(&number.saturating_mul(100)),
                None => match left.as_number() {
                    Some(it) => it.cmp(number),
                    None => return Some(false),
                },
            },
            Operand::Date(date) => match left.as_date() {
                Some(it) => it.cmp(date),
                None => return Some(false),
            },
            Operand::ActDay => match left.as_date() {
                Some(it) => it.cmp(&self.day),
                None => return Some(false),
            },
            Operand::Field(other) => {
                let Some(right) = self.value(other) else { return self.missing(other) };
                match (left, right) {
                    (Value::Date(a), Value::Date(b)) => a.cmp(b),
                    (Value::Number(a), Value::Number(b)) => a.cmp(b),
                    (a, b) => match (a.as_cents(), b.as_cents()) {
                        (Some(a), Some(b)) => a.cmp(&b),
                        _ => return Some(false),
                    },
                }
            }
            Operand::Parameter(_) => return Some(false),
        };
        Some(how.holds(order))
    }

    fn clock_is(&self, limit: &str, is: ClockIs) -> bool {
        match self.matter.and_then(|matter| matter.clock_of(limit, self.item_for(limit))) {
            None => is == ClockIs::NotStarted,
            Some(clock) => clock_is(clock, is, self.day),
        }
    }
}

fn clock_is(clock: &Clock, is: ClockIs, day: Date) -> bool {
    let past = day > clock.due;
    match is {
        ClockIs::NotStarted => false,
        ClockIs::Running => clock.is_running() && !past,
        ClockIs::Suspended => matches!(clock.state, ClockState::Suspended { .. }),
        ClockIs::Overdue => clock.is_running() && past,
        ClockIs::Stopped => matches!(clock.state, ClockState::Stopped { .. }),
        ClockIs::InTime => match clock.state {
            ClockState::Stopped { late, .. } => late == 0,
            ClockState::Running => !past,
            ClockState::Suspended { .. } => true,
        },
        ClockIs::Extended => !clock.extensions.is_empty(),
    }
}

/// And (`all`) or or, with an unknown that only matters if the rest does not decide.
fn combine(parts: impl Iterator<Item = Option<bool>>, all: bool) -> Option<bool> {
    let mut unknown = false;
    for part in parts {
        match part {
            Some(it) if it != all => return Some(!all),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(all)
}
