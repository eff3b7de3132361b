//! Official papers as data: what one says, to whom, signed by whom. Words with places to fill; how it looks
//! is the business of whoever writes it out.

use serde::{Deserialize, Serialize};

use super::{
    condition::Condition,
    statute::Citation,
    text::{Key, Text},
};

/// One official paper of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Name in the file and in records.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Which of the forms of official papers it takes.
    pub layout: Layout,
    /// The series its number is taken from; `None` for a paper without a number.
    pub series: Option<Key>,
    /// Articles that prescribe it.
    pub basis: Vec<Citation>,
    /// Whether it may be printed at any time, without an act that issues it.
    pub on_demand: bool,
    /// The mark of the issuing organ at the head; `None` for the name of the body alone.
    pub mark: Option<Phrase>,
    /// Whom it addresses.
    pub to: Option<Addressee>,
    /// Its title.
    pub title: Phrase,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// Names of what is attached.
    pub attachments: Vec<Block>,
    /// Who signs; `None` for a paper that nobody signs.
    pub signature: Option<Phrase>,
    /// Who gets a copy.
    pub copies: Vec<Addressee>,
    /// The note below the date.
    pub note: Option<Phrase>,
}

impl Paper {
    /// Everything it says that has places to fill.
    pub fn phrases(&self) -> Vec<&Phrase> {
        let mut all: Vec<&Phrase> = vec![&self.title];
        all.extend(self.mark.iter().chain(&self.signature).chain(&self.note));
        all.extend(self.to.iter().chain(&self.copies).filter_map(|it| match it {
            Addressee::Words(words) => Some(words),
            Addressee::Party(_) => None,
        }));
        for block in self.blocks.iter().chain(&self.attachments) {
            match &block.kind {
                BlockKind::Text { words, .. }
                | BlockKind::Numbered { words, .. }
                | BlockKind::Each { words, .. } => all.push(words),
                BlockKind::Table { rows, .. } => all.extend(rows.iter().flat_map(|row| match row {
                    Row::Cells { cells, .. } | Row::Each { cells, .. } => cells,
                })),
            }
        }
        all
    }
}

/// The forms of official papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// With red head, number below it and colophon.
    Document,
    /// A letter: head between double lines, number at the right.
    Letter,
    /// A form without a head, such as a statement of a party or a proof of service.
    Form,
}

/// Whom a paper addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Addressee {
    /// All parties of a role.
    Party(Key),
    /// Whoever these words name.
    Words(Phrase),
}

/// A part of a paper, perhaps only under a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Only if this holds.
    pub when: Option<Condition>,
}

/// The kinds of part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A paragraph; a value of several lines makes several of it.
    Text {
        /// Words.
        words: Phrase,
        /// Whether it begins at the margin instead of two characters in.
        flush: bool,
    },
    /// A numbered heading or paragraph of level 1 to 4.
    Numbered {
        /// Level.
        level: u8,
        /// Words.
        words: Phrase,
    },
    /// One paragraph for each party of a role or each entry of a field.
    Each {
        /// Over what.
        of: Over,
        /// Words, in which the entry has a place.
        words: Phrase,
    },
    /// A table.
    Table {
        /// Widths of the columns in parts.
        columns: Vec<u8>,
        /// Rows.
        rows: Vec<Row>,
    },
}

/// What is gone through one by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    /// Parties of a role.
    Party(Key),
    /// Entries or lines of a field.
    Field(Key),
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Row {
    /// One row.
    Cells {
        /// Cells; the last one takes the columns that are left.
        cells: Vec<Phrase>,
        /// Whether it heads the columns below.
        head: bool,
    },
    /// A row for each party of a role or each entry of a field.
    Each {
        /// Over what.
        of: Over,
        /// Cells, in which the entry has a place.
        cells: Vec<Phrase>,
    },
}

/// Words with places to fill.
pub type Phrase = Vec<Piece>;

/// A stretch of words or a place to fill. A place without a value stays a visible blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// As they stand.
    Words(String),
    /// The value of a field.
    Field(Key),
    /// The parties of a role.
    Party {
        /// Role.
        role: Key,
        /// What of them.
        part: PartyPart,
    },
    /// The value of a parameter.
    Parameter(Key),
    /// The number taken last from a series.
    Series(Key),
    /// This paper's own number.
    Number,
    /// The day of the act that issues it.
    Date,
    /// The day on which the matter was received.
    Received,
    /// The body that handles the matter.
    Body,
    /// The jurisdiction.
    Place,
    /// The official who acted.
    Official,
    /// The articles of the act that issues it.
    Basis,
    /// The articles that prescribe it.
    OwnBasis,
    /// An article.
    Article(Citation),
    /// The outcome of the matter.
    Outcome,
    /// A blank to be filled by hand.
    Blank,
    /// The day on which an act was last done.
    ActDay(Key),
    /// The articles of an act.
    ActBasis(Key),
    /// The end of a limit's clock.
    Due(Key),
    /// Day 0 of a limit's clock.
    From(Key),
    /// The length of a limit.
    Length(Key),
    /// The number of a paper issued before.
    PaperNumber(Key),
    /// The day of a paper issued before.
    PaperDay(Key),
    /// Something of the entry that is gone through.
    Entry(PartyPart),
    /// The place of the entry, from 1.
    Count,
}

/// What of a party, or of an entry, is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyPart {
    /// Name; of an entry that is no party, the entry.
    Name,
    /// Address.
    Address,
    /// Identity number or code.
    IdNumber,
    /// Telephone.
    Phone,
}
