//! The plain tree: words, values and blocks, each with its place.

use crate::{Key, Text, source::Span};

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A bare word.
    Word(String),
    /// A quoted text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `#true` or `#false`.
    YesNo(bool),
    /// Something the language does not use: a fraction, `#null`, a number too large.
    Other,
    /// Something already reported as unreadable.
    Broken,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Arg {
    pub(crate) value: Value,
    pub(crate) span: Span,
}

/// `name=value`.
#[derive(Clone, Debug)]
pub(crate) struct Prop {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) value: Arg,
}

/// One line of a file, with its block.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) args: Vec<Arg>,
    pub(crate) props: Vec<Prop>,
    pub(crate) block: Option<Vec<Node>>,
}

impl Arg {
    /// The value as a well-formed key.
    pub(crate) fn key(&self) -> Option<Key> {
        match &self.value {
            Value::Word(word) if Key::is_well_formed(word) => Some(Key::new(word.as_str())),
            _ => None,
        }
    }

    /// The value as a key, also where it is a number or `*`.
    pub(crate) fn word(&self) -> Option<String> {
        match &self.value {
            Value::Word(word) => Some(word.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The value as a quoted text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as a whole number.
    pub(crate) fn number(&self) -> Option<i64> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl Node {
    /// The first value as a key, with its place.
    pub(crate) fn key(&self) -> Option<(Key, Span)> {
        self.args.first().and_then(|arg| Some((arg.key()?, arg.span)))
    }

    /// Every value that is a key, with its place.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (Key, Span)> {
        self.args.iter().filter_map(|arg| Some((arg.key()?, arg.span)))
    }

    /// Every quoted text among the values, with its place.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, Span)> {
        self.args.iter().filter_map(|arg| Some((arg.text()?, arg.span)))
    }

    /// The words in both languages: the first quoted text and `en=`; empty where missing, which has
    /// been reported.
    pub(crate) fn words(&self) -> Text {
        let zh = self.texts().next().map_or("", |it| it.0);
        let en = self.prop("en").and_then(|prop| prop.value.text()).unwrap_or_default();
        Text::new(zh, en)
    }

    /// A property by name.
    pub(crate) fn prop(&self, name: &str) -> Option<&Prop> {
        self.props.iter().find(|prop| prop.name == name)
    }

    /// A property that is a key, with its place.
    pub(crate) fn prop_key(&self, name: &str) -> Option<(Key, Span)> {
        self.prop(name).and_then(|prop| Some((prop.value.key()?, prop.value.span)))
    }

    /// A property that is a number.
    pub(crate) fn prop_number(&self, name: &str) -> Option<i64> {
        self.prop(name).and_then(|prop| prop.value.number())
    }

    /// A property that is a quoted text.
    pub(crate) fn prop_text(&self, name: &str) -> Option<&str> {
        self.prop(name).and_then(|prop| prop.value.text())
    }

    /// Whether a property is `#true`.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.prop(name).is_some_and(|prop| prop.value.value == Value::YesNo(true))
    }

    /// The lines of its block; none if it has no block.
    pub(crate) fn inside(&self) -> &[Node] {
        self.block.as_deref().unwrap_or_default()
    }

    /// The lines of its block that begin with a word.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.inside().iter().filter(move |node| node.name == name)
    }

    /// The first line of its block that begins with a word.
    pub(crate) fn one(&self, name: &str) -> Option<&Node> {
        self.inside().iter().find(|node| node.name == name)
    }
}
