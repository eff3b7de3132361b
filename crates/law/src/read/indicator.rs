//! `indicators.kdl`: what is counted over procedures, and how figures are computed of it.

use crate::{
    Condition, Count, Field, FieldKind, Formula, Indicator, Key, Mark, Only, Parameter, ParameterValue,
    Procedure, RateVersion, Rounding, Sensitivity,
    fault::{Code, Draft, Faults},
    source::{FileId, Span},
    syntax::{self, Node, Value, grammar},
};

use super::{
    cite::Shelf,
    figure::Figures,
    names::{Kind, Names},
    scope::{Marks, Scope},
};

/// The sorts of mark that events leave, with what each names.
const MARKS: [(&str, Kind); 4] =
    [("act", Kind::Act), ("outcome", Kind::Outcome), ("late", Kind::Limit), ("finding", Kind::Require)];
/// The words that begin a formula.
const FORMULAS: [&str; 7] = ["count", "values", "open", "ratio", "sum", "change", "target"];
/// The words that declare an indicator.
const DECLARING: [&str; 2] = ["indicator", "rate"];

/// The indicators that a file declares, with their places; nothing is reported.
pub(crate) fn declared(file: FileId, text: &str) -> Vec<(Key, Span)> {
    let nodes = syntax::parse(file, text, &mut Faults::default()).unwrap_or_default();
    let groups = nodes.iter().filter(|node| node.name == "indicators");
    let lines = groups.flat_map(Node::inside).filter(|line| DECLARING.contains(&line.name.as_str()));
    lines.filter_map(Node::key).collect()
}

impl Figures<'_> {
    /// Reads `indicators.kdl`.
    pub(crate) fn indicators(&mut self, file: FileId, text: &str) -> Vec<Indicator> {
        let head = Span::head(file);
        let Some(nodes) = syntax::parse(file, text, self.faults) else { return Vec::new() };
        syntax::check(&nodes, &grammar::INDICATORS_FILE, head, self.faults);
        let mut names = Names::default();
        for key in self.indicators {
            names.know(Kind::Indicator, key.clone(), head);
        }
        let mut indicators = Vec::new();
        for group in nodes.iter().filter(|node| node.name == "indicators") {
            let (over, known) = self.over(group.one("over"), head);
            let chosen = self.procedures.iter().filter(|it| over.contains(&it.key));
            let mut reading = Reading {
                group,
                over: &over,
                names: &names,
                scope: Scope {
                    fields: fields(chosen),
                    marks: Marks { names: known, ..Marks::default() },
                    parameters: Vec::new(),
                    stages: Vec::new(),
                    act: None,
                    inside: None,
                    shelf: Shelf { statutes: self.statutes },
                    faults: self.faults,
                },
            };
            reading.parameters();
            indicators.extend(group.all("indicator").filter_map(|it| reading.indicator(it)));
            indicators.extend(group.all("rate").filter_map(|it| reading.rate(it)));
        }
        indicators
    }
}

/// The fields of some procedures, each once; a choice with the options of all versions.
fn fields<'a>(procedures: impl Iterator<Item = &'a Procedure>) -> Vec<Field> {
    let mut all: Vec<Field> = Vec::new();
    for field in procedures.flat_map(|it| &it.fields) {
        let Some(known) = all.iter_mut().find(|it| it.key == field.key) else {
            all.push(field.clone());
            continue;
        };
        if let (FieldKind::Choice { options }, FieldKind::Choice { options: more }) =
            (&mut known.kind, &field.kind)
        {
            let new: Vec<_> =
                more.iter().filter(|it| !options.iter().any(|old| old.key == it.key)).cloned().collect();
            options.extend(new);
        }
    }
    all
}

/// The lines of one group.
struct Reading<'a> {
    group: &'a Node,
    over: &'a [Key],
    /// Indicators of all packs.
    names: &'a Names,
    /// What the procedures counted over declare.
    scope: Scope<'a>,
}

