//! Articles as people cite them.

use law::Citation;
use maud::{Markup, html};

use crate::words::Tongue;

/// The articles in a row; nothing if there are none.
pub(crate) fn cite(t: Tongue, basis: &[Citation]) -> Markup {
    html! {
        @if !basis.is_empty() {
            span.cite { @for (at, it) in basis.iter().enumerate() {
                @if at > 0 { (t.say("list-comma")) }
                span { (it.show(t.0)) }
            } }
        }
    }
}
