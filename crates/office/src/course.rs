//! The course of a matter beside its stages: its items, drafts under approval, relations, and what can
//! be done about each.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Date;
use engine::{DraftState, Facts, GroundKind, ItemRef, Matter, MatterId, Step, Target};
use law::{Act, EffectKind, FieldKind, Key, Procedure, Text};
use store::Reader;

use crate::{
    access::{Caller, may, reading_row},
    act::drafted_inputs,
    matter::{Opened, Secrets, field_view},
    open::Office,
    refusal::refusal_view,
    resolve::{People, handed},
    view::{AskView, DraftView, FieldView, FormView, ItemView, OfferView},
    words::both,
};

/// What can be done in the matter itself (`item` is `None`) or in one of its items, allowed first. Acts
/// on drafts stand with the drafts; an act that first needs a draft is offered as the drafting of it.
pub(crate) fn offers(
    procedure: &Procedure,
    matter: &Matter,
    facts: &Facts,
    today: Date,
    item: Option<&ItemRef>,
) -> Vec<OfferView> {
    let all = engine::allowed(procedure, matter, facts, today);
    let drafting =
        all.iter().find(|it| it.refusal.is_none() && engine::draft_verb(it.act) == Some(&EffectKind::Draft));
    let drafting = drafting.map(|it| it.act);
    let target = Target { item: item.map(|it| it.n), ..Target::default() };
    let mut offers = Vec::new();
    for offer in &all {
        if offer.item.as_ref() != item || engine::draft_verb(offer.act).is_some() {
            continue;
        }
        let only_undrafted = |kind: &GroundKind| {
            matches!(
                kind,
                GroundKind::Unapproved { .. } | GroundKind::NotCompetent { .. } | GroundKind::Distinct { .. }
            )
        };
        let to_draft = offer.refusal.as_ref().is_some_and(|it| {
            let undrafted = |kind: &GroundKind| matches!(kind, GroundKind::Unapproved { .. });
            it.grounds.iter().all(|it| only_undrafted(&it.kind))
                && it.grounds.iter().any(|it| undrafted(&it.kind))
        });
        let under_way = matter.drafts.iter().any(|it| {
            it.act == offer.act.key && it.item.as_ref() == item && it.state == DraftState::Standing
        });
        if let Some(draft) = drafting.filter(|_| to_draft && !under_way) {
            offers.push(OfferView {
                act: draft.key.clone(),
                item: item.map(|it| it.n),
                drafts: Some(offer.act.key.clone()),
                sort: "draft",
                name: offer.act.name.clone(),
                help: offer.act.help.clone(),
                basis: offer.act.basis.clone(),
                refusal: None,
            });
            continue;
        }
        offers.push(OfferView {
            act: offer.act.key.clone(),
            item: item.map(|it| it.n),
            drafts: None,
            sort: sort(offer.act),
            name: offer.act.name.clone(),
            help: offer.act.help.clone(),
            basis: offer.act.basis.clone(),
            refusal: offer.refusal.clone().map(|it| refusal_view(procedure, it, &target)),
        });
    }
    offers.sort_by_key(|it| it.refusal.is_some());
    offers
}

/// What sort of step an act is.
fn sort(act: &Act) -> &'static str {
    let moves_clock = |kind: &EffectKind| {
        matches!(
            kind,
            EffectKind::Start { .. }
                | EffectKind::Stop(_)
                | EffectKind::Suspend(_)
                | EffectKind::Resume(_)
                | EffectKind::Extend { .. }
        )
    };
    if act.opens {
        "item"
    } else if act.to.is_some() || act.effects.iter().any(|it| moves_clock(&it.kind)) {
        "course"
    } else {
        "record"
    }
}

/// What an item is called, with its number.
pub(crate) fn item_name(procedure: &Procedure, kind: Option<&Key>, n: Option<u32>) -> Option<(Text, u32)> {
    Some((procedure.items_of(kind?)?.name.clone(), n?))
}

