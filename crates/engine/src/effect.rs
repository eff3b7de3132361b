//! Effects: what an act brings about, worked out as changes in order.

use calendar::{Calendar, CountError, Length};
use law::{Effect, EffectKind, Key, Limit, Origin, ParameterValue};

use crate::{
    clockwork,
    condition::View,
    decide::NumberWanted,
    event::Change,
    fold::apply_clock,
    id::Hash,
    matter::{Clock, ClockState},
    paper,
    refusal::{Ground, GroundKind, InputFault},
    value::Value,
};

/// What the effects of an act come to.
#[derive(Default)]
pub(crate) struct Worked {
    pub(crate) changes: Vec<Change>,
    pub(crate) numbers: Vec<NumberWanted>,
    pub(crate) grounds: Vec<Ground>,
    /// Grounds of time, which on a late entry become findings.
    pub(crate) untimely: Vec<Ground>,
}

/// Works out the effects of the view's act at a moment.
pub(crate) fn work(view: &View<'_>, at: calendar::DateTime, calendar: &Calendar) -> Worked {
    let mut worked = Worked::default();
    let mut clocks = view.matter.map(|it| it.clocks.clone()).unwrap_or_default();
    if let Some(to) = &view.act.to {
        let closed = view.procedure.stage(to).is_some_and(|it| it.closed);
        worked.changes.push(Change::Stage { closed, to: to.clone() });
    }
    for effect in &view.act.effects {
        if effect.when.as_ref().is_some_and(|when| view.holds(when) != Some(true)) {
            continue;
        }
        let before = worked.changes.len();
        if let Err(error) = one(view, effect, at, calendar, &clocks, &mut worked) {
            worked.grounds.push(missing_calendar(&error, effect, view));
        }
        for change in &worked.changes[before..] {
            apply_clock(&mut clocks, change, at.date());
        }
    }
    worked
}

fn missing_calendar(error: &CountError, effect: &Effect, view: &View<'_>) -> Ground {
    let year = match error {
        CountError::YearUnknown { year, .. } => *year,
        _ => 0,
    };
    Ground {
        kind: GroundKind::CalendarMissing { year },
        basis: if effect.basis.is_empty() { view.act.basis.clone() } else { effect.basis.clone() },
        says: None,
        remedy: Vec::new(),
    }
}

fn one(
    view: &View<'_>,
    effect: &Effect,
    at: calendar::DateTime,
    calendar: &Calendar,
    clocks: &[Clock],
    worked: &mut Worked,
) -> Result<(), CountError> {
    let running = |limit: &Key| {
        let item = view.item_for(limit);
        let here = |it: &&Clock| it.limit == *limit && it.item == item;
        clocks.iter().find(|it| here(it) && !matches!(it.state, ClockState::Stopped { .. }))
    };
    match &effect.kind {
        EffectKind::Start { limit, from } => {
            let day0 = match from {
                Origin::ActDay => Some(at),
                Origin::Field(field) => {
                    view.value(field).and_then(Value::as_date).map(|it| it.at(0, 0, 0, 0))
                }
                Origin::Act(act) => {
                    let done = |it: &crate::Matter| it.done_at(view.procedure, act, view.item.as_ref());
                    view.matter.and_then(done).map(|it| it.at(0, 0, 0, 0))
                }
            };
            if let (Some(limit), Some(day0)) = (view.procedure.limit(limit), day0)
                && let Some(length) = clockwork::length_of(limit, view)
            {
                let item = view.item_for(&limit.key);
                worked.changes.push(clockwork::start(limit, item, length, day0, calendar)?);
            }
        }
        EffectKind::Stop(limit) => {
            if let Some(clock) = running(limit) {
                let change = clockwork::stop(clock, at, calendar)?;
                if let (Change::ClockStopped { late: 1.., .. }, true) = (&change, clock.bars) {
                    worked.untimely.push(out_of_time(view, clock));
                }
                worked.changes.push(change);
            }
        }
        EffectKind::Suspend(limit) => {
            if running(limit).is_some_and(Clock::is_running) {
                let item = view.item_for(limit);
                worked.changes.push(Change::ClockSuspended { item, limit: limit.clone(), on: at.date() });
            }
        }
        EffectKind::Resume(limit) => {
            if let Some(clock) = running(limit).filter(|it| !it.is_running()) {
                worked.changes.push(clockwork::resume(clock, at.date(), calendar)?);
            }
        }
        EffectKind::Extend { limit, by } => {
            if let Some(clock) = running(limit) {
                extend(view, clock, by, calendar, worked)?;
            }
        }
        // What was done elsewhere was put on paper elsewhere.
        EffectKind::Issue(_) if view.open => {}
        EffectKind::Issue(paper) => paper::issue(view, paper, at, worked),
        EffectKind::Void(paper) => worked.changes.extend(paper::void(view.matter, paper)),
        other => worked.changes.extend(plain(view, other, at, &mut worked.numbers)),
    }
    Ok(())
}

