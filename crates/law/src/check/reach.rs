//! The reachable set: where a matter can stand, with which earlier acts that conditions ask about. What the engine
//! does stays inside it; a test walks at random and looks.

use std::collections::BTreeSet;

use crate::{Key, Procedure};

use super::{explore::explore, machine::Machine, slice::Slice};

/// Everywhere that a matter of a procedure can come to.
#[derive(Debug)]
pub struct Reachable {
    /// The acts whose doing is told apart.
    acts: Vec<Key>,
    /// Stages with, for each, a bit for every act that has been done.
    states: BTreeSet<(Key, u64)>,
}

impl Reachable {
    /// The reachable set of a sound procedure; `None` if it is too large to be listed.
    pub fn of(procedure: &Procedure) -> Option<Self> {
        let slice = Slice::new(procedure, None).with_asked_acts();
        let machine = Machine::new(procedure, &slice, None);
        let found = explore(&machine, procedure.acts.len());
        let stage = |at: usize| procedure.stages.get(at).map(|it| it.key.clone());
        let states = found.states.iter().filter_map(|it| Some((stage(it.stage)?, it.done())));
        let states = states.collect();
        found.complete.then(|| Self { acts: slice.acts().cloned().collect(), states })
    }

    /// Whether a matter can stand at a stage after just these of the acts that are told apart.
    pub fn holds(&self, stage: &Key, done: impl Fn(&Key) -> bool) -> bool {
        let bits = self.acts.iter().enumerate().map(|(at, act)| u64::from(done(act)) << at).sum();
        self.states.contains(&(stage.clone(), bits))
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether nothing can be come to.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }
}
