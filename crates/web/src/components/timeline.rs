//! What happened in a matter: who, when, on which ground, with which marks.

use maud::{Markup, html};
use office::view::EventView;

use crate::{
    components::{chip, cite::cite, value},
    words::Tongue,
};

/// Where links of a timeline lead.
#[derive(Clone, Copy)]
pub(crate) struct Ways<'a> {
    /// Where files are.
    pub(crate) files: &'a str,
    /// Where corrections are made; `None` where none can be.
    pub(crate) correct: Option<&'a str>,
}

/// The events, newest first.
pub(crate) fn timeline(t: Tongue, events: &[EventView], ways: Ways<'_>) -> Markup {
    html! {
        ol.timeline reversed { @for event in events.iter().rev() { (one(t, event, ways)) } }
    }
}

fn one(t: Tongue, event: &EventView, ways: Ways<'_>) -> Markup {
    let class = match (event.corrected, event.who.is_some()) {
        (true, _) => "corrected",
        (false, true) => "done",
        (false, false) => "by-law",
    };
    html! {
        li id={ "event-" (event.seq) } class=(class) {
            div.event-head {
                h3 {
                    span.seq { (event.seq) } " " (t.text(&event.act))
                    @if let Some(act) = &event.drafted { (t.with("event-drafted", &[("act", t.text(act).into())])) }
                    @if let Some((name, n)) = &event.item { " \u{b7} " (t.text(name)) " " (n) }
                }
                (marks(t, event))
                @if let Some(base) = ways.correct.filter(|_| event.correctable && !event.corrected) {
                    a.event-tools href={ (base) "/" (event.seq) } { (t.say("event-correct")) span.hidden { " " (event.seq) } }
                }
            }
            p.event-when {
                time datetime=(event.effective.to_string()) { (t.moment(event.effective)) }
                " \u{b7} " (t.say(&format!("rule-{}", event.rule)))
                " \u{b7} " (who(t, event))
            }
            @if event.entered_late {
                p.fine { (t.with("event-entered", &[("at", t.moment(event.recorded).into())])) }
            }
            p.fine { (cite(t, &event.basis)) @if !event.numbers.is_empty() { " \u{b7} " (event.numbers.join(" ")) } }
            (defects(t, event))
            @if !event.inputs.is_empty() {
                details { summary { (t.say("event-inputs")) } (value::list(t, &event.inputs, Some(ways.files))) }
            }
        }
    }
}

fn who(t: Tongue, event: &EventView) -> Markup {
    html! {
        @match &event.who {
            Some(name) => { (name) @if let Some(role) = &event.role { " " span.fine { (t.with("in-brackets", &[("it", t.text(role).into())])) } } },
            None => (t.say("by-law")),
        }
    }
}

fn marks(t: Tongue, event: &EventView) -> Markup {
    html! {
        @if event.corrected { (chip::mark("held", &t.say("event-corrected"))) }
        @if let Some(seq) = event.corrects {
            a.fine href={ "#event-" (seq) } { (t.with("event-corrects", &[("seq", i64::try_from(seq).unwrap_or(0).into())])) }
        }
        @for (limit, days, basis) in &event.late {
            (chip::mark("over", &t.with("event-late", &[("limit", t.text(limit).into()), ("days", (*days).into())])))
            span.fine { (cite(t, basis)) }
        }
        @if !event.findings.is_empty() {
            (chip::mark("soon", &t.count("event-findings", i64::try_from(event.findings.len()).unwrap_or(0))))
        }
    }
}

fn defects(t: Tongue, event: &EventView) -> Markup {
    html! {
        @if !event.findings.is_empty() {
            ul.findings { @for (says, basis) in &event.findings {
                li { strong { (t.say("finding")) } " " (t.text(says)) " " (cite(t, basis)) }
            } }
        }
    }
}
