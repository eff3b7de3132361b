//! A list to take away as a file.

use maud::{Markup, html};
use office::export::Format;

use crate::{shell::encode, words::Tongue};

/// Links to a list's files; `base` is their address without the ending, `query` the filter of the page.
pub(crate) fn take(t: Tongue, base: &str, query: &[(&str, &str)]) -> Markup {
    let kept: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    html! {
        p.take {
            (t.say("take-label")) " "
            @for format in [Format::Xlsx, Format::Csv] {
                a.button.plain href={ (base) "/" (format.ending()) (query) } download {
                    (t.say(&format!("take-{}", format.ending())))
                }
                " "
            }
        }
    }
}
