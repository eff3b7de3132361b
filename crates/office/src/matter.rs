//! A matter as its reader may see it: parties, clocks with their derivation, what happened, what can be
//! done and what cannot, with every reason.

use calendar::Date;
use engine::{
    Change, Clock, ClockState, Event, Facts, Hash, Jurisdiction, Matter, MatterId, PartyRecord, Secret,
    Target, Value,
};
use law::{EffectKind, Key, Procedure, Text, Wanted};

use crate::{
    access::{self, Caller, Denied, may},
    builtin::organ_of,
    course,
    mask::{self, Personal},
    open::{Office, unknown},
    reading::Given,
    view::{AskView, ClockView, FieldView, FormView, MatterView, PartyView, StageMark},
    words::both,
};

/// Personal values of a matter by event and path.
pub(crate) type Secrets = Vec<(u64, Secret)>;

/// Everything of a matter that a view is made of.
pub(crate) struct Opened {
    pub(crate) matter: Matter,
    pub(crate) events: Vec<(Event, Hash)>,
    pub(crate) secrets: Secrets,
    pub(crate) procedure: std::sync::Arc<Procedure>,
    /// Whether the reader works in the body that handles it, in a post that has a part in its procedure.
    pub(crate) inside: bool,
}

impl Office {
    /// Opens a matter for reading; that it was read is recorded first.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn matter(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
        page: &str,
    ) -> anyhow::Result<Result<MatterView, Denied>> {
        let opened = match self.opened(caller, place, id)? {
            Ok(opened) => opened,
            Err(denied) => return Ok(Err(denied)),
        };
        let view = self.view_of(caller, &opened)?;
        self.note(caller, place, Given::of_matter("page", id, page, classes_of(&view))).await?;
        Ok(Ok(view))
    }

    pub(crate) fn opened(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
    ) -> anyhow::Result<Result<Opened, Denied>> {
        self.store().read(|reader| {
            let Some(matter) = reader.matter(place, id)? else { return Ok(Err(Denied::NotYours)) };
            if let Err(denied) = may(caller, access::reading(self.laws(), place, &matter)) {
                return Ok(Err(denied));
            }
            let procedure = self.laws().of_matter(&matter.law, |hash| reader.law(hash))?;
            let (events, secrets) = (reader.events(place, id)?, reader.secrets(place, id)?);
            let posts = self.laws().posts_of(&matter.law.key);
            let inside = access::inside(caller, place, &matter.body, posts);
            Ok(Ok(Opened { matter, events, secrets, procedure, inside }))
        })
    }

    /// What a form of an act asks for, with suggested masked texts beside their originals.
    ///
    /// # Errors
    /// If the store fails.
    pub fn form(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
        act: &str,
        target: &Target,
    ) -> anyhow::Result<Result<FormView, Denied>> {
        let (people, terms, today) = (self.people(place), self.terms(), self.now().date());
        self.store().read(|reader| {
            let Some(matter) = reader.matter(place, id)? else { return Ok(Err(Denied::NotYours)) };
            if let Err(denied) = may(caller, access::reading(self.laws(), place, &matter)) {
                return Ok(Err(denied));
            }
            let procedure = self.laws().of_matter(&matter.law, |hash| reader.law(hash))?;
            let Some(act) = procedure.act(act).filter(|it| !it.opens_matter()) else {
                return Ok(Err(Denied::NotYours));
            };
            let done = act;
            let posts = self.laws().posts_of(&matter.law.key);
            let held = access::roles(caller, &procedure, Some(&matter), place, &matter.body);
            let theirs = done.by.iter().any(|it| held.contains(it));
            // A form may show what was drafted, or what waits to be published: not to whom it is closed.
            if !theirs && !access::inside(caller, place, &matter.body, posts) {
                return Ok(Err(Denied::NotYours));
            }
            let act = match (&target.drafts, engine::draft_verb(act)) {
                (Some(key), Some(EffectKind::Draft)) => match procedure.act(key) {
                    Some(drafted) => drafted,
                    None => return Ok(Err(Denied::NotYours)),
                },
                _ => act,
            };
            let asked = |field: &Key| {
                act.asks.iter().any(|ask| matches!(&ask.what, Wanted::Field(it) if it == field))
            };
            let masked = procedure.publications.iter().flat_map(|it| &it.masked);
            let masked: Vec<_> = masked.filter(|(field, _)| asked(field)).collect();
            let publishes =
                |key: &Key| act.effects.iter().any(|it| it.kind == EffectKind::Publish(key.clone()));
            let beside =
                procedure.publications.iter().filter(|it| publishes(&it.key)).flat_map(|it| &it.masked);
            let beside: Vec<_> = beside.filter(|(field, _)| !asked(field)).collect();
            let none = masked.is_empty() && beside.is_empty();
            let secrets = if none { Secrets::new() } else { reader.secrets(place, id)? };
            let words = |key: &Key| {
                let value = plain(matter.fields.get(key)?, &secrets, &format!("inputs.{key}"))?;
                value.as_text().map(str::to_owned)
            };
            let compares = beside.into_iter().filter_map(|(field, of)| {
                Some((procedure.field(field)?.name.clone(), words(field)?, words(of)?))
            });
            let compares = compares.collect();
            let personal = personal_values(&procedure, &matter, &secrets);
            let masks = masked.into_iter().filter_map(|(field, of)| {
                let text = words(of)?;
                Some((field.clone(), mask::masked(&text, &personal), text))
            });
            let masks = masks.collect();
            let form = form_of(&procedure, act);
            let form = course::approved_form(reader, &procedure, &matter, target, form)?;
            let holders = terms.holders(&procedure, place, &matter.body, today);
            let choices = course::choices(act, &form.asks, &people, (&holders, caller));
            let about = (done.key != act.key).then(|| act.name.clone());
            Ok(Ok(FormView { act: done.clone(), masks, choices, about, compares, ..form }))
        })
    }

    /// What the form of a procedure's opening act asks of a caller today.
    pub fn opening_form(&self, caller: &Caller, place: &Jurisdiction, procedure: &str) -> Option<FormView> {
        self.place(place)?;
        let today = self.now().date();
        let procedure = self.laws().procedure(procedure, today)?;
        let act = opening(caller, &procedure, place)?;
        let form = form_of(&procedure, act);
        let holders = self.terms().holders(&procedure, place, &organ_of(place), today);
        let choices = course::choices(act, &form.asks, &self.people(place), (&holders, caller));
        Some(FormView { choices, ..form })
    }

    /// A file of a matter; that it was given is recorded first.
    ///
    /// # Errors
    /// If the store or the disk fails.
    pub async fn open_file(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
        hash: &str,
    ) -> anyhow::Result<Result<(engine::FileRef, Vec<u8>), Denied>> {
        let opened = match self.opened(caller, place, id)? {
            Ok(opened) => opened,
            Err(denied) => return Ok(Err(denied)),
        };
        let found = opened.procedure.fields.iter().find_map(|field| {
            let history = all_values(&opened.events, &opened.secrets, &field.key);
            let mut files = history.into_iter().filter_map(|value| match value {
                Value::Files(files) => files.into_iter().find(|it| it.hash.hex() == hash),
                _ => None,
            });
            files.next().map(|file| (field, file))
        });
        let Some((field, file)) = found else { return Ok(Err(Denied::NotYours)) };
        let Some(bytes) = self.store().files().get(&file.hash)? else {
            anyhow::bail!("the file {} is not in the store", file.hash)
        };
        // Its field tells enough: a name was typed, and a hash would tell of a file that has been erased.
        let what = format!("file:{}", field.key);
        self.note(caller, place, Given::of_matter("file", id, &what, vec![field.sensitivity])).await?;
        Ok(Ok((file, bytes)))
    }

    fn view_of(&self, caller: &Caller, opened: &Opened) -> anyhow::Result<MatterView> {
        let Opened { matter, secrets, procedure, .. } = opened;
        let today = self.now().date();
        let inside = opened.inside;
        let facts = Facts {
            roles: access::roles(caller, procedure, Some(matter), &matter.jurisdiction, &matter.body),
            parameters: self.parameters(&matter.jurisdiction),
            person: caller.account.as_ref().map(|it| it.id.clone()),
            holders: self.terms().holders(procedure, &matter.jurisdiction, &matter.body, today),
            ..Facts::default()
        };
        let own = matter.clocks.iter().filter(|it| it.item.is_none());
        let mut clocks: Vec<ClockView> = own.filter_map(|it| self.clock_view(procedure, it, today)).collect();
        clocks.sort_by_key(|it| (it.state == "stopped", it.due));
        let limits = procedure.limits.iter().flat_map(|it| &it.unsettled);
        let unsettled = limits.chain(procedure.acts.iter().flat_map(|it| &it.unsettled));
        Ok(MatterView {
            jurisdiction: matter.jurisdiction.clone(),
            id: matter.id,
            version: matter.version,
            number: matter.number(),
            numbers: matter
                .numbers
                .iter()
                .filter(|(_, text)| matter.papers.iter().all(|it| it.number.as_ref() != Some(text)))
                .filter_map(|(key, text)| Some((procedure.serie(key)?.name.clone(), text.clone())))
                .collect(),
            procedure: procedure.name.clone(),
            procedure_key: procedure.key.clone(),
            procedure_from: procedure.from,
            organ: self.place(&matter.jurisdiction).map_or_else(unknown, |it| it.organ),
            stage: procedure.stage(&matter.stage).map_or_else(unknown, |it| it.name.clone()),
            stages: stages(procedure, opened),
            closed: matter.closed,
            outcome: matter
                .outcome
                .as_ref()
                .and_then(|it| procedure.outcome(it))
                .map(|it| (it.name.clone(), it.basis.clone())),
            received: matter.received,
            parties: matter.parties.iter().map(|it| party_view(procedure, it, secrets)).collect(),
            fields: procedure
                .fields
                .iter()
                .filter(|it| inside || it.sensitivity < law::Sensitivity::Secret)
                .filter_map(|it| {
                    let value = matter.fields.get(&it.key)?;
                    Some(field_view(procedure, &it.key, value, secrets))
                })
                .collect(),
            clocks,
            timeline: self.timeline(opened, &facts, caller),
            offers: course::offers(procedure, matter, &facts, today, None),
            items: self.items(procedure, matter, secrets, &facts, (today, inside)),
            drafts: if inside { self.drafts(opened, &facts, today) } else { Vec::new() },
            papers: self.papers_of(opened, inside),
            links: self.links(caller, procedure, opened)?,
            handler: matter.handler.as_ref().map(|it| self.official(it, today).unwrap_or_else(|| it.clone())),
            publications: procedure
                .publications
                .iter()
                .filter(|it| was_published(opened, &it.key))
                .map(|it| (it.key.clone(), it.name.clone(), matter.published.contains(&it.key)))
                .collect(),
            unsettled: unsettled.map(|it| it.question.clone()).collect(),
        })
    }

    pub(crate) fn clock_view(&self, procedure: &Procedure, clock: &Clock, today: Date) -> Option<ClockView> {
        let limit = procedure.limit(&clock.limit)?;
        let (stopped, late) = match clock.state {
            ClockState::Stopped { on, late } => (Some(on), late),
            _ => (None, 0),
        };
        Some(ClockView {
            limit: limit.key.clone(),
            item: course::item_name(procedure, limit.item.as_ref(), clock.item),
            name: limit.name.clone(),
            basis: limit.basis.clone(),
            on: match &clock.on {
                law::Duty::Authority => None,
                law::Duty::Party(role) => procedure.party(role).map(|it| it.name.clone()),
            },
            length: clock.length,
            from: clock.from,
            pauses: clock.pauses.clone(),
            extensions: clock.extensions.clone(),
            due: clock.due,
            state: state_of(clock, today),
            stopped,
            late,
            left: self.laws().calendar().days_left(today, clock.due, clock.length.unit),
            derivation: clock.derive(self.laws().calendar()).ok(),
            deems: clock.deems.as_ref().and_then(|it| procedure.act(it)).map(|it| it.name.clone()),
            unsettled: limit.unsettled.iter().map(|it| it.question.clone()).collect(),
        })
    }
}

