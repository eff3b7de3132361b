//! Determinations: questions and ordered rules that lead to one result, with its articles.

use serde::{Deserialize, Serialize};

use super::{
    condition::Condition,
    field::FieldKind,
    procedure::{Parameter, Unsettled},
    statute::{Citation, Statute},
    text::{Key, Text},
};

/// A question of law that answers to facts decide by rules read in order. It is total: the last rule,
/// and only the last, has no condition, so that every set of answers leads to a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Determination {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// What it determines, in one sentence.
    pub means: Text,
    /// Statutes cited.
    pub statutes: Vec<Statute>,
    /// Parameters with their marks.
    pub parameters: Vec<Parameter>,
    /// Questions in the order in which they are asked.
    pub questions: Vec<Question>,
    /// Results.
    pub results: Vec<Finding>,
    /// Rules in the order in which they are tried; the first whose condition holds decides.
    pub rules: Vec<Rule>,
}

/// A question to whoever wants the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Help for whoever answers.
    pub help: Option<Text>,
    /// A choice, yes or no, or a day.
    pub kind: FieldKind,
    /// Asked only if this holds of the answers to earlier questions; always otherwise.
    pub when: Option<Condition>,
}

/// A result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
}

/// A rule: under this condition, this is the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Name in the file.
    pub key: Key,
    /// Condition over answers and parameters; none for the last rule.
    pub when: Option<Condition>,
    /// Result.
    pub result: Key,
    /// Articles.
    pub basis: Vec<Citation>,
    /// What it says, for the reader of the result.
    pub says: Text,
    /// Open questions.
    pub unsettled: Vec<Unsettled>,
}

impl Determination {
    /// The question of this name.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|it| it.key.as_str() == key)
    }

    /// The result of this name.
    pub fn result(&self, key: &str) -> Option<&Finding> {
        self.results.iter().find(|it| it.key.as_str() == key)
    }
}
