//! A document as HTML: an article with headings, paragraphs and tables that any reader understands, in the
//! look of the printed paper.

use law::Layout;
use maud::{Markup, html};

use crate::{
    document::{Document, Line, Part, Run, TableRow},
    words,
};

/// The document as an article.
pub fn html(document: &Document) -> Markup {
    let form = match document.layout {
        Layout::Document => "paper paper-document",
        Layout::Letter => "paper paper-letter",
        Layout::Form => "paper paper-form",
    };
    html! {
        article class=(form) lang="zh-CN" {
            @if let Some(standing) = document.standing.word() { p .paper-standing { strong { (standing) } } }
            @if document.layout != Layout::Form {
                header {
                    p .paper-mark { (line(&document.mark)) }
                    @if let Some(number) = &document.number { p .paper-number { (line(number)) } }
                }
            }
            h2 .paper-title { (line(&document.title)) }
            @if let (Layout::Form, Some(number)) = (document.layout, &document.number) {
                p .paper-number { (line(number)) }
            }
            @if let Some(to) = &document.recipients {
                p .paper-to { (line(to)) (words::word("colon")) }
            }
            @for part in &document.body { (body(part)) }
            @for (at, it) in document.attachments.iter().enumerate() {
                p .paper-attachment { @if at == 0 { (words::word("attachment")) } (it.number) (line(&it.name)) }
            }
            @if let Some(signature) = &document.signature {
                div .paper-signature { p { (line(&signature.by)) } p { (line(&signature.date)) } }
            }
            @if let (Some(note), Some((open, close))) = (&document.note, words::word("bracket").split_once("{words}")) {
                p .paper-text { (open) (line(note)) (close) }
            }
            @if document.copies.is_some() || document.printed.is_some() { (colophon(document)) }
        }
    }
}

fn body(part: &Part) -> Markup {
    html! {
        @match part {
            Part::Text { line: words, flush } => {
                p .paper-text .paper-flush[*flush] { (line(words)) }
            }
            Part::Numbered { level: 1, number, line: words } => h3 .paper-level-1 { (number) (line(words)) },
            Part::Numbered { level: 2, number, line: words } => h4 .paper-level-2 { (number) (line(words)) },
            Part::Numbered { number, line: words, .. } => p .paper-text { (number) (line(words)) },
            Part::Table { columns, rows } => (table(columns, rows)),
        }
    }
}

fn table(columns: &[u8], rows: &[TableRow]) -> Markup {
    let span = |row: &TableRow, at: usize| {
        let last = at + 1 == row.cells.len();
        (last && row.cells.len() < columns.len()).then(|| columns.len() + 1 - row.cells.len())
    };
    // In a table without heads of columns the first cell of a row says what the row is.
    let headed = rows.iter().any(|row| row.head);
    html! {
        table .paper-table {
            @for row in rows {
                tr {
                    @for (at, cell) in row.cells.iter().enumerate() {
                        @if row.head {
                            th scope="col" colspan=[span(row, at)] { (line(cell)) }
                        } @else if at == 0 && !headed && row.cells.len() > 1 {
                            th scope="row" { (line(cell)) }
                        } @else {
                            td colspan=[span(row, at)] { (line(cell)) }
                        }
                    }
                }
            }
        }
    }
}

fn colophon(document: &Document) -> Markup {
    html! {
        footer {
            @if let Some(copies) = &document.copies {
                p { (words::word("copies")) (line(copies)) (words::word("stop")) }
            }
            @if let Some((organ, day)) = &document.printed {
                p .paper-printed {
                    span { (organ) }
                    @if !day.is_empty() { span { (words::fill("printed", &[("date", day)])) } }
                }
            }
        }
    }
}

fn line(line: &Line) -> Markup {
    html! {
        @for run in line {
            @match run {
                Run::Words(words) => {
                    @for (at, words) in words.lines().enumerate() { @if at > 0 { br; } (words) }
                }
                Run::Blank { of } => {
                    span .paper-blank {
                        @if of.is_empty() { "\u{ff3f}\u{ff3f}\u{ff3f}\u{ff3f}\u{ff3f}\u{ff3f}" }
                        @else { (words::fill("blank", &[("of", of)])) }
                    }
                }
            }
        }
    }
}
