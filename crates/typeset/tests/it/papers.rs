//! Documents for the tests: plain ones, so that a page shows what the layout does.

use law::Layout;
use papers::{Document, Line, Part, Run, Signature, Standing};

pub(crate) fn line(words: &str) -> Line {
    vec![Run::Words(words.to_owned())]
}

/// Han characters in a row, no mark among them.
pub(crate) fn han(count: usize) -> String {
    "依法行政建设法治政府".chars().cycle().take(count).collect()
}

/// A document with so many paragraphs of so many characters.
pub(crate) fn document(layout: Layout, paragraphs: usize, characters: usize) -> Document {
    let text = |_| Part::Text { line: line(&han(characters)), flush: false };
    Document {
        layout,
        mark: line("某某市人民政府"),
        number: Some(line("某府复决〔2024〕12号")),
        title: line("行政复议决定书"),
        recipients: Some(line("张三")),
        body: (0..paragraphs).map(text).collect(),
        attachments: Vec::new(),
        signature: Some(Signature { by: line("某某市人民政府"), date: line("2024年7月1日") }),
        note: None,
        date: Some("2024-07-01".parse().unwrap()),
        copies: Some(line("某某市某某局")),
        printed: (layout == Layout::Document)
            .then(|| ("某某市人民政府".to_owned(), "2024年7月1日".to_owned())),
        verify: None,
        standing: Standing::Issued,
    }
}
