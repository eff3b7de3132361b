//! A row run through the engine: what would be recorded, what was not in order, what cannot be.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use engine::{
    Actor, Change, Drafted, Effective, Event, Facts, Ground, GroundKind, Hash, Inputs, Jurisdiction, Matter,
    MatterId, Refusal, Target, Wish,
};
use jiff::Timestamp;
use law::{Act, Key, ParameterValue, Procedure, Text};

use super::{
    RowFault, RowFinding,
    column::{Layout, Part},
    number::Given,
    row::{Plan, Planned},
    say::say,
    table::fault,
};
use crate::{
    builtin::organ_of,
    laws::Laws,
    open::{Office, new_matter, random},
    refusal::refusal_view,
    resolve::{self, People},
};

/// Whose import it is, and what every row of it shares.
pub(crate) struct Desk<'a> {
    /// The office.
    pub(crate) office: &'a Office,
    /// Laws.
    pub(crate) laws: &'a Laws,
    /// Who works there.
    pub(crate) people: People,
    /// Where.
    pub(crate) place: &'a Jurisdiction,
    /// On whose responsibility.
    pub(crate) account: &'a str,
    /// The file's hash.
    pub(crate) file: Hash,
    /// Parameters that the place has set.
    pub(crate) parameters: BTreeMap<Key, ParameterValue>,
    /// The place's secret for claims.
    pub(crate) claim_key: [u8; 32],
    /// When it is entered.
    pub(crate) now: Timestamp,
    /// Where the columns stand.
    pub(crate) layout: &'a Layout,
}

impl Desk<'_> {
    /// What an act is given, with other matters, officials and bodies made certain.
    fn certain(
        &self,
        procedure: &Procedure,
        act: &Key,
        inputs: &Inputs,
    ) -> anyhow::Result<Result<Inputs, Refusal>> {
        let find =
            |number: &str| self.office.store().read(|reader| resolve::matter_of(reader, self.place, number));
        resolve::inputs(&self.people, procedure, act, inputs.clone(), find)
    }
}

/// What a row comes to.
pub(crate) struct Ran {
    /// The matter.
    pub(crate) id: MatterId,
    /// Its events in order, the law's own among them, without numbers and not yet chained; each with the numbers that
    /// the file gives it.
    pub(crate) drafts: Vec<(Drafted, Vec<Given>)>,
    /// How it stands then.
    pub(crate) matter: Option<Matter>,
    /// What was not in order and is recorded all the same.
    pub(crate) findings: Vec<RowFinding>,
}

/// Runs a row up to its last act and what the law has done since.
pub(crate) fn run(desk: &Desk<'_>, plan: &Plan) -> anyhow::Result<Result<Ran, Vec<RowFault>>> {
    let mut run = Run {
        desk,
        plan,
        id: new_matter(desk.now)?,
        row: plan.row,
        items: BTreeMap::new(),
        matter: None,
        drafts: Vec::new(),
        findings: Vec::new(),
        faults: Vec::new(),
    };
    for planned in &plan.acts {
        if !run.act(planned)? {
            break;
        }
    }
    if run.faults.is_empty()
        && let Some(matter) = &run.matter
    {
        let (until, calendar) = (engine::local(desk.now), desk.laws.calendar());
        let since = engine::expire(&plan.procedure, &plan.law, calendar, matter, until, desk.now);
        since.into_iter().for_each(|draft| run.take(draft, &[]));
    }
    let Run { id, drafts, matter, findings, faults, .. } = run;
    Ok(if faults.is_empty() { Ok(Ran { id, drafts, matter, findings }) } else { Err(faults) })
}

struct Run<'a> {
    desk: &'a Desk<'a>,
    plan: &'a Plan,
    id: MatterId,
    /// The row whose act is being done.
    row: u32,
    /// The numbers of items by kind and row.
    items: BTreeMap<(Key, u32), u32>,
    matter: Option<Matter>,
    drafts: Vec<(Drafted, Vec<Given>)>,
    findings: Vec<RowFinding>,
    faults: Vec<RowFault>,
}

