//! The way to the next rows.

use maud::{Markup, html};

use crate::{shell, words::Tongue};

/// A link to the rows after `next`, the rest of the address kept.
pub(crate) fn pager(
    t: Tongue,
    path: &str,
    query: &[(&str, &str)],
    after: Option<&str>,
    next: Option<&str>,
) -> Markup {
    let address = |after: Option<&str>| {
        let after = after.map(|it| ("after", it));
        shell::address(path, &query.iter().copied().chain(after).collect::<Vec<_>>())
    };
    html! {
        @if after.is_some() || next.is_some() {
            nav.pager aria-label=(t.say("pager")) {
                @if after.is_some() { a href=(address(None)) { (t.say("pager-first")) } }
                @if let Some(next) = next { a.button.plain href=(address(Some(next))) rel="next" { (t.say("pager-next")) } }
            }
        }
    }
}