/// The form of an act that is done with an approved draft: nothing is asked, the draft is shown.
pub(crate) fn approved_form(
    reader: &Reader,
    procedure: &Procedure,
    matter: &Matter,
    target: &Target,
    form: FormView,
) -> anyhow::Result<FormView> {
    let act = &form.act;
    if act.approval.is_none() || target.drafts.is_some() {
        return Ok(form);
    }
    let item = engine::item_of(act, Some(matter), target);
    let Some(draft) = matter.approved(act, item.as_ref()) else { return Ok(form) };
    let inputs = drafted_inputs(reader, matter, draft.seq)?;
    let none = Secrets::new();
    let given = inputs.fields.iter().map(|(key, value)| field_view(procedure, key, value, &none)).collect();
    Ok(FormView { asks: Vec::new(), given, ..form })
}

/// What may be chosen where an official, or a body that takes a matter over, is asked for. Who acts along is one of
/// those who hold the role.
pub(crate) fn choices(
    act: &Act,
    asks: &[AskView],
    people: &People,
    (holders, caller): (&BTreeMap<Key, BTreeSet<String>>, &Caller),
) -> Vec<(Key, Vec<(String, String)>)> {
    let hands_over = handed(act);
    let me = caller.account.as_ref().map(|it| it.id.as_str());
    let along = |field: &Key, login: &String| {
        let mut roles = act.colleagues().into_iter().filter(|it| it.0 == field).map(|it| it.1).peekable();
        let free = roles.peek().is_none();
        let holds = roles.any(|role| holders.get(role).is_some_and(|it| it.contains(login)));
        free || holds && Some(login.as_str()) != me
    };
    let of = |field: &law::Field| match field.kind {
        FieldKind::Official => {
            let named = people.officials.iter().filter(|it| along(&field.key, &it.0));
            Some(named.cloned().collect())
        }
        FieldKind::Body if Some(&field.key) == hands_over => Some(people.bodies.clone()),
        _ => None,
    };
    asks.iter()
        .filter_map(|ask| match ask {
            AskView::Field { field, .. } => Some((field.key.clone(), of(field)?)),
            AskView::Parties { .. } => None,
        })
        .collect()
}

impl Office {
    /// Every kind of item the procedure has, with those that the matter has.
    pub(crate) fn items(
        &self,
        procedure: &Procedure,
        matter: &Matter,
        secrets: &Secrets,
        facts: &Facts,
        (today, inside): (Date, bool),
    ) -> Vec<(Text, Vec<ItemView>)> {
        let one = |item: &engine::Item| {
            let clocks = matter.clocks.iter().filter(|it| {
                let of = procedure.limit(&it.limit).and_then(|it| it.item.as_ref());
                of == Some(&item.at.kind) && it.item == Some(item.at.n)
            });
            // Items hold how the office works, what it asked and heard and discussed: of a party's own matter they show
            // where each stands, not what is written in it.
            let seen = |it: &&law::Field| inside || it.sensitivity == law::Sensitivity::Public;
            let fields =
                procedure.fields.iter().filter(seen).filter_map(|it| {
                    Some(field_view(procedure, &it.key, item.fields.get(&it.key)?, secrets))
                });
            ItemView {
                n: item.at.n,
                stage: procedure.stage(&item.stage).map(|it| it.name.clone()).unwrap_or_default(),
                closed: item.closed,
                outcome: item.outcome.as_ref().and_then(|it| procedure.outcome(it)).map(|it| it.name.clone()),
                opened: item.opened_on,
                fields: fields.collect(),
                clocks: clocks.filter_map(|it| self.clock_view(procedure, it, today)).collect(),
                offers: offers(procedure, matter, facts, today, Some(&item.at)),
            }
        };
        let kinds = procedure.items.iter();
        kinds
            .map(|kind| (kind.name.clone(), matter.items_of(&kind.key).map(one).collect::<Vec<_>>()))
            .filter(|(_, items)| !items.is_empty())
            .collect()
    }

