//! Resolving: what people name by number or by name (other matters, officials, bodies) is made certain
//! before an act is decided; what is not found is a ground at its field.

use std::collections::BTreeSet;

use engine::{Ground, GroundKind, InputFault, Inputs, Jurisdiction, MatterName, Refusal, Value};
use law::{Act, EffectKind, Key, Procedure};
use store::Reader;

use crate::{
    access::{Caller, Right, may, reading_row},
    laws::Laws,
    open::Office,
};

/// Who works at a place today: officials and bodies, each with the name shown.
pub(crate) struct People {
    pub(crate) officials: Vec<(String, String)>,
    pub(crate) bodies: Vec<(String, String)>,
}

impl Office {
    /// Who works at a place today.
    pub(crate) fn people(&self, place: &Jurisdiction) -> People {
        let (today, here) = (self.now().date(), self.accounts(place));
        let bodies: BTreeSet<&String> = here.iter().flat_map(|it| &it.posts).map(|it| &it.body).collect();
        let shown = |body: &String| (body.clone(), self.body_words(place, body, today).name);
        People {
            bodies: bodies.into_iter().map(shown).collect(),
            officials: here.iter().map(|it| (it.id.clone(), it.name.clone())).collect(),
        }
    }
}

/// The inputs with every name made certain. `find` gives the matter of a number, if there is one that may be named.
pub(crate) fn inputs(
    people: &People,
    procedure: &Procedure,
    act: &Key,
    mut inputs: Inputs,
    mut find: impl FnMut(&str) -> anyhow::Result<Option<MatterName>>,
) -> anyhow::Result<Result<Inputs, Refusal>> {
    let mut grounds = Vec::new();
    let hands_over = procedure.act(act).and_then(handed);
    for (key, value) in &mut inputs.fields {
        let (certain, fault) = match &*value {
            Value::Matter(name) => (find(&name.number)?.map(Value::Matter), InputFault::NoSuchMatter),
            Value::Official(who) => {
                (certain(&people.officials, who).map(Value::Official), InputFault::NoSuchOfficial)
            }
            Value::Body(body) if hands_over.is_some_and(|it| it == key) => {
                (certain(&people.bodies, body).map(Value::Body), InputFault::NoSuchBody)
            }
            _ => continue,
        };
        match certain {
            Some(certain) => *value = certain,
            None => grounds.push(Ground {
                kind: GroundKind::Input { field: key.to_string(), fault },
                basis: Vec::new(),
                says: None,
                remedy: Vec::new(),
            }),
        }
    }
    Ok(match Refusal::of(act, grounds) {
        Some(refusal) => Err(refusal),
        None => Ok(inputs),
    })
}

/// The field that names the body a matter is handed over to.
pub(crate) fn handed(act: &Act) -> Option<&Key> {
    act.effects.iter().find_map(|effect| match &effect.kind {
        EffectKind::HandOver(field) => Some(field),
        _ => None,
    })
}

/// The key of what somebody named by its key or, as in files that people write, by the name it is shown by.
fn certain(known: &[(String, String)], typed: &str) -> Option<String> {
    let typed = typed.trim();
    if let Some((key, _)) = known.iter().find(|it| it.0 == typed) {
        return Some(key.clone());
    }
    let mut named = known.iter().filter(|it| it.1 == typed);
    let first = named.next()?;
    named.next().is_none().then(|| first.0.clone())
}

/// The matter of a number, if there is one.
pub(crate) fn matter_of(
    reader: &Reader,
    place: &Jurisdiction,
    number: &str,
) -> anyhow::Result<Option<MatterName>> {
    let number = number.trim();
    let found = reader.find_by_number(place, number)?;
    Ok(found.map(|id| MatterName { id, number: number.to_owned() }))
}

/// The matter of a number, if there is one that the caller may name: an official of the place, because the number
/// stands on papers that come to any desk; anybody else only a matter that they may open. To name it opens nothing.
pub(crate) fn other(
    reader: &Reader,
    laws: &Laws,
    caller: &Caller,
    place: &Jurisdiction,
    number: &str,
) -> anyhow::Result<Option<MatterName>> {
    let Some(found) = matter_of(reader, place, number)? else { return Ok(None) };
    if may(caller, Right::Work(place)).is_ok() {
        return Ok(Some(found));
    }
    let row = reader.matter_row(place, found.id)?;
    let theirs = row.is_some_and(|row| may(caller, reading_row(laws, place, &row)).is_ok());
    Ok(theirs.then_some(found))
}
