//! Papers of a matter: what was issued, what may be printed at any time, what a draft would issue; each as
//! a document for whoever may read the matter. And the case file: everything in order, in one.

use std::collections::BTreeMap;

use calendar::Date;
use engine::{Event, Hash, ItemRef, Jurisdiction, Matter, MatterId, PartyRecord, Value};
use law::{EffectKind, Key, Paper, Procedure, Text};
use papers::{Case, Document, PartyWords, Standing, compose};
use press::wire::{Content, Dossier, Part};

use crate::{
    access::{self, Caller, Denied},
    matter::{Opened, Secrets, classes_ever, classes_held, party_name, plain},
    open::{Office, unknown},
    reading::Given,
    view::PaperView,
    words::both,
};

/// Which paper of a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRef {
    /// Paper.
    pub paper: Key,
    /// The event that issued it; of a draft that would issue it, the event that drafted it; `None` for a
    /// paper printed on demand.
    pub seq: Option<u64>,
}

/// In which form a paper or a case file is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperForm {
    /// On a page.
    Page,
    /// As PDF.
    Pdf,
    /// As DOCX.
    Docx,
}

impl PaperForm {
    /// How the read log names it.
    fn way(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }
}

/// A paper with what its page says of its matter.
#[derive(Clone, Debug)]
pub struct PaperShown {
    /// The paper.
    pub document: Document,
    /// The matter's number.
    pub number: String,
    /// Where the matter stands.
    pub stage: Text,
}

/// What anybody may know who holds a paper in their hands: nothing personal.
#[derive(Clone, Debug)]
pub struct Verified {
    /// What sort of paper.
    pub name: Text,
    /// Its number.
    pub number: Option<String>,
    /// Who issued it.
    pub organ: Text,
    /// Its date.
    pub on: Date,
    /// Whether it stands; else it is void.
    pub stands: bool,
    /// Hash of the record that issued it.
    pub hash: String,
}

/// Characters of a record's hash that an address of verification carries.
const HASH_SHOWN: usize = 16;

