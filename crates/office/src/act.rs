//! Doing: a wish comes in with its caller, and is decided and recorded in one transaction.

use std::sync::Arc;

use calendar::DateTime;
use engine::{
    Actor, Drafted, Effective, Facts, Inputs, Jurisdiction, Matter, MatterId, Refusal, Target, Value, Wish,
};
use law::{Condition, Key, Procedure, ProcedureRef};
use store::{Queue, Tx};

use crate::{
    access::{self, Caller, Denied, may},
    builtin::registry_of,
    claim,
    laws::Laws,
    mask::{self, Personal},
    matter::{personal_values, plain},
    open::{Office, new_matter, random},
    refusal::refusal_view,
    resolve::{self, People},
    view::RefusalView,
};

/// An act that a caller wants to do in a matter.
#[derive(Clone, Debug)]
pub struct ActWish {
    /// Where.
    pub place: Jurisdiction,
    /// In which matter.
    pub matter: MatterId,
    /// Which act.
    pub act: Key,
    /// What is given; an act done with an approved draft is given what the draft says.
    pub inputs: Inputs,
    /// The item or draft it concerns, or the act it drafts.
    pub target: Target,
    /// The version of the matter that the caller saw, if that matters.
    pub expected: Option<u64>,
    /// When it happened and by which rule, if earlier than now.
    pub happened: Option<(DateTime, Key)>,
}

/// Why an act was not done.
#[derive(Clone, Debug)]
pub enum ActError {
    /// The law says not now.
    Refused(RefusalView),
    /// Not this caller.
    Denied(Denied),
    /// Somebody acted meanwhile.
    Stale,
}

/// What a job on the writer came to.
pub(crate) enum Came {
    Done(u64),
    Refused(Arc<Procedure>, Refusal),
    Denied(Denied),
    Stale,
}

impl Office {
    /// Does an act in a matter.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn act(&self, caller: &Caller, wish: ActWish) -> anyhow::Result<Result<u64, ActError>> {
        let (laws, caller) = (self.laws().clone(), caller.clone());
        let now = self.clock().now();
        let parameters = self.parameters(&wish.place);
        let people = self.people(&wish.place);
        let terms = self.terms();
        let seed = random()?;
        let target = wish.target.clone();
        let came = self
            .store()
            .write(Queue::Interactive, move |tx| {
                let Some(matter) = tx.matter(&wish.place, wish.matter)? else {
                    return Ok(Came::Denied(Denied::NotYours));
                };
                if let Err(denied) = may(&caller, access::reading(&laws, &wish.place, &matter)) {
                    return Ok(Came::Denied(denied));
                }
                if wish.expected.is_some_and(|it| it != matter.version) {
                    return Ok(Came::Stale);
                }
                let procedure = laws.of_matter(&matter.law, |hash| tx.law(hash))?;
                let roles = access::roles(&caller, &procedure, Some(&matter), &wish.place, &matter.body);
                let inputs = match given(tx, &laws, &people, &caller, &procedure, &matter, &wish)? {
                    Ok(inputs) => inputs,
                    Err(refusal) => return Ok(Came::Refused(procedure, refusal)),
                };
                let leaks = leaking(tx, &procedure, &matter, &wish, &inputs)?;
                let person = caller.account.as_ref().map(|it| it.id.clone());
                let claim_key = claim::key(tx, &wish.place)?;
                let door = if caller.account.is_some() { "workbench" } else { "online" };
                let (at, rule) =
                    wish.happened.clone().unwrap_or_else(|| (engine::local(now), Key::from(door)));
                let holders = terms.holders(&procedure, &wish.place, &matter.body, at.date());
                let facts = Facts { roles, parameters, leaks, person, claim_key, holders };
                let engine_wish = Wish {
                    actor: actor_of(&caller, &procedure, &matter, &wish.act, &facts),
                    act: wish.act.clone(),
                    effective: Effective { at: to_minute(at), rule },
                    inputs,
                    now,
                    seed,
                    late_entry: false,
                    target: wish.target,
                    opens: None,
                };
                decide_and_record(tx, &laws, &procedure, matter, &facts, &engine_wish)
            })
            .await?;
        Ok(self.told(came, &target))
    }

    /// Opens a matter on the office's own behalf.
    pub(crate) async fn open_as(
        &self,
        place: &Jurisdiction,
        procedure: &str,
        act: &str,
        inputs: Inputs,
        effective: Effective,
        role: Key,
    ) -> anyhow::Result<Result<MatterId, Refusal>> {
        let laws = self.laws().clone();
        let (refers, procedure) = laws
            .in_force(procedure, effective.at.date())
            .ok_or_else(|| anyhow::anyhow!("no version of {procedure} is in force"))?;
        let id = new_matter(self.clock().now())?;
        let actor = Actor::Official { account: "office".to_owned(), role: role.clone() };
        let wish = Wish {
            act: Key::from(act),
            actor,
            effective: Effective { at: to_minute(effective.at), rule: effective.rule },
            inputs,
            now: self.clock().now(),
            seed: random()?,
            late_entry: false,
            target: Target::default(),
            opens: Some((place.clone(), id, registry_of(place))),
        };
        let facts = Facts { roles: [role].into(), parameters: self.parameters(place), ..Facts::default() };
        self.store()
            .write(Queue::Interactive, move |tx| {
                let calendar = laws.calendar();
                let decided = engine::decide(&procedure, &refers, calendar, None, &facts, &wish);
                match decided.result {
                    Ok(draft) => {
                        record(tx, &laws, draft, None)?;
                        Ok(Ok(id))
                    }
                    Err(refusal) => Ok(Err(refusal)),
                }
            })
            .await
    }

    /// A job's answer in words; `target` is what the act concerned.
    pub(crate) fn told(&self, came: Came, target: &Target) -> Result<u64, ActError> {
        match came {
            Came::Done(seq) => Ok(seq),
            Came::Refused(procedure, refusal) => {
                Err(ActError::Refused(refusal_view(&procedure, refusal, target)))
            }
            Came::Denied(denied) => Err(ActError::Denied(denied)),
            Came::Stale => Err(ActError::Stale),
        }
    }
}

