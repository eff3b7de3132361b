//! Small marks: a deadline, a state. Each says in words what its colour says.

use law::Text;
use maud::{Markup, html};
use office::view::{Row, RowDue};

use crate::words::Tongue;

/// How pressing something is, as the style sheet names it.
pub(crate) fn pressing(left: i64) -> &'static str {
    match left {
        it if it < 0 => "over",
        0 => "today",
        1..=3 => "soon",
        _ => "calm",
    }
}

/// What is left of a limit.
pub(crate) fn left(t: Tongue, due: &RowDue) -> Markup {
    mark(pressing(due.left), &t.left(due.left, due.unit))
}

/// A mark of some kind with its words.
pub(crate) fn mark(kind: &str, words: &str) -> Markup {
    html! { span class={ "chip " (kind) } { (words) } }
}

/// An outcome.
pub(crate) fn outcome(t: Tongue, outcome: &Text) -> Markup {
    mark("done", t.text(outcome))
}

/// The mark of a row: what is left, suspended, or how it ended.
pub(crate) fn of_row(t: Tongue, row: &Row) -> Markup {
    html! {
        @if let Some(it) = &row.outcome { (outcome(t, it)) }
        @else if row.closed { (mark("done", &t.say("state-closed"))) }
        @if let Some(due) = &row.due { " " (left(t, due)) }
        @if row.suspended { " " (mark("held", &t.say("state-suspended"))) }
        @if row.due.is_none() && !row.suspended && !row.closed && row.outcome.is_none() { (mark("calm", &t.say("state-no-clock"))) }
    }
}