impl Office {
    /// A paper of a matter as a document; that it is given, and in which form, is recorded first. `site` is where
    /// the site is reached, for the address on the paper under which it can be verified.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn paper(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
        wanted: &PaperRef,
        form: PaperForm,
        site: &str,
    ) -> anyhow::Result<Result<PaperShown, Denied>> {
        let opened = match self.opened(caller, place, id)? {
            Ok(opened) => opened,
            Err(denied) => return Ok(Err(denied)),
        };
        let Some(document) = self.document(&opened, wanted, site, opened.inside) else {
            return Ok(Err(Denied::NotYours));
        };
        let at = wanted.seq.map_or_else(|| "free".to_owned(), |it| it.to_string());
        let what = format!("paper:{at}:{}", wanted.paper);
        self.note(caller, place, Given::of_matter(form.way(), id, &what, classes_held(&opened))).await?;
        let stage = opened.procedure.stage(&opened.matter.stage);
        Ok(Ok(PaperShown {
            document,
            number: opened.matter.number(),
            stage: stage.map_or_else(unknown, |it| it.name.clone()),
        }))
    }

    /// The papers that a matter has, each with where it stands; for readers from outside only those issued.
    pub(crate) fn papers_of(&self, opened: &Opened, inside: bool) -> Vec<PaperView> {
        let Opened { matter, procedure, .. } = opened;
        let name = |key: &Key| procedure.papers.iter().find(|it| it.key == *key).map(|it| it.name.clone());
        let mut all: Vec<PaperView> = matter
            .papers
            .iter()
            .filter_map(|it| {
                let state = if it.voided.is_some() { "void" } else { "issued" };
                let (paper, seq) = (it.paper.clone(), Some(it.seq));
                let number = it.number.clone();
                Some(PaperView { name: name(&it.paper)?, paper, seq, number, on: Some(it.on), state })
            })
            .collect();
        if inside {
            let free = procedure.papers.iter().filter(|it| it.on_demand);
            all.extend(free.map(|it| PaperView {
                name: it.name.clone(),
                paper: it.key.clone(),
                seq: None,
                number: None,
                on: None,
                state: "free",
            }));
            for draft in matter.drafts.iter().filter(|it| it.state == engine::DraftState::Standing) {
                let issues = procedure.act(&draft.act).into_iter().flat_map(|it| &it.effects);
                let issues = issues.filter_map(|it| match &it.kind {
                    EffectKind::Issue(key) => Some(key),
                    _ => None,
                });
                all.extend(issues.filter_map(|key| {
                    let (paper, seq) = (key.clone(), Some(draft.seq));
                    Some(PaperView { name: name(key)?, paper, seq, number: None, on: None, state: "draft" })
                }));
            }
        }
        all
    }

    fn document(&self, opened: &Opened, wanted: &PaperRef, site: &str, inside: bool) -> Option<Document> {
        let Opened { matter, events, secrets, procedure, .. } = opened;
        let paper = procedure.papers.iter().find(|it| it.key == wanted.paper)?;
        let Some(seq) = wanted.seq else {
            let free = paper.on_demand && inside;
            return free.then(|| self.composed(opened, matter, paper, &Moment::default()));
        };
        let (event, hash) = events.iter().find(|it| it.0.seq == seq)?;
        let issued = matter.papers.iter().find(|it| it.seq == seq && it.paper == wanted.paper);
        let Some(issued) = issued else {
            let draft = matter.drafts.iter().find(|it| it.seq == seq && inside)?;
            let (calendar, now) = (self.laws().calendar(), self.now());
            let (given, set) = (opened_inputs(event, secrets), self.parameters(&matter.jurisdiction));
            let state = engine::foreseen(procedure, calendar, matter, draft, &given, &set, now);
            let item = state.done.last().and_then(|it| it.item.as_ref());
            let moment = Moment { act: Some(&draft.act), item, ..Moment::default() };
            return Some(self.composed(opened, &state, paper, &moment));
        };
        let before = events.iter().filter(|it| it.0.seq <= seq);
        let state = engine::fold_all(before.map(|(event, hash)| (event, *hash)))?;
        let verify = verify_address(site, &matter.jurisdiction, matter.id, seq, hash, &wanted.paper);
        let moment = Moment {
            act: Some(&event.act),
            item: event.item.as_ref(),
            number: issued.number.as_deref(),
            day: Some(issued.on),
            verify: Some(&verify),
            standing: if issued.voided.is_some() { Standing::Void } else { Standing::Issued },
            official: event.actor.person().and_then(|it| self.official(it, issued.on)),
        };
        Some(self.composed(opened, &state, paper, &moment))
    }

    fn composed(&self, opened: &Opened, matter: &Matter, paper: &Paper, at: &Moment<'_>) -> Document {
        let Opened { secrets, procedure, .. } = opened;
        let mut values = opened_values(procedure, &matter.fields, secrets);
        if let Some(item) = at.item.and_then(|it| matter.item(it)) {
            values.extend(opened_values(procedure, &item.fields, secrets));
        }
        let parties: Vec<PartyWords> = matter.parties.iter().map(|it| party_words(it, secrets)).collect();
        let place = self.place(&matter.jurisdiction);
        let on = at.day.unwrap_or_else(|| self.now().date());
        let body = self.body_words(&matter.jurisdiction, &matter.body, on);
        compose(&Case {
            procedure,
            paper,
            matter,
            act: at.act.map(Key::as_str),
            item: at.item,
            values: &values,
            parties: &parties,
            parameters: &self.parameters_on(&matter.jurisdiction, on),
            officials: &self.officials(&matter.jurisdiction, on),
            body: &body.name,
            letterhead: &body.letterhead,
            place: &place.map(|it| it.name.zh).unwrap_or_default(),
            official: at.official.as_deref(),
            number: at.number,
            day: at.day,
            verify: at.verify,
            standing: at.standing,
        })
    }

    /// What the holder of a paper may learn from the address on it; nothing without the record's hash.
    ///
    /// # Errors
    /// If the store fails.
    pub fn verify_paper(
        &self,
        place: &Jurisdiction,
        id: MatterId,
        seq: u64,
        hash: &str,
        paper: &str,
    ) -> anyhow::Result<Option<Verified>> {
        self.store().read(|reader| {
            let Some(matter) = reader.matter(place, id)? else { return Ok(None) };
            let events = reader.events(place, id)?;
            let event = events.iter().find(|it| it.0.seq == seq);
            let Some((_, own)) = event.filter(|it| hash.len() == HASH_SHOWN && it.1.hex().starts_with(hash))
            else {
                return Ok(None);
            };
            let procedure = self.laws().of_matter(&matter.law, |hash| reader.law(hash))?;
            let issued = matter.papers.iter().find(|it| it.seq == seq && it.paper.as_str() == paper);
            let named = procedure.papers.iter().find(|it| it.key.as_str() == paper);
            Ok(issued.zip(named).map(|(issued, named)| Verified {
                name: named.name.clone(),
                number: issued.number.clone(),
                organ: self.place(place).map(|it| it.organ).unwrap_or_default(),
                on: issued.on,
                stands: issued.voided.is_none(),
                hash: own.hex(),
            }))
        })
    }

    /// The case file of a matter: cover, and every paper and file in the order in which they came in. That it is
    /// gathered, as a catalogue for a page or to be made into a file, is recorded first.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn dossier(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
        form: PaperForm,
        site: &str,
    ) -> anyhow::Result<Result<Dossier, Denied>> {
        let what = if form == PaperForm::Page { "dossier" } else { "dossier-made" };
        let opened = self.opened_dossier(caller, place, id, (form, what)).await?;
        Ok(opened.map(|it| self.gathered(&it, site)))
    }

    /// Records that the file made of a case file is given, if it may be.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn give_dossier(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
    ) -> anyhow::Result<Result<(), Denied>> {
        Ok(self.opened_dossier(caller, place, id, (PaperForm::Pdf, "dossier")).await?.map(drop))
    }

    /// Whether somebody may have the case file of a matter now, and which: the matter's number and version. Nothing
    /// is given yet, so nothing is recorded.
    ///
    /// # Errors
    /// If the store fails.
    pub fn dossier_now(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
    ) -> anyhow::Result<Result<(String, u64), Denied>> {
        let row = self.store().read(|reader| reader.matter_row(place, id))?;
        let posts = |procedure: &Key| self.laws().posts_of(procedure);
        let row = row.filter(|it| access::inside(caller, place, &it.body, posts(&it.procedure)));
        Ok(row.map(|it| (it.number, it.version)).ok_or(Denied::NotYours))
    }

    async fn opened_dossier(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        id: MatterId,
        (form, what): (PaperForm, &str),
    ) -> anyhow::Result<Result<Opened, Denied>> {
        let opened = match self.opened(caller, place, id)? {
            Ok(opened) if opened.inside => opened,
            Ok(_) => return Ok(Err(Denied::NotYours)),
            Err(denied) => return Ok(Err(denied)),
        };
        self.note(caller, place, Given::of_matter(form.way(), id, what, classes_ever(&opened))).await?;
        Ok(Ok(opened))
    }

    fn gathered(&self, opened: &Opened, site: &str) -> Dossier {
        let Opened { matter, events, procedure, .. } = opened;
        let mut parts = Vec::new();
        for (event, _) in events.iter().filter(|it| !matter.corrected.contains(&it.0.seq)) {
            self.add_papers(opened, event, site, &mut parts);
            self.add_files(opened, event, &mut parts);
        }
        let says = |id: &str| both(id).zh;
        let mut cover = vec![
            (says("cover-procedure"), procedure.name.zh.clone()),
            (says("cover-received"), papers::chinese_date(matter.received.date())),
        ];
        for party in &matter.parties {
            let role = procedure.party(&party.role).map(|it| it.name.zh.clone()).unwrap_or_default();
            cover.push((role, party_name(party, &opened.secrets)));
        }
        if let Some(outcome) = matter.outcome.as_ref().and_then(|it| procedure.outcome(it)) {
            cover.push((says("cover-outcome"), outcome.name.zh.clone()));
        }
        if let Some(day) = matter.closed_on {
            cover.push((says("cover-closed"), papers::chinese_date(day)));
        }
        Dossier {
            body: self.place(&matter.jurisdiction).map(|it| it.organ.zh).unwrap_or_default(),
            title: procedure.name.zh.clone(),
            number: matter.number(),
            cover,
            parts,
        }
    }

    fn add_papers(&self, opened: &Opened, event: &Event, site: &str, parts: &mut Vec<Part>) {
        let issued = opened.matter.papers.iter().filter(|it| it.seq == event.seq && it.voided.is_none());
        for issued in issued {
            let wanted = PaperRef { paper: issued.paper.clone(), seq: Some(issued.seq) };
            let Some(document) = self.document(opened, &wanted, site, true) else { continue };
            let named = opened.procedure.papers.iter().find(|it| it.key == issued.paper);
            parts.push(Part {
                name: named.map(|it| it.name.zh.clone()).unwrap_or_default(),
                number: issued.number.clone().unwrap_or_default(),
                date: papers::chinese_date(issued.on),
                content: Content::Paper(Box::new(document)),
            });
        }
    }

    fn add_files(&self, opened: &Opened, event: &Event, parts: &mut Vec<Part>) {
        let drafted = event.changes.iter().any(|it| matches!(it, engine::Change::Drafted { .. }));
        if drafted {
            return;
        }
        for value in opened_inputs(event, &opened.secrets).into_values() {
            let Value::Files(files) = value else { continue };
            parts.extend(files.into_iter().map(|file| Part {
                name: file.name.clone(),
                number: String::new(),
                date: papers::chinese_date(event.effective.at.date()),
                content: Content::File {
                    path: self.store().files().path(&file.hash),
                    media: file.media.clone(),
                    hash: file.hash.hex(),
                },
            }));
        }
    }
}

