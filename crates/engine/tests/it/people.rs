//! People who do acts on the real packs: inputs for everything an act asks for, wishes, and a seeded chance.

use std::collections::BTreeSet;

use calendar::{Date, DateTime};
use engine::{
    Actor, Effective, Facts, Inputs, Matter, MatterId, MatterName, PartyInput, Target, Value, Wish,
};
use law::{Act, EffectKind, FieldKind, Key, Need, PartyKind, Procedure, ProcedureRef, Wanted};

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number from 0 to `below` − 1.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

/// Words that no record may show.
pub(crate) const PRIVATE: &str = "私下的话";

/// Something for everything an act must be given.
pub(crate) fn inputs(procedure: &Procedure, act: &Act, day: Date, chance: &mut Chance) -> Inputs {
    let mut inputs = Inputs::default();
    for ask in &act.asks {
        if ask.need == Need::Optional {
            continue;
        }
        match &ask.what {
            Wanted::Parties(role) => {
                let rule = procedure.party(role).unwrap();
                let kind = rule.kinds[0];
                let person = kind == PartyKind::Person;
                let party = PartyInput {
                    role: role.clone(),
                    kind,
                    name: if person { "张三丰丰" } else { "某局" }.to_owned(),
                    number: String::new(),
                    other_paper: false,
                    phone: if person { "13800138000" } else { "" }.to_owned(),
                    address: String::new(),
                };
                inputs.parties.extend((0..rule.min.max(1)).map(|_| party.clone()));
            }
            Wanted::Field(key) => {
                let field = procedure.field(key).unwrap();
                let value = match &field.kind {
                    FieldKind::Text { .. } if !field.sensitivity.is_sealed() => {
                        Value::Text("公开的话".to_owned())
                    }
                    FieldKind::Text { .. } => Value::Text(PRIVATE.to_owned()),
                    FieldKind::Choice { options } => {
                        Value::Choice(options[chance.below(options.len())].key.clone())
                    }
                    FieldKind::Date { .. } => Value::Date(day),
                    FieldKind::YesNo => Value::YesNo(chance.below(5) > 0),
                    FieldKind::Number { min, max } => {
                        let span = usize::try_from((max - min).min(40) + 1).unwrap();
                        Value::Number(min + i64::try_from(chance.below(span)).unwrap())
                    }
                    FieldKind::Money => Value::Money("12.50".to_owned()),
                    FieldKind::Body => Value::Body("某机关".to_owned()),
                    FieldKind::File { .. } => Value::Files(Vec::new()),
                    FieldKind::List { max } => {
                        Value::List(vec!["甲".to_owned(); chance.below(5).min(*max as usize) + 1])
                    }
                    FieldKind::Matter => {
                        let id = MatterId(uuid::Uuid::from_u128(9));
                        Value::Matter(MatterName { id, number: "9".to_owned() })
                    }
                    FieldKind::Official => Value::Official("someone".to_owned()),
                };
                inputs.fields.insert(key.clone(), value);
            }
        }
    }
    inputs
}

/// A wish that somebody in the first of the act's roles does it at a moment.
pub(crate) fn wish(act: &Act, inputs: Inputs, at: DateTime) -> Wish {
    Wish {
        act: act.key.clone(),
        actor: Actor::Public { role: act.by.first().cloned().unwrap_or_else(|| Key::from("")) },
        effective: Effective { at, rule: Key::from("online") },
        inputs,
        now: engine::instant(at),
        seed: [3; 32],
        late_entry: false,
        target: Target::default(),
        opens: (act.opens && act.item.is_none())
            .then(|| ("990001".parse().unwrap(), MatterId(uuid::Uuid::from_u128(5)), "b".to_owned())),
    }
}

/// Something in the matter that an act could be about: any item of its kind, any act that needs approval.
pub(crate) fn target(
    procedure: &Procedure,
    act: &Act,
    matter: Option<&Matter>,
    chance: &mut Chance,
) -> Target {
    let mut target = Target::default();
    if let (Some(kind), Some(matter)) = (act.item.as_ref().filter(|_| !act.opens), matter) {
        let all: Vec<u32> = matter.items_of(kind).map(|it| it.at.n).collect();
        target.item = all.get(chance.below(all.len())).copied();
    }
    if act.effects.iter().any(|it| it.kind == EffectKind::Draft) {
        let all: Vec<&Act> = procedure.acts.iter().filter(|it| it.approval.is_some()).collect();
        target.drafts = all.get(chance.below(all.len())).map(|it| it.key.clone());
    }
    target
}

/// Facts for somebody who holds every role.
pub(crate) fn everyone(procedure: &Procedure) -> Facts {
    let roles: BTreeSet<Key> = procedure.roles.iter().map(|it| it.key.clone()).collect();
    let holders = roles.iter().map(|it| (it.clone(), BTreeSet::from(["someone".to_owned()]))).collect();
    Facts { roles, holders, ..Facts::default() }
}

/// The name of a version for ever.
pub(crate) fn refers(procedure: &Procedure) -> ProcedureRef {
    ProcedureRef { hash: law::procedure_hash(procedure), key: procedure.key.clone(), version: procedure.from }
}
