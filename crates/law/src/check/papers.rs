//! Papers: what one prints can have been given when it is issued. Where a value is only perhaps there the
//! paper shows a blank; where it never can be, the author is told.

use std::collections::BTreeSet;

use crate::{
    Act, EffectKind, Key, Procedure, Wanted,
    fault::{Code, Draft},
};

use super::Exam;

impl Exam<'_> {
    /// Looks at every act that issues a paper.
    pub(super) fn papers(&mut self) {
        for act in &self.procedure.acts {
            for effect in &act.effects {
                if let EffectKind::Issue(paper) = &effect.kind {
                    self.issued(act, paper);
                }
            }
        }
    }

    fn issued(&mut self, act: &Act, paper: &Key) {
        let prints: Vec<_> =
            self.marks.prints.iter().filter(|it| it.0.0 == *paper).map(|it| (&it.0.1, *it.1)).collect();
        for (field, span) in prints {
            let mut givers = self.procedure.acts.iter().filter(|it| gives(it, field));
            if givers.any(|it| may_precede(self.procedure, it, act)) {
                continue;
            }
            let name = self.procedure.field(field).map(|it| it.name.clone()).unwrap_or_default();
            let draft = Draft::new(Code::AlwaysBlank, "field").put_text("field", name);
            self.faults.add(draft.put_text("act", act.name.clone()).at(span));
        }
    }
}

/// Whether an act asks for a field or fixes it.
fn gives(act: &Act, field: &Key) -> bool {
    act.asks.iter().any(|ask| ask.what == Wanted::Field(field.clone()))
        || act.effects.iter().any(|it| matches!(&it.kind, EffectKind::Set { field: set, .. } if set == field))
}

/// Whether one act can come before another, or is the other. How the courses of items lie beside the
/// matter's own is not asked.
fn may_precede(procedure: &Procedure, first: &Act, then: &Act) -> bool {
    if first.key == then.key || first.item != then.item {
        return true;
    }
    let start = first.to.iter().chain(first.from.iter().filter(|_| first.to.is_none()));
    let mut seen: BTreeSet<&Key> = start.collect();
    let mut todo: Vec<&Key> = seen.iter().copied().collect();
    while let Some(stage) = todo.pop() {
        if then.from.contains(stage) {
            return true;
        }
        let next = procedure.acts.iter().filter(|act| act.from.contains(stage));
        todo.extend(next.filter_map(|act| act.to.as_ref()).filter(|to| seen.insert(to)));
    }
    false
}
