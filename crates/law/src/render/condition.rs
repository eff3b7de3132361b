//! Conditions in words.

use crate::{ClockIs, Comparison, Condition, FieldKind, Key, Operand, words::zh};

use super::{Paper, date, length, parts::party_kind};

impl Paper<'_> {
    /// A condition as part of a sentence.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(all) => self.joined(all, "cond.and"),
            Condition::Any(any) => self.joined(any, "cond.or"),
            Condition::Not(inner) => self.negated(inner),
            Condition::Done(key) => zh("cond.done", &[("act", &self.act(key))]),
            Condition::Given(key) => zh("cond.given", &[("field", &self.field(key))]),
            Condition::Is { field, any_of } => self.is("cond.is", field, any_of),
            Condition::Compare { field, how, with } => self.compare(field, *how, with),
            Condition::Clock { limit, is } => zh(clock(*is), &[("limit", &self.limit(limit))]),
            Condition::Masked(key) => zh("cond.masked", &[("field", &self.field(key))]),
            Condition::HasParty { role, kind: None } => zh("cond.party", &[("party", &self.party(role))]),
            Condition::HasParty { role, kind: Some(kind) } => {
                let places = [("party", &*self.party(role)), ("kind", &*party_kind(*kind))];
                zh("cond.party-kind", &places)
            }
            Condition::Ahead { field, length: free } => {
                zh("cond.ahead", &[("field", &self.field(field)), ("length", &length(*free))])
            }
            Condition::Colleague { field, role } => {
                zh("cond.colleague", &[("field", &self.field(field)), ("role", &self.role(role))])
            }
            Condition::OtherPerson(act) => zh("cond.other-person", &[("act", &self.act(act))]),
            Condition::Items { items, each, that } => {
                let name = self.name_of(self.procedure.items_of(items).map(|it| &it.name), items);
                let that = self.condition(that);
                let id = match (*each, that.is_empty()) {
                    (true, _) => "cond.each",
                    (false, true) => "cond.present",
                    (false, false) => "cond.some",
                };
                zh(id, &[("items", name), ("that", &that)])
            }
            Condition::At(stages) => {
                let stages = stages.iter().map(|it| zh("mark.quoted", &[("words", &self.stage(it))]));
                let stages = stages.collect::<Vec<_>>().join(&zh("mark.or", &[]));
                zh("cond.at", &[("stages", &stages)])
            }
            Condition::Parameter { key, is } => {
                let value = self.parameter_option(key, is);
                zh("cond.parameter", &[("parameter", &self.parameter(key)), ("value", &value)])
            }
        }
    }

    /// Several conditions in one sentence; those that are several themselves go into brackets.
    fn joined(&self, all: &[Condition], between: &str) -> String {
        let one = |it: &Condition| {
            let words = self.condition(it);
            match it {
                Condition::All(_) | Condition::Any(_) => zh("mark.bracket", &[("words", &words)]),
                _ => words,
            }
        };
        all.iter().map(one).collect::<Vec<_>>().join(&zh(between, &[]))
    }

    fn negated(&self, inner: &Condition) -> String {
        match inner {
            Condition::Done(key) => zh("cond.not-done", &[("act", &self.act(key))]),
            Condition::Given(key) => zh("cond.not-given", &[("field", &self.field(key))]),
            Condition::Is { field, any_of } => self.is("cond.is-not", field, any_of),
            _ => zh("cond.not", &[("inner", &self.condition(inner))]),
        }
    }

    fn is(&self, id: &str, field: &Key, any_of: &[Key]) -> String {
        let values: Vec<String> = any_of.iter().map(|it| self.field_value(field, it)).collect();
        let values = values.join(&zh("mark.or", &[]));
        zh(id, &[("field", &self.field(field)), ("values", &values)])
    }

    fn compare(&self, field: &Key, how: Comparison, with: &Operand) -> String {
        let kind = self.procedure.field(field).map(|it| &it.kind);
        let dated = matches!(kind, Some(FieldKind::Date { .. }));
        let with = match with {
            Operand::Number(number) => number.to_string(),
            Operand::Date(day) => date(*day),
            Operand::Field(key) => zh("mark.quoted", &[("words", &self.field(key))]),
            Operand::Parameter(key) => zh("with.parameter", &[("parameter", &self.parameter(key))]),
            Operand::ActDay => zh("with.act-day", &[]),
        };
        let how = zh(comparison(how, dated), &[]);
        zh("cond.compare", &[("field", &self.field(field)), ("how", &how), ("with", &with)])
    }
}

fn comparison(how: Comparison, dated: bool) -> &'static str {
    match (how, dated) {
        (Comparison::Less, false) => "how.number.less",
        (Comparison::AtMost, false) => "how.number.at-most",
        (Comparison::Equal, false) => "how.number.equal",
        (Comparison::AtLeast, false) => "how.number.at-least",
        (Comparison::More, false) => "how.number.more",
        (Comparison::Less, true) => "how.date.less",
        (Comparison::AtMost, true) => "how.date.at-most",
        (Comparison::Equal, true) => "how.date.equal",
        (Comparison::AtLeast, true) => "how.date.at-least",
        (Comparison::More, true) => "how.date.more",
    }
}

fn clock(is: ClockIs) -> &'static str {
    match is {
        ClockIs::NotStarted => "clock.not-started",
        ClockIs::Running => "clock.running",
        ClockIs::Suspended => "clock.suspended",
        ClockIs::Overdue => "clock.overdue",
        ClockIs::Stopped => "clock.stopped",
        ClockIs::InTime => "clock.in-time",
        ClockIs::Extended => "clock.extended",
    }
}
