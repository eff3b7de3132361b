//! Refinement: a look that follows little, and more of what its own counterexample asks, until the counterexample
//! stands or there is none.

use crate::{PathRule, Procedure};

use super::{
    explore::{Explored, explore},
    machine::{Machine, State},
    slice::Slice,
};

/// What a look came to.
pub(super) enum Verdict<'a> {
    /// Nothing wrong can be come to.
    Sound,
    /// It can, as far as conditions can be followed: by the way to a state.
    Broken(Box<(Slice<'a>, Explored, usize)>),
    /// There are too many states to say.
    Undecided,
}

/// Follows one thing more on which the way to a state turns, the nearest to its end first; false if there is none.
fn closer<'a>(
    procedure: &'a Procedure,
    rule: Option<&'a PathRule>,
    slice: &mut Slice<'a>,
    found: &Explored,
    at: usize,
) -> bool {
    if rule.and_then(|it| it.when.as_ref()).is_some_and(|it| slice.follow(it)) {
        return true;
    }
    let way = found.way(at);
    for (place, (state, act)) in way.iter().enumerate().rev() {
        let before = place.checked_sub(1).map(|it| &found.states[way[it].0]);
        let declared = &procedure.acts[*act];
        let open = {
            let machine = Machine::new(procedure, slice, rule);
            machine.open(*act, declared, before, &found.states[*state])
        };
        if open.into_iter().any(|it| slice.follow(it)) || slice.follow_extensions(declared) {
            return true;
        }
    }
    false
}

/// Looks whether a state can be come to of which something wrong holds.
pub(super) fn refine<'a>(
    procedure: &'a Procedure,
    rule: Option<&'a PathRule>,
    mut slice: Slice<'a>,
    wrong: impl Fn(&Machine<'_>, &State) -> bool,
) -> Verdict<'a> {
    loop {
        let (found, at) = {
            let machine = Machine::new(procedure, &slice, rule);
            let found = explore(&machine, procedure.acts.len());
            let at = found.first(|state| wrong(&machine, state));
            (found, at)
        };
        let Some(at) = at else {
            return if found.complete { Verdict::Sound } else { Verdict::Undecided };
        };
        if !closer(procedure, rule, &mut slice, &found, at) {
            return Verdict::Broken(Box::new((slice, found, at)));
        }
    }
}
