//! A document as plain text: for search, for those who read with a voice, and for tests.

use crate::{
    document::{Document, Line, Part, Standing, flat},
    words,
};

/// The words of a document, one paragraph a line.
pub fn plain(document: &Document) -> String {
    let mut lines: Vec<String> = Vec::new();
    match document.standing {
        Standing::Draft => lines.push(words::fill("bracket", &[("words", words::word("draft"))])),
        Standing::Void => lines.push(words::fill("bracket", &[("words", words::word("void"))])),
        Standing::Issued => {}
    }
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
    lines.extend(attachments(document).into_iter().map(|(label, name)| format!("{label}{name}")));
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

/// The note of attachments line by line: label (or nothing) and name, numbered if there are several.
pub(crate) fn attachments(document: &Document) -> Vec<(&'static str, String)> {
    let several = document.attachments.len() > 1;
    let one = |(at, line): (usize, &Line)| {
        let label = if at == 0 { words::word("attachment") } else { "" };
        let name = flat(line);
        let digits = (at + 1).to_string();
        let places = [("digits", digits.as_str()), ("name", name.as_str())];
        (label, if several { words::fill("attachment.several", &places) } else { name.clone() })
    };
    document.attachments.iter().enumerate().map(one).collect()
}