/// What a paper is written at: by which act, with what.
struct Moment<'a> {
    act: Option<&'a Key>,
    item: Option<&'a ItemRef>,
    number: Option<&'a str>,
    day: Option<Date>,
    verify: Option<&'a str>,
    standing: Standing,
    official: Option<String>,
}

impl Default for Moment<'_> {
    fn default() -> Self {
        Self {
            act: None,
            item: None,
            number: None,
            day: None,
            verify: None,
            standing: Standing::Draft,
            official: None,
        }
    }
}

fn verify_address(
    site: &str,
    place: &Jurisdiction,
    id: MatterId,
    seq: u64,
    hash: &Hash,
    paper: &Key,
) -> String {
    let hash = hash.hex();
    format!("{site}/verify/{place}/{id}/{seq}/{}/{paper}", &hash[..HASH_SHOWN.min(hash.len())])
}

fn opened_inputs(event: &Event, secrets: &Secrets) -> BTreeMap<Key, Value> {
    let open =
        |(key, value): (&Key, &Value)| Some((key.clone(), plain(value, secrets, &format!("inputs.{key}"))?));
    event.inputs.iter().filter_map(open).collect()
}

fn opened_values(
    procedure: &Procedure,
    fields: &BTreeMap<Key, Value>,
    secrets: &Secrets,
) -> BTreeMap<Key, Value> {
    let known = fields.iter().filter(|it| procedure.field(it.0).is_some());
    known
        .filter_map(|(key, value)| Some((key.clone(), plain(value, secrets, &format!("inputs.{key}"))?)))
        .collect()
}

fn party_words(party: &PartyRecord, secrets: &Secrets) -> PartyWords {
    let part = |value: &Option<Value>, part: &str| {
        let path = format!("parties.{}.{part}", party.id);
        let value = value.as_ref().and_then(|it| plain(it, secrets, &path));
        value.and_then(|it| it.as_text().map(str::to_owned)).unwrap_or_default()
    };
    PartyWords {
        role: party.role.clone(),
        kind: party.kind,
        name: party_name(party, secrets),
        address: part(&party.address, "address"),
        number: part(&party.number, "number"),
        phone: part(&party.phone, "phone"),
    }
}
