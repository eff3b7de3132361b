//! Deciding: an act comes in, an event or a refusal comes out.

use calendar::{Calendar, DateTime};
use jiff::Timestamp;
use law::{Act, Key, Procedure, ProcedureRef, RequireKind};

use crate::{
    condition::View,
    draft,
    effect::{self, Worked},
    event::{Actor, Change, Effective, Event, FORMAT_VERSION, Finding},
    fold::fold,
    id::Hash,
    input::{self, Salts},
    matter::{Clock, ItemRef, Matter},
    paper, person,
    refusal::{Ground, GroundKind, Refusal},
    seal::Secret,
    wish::{Facts, Inputs, Target, Wish},
};

/// What came of a wish.
#[derive(Debug)]
pub struct Decided {
    /// What the law did by itself before, because limits had ended; recorded whatever came of the wish.
    pub by_law: Vec<Drafted>,
    /// The act, or why not.
    pub result: Result<Drafted, Refusal>,
}

/// An event that still needs its numbers and its place in the chain.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The event.
    pub event: Event,
    /// Personal values that stand outside it.
    pub secrets: Vec<Secret>,
    /// Numbers to be taken from series, in order of the event's `Number` changes.
    pub numbers: Vec<NumberWanted>,
}

/// A number that an act takes from a gapless series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberWanted {
    /// Series.
    pub series: Key,
    /// Year of the series.
    pub year: i16,
    /// Letterhead.
    pub prefix: String,
    /// Form, with `{prefix}`, `{year}` and `{n}`.
    pub format: String,
}

impl Drafted {
    /// Puts taken numbers into the event, in the order in which they were wanted.
    pub fn assign(&mut self, taken: &[u64]) {
        let slots = self.event.changes.iter_mut().filter_map(|change| match change {
            Change::Number { n, text, .. } => Some((n, text)),
            _ => None,
        });
        for ((slot, want), number) in slots.zip(&self.numbers).zip(taken) {
            *slot.0 = *number;
            *slot.1 = want
                .format
                .replace("{prefix}", &want.prefix)
                .replace("{year}", &want.year.to_string())
                .replace("{n}", &number.to_string());
        }
        paper::name_numbers(&mut self.event.changes);
    }
}

/// Decides a wish: first everything the law itself has done by the act's moment, then the act.
///
/// `law` must be the content hash of `procedure`. For an opening act `matter` is `None`.
pub fn decide(
    procedure: &Procedure,
    law: &ProcedureRef,
    calendar: &Calendar,
    matter: Option<&Matter>,
    facts: &Facts,
    wish: &Wish,
) -> Decided {
    let by_law = match matter {
        Some(matter) => expire(procedure, law, calendar, matter, wish.effective.at, wish.now),
        None => Vec::new(),
    };
    let folded = by_law.iter().fold(None, |state: Option<Matter>, draft| {
        Some(fold(state.or_else(|| matter.cloned()), &draft.event, Hash::NONE))
    });
    let matter = folded.as_ref().or(matter);
    let result = act(procedure, law, calendar, matter, facts, wish);
    Decided { by_law, result }
}

