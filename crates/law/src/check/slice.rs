//! What one look at a procedure follows: whether acts were done, clocks, and values of fields and parameters as far
//! as conditions tell them apart. Everything else is open: it may hold and may not.

use calendar::Date;

use crate::{Act, Condition, EffectKind, Field, FieldKind, Key, Need, Operand, Parameter, Procedure};

use super::trail::Sample;

/// As many acts as a state has bits for.
const MOST_ACTS: usize = 64;
/// As many clocks as a state has pairs of bits for.
const MOST_CLOCKS: usize = 8;
/// As many fields and parameters as a state has places for.
const MOST_SLOTS: usize = 16;
/// As many values as a place can tell apart, none of them included.
const MOST_CLASSES: usize = 16;

/// What is followed.
#[derive(Clone)]
pub(super) struct Slice<'a> {
    procedure: &'a Procedure,
    /// The items whose course is looked at; the matter's own otherwise.
    pub(super) scope: Option<&'a Key>,
    /// A condition from outside the acts, which the slice can be asked about too.
    besides: Option<&'a Condition>,
    acts: Vec<&'a Key>,
    clocks: Vec<&'a Key>,
    pub(super) slots: Vec<Slot<'a>>,
}

/// A field or parameter that is followed.
#[derive(Clone)]
pub(super) struct Slot<'a> {
    pub(super) of: Subject<'a>,
    /// The conditions that ask about it.
    atoms: Vec<&'a Condition>,
    /// Values that some condition tells apart; of a field the first is none.
    pub(super) classes: Vec<Class>,
}

