//! Refusals in words: every ground in both languages, with its articles and what would mend it.

use std::collections::BTreeMap;

use engine::{GroundKind, InputFault, Refusal, Target};
use law::{Act, EffectKind, Key, Lang, Procedure, Text};

use crate::{
    builtin::CORRECTION_GROUND,
    view::{GroundView, RefusalView, RemedyView},
    words::{self, Arg},
};

/// A refusal with every ground in words of both languages; `target` is what the refused act concerned.
pub(crate) fn refusal_view(procedure: &Procedure, refusal: Refusal, target: &Target) -> RefusalView {
    // What is refused to be drafted is refused itself.
    let refused = procedure.act(target.drafts.as_ref().unwrap_or(&refusal.act));
    let grounds = refusal
        .grounds
        .iter()
        .map(|ground| GroundView {
            says: ground.says.clone().unwrap_or_else(|| {
                Text::new(
                    ground_words(procedure, &ground.kind, Lang::Zh),
                    ground_words(procedure, &ground.kind, Lang::En),
                )
            }),
            basis: ground.basis.clone(),
            remedy: ground
                .remedy
                .iter()
                .filter_map(|key| procedure.act(key))
                .map(|act| RemedyView {
                    act: act.key.clone(),
                    name: act.name.clone(),
                    target: remedy_target(act, &ground.kind, refused, target.item),
                })
                .collect(),
            field: match &ground.kind {
                GroundKind::Input { field, .. } => Some(field.clone()),
                GroundKind::Distinct { field, .. } => field.as_ref().map(Key::to_string),
                _ => None,
            },
        })
        .collect();
    RefusalView { refusal, grounds }
}

/// What a remedy concerns: the drafting of the refused act where that only wants approval, and the item in which it
/// was refused.
fn remedy_target(
    remedy: &Act,
    kind: &GroundKind,
    refused: Option<&Act>,
    item: Option<u32>,
) -> Option<Target> {
    let of = refused.filter(|it| !it.opens).and_then(|it| it.item.as_ref());
    let item = item.filter(|_| of.is_some());
    let drafts = matches!(kind, GroundKind::Unapproved { .. })
        && engine::draft_verb(remedy) == Some(&EffectKind::Draft);
    if drafts {
        return Some(Target { item, drafts: refused.map(|it| it.key.clone()), draft: None });
    }
    match remedy.item.as_ref().filter(|_| !remedy.opens) {
        None => Some(Target::default()),
        Some(kind) if of == Some(kind) && item.is_some() => Some(Target { item, ..Target::default() }),
        Some(_) => None,
    }
}

fn ground_words(procedure: &Procedure, kind: &GroundKind, lang: Lang) -> String {
    let house = words::house(lang);
    let name = |key: &Key| name_of(procedure, key, lang);
    let names = |keys: &[Key]| {
        keys.iter().map(name).collect::<Vec<_>>().join(if lang == Lang::Zh { "\u{3001}" } else { ", " })
    };
    let mut args: BTreeMap<&str, Arg> = BTreeMap::new();
    let mut id = format!("ground-{}", kind.id());
    match kind {
        GroundKind::NotCompetent { needed } => {
            args.insert("who", names(needed).into());
        }
        GroundKind::WrongStage { stands, needed, since } => {
            args.insert("stands", name(stands).into());
            args.insert("needed", names(needed).into());
            if let Some((act, on)) = since {
                id.push_str("-since");
                let act = procedure.act(act).map(|it| it.name.get(lang).to_owned());
                args.insert("act", act.unwrap_or_default().into());
                args.insert("day", words::day(lang, *on).into());
            }
        }
        GroundKind::OutOfTime { limit, ended } => {
            args.insert("limit", name(limit).into());
            args.insert("day", words::day(lang, *ended).into());
        }
        GroundKind::AlreadyExtended { limit, times } => {
            args.insert("limit", name(limit).into());
            args.insert("times", u32::from(*times).into());
        }
        GroundKind::Input { field, fault } => {
            args.insert("field", input_name(procedure, field, lang).into());
            args.insert("fault", fault_words(fault, lang).into());
        }
        GroundKind::Untimely { earliest } => {
            id.push_str(if earliest.is_some() { "-before" } else { "-future" });
            let day = earliest.map(|it| words::day(lang, it)).unwrap_or_default();
            args.insert("day", day.into());
        }
        GroundKind::CalendarMissing { year } => {
            args.insert("year", i64::from(*year).into());
        }
        GroundKind::LaterActs { events } => {
            let list: Vec<String> = events.iter().map(ToString::to_string).collect();
            args.insert("events", list.join(", ").into());
        }
        GroundKind::NoSuchItem { .. } | GroundKind::Unapproved { .. } | GroundKind::Claimed { .. } => {
            args.extend(declared(procedure, kind).map(|(id, it)| (id, it.get(lang).into())));
        }
        GroundKind::NotYourTurn { needed } if needed.is_empty() => id.push_str("-one"),
        GroundKind::NotYourTurn { needed } => {
            args.insert("who", names(needed).into());
        }
        GroundKind::NoSuchDraft
        | GroundKind::NotYours
        | GroundKind::NoSuchAct
        | GroundKind::MatterEnded
        | GroundKind::LawAlone
        | GroundKind::SamePerson
        | GroundKind::Distinct { .. }
        | GroundKind::Unmet { .. } => {}
    }
    house.with(&id, &args.into_iter().collect::<Vec<_>>())
}

