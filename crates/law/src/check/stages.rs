//! Stages: each can be reached, each can be left, every way can end, and ends with an outcome.

use crate::{
    Key,
    fault::{Code, Draft},
    read::names::Kind,
};

use super::{
    Exam,
    explore::{Explored, explore},
    machine::Machine,
    slice::Slice,
};

impl Exam<'_> {
    /// Looks at stages and acts alone, whatever conditions say.
    pub(super) fn stages(&mut self, scope: Option<&Key>) -> bool {
        let before = self.faults.errors();
        let stages = &self.procedure.stages;
        let own = |at: &usize| stages[*at].item.as_ref() == scope;
        let place = |key: &Key| stages.iter().position(|it| it.key == *key);
        let mut edges: Vec<(usize, usize)> = Vec::new();
        for act in self.procedure.acts.iter().filter(|it| it.item.as_ref() == scope) {
            let from = act.from.iter().filter_map(place);
            let to = act.to.as_ref().and_then(place);
            edges.extend(from.filter_map(|from| to.map(|to| (from, to))));
        }
        let begins = |it: &&crate::Act| it.opens && it.item.as_ref() == scope;
        let openings = self.procedure.acts.iter().filter(begins);
        let openings = openings.filter_map(|it| it.to.as_ref().and_then(place));
        let reached = spread(stages.len(), openings, &edges);
        let turned: Vec<(usize, usize)> = edges.iter().map(|it| (it.1, it.0)).collect();
        let closed = (0..stages.len()).filter(|at| stages[*at].closed);
        let ending = spread(stages.len(), closed, &turned);
        for at in (0..stages.len()).filter(own).filter(|at| !reached[*at]) {
            let draft = Draft::new(Code::UnreachableStage, "stage");
            let draft = draft.put_text("stage", stages[at].name.clone());
            self.report(draft, Kind::Stage, &stages[at].key);
        }
        for at in stuck(&ending, &edges).into_iter().filter(own).filter(|at| reached[*at]) {
            let draft = Draft::new(Code::DeadEnd, "stage");
            let draft = draft.put_text("stage", stages[at].name.clone());
            self.report(draft, Kind::Stage, &stages[at].key);
        }
        self.faults.errors() == before
    }

    /// Looks at the ways that conditions on earlier acts leave.
    pub(super) fn paths(&mut self, scope: Option<&Key>) {
        let procedure = self.procedure;
        let slice = Slice::new(procedure, scope).with_asked_acts();
        let machine = Machine::new(procedure, &slice, None);
        let found = explore(&machine, procedure.acts.len());
        if !found.complete {
            let draft = Draft::new(Code::Undecided, "paths");
            self.faults.add(self.marks.head.into_iter().fold(draft, Draft::at));
            return;
        }
        if scope.is_none() {
            self.outcomes(&machine, &found);
        }
        let ending = found.can_reach(|state| machine.is_closed(state));
        if let Some(at) = ending.iter().position(|can| !can) {
            let stage = &procedure.stages[found.states[at].stage];
            let draft = Draft::new(Code::DeadEnd, "way").put_text("stage", stage.name.clone());
            let draft = draft.put_text("story", found.story(at, procedure));
            let draft = draft.trail(found.trail(at, &machine, procedure));
            self.report(draft, Kind::Stage, &stage.key);
        }
        let own = |it: &(&crate::Act, &bool)| it.0.item.as_ref() == scope;
        for (act, _) in procedure.acts.iter().zip(&found.done).filter(own).filter(|it| !it.1) {
            let draft = Draft::new(Code::NeverPossible, "act").put_text("act", act.name.clone());
            self.report(draft, Kind::Act, &act.key);
        }
    }

    /// A matter that is over has an outcome, and never gets a second one.
    fn outcomes(&mut self, machine: &Machine<'_>, found: &Explored) {
        let bare = found.first(|state| machine.is_closed(state) && state.outcomes == 0);
        let twice = found.first(|state| state.outcomes > 1);
        for (at, code) in [(bare, Code::NoOutcome), (twice, Code::SecondOutcome)] {
            let Some(at) = at else { continue };
            let act = &self.procedure.acts[found.last_act(at)];
            let draft = Draft::new(code, "act").put_text("act", act.name.clone());
            let draft = draft.put_text("story", found.story(at, self.procedure));
            let draft = draft.trail(found.trail(at, machine, self.procedure));
            let span = self.marks.to.get(&act.key).copied().filter(|_| code == Code::NoOutcome);
            let span = span.or_else(|| self.marks.names.place(Kind::Act, &act.key));
            self.faults.add(span.into_iter().fold(draft, Draft::at));
        }
    }
}

/// Everything that can be come to from some places.
fn spread(count: usize, from: impl Iterator<Item = usize>, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut seen = vec![false; count];
    let mut open: Vec<usize> = from.collect();
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(edges.iter().filter(|edge| edge.0 == at).map(|edge| edge.1));
        }
    }
    seen
}

/// The places that cannot end and lead nowhere else; if they lead round in a circle, all of them.
fn stuck(ending: &[bool], edges: &[(usize, usize)]) -> Vec<usize> {
    let all: Vec<usize> = (0..ending.len()).filter(|at| !ending[*at]).collect();
    let leads = |at: &usize| edges.iter().any(|edge| edge.0 == *at && edge.1 != *at);
    let last: Vec<usize> = all.iter().filter(|at| !leads(at)).copied().collect();
    if last.is_empty() { all } else { last }
}