impl Reading<'_> {
    fn parameters(&mut self) {
        for line in self.group.all("parameter") {
            if let Some((key, span)) = line.key() {
                self.scope.marks.names.declare(Kind::Parameter, key, span, self.scope.faults);
            }
            let read = self.scope.read_parameter(line);
            self.scope.parameters.extend(read);
        }
    }

    fn indicator(&mut self, line: &Node) -> Option<Indicator> {
        let formula = self.formula(line);
        self.declare(line, formula?)
    }

    fn declare(&self, line: &Node, formula: Formula) -> Option<Indicator> {
        let unit = line.one("unit").or(self.group.one("unit")).map(Node::words);
        Some(Indicator {
            key: line.key()?.0,
            name: line.words(),
            definition: line.one("means").map(Node::words).unwrap_or_default(),
            procedures: self.over.to_vec(),
            formula,
            decimals: decimals(line),
            rounding: rounding(line),
            unit: unit.unwrap_or_default(),
        })
    }

    /// A rate that places compute differently: its versions are the options of a parameter of its name.
    fn rate(&mut self, line: &Node) -> Option<Indicator> {
        let mut versions = Vec::new();
        let mut options = Names::default();
        for it in line.all("version") {
            let (key, span) = it.key()?;
            options.declare(Kind::Option, key.clone(), span, self.scope.faults);
            let (part, base) = self.ratio(it.one("ratio")?)?;
            versions.push(RateVersion {
                key,
                name: it.words(),
                definition: it.one("means").map(Node::words).unwrap_or_default(),
                part,
                base,
                decimals: decimals(it),
                rounding: rounding(it),
            });
        }
        let keys: Vec<Key> = versions.iter().map(|it| it.key.clone()).collect();
        let key = line.key()?.0;
        let default = line.one("default")?.key()?;
        let default = self.scope.options([default].into_iter(), keys.iter(), &key).pop()?;
        let choice = Parameter {
            key,
            name: line.words(),
            default: ParameterValue::Option(default),
            options: keys,
            option_names: versions.iter().map(|it| it.name.clone()).collect(),
            mark: super::field::mark(line)?,
            why: line.one("why").map(Node::words)?,
        };
        self.declare(line, Formula::Versions { choice, versions })
    }

    fn formula(&mut self, line: &Node) -> Option<Formula> {
        let found: Vec<&Node> =
            line.inside().iter().filter(|it| FORMULAS.contains(&it.name.as_str())).collect();
        let [formula] = found.as_slice() else {
            let span = found.get(1).map_or(line.name_span, |it| it.name_span);
            self.scope.faults.add(Draft::new(Code::WrongArity, "formula").at(span));
            return None;
        };
        Some(match formula.name.as_str() {
            "ratio" => {
                let (part, base) = self.ratio(formula)?;
                Formula::Ratio { part, base }
            }
            "sum" => Formula::Sum(formula.keys().map(|it| self.named(it)).collect()),
            "open" => Formula::Open {
                into: self.count(formula.one("into")?)?,
                out: self.count(formula.one("out")?)?,
                standing: formula.is("standing"),
            },
            "change" => {
                let in_points = formula.prop("in").and_then(|it| it.value.word())? == "points";
                Formula::Change { of: self.named(formula.key()?), in_points }
            }
            "target" => {
                let key = self.scope.take_first(Kind::Parameter, formula)?;
                Formula::Target(self.scope.parameters.iter().find(|it| it.key == key)?.clone())
            }
            "values" => Formula::Values(self.count(formula)?),
            _ => Formula::Count(self.count(formula)?),
        })
    }

    fn ratio(&mut self, line: &Node) -> Option<(Key, Key)> {
        Some((self.named(line.key()?), self.named(line.prop_key("of")?)))
    }

    /// An indicator of any pack.
    fn named(&mut self, named: (Key, Span)) -> Key {
        self.names.take(Kind::Indicator, named, self.scope.faults)
    }

    fn count(&mut self, block: &Node) -> Option<Count> {
        let only = match block.one("where") {
            Some(line) => Some(Only(self.only(line)?)),
            None => None,
        };
        let adds = self.split(block.one("add"), "field-number", |it| matches!(it, FieldKind::Number { .. }));
        let by = self.split(block.one("by"), "field-split", |it| {
            matches!(
                it,
                FieldKind::Choice { .. } | FieldKind::YesNo | FieldKind::Text { .. } | FieldKind::Body
            )
        });
        if block.name == "values" && by.is_none() {
            self.scope.bad(Code::WrongArity, "values", block.name_span);
        }
        let events = self.events(block);
        let with = |event| Mark { event, only: only.clone(), adds: adds.clone(), by: by.clone() };
        Some(Count {
            marks: events.into_iter().map(with).collect(),
            on_received: block.is("on-received"),
            once: block.is("once"),
        })
    }

    fn events(&mut self, block: &Node) -> Vec<String> {
        let mut events = Vec::new();
        for line in block.all("mark") {
            let [prop] = line.props.as_slice() else {
                self.scope.bad(Code::WrongArity, "mark", line.name_span);
                continue;
            };
            let Some((word, kind)) = MARKS.into_iter().find(|it| it.0 == prop.name) else { continue };
            let key = match &prop.value.value {
                Value::Word(all) if all == "*" => all.clone(),
                _ => {
                    let Some(key) = prop.value.key() else { continue };
                    self.scope.take(kind, (key, prop.value.span)).to_string()
                }
            };
            events.push(format!("{word}:{key}"));
        }
        events
    }

    /// The conditions of a `where`: all of them must hold.
    fn only(&mut self, line: &Node) -> Option<Condition> {
        let mut conditions = self.scope.many(line);
        let mut looked_at = Vec::new();
        conditions.iter().for_each(|it| compared(it, &mut looked_at));
        for key in looked_at {
            self.open(&key, line.name_span);
        }
        match conditions.len() {
            1 => conditions.pop(),
            _ => Some(Condition::All(conditions)),
        }
    }

    fn split(&mut self, line: Option<&Node>, wanted: &str, fits: fn(&FieldKind) -> bool) -> Option<Key> {
        let line = line?;
        let key = self.scope.field(line.key(), wanted, fits)?;
        self.open(&key, line.name_span);
        Some(key)
    }

    /// A personal value is sealed in the ledger: nothing can be counted by it.
    fn open(&mut self, key: &Key, span: Span) {
        let field = self.scope.fields.iter().find(|it| it.key == *key);
        let sealed = |it: &&Field| matches!(it.sensitivity, Sensitivity::Personal | Sensitivity::Secret);
        if let Some(field) = field.filter(sealed) {
            let draft = Draft::new(Code::WrongType, "field-sealed").put_text("field", field.name.clone());
            self.scope.faults.add(draft.at(span));
        }
    }
}

/// The fields whose values conditions look at.
fn compared(condition: &Condition, found: &mut Vec<Key>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|it| compared(it, found)),
        Condition::Not(inner) => compared(inner, found),
        Condition::Is { field, .. } | Condition::Compare { field, .. } => found.push(field.clone()),
        _ => {}
    }
}

fn decimals(line: &Node) -> u8 {
    line.prop_number("decimals").and_then(|it| u8::try_from(it).ok()).unwrap_or(0)
}

fn rounding(line: &Node) -> Rounding {
    match line.prop("rounding").and_then(|it| it.value.word()).as_deref() {
        Some("cut") => Rounding::Cut,
        _ => Rounding::HalfUp,
    }
}