/// Whose value it is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Subject<'a> {
    Field(&'a Key),
    /// Fixed for the whole life of a matter.
    Parameter(&'a Key),
}

/// Values that no condition tells apart.
#[derive(Clone)]
pub(super) struct Class {
    /// One of them; `None` if none is given.
    pub(super) sample: Option<Sample>,
    /// Which of the slot's conditions hold, a bit for each.
    holds: u64,
}

impl<'a> Slice<'a> {
    /// Nothing is followed.
    pub(super) fn new(procedure: &'a Procedure, scope: Option<&'a Key>) -> Self {
        Self { procedure, scope, besides: None, acts: Vec::new(), clocks: Vec::new(), slots: Vec::new() }
    }

    /// Can also be asked about this condition.
    pub(super) fn besides(mut self, condition: Option<&'a Condition>) -> Self {
        self.besides = condition;
        self
    }

    /// Also follows a clock; it is the first if none was followed.
    pub(super) fn with_clock(mut self, limit: &'a Key) -> Self {
        self.follow_clock(limit);
        self
    }

    /// Also follows the acts that conditions ask about: those on acts, and those on outcomes.
    pub(super) fn with_asked_acts(mut self) -> Self {
        let mut asked = Vec::new();
        let outcomes = |act: &'a Act| {
            let outcomes = act.effects.iter().filter(|it| matches!(it.kind, EffectKind::Outcome(_)));
            outcomes.filter_map(|it| it.when.as_ref())
        };
        for act in &self.procedure.acts {
            let all = act.requires.iter().map(|it| &it.that).chain(outcomes(act));
            all.for_each(|it| leaves(it, &mut |leaf| asked.push(leaf)));
        }
        for leaf in asked {
            if let Condition::Done(act) = leaf {
                self.follow_act(act);
            }
        }
        self
    }

    /// Also follows an act; false if it was followed, or cannot be.
    pub(super) fn follow_act(&mut self, act: &'a Key) -> bool {
        let known = self.procedure.act(act);
        let seen = known.is_some_and(|it| self.scope.is_none() || it.item.as_ref() == self.scope);
        let more = seen && !self.acts.contains(&act) && self.acts.len() < MOST_ACTS;
        if more {
            self.acts.push(act);
        }
        more
    }

    fn follow_clock(&mut self, limit: &'a Key) -> bool {
        let seen = self.procedure.limit(limit).is_some_and(|it| it.item.as_ref() == self.scope);
        let more = seen && !self.clocks.contains(&limit) && self.clocks.len() < MOST_CLOCKS;
        if more {
            self.clocks.push(limit);
        }
        more
    }

    /// Also follows everything that a condition asks; false if nothing of it is new.
    pub(super) fn follow(&mut self, condition: &'a Condition) -> bool {
        let mut asked = Vec::new();
        leaves(condition, &mut |leaf| asked.push(leaf));
        let mut more = false;
        for leaf in asked {
            more |= match leaf {
                Condition::Done(act) => self.follow_act(act),
                Condition::Clock { limit, .. } => self.follow_clock(limit),
                Condition::Parameter { key, .. } => self.follow_slot(Subject::Parameter(key)),
                _ => subject(leaf).is_some_and(|it| self.follow_slot(it)),
            };
        }
        more
    }

    fn follow_slot(&mut self, of: Subject<'a>) -> bool {
        if self.slots.len() == MOST_SLOTS || self.slots.iter().any(|it| it.of == of) {
            return false;
        }
        let slot = match of {
            Subject::Field(key) => self.procedure.field(key).and_then(|it| self.field(it)),
            Subject::Parameter(key) => self.procedure.parameter(key).map(|it| self.parameter(it)),
        };
        let fits = slot.filter(|it| it.classes.len() <= MOST_CLASSES);
        let more = fits.is_some();
        self.slots.extend(fits);
        more
    }

    /// Fields of the course that is looked at: others change where nobody looks.
    fn field(&self, field: &'a Field) -> Option<Slot<'a>> {
        if field.item.as_ref() != self.scope {
            return None;
        }
        let atoms = self.atoms(|it| subject(it) == Some(Subject::Field(&field.key)));
        let none = Class { sample: None, holds: 0 };
        let samples = samples(&field.kind, &atoms);
        Some(Slot { of: Subject::Field(&field.key), classes: classes(none, samples, &atoms), atoms })
    }

    fn parameter(&self, parameter: &'a Parameter) -> Slot<'a> {
        let of = Subject::Parameter(&parameter.key);
        let atoms = self.atoms(|it| matches!(it, Condition::Parameter { key, .. } if *key == parameter.key));
        let samples = parameter.options.iter().cloned().map(Sample::Option).collect();
        let none = Class { sample: None, holds: 0 };
        let mut classes = classes(none, samples, &atoms);
        classes.remove(0);
        Slot { of, atoms, classes }
    }

    fn atoms(&self, about: impl Fn(&Condition) -> bool) -> Vec<&'a Condition> {
        let mut atoms: Vec<&Condition> = Vec::new();
        let acts = self.procedure.acts.iter().flat_map(conditions);
        for condition in acts.chain(self.besides) {
            leaves(condition, &mut |leaf| {
                if about(leaf) && !atoms.contains(&leaf) && atoms.len() < 64 {
                    atoms.push(leaf);
                }
            });
        }
        atoms
    }

    /// The followed acts, in the order of their bits.
    pub(super) fn acts(&self) -> impl Iterator<Item = &'a Key> {
        self.acts.iter().copied()
    }

    /// The bit of a followed act.
    pub(super) fn act(&self, act: &Key) -> Option<u64> {
        self.acts.iter().position(|it| *it == act).map(|at| 1 << at)
    }

    /// The place of a followed clock.
    pub(super) fn clock(&self, limit: &Key) -> Option<usize> {
        self.clocks.iter().position(|it| *it == limit)
    }

    /// Whether a followed clock can be extended once and no more.
    pub(super) fn extends_once(&self, place: usize) -> bool {
        let limit = self.clocks.get(place).and_then(|it| self.procedure.limit(it));
        limit.and_then(|it| it.extension.as_ref()).is_some_and(|it| it.times == 1)
    }

    /// Also follows the clocks that an act extends; false if none of them is new.
    pub(super) fn follow_extensions(&mut self, act: &'a Act) -> bool {
        let limits = act.effects.iter().filter_map(|it| match &it.kind {
            EffectKind::Extend { limit, .. } => Some(limit),
            _ => None,
        });
        let mut more = false;
        limits.for_each(|it| more |= self.follow_clock(it));
        more
    }

    /// The place of a followed field or parameter, and of a condition among those that ask about it.
    pub(super) fn atom(&self, condition: &Condition) -> Option<(usize, usize)> {
        let of = match condition {
            Condition::Parameter { key, .. } => Subject::Parameter(key),
            _ => subject(condition)?,
        };
        let slot = self.slots.iter().position(|it| it.of == of)?;
        Some((slot, self.slots[slot].atoms.iter().position(|it| *it == condition)?))
    }

    /// The place of a followed field.
    pub(super) fn slot(&self, field: &Key) -> Option<usize> {
        self.slots.iter().position(|it| it.of == Subject::Field(field))
    }
}

impl Slot<'_> {
    /// The class of a fixed value.
    pub(super) fn class_of(&self, sample: &Sample) -> Option<usize> {
        let holds = signature(&self.atoms, sample);
        self.classes.iter().position(|it| it.sample.is_some() && it.holds == holds)
    }

    /// Whether a condition of the slot holds of a class.
    pub(super) fn holds(&self, class: usize, atom: usize) -> bool {
        self.classes.get(class).is_some_and(|it| it.holds & (1 << atom) != 0)
    }
}

