//! Retelling: a way of acts that the checker found, done again on the engine with real days.
//!
//! The checker knows stages, clocks and the values that conditions tell apart; whether a case can really run so, the
//! engine says. Days between acts and the values that the checker left open are tried in a fixed order.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Calendar, Date, DateTime};
use law::{
    Act, FieldKind, Key, Need, ParameterValue, PartyKind, Procedure, ProcedureRef, Sample, Trail, TrailStep,
    Wanted,
};
use uuid::Uuid;

use crate::{
    decide::{decide, expire},
    event::{Actor, Effective},
    fold::fold,
    id::{Hash, MatterId},
    matter::Matter,
    scenario::{other, sample_of},
    value::Value,
    wish::{Facts, Inputs, PartyInput, Target, Wish},
};

/// Days between two acts, in the order in which they are tried.
const DELAYS: [i64; 8] = [1, 0, 4, 12, 35, 75, 130, 400];
/// How many acts are tried in all before the search gives up.
const TRIES: u32 = 3_000;

/// How fields that the checker left open are filled.
#[derive(Clone, Copy)]
struct Fill {
    /// Whether what need not be given is given too.
    full: bool,
    /// Days from the act's own to a day that is asked for.
    ahead: i64,
}

const FILLS: [Fill; 4] = [
    Fill { full: false, ahead: 0 },
    Fill { full: true, ahead: 0 },
    Fill { full: true, ahead: 40 },
    Fill { full: false, ahead: -20 },
];

/// Days on which the engine does each act of a trail; `None` if no such days were found, and for the
/// course of items, which is not retold. Chains of approval are taken as gone through.
pub fn retell(trail: &Trail, calendar: &Calendar) -> Option<Vec<Date>> {
    if trail.scope.is_some() {
        return None;
    }
    let mut procedure = trail.procedure.clone();
    procedure.acts.iter_mut().for_each(|act| act.approval = None);
    let refers = ProcedureRef { hash: String::new(), key: procedure.key.clone(), version: procedure.from };
    let parameters =
        trail.parameters.iter().map(|(key, option)| (key.clone(), ParameterValue::Option(option.clone())));
    let facts = Facts { parameters: parameters.collect(), holders: anyone(&procedure), ..Facts::default() };
    let mut search =
        Search { procedure: &procedure, refers, calendar, facts, tries: TRIES, told: Vec::new() };
    let start = beginning(&procedure)?.at(10, 0, 0, 0);
    search.go(None, start, &trail.steps).then_some(search.told)
}

/// The official whom open fields name, in every role.
fn anyone(procedure: &Procedure) -> BTreeMap<Key, BTreeSet<String>> {
    let Value::Official(account) = sample_of(&FieldKind::Official, procedure.from) else {
        return BTreeMap::new();
    };
    procedure.roles.iter().map(|it| (it.key.clone(), BTreeSet::from([account.clone()]))).collect()
}

/// A day in the time of the version, not at its very edge.
fn beginning(procedure: &Procedure) -> Option<Date> {
    let later = procedure.from.checked_add(jiff::Span::new().days(63)).ok()?;
    Some(procedure.until.filter(|until| *until < later).map_or(later, |_| procedure.from))
}

struct Search<'a> {
    procedure: &'a Procedure,
    refers: ProcedureRef,
    calendar: &'a Calendar,
    facts: Facts,
    tries: u32,
    told: Vec<Date>,
}

