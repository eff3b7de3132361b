//! Resolving: what people name by number or by name (other matters, officials, bodies) is made certain
//! before an act is decided; what is not found is a ground at its field.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Ground, GroundKind, InputFault, Inputs, Jurisdiction, MatterName, Refusal, Value};
use law::{Act, EffectKind, Key, Procedure};
use store::Reader;

use crate::{
    access::{Caller, Right, may},
    builtin::organ_of,
    open::Office,
};

/// Who works at a place: officials and bodies, each with the name shown.
pub(crate) struct People {
    pub(crate) officials: Vec<(String, String)>,
    pub(crate) bodies: Vec<(String, String)>,
}

impl Office {
    /// Who works at a place.
    pub(crate) fn people(&self, place: &Jurisdiction) -> People {
        let organ = self.place(place).map(|it| it.organ.zh);
        self.directory(|directory| {
            let here = || directory.accounts.values().filter(|it| it.place == *place);
            let bodies: BTreeSet<&String> = here().flat_map(|it| &it.posts).map(|it| &it.body).collect();
            let recorded = directory.bodies.get(place).into_iter().flatten();
            let named: BTreeMap<&str, &str> =
                recorded.map(|it| (it.id.as_str(), it.name.zh.as_str())).collect();
            let shown = |body: &str| match (named.get(body), &organ) {
                (Some(name), _) => (*name).to_owned(),
                (None, Some(name)) if body == organ_of(place) => name.clone(),
                _ => body.to_owned(),
            };
            People {
                officials: here().map(|it| (it.id.clone(), it.name.clone())).collect(),
                bodies: bodies.into_iter().map(|it| (it.clone(), shown(it))).collect(),
            }
        })
    }
}

/// The inputs with every name made certain.
pub(crate) fn inputs(
    reader: &Reader,
    people: &People,
    caller: &Caller,
    procedure: &Procedure,
    place: &Jurisdiction,
    act: &Key,
    mut inputs: Inputs,
) -> anyhow::Result<Result<Inputs, Refusal>> {
    let mut grounds = Vec::new();
    let hands_over = procedure.act(act).and_then(handed);
    for (key, value) in &mut inputs.fields {
        let fault = match value {
            Value::Matter(name) => match other(reader, caller, place, &name.number)? {
                Some(found) => {
                    *name = found;
                    None
                }
                None => Some(InputFault::NoSuchMatter),
            },
            Value::Official(account) => {
                let known = people.officials.iter().any(|it| it.0 == *account);
                (!known).then_some(InputFault::NoSuchOfficial)
            }
            Value::Body(body) if hands_over.is_some_and(|it| it == key) => {
                let known = people.bodies.iter().any(|it| it.0 == *body);
                (!known).then_some(InputFault::NoSuchBody)
            }
            _ => None,
        };
        grounds.extend(fault.map(|fault| Ground {
            kind: GroundKind::Input { field: key.to_string(), fault },
            basis: Vec::new(),
            says: None,
            remedy: Vec::new(),
        }));
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

/// The matter of a number, if there is one that the caller may open.
fn other(
    reader: &Reader,
    caller: &Caller,
    place: &Jurisdiction,
    number: &str,
) -> anyhow::Result<Option<MatterName>> {
    let Some(id) = reader.find_by_number(place, number.trim())? else { return Ok(None) };
    let Some(row) = reader.matter_row(place, id)? else { return Ok(None) };
    if may(caller, Right::Read(place, id, &row.body)).is_err() {
        return Ok(None);
    }
    Ok(Some(MatterName { id, number: number.trim().to_owned() }))
}