/// The name of a role, a stage or a limit.
fn name_of(procedure: &Procedure, key: &Key, lang: Lang) -> String {
    let found = procedure
        .role(key)
        .map(|it| &it.name)
        .or_else(|| procedure.stage(key).map(|it| &it.name))
        .or_else(|| procedure.limit(key).map(|it| &it.name));
    found.map_or_else(|| key.to_string(), |it| it.get(lang).to_owned())
}

/// The name of what a ground is about, where it is declared: items, an approval, a claim.
fn declared<'a>(procedure: &'a Procedure, kind: &GroundKind) -> Option<(&'static str, &'a Text)> {
    Some(match kind {
        GroundKind::NoSuchItem { items } => ("items", &procedure.items_of(items)?.name),
        GroundKind::Unapproved { approval } => ("approval", &procedure.approval(approval)?.name),
        GroundKind::Claimed { claim } => ("claim", &procedure.claim(claim)?.name),
        _ => return None,
    })
}

/// The label of an input: a field's, or party role and part.
pub(crate) fn input_name(procedure: &Procedure, input: &str, lang: Lang) -> String {
    if input == CORRECTION_GROUND {
        return words::house(lang).say(&format!("field-{input}"));
    }
    if let Some(field) = procedure.field(input) {
        return field.name.get(lang).to_owned();
    }
    let mut parts = input.splitn(3, '.');
    let role = parts.next().and_then(|it| procedure.party(it));
    let role = role.map_or_else(|| input.to_owned(), |it| it.name.get(lang).to_owned());
    let index = parts.next().and_then(|it| it.parse::<usize>().ok());
    match (index, parts.next()) {
        (Some(_), Some(part)) => {
            format!("{role} {}", words::house(lang).say(&format!("part-{part}")))
        }
        _ => role,
    }
}

/// What is wrong with an input, in words.
pub(crate) fn fault_words(fault: &InputFault, lang: Lang) -> String {
    let mut id = format!("fault-{}", fault.id());
    let mut args: Vec<(&str, Arg)> = Vec::new();
    match fault {
        InputFault::TooLong { max } | InputFault::TooMany { max } | InputFault::TooManyEntries { max } => {
            args.push(("max", (*max).into()))
        }
        InputFault::TooFew { min } => args.push(("min", (*min).into())),
        InputFault::OutOfRange { min, max } => {
            args.push(("min", (*min).into()));
            args.push(("max", (*max).into()));
        }
        InputFault::BadIdentity { why } => id = format!("{id}-{why}"),
        _ => {}
    }
    words::house(lang).with(&id, &args)
}