/// How a clock stands on a day, as pages name it. Nobody is late by a limit whose end is only a fact.
pub(crate) fn state_of(clock: &Clock, today: Date) -> &'static str {
    match clock.state {
        ClockState::Running if today > clock.due && clock.fact => "passed",
        ClockState::Running if today > clock.due => "overdue",
        ClockState::Running => "running",
        ClockState::Suspended { .. } => "suspended",
        ClockState::Stopped { .. } => "stopped",
    }
}

pub(crate) fn is_secret(procedure: &Procedure, field: &Key) -> bool {
    procedure.field(field).is_some_and(|it| it.sensitivity == law::Sensitivity::Secret)
}

/// The classes of what a view of a matter shows.
fn classes_of(view: &MatterView) -> Vec<law::Sensitivity> {
    let of_items = view.items.iter().flat_map(|it| &it.1).flat_map(|it| &it.fields);
    let of_drafts = view.drafts.iter().flat_map(|it| &it.fields);
    let given = view.timeline.iter().flat_map(|it| &it.inputs);
    let fields = view.fields.iter().chain(of_items).chain(of_drafts).chain(given);
    let persons = view.parties.iter().any(|it| it.kind == law::PartyKind::Person);
    let parties = if persons { law::Sensitivity::Personal } else { law::Sensitivity::Internal };
    fields.map(|it| it.sensitivity).chain([law::Sensitivity::Internal, parties]).collect()
}

