//! Conditions, with every name and type in them held against what is declared.

use calendar::{Date, Length};

use crate::{
    ClockIs, Comparison, Condition, FieldKind, Key, Operand, ParameterValue,
    fault::{Code, Draft},
    source::Span,
    syntax::{Node, Value, grammar},
};

use super::{field::party_kind, names::Kind, scope::Scope};

fn is_condition(node: &Node) -> bool {
    grammar::CONDITIONS.iter().any(|word| word.name == node.name)
}

impl Scope<'_> {
    /// The one condition of a block.
    pub(crate) fn only_condition(&mut self, node: &Node) -> Option<Condition> {
        let mut lines = node.inside().iter().filter(|line| is_condition(line));
        let first = lines.next();
        if let Some(second) = lines.next() {
            let draft = Draft::new(Code::WrongArity, "conditions").put("of", &node.name);
            self.faults.add(draft.at(second.name_span));
        }
        if first.is_none() {
            let draft = Draft::new(Code::WrongArity, "no-condition").put("of", &node.name);
            self.faults.add(draft.at(node.name_span));
        }
        first.and_then(|line| self.condition(line))
    }

    /// The condition of a `when` in a line's block, if there is one.
    pub(crate) fn when(&mut self, node: &Node) -> Option<Condition> {
        node.one("when").and_then(|when| self.only_condition(when))
    }

    /// The conditions of a block; none is a fault.
    pub(crate) fn many(&mut self, node: &Node) -> Vec<Condition> {
        if node.inside().is_empty() {
            let draft = Draft::new(Code::WrongArity, "no-condition").put("of", &node.name);
            self.faults.add(draft.at(node.name_span));
        }
        node.inside().iter().filter_map(|line| self.condition(line)).collect()
    }

    fn condition(&mut self, node: &Node) -> Option<Condition> {
        Some(match node.name.as_str() {
            "all" => Condition::All(self.many(node)),
            "any" => Condition::Any(self.many(node)),
            "not" => Condition::Not(Box::new(self.only_condition(node)?)),
            "done" => Condition::Done(self.take_first(Kind::Act, node)?),
            "given" => Condition::Given(self.take_first(Kind::Field, node)?),
            "choice" => self.choice(node)?,
            "yes" | "no" => {
                let field = self.field(node.key(), "field-yes-no", |it| *it == FieldKind::YesNo)?;
                Condition::Is { field, any_of: vec![Key::new(node.name.as_str())] }
            }
            "compare" => self.compare(node)?,
            "clock" => Condition::Clock {
                limit: self.take_first(Kind::Limit, node)?,
                is: clock_is(&node.args.get(1)?.word()?)?,
            },
            "masked" => {
                let field = self.field(node.key(), "field-text", |it| matches!(it, FieldKind::Text { .. }));
                Condition::Masked(field?)
            }
            "party" => Condition::HasParty {
                role: self.take_first(Kind::Party, node)?,
                kind: node.prop("kind").and_then(|prop| party_kind(&prop.value.word()?)),
            },
            "parameter" => self.parameter(node)?,
            "ahead" => {
                let date = |it: &FieldKind| matches!(it, FieldKind::Date { .. });
                let field = self.field(node.key(), "field-date", date)?;
                let count = node.args.get(1)?.number().and_then(|it| u32::try_from(it).ok())?;
                let unit = node.args.get(2)?.word()?.parse().ok()?;
                Condition::Ahead { field, length: Length { count, unit } }
            }
            "other-person" => Condition::OtherPerson(self.take_first(Kind::Act, node)?),
            "colleague" => {
                let field = self.field(node.key(), "field-official", |it| *it == FieldKind::Official)?;
                let (role, span) = node.prop_key("role")?;
                self.marks.colleagues.insert((field.clone(), role.clone()), span);
                Condition::Colleague { field, role: self.take(Kind::Role, (role, span)) }
            }
            "some" | "each" => self.of_items(node)?,
            "at" => {
                let item = self.inside.clone().or_else(|| self.act.as_ref().and_then(|it| it.1.clone()));
                if item.is_none() {
                    self.bad(Code::BadAct, "at", node.name_span);
                }
                Condition::At(self.take_all(Kind::Stage, Some(node)))
            }
            _ => return None,
        })
    }

    fn of_items(&mut self, node: &Node) -> Option<Condition> {
        let items = self.take_first(Kind::Items, node)?;
        let outer = self.inside.replace(items.clone());
        let that = if node.inside().is_empty() && node.name == "some" {
            Some(Condition::All(Vec::new()))
        } else {
            self.only_condition(node)
        };
        self.inside = outer;
        Some(Condition::Items { items, each: node.name == "each", that: Box::new(that?) })
    }

    fn choice(&mut self, node: &Node) -> Option<Condition> {
        let field = self.field(node.key(), "field-choice", |it| matches!(it, FieldKind::Choice { .. }))?;
        let known: Vec<Key> = match self.fields.iter().find(|it| it.key == field).map(|it| &it.kind) {
            Some(FieldKind::Choice { options }) => options.iter().map(|it| it.key.clone()).collect(),
            _ => return None,
        };
        let any_of = self.options(node.keys().skip(1), known.iter(), &field);
        Some(Condition::Is { field, any_of })
    }

    fn parameter(&mut self, node: &Node) -> Option<Condition> {
        let key = self.take_first(Kind::Parameter, node)?;
        let known = self.parameters.iter().find(|it| it.key == key)?.options.clone();
        let is = self.options(node.keys().skip(1), known.iter(), &key).pop()?;
        Some(Condition::Parameter { key, is })
    }

    fn compare(&mut self, node: &Node) -> Option<Condition> {
        let field = self.field(node.key(), "field-ordered", is_ordered)?;
        let left = self.fields.iter().find(|it| it.key == field)?.kind.clone();
        let how = match node.args.get(1)?.word()?.as_str() {
            "less" => Comparison::Less,
            "at-most" => Comparison::AtMost,
            "equal" => Comparison::Equal,
            "at-least" => Comparison::AtLeast,
            "more" => Comparison::More,
            _ => return None,
        };
        let with = match (node.prop_key("field"), node.prop_key("parameter"), node.args.get(2)) {
            (Some((key, span)), None, None) => {
                let same = |it: &FieldKind| std::mem::discriminant(it) == std::mem::discriminant(&left);
                Operand::Field(self.field(Some((key, span)), "field-same", same)?)
            }
            (None, Some(named), None) => self.threshold(named, &left),
            (None, None, Some(arg)) => self.operand(&arg.value, arg.span, &left)?,
            _ => {
                self.bad(Code::WrongArity, "operand", node.name_span);
                return None;
            }
        };
        Some(Condition::Compare { field, how, with })
    }

    /// A parameter on the right side: a number, or for a date a text that is a day.
    fn threshold(&mut self, (key, span): (Key, Span), left: &FieldKind) -> Operand {
        let key = self.take(Kind::Parameter, (key, span));
        let dated = matches!(left, FieldKind::Date { .. });
        let fits = |it: &ParameterValue| match it {
            ParameterValue::Number(_) => !dated,
            ParameterValue::Words(words) => dated && words.parse::<Date>().is_ok(),
            ParameterValue::Option(_) => false,
        };
        if self.parameters.iter().any(|it| it.key == key && !fits(&it.default)) {
            self.faults.add(Draft::new(Code::WrongType, "operand-parameter").put("name", &key).at(span));
        }
        Operand::Parameter(key)
    }

    fn operand(&mut self, value: &Value, span: Span, left: &FieldKind) -> Option<Operand> {
        let dated = matches!(left, FieldKind::Date { .. });
        let operand = match value {
            Value::Number(number) if !dated => Some(Operand::Number(*number)),
            Value::Text(text) if dated => text.parse::<Date>().ok().map(Operand::Date),
            Value::Word(word) if dated && word == "act-day" => Some(Operand::ActDay),
            Value::Broken => return None,
            _ => None,
        };
        if operand.is_none() {
            self.bad(Code::WrongType, if dated { "operand-date" } else { "operand-number" }, span);
        }
        operand
    }
}

fn is_ordered(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Number { .. } | FieldKind::Money | FieldKind::Date { .. } | FieldKind::List { .. }
    )
}

fn clock_is(word: &str) -> Option<ClockIs> {
    Some(match word {
        "not-started" => ClockIs::NotStarted,
        "running" => ClockIs::Running,
        "suspended" => ClockIs::Suspended,
        "overdue" => ClockIs::Overdue,
        "stopped" => ClockIs::Stopped,
        "in-time" => ClockIs::InTime,
        "extended" => ClockIs::Extended,
        _ => return None,
    })
}
