//! What a line of a procedure can refer to, and where things were declared, for the checks.

use std::collections::BTreeMap;

use crate::{
    Field, FieldKind, Key, Parameter, Stage, Text,
    fault::{Code, Draft, Faults},
    source::Span,
    syntax::Node,
};

use super::{
    cite::Shelf,
    names::{Kind, Names},
};

/// Where the parts of one procedure stand in its files.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Every declared name.
    pub(crate) names: Names,
    /// The effects of each act, in order.
    pub(crate) effects: BTreeMap<(Key, usize), Span>,
    /// The fields that a publication shows.
    pub(crate) shows: BTreeMap<(Key, Key), Span>,
    /// The fields that a paper prints whatever the case.
    pub(crate) prints: BTreeMap<(Key, Key), Span>,
    /// The act that a limit's end does.
    pub(crate) deems: BTreeMap<Key, Span>,
    /// Where an act says which stage it leads to.
    pub(crate) to: BTreeMap<Key, Span>,
    /// The roles that are kept apart, by the name under which they are.
    pub(crate) apart: BTreeMap<(Key, Key), Span>,
    /// The roles of colleagues, by the field that names them.
    pub(crate) colleagues: BTreeMap<(Key, Key), Span>,
    /// Conditions by name: where each was first written.
    pub(crate) requires: BTreeMap<Key, Span>,
    /// The items that a declared name belongs to.
    pub(crate) item_of: BTreeMap<(Kind, Key), Key>,
    /// The procedure's own name.
    pub(crate) head: Option<Span>,
}

/// What lines of a procedure can refer to.
pub(crate) struct Scope<'a> {
    /// Faults so far.
    pub(crate) faults: &'a mut Faults,
    /// Statutes for citations.
    pub(crate) shelf: Shelf<'a>,
    /// Places and names.
    pub(crate) marks: Marks,
    /// Fields read so far: all of them before any act or limit.
    pub(crate) fields: Vec<Field>,
    /// Parameters read so far: all of them before any act or limit.
    pub(crate) parameters: Vec<Parameter>,
    /// Stages, read before any act.
    pub(crate) stages: Vec<Stage>,
    /// The act being read, if one is: its name, and the items it belongs to.
    pub(crate) act: Option<(Key, Option<Key>)>,
    /// The items whose conditions are being read inside `some` or `each`.
    pub(crate) inside: Option<Key>,
}

impl Scope<'_> {
    /// A name that must be declared.
    pub(crate) fn take(&mut self, kind: Kind, named: (Key, Span)) -> Key {
        if matches!(kind, Kind::Field | Kind::Stage | Kind::Limit | Kind::Outcome)
            && let Some((_, own)) = &self.act
            && let Some(of) = self.marks.item_of.get(&(kind, named.0.clone()))
            && Some(of) != own.as_ref()
            && Some(of) != self.inside.as_ref()
        {
            let draft = Draft::new(Code::BadAct, "scope").put("name", &named.0);
            self.faults.add(draft.at(named.1));
        }
        self.marks.names.take(kind, named, self.faults)
    }

    /// The items that a declared name belongs to.
    pub(crate) fn item_of(&self, kind: Kind, key: &Key) -> Option<Key> {
        self.marks.item_of.get(&(kind, key.clone())).cloned()
    }

    /// The first value of a line, which must be a declared name.
    pub(crate) fn take_first(&mut self, kind: Kind, line: &Node) -> Option<Key> {
        let named = line.key()?;
        Some(self.take(kind, named))
    }

    /// Every value of a line, which must be declared names.
    pub(crate) fn take_all(&mut self, kind: Kind, line: Option<&Node>) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for (key, span) in line.into_iter().flat_map(Node::keys) {
            if keys.contains(&key) {
                self.faults.add(Draft::new(Code::DuplicateName, "twice").put("name", &key).at(span));
            }
            keys.push(self.take(kind, (key, span)));
        }
        keys
    }

    /// A property that must be a declared name.
    pub(crate) fn take_prop(&mut self, kind: Kind, line: &Node, name: &str) -> Option<Key> {
        let named = line.prop_key(name)?;
        Some(self.take(kind, named))
    }

    /// A declared field of a sort; `wanted` names the sort in the words.
    pub(crate) fn field(
        &mut self,
        named: Option<(Key, Span)>,
        wanted: &str,
        fits: impl Fn(&FieldKind) -> bool,
    ) -> Option<Key> {
        let (key, span) = named?;
        let key = self.take(Kind::Field, (key, span));
        let field = self.fields.iter().find(|it| it.key == key);
        if let Some(field) = field.filter(|it| !fits(&it.kind)) {
            let draft = Draft::new(Code::WrongType, wanted).put("name", &key);
            self.faults.add(draft.put_text("field", field.name.clone()).at(span));
        }
        Some(key)
    }

    /// Options of a choice field or of a parameter.
    pub(crate) fn options<'b>(
        &mut self,
        named: impl Iterator<Item = (Key, Span)>,
        known: impl Iterator<Item = &'b Key> + Clone,
        of: &Key,
    ) -> Vec<Key> {
        let mut keys = Vec::new();
        for (key, span) in named {
            if !known.clone().any(|it| *it == key) {
                let draft = Draft::new(Code::UnknownName, "option").put("name", &key).put("of", of);
                self.faults.add(draft.at(span).near(&key, known.clone().map(Key::as_str)));
            }
            keys.push(key);
        }
        keys
    }

    /// Says that a declaration contradicts itself.
    pub(crate) fn bad(&mut self, code: Code, variant: &str, span: Span) {
        self.faults.add(Draft::new(code, variant).at(span));
    }

    /// The open questions of a block.
    pub(crate) fn unsettled(&mut self, node: &Node) -> Vec<crate::Unsettled> {
        let mut all = Vec::new();
        for line in node.all("unsettled") {
            let question: Text = line.words();
            let span = line.texts().next().map_or(line.name_span, |it| it.1);
            let draft = Draft::new(Code::Unsettled, "question");
            self.faults.add(draft.put_text("question", question.clone()).at(span));
            let parameter = self.take_prop(Kind::Parameter, line, "parameter");
            all.push(crate::Unsettled { question, parameter });
        }
        all
    }
}
