//! What can be done now: every act, allowed or refused with every reason.

use std::collections::BTreeMap;

use calendar::Date;
use law::{Act, EffectKind, Procedure};

use crate::{
    condition::View,
    decide::standing,
    effect::used_up,
    matter::Matter,
    refusal::{Ground, GroundKind, Refusal},
    wish::Facts,
};

/// One act of the procedure as it stands for somebody on a day.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// The act.
    pub act: &'a Act,
    /// Why not, if not. Conditions that turn on what the act would ask for are left open.
    pub refusal: Option<Refusal>,
}

/// All acts that a person could do in this matter, in the order of the file, each allowed or refused.
pub fn allowed<'a>(procedure: &'a Procedure, matter: &Matter, facts: &Facts, day: Date) -> Vec<Offer<'a>> {
    let fields = BTreeMap::new();
    procedure
        .acts
        .iter()
        .filter(|act| !act.opens && !act.by_law)
        .map(|act| {
            let view = View {
                procedure,
                act,
                matter: Some(matter),
                fields: &fields,
                parties: &[],
                facts,
                day,
                open: true,
            };
            Offer { act, refusal: Refusal::of(&act.key, grounds(&view)) }
        })
        .collect()
}

fn grounds(view: &View<'_>) -> Vec<Ground> {
    let mut grounds = standing(view);
    for require in &view.act.requires {
        if view.holds(&require.that) == Some(false) {
            grounds.push(Ground {
                kind: GroundKind::Unmet { require: require.key.clone() },
                basis: require.basis.clone(),
                says: Some(require.otherwise.clone()),
                remedy: require.remedy.clone(),
            });
        }
    }
    for effect in &view.act.effects {
        let clock = match &effect.kind {
            EffectKind::Extend { limit, .. } => view.matter.and_then(|it| it.clock(limit)),
            _ => None,
        };
        grounds.extend(clock.and_then(|it| used_up(view.procedure.limit(&it.limit), it)));
    }
    grounds
}
