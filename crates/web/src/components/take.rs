//! A list to take away as a file.

use maud::{Markup, html};
use office::export::Format;

use crate::{shell, words::Tongue};

/// Links to a list's files; `base` is their address without the ending, `query` the filter of the page.
pub(crate) fn take(t: Tongue, base: &str, query: &[(&str, &str)]) -> Markup {
    html! {
        p.take {
            (t.say("take-label")) " "
            @for format in [Format::Xlsx, Format::Csv] {
                a.button.plain href=(shell::address(&format!("{base}/{}", format.ending()), query)) download {
                    (t.say(&format!("take-{}", format.ending())))
                }
                " "
            }
        }
    }
}
