//! The way to the next rows.

use maud::{Markup, html};

use crate::{shell::encode, words::Tongue};

/// A link to the rows after `next`, the rest of the address kept.
pub(crate) fn pager(
    t: Tongue,
    path: &str,
    query: &[(&str, &str)],
    after: Option<&str>,
    next: Option<&str>,
) -> Markup {
    let kept: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let address = |after: Option<&str>| {
        let mut parts = kept.clone();
        parts.extend(after.map(|it| format!("after={}", encode(it))));
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
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
