//! A procedure as a machine of few states, for one limit at a time.

use crate::{ClockIs, Condition, Effect, EffectKind, Expiry, Key, Need, Origin, Procedure, Wanted};

/// The state of the clock that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clock {
    NotStarted,
    Running,
    Suspended,
    Stopped,
}

/// A matter as the checks see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    /// Stage, by its place in the procedure.
    pub(super) stage: usize,
    /// The followed clock.
    pub(super) clock: Clock,
    /// How many outcomes have been set: none, one, more.
    pub(super) outcomes: u8,
    /// The followed acts that have been done, a bit for each.
    pub(super) done: u64,
}

/// A condition as far as it can be followed; `Open` may hold and may not.
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Done(u64),
    Clock(ClockIs),
    Open,
}

enum Step {
    Start,
    Stop,
    Suspend,
    Resume,
    Outcome,
}

/// Who makes a move, as far as the followed clock decides it.
#[derive(PartialEq)]
enum Mover {
    Anyone,
    /// The law, and only when the followed clock ends.
    Followed,
}

struct Move {
    from: Vec<usize>,
    to: Option<usize>,
    mover: Mover,
    requires: Vec<Test>,
    steps: Vec<(Step, Option<Test>)>,
    bit: u64,
}

/// The machine.
pub(super) struct Machine {
    moves: Vec<Move>,
    openings: Vec<usize>,
    closed: Vec<bool>,
}

/// Which acts' doing is followed.
pub(super) struct Followed<'a> {
    acts: Vec<&'a Key>,
}

impl<'a> Followed<'a> {
    /// The acts that conditions ask about; at most as many as there are bits.
    pub(super) fn all(procedure: &'a Procedure, scope: Option<&Key>) -> Self {
        let mut acts = Vec::new();
        for act in &procedure.acts {
            let requires = act.requires.iter().map(|it| &it.that);
            let effects = act.effects.iter().filter_map(|it| it.when.as_ref());
            requires.chain(effects).for_each(|it| asked(it, &mut acts));
        }
        let seen = |key: &&Key| {
            let act = procedure.act(key.as_str());
            act.is_some_and(|it| scope.is_none() || it.item.as_ref() == scope)
        };
        acts.retain(seen);
        acts.truncate(64);
        Self { acts }
    }

    /// Those of them that do something to a clock.
    pub(super) fn touching(&self, procedure: &Procedure, limit: &Key) -> Self {
        let touches = |key: &&&Key| {
            let act = procedure.act(key.as_str());
            act.is_some_and(|it| it.effects.iter().any(|effect| limit_of(effect) == Some(limit)))
        };
        Self { acts: self.acts.iter().filter(touches).copied().collect() }
    }

    fn bit(&self, key: &Key) -> Option<u64> {
        self.acts.iter().position(|it| *it == key).map(|at| 1 << at)
    }
}

fn asked<'a>(condition: &'a Condition, acts: &mut Vec<&'a Key>) {
    match condition {
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|it| asked(it, acts)),
        Condition::Not(inner) => asked(inner, acts),
        Condition::Done(key) if !acts.contains(&key) => acts.push(key),
        _ => {}
    }
}

/// The limit whose clock an effect touches.
fn limit_of(effect: &Effect) -> Option<&Key> {
    match &effect.kind {
        EffectKind::Start { limit, .. }
        | EffectKind::Stop(limit)
        | EffectKind::Suspend(limit)
        | EffectKind::Resume(limit) => Some(limit),
        _ => None,
    }
}

impl Machine {
    /// The machine of a procedure, or of one of its items, that follows one clock, or none, and some acts.
    pub(super) fn new(
        procedure: &Procedure,
        scope: Option<&Key>,
        limit: Option<&Key>,
        followed: &Followed<'_>,
    ) -> Self {
        let build = Build { procedure, scope, limit, followed };
        let opens = |act: &crate::Act| act.opens && act.item.as_ref() == scope;
        let openings = procedure.acts.iter().enumerate().filter(|it| opens(it.1)).map(|it| it.0);
        Self {
            moves: procedure.acts.iter().map(|act| build.one(act)).collect(),
            openings: openings.collect(),
            closed: procedure.stages.iter().map(|it| it.closed).collect(),
        }
    }

