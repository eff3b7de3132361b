//! Scenarios: a case told in dated lines, and what the engine makes of it.
//!
//! A Markdown file holds fenced blocks marked `scenario`. Flush lines are input, indented lines are
//! output; [`run`] gives the file back with the output as the engine has it, so that a test compares
//! and a person can let it rewrite itself.
//!
//! ```text
//! procedure some-procedure
//! 2026-03-02 handler accept-it reason="…" days=30
//!     stage some-stage
//!     clock some-limit due 2026-05-06 raw 2026-05-01
//! 2026-03-20 law
//! ```
//!
//! What an act asks for and the line does not give is filled with a sample value, so that a line says
//! only what matters. `late` before the role enters the act as done elsewhere. `law` lets time pass.
//! `act#2` is done in the second item of its kind; `of=` names the act that a draft is of; `held` says
//! what another matter holds. `2026-03-02 may` tells who may do what that day; `2026-03-02 handler without accept-it`
//! tries the act once without each thing that it asks for, and records nothing. `handler:li` is the official li acting
//! as handler; an official who is not named is called as the role is. `official li handler` tells that li holds a role,
//! so that others can name li.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Date, DateTime};
use law::{Act, FieldKind, Key, Lang, Law, Need, ParameterValue, PartyKind, Procedure, ProcedureRef, Wanted};
use uuid::Uuid;

use crate::{
    allowed::allowed,
    cast::{Cast, actor},
    decide::{Decided, Drafted, decide, expire, item_of},
    effect::claim_value,
    event::{Actor, Change, Effective},
    fold::fold,
    id::{Hash, MatterId},
    matter::{ItemRef, Matter},
    refusal::{GroundKind, Refusal},
    seal::seal,
    value::{MatterName, Value},
    wish::{Facts, Inputs, PartyInput, Target, Wish},
};