fn act(
    procedure: &Procedure,
    law: &ProcedureRef,
    calendar: &Calendar,
    matter: Option<&Matter>,
    facts: &Facts,
    wish: &Wish,
) -> Result<Drafted, Refusal> {
    let begins = |it: &&Act| it.opens_matter() == matter.is_none();
    let Some(act) = procedure.act(&wish.act).filter(begins) else {
        return Err(Refusal::plain(&wish.act, GroundKind::NoSuchAct, Vec::new()));
    };
    let view = View {
        procedure,
        act,
        matter,
        fields: &wish.inputs.fields,
        parties: &wish.inputs.parties,
        facts,
        day: wish.effective.at.date(),
        item: item_of(act, matter, &wish.target),
        calendar: Some(calendar),
        open: wish.late_entry,
    };
    let mut grounds = standing(&view);
    grounds.extend(untimely(matter, wish));
    let mut findings = Vec::new();
    let (against, on_drafts) = draft::work(&view, wish);
    grounds.extend(against);
    let used = match draft::approved(procedure, act, matter, view.item.as_ref()) {
        Ok(used) => used.map(|it| Change::DraftUsed { draft: it.seq }),
        Err(ground) if wish.late_entry => {
            findings.push(finding(&view, *ground));
            None
        }
        Err(ground) => {
            grounds.push(*ground);
            None
        }
    };
    let drafts = on_drafts.iter().any(|it| matches!(it, Change::Drafted { .. }));
    if grounds.is_empty() && !drafts {
        grounds.extend(input::check(&view, wish.late_entry));
    }
    conditions(&view, wish.late_entry, &mut grounds, &mut findings);
    let mut worked = effect::work(&view, wish.effective.at, calendar);
    worked.changes.extend(on_drafts.into_iter().chain(used).chain(person::along(&view)));
    grounds.append(&mut worked.grounds);
    if wish.late_entry {
        findings.extend(worked.untimely.drain(..).map(|ground| finding(&view, ground)));
    } else {
        grounds.append(&mut worked.untimely);
    }
    match Refusal::of(&wish.act, grounds) {
        Some(refusal) => Err(refusal),
        None => Ok(drafted(&view, law, calendar, wish, worked, findings)),
    }
}

/// Grounds of standing: only the law, not for this person, ended, wrong stage.
pub(crate) fn standing(view: &View<'_>) -> Vec<Ground> {
    let mut grounds = if view.act.by_law { Vec::new() } else { person::against(view) };
    grounds.extend(astray(view));
    grounds
}

/// Those of them that hold whoever acts.
pub(crate) fn astray(view: &View<'_>) -> Vec<Ground> {
    let act = view.act;
    let mut grounds = Vec::new();
    let ground = |kind| Ground { kind, basis: act.basis.clone(), says: None, remedy: Vec::new() };
    if act.by_law {
        grounds.push(ground(GroundKind::LawAlone));
    }
    let Some(matter) = view.matter else { return grounds };
    let in_items = act.item.is_some();
    let stages = if in_items { &act.within } else { &act.from };
    if !stages.contains(&matter.stage) {
        if matter.closed {
            grounds.push(ground(GroundKind::MatterEnded));
        } else {
            grounds.push(elsewhere(view, matter, &matter.stage, stages, None));
        }
    }
    if let Some(kind) = act.item.as_ref().filter(|_| !act.opens) {
        match view.item.as_ref().and_then(|at| matter.item(at)) {
            None => grounds.push(ground(GroundKind::NoSuchItem { items: kind.clone() })),
            Some(item) if !act.from.contains(&item.stage) => {
                grounds.push(elsewhere(view, matter, &item.stage, &act.from, Some(&item.at)));
            }
            Some(_) => {}
        }
    }
    grounds
}

/// The item an act concerns: a new one if it opens one, else the one named.
pub fn item_of(act: &Act, matter: Option<&Matter>, target: &Target) -> Option<ItemRef> {
    let kind = act.item.as_ref()?;
    let n = if act.opens { matter.map_or(1, |it| it.next_item(kind)) } else { target.item? };
    Some(ItemRef { kind: kind.clone(), n })
}

/// The ground that a matter, or an item, stands elsewhere: with the act that brought it there.
fn elsewhere(view: &View<'_>, matter: &Matter, stands: &Key, needed: &[Key], at: Option<&ItemRef>) -> Ground {
    let brought = brought_there(view.procedure, matter, stands, at);
    let kind = GroundKind::WrongStage {
        stands: stands.clone(),
        needed: needed.to_vec(),
        since: brought.map(|(act, on)| (act.key.clone(), on)),
    };
    let mut basis = brought.map(|(act, _)| act.basis.clone()).unwrap_or_default();
    basis.extend(view.act.basis.iter().filter(|it| !basis.contains(it)).cloned().collect::<Vec<_>>());
    Ground { kind, basis, says: None, remedy: leading_to(view.procedure, stands, needed) }
}