    /// Whether a state's stage is closed.
    pub(super) fn is_closed(&self, state: &State) -> bool {
        self.closed.get(state.stage).copied().unwrap_or(false)
    }

    /// The states in which a matter can begin, each with the act that opens it.
    pub(super) fn beginnings(&self) -> Vec<(usize, State)> {
        let nothing = State { stage: usize::MAX, clock: Clock::NotStarted, outcomes: 0, done: 0 };
        let mut found = Vec::new();
        for act in &self.openings {
            self.after(&self.moves[*act], &nothing, |state| found.push((*act, state)));
        }
        found
    }

    /// The states that can follow a state, each with the act that leads there.
    pub(super) fn follow(&self, state: &State, mut found: impl FnMut(usize, State)) {
        for (act, step) in self.moves.iter().enumerate() {
            if step.from.contains(&state.stage) && step.possible(state) {
                self.after(step, state, |state| found(act, state));
            }
        }
    }

    fn after(&self, step: &Move, state: &State, mut found: impl FnMut(State)) {
        let mut states = vec![State { done: state.done | step.bit, ..*state }];
        for (what, when) in &step.steps {
            let holds = when.as_ref().map_or(Some(true), |test| test.holds(state));
            if holds == Some(false) {
                continue;
            }
            let unchanged = states.clone();
            states.iter_mut().for_each(|state| what.apply(state));
            if holds.is_none() {
                states.extend(unchanged);
            }
        }
        for state in states {
            found(State { stage: step.to.unwrap_or(state.stage), ..state });
        }
    }
}

struct Build<'a> {
    procedure: &'a Procedure,
    /// The items whose course is looked at; the matter's own otherwise.
    scope: Option<&'a Key>,
    limit: Option<&'a Key>,
    followed: &'a Followed<'a>,
}

impl Build<'_> {
    fn one(&self, act: &crate::Act) -> Move {
        let stage = |key: &Key| self.procedure.stages.iter().position(|it| it.key == *key);
        let deemed = |it: &&crate::Limit| it.expiry == Expiry::Deem(act.key.clone());
        let mut deeming = self.procedure.limits.iter().filter(deemed).map(|it| &it.key);
        let only = deeming.next().filter(|_| deeming.next().is_none());
        let follows = act.by_law && only.is_some() && only == self.limit;
        let own = act.item.as_ref() == self.scope;
        // Seen from the matter, an act of its items happens where the matter stands and leaves it there.
        let from = match (own, self.scope) {
            (true, _) => &act.from,
            (false, None) => &act.within,
            (false, Some(_)) => &Vec::new(),
        };
        Move {
            from: from.iter().filter_map(stage).collect(),
            to: act.to.as_ref().filter(|_| own).and_then(stage),
            mover: if follows { Mover::Followed } else { Mover::Anyone },
            requires: act.requires.iter().map(|it| self.test(act, &it.that)).collect(),
            steps: act.effects.iter().filter_map(|it| self.step(act, it)).collect(),
            bit: self.followed.bit(&act.key).unwrap_or(0),
        }
    }

    fn step(&self, act: &crate::Act, effect: &Effect) -> Option<(Step, Option<Test>)> {
        let when = effect.when.as_ref().map(|it| self.test(act, it));
        if matches!(effect.kind, EffectKind::Outcome(_)) {
            let counts = self.limit.is_none() && self.scope.is_none() && act.item.is_none();
            return counts.then_some((Step::Outcome, when));
        }
        if limit_of(effect) != self.limit || self.limit.is_none() {
            return None;
        }
        Some(match &effect.kind {
            // A clock whose first day is not known does not start.
            EffectKind::Start { from: Origin::Field(field), .. } if !asks(act, field) => {
                (Step::Start, Some(Test::Open))
            }
            EffectKind::Start { from: Origin::Act(earlier), .. } => {
                let known = self.followed.bit(earlier).map_or(Test::Open, Test::Done);
                (Step::Start, Some(Test::All(when.into_iter().chain([known]).collect())))
            }
            EffectKind::Start { .. } => (Step::Start, when),
            EffectKind::Stop(_) => (Step::Stop, when),
            EffectKind::Suspend(_) => (Step::Suspend, when),
            _ => (Step::Resume, when),
        })
    }

    fn of_same_items(&self, act: &crate::Act, other: &Key) -> bool {
        let kind = self.procedure.act(other).and_then(|it| it.item.as_ref());
        kind.is_some() && kind == act.item.as_ref()
    }

    /// What an act asks, as far as it is followed. Seen from the matter, whether an act was done in this item is open.
    fn test(&self, act: &crate::Act, condition: &Condition) -> Test {
        let many = |all: &[Condition]| all.iter().map(|it| self.test(act, it)).collect();
        match condition {
            Condition::All(all) => Test::All(many(all)),
            Condition::Any(any) => Test::Any(many(any)),
            Condition::Not(inner) => Test::Not(Box::new(self.test(act, inner))),
            Condition::Done(key) if self.scope.is_none() && self.of_same_items(act, key) => Test::Open,
            Condition::Done(key) => self.followed.bit(key).map_or(Test::Open, Test::Done),
            Condition::Clock { limit, is } if Some(limit) == self.limit => Test::Clock(*is),
            _ => Test::Open,
        }
    }
}

