//! Parts of a matter's page that both doors show: where it stands, who stands in it, what was given.

use calendar::Date;
use maud::{Markup, html};
use office::view::{MatterView, PartyView, StageMark};

use crate::{
    components::{chip, cite::cite, clock, value},
    words::Tongue,
};

/// The course of stages with the present one marked.
pub(crate) fn stages(t: Tongue, matter: &MatterView) -> Markup {
    html! {
        nav.stages aria-label=(t.say("stages-label")) { ol { @for (name, mark) in &matter.stages {
            @let (class, says) = match mark {
                StageMark::Past => ("past", "stage-past"),
                StageMark::Here => ("here", "stage-here"),
                StageMark::Ahead => ("ahead", "stage-ahead"),
            };
            li class=(class) aria-current=[matches!(mark, StageMark::Here).then_some("step")] {
                span { (t.text(name)) } span.hidden { (t.say(says)) }
            }
        } } }
    }
}

/// The outcome, if the matter is over.
pub(crate) fn outcome(t: Tongue, matter: &MatterView) -> Markup {
    html! {
        @if let Some((name, basis)) = &matter.outcome {
            p.outcome { (t.say("outcome")) " " (chip::outcome(t, name)) " " (cite(t, basis)) }
        }
    }
}

/// All clocks; those that have ended are folded away.
pub(crate) fn clocks(t: Tongue, matter: &MatterView, today: Date) -> Markup {
    let (ended, open): (Vec<_>, Vec<_>) =
        matter.clocks.iter().partition(|it| matches!(it.state, "stopped" | "passed"));
    html! {
        section aria-labelledby="clocks" {
            h2 #clocks { (t.say("clocks-title")) }
            @if open.is_empty() { p { (t.say("clocks-none")) } }
            @for it in &open { (clock::clock(t, it, today)) }
            @if !ended.is_empty() {
                details.ended-clocks {
                    summary { (t.count("clocks-ended", i64::try_from(ended.len()).unwrap_or(0))) }
                    @for it in &ended { (clock::clock(t, it, today)) }
                }
            }
        }
    }
}

/// The parties.
pub(crate) fn parties(t: Tongue, parties: &[PartyView]) -> Markup {
    let line = |id: &str, text: &Option<String>| {
        html! { @if let Some(text) = text { dt { (t.say(id)) } dd { (text) } } }
    };
    html! {
        section aria-labelledby="parties" {
            h2 #parties { (t.say("parties-title")) }
            ul.parties { @for party in parties { li {
                p { span.role { (t.text(&party.role)) } " " strong { (party.name) } }
                dl.pairs.fine {
                    (line("party-number", &party.number))
                    (line("party-phone", &party.phone))
                    (line("party-address", &party.address))
                }
            } } }
        }
    }
}

/// What is known of the matter, in the procedure's order.
pub(crate) fn fields(t: Tongue, matter: &MatterView, files: &str) -> Markup {
    html! {
        @if !matter.fields.is_empty() {
            section aria-labelledby="fields" {
                h2 #fields { (t.say("fields-title")) }
                (value::list(t, &matter.fields, Some(files)))
            }
        }
    }
}

/// What the law leaves open.
pub(crate) fn unsettled(t: Tongue, matter: &MatterView) -> Markup {
    html! {
        @if !matter.unsettled.is_empty() {
            details.unsettled {
                summary { (t.count("unsettled-count", i64::try_from(matter.unsettled.len()).unwrap_or(0))) }
                ul { @for question in &matter.unsettled { li { (t.text(question)) } } }
            }
        }
    }
}
