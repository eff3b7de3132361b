//! Clocks: each is stopped before the matter, or the item, is over, and what its end brings about is possible
//! wherever that end can come.

use crate::{
    Expiry, Limit,
    fault::{Code, Draft},
    read::names::Kind,
};

use super::{
    Exam,
    explore::{Explored, explore},
    machine::{Clock, Followed, Machine, State},
};

impl Exam<'_> {
    /// Looks at every limit by itself: first following only the acts that touch its clock; if that is
    /// not enough to prove it sound, all acts that conditions ask about.
    pub(super) fn clocks(&mut self) {
        let procedure = self.procedure;
        for limit in &procedure.limits {
            let scope = limit.item.as_ref();
            let all = Followed::all(procedure, scope);
            let few = all.touching(procedure, &limit.key);
            for followed in [&few, &all] {
                let machine = Machine::new(procedure, scope, Some(&limit.key), followed);
                let found = explore(&machine, procedure.acts.len());
                let wrong = self.wrong(limit, &machine, &found);
                let last = std::ptr::eq(followed, &all);
                if found.complete && wrong.is_empty() {
                    break;
                }
                if last && !found.complete {
                    let draft = Draft::new(Code::Unexplored, "limit");
                    let draft = draft.put_text("limit", limit.name.clone());
                    self.report(draft, Kind::Limit, &limit.key);
                } else if last {
                    wrong.into_iter().for_each(|draft| self.faults.add(draft));
                }
            }
        }
    }

    fn wrong(&self, limit: &Limit, machine: &Machine, found: &Explored) -> Vec<Draft> {
        let going = |state: &State| matches!(state.clock, Clock::Running | Clock::Suspended);
        let mut wrong = Vec::new();
        if let Some(at) = found.first(|state| machine.is_closed(state) && going(state)) {
            let variant = if found.states[at].clock == Clock::Running { "running" } else { "suspended" };
            let draft = Draft::new(Code::ClockNeverStops, variant);
            let draft = draft.put_text("limit", limit.name.clone());
            let draft = draft.put_text("story", found.story(at, self.procedure));
            let act = &self.procedure.acts[found.last_act(at)];
            let draft = draft.put_text("act", act.name.clone());
            let span = self.marks.names.place(Kind::Limit, &limit.key);
            let draft = span.into_iter().fold(draft, Draft::at);
            let act = self.marks.names.place(Kind::Act, &act.key);
            wrong.push(act.into_iter().fold(draft, |draft, span| draft.see(span, "act")));
        }
        let Expiry::Deem(key) = &limit.expiry else { return wrong };
        let Some(act) = self.procedure.act(key) else { return wrong };
        let mut reported = Vec::new();
        for stage in self.procedure.stages.iter().filter(|_| limit.item.is_some()) {
            // Around a closed matter the law still does in an item what its limits bring about.
            if stage.closed || stage.item.is_some() || act.within.contains(&stage.key) {
                continue;
            }
            let draft = Draft::new(Code::ExpiryActUnlawful, "within");
            let draft = draft.put_text("limit", limit.name.clone()).put_text("act", act.name.clone());
            let draft = draft.put_text("stage", stage.name.clone());
            let span = self.marks.deems.get(&limit.key).copied();
            wrong.push(span.into_iter().fold(draft, Draft::at));
        }
        for (at, state) in found.states.iter().enumerate() {
            let Some(stage) = self.procedure.stages.get(state.stage) else { continue };
            let possible = stage.closed || act.from.contains(&stage.key);
            if state.clock != Clock::Running || possible || reported.contains(&state.stage) {
                continue;
            }
            reported.push(state.stage);
            let draft = Draft::new(Code::ExpiryActUnlawful, "stage");
            let draft = draft.put_text("limit", limit.name.clone());
            let draft = draft.put_text("act", act.name.clone());
            let draft = draft.put_text("stage", stage.name.clone());
            let draft = draft.put_text("story", found.story(at, self.procedure));
            let span = self.marks.deems.get(&limit.key).copied();
            wrong.push(span.into_iter().fold(draft, Draft::at));
        }
        wrong
    }
}