fn out_of_time(view: &View<'_>, clock: &Clock) -> Ground {
    Ground {
        kind: GroundKind::OutOfTime { limit: clock.limit.clone(), ended: clock.due },
        basis: view.procedure.limit(&clock.limit).map(|it| it.basis.clone()).unwrap_or_default(),
        says: None,
        remedy: Vec::new(),
    }
}

fn extend(
    view: &View<'_>,
    clock: &Clock,
    by: &Key,
    calendar: &Calendar,
    worked: &mut Worked,
) -> Result<(), CountError> {
    let Some(extension) = view.procedure.limit(&clock.limit).and_then(|it| it.extension.as_ref()) else {
        return Ok(());
    };
    worked.grounds.extend(used_up(view.procedure.limit(&clock.limit), clock));
    let Some(count) = view.value(by).and_then(Value::as_number) else { return Ok(()) };
    let max = i64::from(extension.max.count);
    match u32::try_from(count) {
        Ok(count) if i64::from(count) <= max && count > 0 => {
            let by = Length { count, unit: extension.max.unit };
            worked.changes.push(clockwork::extend(clock, by, calendar)?);
        }
        _ => worked.grounds.push(Ground {
            kind: GroundKind::Input { field: by.to_string(), fault: InputFault::OutOfRange { min: 1, max } },
            basis: extension.basis.clone(),
            says: None,
            remedy: Vec::new(),
        }),
    }
    Ok(())
}

/// The ground against extending a clock once more, if there is one.
pub(crate) fn used_up(limit: Option<&Limit>, clock: &Clock) -> Option<Ground> {
    let extension = limit?.extension.as_ref()?;
    (clock.extensions.len() >= usize::from(extension.times)).then(|| Ground {
        kind: GroundKind::AlreadyExtended { limit: clock.limit.clone(), times: extension.times },
        basis: extension.basis.clone(),
        says: None,
        remedy: Vec::new(),
    })
}

fn plain(
    view: &View<'_>,
    kind: &EffectKind,
    at: calendar::DateTime,
    numbers: &mut Vec<NumberWanted>,
) -> Option<Change> {
    Some(match kind {
        EffectKind::Set { field, value } => Change::Set {
            field: field.clone(),
            item: view
                .procedure
                .field(field)
                .and_then(|it| it.item.as_ref())
                .and(view.item.as_ref())
                .map(|it| it.n),
            value: match view.procedure.field(field).map(|it| &it.kind) {
                Some(law::FieldKind::YesNo) => Value::YesNo(*value == "yes"),
                Some(law::FieldKind::Number { .. }) => Value::Number(value.parse().ok()?),
                _ => Value::Choice(value.clone()),
            },
        },
        EffectKind::Outcome(outcome) => {
            let of = view.procedure.outcome(outcome).and_then(|it| it.item.as_ref());
            let item = of.and(view.item.as_ref()).map(|it| it.n);
            Change::Outcome { item, outcome: outcome.clone() }
        }
        EffectKind::Publish(it) => Change::Published { publication: it.clone() },
        EffectKind::Unpublish(it) => Change::Unpublished { publication: it.clone() },
        EffectKind::Notify(party) => Change::Notified { party: party.clone() },
        EffectKind::Number(series) => {
            let (wanted, change) = number(view, series, at)?;
            numbers.push(wanted);
            change
        }
        EffectKind::Link { link, by } => {
            let other = view.value(by)?.as_matter()?;
            Change::Linked { link: link.clone(), matter: other.clone() }
        }
        EffectKind::Claim { claim, by } => {
            let value = claim_value(&view.facts.claim_key, claim, &plain_words(view.value(by)?)?);
            Change::Claimed { claim: claim.clone(), value }
        }
        EffectKind::Release(claim) => Change::Released { claim: claim.clone() },
        EffectKind::Assign(by) => Change::Assigned { account: view.value(by)?.as_official()?.to_owned() },
        EffectKind::HandOver(by) => Change::HandedOver { body: view.value(by)?.as_text()?.to_owned() },
        _ => return None,
    })
}

fn plain_words(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What is held for a value: letters and digits only, so that spacing and marks do not make two of one; under the
/// place's key, so that nobody finds the value by trying.
pub(crate) fn claim_value(key: &[u8; 32], claim: &str, value: &str) -> Hash {
    let plain = value.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase);
    let mut bytes = key.to_vec();
    bytes.extend(format!("{claim}\n").into_bytes());
    bytes.extend(plain.collect::<String>().into_bytes());
    Hash::of(&bytes)
}

/// A number to be taken from a series, and the change that will carry it.
pub(crate) fn number(
    view: &View<'_>,
    series: &Key,
    at: calendar::DateTime,
) -> Option<(NumberWanted, Change)> {
    let series = view.procedure.serie(series)?;
    let prefix = match view.parameter(&series.prefix) {
        Some(ParameterValue::Words(words)) => words.clone(),
        _ => String::new(),
    };
    let (key, year) = (series.key.clone(), at.year());
    let wanted = NumberWanted { series: key.clone(), year, prefix, format: series.format.clone() };
    Some((wanted, Change::Number { n: 0, series: key, text: String::new(), year }))
}
