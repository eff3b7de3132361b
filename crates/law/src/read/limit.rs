//! Limits: length, whose duty, extension, and what their end brings about.

use calendar::{Length, Unit};

use crate::{
    Duty, Expiry, Extension, FieldKind, Limit, LimitLength, ParameterValue,
    fault::Code,
    syntax::{Node, Value},
};

use super::{names::Kind, scope::Scope};

impl Scope<'_> {
    /// A `limit` line.
    pub(crate) fn read_limit(&mut self, node: &Node) -> Option<Limit> {
        let (key, _) = node.key()?;
        let basis = self.shelf.basis(node, self.faults);
        let on = match node.one("on") {
            Some(line) => match (line.args.first(), line.prop("party")) {
                (Some(_), None) => Duty::Authority,
                (None, Some(_)) => Duty::Party(self.take_prop(Kind::Party, line, "party")?),
                _ => {
                    self.bad(Code::WrongArity, "on", line.name_span);
                    return None;
                }
            },
            None => Duty::Authority,
        };
        let bars = match node.one("bars").and_then(|line| line.args.first()) {
            Some(arg) => arg.value == Value::YesNo(true),
            None => matches!(on, Duty::Party(_)),
        };
        let unsettled = self.unsettled(node);
        let extension = match node.one("extension") {
            Some(line) => Some(self.extension(line)?),
            None => None,
        };
        let expiry = self.expiry(node)?;
        let length = self.length(node.one("length")?)?;
        let item = self.item_of(Kind::Limit, &key);
        let name = node.words();
        Some(Limit { key, name, length, basis, on, bars, extension, expiry, unsettled, item })
    }

    fn length(&mut self, line: &Node) -> Option<LimitLength> {
        let unit = line.prop("unit").and_then(|prop| unit(&prop.value.word()?));
        let (field, parameter) = (line.prop_key("field"), line.prop_key("parameter"));
        match (line.args.as_slice(), field, parameter) {
            ([number, of], None, None) => Some(LimitLength::Fixed(Length {
                count: self.count(number.number()?, line)?,
                unit: unit_of(&of.value)?,
            })),
            ([], Some(field), None) if line.prop("unit").is_some() => {
                let number = |it: &FieldKind| matches!(it, FieldKind::Number { .. });
                let key = self.field(Some(field), "field-number", number)?;
                Some(LimitLength::Field { key, unit: unit? })
            }
            ([], None, Some(named)) if line.prop("unit").is_some() => {
                let span = named.1;
                let key = self.take(Kind::Parameter, named);
                let found = self.parameters.iter().find(|it| it.key == key)?;
                if !matches!(found.default, ParameterValue::Number(_)) {
                    self.bad(Code::WrongType, "parameter-number", span);
                }
                Some(LimitLength::Parameter { key, unit: unit? })
            }
            (args, ..) if args.iter().any(|it| it.value == Value::Broken) => None,
            _ => {
                self.bad(Code::WrongArity, "length", line.name_span);
                None
            }
        }
    }

    fn count(&mut self, number: i64, line: &Node) -> Option<u32> {
        let count = u32::try_from(number).ok().filter(|it| *it > 0);
        if count.is_none() {
            self.bad(Code::BadDeclaration, "length", line.name_span);
        }
        count
    }

    fn extension(&mut self, line: &Node) -> Option<Extension> {
        let basis = self.shelf.basis(line, self.faults);
        let unit = unit_of(&line.prop("unit")?.value.value)?;
        let count = self.count(line.prop_number("max")?, line)?;
        let times = self.count(line.prop_number("times")?, line)?;
        Some(Extension { max: Length { count, unit }, times: u8::try_from(times).unwrap_or(u8::MAX), basis })
    }

    fn expiry(&mut self, node: &Node) -> Option<Expiry> {
        let line = node.one("expiry")?;
        match (line.args.first(), line.prop_key("deem")) {
            (Some(word), None) if word.word().as_deref() == Some("fact") => Some(Expiry::Fact),
            (Some(_), None) => Some(Expiry::Alarm),
            (None, Some((key, span))) => {
                let limit = node.key()?.0;
                self.marks.deems.insert(limit, span);
                Some(Expiry::Deem(self.take(Kind::Act, (key, span))))
            }
            _ => {
                self.bad(Code::WrongArity, "expiry", line.name_span);
                None
            }
        }
    }
}

/// A unit by its word.
pub(crate) fn unit(word: &str) -> Option<Unit> {
    word.parse().ok()
}

fn unit_of(value: &Value) -> Option<Unit> {
    match value {
        Value::Word(word) => unit(word),
        _ => None,
    }
}
