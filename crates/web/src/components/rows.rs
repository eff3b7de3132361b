//! Matters as a dense table; on a phone each row is a card.

use maud::{Markup, html};
use office::view::Row;

use crate::{components::chip, words::Tongue};

/// The table; `base` is where the matters of the reader's place are.
pub(crate) fn rows(t: Tongue, rows: &[Row], base: &str, caption: &str) -> Markup {
    let head = |id: &str| html! { th scope="col" { (t.say(id)) } };
    let several = rows.windows(2).any(|pair| pair[0].procedure != pair[1].procedure);
    html! {
        table.rows.cards {
            caption.hidden { (caption) }
            thead { tr {
                (head("row-number")) (head("row-title")) (head("row-stage")) (head("row-received"))
                (head("row-limit")) (head("row-due")) (head("row-left"))
            } }
            tbody { @for row in rows {
                tr class=(row.due.as_ref().map_or("calm", |it| chip::pressing(it.left))) {
                    th scope="row" { a href={ (base) "/" (row.id) } { (row.number) } }
                    td.title data-label=(t.say("row-title")) {
                        (row.title) @if several { " " span.fine { (t.text(&row.procedure)) } }
                        @if let Some(handler) = &row.handler { " " span.fine.handler { (t.with("row-handler", &[("name", handler.as_str().into())])) } }
                        @if row.findings > 0 { " " (chip::mark("soon", &t.count("event-findings", row.findings.into()))) }
                    }
                    td.stage data-label=(t.say("row-stage")) { (t.text(&row.stage)) }
                    td.date.received data-label=(t.say("row-received")) { (t.day(row.received)) }
                    td.limit.none[row.due.is_none()] data-label=(t.say("row-limit")) {
                        @if let Some(due) = &row.due { (t.text(&due.limit)) } @else { (nothing(t)) }
                    }
                    td.date.none[row.due.is_none()] data-label=(t.say("row-due")) {
                        @if let Some(due) = &row.due {
                            (t.day(due.due))
                            @if due.provisional { " " span.fine { (t.say("provisional")) } }
                        } @else { (nothing(t)) }
                    }
                    td.left data-label=(t.say("row-left")) { (chip::of_row(t, row)) }
                }
            } }
        }
    }
}

fn nothing(t: Tongue) -> Markup {
    html! { span.fine { (t.say("nothing")) } }
}