/// Runs every scenario block of a Markdown text and gives the text with its outputs as they came out.
///
/// # Errors
/// One line per input line that is not understood, with its line number.
pub fn run(markdown: &str, law: &Law, hash: impl Fn(&Procedure) -> String) -> Result<String, Vec<String>> {
    let mut out = String::new();
    let mut faults = Vec::new();
    let mut case: Option<Case<'_>> = None;
    for (number, line) in markdown.lines().enumerate() {
        match (&mut case, line.trim_end()) {
            (None, "```scenario") => case = Some(Case::new(law)),
            (Some(_), "```") => case = None,
            (Some(_), text) if text.starts_with(' ') => continue,
            (Some(case), text) if !text.is_empty() && !text.starts_with('#') => {
                out.push_str(text);
                out.push('\n');
                match case.line(text, &hash) {
                    Ok(said) => said.iter().for_each(|it| out.push_str(&format!("    {it}\n"))),
                    Err(fault) => faults.push(format!("line {}: {fault}", number + 1)),
                }
                continue;
            }
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
    }
    if faults.is_empty() { Ok(out) } else { Err(faults) }
}

struct Case<'a> {
    law: &'a Law,
    key: Option<String>,
    procedure: Option<(&'a Procedure, ProcedureRef)>,
    matter: Option<Matter>,
    facts: Facts,
    taken: BTreeMap<(Key, i16), u64>,
    /// What each draft will give its act, by the event that drafted it.
    drafts: BTreeMap<u64, Inputs>,
    /// What other matters hold, each by how many.
    held: BTreeMap<(Key, Hash), u32>,
    cast: Cast,
}

impl<'a> Case<'a> {
    fn new(law: &'a Law) -> Self {
        Self {
            law,
            key: None,
            procedure: None,
            matter: None,
            facts: Facts::default(),
            taken: BTreeMap::new(),
            drafts: BTreeMap::new(),
            held: BTreeMap::new(),
            cast: Cast::default(),
        }
    }

    fn line(&mut self, text: &str, hash: &impl Fn(&Procedure) -> String) -> Result<Vec<String>, String> {
        let words = split(text);
        let mut words = words.iter().map(String::as_str);
        let first = words.next().unwrap_or_default();
        match first {
            "procedure" => {
                self.key = Some(words.next().ok_or("procedure WHICH?")?.to_owned());
                return Ok(Vec::new());
            }
            "parameter" => {
                let (key, value) = words.next().and_then(|it| it.split_once('=')).ok_or("KEY=VALUE")?;
                let value = value
                    .parse()
                    .map_or_else(|_| ParameterValue::Option(Key::from(value)), ParameterValue::Number);
                self.facts.parameters.insert(Key::from(key), value);
                return Ok(Vec::new());
            }
            "official" => return self.cast.official(words).map(|()| Vec::new()),
            "held" => {
                let (claim, value) = words.next().and_then(|it| it.split_once('=')).ok_or("CLAIM=VALUE")?;
                let value = claim_value(&self.facts.claim_key, claim, value);
                *self.held.entry((Key::from(claim), value)).or_default() += 1;
                return Ok(Vec::new());
            }
            _ => {}
        }
        let at = moment(first)?;
        self.choose(at.date(), hash)?;
        let mut role = words.next().ok_or("WHO does it?")?;
        match role {
            "law" => return Ok(self.pass(at)),
            "may" => return Ok(self.pass(at).into_iter().chain(self.may(at.date())).collect()),
            _ => {}
        }
        let late_entry = role == "late";
        if late_entry {
            role = words.next().ok_or("WHO does it?")?;
        }
        let mut act = words.next().ok_or("WHAT is done?")?;
        let without = act == "without";
        if without {
            act = words.next().ok_or("WHAT is done without?")?;
        }
        let given: BTreeMap<&str, &str> =
            words.map(|it| it.split_once('=').ok_or(format!("{it}: KEY=VALUE"))).collect::<Result<_, _>>()?;
        if without {
            self.without(at, role, act, &given)
        } else {
            self.act(at, role, act, late_entry, &given)
        }
    }

    fn choose(&mut self, on: Date, hash: &impl Fn(&Procedure) -> String) -> Result<(), String> {
        if self.procedure.is_none() {
            let key = self.key.as_deref().ok_or("no procedure named")?;
            let procedure =
                self.law.in_force(key, on).ok_or(format!("no version of {key} in force on {on}"))?;
            let refers =
                ProcedureRef { hash: hash(procedure), key: procedure.key.clone(), version: procedure.from };
            self.procedure = Some((procedure, refers));
        }
        Ok(())
    }

    fn pass(&mut self, at: DateTime) -> Vec<String> {
        let (Some((procedure, refers)), Some(matter)) = (&self.procedure, &self.matter) else {
            return Vec::new();
        };
        let drafts = expire(procedure, refers, &self.law.calendar, matter, at, crate::instant(at));
        drafts.into_iter().flat_map(|draft| self.record(draft)).collect()
    }

    fn act(
        &mut self,
        at: DateTime,
        role: &str,
        act: &str,
        late_entry: bool,
        given: &BTreeMap<&str, &str>,
    ) -> Result<Vec<String>, String> {
        let wish = self.wish(at, role, act, late_entry, given)?;
        let Some((procedure, refers)) = &self.procedure else { return Ok(Vec::new()) };
        let (procedure, calendar) = (*procedure, &self.law.calendar);
        let Decided { by_law, result } =
            decide(procedure, refers, calendar, self.matter.as_ref(), &self.facts, &wish);
        let mut said: Vec<String> = by_law.into_iter().flat_map(|it| self.record(it)).collect();
        match result {
            Ok(draft) => match self.held_elsewhere(procedure, &draft) {
                Some(refusal) => said.extend(refused(&refusal)),
                None => {
                    self.drafts.insert(draft.event.seq, wish.inputs);
                    said.extend(self.record(draft));
                }
            },
            Err(refusal) => said.extend(refused(&refusal)),
        }
        Ok(said)
    }

    /// What a line wants, with everything that it does not say filled in.
    fn wish(
        &mut self,
        at: DateTime,
        role: &str,
        act: &str,
        late_entry: bool,
        given: &BTreeMap<&str, &str>,
    ) -> Result<Wish, String> {
        let Some((procedure, _)) = self.procedure else { return Err("no procedure named".to_owned()) };
        let (act, item) = match act.split_once('#') {
            Some((act, n)) => (act, Some(n.parse().map_err(|_| format!("{n} is no item's number"))?)),
            None => (act, None),
        };
        let declared = procedure.act(act).ok_or(format!("no act {act}"))?;
        if self.matter.is_none() && !declared.opens_matter() {
            return Err(format!("{act}: nothing has been opened"));
        }
        let (role, person) = role.split_once(':').unwrap_or((role, role));
        if let Some(role) = self.cast.unknown(procedure) {
            return Err(format!("no role {role}"));
        }
        let kind = &procedure.role(role).ok_or(format!("no role {role}"))?.kind;
        let drafts = given.get("of").map(|it| Key::from(*it));
        let asked = match &drafts {
            Some(key) => procedure.act(key).ok_or(format!("no act {key}"))?,
            None => declared,
        };
        let matter = self.matter.as_ref().filter(|_| declared.approval.is_some());
        let with = matter.and_then(|it| {
            let at = item_of(declared, Some(it), &Target { item, ..Target::default() });
            it.approved(declared, at.as_ref())
        });
        let inputs = match with.and_then(|it| self.drafts.get(&it.seq)) {
            Some(drafted) => drafted.clone(),
            None => {
                let mut inputs = inputs(procedure, asked, given, at.date(), late_entry)?;
                self.cast.fill(asked, given, person, &mut inputs);
                inputs
            }
        };
        let target = Target { item, draft: given.get("draft").and_then(|it| it.parse().ok()), drafts };
        self.facts.roles = [Key::from(role)].into();
        self.facts.person = Some(person.to_owned());
        self.facts.holders = self.cast.holders(procedure);
        self.facts.leaks =
            given.get("leaks").into_iter().flat_map(|it| it.split(',')).map(Key::from).collect();
        Ok(Wish {
            act: Key::from(act),
            actor: actor(kind, role, person),
            effective: Effective { at, rule: Key::from("counter") },
            inputs,
            now: crate::instant(at),
            seed: [7; 32],
            late_entry,
            target,
            opens: self.matter.is_none().then(|| {
                let place = "990001".parse().unwrap_or_else(|_| unreachable!("six digits"));
                (place, MatterId(Uuid::from_u128(1)), "office".to_owned())
            }),
        })
    }

    /// Who may do what on a day: for each role the acts that are open to it.
    fn may(&self, day: Date) -> Vec<String> {
        let (Some((procedure, _)), Some(matter)) = (&self.procedure, &self.matter) else { return Vec::new() };
        let mut said = Vec::new();
        for role in &procedure.roles {
            let facts = Facts {
                roles: [role.key.clone()].into(),
                person: Some(role.key.to_string()),
                holders: self.cast.holders(procedure),
                leaks: BTreeSet::new(),
                ..self.facts.clone()
            };
            let offers = allowed(procedure, matter, &facts, day);
            let open = offers.iter().filter(|it| it.refusal.is_none());
            let open: Vec<String> = open
                .map(|it| match &it.item {
                    Some(at) => format!("{}#{}", it.act.key, at.n),
                    None => it.act.key.to_string(),
                })
                .collect();
            if !open.is_empty() {
                said.push(format!("may {} {}", role.key, open.join(" ")));
            }
        }
        said
    }

    /// Tries an act once without each thing that it was given, and tells what is missed; nothing is recorded but what
    /// the law does by itself until then.
    fn without(
        &mut self,
        at: DateTime,
        role: &str,
        act: &str,
        given: &BTreeMap<&str, &str>,
    ) -> Result<Vec<String>, String> {
        let mut said = self.pass(at);
        let whole = self.wish(at, role, act, false, given)?;
        let Some((procedure, refers)) = &self.procedure else { return Ok(said) };
        let fields: Vec<Key> = whole.inputs.fields.keys().cloned().collect();
        let parties: BTreeSet<Key> = whole.inputs.parties.iter().map(|it| it.role.clone()).collect();
        for left_out in fields.into_iter().chain(parties) {
            let mut wish = whole.clone();
            wish.inputs.fields.remove(&left_out);
            wish.inputs.parties.retain(|it| it.role != left_out);
            let matter = self.matter.as_ref();
            let decided = decide(procedure, refers, &self.law.calendar, matter, &self.facts, &wish);
            said.push(format!("without {left_out}"));
            let told = decided.result.err().map_or_else(|| vec!["done".to_owned()], |it| refused(&it));
            said.extend(told.into_iter().filter(|it| !it.starts_with(' ')).map(|it| format!("  {it}")));
        }
        Ok(said)
    }

    fn held_elsewhere(&self, procedure: &Procedure, draft: &Drafted) -> Option<Refusal> {
        draft.event.changes.iter().find_map(|change| match change {
            Change::Claimed { claim, value } => {
                let held = self.held.get(&(claim.clone(), *value)).copied().unwrap_or_default();
                let seats = procedure.claim(claim).map_or(1, |it| it.seats);
                (held >= seats).then(|| Refusal::claimed(procedure, &draft.event.act, claim))
            }
            _ => None,
        })
    }

    fn record(&mut self, mut draft: Drafted) -> Vec<String> {
        let taken: Vec<u64> = draft
            .numbers
            .iter()
            .map(|want| {
                let next = self.taken.entry((want.series.clone(), want.year)).or_insert(0);
                *next += 1;
                *next
            })
            .collect();
        draft.assign(&taken);
        let sealed = seal(draft.event, self.matter.as_ref().map_or(Hash::NONE, |it| it.head));
        let event = &sealed.event;
        let mut said = Vec::new();
        if event.actor == Actor::Law {
            let act = self.procedure.as_ref().and_then(|(it, _)| it.act(&event.act));
            let basis = act.and_then(|it| it.basis.first()).map(ToString::to_string);
            let on = event.effective.at.date();
            said.push(format!("law {} {on} {}", event.act, basis.unwrap_or_default()));
        }
        said.extend(event.changes.iter().filter_map(|it| change(it, event.item.as_ref())));
        said.extend(event.findings.iter().map(|it| format!("finding {}", it.key)));
        self.matter = Some(fold(self.matter.take(), event, sealed.hash));
        said
    }
}

fn change(change: &Change, at: Option<&ItemRef>) -> Option<String> {
    let of = |item: &Option<u32>| item.map_or(String::new(), |n| format!("#{n}"));
    let ends = |limit: &Key, item: &Option<u32>, due: &Date, raw: &Date, provisional: bool| {
        let limit = format!("{limit}{}", of(item));
        let rolled = if raw == due { String::new() } else { format!(" raw {raw}") };
        let open = if provisional { " provisional" } else { "" };
        format!("clock {limit} due {due}{rolled}{open}")
    };
    Some(match change {
        Change::Stage { to, .. } => match at {
            Some(at) => format!("item {} {} {to}", at.kind, at.n),
            None => format!("stage {to}"),
        },
        Change::ClockStarted { limit, item, due, raw, provisional, .. }
        | Change::ClockResumed { limit, item, due, raw, provisional, .. }
        | Change::ClockExtended { limit, item, due, raw, provisional, .. } => {
            ends(limit, item, due, raw, *provisional)
        }
        Change::ClockStopped { late: 0, .. } => return None,
        Change::ClockStopped { late, limit, item } => format!("late {limit}{} {late}", of(item)),
        Change::ClockSuspended { limit, item, .. } => format!("clock {limit}{} suspended", of(item)),
        Change::Set { field, value, .. } => {
            format!("set {field} {}", value.as_option().unwrap_or_default())
        }
        Change::Outcome { outcome, .. } => format!("outcome {outcome}"),
        Change::Number { text, .. } => format!("number {text}"),
        Change::Published { publication } => format!("published {publication}"),
        Change::Unpublished { publication } => format!("taken down {publication}"),
        Change::Issued { number, paper } => {
            let number = number.as_ref().map_or(String::new(), |it| format!(" {it}"));
            format!("issued {paper}{number}")
        }
        Change::Voided { event, paper } => format!("void {paper} of {event}"),
        Change::Notified { .. } => return None,
        Change::Corrected { event } => format!("corrected {event}"),
        Change::Linked { link, matter } => format!("linked {link} {}", matter.number),
        Change::Claimed { claim, .. } => format!("claimed {claim}"),
        Change::Released { claim } => format!("released {claim}"),
        Change::Assigned { account } => format!("assigned {account}"),
        Change::HandedOver { body } => format!("handed over {body}"),
        Change::Accompanied { account, role } => format!("colleague {account} {role}"),
        Change::Drafted { act, .. } => format!("drafted {act}"),
        Change::Endorsed { draft } => format!("endorsed {draft}"),
        Change::SentBack { draft } => format!("sent back {draft}"),
        Change::Retracted { draft } => format!("retracted {draft}"),
        Change::Countersigned { account, draft } => format!("signatory {account} {draft}"),
        Change::DraftUsed { draft } => format!("with draft {draft}"),
    })
}

fn refused(refusal: &Refusal) -> Vec<String> {
    let mut said = Vec::new();
    for ground in &refusal.grounds {
        let detail = match &ground.kind {
            GroundKind::Unmet { require } => format!(" {require}"),
            GroundKind::Input { field, fault } => format!(" {field} {}", fault.id()),
            GroundKind::WrongStage { stands, .. } => format!(" {stands}"),
            GroundKind::Distinct { distinct, was, field, .. } => {
                format!(" {distinct} {was}{}", field.iter().map(|it| format!(" {it}")).collect::<String>())
            }
            GroundKind::Unapproved { approval } => format!(" {approval}"),
            GroundKind::NoSuchItem { items } => format!(" {items}"),
            GroundKind::Claimed { claim } => format!(" {claim}"),
            GroundKind::NotYourTurn { needed } => {
                needed.iter().map(|it| format!(" {it}")).collect::<String>()
            }
            GroundKind::OutOfTime { limit, .. } | GroundKind::AlreadyExtended { limit, .. } => {
                format!(" {limit}")
            }
            _ => String::new(),
        };
        let basis: String = ground.basis.iter().map(|it| format!(" {it}")).collect();
        said.push(format!("refused {}{detail}{basis}", ground.kind.id()));
        if let Some(words) = &ground.says {
            said.push(format!("  \"{}\"", words.get(Lang::Zh)));
        }
        if !ground.remedy.is_empty() {
            let acts: Vec<&str> = ground.remedy.iter().map(Key::as_str).collect();
            said.push(format!("  remedy {}", acts.join(" ")));
        }
    }
    said
}

fn moment(word: &str) -> Result<DateTime, String> {
    match word.contains('T') {
        true => word.parse().map_err(|_| format!("{word} is no moment")),
        false => {
            word.parse::<Date>().map(|date| date.at(10, 0, 0, 0)).map_err(|_| format!("{word} is no day"))
        }
    }
}

/// Words of a line; a value in quotes may hold blanks.
fn split(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.iter_mut().last().into_iter().for_each(|it| it.push(c)),
        }
    }
    words.retain(|it| !it.is_empty());
    words
}