/// Decides a wish on a matter and records what came of it; what the law did by itself is recorded even
/// if the wish is refused.
pub(crate) fn decide_and_record(
    tx: &mut Tx<'_>,
    laws: &Laws,
    procedure: &Arc<Procedure>,
    matter: Matter,
    facts: &Facts,
    wish: &Wish,
) -> anyhow::Result<Came> {
    let refers: ProcedureRef = matter.law.clone();
    let decided = engine::decide(procedure, &refers, laws.calendar(), Some(&matter), facts, wish);
    let mut matter = matter;
    for draft in decided.by_law {
        matter = record(tx, laws, draft, Some(matter))?;
    }
    match decided.result {
        Ok(draft) => match claim::held_elsewhere(tx, procedure, &draft)? {
            Some(refusal) => Ok(Came::Refused(procedure.clone(), refusal)),
            None => Ok(Came::Done(record(tx, laws, draft, Some(matter))?.version)),
        },
        Err(refusal) => Ok(Came::Refused(procedure.clone(), refusal)),
    }
}

/// Records one drafted event as [`keep`] does, and tells those whom it names.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    laws: &Laws,
    draft: Drafted,
    before: Option<Matter>,
) -> anyhow::Result<Matter> {
    let changes = draft.event.changes.clone();
    let matter = keep(tx, laws, draft, before)?;
    notify(tx, &matter, &changes)?;
    Ok(matter)
}

/// Takes a drafted event's numbers, seals it, folds it, appends it with all that belongs to the same
/// transaction, and gives the new state. Nobody is told.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    laws: &Laws,
    mut draft: Drafted,
    before: Option<Matter>,
) -> anyhow::Result<Matter> {
    let mut taken = Vec::with_capacity(draft.numbers.len());
    for want in &draft.numbers {
        let event = &draft.event;
        taken.push(tx.next_number(&event.jurisdiction, &event.body, &want.series, want.year)?);
    }
    draft.assign(&taken);
    numbered(tx, laws, draft, before)
}

/// As [`keep`], for an event that has its numbers.
pub(crate) fn numbered(
    tx: &mut Tx<'_>,
    laws: &Laws,
    draft: Drafted,
    before: Option<Matter>,
) -> anyhow::Result<Matter> {
    let prev = before.as_ref().map_or(engine::Hash::NONE, |it| it.head);
    let sealed = engine::seal(draft.event, prev);
    let held = before.as_ref().map(|it| it.claims.clone()).unwrap_or_default();
    let matter = engine::fold(before, &sealed.event, sealed.hash);
    if held != matter.claims {
        let rules = laws.of_matter(&matter.law, |hash| tx.law(hash))?;
        claim::settle(tx, &rules, &held, &matter)?;
    }
    let deltas = engine::deltas(&sealed.event, &matter, laws.watch());
    tx.append(&sealed, &matter, &draft.secrets, &deltas)?;
    Ok(matter)
}