fn asks(act: &crate::Act, field: &Key) -> bool {
    act.asks.iter().any(|ask| ask.need == Need::Required && ask.what == Wanted::Field(field.clone()))
}

impl Move {
    fn possible(&self, state: &State) -> bool {
        (self.mover == Mover::Anyone || state.clock == Clock::Running)
            && self.requires.iter().all(|test| test.holds(state) != Some(false))
    }
}

impl Step {
    fn apply(&self, state: &mut State) {
        match (self, state.clock) {
            (Step::Start, _) => state.clock = Clock::Running,
            (Step::Stop, Clock::Running | Clock::Suspended) => state.clock = Clock::Stopped,
            (Step::Suspend, Clock::Running) => state.clock = Clock::Suspended,
            (Step::Resume, Clock::Suspended) => state.clock = Clock::Running,
            (Step::Outcome, _) => state.outcomes = (state.outcomes + 1).min(2),
            _ => {}
        }
    }
}

impl Test {
    /// Whether it holds in a state; `None` if it may and may not.
    fn holds(&self, state: &State) -> Option<bool> {
        match self {
            Test::All(all) => combine(all, state, false),
            Test::Any(any) => combine(any, state, true),
            Test::Not(inner) => inner.holds(state).map(|it| !it),
            Test::Done(bit) => Some(state.done & bit != 0),
            Test::Clock(is) => clock(*is, state.clock),
            Test::Open => None,
        }
    }
}

/// `decides` is the answer of a part that settles the whole.
fn combine(tests: &[Test], state: &State, decides: bool) -> Option<bool> {
    let mut sure = true;
    for test in tests {
        match test.holds(state) {
            Some(answer) if answer == decides => return Some(decides),
            Some(_) => {}
            None => sure = false,
        }
    }
    sure.then_some(!decides)
}

fn clock(is: ClockIs, clock: Clock) -> Option<bool> {
    match (is, clock) {
        (ClockIs::NotStarted, _) => Some(clock == Clock::NotStarted),
        (ClockIs::Stopped, _) => Some(clock == Clock::Stopped),
        (ClockIs::Suspended, _) => Some(clock == Clock::Suspended),
        (_, Clock::NotStarted) => Some(false),
        (ClockIs::Running | ClockIs::Overdue, Clock::Running) => None,
        (ClockIs::Running | ClockIs::Overdue, _) => Some(false),
        (ClockIs::InTime | ClockIs::Extended, _) => None,
    }
}
