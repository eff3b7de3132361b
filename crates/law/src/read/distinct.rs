//! Roles that are kept apart.

use crate::{Distinct, Procedure, syntax::Node};

use super::{names::Kind, scope::Scope};

impl Scope<'_> {
    /// A `distinct` line, after the acts of the procedure have been read.
    pub(crate) fn read_distinct(&mut self, node: &Node, procedure: &Procedure) -> Option<Distinct> {
        let key = node.key()?.0;
        let basis = self.shelf.basis(node, self.faults);
        let line = node.one("roles");
        for (role, span) in line.into_iter().flat_map(Node::keys) {
            self.marks.apart.insert((key.clone(), role), span);
        }
        let roles = self.take_all(Kind::Role, line);
        let otherwise = node.one("else").map(Node::words)?;
        let mut distinct = Distinct { key, roles, basis, otherwise, item: None };
        let acts = procedure.acts.iter().filter(|it| distinct.tells(it) || distinct.has_colleague(it));
        let mut items = acts.map(|it| it.item.as_ref());
        let first = items.next().flatten();
        distinct.item = first.filter(|_| items.all(|it| it == first)).cloned();
        Some(distinct)
    }
}
