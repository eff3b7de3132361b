//! A clock as a horizontal bar, drawn by the server: start, elapsed part, suspensions hatched, today,
//! the due day, and what lies beyond it.

use calendar::Date;
use maud::{Markup, html};
use office::view::ClockView;

use crate::{
    components::{chip, cite::cite, derivation},
    words::Tongue,
};

/// One clock with its words, bar and derivation.
pub(crate) fn clock(t: Tongue, clock: &ClockView, today: Date) -> Markup {
    html! {
        article class={ "clock " (clock.state) } {
            header {
                h3 {
                    @if let Some((name, n)) = &clock.item { (t.text(name)) " " (n) " \u{b7} " }
                    (t.text(&clock.name))
                }
                (state(t, clock))
            }
            p.clock-says { (says(t, clock)) }
            (bar(t, clock, today))
            details {
                summary { (t.say("clock-how")) }
                dl.pairs {
                    dt { (t.say("clock-whose")) }
                    dd { @match &clock.on { Some(role) => (t.text(role)), None => (t.say("clock-authority")) } }
                    dt { (t.say("basis")) } dd { (cite(t, &clock.basis)) }
                    @for pause in &clock.pauses {
                        dt { (t.say("clock-paused")) }
                        dd { (t.day(pause.from)) " " (t.say("range-to")) " "
                            @match pause.to { Some(to) => (t.day(to)), None => (t.say("clock-still-paused")) } }
                    }
                    @for extension in &clock.extensions {
                        dt { (t.say("clock-extended")) } dd { (t.length(*extension)) }
                    }
                    @for question in &clock.unsettled {
                        dt { (t.say("unsettled")) } dd { (t.text(question)) }
                    }
                }
                @if let Some(due) = &clock.derivation { (derivation::table(t, due, &format!("{} {}", t.text(&clock.name), t.day(clock.from)))) }
            }
        }
    }
}

/// The mark of a clock.
fn state(t: Tongue, clock: &ClockView) -> Markup {
    match clock.state {
        "suspended" => chip::mark("held", &t.say("state-suspended")),
        "passed" => chip::mark("done", &t.say("state-passed")),
        "stopped" if clock.late > 0 => chip::mark("over", &t.count("stopped-late", clock.late)),
        "stopped" => chip::mark("done", &t.say("stopped-in-time")),
        _ => chip::mark(chip::pressing(clock.left), &t.left(clock.left, clock.length.unit)),
    }
}

/// Whether the clock had ended before it was last suspended: a suspension then moves nothing.
fn ended_before_it_was_held(clock: &ClockView) -> bool {
    clock.pauses.last().is_some_and(|it| it.from > clock.due)
}

fn says(t: Tongue, clock: &ClockView) -> Markup {
    let args = [
        ("from", t.day(clock.from).into()),
        ("length", t.length(clock.length).into()),
        ("due", t.day(clock.due).into()),
    ];
    let deems = clock.deems.as_ref().filter(|_| clock.state != "stopped");
    html! {
        (t.with(match (clock.state, ended_before_it_was_held(clock)) {
            ("suspended", true) => "clock-held-late",
            ("suspended", false) => "clock-held",
            _ => "clock-runs",
        }, &args))
        @if let Some(stopped) = clock.stopped { " " (t.with("clock-ended-on", &[("day", t.day(stopped).into())])) }
        @if let Some(act) = deems { " " (t.with("clock-deems", &[("act", t.text(act).into())])) }
    }
}

/// Places on the bar, in percent.
struct Scale {
    from: Date,
    days: f64,
}

impl Scale {
    fn new(clock: &ClockView, today: Date) -> Self {
        let running = clock.stopped.is_none();
        let last = clock.stopped.unwrap_or(clock.due).max(clock.due);
        let last = if running { last.max(today) } else { last };
        Self { from: clock.from, days: f64::from(days(clock.from, last).max(1)) }
    }

    fn at(&self, day: Date) -> f64 {
        let share = f64::from(days(self.from, day)) / self.days;
        1.0 + 98.0 * share.clamp(0.0, 1.0)
    }
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

fn part(scale: &Scale, from: Date, to: Date, class: &str, fill: Option<&str>) -> Markup {
    let (start, end) = (scale.at(from), scale.at(to));
    html! {
        @if end > start {
            rect class=(class) x=(percent(start)) y="20" width=(percent(end - start)) height="16" fill=[fill] {}
        }
    }
}

fn label(place: f64, y: u8, class: &str, words: &str) -> Markup {
    let anchor = match place {
        it if it < 22.0 => "start",
        it if it > 78.0 => "end",
        _ => "middle",
    };
    html! { text class=(class) x=(percent(place)) y=(y) text-anchor=(anchor) { (words) } }
}

fn line(place: f64, class: &str) -> Markup {
    let x = percent(place);
    html! { line class=(class) x1=(x) x2=(x) y1="15" y2="41" {} }
}

fn bar(t: Tongue, clock: &ClockView, today: Date) -> Markup {
    let scale = Scale::new(clock, today);
    let until = clock.stopped.unwrap_or(today);
    let hatch = format!("hatch-{}-{}", clock.limit, clock.from);
    let fill = format!("url(#{hatch})");
    let (due, now) = (scale.at(clock.due), scale.at(until));
    let held = clock.state == "suspended";
    let end = if held { "bar-due-held" } else { "bar-due" };
    let word = if clock.stopped.is_some() { "bar-ended" } else { "bar-today" };
    html! {
        svg.clock-bar width="100%" height="58" role="img" aria-label=(spoken(t, clock, today)) {
            defs {
                pattern id=(hatch) width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.hatch-paper width="6" height="6" {}
                    rect.hatch-line width="2.4" height="6" {}
                }
            }
            (part(&scale, clock.from, clock.due, "whole", None))
            (part(&scale, clock.from, until.min(clock.due), "elapsed", None))
            @if !held { (part(&scale, clock.due, until, "beyond", None)) }
            @if held && ended_before_it_was_held(clock) {
                (part(&scale, clock.due, clock.pauses.last().map_or(until, |it| it.from), "beyond", None))
            }
            @for pause in &clock.pauses {
                (part(&scale, pause.from, pause.to.unwrap_or(until), "paused", Some(&fill)))
            }
            (line(due, "due")) (line(now, "now"))
            (label(now, 12, "now", &format!("{} {}", t.say(word), t.short_day(until))))
            @if due > 45.0 { (label(1.0, 54, "from", &t.short_day(clock.from))) }
            (label(due, 54, "due", &format!("{} {}", t.say(end), t.short_day(clock.due))))
        }
    }
}

/// The bar in words, for those who do not see it.
fn spoken(t: Tongue, clock: &ClockView, today: Date) -> String {
    let day = clock.stopped.unwrap_or(today);
    let id = if clock.stopped.is_some() { "bar-spoken-ended" } else { "bar-spoken" };
    let args = [
        ("from", t.day(clock.from).into()),
        ("due", t.day(clock.due).into()),
        ("day", t.day(day).into()),
        ("paused", i64::try_from(clock.pauses.len()).unwrap_or(0).into()),
    ];
    t.with(id, &args)
}
