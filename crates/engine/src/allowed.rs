//! What can be done now: every act, allowed or refused with every reason.

use std::collections::BTreeMap;

use calendar::Date;
use law::{Act, EffectKind, Procedure};

use crate::{
    condition::View,
    decide::{item_of, standing},
    draft,
    effect::used_up,
    matter::{ItemRef, Matter},
    person,
    refusal::{Ground, GroundKind, Refusal},
    wish::{Facts, Target},
};

/// One act of the procedure as it stands for somebody on a day.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// The act.
    pub act: &'a Act,
    /// For an act of items that opens none: the item.
    pub item: Option<ItemRef>,
    /// Why not, if not. Conditions that turn on what the act would ask for are left open.
    pub refusal: Option<Refusal>,
}

/// All acts that a person could do in this matter, in the order of the file, each allowed or refused.
pub fn allowed<'a>(procedure: &'a Procedure, matter: &Matter, facts: &Facts, day: Date) -> Vec<Offer<'a>> {
    let fields = BTreeMap::new();
    let offer = |act: &'a Act, item: Option<ItemRef>| {
        let view = View {
            procedure,
            act,
            matter: Some(matter),
            fields: &fields,
            parties: &[],
            facts,
            day,
            item: item.clone().or_else(|| item_of(act, Some(matter), &Target::default())),
            calendar: None,
            open: true,
        };
        Offer { act, item, refusal: Refusal::of(&act.key, grounds(&view)) }
    };
    let mut offers = Vec::new();
    for act in procedure.acts.iter().filter(|act| !act.by_law) {
        match &act.item {
            None if act.opens => {}
            Some(kind) if !act.opens => {
                // An item that is over offers only what is done after its end.
                let own = matter.items_of(kind).filter(|it| !it.closed || act.from.contains(&it.stage));
                offers.extend(own.map(|it| offer(act, Some(it.at.clone()))));
            }
            _ => offers.push(offer(act, None)),
        }
    }
    offers
}

fn grounds(view: &View<'_>) -> Vec<Ground> {
    let mut grounds = standing(view);
    grounds.extend(draft::listed(view));
    grounds.extend(
        draft::approved(view.procedure, view.act, view.matter, view.item.as_ref()).err().map(|it| *it),
    );
    grounds.extend(person::against_colleagues(view));
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
            EffectKind::Extend { limit, .. } => {
                view.matter.and_then(|it| it.clock_of(limit, view.item_for(limit)))
            }
            _ => None,
        };
        grounds.extend(clock.and_then(|it| used_up(view.procedure.limit(&it.limit), it)));
    }
    grounds
}