/// The classes of what stands in a matter and its items: of what a paper may be written from.
pub(crate) fn classes_held(opened: &Opened) -> Vec<law::Sensitivity> {
    let of_items = opened.matter.items.iter().flat_map(|it| it.fields.keys());
    classes(opened, opened.matter.fields.keys().chain(of_items))
}

/// The classes of everything that was ever given in a matter.
pub(crate) fn classes_ever(opened: &Opened) -> Vec<law::Sensitivity> {
    classes(opened, opened.events.iter().flat_map(|it| it.0.inputs.keys()))
}

fn classes<'a>(opened: &Opened, fields: impl Iterator<Item = &'a Key>) -> Vec<law::Sensitivity> {
    let fields = fields.filter_map(|it| opened.procedure.field(it)).map(|it| it.sensitivity);
    let persons = opened.matter.parties.iter().any(|it| it.name.is_sealed());
    fields.chain([law::Sensitivity::Internal]).chain(persons.then_some(law::Sensitivity::Personal)).collect()
}

/// Whether a publication has ever been up.
fn was_published(opened: &Opened, key: &Key) -> bool {
    let changes = opened.events.iter().flat_map(|(event, _)| &event.changes);
    changes.into_iter().any(|it| matches!(it, Change::Published { publication } if publication == key))
}

