//! Typed data of a matter and the parties that stand in it.

use serde::{Deserialize, Serialize};

use super::{
    statute::Citation,
    text::{Key, Text},
};

/// A typed datum that acts ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in the file and in records.
    pub key: Key,
    /// Label.
    pub name: Text,
    /// Type and validity.
    pub kind: FieldKind,
    /// Who may see it.
    pub sensitivity: Sensitivity,
    /// A sentence that helps the person who fills it in.
    pub help: Option<Text>,
    /// The items it belongs to; a matter's own otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Key>,
}

/// What values a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Words; `max` in characters; `long` asks for a large box.
    Text {
        /// Greatest number of characters.
        max: u32,
        /// Several lines.
        long: bool,
    },
    /// A whole number within bounds.
    Number {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// Yuan with at most two decimals, kept as text.
    Money,
    /// A day. A future day is refused unless `future`.
    Date {
        /// Whether a day after the act's own is allowed.
        future: bool,
    },
    /// One of a closed list.
    Choice {
        /// In the order shown.
        options: Vec<Choice>,
    },
    /// Yes or no.
    YesNo,
    /// Uploaded files.
    File {
        /// Largest size of one file in megabytes.
        max_mb: u32,
    },
    /// The name of a government body.
    Body,
    /// Short texts, one after another.
    List {
        /// Most entries.
        max: u32,
    },
    /// Another matter of the same jurisdiction, named by its number.
    Matter,
    /// An official, by account.
    Official,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Name in records.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// The article that makes it an option.
    pub basis: Vec<Citation>,
}

/// Who may see a value, from everyone to nearly no one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// May be published as it stands.
    Public,
    /// For the parties and the offices concerned.
    Internal,
    /// Concerns a person: kept outside the canonical bytes, every reading recorded.
    Personal,
    /// A secret: as personal, and only for named posts.
    Secret,
}

impl Sensitivity {
    /// Whether a value is kept outside the canonical bytes behind a salted hash.
    pub fn is_sealed(self) -> bool {
        self >= Self::Personal
    }
}

/// A legal place in a matter (applicant, respondent, third party …).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyRole {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// What may stand here.
    pub kinds: Vec<PartyKind>,
    /// Fewest in a matter.
    pub min: u32,
    /// Most in a matter; `None` for no limit.
    pub max: Option<u32>,
}

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A citizen: name, identity number, contact, all personal.
    Person,
    /// An enterprise or other organization: name and unified social credit code.
    Organization,
    /// A government body: name.
    Body,
}