/// Puts notices of a matter's last event into the outbox: who is to be told. No personal data.
fn notify(tx: &mut Tx<'_>, matter: &Matter, changes: &[engine::Change]) -> anyhow::Result<()> {
    for change in changes {
        if let engine::Change::Notified { party } = change {
            let payload = serde_json::json!({ "event": matter.version, "party": party });
            tx.outbox(&matter.jurisdiction, matter.id, "notice", &payload.to_string())?;
        }
    }
    Ok(())
}

/// What the act is given: what the caller typed, with names of other matters, officials and bodies made
/// certain; or what the approved draft says, if the act is done with one.
fn given(
    tx: &Tx<'_>,
    laws: &Laws,
    people: &People,
    caller: &Caller,
    procedure: &Procedure,
    matter: &Matter,
    wish: &ActWish,
) -> anyhow::Result<Result<Inputs, Refusal>> {
    let act = procedure.act(&wish.act);
    if let Some(act) = act.filter(|it| it.approval.is_some()) {
        let item = engine::item_of(act, Some(matter), &wish.target);
        if let Some(draft) = matter.approved(act, item.as_ref()) {
            return Ok(Ok(drafted_inputs(tx, matter, draft.seq)?));
        }
    }
    let find = |number: &str| resolve::other(tx, laws, caller, &wish.place, number);
    resolve::inputs(people, procedure, &wish.act, wish.inputs.clone(), find)
}

/// What a draft will give its act, personal values included.
pub(crate) fn drafted_inputs(reader: &store::Reader, matter: &Matter, seq: u64) -> anyhow::Result<Inputs> {
    let events = reader.events(&matter.jurisdiction, matter.id)?;
    let secrets = reader.secrets(&matter.jurisdiction, matter.id)?;
    let mut inputs = Inputs::default();
    if let Some((event, _)) = events.iter().find(|it| it.0.seq == seq) {
        for (key, value) in &event.inputs {
            if let Some(value) = plain(value, &secrets, &format!("inputs.{key}")) {
                inputs.fields.insert(key.clone(), value);
            }
        }
    }
    Ok(inputs)
}

/// Text inputs that a condition wants masked and that still hold a personal value of the matter.
fn leaking(
    tx: &Tx<'_>,
    procedure: &Procedure,
    matter: &Matter,
    wish: &ActWish,
    inputs: &Inputs,
) -> anyhow::Result<std::collections::BTreeSet<Key>> {
    let mut leaks = std::collections::BTreeSet::new();
    let asked = wish.target.drafts.as_ref().unwrap_or(&wish.act);
    let Some(act) = procedure.act(asked) else { return Ok(leaks) };
    let mut wanted = Vec::new();
    act.requires.iter().for_each(|it| masked_fields(&it.that, &mut wanted));
    if wanted.is_empty() {
        return Ok(leaks);
    }
    let personal: Vec<Personal> = personal_values(procedure, matter, &tx.secrets(&wish.place, wish.matter)?);
    for field in wanted {
        // What is given now, or the text that waits since an earlier act.
        let value = inputs.fields.get(&field).or_else(|| matter.fields.get(&field));
        if let Some(text) = value.and_then(Value::as_text)
            && mask::leaks(text, &personal)
        {
            leaks.insert(field);
        }
    }
    Ok(leaks)
}

fn masked_fields(condition: &Condition, found: &mut Vec<Key>) {
    match condition {
        Condition::Masked(field) => found.push(field.clone()),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|it| masked_fields(it, found));
        }
        Condition::Not(inner) | Condition::Items { that: inner, .. } => masked_fields(inner, found),
        _ => {}
    }
}

/// Who acts, as the record says it: in the first of the act's roles that they hold.
fn actor_of(caller: &Caller, procedure: &Procedure, matter: &Matter, act: &str, facts: &Facts) -> Actor {
    let roles = procedure.act(act).map(|it| it.by.as_slice()).unwrap_or_default();
    let role = roles
        .iter()
        .find(|it| facts.roles.contains(*it))
        .or(roles.first())
        .cloned()
        .unwrap_or_else(|| Key::from(""));
    let party_role = match procedure.role(&role).map(|it| &it.kind) {
        Some(law::RoleKind::Party(party)) => Some(party),
        _ => None,
    };
    match (&caller.account, party_role) {
        (Some(account), None) => Actor::Official { account: account.id.clone(), role },
        (_, Some(party)) => {
            let id = matter.parties.iter().find(|it| it.role == *party).map(|it| it.id.clone());
            Actor::Party { party: id.unwrap_or_default(), role }
        }
        (None, None) => Actor::Public { role },
    }
}

/// A moment to the minute, as the record keeps it.
pub(crate) fn to_minute(at: DateTime) -> DateTime {
    at.date().at(at.hour(), at.minute(), 0, 0)
}
