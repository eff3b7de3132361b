//! Rules of a whole procedure.

use crate::{
    Key, Must, PathRule,
    fault::{Code, Draft},
    syntax::Node,
};

use super::{names::Kind, scope::Scope};

impl Scope<'_> {
    /// A rule, whose acts are all declared.
    pub(crate) fn read_rule(&mut self, node: &Node) -> Option<PathRule> {
        let (key, span) = node.key()?;
        let basis = self.shelf.basis(node, self.faults);
        let must = self.must(node);
        if must.is_none() {
            self.faults.add(Draft::new(Code::BadDeclaration, "path-rule").put("name", &key).at(span));
        }
        let unproved = node.one("unproved").map(Node::words);
        Some(PathRule { key, name: node.words(), basis, must: must?, when: self.when(node), unproved })
    }

    /// What it demands; `None` if its words do not go together.
    fn must(&mut self, node: &Node) -> Option<Must> {
        const LISTS: [&str; 6] = ["first", "then", "since", "after", "never", "before-end"];
        let [first, then, since, after, never, before_end] =
            LISTS.map(|word| self.take_all(Kind::Act, node.one(word)));
        let once = self.take_all(Kind::Act, node.one("once"));
        let has = |list: &Vec<Key>| !list.is_empty();
        let given = [&first, &then, &since, &after, &never, &before_end, &once].map(has);
        match given {
            [true, true, _, false, false, false, false] => Some(Must::First { first, then, since }),
            [false, false, false, true, true, false, false] => Some(Must::Never { after, never }),
            [false, false, false, true, false, true, false] => Some(Must::BeforeEnd { after, before_end }),
            [false, false, false, false, false, false, true] => Some(Must::Once(once)),
            _ => None,
        }
    }
}
