//! Rules: each holds on every way, or the shortest way that breaks it is told.

use crate::{
    Must, PathRule, Text,
    fault::{Code, Draft},
    read::names::Kind,
};

use super::{
    Exam,
    machine::{Machine, State, Watch},
    refine::{Verdict, refine},
    slice::Slice,
};

impl Exam<'_> {
    /// Looks at every rule by itself: first following nothing but its acts.
    pub(super) fn rules(&mut self) {
        let procedure = self.procedure;
        for rule in &procedure.rules {
            let of = |it: &crate::Key| procedure.act(it).and_then(|act| act.item.as_ref());
            let mut scopes = rule.must.acts().map(of);
            let first = scopes.next().flatten();
            let scope = first.filter(|_| scopes.all(|it| it == first));
            let ends = matches!(rule.must, Must::BeforeEnd { .. });
            let slice = Slice::new(procedure, scope).besides(rule.when.as_ref());
            let wrong = |machine: &Machine<'_>, state: &State| {
                state.rule == Watch::Broken
                    || (ends && state.rule == Watch::Armed && machine.is_closed(state))
            };
            let verdict = refine(procedure, Some(rule), slice, wrong);
            self.judge(rule, verdict);
        }
    }

    fn judge(&mut self, rule: &PathRule, verdict: Verdict<'_>) {
        let said = |code, variant| Draft::new(code, variant).put_text("rule", rule.name.clone());
        match (verdict, &rule.unproved) {
            (Verdict::Sound, None) => {}
            (Verdict::Sound, Some(_)) => {
                self.report(said(Code::Unused, "unproved"), Kind::Rule, &rule.key);
            }
            (_, Some(why)) => {
                let draft = said(Code::Unproved, "rule").put_text("why", why.clone());
                self.report(draft, Kind::Rule, &rule.key);
            }
            (Verdict::Undecided, None) => {
                self.report(said(Code::Undecided, "rule"), Kind::Rule, &rule.key);
            }
            (Verdict::Broken(found), None) => {
                let (slice, explored, at) = *found;
                let machine = Machine::new(self.procedure, &slice, Some(rule));
                let trail = explored.trail(at, &machine, self.procedure);
                let story: Text = explored.story(at, self.procedure);
                let act = &self.procedure.acts[explored.last_act(at)];
                let draft = said(Code::RuleBroken, "rule").put_text("story", story);
                let draft = draft.put_text("act", act.name.clone()).trail(trail);
                let span = self.marks.names.place(Kind::Rule, &rule.key);
                let draft = span.into_iter().fold(draft, Draft::at);
                let act = self.marks.names.place(Kind::Act, &act.key);
                self.faults.add(act.into_iter().fold(draft, |draft, span| draft.see(span, "act")));
            }
        }
    }
}