fn inputs(
    procedure: &Procedure,
    act: &Act,
    given: &BTreeMap<&str, &str>,
    day: Date,
    late_entry: bool,
) -> Result<Inputs, String> {
    let mut inputs = Inputs::default();
    for ask in &act.asks {
        let sample = ask.need == Need::Required && !late_entry;
        match &ask.what {
            Wanted::Field(key) => {
                let field = procedure.field(key).ok_or(format!("no field {key}"))?;
                match given.get(key.as_str()) {
                    Some(&"-") => {}
                    Some(text) => {
                        inputs.fields.insert(key.clone(), value(&field.kind, text)?);
                    }
                    None if sample => {
                        inputs.fields.insert(key.clone(), sample_of(&field.kind, day));
                    }
                    None => {}
                }
            }
            Wanted::Parties(role) => {
                let party = procedure.party(role).ok_or(format!("no party {role}"))?;
                let names = given.get(role.as_str()).copied();
                let fallback = if ask.need == Need::Required { "A" } else { "" };
                let kind = party.kinds.first().copied().unwrap_or(PartyKind::Person);
                let names = names.unwrap_or(fallback).split(',').filter(|it| !it.is_empty());
                inputs.parties.extend(names.map(|name| PartyInput {
                    role: role.clone(),
                    kind,
                    name: name.to_owned(),
                    number: given.get("number").copied().unwrap_or_default().to_owned(),
                    other_paper: false,
                    phone: String::new(),
                    address: String::new(),
                }));
            }
        }
    }
    Ok(inputs)
}

