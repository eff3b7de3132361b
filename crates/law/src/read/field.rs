//! Fields, parties, roles and parameters.

use crate::{
    Choice, Field, FieldKind, Key, Parameter, ParameterValue, PartyKind, PartyRole, Role, RoleKind,
    Sensitivity,
    fault::{Code, Draft},
    syntax::{Node, Prop, Value},
};

use super::{
    names::{Kind, Names},
    scope::Scope,
};

impl Scope<'_> {
    /// A `field` line.
    pub(crate) fn read_field(&mut self, node: &Node) -> Option<Field> {
        let (key, span) = node.key()?;
        let choices = self.choices(node);
        let kind = self.field_kind(node, choices)?;
        let sensitivity = match word(node, "sensitivity")? {
            "public" => Sensitivity::Public,
            "internal" => Sensitivity::Internal,
            "personal" => Sensitivity::Personal,
            "secret" => Sensitivity::Secret,
            _ => return None,
        };
        if let FieldKind::Choice { options } = &kind
            && options.is_empty()
        {
            self.bad(Code::BadDeclaration, "no-options", span);
        }
        let help = node.one("help").map(Node::words);
        let item = self.item_of(Kind::Field, &key);
        Some(Field { key, name: node.words(), kind, sensitivity, help, item })
    }

    /// The options of a choice, or of a parameter that is one.
    pub(crate) fn choices(&mut self, node: &Node) -> Vec<Choice> {
        let mut names = Names::default();
        let mut choices = Vec::new();
        for line in node.all("option") {
            let Some((key, span)) = line.key() else { continue };
            names.declare(Kind::Option, key.clone(), span, self.faults);
            let basis = line
                .prop("basis")
                .and_then(|prop| self.shelf.one(prop.value.text()?, prop.value.span, self.faults));
            choices.push(Choice { key, name: line.words(), basis: basis.into_iter().collect() });
        }
        choices
    }

    /// The type that a line names, with its bounds.
    pub(crate) fn field_kind(&mut self, node: &Node, options: Vec<Choice>) -> Option<FieldKind> {
        let name = word(node, "type")?;
        let (needed, allowed): (&[&str], &[&str]) = match name {
            "text" => (&["max"], &["max", "long"]),
            "number" => (&["min", "max"], &["min", "max"]),
            "date" => (&[], &["future"]),
            "file" => (&["max-mb"], &["max-mb"]),
            "list" => (&["max"], &["max"]),
            "money" | "choice" | "yes-no" | "body" | "matter" | "official" => (&[], &[]),
            _ => return None,
        };
        self.fitting(node, name, needed, allowed);
        if name != "choice" && !options.is_empty() {
            self.bad(Code::BadDeclaration, "options", node.name_span);
        }
        let number = |name| node.prop_number(name).and_then(|it| u32::try_from(it).ok());
        Some(match name {
            "text" => FieldKind::Text { max: number("max")?, long: node.is("long") },
            "number" => {
                let (min, max) = (node.prop_number("min")?, node.prop_number("max")?);
                if min > max {
                    self.bad(Code::BadDeclaration, "bounds", node.name_span);
                }
                FieldKind::Number { min, max }
            }
            "money" => FieldKind::Money,
            "date" => FieldKind::Date { future: node.is("future") },
            "choice" => FieldKind::Choice { options },
            "yes-no" => FieldKind::YesNo,
            "file" => FieldKind::File { max_mb: number("max-mb")? },
            "body" => FieldKind::Body,
            "list" => FieldKind::List { max: number("max")? },
            "matter" => FieldKind::Matter,
            "official" => FieldKind::Official,
            _ => return None,
        })
    }

    /// Properties that this type of field needs or does not have.
    fn fitting(&mut self, node: &Node, name: &str, needed: &[&str], allowed: &[&str]) {
        let typed = ["min", "max", "long", "future", "max-mb"];
        for prop in node.props.iter().filter(|prop| typed.contains(&prop.name.as_str())) {
            if !allowed.contains(&prop.name.as_str()) {
                let draft = Draft::new(Code::BadDeclaration, "property").put("word", &prop.name);
                self.faults.add(draft.put("type", name).at(prop.span));
            }
        }
        for word in needed.iter().filter(|word| node.prop(word).is_none()) {
            let draft = Draft::new(Code::WrongArity, "prop").put("word", "field").put("prop", word);
            self.faults.add(draft.at(node.name_span));
        }
    }

    /// A `party` line.
    pub(crate) fn read_party(&mut self, node: &Node) -> Option<PartyRole> {
        let (key, span) = node.key()?;
        let kinds: Vec<PartyKind> =
            node.one("kinds")?.args.iter().filter_map(|arg| party_kind(&arg.word()?)).collect();
        let bound = |name| node.prop_number(name).and_then(|it| u32::try_from(it).ok());
        let (min, max) = (bound("min").unwrap_or(0), bound("max"));
        if max.is_some_and(|max| max < min) {
            self.bad(Code::BadDeclaration, "bounds", span);
        }
        Some(PartyRole { key, name: node.words(), kinds, min, max })
    }

    /// A `role` line.
    pub(crate) fn read_role(&mut self, node: &Node) -> Option<Role> {
        let (key, span) = node.key()?;
        let [line] = node.inside() else {
            self.bad(Code::BadDeclaration, "role", span);
            return None;
        };
        let kind = match line.name.as_str() {
            "public" => RoleKind::Public,
            "party" => RoleKind::Party(self.take_first(Kind::Party, line)?),
            _ => RoleKind::Post(self.take_first(Kind::Post, line)?),
        };
        Some(Role { key, name: node.words(), kind })
    }

    /// A `parameter` line.
    pub(crate) fn read_parameter(&mut self, node: &Node) -> Option<Parameter> {
        let (key, span) = node.key()?;
        let choices = self.choices(node);
        let value = node.one("default")?.args.first()?;
        let default = match &value.value {
            Value::Number(number) => ParameterValue::Number(*number),
            Value::Text(text) => ParameterValue::Words(text.clone()),
            _ => ParameterValue::Option(value.key()?),
        };
        let options: Vec<Key> = choices.iter().map(|it| it.key.clone()).collect();
        match &default {
            ParameterValue::Option(option) => {
                self.options([(option.clone(), value.span)].into_iter(), options.iter(), &key);
            }
            _ if !options.is_empty() => self.bad(Code::BadDeclaration, "default", span),
            _ => {}
        }
        Some(Parameter {
            key,
            name: node.words(),
            default,
            options,
            option_names: choices.into_iter().map(|it| it.name).collect(),
            mark: mark(node)?,
            why: node.one("why").map(Node::words)?,
        })
    }
}

/// The mark of a fact of the law, as a word or in quotes.
pub(super) fn mark(node: &Node) -> Option<String> {
    let mark = node.one("mark")?.args.first()?;
    mark.text().map(str::to_owned).or_else(|| mark.word())
}

fn word<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    match node.prop(name) {
        Some(Prop { value, .. }) => match &value.value {
            Value::Word(word) => Some(word),
            _ => None,
        },
        None => None,
    }
}

/// A kind of party by its word.
pub(crate) fn party_kind(word: &str) -> Option<PartyKind> {
    Some(match word {
        "person" => PartyKind::Person,
        "organization" => PartyKind::Organization,
        "body" => PartyKind::Body,
        _ => return None,
    })
}
