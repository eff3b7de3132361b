//! Correcting a record: another person names the event and the ground; the state is folded anew
//! without it and the counts get the negative.

use std::sync::Arc;

use engine::{Effective, Event, Facts, Hash, Inputs, Jurisdiction, MatterId, Refusal, Value, Wish};
use law::{Key, Procedure};
use store::{Queue, Tx};

use crate::{
    access::{self, Caller, Denied, may},
    act::{ActError, Came, to_minute},
    builtin::{CORRECT, CORRECTION_GROUND},
    claim,
    laws::Laws,
    open::{Office, random},
};

impl Office {
    /// Corrects an event of a matter.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn correct(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
        seq: u64,
        ground: &str,
    ) -> anyhow::Result<Result<u64, ActError>> {
        let Some(account) = caller.account.clone() else {
            return Ok(Err(ActError::Denied(Denied::SignInFirst)));
        };
        let now = self.clock().now();
        let field = (Key::from(CORRECTION_GROUND), Value::Text(ground.trim().to_owned()));
        let wish = Wish {
            act: Key::from(CORRECT),
            actor: engine::Actor::Official { account: account.id, role: Key::from("") },
            effective: Effective { at: to_minute(engine::local(now)), rule: Key::from("entered") },
            inputs: Inputs { fields: [field].into(), parties: Vec::new() },
            now,
            seed: random()?,
            late_entry: false,
            target: engine::Target::default(),
            opens: None,
        };
        let (laws, caller, place) = (self.laws().clone(), caller.clone(), place.clone());
        let came = self
            .store()
            .write(Queue::Interactive, move |tx| {
                let Some(matter) = tx.matter(&place, id)? else {
                    return Ok(Came::Denied(Denied::NotYours));
                };
                if let Err(denied) = may(&caller, access::reading(&laws, &place, &matter)) {
                    return Ok(Came::Denied(denied));
                }
                let procedure = laws.of_matter(&matter.law, |hash| tx.law(hash))?;
                let facts = Facts {
                    roles: access::roles(&caller, &procedure, Some(&matter), &place, &matter.body),
                    person: caller.account.as_ref().map(|it| it.id.clone()),
                    ..Facts::default()
                };
                let events = tx.events(&place, id)?;
                correct_in(tx, &laws, &procedure, &events, seq, &facts, wish)
            })
            .await?;
        Ok(self.told(came, &engine::Target::default()))
    }
}

fn correct_in(
    tx: &mut Tx<'_>,
    laws: &Laws,
    procedure: &Arc<Procedure>,
    events: &[(Event, Hash)],
    seq: u64,
    facts: &Facts,
    mut wish: Wish,
) -> anyhow::Result<Came> {
    let folded = |events: &[(Event, Hash)]| {
        engine::fold_all(events.iter().map(|(event, hash)| (event, *hash)).collect::<Vec<_>>())
    };
    let (Some(matter), Some((original, _))) = (folded(events), events.iter().find(|(it, _)| it.seq == seq))
    else {
        return Ok(Came::Denied(Denied::NotYours));
    };
    if let engine::Actor::Official { role, .. } = &mut wish.actor {
        let by = procedure.act(&original.act).map(|it| it.by.as_slice()).unwrap_or_default();
        *role = by.iter().find(|it| facts.roles.contains(*it)).cloned().unwrap_or_else(|| Key::from(""));
    }
    let draft = match engine::correct(procedure, &matter.law, &matter, original, facts, &wish) {
        Ok(draft) => draft,
        Err(refusal) => return Ok(Came::Refused(procedure.clone(), refusal)),
    };
    let draft_act = draft.event.act.clone();
    let sealed = engine::seal(draft.event, matter.head);
    let mut all = events.to_vec();
    all.push((sealed.event.clone(), sealed.hash));
    let Some((after, Some(deltas))) =
        engine::recount(&all, laws.watch()).map(|(after, mut left)| (after, left.pop()))
    else {
        return Ok(Came::Denied(Denied::NotYours));
    };
    if let Some(claim) = claim::taken_meanwhile(tx, procedure, &matter.claims, &after)? {
        return Ok(Came::Refused(procedure.clone(), Refusal::claimed(procedure, &draft_act, &claim)));
    }
    claim::settle(tx, procedure, &matter.claims, &after)?;
    tx.append(&sealed, &after, &draft.secrets, &deltas)?;
    Ok(Came::Done(after.version))
}