/// Every condition that an act has.
fn conditions(act: &Act) -> impl Iterator<Item = &Condition> {
    let requires = act.requires.iter().map(|it| &it.that);
    let effects = act.effects.iter().filter_map(|it| it.when.as_ref());
    let asks = act.asks.iter().filter_map(|it| match &it.need {
        Need::When(condition) => Some(condition),
        _ => None,
    });
    requires.chain(effects).chain(asks)
}

/// The parts of a condition that ask something of the matter itself.
pub(super) fn leaves<'a>(condition: &'a Condition, found: &mut impl FnMut(&'a Condition)) {
    match condition {
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|it| leaves(it, found)),
        Condition::Not(inner) => leaves(inner, found),
        Condition::Items { .. } => {}
        leaf => found(leaf),
    }
}

/// The field whose value alone decides a condition.
fn subject(condition: &Condition) -> Option<Subject<'_>> {
    match condition {
        Condition::Given(field)
        | Condition::Is { field, .. }
        | Condition::Compare { field, with: Operand::Number(_) | Operand::Date(_), .. } => {
            Some(Subject::Field(field))
        }
        _ => None,
    }
}

fn classes(none: Class, samples: Vec<Sample>, atoms: &[&Condition]) -> Vec<Class> {
    let mut classes = vec![none];
    for sample in samples {
        let holds = signature(atoms, &sample);
        if !classes.iter().any(|it| it.sample.is_some() && it.holds == holds) {
            classes.push(Class { sample: Some(sample), holds });
        }
    }
    classes
}

fn signature(atoms: &[&Condition], sample: &Sample) -> u64 {
    atoms.iter().enumerate().map(|(at, atom)| u64::from(of_value(atom, sample)) << at).sum()
}

/// Whether a condition on one value holds of it.
fn of_value(atom: &Condition, sample: &Sample) -> bool {
    match (atom, sample) {
        (Condition::Given(_), _) => true,
        (Condition::Is { any_of, .. }, Sample::Option(option)) => any_of.contains(option),
        (Condition::Parameter { is, .. }, Sample::Option(option)) => is == option,
        (Condition::Compare { how, with: Operand::Number(with), .. }, Sample::Number(number)) => {
            how.holds(number.cmp(with))
        }
        (Condition::Compare { how, with: Operand::Date(with), .. }, Sample::Date(date)) => {
            how.holds(date.cmp(with))
        }
        _ => false,
    }
}

/// Values among which every condition finds one that it holds of and one that it does not, if there are such.
fn samples(kind: &FieldKind, atoms: &[&Condition]) -> Vec<Sample> {
    let operand = |it: &&Condition| match it {
        Condition::Compare { with, .. } => Some(with.clone()),
        _ => None,
    };
    let operands = || atoms.iter().filter_map(operand);
    let numbers = |low: i64, high: i64| {
        let around = operands().filter_map(|it| match it {
            Operand::Number(with) => Some(with),
            _ => None,
        });
        let all = around.flat_map(|it| [it.saturating_sub(1), it, it.saturating_add(1)]);
        let all = std::iter::once(low).chain(all.filter(|it| (low..=high).contains(it)));
        all.map(Sample::Number).collect()
    };
    let around = |date: Date| [date.yesterday().ok(), Some(date), date.tomorrow().ok()];
    let dates = || {
        let with = operands().filter_map(|it| match it {
            Operand::Date(with) => Some(with),
            _ => None,
        });
        with.flat_map(around).flatten().map(Sample::Date).collect::<Vec<_>>()
    };
    match kind {
        FieldKind::Choice { options } => options.iter().map(|it| Sample::Option(it.key.clone())).collect(),
        FieldKind::YesNo => ["yes", "no"].map(|it| Sample::Option(Key::new(it))).to_vec(),
        FieldKind::Number { min, max } => numbers(*min, *max),
        FieldKind::Money => numbers(0, i64::MAX),
        FieldKind::List { max } => numbers(1, i64::from(*max)),
        FieldKind::Date { .. } if operands().next().is_some() => dates(),
        _ => vec![Sample::Given],
    }
}

/// The limit whose clock an effect touches.
pub(super) fn limit_of(kind: &EffectKind) -> Option<&Key> {
    match kind {
        EffectKind::Start { limit, .. }
        | EffectKind::Extend { limit, .. }
        | EffectKind::Stop(limit)
        | EffectKind::Suspend(limit)
        | EffectKind::Resume(limit) => Some(limit),
        _ => None,
    }
}