/// The last act that led to the stage where the matter, or the item, stands, and its day.
fn brought_there<'a>(
    procedure: &'a Procedure,
    matter: &Matter,
    stage: &Key,
    at: Option<&ItemRef>,
) -> Option<(&'a Act, calendar::Date)> {
    matter.done.iter().rev().filter(|it| it.item.as_ref() == at).find_map(|done| {
        let act = procedure.act(&done.act)?;
        (act.to.as_ref() == Some(stage)).then_some((act, done.on))
    })
}

/// Acts that lead from where the matter stands to one of the stages.
fn leading_to(procedure: &Procedure, stands: &Key, stages: &[Key]) -> Vec<Key> {
    procedure
        .acts
        .iter()
        .filter(|it| !it.by_law && it.from.contains(stands))
        .filter(|it| it.to.as_ref().is_some_and(|to| stages.contains(to)))
        .map(|it| it.key.clone())
        .collect()
}

fn untimely(matter: Option<&Matter>, wish: &Wish) -> Option<Ground> {
    let earliest = matter.map(|it| it.last).filter(|last| wish.effective.at < *last);
    let now = crate::local(wish.now);
    let future = wish.effective.at > now;
    (earliest.is_some() || future).then(|| Ground {
        kind: GroundKind::Untimely { earliest: earliest.map(DateTime::date) },
        basis: Vec::new(),
        says: None,
        remedy: Vec::new(),
    })
}

/// Adds what the act's conditions have against it; on a late entry as findings where they may be.
pub(crate) fn conditions(
    view: &View<'_>,
    late_entry: bool,
    grounds: &mut Vec<Ground>,
    findings: &mut Vec<Finding>,
) {
    grounds.extend(person::against_colleagues(view));
    for require in &view.act.requires {
        if view.holds(&require.that) != Some(false) {
            continue;
        }
        if late_entry && require.kind != RequireKind::Substance {
            findings.push(Finding {
                basis: require.basis.clone(),
                key: require.key.clone(),
                says: require.otherwise.clone(),
            });
        } else {
            grounds.push(Ground {
                kind: GroundKind::Unmet { require: require.key.clone() },
                basis: require.basis.clone(),
                says: Some(require.otherwise.clone()),
                remedy: require.remedy.clone(),
            });
        }
    }
}

fn finding(view: &View<'_>, ground: Ground) -> Finding {
    let named = match &ground.kind {
        GroundKind::OutOfTime { limit, .. } => {
            view.procedure.limit(limit).map(|it| (it.key.clone(), it.name.clone()))
        }
        GroundKind::Unapproved { approval } => {
            view.procedure.approval(approval).map(|it| (it.key.clone(), it.name.clone()))
        }
        _ => None,
    };
    let (key, says) = named.unwrap_or_else(|| (Key::new(ground.kind.id()), Default::default()));
    Finding { basis: ground.basis, key, says }
}

fn drafted(
    view: &View<'_>,
    law: &ProcedureRef,
    calendar: &Calendar,
    wish: &Wish,
    worked: Worked,
    findings: Vec<Finding>,
) -> Drafted {
    let mut salts = Salts::new(wish.seed);
    let mut secrets = Vec::new();
    let inputs = input::seal_fields(view, &mut salts, &mut secrets);
    let parties = input::seal_parties(view, &mut salts, &mut secrets);
    let (jurisdiction, id, body, seq) = match (view.matter, &wish.opens) {
        (Some(matter), _) => {
            (matter.jurisdiction.clone(), matter.id, matter.body.clone(), matter.version + 1)
        }
        (None, Some((jurisdiction, id, body))) => (jurisdiction.clone(), *id, body.clone(), 1),
        (None, None) => unreachable!("an opening wish names its jurisdiction, matter and body"),
    };
    let event = Event {
        act: wish.act.clone(),
        actor: actor(view, wish),
        body,
        calendar: calendar.version(),
        changes: worked.changes,
        effective: wish.effective.clone(),
        findings,
        inputs,
        item: view.item.clone(),
        jurisdiction,
        law: law.clone(),
        matter: id,
        parties,
        prev: Hash::NONE,
        recorded: wish.now,
        seq,
        v: FORMAT_VERSION,
    };
    Drafted { event, secrets, numbers: worked.numbers }
}

