//! What is done in the bench: an opening act, then an act that keeps the stage and may be repeated. Both are
//! found in the packs, so that no procedure is named here.

use std::{collections::BTreeSet, sync::Arc};

use calendar::DateTime;
use engine::{
    Actor, Effective, Facts, Hash, Inputs, Jurisdiction, Matter, MatterId, PartyInput, Value, Wish,
};
use law::{Act, FieldKind, Key, Need, PartyKind, Procedure, ProcedureRef, RoleKind, Wanted};
use office::Laws;

/// The procedure and acts of the bench.
pub(crate) struct Plan {
    pub(crate) laws: Laws,
    pub(crate) procedure: Arc<Procedure>,
    pub(crate) refers: ProcedureRef,
    pub(crate) opening: Act,
    /// Official acts that lead from the opening to where `again` can be done.
    pub(crate) way: Vec<Act>,
    pub(crate) again: Act,
    pub(crate) at: DateTime,
}

impl Plan {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let laws = Laws::embedded()?;
        let at: DateTime = "2026-06-01T10:00".parse()?;
        let key = laws.procedures().into_iter().next().ok_or(anyhow::anyhow!("no procedure"))?;
        let (refers, procedure) =
            laws.in_force(&key, at.date()).ok_or(anyhow::anyhow!("nothing in force"))?;
        let opening = procedure.openings().next().cloned().ok_or(anyhow::anyhow!("no opening"))?;
        let mut plan = Self { again: opening.clone(), laws, refers, opening, way: Vec::new(), procedure, at };
        plan.find()?;
        Ok(plan)
    }

    /// Tries each official act that moves the matter, then each that keeps it there, twice.
    fn find(&mut self) -> anyhow::Result<()> {
        let opened = self.opened(1);
        let official = |act: &&Act| !act.opens && !act.by_law && self.post(act).is_some();
        for first in self.procedure.acts.iter().filter(official) {
            let Some(moved) = self.done(&opened, first) else { continue };
            for again in self.procedure.acts.iter().filter(official).filter(|it| it.to.is_none()) {
                let twice = self.done(&moved, again).and_then(|it| self.done(&it, again));
                if twice.is_some() {
                    (self.way, self.again) = (vec![first.clone()], again.clone());
                    return Ok(());
                }
            }
        }
        anyhow::bail!("no act can be repeated")
    }

    /// The post that may do an act.
    pub(crate) fn post(&self, act: &Act) -> Option<(Key, Key)> {
        act.by.iter().find_map(|role| match &self.procedure.role(role)?.kind {
            RoleKind::Post(post) => Some((role.clone(), post.clone())),
            _ => None,
        })
    }

    /// A wish to do an act, with everything it asks for.
    pub(crate) fn wish(&self, act: &Act, matter: u128) -> Wish {
        let place: Jurisdiction = "990001".parse().unwrap_or_else(|_| unreachable!("six digits"));
        Wish {
            act: act.key.clone(),
            actor: Actor::Official { account: "bench".to_owned(), role: act.by[0].clone() },
            effective: Effective { at: self.at, rule: Key::from("online") },
            inputs: inputs(&self.procedure, act),
            now: engine::instant(self.at),
            seed: [1; 32],
            late_entry: false,
            target: engine::Target::default(),
            opens: act.opens.then(|| (place, MatterId(uuid::Uuid::from_u128(matter)), "b".to_owned())),
        }
    }

    /// Facts that let everybody do everything.
    pub(crate) fn facts(&self) -> Facts {
        Facts {
            roles: self.procedure.roles.iter().map(|it| it.key.clone()).collect::<BTreeSet<_>>(),
            ..Facts::default()
        }
    }

    /// A matter just opened.
    pub(crate) fn opened(&self, id: u128) -> Matter {
        let wish = self.wish(&self.opening, id);
        let calendar = self.laws.calendar();
        let decided = engine::decide(&self.procedure, &self.refers, calendar, None, &self.facts(), &wish);
        let draft = decided.result.unwrap_or_else(|it| unreachable!("the opening is lawful: {it:?}"));
        engine::fold(None, &draft.event, Hash::NONE)
    }

    /// The matter after an act, if it is lawful.
    pub(crate) fn done(&self, matter: &Matter, act: &Act) -> Option<Matter> {
        let wish = self.wish(act, 1);
        let calendar = self.laws.calendar();
        let decided =
            engine::decide(&self.procedure, &self.refers, calendar, Some(matter), &self.facts(), &wish);
        let draft = decided.result.ok()?;
        Some(engine::fold(Some(matter.clone()), &draft.event, Hash::NONE))
    }
}

/// Something for everything an act must be given.
pub(crate) fn inputs(procedure: &Procedure, act: &Act) -> Inputs {
    let mut inputs = Inputs::default();
    for ask in act.asks.iter().filter(|it| it.need == Need::Required) {
        match &ask.what {
            Wanted::Parties(role) => {
                let kinds = procedure.party(role).map(|it| it.kinds.clone()).unwrap_or_default();
                let kind = kinds.first().copied().unwrap_or(PartyKind::Person);
                inputs.parties.push(PartyInput {
                    role: role.clone(),
                    kind,
                    name: "Bench".to_owned(),
                    number: String::new(),
                    other_paper: false,
                    phone: String::new(),
                    address: String::new(),
                });
            }
            Wanted::Field(key) => {
                let Some(field) = procedure.field(key) else { continue };
                let value = match &field.kind {
                    FieldKind::Text { .. } => Value::Text("x".repeat(60)),
                    FieldKind::Number { min, .. } => Value::Number(*min),
                    FieldKind::Money => Value::Money("1".to_owned()),
                    FieldKind::Date { .. } => Value::Date(calendar::Date::constant(2026, 5, 20)),
                    FieldKind::Choice { options } => match options.first() {
                        Some(option) => Value::Choice(option.key.clone()),
                        None => continue,
                    },
                    FieldKind::YesNo => Value::YesNo(true),
                    FieldKind::Body => Value::Body("Body".to_owned()),
                    FieldKind::List { .. } => Value::List(vec!["x".to_owned()]),
                    FieldKind::File { .. } | FieldKind::Matter | FieldKind::Official => continue,
                };
                inputs.fields.insert(key.clone(), value);
            }
        }
    }
    inputs
}