/// The act by which a caller opens a matter: the first that one of their roles may do, else the first.
pub(crate) fn opening<'a>(
    caller: &Caller,
    procedure: &'a Procedure,
    place: &Jurisdiction,
) -> Option<&'a law::Act> {
    let held = access::roles(caller, procedure, None, place, &organ_of(place));
    let theirs = procedure.openings().find(|it| it.by.iter().any(|role| held.contains(role)));
    theirs.or_else(|| procedure.openings().next())
}

fn form_of(procedure: &Procedure, act: &law::Act) -> FormView {
    let asks = act.asks.iter().filter_map(|ask| match &ask.what {
        Wanted::Field(key) => {
            let field = procedure.field(key)?.clone();
            Some(AskView::Field { field, need: ask.need.clone() })
        }
        Wanted::Parties(role) => {
            let party = procedure.party(role)?.clone();
            Some(AskView::Parties { party, need: ask.need.clone() })
        }
    });
    FormView {
        act: act.clone(),
        asks: asks.collect(),
        about: None,
        given: Vec::new(),
        compares: Vec::new(),
        choices: Vec::new(),
        masks: Vec::new(),
    }
}

fn stages(procedure: &Procedure, opened: &Opened) -> Vec<(Text, StageMark)> {
    let been: Vec<&Key> = opened
        .events
        .iter()
        .filter(|(event, _)| event.item.is_none() && !opened.matter.corrected.contains(&event.seq))
        .flat_map(|(event, _)| &event.changes)
        .filter_map(|change| match change {
            Change::Stage { to, .. } => Some(to),
            _ => None,
        })
        .collect();
    let mark = |key: &Key| {
        if *key == opened.matter.stage {
            StageMark::Here
        } else if been.contains(&key) {
            StageMark::Past
        } else {
            StageMark::Ahead
        }
    };
    let own = procedure.stages.iter().filter(|it| it.item.is_none());
    own.map(|it| (it.name.clone(), mark(&it.key))).collect()
}

