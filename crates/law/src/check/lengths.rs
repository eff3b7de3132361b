//! Lengths: a limit whose length stands in a field starts only where the field has been given.

use crate::{
    Act, Condition, EffectKind, Key, Limit, LimitLength, Must, Need, PathRule, Text, Wanted,
    fault::{Code, Draft},
};

use super::{
    Exam,
    machine::{Machine, State, Watch},
    refine::{Verdict, refine},
    slice::Slice,
};

impl Exam<'_> {
    /// Looks at every act that starts such a limit.
    pub(super) fn lengths(&mut self) {
        let procedure = self.procedure;
        for act in &procedure.acts {
            for (place, effect) in act.effects.iter().enumerate() {
                let EffectKind::Start { limit, .. } = &effect.kind else { continue };
                let Some(limit) = procedure.limit(limit) else { continue };
                let LimitLength::Field { key: field, .. } = &limit.length else { continue };
                if !gives(act, field) {
                    self.length(act, place, limit, (field, effect.when.as_ref()));
                }
            }
        }
    }

    fn length(&mut self, act: &Act, place: usize, limit: &Limit, (field, when): (&Key, Option<&Condition>)) {
        let procedure = self.procedure;
        let missing = Condition::Not(Box::new(Condition::Given(field.clone())));
        let rule = PathRule {
            key: act.key.clone(),
            name: Text::default(),
            basis: Vec::new(),
            // Nothing comes first: whenever the act is done without a length, it breaks this.
            must: Must::First { first: Vec::new(), then: vec![act.key.clone()], since: Vec::new() },
            when: Some(Condition::All(when.cloned().into_iter().chain([missing]).collect())),
            unproved: None,
        };
        let scope = procedure.field(field).and_then(|it| it.item.as_ref());
        let slice = Slice::new(procedure, scope).besides(rule.when.as_ref());
        let broken = |_: &Machine<'_>, state: &State| state.rule == Watch::Broken;
        let variant = match refine(procedure, Some(&rule), slice, broken) {
            Verdict::Sound => return,
            Verdict::Broken(_) => "missing",
            Verdict::Undecided => "undecided",
        };
        let name = procedure.field(field).map(|it| it.name.clone()).unwrap_or_default();
        let draft = Draft::new(Code::NoLength, variant).put_text("limit", limit.name.clone());
        let draft = draft.put_text("field", name).put_text("act", act.name.clone());
        let span = self.marks.effects.get(&(act.key.clone(), place)).copied();
        self.faults.add(span.into_iter().fold(draft, Draft::at));
    }
}

/// Whether an act asks for a field whenever it is done.
fn gives(act: &Act, field: &Key) -> bool {
    let asks = |ask: &crate::Ask| ask.what == Wanted::Field(field.clone()) && ask.need != Need::Optional;
    act.asks.iter().any(asks)
}
