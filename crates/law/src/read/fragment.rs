//! Fragments: lines that several acts or procedures share, put in place before anything is checked.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Key,
    fault::{Code, Draft, Faults},
    source::Span,
    syntax::Node,
};

use super::names::Kind;

/// Fragments by name, each with the place of its name.
pub(crate) type Fragments = BTreeMap<Key, (Span, Vec<Node>)>;

/// Common fragments by folder and day.
pub(crate) type Common = BTreeMap<(Key, String), Fragments>;

/// Gathers the fragments among these lines.
pub(crate) fn gather(nodes: &[Node], into: &mut Fragments, faults: &mut Faults) {
    for node in nodes.iter().filter(|node| node.name == "fragment") {
        let Some((key, span)) = node.key() else { continue };
        if let Some((first, _)) = into.get(&key) {
            let draft = Draft::new(Code::DuplicateName, "declared").put("name", &key);
            let draft = draft.put_text("kind", Kind::Fragment.words());
            faults.add(draft.at(span).see(*first, "first"));
            continue;
        }
        into.insert(key, (span, node.inside().to_vec()));
    }
}

/// The lines of a procedure with every `use` replaced by what it names.
pub(crate) fn expand(procedure: &Node, common: &Common, faults: &mut Faults) -> Vec<Node> {
    let mut own = Fragments::new();
    gather(procedure.inside(), &mut own, faults);
    let mut all = own.clone();
    for with in procedure.all("with") {
        let (Some((key, span)), Some(day)) = (with.key(), with.texts().next()) else { continue };
        match common.get(&(key.clone(), day.0.to_owned())) {
            Some(found) => {
                for (name, (place, lines)) in found {
                    let lines = || lines.iter().map(|line| fill(line, with)).collect();
                    all.entry(name.clone()).or_insert_with(|| (*place, lines()));
                }
            }
            None => {
                let draft = Draft::new(Code::UnknownName, "common").put("name", &key);
                faults.add(draft.put("day", day.0).at(span));
            }
        }
    }
    let mut splice = Splice { all: &all, used: BTreeSet::new(), inside: Vec::new(), faults };
    let lines: Vec<Node> = procedure.inside().iter().filter(|it| it.name != "fragment").cloned().collect();
    let mut lines = splice.lines(lines);
    for items in lines.iter_mut().filter(|node| node.name == "items") {
        let block = items.block.take();
        items.block = block.map(|block| splice.lines(block));
        splice.acts(items.block.iter_mut().flatten());
    }
    splice.acts(lines.iter_mut());
    let used = splice.used;
    for (key, (span, _)) in own.iter().filter(|it| !used.contains(it.0)) {
        let draft = Draft::new(Code::Unused, "name").put("name", key);
        faults.add(draft.put_text("kind", Kind::Fragment.words()).at(*span));
    }
    lines
}

struct Splice<'a> {
    all: &'a Fragments,
    used: BTreeSet<Key>,
    inside: Vec<Key>,
    faults: &'a mut Faults,
}

/// A line of a common fragment with the procedure's own roles for the places it leaves open, and the
/// articles that the procedure gives where the line has none.
fn fill(line: &Node, with: &Node) -> Node {
    let mut filled = line.clone();
    if matches!(line.name.as_str(), "by" | "step") {
        let own = |arg: &crate::syntax::Arg| {
            let place = with.inside().iter().find(|it| arg.word().as_ref() == Some(&it.name));
            place.map_or_else(|| vec![arg.clone()], |it| it.args.clone())
        };
        filled.args = line.args.iter().flat_map(own).collect();
    }
    filled.block = line.block.as_ref().map(|block| block.iter().map(|it| fill(it, with)).collect());
    let cites = matches!(line.name.as_str(), "act" | "limit" | "approval" | "outcome" | "require");
    if let (true, Some(block), Some(basis)) = (cites, &mut filled.block, with.one("basis"))
        && !block.iter().any(|it| it.name == "basis")
    {
        block.push(basis.clone());
    }
    filled
}

impl Splice<'_> {
    fn acts<'b>(&mut self, lines: impl Iterator<Item = &'b mut Node>) {
        for act in lines.filter(|node| node.name == "act") {
            let block = act.block.take();
            act.block = block.map(|block| self.lines(block));
        }
    }

    fn lines(&mut self, lines: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::with_capacity(lines.len());
        for line in lines {
            match line.key().filter(|_| line.name == "use") {
                Some((key, span)) => self.put(&key, span, &mut out),
                None => out.push(line),
            }
        }
        out
    }

    fn put(&mut self, key: &Key, span: Span, out: &mut Vec<Node>) {
        if self.inside.contains(key) {
            self.faults.add(Draft::new(Code::RecursiveFragment, "use").put("name", key).at(span));
            return;
        }
        match self.all.get(key) {
            Some((_, lines)) => {
                self.used.insert(key.clone());
                self.inside.push(key.clone());
                out.extend(self.lines(lines.clone()));
                self.inside.pop();
            }
            None => {
                let draft = Draft::new(Code::UnknownName, "name").put("name", key);
                let draft = draft.put_text("kind", Kind::Fragment.words()).at(span);
                self.faults.add(draft.near(key, self.all.keys().map(Key::as_str)));
            }
        }
    }
}
