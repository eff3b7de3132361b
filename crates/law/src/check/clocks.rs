//! Clocks: each is stopped before the matter, or the item, is over, and what its end brings about is possible
//! wherever that end can come.

use crate::{
    Expiry, Limit, Procedure,
    fault::{Code, Draft},
    read::names::Kind,
};

use super::{
    Exam,
    explore::Explored,
    machine::{Clock, Machine, State},
    refine::{Verdict, refine},
    slice::Slice,
};

impl Exam<'_> {
    /// Looks at every limit by itself: first following only its clock, then what its own counterexample asks.
    pub(super) fn clocks(&mut self) {
        let procedure = self.procedure;
        for limit in &procedure.limits {
            let slice = Slice::new(procedure, limit.item.as_ref()).with_clock(&limit.key);
            let possible = |stage: usize| possible(procedure, limit, stage);
            let wrong = |machine: &Machine<'_>, state: &State| {
                let going = matches!(state.clock(0), Clock::Running | Clock::Suspended);
                let ends = state.clock(0) == Clock::Running && !possible(state.stage);
                (going && machine.is_closed(state)) || ends
            };
            self.within(limit);
            match refine(procedure, None, slice, wrong) {
                Verdict::Sound => {}
                Verdict::Undecided => {
                    let draft = Draft::new(Code::Undecided, "limit");
                    let draft = draft.put_text("limit", limit.name.clone());
                    self.report(draft, Kind::Limit, &limit.key);
                }
                Verdict::Broken(found) => {
                    let (slice, explored, _) = *found;
                    let machine = Machine::new(procedure, &slice, None);
                    let mut wrong = self.unlawful_ends(limit, &machine, &explored);
                    if wrong.is_empty() {
                        wrong.extend(self.never_stops(limit, &machine, &explored));
                    }
                    wrong.into_iter().for_each(|draft| self.faults.add(draft));
                }
            }
        }
    }

    /// Around an open matter, what an item's limit brings about is possible wherever the matter stands.
    fn within(&mut self, limit: &Limit) {
        let Expiry::Deem(key) = &limit.expiry else { return };
        let Some(act) = self.procedure.act(key).filter(|_| limit.item.is_some()) else { return };
        for stage in &self.procedure.stages {
            // Around a closed matter the law still does in an item what its limits bring about.
            if stage.closed || stage.item.is_some() || act.within.contains(&stage.key) {
                continue;
            }
            let draft = Draft::new(Code::ExpiryActUnlawful, "within");
            let draft = draft.put_text("limit", limit.name.clone()).put_text("act", act.name.clone());
            let draft = draft.put_text("stage", stage.name.clone());
            let span = self.marks.deems.get(&limit.key).copied();
            self.faults.add(span.into_iter().fold(draft, Draft::at));
        }
    }

    /// Stages in which a limit can end and what its end brings about cannot happen.
    fn unlawful_ends(&self, limit: &Limit, machine: &Machine<'_>, found: &Explored) -> Vec<Draft> {
        let mut wrong = Vec::new();
        let Expiry::Deem(key) = &limit.expiry else { return wrong };
        let Some(act) = self.procedure.act(key) else { return wrong };
        let mut reported = Vec::new();
        for (at, state) in found.states.iter().enumerate() {
            let Some(stage) = self.procedure.stages.get(state.stage) else { continue };
            let possible = possible(self.procedure, limit, state.stage);
            if state.clock(0) != Clock::Running || possible || reported.contains(&state.stage) {
                continue;
            }
            reported.push(state.stage);
            let draft = Draft::new(Code::ExpiryActUnlawful, "stage");
            let draft = draft.put_text("limit", limit.name.clone());
            let draft = draft.put_text("act", act.name.clone());
            let draft = draft.put_text("stage", stage.name.clone());
            let draft = draft.put_text("story", found.story(at, self.procedure));
            let draft = draft.trail(found.trail(at, machine, self.procedure));
            let span = self.marks.deems.get(&limit.key).copied();
            wrong.push(span.into_iter().fold(draft, Draft::at));
        }
        wrong
    }

    /// The way on which a clock goes on when the matter is over.
    fn never_stops(&self, limit: &Limit, machine: &Machine<'_>, found: &Explored) -> Option<Draft> {
        let going = |state: &State| matches!(state.clock(0), Clock::Running | Clock::Suspended);
        let at = found.first(|state| machine.is_closed(state) && going(state))?;
        let variant = if found.states[at].clock(0) == Clock::Running { "running" } else { "suspended" };
        let draft = Draft::new(Code::ClockNeverStops, variant);
        let draft = draft.put_text("limit", limit.name.clone());
        let draft = draft.put_text("story", found.story(at, self.procedure));
        let draft = draft.trail(found.trail(at, machine, self.procedure));
        let act = &self.procedure.acts[found.last_act(at)];
        let draft = draft.put_text("act", act.name.clone());
        let span = self.marks.names.place(Kind::Limit, &limit.key);
        let draft = span.into_iter().fold(draft, Draft::at);
        let act = self.marks.names.place(Kind::Act, &act.key);
        Some(act.into_iter().fold(draft, |draft, span| draft.see(span, "act")))
    }
}

/// Whether what a limit's end brings about can be done at a stage; at a closed one its clock does not run.
fn possible(procedure: &Procedure, limit: &Limit, stage: usize) -> bool {
    let Expiry::Deem(key) = &limit.expiry else { return true };
    let (Some(act), Some(stage)) = (procedure.act(key), procedure.stages.get(stage)) else { return true };
    stage.closed || act.from.contains(&stage.key)
}