    /// Drafts of the matter, newest first, each with what the reader can do about it.
    pub(crate) fn drafts(&self, opened: &Opened, facts: &Facts, today: Date) -> Vec<DraftView> {
        let Opened { matter, events, secrets, procedure, .. } = opened;
        let named =
            |account: &str, on: Date| self.official(account, on).unwrap_or_else(|| account.to_owned());
        let open: Vec<(Key, Text)> = engine::allowed(procedure, matter, facts, today)
            .iter()
            .filter(|it| it.refusal.is_none())
            .filter(|it| engine::draft_verb(it.act).is_some_and(|verb| *verb != EffectKind::Draft))
            .map(|it| (it.act.key.clone(), it.act.name.clone()))
            .collect();
        let one = |draft: &engine::Draft| {
            let event = events.iter().find(|it| it.0.seq == draft.seq).map(|it| &it.0);
            let fields = event.into_iter().flat_map(|it| &it.inputs);
            let fields: Vec<FieldView> =
                fields.map(|(key, value)| field_view(procedure, key, value, secrets)).collect();
            let steps = draft.steps.iter().enumerate().map(|(at, step)| {
                let (id, who) = match step {
                    Step::Role(role) => {
                        let name = procedure.role(role).map(|it| it.name.clone());
                        (role.to_string(), name.unwrap_or_default())
                    }
                    Step::Official(account) => {
                        let name = named(account, draft.on);
                        (account.clone(), Text::new(name.clone(), name))
                    }
                };
                let done =
                    draft.endorsed.get(at).map(|(by, on)| (by.as_deref().map(|it| named(it, *on)), *on));
                (id, who, done)
            });
            let standing = draft.state == DraftState::Standing;
            DraftView {
                seq: draft.seq,
                act: procedure.act(&draft.act).map(|it| it.name.clone()).unwrap_or_default(),
                by: draft.by.as_deref().map(|it| named(it, draft.on)),
                on: draft.on,
                steps: steps.collect(),
                state: match draft.state {
                    DraftState::Standing if draft.is_approved() => "approved",
                    DraftState::Standing => "standing",
                    DraftState::SentBack => "sent-back",
                    DraftState::Retracted => "retracted",
                    DraftState::Done => "done",
                },
                fields,
                acts: if standing { open.clone() } else { Vec::new() },
            }
        };
        matter.drafts.iter().rev().map(one).collect()
    }

    /// Relations to and from other matters. Who works in this one is told of each by its number, which stands on papers
    /// of this one; others only of those that they may open.
    pub(crate) fn links(
        &self,
        caller: &Caller,
        procedure: &Procedure,
        opened: &Opened,
    ) -> anyhow::Result<Vec<(Text, String, Option<MatterId>)>> {
        let matter = &opened.matter;
        let place = &matter.jurisdiction;
        self.store().read(|reader| {
            let told = |id: MatterId| -> anyhow::Result<Option<(store::MatterRow, Option<MatterId>)>> {
                let row = reader.matter_row(place, id)?;
                let opens = |it: &store::MatterRow| may(caller, reading_row(self.laws(), place, it)).is_ok();
                let row = row.map(|it| {
                    let opens = opens(&it).then_some(id);
                    (it, opens)
                });
                Ok(row.filter(|it| opened.inside || it.1.is_some()))
            };
            let mut all = Vec::new();
            for (link, other) in &matter.links {
                let name = procedure.link(link).map(|it| it.name.clone());
                all.extend(name.zip(told(other.id)?).map(|(name, (row, opens))| (name, row.number, opens)));
            }
            for (link, from) in reader.linked_to(place, matter.id)? {
                let Some((row, opens)) = told(from)? else { continue };
                // Every version of the other procedure that has the relation calls it the same.
                let versions = self.laws().versions(&row.procedure);
                let name = versions.iter().rev().find_map(|it| Some(it.link(&link)?.back.clone()));
                all.push((name.unwrap_or_else(|| both("link-from")), row.number, opens));
            }
            Ok(all)
        })
    }
}
