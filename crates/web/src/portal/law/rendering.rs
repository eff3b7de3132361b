//! The generated Chinese text of a procedure as markup. It is plain text with a few marks at the
//! beginning of a line (`#`, `-`, `>`), and indentation.

use maud::{Markup, html};

/// The text, line by line; headings stand below the page's own.
pub(crate) fn rendering(text: &str) -> Markup {
    html! { @for line in text.lines() { (one(line)) } }
}

/// Whether a line is the head of a part: a numeral that is no digit, and a few words.
fn is_head(line: &str) -> bool {
    let number = line.split_once('\u{3001}').map(|(number, _)| number);
    let short = number.is_some_and(|it| (1..=3).contains(&it.chars().count()));
    short && !line.starts_with(|it: char| it.is_ascii()) && line.chars().count() < 16
}

fn one(line: &str) -> Markup {
    let bare = line.trim_start();
    let depth = (line.chars().take_while(|it| it.is_whitespace()).count() / 2).min(4);
    if let Some(head) = bare.strip_prefix("## ") {
        return html! { h3 { (head) } };
    }
    if let Some(head) = bare.strip_prefix("### ") {
        return html! { h4 { (head) } };
    }
    if depth == 0 && is_head(bare) {
        return html! { h3 { (bare) } };
    }
    if bare.starts_with("# ") || bare.is_empty() {
        return html! {};
    }
    let item = bare.strip_prefix("- ").or_else(|| bare.strip_prefix("> "));
    html! { p class={ "line depth-" (depth) @if item.is_some() { " item" } } { (item.unwrap_or(bare)) } }
}
