//! A procedure as a machine of few states: what a slice follows of it, and a rule that watches.

use crate::{ClockIs, Condition, Effect, EffectKind, Expiry, Key, Must, Need, Origin, PathRule, Wanted};

use super::{
    slice::{Slice, Subject, limit_of},
    trail::Sample,
};

/// The state of a clock that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clock {
    NotStarted,
    Running,
    Suspended,
    Stopped,
}

/// A matter as the checks see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct State {
    /// Stage, by its place in the procedure.
    pub(super) stage: usize,
    /// The followed clocks, two bits for each.
    clocks: u16,
    /// Whether each of them has been extended as often as it may be, a bit for each.
    extended: u8,
    /// How many outcomes have been set: none, one, more.
    pub(super) outcomes: u8,
    /// The rule that watches: at rest, armed, broken.
    pub(super) rule: Watch,
    /// The followed acts that have been done, a bit for each.
    done: u64,
    /// The classes of the followed fields and parameters, four bits for each.
    values: u64,
}

/// What a rule has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Watch {
    Rest,
    Armed,
    Broken,
}

impl State {
    /// A followed clock.
    pub(super) fn clock(&self, place: usize) -> Clock {
        match (self.clocks >> (2 * place)) & 3 {
            0 => Clock::NotStarted,
            1 => Clock::Running,
            2 => Clock::Suspended,
            _ => Clock::Stopped,
        }
    }

    /// The followed acts that have been done, a bit for each.
    pub(super) fn done(&self) -> u64 {
        self.done
    }

    fn is_extended(&self, place: usize) -> bool {
        self.extended & (1 << place) != 0
    }

    fn set_clock(&mut self, place: usize, clock: Clock) {
        self.clocks = (self.clocks & !(3 << (2 * place))) | ((clock as u16) << (2 * place));
    }

    /// The class of a followed field or parameter.
    pub(super) fn class(&self, slot: usize) -> usize {
        usize::try_from((self.values >> (4 * slot)) & 15).unwrap_or_default()
    }

    fn with_class(mut self, slot: usize, class: usize) -> Self {
        self.values = (self.values & !(15 << (4 * slot))) | ((class as u64 & 15) << (4 * slot));
        self
    }
}

/// A condition as far as it can be followed; `Open` may hold and may not.
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Done(u64),
    Clock(usize, ClockIs),
    Value(usize, usize),
    Open,
}

enum Step {
    Start(usize),
    Stop(usize),
    Suspend(usize),
    Resume(usize),
    /// Bars the act if the clock runs and may not be extended again.
    Extend(usize),
    Outcome,
    Set {
        slot: usize,
        class: usize,
    },
}

/// What a rule learns of an act.
#[derive(Clone, Copy, PartialEq)]
enum Signal {
    Arm,
    Rest,
    BreaksIfArmed,
    BreaksUnlessArmed,
}

/// A followed field that an act asks for.
struct Given {
    slot: usize,
    /// Whether it must be given each time.
    required: bool,
}

struct Move {
    from: Vec<usize>,
    to: Option<usize>,
    /// The clock whose end alone brings it about.
    ends: Option<usize>,
    given: Vec<Given>,
    requires: Vec<Test>,
    steps: Vec<(Step, Option<Test>)>,
    signals: Vec<(Signal, Option<Test>)>,
    bit: u64,
}

/// The machine.
pub(super) struct Machine<'a> {
    pub(super) slice: &'a Slice<'a>,
    moves: Vec<Move>,
    /// The acts that can be done at each stage.
    at_stage: Vec<Vec<usize>>,
    openings: Vec<usize>,
    closed: Vec<bool>,
}