fn value(kind: &FieldKind, text: &str) -> Result<Value, String> {
    Ok(match kind {
        FieldKind::Text { .. } => Value::Text(text.to_owned()),
        FieldKind::Body => Value::Body(text.to_owned()),
        FieldKind::Money => Value::Money(text.to_owned()),
        FieldKind::Number { .. } => Value::Number(text.parse().map_err(|_| format!("{text} is no number"))?),
        FieldKind::Date { .. } => Value::Date(text.parse().map_err(|_| format!("{text} is no day"))?),
        FieldKind::Choice { .. } => Value::Choice(Key::from(text)),
        FieldKind::YesNo => Value::YesNo(text == "yes"),
        FieldKind::File { .. } => Value::Files(Vec::new()),
        FieldKind::List { .. } => Value::List(text.split(',').map(str::to_owned).collect()),
        FieldKind::Matter => Value::Matter(other(text)),
        FieldKind::Official => Value::Official(text.to_owned()),
    })
}

/// Some other matter of this number.
pub(crate) fn other(number: &str) -> MatterName {
    MatterName { id: MatterId(Uuid::from_u128(2)), number: number.to_owned() }
}

/// Some value of a field.
pub(crate) fn sample_of(kind: &FieldKind, day: Date) -> Value {
    match kind {
        FieldKind::Text { .. } => Value::Text("…".to_owned()),
        FieldKind::Body => Value::Body("…".to_owned()),
        FieldKind::Money => Value::Money("1".to_owned()),
        FieldKind::Number { min, .. } => Value::Number(*min),
        FieldKind::Date { .. } => Value::Date(day),
        FieldKind::Choice { options } => {
            Value::Choice(options.first().map_or_else(|| Key::from(""), |it| it.key.clone()))
        }
        FieldKind::YesNo => Value::YesNo(true),
        FieldKind::File { .. } => Value::Files(Vec::new()),
        FieldKind::List { .. } => Value::List(vec!["…".to_owned()]),
        FieldKind::Matter => Value::Matter(other("…")),
        FieldKind::Official => Value::Official("…".to_owned()),
    }
}
