//! Articles as people cite them.

use law::{Citation, Lang};
use maud::{Markup, html};

use crate::words::Tongue;

/// The place in a statute that was just named.
fn place(t: Tongue, it: &Citation) -> String {
    match t.0 {
        Lang::Zh => it.written.clone(),
        Lang::En => {
            let parts = [it.paragraph, it.item].into_iter().flatten().map(|part| format!("({part})"));
            format!("art. {}{}", it.article, parts.collect::<String>())
        }
    }
}

/// The articles in a row; nothing if there are none.
pub(crate) fn cite(t: Tongue, basis: &[Citation]) -> Markup {
    html! {
        @if !basis.is_empty() {
            span.cite { @for (at, it) in basis.iter().enumerate() {
                @if at > 0 { (t.say("list-comma")) }
                @let again = at > 0 && basis.get(at - 1).is_some_and(|last| last.statute == it.statute);
                span { (if again { place(t, it) } else { it.show(t.0) }) }
            } }
        }
    }
}
