//! Trails: a way through a procedure that shows something wrong with it, to be told as a case.

use calendar::Date;

use crate::{FieldKind, Key, Lang, Procedure, Text};

/// A value that stands for all that no condition tells apart from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sample {
    /// An option of a choice or of a parameter, `yes` or `no`.
    Option(Key),
    /// A whole number.
    Number(i64),
    /// A day.
    Date(Date),
    /// Any value.
    Given,
}

/// One act of a trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailStep {
    /// The act.
    pub act: Key,
    /// What matters of what it is given; other fields may have any value.
    pub given: Vec<(Key, Sample)>,
}

/// A way of acts from an opening on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// The procedure in which it is possible.
    pub procedure: Procedure,
    /// The items whose course it is; the matter's own otherwise.
    pub scope: Option<Key>,
    /// Parameters that must have other values than by default.
    pub parameters: Vec<(Key, Key)>,
    /// The acts in order.
    pub steps: Vec<TrailStep>,
}

impl Trail {
    /// The trail told with the days of its acts, and with the values on which it turns.
    pub(crate) fn story(&self, days: &[Date]) -> Text {
        let one = |lang: Lang| {
            let step = |(step, on): (&TrailStep, &Date)| {
                let name = self.procedure.act(&step.act).map(|it| it.name.get(lang)).unwrap_or_default();
                let given: Vec<String> = step.given.iter().map(|it| self.given(it, lang)).collect();
                let given = if given.is_empty() { String::new() } else { format!(" ({})", given.join("; ")) };
                format!("{on} {name}{given}")
            };
            self.steps.iter().zip(days).map(step).collect::<Vec<_>>().join(" \u{2192} ")
        };
        Text::new(one(Lang::Zh), one(Lang::En))
    }

    fn given(&self, (field, sample): &(Key, Sample), lang: Lang) -> String {
        let Some(field) = self.procedure.field(field) else { return String::new() };
        let options = match &field.kind {
            FieldKind::Choice { options } => options.as_slice(),
            _ => &[],
        };
        let value = match sample {
            Sample::Option(option) => match options.iter().find(|it| it.key == *option) {
                Some(choice) => choice.name.get(lang).to_owned(),
                None => crate::words::text(&format!("answer.{option}"), &[]).get(lang).to_owned(),
            },
            Sample::Number(number) => number.to_string(),
            Sample::Date(date) => date.to_string(),
            Sample::Given => "\u{2026}".to_owned(),
        };
        format!("{} {value}", field.name.get(lang))
    }
}
