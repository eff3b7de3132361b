//! A document: an official paper with everything filled in, before anybody gives it a form.

use calendar::Date;
use law::Layout;
use serde::{Deserialize, Serialize};

use crate::words;

/// An official paper ready to be written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Which of the forms of official papers it takes.
    pub layout: Layout,
    /// The mark of the issuing organ at the head; none for a form.
    pub mark: Line,
    /// Its number.
    pub number: Option<Line>,
    /// Its title.
    pub title: Line,
    /// Whom it addresses, without the colon.
    pub recipients: Option<Line>,
    /// What it says.
    pub body: Vec<Part>,
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// Who signs, and when.
    pub signature: Option<Signature>,
    /// The note below the date, without its brackets.
    pub note: Option<Line>,
    /// The day it was issued; none for a draft.
    pub date: Option<Date>,
    /// Who gets a copy, without label and full stop.
    pub copies: Option<Line>,
    /// The organ that prints it and the day, for the last line.
    pub printed: Option<(String, String)>,
    /// The address under which it can be verified.
    pub verify: Option<String>,
    /// Whether it counts.
    pub standing: Standing,
}

/// Whether a document counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Not issued yet.
    Draft,
    /// Issued.
    Issued,
    /// Issued and made void.
    Void,
}

impl Standing {
    /// The word that a paper bears which does not count; none if it does.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Draft => Some(words::word("draft")),
            Self::Void => Some(words::word("void")),
            Self::Issued => None,
        }
    }
}

/// Something attached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The number as it stands before the name; empty if it is the only one.
    pub number: String,
    /// Its name.
    pub name: Line,
}

/// Who signs, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who.
    pub by: Line,
    /// When; a blank until the paper is issued.
    pub date: Line,
}

/// Words and blanks in one line of thought.
pub type Line = Vec<Run>;

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Run {
    /// Words.
    Words(String),
    /// A blank, to be filled by hand or because a value is missing.
    Blank {
        /// What is missing; empty for a blank meant for the hand.
        of: String,
    },
}

/// A part of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// A paragraph.
    Text {
        /// Words.
        line: Line,
        /// Whether it begins at the margin.
        flush: bool,
    },
    /// A numbered paragraph.
    Numbered {
        /// Level 1 to 4.
        level: u8,
        /// The number as it stands before the words.
        number: String,
        /// Words.
        line: Line,
    },
    /// A table.
    Table {
        /// Widths of the columns in parts.
        columns: Vec<u8>,
        /// Rows.
        rows: Vec<TableRow>,
    },
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// Cells; the last one takes the columns that are left.
    pub cells: Vec<Line>,
    /// Whether it heads the columns below.
    pub head: bool,
}

/// The words of a line as one text; a blank is a stretch of low lines.
pub fn flat(line: &[Run]) -> String {
    let words = |run: &Run| match run {
        Run::Words(words) => words.clone(),
        Run::Blank { .. } => "\u{ff3f}".repeat(6),
    };
    line.iter().map(words).collect()
}
