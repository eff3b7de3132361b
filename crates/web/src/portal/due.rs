//! The due-date calculator: the same counting that runs in the matters, with every day explained.

use std::str::FromStr as _;

use axum::response::Response;
use calendar::{CountError, Date, Due, Length, Unit};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    components::{
        derivation,
        fault::{self, Faults},
    },
    cx::{Cx, Query},
    form::{
        answers::{day, plain},
        late::time,
    },
    problem::Problem,
    shell::{self, Frame},
};

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    at: String,
    #[serde(default)]
    count: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    way: String,
}

/// `/due`: everything stands in the address, so that a result can be sent to somebody.
pub(crate) async fn show(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let t = cx.t;
    let mut faults = Faults::default();
    let found =
        if asked.from.is_empty() && asked.count.is_empty() { None } else { count(&cx, &asked, &mut faults) };
    let title = t.say("due-title");
    let body = html! {
        p.lead { (t.say("due-lead")) }
        (fault::summary(t, &faults, None))
        (form(&cx, &asked, &faults))
        @if let Some(due) = &found { (result(&cx, &asked, due)) }
    };
    Ok(shell::page(&cx, Frame::new(&title).here("due").faulty(!faults.is_empty()), body))
}

fn count(cx: &Cx, asked: &Asked, faults: &mut Faults) -> Option<Due> {
    let t = cx.t;
    let from = day(&asked.from);
    if from.is_none() {
        faults.add("from", t.say("due-fault-from"));
    }
    let number = plain(&asked.count).trim().parse::<u32>().ok().filter(|it| (1..=36_600).contains(it));
    if number.is_none() {
        faults.add("count", t.say("due-fault-count"));
    }
    let unit = Unit::from_str(&asked.unit).unwrap_or(Unit::WorkingDay);
    let (from, length) = (from?, Length { count: number?, unit });
    let start =
        from.to_datetime(if unit == Unit::Hour { time(&asked.at) } else { calendar::Time::midnight() });
    let calendar = cx.app.office.laws().calendar();
    let counted = match asked.way.as_str() {
        "before" => calendar.derive_before(start, length, false),
        _ => calendar.derive(start, length, &[], &[]),
    };
    counted.map_err(|why| faults.add("from", refused(cx, &why))).ok()
}

fn refused(cx: &Cx, why: &CountError) -> String {
    let years = cx.app.office.laws().calendar().years().unwrap_or((0, 0));
    match why {
        CountError::YearUnknown { .. } => cx.t.with(
            "due-fault-year",
            &[("first", i64::from(years.0).into()), ("last", i64::from(years.1).into())],
        ),
        _ => cx.t.say("due-fault-long"),
    }
}

fn form(cx: &Cx, asked: &Asked, faults: &Faults) -> Markup {
    let t = cx.t;
    let today = cx.app.office.now().date().to_string();
    let from = if asked.from.is_empty() { &today } else { &asked.from };
    let before = asked.way == "before";
    let wrong = |id: &str| (!faults.of(id).is_empty()).then(|| format!("{id}-fault"));
    html! {
        form.sheet.due method="get" action="/due" {
            div.row {
                div.field { label for="from" { (t.say("due-from")) } (fault::at(t, "from", faults))
                    input.day #from type="date" name="from" value=(from) aria-describedby=[wrong("from")] aria-invalid=[wrong("from").and(Some("true"))]; }
                div.field { label for="count" { (t.say("due-count")) } (fault::at(t, "count", faults))
                    input.short #count name="count" inputmode="numeric" value=(asked.count) autocomplete="off" aria-describedby=[wrong("count")] aria-invalid=[wrong("count").and(Some("true"))]; }
                div.field { label for="unit" { (t.say("due-unit")) }
                    select #unit name="unit" { @for unit in Unit::ALL {
                        option value=(unit) selected[asked.unit == unit.as_key()] { (t.say(&format!("due-unit-{unit}"))) }
                    } } }
                div.field.hours { label for="at" { (t.say("due-at")) " " span.optional { (t.say("due-at-hours")) } }
                    input.day #at type="time" name="at" value=(asked.at); }
            }
            fieldset.choices { legend { (t.say("due-way")) }
                div.pair {
                    div.choice { input #after type="radio" name="way" value="after" checked[!before]; label for="after" { (t.say("due-after")) } }
                    div.choice { input #before type="radio" name="way" value="before" checked[before]; label for="before" { (t.say("due-before")) } }
                }
            }
            div.actions { button.main type="submit" { (t.say("due-go")) } }
        }
    }
}

fn result(cx: &Cx, asked: &Asked, due: &Due) -> Markup {
    let t = cx.t;
    let at = due.time.map(|it| format!(" {:02}:{:02}", it.hour(), it.minute())).unwrap_or_default();
    let id = if asked.way == "before" { "due-result-before" } else { "due-result" };
    html! {
        section.result aria-labelledby="result" {
            h2 #result { (t.say("due-result-title")) }
            p.answer-day role="status" { (t.with(id, &[("day", spelled(cx, due.due).into()), ("at", at.into())])) }
            @if due.rolled { p { (t.with("due-rolled", &[("raw", spelled(cx, due.raw).into())])) } }
            (derivation::table(t, due, ""))
        }
    }
}

fn spelled(cx: &Cx, day: Date) -> String {
    let weekday = cx.t.say(&format!("weekday-{}", day.weekday().to_monday_one_offset()));
    format!("{} {weekday}", cx.t.day(day))
}