impl Run<'_> {
    /// Does one act; whether the row can go on after it.
    fn act(&mut self, planned: &Planned) -> anyhow::Result<bool> {
        let procedure: &Arc<Procedure> = &self.plan.procedure;
        let Some(act) = procedure.act(&planned.act) else { return Ok(true) };
        self.row = planned.row;
        let of = act.item.clone().map(|kind| (kind, planned.row));
        let mut inputs = planned.inputs.clone();
        loop {
            inputs = match self.desk.certain(procedure, &planned.act, &inputs)? {
                Ok(certain) => certain,
                Err(refusal) => {
                    refusal.grounds.iter().for_each(|it| self.refused(act, planned, it));
                    if !without(&mut inputs, &refusal.grounds) {
                        return Ok(false);
                    }
                    continue;
                }
            };
            let item = of.as_ref().filter(|_| !act.opens).and_then(|of| self.items.get(of).copied());
            let wish = self.wish(planned, item, inputs.clone())?;
            let facts = Facts {
                roles: act.by.iter().cloned().collect(),
                parameters: self.desk.parameters.clone(),
                claim_key: self.desk.claim_key,
                holders: self.holders(planned),
                ..Facts::default()
            };
            let calendar = self.desk.laws.calendar();
            let decided =
                engine::decide(procedure, &self.plan.law, calendar, self.matter.as_ref(), &facts, &wish);
            decided.by_law.into_iter().for_each(|draft| self.take(draft, &[]));
            let grounds = match decided.result {
                Ok(draft) => {
                    let opened = draft.event.item.as_ref().map(|it| it.n);
                    self.items.extend(of.zip(opened));
                    self.unwanted(act, planned, &draft.numbers);
                    self.take(draft, &planned.numbers);
                    return Ok(true);
                }
                Err(refusal) => refusal.grounds,
            };
            if let Some(law) = self.done_by_law(act, &grounds) {
                self.already(act, planned, &law);
                self.unwanted(act, planned, &[]);
                return Ok(true);
            }
            grounds.iter().for_each(|it| self.refused(act, planned, it));
            // Faults of inputs do not hide what is wrong further on: go on without those inputs.
            if !without(&mut inputs, &grounds) {
                return Ok(false);
            }
        }
    }

    /// Who held each role in which somebody may act along, on the day of an act.
    fn holders(&self, planned: &Planned) -> BTreeMap<Key, BTreeSet<String>> {
        let Desk { office, place, .. } = self.desk;
        let body = self.matter.as_ref().map_or_else(|| organ_of(place), |it| it.body.clone());
        office.terms().holders(&self.plan.procedure, place, &body, planned.at.date())
    }

    fn wish(&self, planned: &Planned, item: Option<u32>, inputs: Inputs) -> anyhow::Result<Wish> {
        let Desk { place, account, file, now, .. } = self.desk;
        let opens = self.matter.is_none().then(|| ((*place).clone(), self.id, organ_of(place)));
        Ok(Wish {
            act: planned.act.clone(),
            actor: Actor::Import { account: (*account).to_owned(), file: *file, row: planned.row },
            effective: Effective { at: planned.at, rule: Key::from("imported") },
            inputs,
            now: *now,
            seed: random()?,
            late_entry: true,
            target: Target { item, ..Target::default() },
            opens,
        })
    }

    /// Adds an event to the row's matter and notes what was not in order.
    fn take(&mut self, draft: Drafted, numbers: &[Given]) {
        self.note(&draft.event);
        self.matter = Some(engine::fold(self.matter.take(), &draft.event, Hash::NONE));
        self.drafts.push((draft, numbers.to_vec()));
    }

    /// Numbers that the file gives an act which takes none here.
    fn unwanted(&mut self, act: &Act, planned: &Planned, taken: &[engine::NumberWanted]) {
        for given in &planned.numbers {
            if taken.iter().all(|it| it.series != given.series) {
                let part = Part::Issued(act.key.clone(), given.series.clone());
                let says = say("import-number-unwanted", &[("act", (&act.name).into())]);
                self.faults.push(fault(given.row, self.desk.layout.letter(&part), says));
            }
        }
    }

    fn note(&mut self, event: &Event) {
        let procedure = &self.plan.procedure;
        let Some(act) = procedure.act(&event.act) else { return };
        let mut add = |says: Text, basis: &[law::Citation]| {
            self.findings.push(RowFinding {
                row: self.row,
                act: act.name.clone(),
                says,
                basis: basis.to_vec(),
            });
        };
        if event.actor == Actor::Law {
            add(say("import-finding-law", &[("day", event.effective.at.date().into())]), &act.basis);
        }
        for finding in &event.findings {
            let says = match procedure.limit(&finding.key) {
                Some(limit) => say("import-finding-out-of-time", &[("limit", (&limit.name).into())]),
                None => finding.says.clone(),
            };
            add(says, &finding.basis);
        }
        for change in &event.changes {
            if let Change::ClockStopped { late, limit, .. } = change
                && *late > 0
                && let Some(limit) = procedure.limit(limit)
                && event.findings.iter().all(|it| it.key != limit.key)
            {
                let words = [("limit", (&limit.name).into()), ("days", (*late).into())];
                add(say("import-finding-late", &words), &limit.basis);
            }
        }
    }

    /// The law's own act that has already brought the matter where this act would bring it.
    fn done_by_law(&self, act: &Act, grounds: &[Ground]) -> Option<Event> {
        let only_stage =
            |it: &Ground| matches!(it.kind, GroundKind::WrongStage { .. } | GroundKind::MatterEnded);
        let (matter, to) = (self.matter.as_ref()?, act.to.as_ref()?);
        if !grounds.iter().any(only_stage) || matter.stage != *to {
            return None;
        }
        let event = &self.drafts.last()?.0.event;
        let moved = event.changes.iter().any(|it| matches!(it, Change::Stage { to: it, .. } if it == to));
        let instead = self.plan.procedure.act(&event.act)?.from.iter().any(|it| act.from.contains(it));
        (event.actor == Actor::Law && moved && instead).then(|| event.clone())
    }

    fn already(&mut self, act: &Act, planned: &Planned, law: &Event) {
        let by = self.plan.procedure.act(&law.act);
        let name = by.map(|it| it.name.clone()).unwrap_or_default();
        let says = say(
            "import-finding-already",
            &[
                ("day", law.effective.at.date().into()),
                ("law", (&name).into()),
                ("given", planned.at.date().into()),
            ],
        );
        let basis = by.map(|it| it.basis.clone()).unwrap_or_default();
        self.findings.push(RowFinding { row: self.row, act: act.name.clone(), says, basis });
    }

    fn refused(&mut self, act: &Act, planned: &Planned, ground: &Ground) {
        let dated = Part::Day(act.key.clone());
        let (part, says) = match &ground.kind {
            GroundKind::Input { field, fault: engine::InputFault::InTheFuture } => {
                let part = self.part_of(act, field);
                let says = say(
                    "import-field-after",
                    &[
                        ("column", (&self.desk.layout.named(&part)).into()),
                        ("act", (&act.name).into()),
                        ("day", planned.at.date().into()),
                    ],
                );
                (part, says)
            }
            GroundKind::Input { field, .. } => (self.part_of(act, field), self.words(act, ground)),
            GroundKind::Distinct { field: Some(field), .. } => {
                (Part::Field(act.key.clone(), field.clone()), self.words(act, ground))
            }
            GroundKind::WrongStage { needed, .. } => {
                let says = self.crossed(&dated, planned, needed);
                let says = says.unwrap_or_else(|| self.astray(act, planned, ground));
                (dated, says)
            }
            GroundKind::MatterEnded => {
                let says = self.ended(&dated, planned).unwrap_or_else(|| self.astray(act, planned, ground));
                (dated, says)
            }
            _ => {
                let says = self.astray(act, planned, ground);
                (dated, says)
            }
        };
        self.faults.push(fault(self.row, self.desk.layout.letter(&part), says));
    }

    /// The column that an input came from.
    fn part_of(&self, act: &Act, input: &str) -> Part {
        let mut parts = input.splitn(3, '.');
        let first = Key::from(parts.next().unwrap_or_default());
        if self.plan.procedure.party(&first).is_none() {
            return Part::Field(act.key.clone(), first);
        }
        match parts.nth(1) {
            Some("number") => Part::Numbers(act.key.clone(), first),
            Some("kind") => Part::Kinds(act.key.clone(), first),
            _ => Part::Names(act.key.clone(), first),
        }
    }

    /// A later act of the row that should have come first: both columns are named.
    fn crossed(&self, early: &Part, planned: &Planned, needed: &[Key]) -> Option<Text> {
        let leads = |it: &&Planned| {
            let to = self.plan.procedure.act(&it.act).and_then(|act| act.to.as_ref());
            it.at > planned.at && to.is_some_and(|to| needed.contains(to))
        };
        let later = self.plan.acts.iter().find(leads)?;
        let layout = self.desk.layout;
        Some(say(
            "import-days-crossed",
            &[
                ("early", (&layout.named(early)).into()),
                ("first", planned.at.date().into()),
                ("late", (&layout.named(&Part::Day(later.act.clone()))).into()),
                ("second", later.at.date().into()),
            ],
        ))
    }

    /// The act of the row that ended the matter before this one: both columns are named.
    fn ended(&self, dated: &Part, planned: &Planned) -> Option<Text> {
        let last = &self.drafts.last()?.0.event;
        if last.actor == Actor::Law {
            return None;
        }
        let layout = self.desk.layout;
        Some(say(
            "import-after-end",
            &[
                ("column", (&layout.named(dated)).into()),
                ("day", planned.at.date().into()),
                ("last", (&layout.named(&Part::Day(last.act.clone()))).into()),
                ("on", last.effective.at.date().into()),
            ],
        ))
    }

    /// Why an act was not possible, with what the law had done before it, if that is why.
    fn astray(&self, act: &Act, planned: &Planned, ground: &Ground) -> Text {
        let why = self.words(act, ground);
        let why = say(
            "import-stage",
            &[("act", (&act.name).into()), ("day", planned.at.date().into()), ("why", (&why).into())],
        );
        let last = self.drafts.last().map(|it| &it.0.event).filter(|it| it.actor == Actor::Law);
        let Some(last) = last else { return why };
        let name = self.plan.procedure.act(&last.act).map(|it| it.name.clone()).unwrap_or_default();
        say(
            "import-law-already",
            &[("why", (&why).into()), ("law", (&name).into()), ("on", last.effective.at.date().into())],
        )
    }

    fn words(&self, act: &Act, ground: &Ground) -> Text {
        let refusal = engine::Refusal { act: act.key.clone(), grounds: vec![ground.clone()] };
        let view = refusal_view(&self.plan.procedure, refusal, &engine::Target::default());
        view.grounds.into_iter().next().map(|it| it.says).unwrap_or_default()
    }
}

/// Takes out the inputs that grounds speak of; whether there were any and nothing else was wrong.
fn without(inputs: &mut Inputs, grounds: &[Ground]) -> bool {
    let mut taken = false;
    for ground in grounds {
        let GroundKind::Input { field, .. } = &ground.kind else { return false };
        let mut parts = field.splitn(3, '.');
        let (name, index, part) = (parts.next(), parts.next(), parts.next());
        taken |= match (name, index.and_then(|it| it.parse::<usize>().ok()), part) {
            (Some(name), None, None) => inputs.fields.remove(name).is_some(),
            (_, Some(index), Some("number")) => {
                inputs.parties.get_mut(index).is_some_and(|it| !std::mem::take(&mut it.number).is_empty())
            }
            _ => false,
        };
    }
    taken
}
