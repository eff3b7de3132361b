//! Statutes, their article index, and citations that resolve against it.

use std::fmt;

use calendar::Date;
use serde::{Deserialize, Serialize};

use super::text::{Key, Lang, Text};

/// One version of a statute that a pack relies on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statute {
    /// Name in files, unique in the pack together with its version: `some-law-2023`.
    pub key: Key,
    /// Name as citations write it, without the long prefix.
    pub name: Text,
    /// The version's mark as lawyers write it: `2023`.
    pub revision: String,
    /// First day in force.
    pub in_force: Date,
    /// Last day in force, if it has been replaced.
    pub until: Option<Date>,
    /// Its articles; `None` only with a stated reason.
    pub index: Option<ArticleIndex>,
    /// Why there is no index (the text is not at hand): shown by the checker, never hidden.
    pub unindexed: Option<String>,
}

/// The articles of one statute version, generated from its text: numbers only, no words of the law.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleIndex {
    /// In order of number.
    pub articles: Vec<ArticleEntry>,
}

/// One article in the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleEntry {
    /// Article number.
    pub article: u16,
    /// Which of the articles inserted after it later; 0 for the article itself.
    #[serde(default)]
    pub inserted: u16,
    /// For each paragraph in order, how many numbered items it has.
    pub items: Vec<u16>,
    /// SHA-256 of the article's text with white space removed, first 16 hex digits.
    pub hash: String,
}

/// A place in a statute: the legal ground of an act, limit or condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// Which declared statute version.
    pub statute: Key,
    /// Its name and revision, copied so that a citation can be shown without the pack.
    pub name: Box<(String, String)>,
    /// Revision mark: `2023`.
    pub revision: String,
    /// Article number.
    pub article: u16,
    /// Paragraph, counted from 1.
    pub paragraph: Option<u16>,
    /// Item, counted from 1.
    pub item: Option<u16>,
    /// The place as the file writes it, in the statute's own Chinese form.
    pub written: String,
}

impl Citation {
    /// For people: the Chinese form with the statute's name, or the English short form.
    pub fn show(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.to_string(),
            Lang::En => {
                let mut text = format!("{} ({}) art. {}", self.name.1, self.revision, self.article);
                for part in [self.paragraph, self.item].into_iter().flatten() {
                    text.push_str(&format!("({part})"));
                }
                text
            }
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\u{300a}{}\u{300b}{}", self.name.0, self.written)
    }
}
