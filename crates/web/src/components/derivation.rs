//! How a due date came about: a table of days counted and skipped, with the reason of each.

use calendar::{Due, Step, StepKind};
use law::Lang;
use maud::{Markup, html};

use crate::words::Tongue;

/// The table; `of` names the limit where a page has several.
pub(crate) fn table(t: Tongue, due: &Due, of: &str) -> Markup {
    let mut sum = 0;
    let label = format!("{} {of}", t.say("derivation-caption"));
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label.trim()) {
            table.derivation {
                caption { (t.say("derivation-caption")) }
                thead { tr {
                    th scope="col" { (t.say("derivation-days")) }
                    th scope="col" { (t.say("derivation-what")) }
                    th.number scope="col" { (t.say("derivation-counted")) }
                    th.number scope="col" { (t.say("derivation-sum")) }
                } }
                tbody { @for step in &due.derivation {
                    @let () = sum += step.days;
                    tr class=(kind(step)) {
                        td { (days(t, step)) }
                        td { (what(t, step)) }
                        td.number { @if step.days > 0 { "+" (step.days) } }
                        td.number { @if step.days > 0 { (sum) } }
                    }
                } }
            }
        }
        @if due.provisional.is_some() { p.note { (t.say("derivation-provisional")) } }
        p.fine { (t.with("derivation-calendar", &[("version", due.calendar.clone().into())])) }
    }
}

fn kind(step: &Step) -> &'static str {
    match step.kind {
        StepKind::Counted | StepKind::AdjustedWorkday | StepKind::Hours => "counted",
        StepKind::Weekend | StepKind::Holiday | StepKind::Paused => "skipped",
        StepKind::RawEnd | StepKind::Rolled | StepKind::DayBefore => "end",
        _ => "plain",
    }
}

fn days(t: Tongue, step: &Step) -> Markup {
    let at = step.time.map(|it| format!(" {:02}:{:02}", it.hour(), it.minute())).unwrap_or_default();
    let to = format!("{}{at}", t.day(step.to));
    let until =
        if step.from.year() == step.to.year() { format!("{}{at}", t.short_day(step.to)) } else { to.clone() };
    html! {
        @if step.from == step.to { (to) (weekday(t, step)) }
        @else { (t.day(step.from)) " " (t.say(if runs(step) { "range-to" } else { "range-leads" })) " " (until) }
    }
}

/// Whether the step is a run of days rather than a way from one day to another.
fn runs(step: &Step) -> bool {
    !matches!(
        step.kind,
        StepKind::CorrespondingDay
            | StepKind::MonthEnd
            | StepKind::DayBefore
            | StepKind::Hours
            | StepKind::Rolled
            | StepKind::Extended
    )
}

fn weekday(t: Tongue, step: &Step) -> Markup {
    let number = step.to.weekday().to_monday_one_offset();
    html! { " " span.fine { (t.say(&format!("weekday-{number}"))) } }
}

fn what(t: Tongue, step: &Step) -> Markup {
    html! {
        (t.say(step.key()))
        @if let Some(length) = step.length { " " (t.length(length)) }
        @if let Some(name) = &step.name {
            " " span.fine lang=[(t.0 == Lang::En).then_some("zh-CN")] { (t.with("in-brackets", &[("it", name.clone().into())])) }
        }
    }
}
