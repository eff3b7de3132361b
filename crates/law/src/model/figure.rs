//! Figures as data: indicators over what acts leave, and reports as texts over indicators.

use serde::{Deserialize, Serialize};

use super::{
    condition::{Comparison, Condition, Operand},
    procedure::Parameter,
    text::{Key, Text},
};

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
    /// Decimal places shown (ratios and changes).
    pub decimals: u8,
    /// What is done with the places beyond them.
    pub rounding: Rounding,
    /// The unit's word, as in `169 cases`.
    pub unit: Text,
}

/// What is done with decimal places that are not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// A half and more goes up, away from zero.
    #[default]
    HalfUp,
    /// They are cut off.
    Cut,
}

/// How a figure is computed. Every formula also gives the list of matters behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formula {
    /// How many of these happened in the period.
    Count(Count),
    /// In how many different values of their dimension these happened in the period.
    Values(Count),
    /// Matters that came in by the first and had not gone out by the second at the period's end.
    Open {
        /// What brings a matter in.
        into: Count,
        /// What takes it out.
        out: Count,
        /// Whether matters received before the period count too: what stands at its end.
        standing: bool,
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
    /// How another indicator differs from the year before.
    Change {
        /// Which.
        of: Key,
        /// In what it is measured.
        in_points: bool,
    },
    /// A value that is set and not counted: a parameter, such as a target.
    Target(Parameter),
    /// One rate that places compute over different bases; the parameter chooses the version.
    Versions {
        /// Its options are the versions.
        choice: Parameter,
        /// Versions, in the order of the options.
        versions: Vec<RateVersion>,
    },
}

/// One way to compute a rate: what stands above and below, and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateVersion {
    /// Name in the file.
    pub key: Key,
    /// Words: what distinguishes it, such as its base.
    pub name: Text,
    /// What exactly is counted.
    pub definition: Text,
    /// Indicator above.
    pub part: Key,
    /// Indicator below: the named base.
    pub base: Key,
    /// Decimal places shown.
    pub decimals: u8,
    /// What is done with the places beyond them.
    pub rounding: Rounding,
}

/// What is counted: marks that events leave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Marks of which any counts.
    pub marks: Vec<Mark>,
    /// Dated by the day the matter was received (cohort) instead of the event's own day.
    pub on_received: bool,
    /// Whether a matter counts once, however often it bears a mark.
    pub once: bool,
}

/// A mark that an event leaves if its act, outcome, limit or condition is named, and if what is asked holds of the
/// matter as it stands after the event.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// `act:KEY`, `outcome:KEY`, `late:LIMIT`, `finding:REQUIRE`; a `*` at the end stands for all that begin so.
    pub event: String,
    /// What must hold besides: conditions on fields and acts done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Only>,
    /// The number field whose value is added instead of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adds: Option<Key>,
    /// The field by whose values it is split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Key>,
}

/// A condition under which a mark is left, ordered by its words so that marks can be kept in sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Only(pub Condition);

impl Ord for Only {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        words(&self.0).cmp(&words(&other.0))
    }
}

impl PartialOrd for Only {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Mark {
    /// A mark without conditions.
    pub fn of(event: impl Into<String>) -> Self {
        Self { event: event.into(), ..Self::default() }
    }

    /// Whether it is left by every event that it names: nothing else is asked.
    pub fn is_plain(&self) -> bool {
        self.only.is_none() && self.adds.is_none() && self.by.is_none()
    }

    /// Whether an event's plain mark is one that it names.
    pub fn names(&self, event: &str) -> bool {
        match self.event.strip_suffix('*') {
            Some(stem) => event.starts_with(stem),
            None => self.event == event,
        }
    }

    /// The mark as it is kept and counted: `act:hold`, or `?act:hold?kind=a|b` if it asks more, so that no `act:*`
    /// counts it too. One that is split by a field ends in `*`, for all of the field's values.
    pub fn text(&self) -> String {
        match self.by {
            Some(_) => format!("{}*", self.split()),
            None => self.split(),
        }
    }

    /// The mark as it is kept for one value of the field that splits it.
    pub fn text_for(&self, value: &str) -> String {
        format!("{}{value}", self.split())
    }

    fn split(&self) -> String {
        if self.is_plain() {
            return self.event.clone();
        }
        let mut text = format!("?{}", self.event);
        if let Some(only) = &self.only {
            text.push_str(&format!("?{}", words(&only.0)));
        }
        if let Some(field) = &self.adds {
            text.push_str(&format!("+{field}"));
        }
        if let Some(field) = &self.by {
            text.push_str(&format!("/{field}="));
        }
        text
    }
}

/// A condition in a few signs, the same for the same condition.
fn words(condition: &Condition) -> String {
    let joined = |parts: &[Condition], sign: &str| {
        let parts: Vec<String> = parts.iter().map(words).collect();
        format!("({})", parts.join(sign))
    };
    match condition {
        Condition::All(parts) => joined(parts, "&"),
        Condition::Any(parts) => joined(parts, ","),
        Condition::Not(inner) => format!("!{}", words(inner)),
        Condition::Done(act) => format!("done:{act}"),
        Condition::Given(field) => format!("{field}=any"),
        Condition::Is { field, any_of } => {
            let options: Vec<&str> = any_of.iter().map(Key::as_str).collect();
            format!("{field}={}", options.join("|"))
        }
        Condition::Compare { field, how, with: Operand::Number(number) } => {
            let sign = match how {
                Comparison::Less => "<",
                Comparison::AtMost => "<=",
                Comparison::Equal => "==",
                Comparison::AtLeast => ">=",
                Comparison::More => ">",
            };
            format!("{field}{sign}{number}")
        }
        other => format!("{other:?}"),
    }
}

/// The marks that indicators name: nothing else is counted.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    whole: std::collections::BTreeSet<String>,
    stems: Vec<String>,
    asking: Vec<Mark>,
}

impl Watch {
    /// All marks that some indicators name.
    pub fn of<'a>(indicators: impl IntoIterator<Item = &'a Indicator>) -> Self {
        let mut all = std::collections::BTreeSet::new();
        for indicator in indicators {
            match &indicator.formula {
                Formula::Count(count) | Formula::Values(count) => all.extend(count.marks.iter().cloned()),
                Formula::Open { into, out, .. } => {
                    all.extend(into.marks.iter().chain(&out.marks).cloned());
                }
                Formula::Ratio { .. }
                | Formula::Sum(_)
                | Formula::Change { .. }
                | Formula::Target(_)
                | Formula::Versions { .. } => {}
            }
        }
        Self::marks(all)
    }

    /// Some marks.
    pub fn marks(all: impl IntoIterator<Item = Mark>) -> Self {
        let mut watch = Self::default();
        for mark in all {
            match mark.event.strip_suffix('*') {
                _ if !mark.is_plain() => watch.asking.push(mark),
                Some(stem) => watch.stems.push(stem.to_owned()),
                None => {
                    watch.whole.insert(mark.event);
                }
            }
        }
        watch
    }

    /// Whether the plain mark of an event is counted.
    pub fn has(&self, event: &str) -> bool {
        self.whole.contains(event) || self.stems.iter().any(|it| event.starts_with(it.as_str()))
    }

    /// The marks that ask more and that an event's plain mark belongs to.
    pub fn asking<'a>(&'a self, event: &'a str) -> impl Iterator<Item = &'a Mark> {
        self.asking.iter().filter(move |it| it.names(event))
    }
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
