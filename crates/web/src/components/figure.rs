//! Figures: a table of them, and one with its definition.

use maud::{Markup, html};
use office::view::FigureView;

use crate::words::Tongue;

/// A value with its unit, as printed.
pub(crate) fn value(t: Tongue, figure: &FigureView) -> Markup {
    html! {
        @match &figure.value {
            Some(value) => { (value) " " span.unit { (t.text(&figure.unit)) } },
            None => span.fine { (t.say("figure-no-base")) },
        }
    }
}

/// The figures of a year; `base` is where each one's page is.
pub(crate) fn table(t: Tongue, figures: &[FigureView], year: i16, base: &str) -> Markup {
    let head = |id: &str| html! { th scope="col" { (t.say(id)) } };
    html! {
        table.figures.cards {
            caption.hidden { (t.with("figures-caption", &[("year", i64::from(year).into())])) }
            thead { tr {
                (head("figure-name"))
                th.number scope="col" { (t.with("figure-year", &[("year", i64::from(year).into())])) }
                th.number scope="col" { (t.with("figure-year", &[("year", i64::from(year - 1).into())])) }
                th.number scope="col" { (t.say("figure-change")) }
                (head("figure-definition"))
            } }
            tbody { @for figure in figures { tr {
                th scope="row" { a href={ (base) "/" (figure.key) "/" (year) } { (t.text(&figure.name)) } }
                td.number.big data-label=(t.with("figure-year", &[("year", i64::from(year).into())])) { (value(t, figure)) }
                td.number data-label=(t.with("figure-year", &[("year", i64::from(year - 1).into())])) { (or_nothing(t, figure.before.as_deref())) }
                td.number data-label=(t.say("figure-change")) { (change(t, figure)) }
                td.definition data-label=(t.say("figure-definition")) { (t.text(&figure.definition)) }
            } } }
        }
    }
}

/// The change from the year before, in percent or percentage points.
fn change(t: Tongue, figure: &FigureView) -> String {
    match &figure.change {
        Some(it) if figure.change_in_points => t.with("change-points", &[("it", it.clone().into())]),
        Some(it) => t.with("change-percent", &[("it", it.clone().into())]),
        None => t.say("nothing"),
    }
}

fn or_nothing(t: Tongue, text: Option<&str>) -> String {
    text.map_or_else(|| t.say("nothing"), ToOwned::to_owned)
}

/// One figure with what it counts and the year before.
pub(crate) fn one(t: Tongue, figure: &FigureView, year: i16) -> Markup {
    html! {
        p.figure { (value(t, figure)) }
        dl.pairs {
            dt { (t.say("figure-definition")) } dd { (t.text(&figure.definition)) }
            @if let Some(base) = &figure.base { dt { (t.say("figure-base")) } dd { (t.text(base)) } }
            dt { (t.with("figure-year", &[("year", i64::from(year - 1).into())])) }
            dd { (or_nothing(t, figure.before.as_deref())) }
            dt { (t.say("figure-change")) } dd { (change(t, figure)) }
        }
        (versions(t, figure))
        (parts(t, figure))
    }
}

/// Every way in which a rate is computed somewhere, with its base; the place's own is marked.
fn versions(t: Tongue, figure: &FigureView) -> Markup {
    html! { @if !figure.versions.is_empty() {
        h2 { (t.say("figure-versions")) }
        table.cards {
            caption.hidden { (t.say("figure-versions")) }
            thead { tr { @for id in ["figure-version", "figure-base", "figure-value", "figure-definition"] { th scope="col" { (t.say(id)) } } } }
            tbody { @for it in &figure.versions { tr {
                th scope="row" { (t.text(&it.name)) @if it.own { " " strong { (t.say("figure-own")) } } }
                td data-label=(t.say("figure-base")) { (t.text(&it.base)) }
                td.number data-label=(t.say("figure-value")) { (or_nothing(t, it.value.as_deref())) }
                td data-label=(t.say("figure-definition")) { (t.text(&it.definition)) }
            } } }
        }
    } }
}

/// What a count comes to for each value of the field that splits it.
fn parts(t: Tongue, figure: &FigureView) -> Markup {
    html! { @if !figure.parts.is_empty() {
        h2 { (t.say("figure-parts")) }
        dl.sums { @for (name, n) in &figure.parts { div { dt { (t.text(name)) } dd { (n) } } } }
    } }
}
