//! Typed values of a matter's fields, as recorded.

use calendar::Date;
use law::Key;
use serde::{Deserialize, Serialize};

use crate::id::{Hash, MatterId};

/// A field's value. Numbers stay below 2^53 in magnitude, so that every JSON reader keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yuan with at most two decimals.
    Money(String),
    /// A day.
    Date(Date),
    /// An option of a choice.
    Choice(Key),
    /// Yes or no.
    YesNo(bool),
    /// Files by content hash.
    Files(Vec<FileRef>),
    /// A government body's name.
    Body(String),
    /// Short texts in order.
    List(Vec<String>),
    /// Another matter of the same jurisdiction.
    Matter(MatterName),
    /// An official, by account.
    Official(String),
    /// A personal or secret value: SHA-256 of salt and value; the value lies in the side table.
    Sealed(Hash),
}

/// Another matter, with the number people call it by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterName {
    /// Which.
    pub id: MatterId,
    /// Its number when it was named.
    pub number: String,
}

/// A file kept under the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// SHA-256 of the content.
    pub hash: Hash,
    /// Media type.
    pub media: String,
    /// Name as uploaded.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
}

impl Value {
    /// Whether the value stands outside the canonical bytes.
    pub fn is_sealed(&self) -> bool {
        matches!(self, Self::Sealed(_))
    }

    /// The words of a text or body value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Body(text) | Self::Money(text) => Some(text),
            _ => None,
        }
    }

    /// The option of a choice, or `yes`/`no`.
    pub fn as_option(&self) -> Option<&str> {
        match self {
            Self::Choice(key) => Some(key),
            Self::YesNo(true) => Some("yes"),
            Self::YesNo(false) => Some("no"),
            _ => None,
        }
    }

    /// The day of a date value.
    pub fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The matter that is named.
    pub fn as_matter(&self) -> Option<&MatterName> {
        match self {
            Self::Matter(name) => Some(name),
            _ => None,
        }
    }

    /// The account of an official.
    pub fn as_official(&self) -> Option<&str> {
        match self {
            Self::Official(account) => Some(account),
            _ => None,
        }
    }

    /// The number of a number value; of a list, how many entries it has.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::List(entries) => i64::try_from(entries.len()).ok(),
            _ => None,
        }
    }

    /// Yuan in cents, for comparing money.
    pub fn as_cents(&self) -> Option<i64> {
        let Self::Money(text) = self else { return None };
        let (yuan, cents) = text.split_once('.').unwrap_or((text, ""));
        let cents = match cents.len() {
            0 => 0,
            1 => cents.parse::<i64>().ok()? * 10,
            2 => cents.parse().ok()?,
            _ => return None,
        };
        yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
    }
}