impl<'a> Machine<'a> {
    /// The machine of a slice, perhaps watched by a rule.
    pub(super) fn new(procedure: &crate::Procedure, slice: &'a Slice<'a>, rule: Option<&PathRule>) -> Self {
        let build = Build { procedure, slice, rule };
        let opens = |act: &crate::Act| act.opens && act.item.as_ref() == slice.scope;
        let openings = procedure.acts.iter().enumerate().filter(|it| opens(it.1)).map(|it| it.0);
        let moves: Vec<Move> = procedure.acts.iter().map(|act| build.one(act)).collect();
        let mut at_stage = vec![Vec::new(); procedure.stages.len()];
        for (act, step) in moves.iter().enumerate() {
            step.from.iter().for_each(|stage| at_stage[*stage].push(act));
        }
        Self {
            slice,
            moves,
            at_stage,
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
        let nothing = State {
            stage: usize::MAX,
            clocks: 0,
            extended: 0,
            outcomes: 0,
            rule: Watch::Rest,
            done: 0,
            values: 0,
        };
        let mut places = vec![nothing];
        for (at, slot) in self.slice.slots.iter().enumerate() {
            if matches!(slot.of, Subject::Parameter(_)) {
                let each = |state: &State| {
                    let state = *state;
                    (0..slot.classes.len()).map(move |class| state.with_class(at, class))
                };
                places = places.iter().flat_map(each).collect();
            }
        }
        let mut found = Vec::new();
        for act in &self.openings {
            for place in &places {
                self.after(&self.moves[*act], place, |state| found.push((*act, state)));
            }
        }
        found
    }

    /// The states that can follow a state, each with the act that leads there.
    pub(super) fn follow(&self, state: &State, mut found: impl FnMut(usize, State)) {
        for act in self.at_stage.get(state.stage).into_iter().flatten().copied() {
            let step = &self.moves[act];
            if step.ends.is_none_or(|clock| state.clock(clock) == Clock::Running) {
                self.after(step, state, |state| found(act, state));
            }
        }
    }

    /// What an act gave to followed fields, where it asks for them.
    pub(super) fn given(&self, act: usize, after: &State) -> Vec<(Key, Sample)> {
        let one = |given: &Given| {
            let slot = self.slice.slots.get(given.slot)?;
            let Subject::Field(field) = slot.of else { return None };
            let sample = slot.classes.get(after.class(given.slot))?.sample.clone()?;
            Some((field.clone(), sample))
        };
        self.moves[act].given.iter().filter_map(one).collect()
    }

    fn after(&self, step: &Move, state: &State, mut found: impl FnMut(State)) {
        for state in self.inputs(step, state) {
            if step.requires.iter().any(|test| self.holds(test, &state) == Some(false))
                || self.barred(step, &state)
            {
                continue;
            }
            for watched in self.watched(step, &state) {
                let mut states = vec![State { done: state.done | step.bit, rule: watched, ..state }];
                for (what, when) in &step.steps {
                    let holds = when.as_ref().map_or(Some(true), |test| self.holds(test, &state));
                    if holds == Some(false) {
                        continue;
                    }
                    let unchanged = holds.is_none().then(|| states.clone());
                    states.iter_mut().for_each(|state| what.apply(state));
                    states.extend(unchanged.into_iter().flatten());
                }
                if states.len() > 1 {
                    states.sort_unstable();
                    states.dedup();
                }
                for after in states {
                    found(State { stage: step.to.unwrap_or(after.stage), ..after });
                }
            }
        }
    }

    /// Whether an act would extend a clock that may not be extended again.
    fn barred(&self, step: &Move, state: &State) -> bool {
        step.steps.iter().any(|(what, when)| {
            let Step::Extend(place) = what else { return false };
            let sure = when.as_ref().is_none_or(|test| self.holds(test, state) == Some(true));
            sure && state.clock(*place) == Clock::Running && state.is_extended(*place)
        })
    }

    /// The conditions of an act that turned on what is not followed, when it was done on a way.
    pub(super) fn open<'b>(
        &self,
        at: usize,
        act: &'b crate::Act,
        before: Option<&State>,
        after: &State,
    ) -> Vec<&'b Condition> {
        let step = &self.moves[at];
        let mut state = before.copied().unwrap_or(*after);
        for given in &step.given {
            state = state.with_class(given.slot, after.class(given.slot));
        }
        let is_open = |test: &Test| self.holds(test, &state).is_none();
        let requires = act.requires.iter().zip(&step.requires).filter(|it| is_open(it.1));
        let requires = requires.map(|it| &it.0.that);
        let effects = act.effects.iter().filter_map(|it| it.when.as_ref());
        requires.chain(effects).collect()
    }

    /// A state with every choice of what an act is given.
    fn inputs(&self, step: &Move, state: &State) -> Vec<State> {
        let mut states = vec![*state];
        if step.given.is_empty() {
            return states;
        }
        for given in &step.given {
            let Some(slot) = self.slice.slots.get(given.slot) else { continue };
            let each = |state: &State| {
                let state = *state;
                let classes = 1..slot.classes.len();
                let kept = (!given.required).then_some(state);
                kept.into_iter().chain(classes.map(move |class| state.with_class(given.slot, class)))
            };
            states = states.iter().flat_map(each).collect();
        }
        states.sort_unstable();
        states.dedup();
        states
    }

    /// What the rule can have seen once the act is done.
    fn watched(&self, step: &Move, state: &State) -> Vec<Watch> {
        let mut seen = vec![state.rule];
        if step.signals.is_empty() {
            return seen;
        }
        for (signal, when) in &step.signals {
            let holds = when.as_ref().map_or(Some(true), |test| self.holds(test, state));
            if holds == Some(false) {
                continue;
            }
            let unchanged = seen.clone();
            for watch in &mut seen {
                *watch = match (signal, *watch) {
                    (_, Watch::Broken)
                    | (Signal::BreaksIfArmed, Watch::Armed)
                    | (Signal::BreaksUnlessArmed, Watch::Rest) => Watch::Broken,
                    (Signal::Arm, _) => Watch::Armed,
                    (Signal::Rest, _) => Watch::Rest,
                    (_, same) => same,
                };
            }
            if holds.is_none() {
                seen.extend(unchanged);
            }
        }
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    /// Whether a condition holds in a state; `None` if it may and may not.
    fn holds(&self, test: &Test, state: &State) -> Option<bool> {
        match test {
            Test::All(all) => self.combine(all, state, false),
            Test::Any(any) => self.combine(any, state, true),
            Test::Not(inner) => self.holds(inner, state).map(|it| !it),
            Test::Done(bit) => Some(state.done & bit != 0),
            Test::Clock(place, ClockIs::Extended) if self.slice.extends_once(*place) => {
                Some(state.is_extended(*place))
            }
            Test::Clock(place, is) => clock(*is, state.clock(*place)),
            Test::Value(slot, atom) => {
                Some(self.slice.slots.get(*slot).is_some_and(|it| it.holds(state.class(*slot), *atom)))
            }
            Test::Open => None,
        }
    }

    /// `decides` is the answer of a part that settles the whole.
    fn combine(&self, tests: &[Test], state: &State, decides: bool) -> Option<bool> {
        let mut sure = true;
        for test in tests {
            match self.holds(test, state) {
                Some(answer) if answer == decides => return Some(decides),
                Some(_) => {}
                None => sure = false,
            }
        }
        sure.then_some(!decides)
    }
}

