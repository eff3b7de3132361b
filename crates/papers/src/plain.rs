//! A document as plain text: one paragraph a line, to compare and to read.

use crate::{
    document::{Document, Line, Part, flat},
    words,
};

/// The words of a document, one paragraph a line.
pub fn plain(document: &Document) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(document.standing.word().map(|it| words::fill("bracket", &[("words", it)])));
    lines.extend([flat(&document.mark)]);
    lines.extend(document.number.as_ref().map(|it| flat(it)));
    lines.push(flat(&document.title));
    lines.extend(document.recipients.as_ref().map(|it| format!("{}{}", flat(it), words::word("colon"))));
    for part in &document.body {
        match part {
            Part::Text { line, .. } => lines.push(flat(line)),
            Part::Numbered { number, line, .. } => lines.push(format!("{number}{}", flat(line))),
            Part::Table { rows, .. } => {
                let row = |cells: &[Line]| cells.iter().map(|it| flat(it)).collect::<Vec<_>>().join(" | ");
                lines.extend(rows.iter().map(|it| row(&it.cells)));
            }
        }
    }
    for (at, it) in document.attachments.iter().enumerate() {
        let label = if at == 0 { words::word("attachment") } else { "" };
        lines.push(format!("{label}{}{}", it.number, flat(&it.name)));
    }
    if let Some(signature) = &document.signature {
        lines.extend([flat(&signature.by), flat(&signature.date)]);
    }
    lines.extend(document.note.as_ref().map(|it| words::fill("bracket", &[("words", &flat(it))])));
    lines.extend(
        document
            .copies
            .as_ref()
            .map(|it| format!("{}{}{}", words::word("copies"), flat(it), words::word("stop"))),
    );
    lines.retain(|it| !it.is_empty());
    lines.push(String::new());
    lines.join("\n")
}
