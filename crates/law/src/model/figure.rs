//! Figures as data: indicators over what acts leave, and reports as texts over indicators.

use serde::{Deserialize, Serialize};

use super::text::{Key, Text};

/// A defined figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// What exactly is counted, for the reader of a report.
    pub definition: Text,
    /// Procedures counted over, by key; all versions of each.
    pub procedures: Vec<Key>,
    /// How it is computed.
    pub formula: Formula,
    /// Decimal places shown (ratios).
    pub decimals: u8,
    /// The unit's word, as in `169 cases`.
    pub unit: Text,
}

/// How a figure is computed. Every formula also gives the list of matters behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formula {
    /// How many of these happened in the period.
    Count(Count),
    /// Matters of the period's cohort that came in by the first and had not gone out by the second
    /// at the period's end.
    Open {
        /// What brings a matter in.
        into: Count,
        /// What takes it out.
        out: Count,
    },
    /// A share in percent: part over named base.
    Ratio {
        /// Indicator above.
        part: Key,
        /// Indicator below: the named base.
        base: Key,
    },
    /// A sum of other indicators.
    Sum(Vec<Key>),
}

/// What is counted: marks that events leave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Marks of which any counts: `act:KEY`, `outcome:KEY`, `late:LIMIT`, `finding:REQUIRE`.
    pub marks: Vec<String>,
    /// Dated by the day the matter was received (cohort) instead of the event's own day.
    pub on_received: bool,
}

/// A text whose figures are indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Name in the file.
    pub key: Key,
    /// Title, with `{place}` and `{year}`.
    pub title: Text,
    /// Paragraphs.
    pub paragraphs: Vec<ReportParagraph>,
}

/// One paragraph: words with `{indicator-key}` where a figure stands, `{place}` and `{year}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportParagraph {
    /// Heading.
    pub heading: Text,
    /// Words.
    pub text: Text,
}