struct Build<'a> {
    procedure: &'a crate::Procedure,
    slice: &'a Slice<'a>,
    rule: Option<&'a PathRule>,
}

impl Build<'_> {
    fn one(&self, act: &crate::Act) -> Move {
        let stage = |key: &Key| self.procedure.stages.iter().position(|it| it.key == *key);
        let deemed = |it: &&crate::Limit| it.expiry == Expiry::Deem(act.key.clone());
        let mut deeming = self.procedure.limits.iter().filter(deemed).map(|it| &it.key);
        let only = deeming.next().filter(|_| deeming.next().is_none());
        let own = act.item.as_ref() == self.slice.scope;
        // Seen from the matter, an act of its items happens where the matter stands and leaves it there.
        let from = match (own, self.slice.scope) {
            (true, _) => &act.from,
            (false, None) => &act.within,
            (false, Some(_)) => &Vec::new(),
        };
        Move {
            from: from.iter().filter_map(stage).collect(),
            to: act.to.as_ref().filter(|_| own).and_then(stage),
            ends: only.filter(|_| act.by_law).and_then(|it| self.slice.clock(it)),
            given: self.given(act),
            requires: act.requires.iter().map(|it| self.test(act, &it.that)).collect(),
            steps: act.effects.iter().filter_map(|it| self.step(act, it)).collect(),
            signals: self.rule.map_or_else(Vec::new, |it| self.signals(act, it)),
            bit: self.slice.act(&act.key).unwrap_or(0),
        }
    }

    fn given(&self, act: &crate::Act) -> Vec<Given> {
        let one = |ask: &crate::Ask| match &ask.what {
            Wanted::Field(field) => {
                let slot = self.slice.slot(field)?;
                Some(Given { slot, required: ask.need == Need::Required })
            }
            Wanted::Parties(_) => None,
        };
        act.asks.iter().filter_map(one).collect()
    }

    fn step(&self, act: &crate::Act, effect: &Effect) -> Option<(Step, Option<Test>)> {
        let when = effect.when.as_ref().map(|it| self.test(act, it));
        match &effect.kind {
            EffectKind::Outcome(_) => {
                let counts = self.slice.scope.is_none() && act.item.is_none() && self.rule.is_none();
                return counts.then_some((Step::Outcome, when));
            }
            EffectKind::Set { field, value } => {
                let slot = self.slice.slot(field)?;
                let number = value.parse().map(Sample::Number);
                let sample = number.unwrap_or_else(|_| Sample::Option(value.clone()));
                let class = self.slice.slots.get(slot)?.class_of(&sample)?;
                return Some((Step::Set { slot, class }, when));
            }
            _ => {}
        }
        let place = self.slice.clock(limit_of(&effect.kind)?)?;
        if matches!(effect.kind, EffectKind::Extend { .. }) {
            return self.slice.extends_once(place).then_some((Step::Extend(place), when));
        }
        Some(match &effect.kind {
            // A clock whose first day is not known does not start.
            EffectKind::Start { from: Origin::Field(field), .. } if !asks(act, field) => {
                (Step::Start(place), Some(Test::Open))
            }
            EffectKind::Start { from: Origin::Act(earlier), .. } => {
                let known = self.slice.act(earlier).map_or(Test::Open, Test::Done);
                (Step::Start(place), Some(Test::All(when.into_iter().chain([known]).collect())))
            }
            EffectKind::Start { .. } => (Step::Start(place), when),
            EffectKind::Stop(_) => (Step::Stop(place), when),
            EffectKind::Suspend(_) => (Step::Suspend(place), when),
            _ => (Step::Resume(place), when),
        })
    }

    /// What an act tells a rule: first whether it breaks it, then what it changes.
    fn signals(&self, act: &crate::Act, rule: &PathRule) -> Vec<(Signal, Option<Test>)> {
        let is = |acts: &[Key]| acts.contains(&act.key);
        let when = || rule.when.as_ref().map(|it| self.test(act, it));
        let told: Vec<(bool, Signal)> = match &rule.must {
            Must::First { first, then, since } => vec![
                (is(then), Signal::BreaksUnlessArmed),
                (is(since), Signal::Rest),
                (is(first), Signal::Arm),
            ],
            Must::Never { after, never } => {
                vec![(is(never), Signal::BreaksIfArmed), (is(after), Signal::Arm)]
            }
            Must::BeforeEnd { after, before_end } => {
                vec![(is(after), Signal::Arm), (is(before_end), Signal::Rest)]
            }
            Must::Once(acts) => vec![(is(acts), Signal::BreaksIfArmed), (is(acts), Signal::Arm)],
        };
        let binds = |it: Signal| matches!(it, Signal::BreaksIfArmed | Signal::BreaksUnlessArmed);
        let arms = matches!(rule.must, Must::BeforeEnd { .. });
        let conditional = |it: Signal| binds(it) || (arms && it == Signal::Arm);
        let told = told.into_iter().filter(|it| it.0).map(|it| it.1);
        told.map(|signal| (signal, conditional(signal).then(when).flatten())).collect()
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
            Condition::Done(key) if self.slice.scope.is_none() && self.of_same_items(act, key) => Test::Open,
            Condition::Done(key) => self.slice.act(key).map_or(Test::Open, Test::Done),
            Condition::Clock { limit, is } => {
                self.slice.clock(limit).map_or(Test::Open, |place| Test::Clock(place, *is))
            }
            leaf => self.slice.atom(leaf).map_or(Test::Open, |(slot, atom)| Test::Value(slot, atom)),
        }
    }
}

fn asks(act: &crate::Act, field: &Key) -> bool {
    act.asks.iter().any(|ask| ask.need == Need::Required && ask.what == Wanted::Field(field.clone()))
}

impl Step {
    fn apply(&self, state: &mut State) {
        match self {
            Step::Start(place) => {
                state.set_clock(*place, Clock::Running);
                state.extended &= !(1 << place);
            }
            Step::Extend(place) if state.clock(*place) == Clock::Running => state.extended |= 1 << place,
            Step::Stop(place) if state.clock(*place) != Clock::NotStarted => {
                state.set_clock(*place, Clock::Stopped);
            }
            Step::Suspend(place) if state.clock(*place) == Clock::Running => {
                state.set_clock(*place, Clock::Suspended);
            }
            Step::Resume(place) if state.clock(*place) == Clock::Suspended => {
                state.set_clock(*place, Clock::Running);
            }
            Step::Outcome => state.outcomes = (state.outcomes + 1).min(2),
            Step::Set { slot, class } => *state = state.with_class(*slot, *class),
            _ => {}
        }
    }
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