/// A value in plain form: as recorded, or from the side table by its path and commitment.
pub(crate) fn plain(value: &Value, secrets: &Secrets, path: &str) -> Option<Value> {
    let Value::Sealed(commitment) = value else { return Some(value.clone()) };
    // The same field may have been given many times, in items and drafts: the commitment says which.
    let mine =
        |it: &&(u64, Secret)| it.1.path == path && engine::commitment(&it.1.salt, &it.1.value) == *commitment;
    let secret = secrets.iter().rev().find(mine)?;
    serde_json::from_str(&secret.1.value).ok()
}

fn all_values(events: &[(Event, Hash)], secrets: &Secrets, key: &Key) -> Vec<Value> {
    let path = format!("inputs.{key}");
    let open = events.iter().filter_map(|(event, _)| event.inputs.get(key)).filter(|it| !it.is_sealed());
    let sealed = secrets.iter().filter(|(_, it)| it.path == path);
    let sealed = sealed.filter_map(|(_, it)| serde_json::from_str(&it.value).ok());
    open.cloned().chain(sealed).collect()
}

pub(crate) fn field_view(procedure: &Procedure, key: &Key, value: &Value, secrets: &Secrets) -> FieldView {
    let field = procedure.field(key);
    let value = plain(value, secrets, &format!("inputs.{key}"));
    let option = match (field.map(|it| &it.kind), &value) {
        (Some(law::FieldKind::Choice { options }), Some(Value::Choice(chosen))) => {
            options.iter().find(|it| it.key == *chosen).map(|it| it.name.clone())
        }
        _ => None,
    };
    FieldView {
        key: key.clone(),
        name: field.map_or_else(|| both(&format!("field-{key}")), |it| it.name.clone()),
        sensitivity: field.map_or(law::Sensitivity::Personal, |it| it.sensitivity),
        value,
        option,
    }
}

fn party_view(procedure: &Procedure, party: &PartyRecord, secrets: &Secrets) -> PartyView {
    let part = |value: &Option<Value>, part: &str| {
        let path = format!("parties.{}.{part}", party.id);
        plain(value.as_ref()?, secrets, &path)?.as_text().map(str::to_owned)
    };
    PartyView {
        id: party.id.clone(),
        role: procedure.party(&party.role).map_or_else(unknown, |it| it.name.clone()),
        kind: party.kind,
        name: party_name(party, secrets),
        number: part(&party.number, "number"),
        phone: part(&party.phone, "phone"),
        address: part(&party.address, "address"),
    }
}

/// A party's name, from the side table where it is personal.
pub(crate) fn party_name(party: &PartyRecord, secrets: &Secrets) -> String {
    plain(&party.name, secrets, &format!("parties.{}.name", party.id))
        .and_then(|it| it.as_text().map(str::to_owned))
        .unwrap_or_default()
}

/// Who against whom: the first party of each of the first two roles that have one, and how many more.
pub(crate) fn title(procedure: &Procedure, matter: &Matter, name: impl Fn(&PartyRecord) -> String) -> String {
    let mut sides = Vec::new();
    for role in &procedure.parties {
        let mut of_role = matter.parties.iter().filter(|it| it.role == role.key);
        if let Some(first) = of_role.next() {
            let more = of_role.count();
            let more = if more > 0 { format!(" +{more}") } else { String::new() };
            sides.push(format!("{}{more}", name(first)));
        }
    }
    sides.truncate(2);
    sides.join(" \u{2192} ")
}

/// The personal values of a matter, for masking.
pub(crate) fn personal_values(procedure: &Procedure, matter: &Matter, secrets: &Secrets) -> Vec<Personal> {
    let mut found = Vec::new();
    for party in &matter.parties {
        let view = party_view(procedure, party, secrets);
        let others = [view.number, view.phone, view.address].into_iter().flatten();
        found.extend(mask::of_party(party.kind, &view.role.zh, Some(&view.name), others));
    }
    found
}