impl Search<'_> {
    fn go(&mut self, matter: Option<&Matter>, at: DateTime, steps: &[TrailStep]) -> bool {
        let Some((step, rest)) = steps.split_first() else { return true };
        let Some(act) = self.procedure.act(&step.act) else { return false };
        if act.by_law {
            return matter.is_some_and(|it| self.passes(it, act, rest));
        }
        let delays = if matter.is_some() { &DELAYS[..] } else { &[0] };
        for days in delays {
            let Ok(on) = at.checked_add(jiff::Span::new().days(*days).minutes(1)) else { continue };
            for fill in FILLS {
                if self.tries == 0 {
                    return false;
                }
                self.tries -= 1;
                let Some(after) = self.done(matter, act, step, on, fill) else { continue };
                self.told.push(on.date());
                if self.go(Some(&after), on, rest) {
                    return true;
                }
                self.told.pop();
            }
        }
        false
    }

    /// The law's own act: time passes until it happens, and nothing else may happen by then.
    fn passes(&mut self, matter: &Matter, act: &Act, rest: &[TrailStep]) -> bool {
        let clocks = matter.clocks.iter().filter(|it| it.is_running() && it.deems.as_ref() == Some(&act.key));
        let Some(ends) = clocks.map(crate::Clock::ends_at).min() else { return false };
        let Ok(until) = ends.checked_add(jiff::Span::new().minutes(1)) else { return false };
        let drafts =
            expire(self.procedure, &self.refers, self.calendar, matter, until, crate::instant(until));
        let [draft] = drafts.as_slice() else { return false };
        if draft.event.act != act.key {
            return false;
        }
        self.told.push(draft.event.effective.at.date());
        let after = fold(Some(matter.clone()), &draft.event, Hash::NONE);
        if self.go(Some(&after), until, rest) {
            return true;
        }
        self.told.pop();
        false
    }

    /// The matter after an act, if it may be done then and nothing happens by law before.
    fn done(
        &mut self,
        matter: Option<&Matter>,
        act: &Act,
        step: &TrailStep,
        at: DateTime,
        fill: Fill,
    ) -> Option<Matter> {
        let role = act.by.first()?;
        // Another official at each act: who must be another person is.
        let person = format!("{role} {}", self.told.len());
        self.facts.roles = act.by.iter().cloned().collect();
        self.facts.person = Some(person);
        let wish = Wish {
            act: act.key.clone(),
            actor: Actor::Public { role: role.clone() },
            effective: Effective { at, rule: Key::new("counter") },
            inputs: inputs(self.procedure, act, step, at.date(), fill),
            now: crate::instant(at),
            seed: [0; 32],
            late_entry: false,
            target: Target::default(),
            opens: matter.is_none().then(|| {
                let place = "990001".parse().unwrap_or_else(|_| unreachable!("six digits"));
                (place, MatterId(Uuid::from_u128(1)), "office".to_owned())
            }),
        };
        let decided = decide(self.procedure, &self.refers, self.calendar, matter, &self.facts, &wish);
        let mut draft = decided.result.ok().filter(|_| decided.by_law.is_empty())?;
        let numbers: Vec<u64> = (1..=draft.numbers.len() as u64).collect();
        draft.assign(&numbers);
        Some(fold(matter.cloned(), &draft.event, Hash::NONE))
    }
}

fn inputs(procedure: &Procedure, act: &Act, step: &TrailStep, day: Date, fill: Fill) -> Inputs {
    let mut inputs = Inputs::default();
    for ask in &act.asks {
        let wanted = ask.need == Need::Required || fill.full;
        match &ask.what {
            Wanted::Parties(role) if ask.need == Need::Required => {
                let kinds = procedure.party(role).map(|it| it.kinds.as_slice()).unwrap_or_default();
                inputs.parties.push(party(role, kinds.first().copied().unwrap_or(PartyKind::Person)));
            }
            Wanted::Parties(_) => {}
            Wanted::Field(key) => {
                let Some(field) = procedure.field(key) else { continue };
                let given = step.given.iter().find(|it| it.0 == *key).map(|it| &it.1);
                let value = match given {
                    Some(sample) => Some(of_sample(&field.kind, sample, day, fill)),
                    None => wanted.then(|| any(&field.kind, day, fill)),
                };
                inputs.fields.extend(value.map(|it| (key.clone(), it)));
            }
        }
    }
    inputs
}

fn party(role: &Key, kind: PartyKind) -> PartyInput {
    PartyInput {
        role: role.clone(),
        kind,
        name: "A".to_owned(),
        number: String::new(),
        other_paper: false,
        phone: String::new(),
        address: String::new(),
    }
}

fn of_sample(kind: &FieldKind, sample: &Sample, day: Date, fill: Fill) -> Value {
    match (kind, sample) {
        (FieldKind::YesNo, Sample::Option(option)) => Value::YesNo(option.as_str() == "yes"),
        (_, Sample::Option(option)) => Value::Choice(option.clone()),
        (FieldKind::Money, Sample::Number(number)) => Value::Money(number.to_string()),
        (FieldKind::List { .. }, Sample::Number(number)) => {
            Value::List(vec!["A".to_owned(); usize::try_from(*number).unwrap_or_default()])
        }
        (_, Sample::Number(number)) => Value::Number(*number),
        (_, Sample::Date(date)) => Value::Date(*date),
        (kind, Sample::Given) => any(kind, day, fill),
    }
}

/// Some value of a field.
fn any(kind: &FieldKind, day: Date, fill: Fill) -> Value {
    match kind {
        FieldKind::Date { future } => {
            let ahead = if *future { fill.ahead } else { fill.ahead.min(0) };
            Value::Date(day.checked_add(jiff::Span::new().days(ahead)).unwrap_or(day))
        }
        FieldKind::Matter => Value::Matter(other("A")),
        kind => sample_of(kind, day),
    }
}
