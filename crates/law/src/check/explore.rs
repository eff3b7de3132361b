//! All states a machine can come to, shortest ways first.

use std::collections::HashMap;

use crate::{Procedure, Text};

use super::{
    machine::{Machine, State, Watch},
    slice::Subject,
    trail::{Sample, Trail, TrailStep},
};

/// More states than this are not looked at.
const MOST: usize = 60_000;

/// The states that were found.
pub(super) struct Explored {
    /// In the order of the shortest way to each.
    pub(super) states: Vec<State>,
    /// The state before each and the act between; the opening act alone for a beginning.
    origins: Vec<(Option<usize>, usize)>,
    /// For each state, the states it can follow.
    before: Vec<Vec<usize>>,
    /// Acts that were possible somewhere.
    pub(super) done: Vec<bool>,
    /// Whether every state was found.
    pub(super) complete: bool,
}

/// Explores a machine.
pub(super) fn explore(machine: &Machine<'_>, acts: usize) -> Explored {
    let mut found = Explored {
        states: Vec::new(),
        origins: Vec::new(),
        before: Vec::new(),
        done: vec![false; acts],
        complete: true,
    };
    let mut places = HashMap::new();
    for (act, state) in machine.beginnings() {
        found.reach(&mut places, state, None, act);
    }
    let mut next = 0;
    while let Some(state) = found.states.get(next).copied() {
        if found.states.len() > MOST {
            found.complete = false;
            break;
        }
        // What has been broken stays so: there is no need to look further.
        if state.rule != Watch::Broken {
            machine.follow(&state, |act, after| found.reach(&mut places, after, Some(next), act));
        }
        next += 1;
    }
    found
}

impl Explored {
    fn reach(&mut self, places: &mut HashMap<State, usize>, state: State, from: Option<usize>, act: usize) {
        self.done[act] = true;
        let place = *places.entry(state).or_insert_with(|| {
            self.states.push(state);
            self.origins.push((from, act));
            self.before.push(Vec::new());
            self.states.len() - 1
        });
        self.before[place].extend(from);
    }

    /// The first state, on a shortest way, of which something holds.
    pub(super) fn first(&self, holds: impl Fn(&State) -> bool) -> Option<usize> {
        self.states.iter().position(holds)
    }

    /// For each state, whether a state of which something holds can still be reached.
    pub(super) fn can_reach(&self, holds: impl Fn(&State) -> bool) -> Vec<bool> {
        let mut can: Vec<bool> = self.states.iter().map(holds).collect();
        let mut open: Vec<usize> = (0..can.len()).filter(|at| can[*at]).collect();
        while let Some(at) = open.pop() {
            for before in &self.before[at] {
                if !can[*before] {
                    can[*before] = true;
                    open.push(*before);
                }
            }
        }
        can
    }

    /// The last act on the way to a state.
    pub(super) fn last_act(&self, at: usize) -> usize {
        self.origins[at].1
    }

    /// The shortest way to a state: each state on it with the act that led there.
    pub(super) fn way(&self, at: usize) -> Vec<(usize, usize)> {
        let mut way = Vec::new();
        let mut next = Some(at);
        while let Some(at) = next {
            let (before, act) = self.origins[at];
            way.push((at, act));
            next = before;
        }
        way.reverse();
        way
    }

    /// The shortest way to a state, with what its acts must be given.
    pub(super) fn trail(&self, at: usize, machine: &Machine<'_>, procedure: &Procedure) -> Trail {
        let way = self.way(at);
        let step = |(at, act): &(usize, usize)| TrailStep {
            act: procedure.acts[*act].key.clone(),
            given: machine.given(*act, &self.states[*at]),
        };
        let mut parameters = Vec::new();
        for (place, slot) in machine.slice.slots.iter().enumerate() {
            let Subject::Parameter(key) = slot.of else { continue };
            let class = slot.classes.get(self.states[at].class(place));
            if let Some(Sample::Option(option)) = class.and_then(|it| it.sample.clone()) {
                parameters.push((key.clone(), option));
            }
        }
        let steps = way.iter().map(step).collect();
        Trail { procedure: procedure.clone(), scope: machine.slice.scope.cloned(), parameters, steps }
    }

    /// The acts on the shortest way to a state, for people.
    pub(super) fn story(&self, at: usize, procedure: &Procedure) -> Text {
        let acts: Vec<&Text> = self.way(at).iter().map(|it| &procedure.acts[it.1].name).collect();
        let join =
            |pick: fn(&Text) -> &str| acts.iter().map(|it| pick(it)).collect::<Vec<_>>().join(" \u{2192} ");
        Text::new(join(|it| &it.zh), join(|it| &it.en))
    }
}