/// Who acted, in a role that was open to them: the one a draft's step says, else their own choice, else the act's first.
fn actor(view: &View<'_>, wish: &Wish) -> Actor {
    let Actor::Official { account, role } = &wish.actor else { return wish.actor.clone() };
    let open = person::open_roles(view);
    let own = Some(role).filter(|it| open.contains(it)).or(open.first().copied());
    let role = draft::role(view, wish).or(own.cloned()).unwrap_or_else(|| role.clone());
    Actor::Official { account: account.clone(), role }
}

/// The clock whose end the law acts upon next, if it lies before a moment.
fn next_expiry<'a>(procedure: &Procedure, matter: &'a Matter, until: DateTime) -> Option<&'a Clock> {
    matter
        .clocks
        .iter()
        .filter(|clock| clock.is_running() && clock.ends_at() < until)
        .filter(|clock| lawful_expiry(procedure, matter, clock).is_some())
        .min_by_key(|clock| (clock.ends_at(), clock.limit.clone(), clock.item))
}

fn lawful_expiry<'a>(procedure: &'a Procedure, matter: &Matter, clock: &Clock) -> Option<&'a Act> {
    let act = procedure.act(clock.deems.as_ref()?)?;
    let stands = match (&act.item, clock.item) {
        (None, None) => act.from.contains(&matter.stage),
        (Some(kind), Some(n)) => {
            let item = matter.item(&ItemRef { kind: kind.clone(), n })?;
            // What the law does in an item it also does when the matter was closed around it.
            (matter.closed || act.within.contains(&matter.stage)) && act.from.contains(&item.stage)
        }
        _ => false,
    };
    (act.by_law && stands).then_some(act)
}

/// What the law does by itself, in legal order, for every limit that ended before `until`.
pub fn expire(
    procedure: &Procedure,
    law: &ProcedureRef,
    calendar: &Calendar,
    matter: &Matter,
    until: DateTime,
    now: Timestamp,
) -> Vec<Drafted> {
    let mut drafts: Vec<Drafted> = Vec::new();
    let mut state = std::borrow::Cow::Borrowed(matter);
    while let Some(clock) = next_expiry(procedure, &state, until)
        && let Some(act) = lawful_expiry(procedure, &state, clock)
    {
        let wish = Wish {
            act: act.key.clone(),
            actor: Actor::Law,
            effective: Effective { at: clock.ends_at(), rule: Key::new("expiry") },
            inputs: Inputs::default(),
            now,
            seed: [0; 32],
            late_entry: false,
            target: Target { item: clock.item, ..Target::default() },
            opens: None,
        };
        let facts = Facts::default();
        let view = View {
            procedure,
            act,
            matter: Some(&state),
            fields: &wish.inputs.fields,
            parties: &[],
            facts: &facts,
            day: wish.effective.at.date(),
            item: item_of(act, Some(&state), &wish.target),
            calendar: Some(calendar),
            open: false,
        };
        let worked = effect::work(&view, wish.effective.at, calendar);
        let stops = worked
            .changes
            .iter()
            .any(|it| matches!(it, Change::ClockStopped { limit, item, .. } if *limit == clock.limit && *item == clock.item));
        let failed = !worked.grounds.is_empty();
        if failed || !stops {
            break;
        }
        let draft = drafted(&view, law, calendar, &wish, worked, Vec::new());
        state = std::borrow::Cow::Owned(fold(Some(state.into_owned()), &draft.event, Hash::NONE));
        drafts.push(draft);
    }
    drafts
}
