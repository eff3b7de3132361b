//! Life in the demonstration: citizens file, officials act with their habits, limits run out, and the
//! clock goes from day to day. All through the functions that the pages call.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    sync::Arc,
};

use calendar::{Date, DateTime, Unit};
use engine::{Effective, Facts, GroundKind, Inputs, ItemRef, Jurisdiction, Matter, MatterId, Target, Value};
use law::{Act, EffectKind, Key, Practice, PracticeAct, Procedure, RoleKind};

use super::{chance::Chance, folk};
use crate::{
    access::{Caller, Grant},
    act::{ActError, ActWish},
    builtin::organ_of,
    open::Office,
};

/// How far the telling has come, for a progress line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Days lived.
    pub days: u32,
    /// Days in all.
    pub of: u32,
    /// Matters opened.
    pub matters: u32,
    /// Acts done by people.
    pub acts: u32,
    /// Acts that the law refused.
    pub refused: u32,
    /// Records corrected.
    pub corrected: u32,
}

/// Working days of a year, for spreading new matters over it.
const DAYS: u64 = 250;

struct Case {
    id: MatterId,
    /// Whose habits it is dealt with by.
    practice: usize,
    /// The state for which something is planned; another version means that the law acted meanwhile.
    planned: u64,
}

/// What is to be done at a moment.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Plan {
    /// Somebody files under a practice.
    File(usize),
    /// An act in a case, planned for this version of it.
    Act(usize, u64, Key),
    /// A look at a case of this version in which nothing could be done when it was last planned.
    Look(usize, u64),
}

struct Life<'a> {
    office: &'a Office,
    place: Jurisdiction,
    practices: Vec<Practice>,
    chance: Chance,
    cases: Vec<Case>,
    agenda: BinaryHeap<Reverse<(DateTime, Plan)>>,
    told: Told,
}

/// Lives from a day to a moment, then leaves the clock there.
///
/// # Errors
/// If the store fails, or no pack says how people behave.
pub async fn live(
    office: &Office,
    place: &Jurisdiction,
    seed: u64,
    from: Date,
    until: DateTime,
    mut progress: impl FnMut(Told),
) -> anyhow::Result<Told> {
    let practices: Vec<Practice> =
        office.laws().packs().iter().flat_map(|pack| pack.practice.clone()).collect();
    anyhow::ensure!(!practices.is_empty(), "no pack says how people behave");
    let mut life = Life {
        office,
        place: place.clone(),
        practices,
        chance: Chance::new(seed),
        cases: Vec::new(),
        agenda: BinaryHeap::new(),
        told: Told::default(),
    };
    let mut day = from;
    life.told.of = u32::try_from((until.date() - from).get_days()).unwrap_or(0);
    while day <= until.date() {
        life.day(day, until).await?;
        life.told.days += 1;
        progress(life.told);
        day = day.tomorrow()?;
    }
    office.set_demo_clock(until)?;
    Ok(life.told)
}

impl Life<'_> {
    async fn day(&mut self, day: Date, until: DateTime) -> anyhow::Result<()> {
        self.office.set_demo_clock(day.at(7, 30, 0, 0))?;
        if self.office.sweep().await? > 0 {
            self.plan_where_the_law_acted(day)?;
        }
        if self.office.laws().calendar().is_working(day) {
            for practice in 0..self.practices.len() {
                let yearly = u64::from(self.practices[practice].per_year);
                let filed = yearly / DAYS + u64::from(self.chance.below(DAYS) < yearly % DAYS);
                for _ in 0..filed {
                    let hour = i8::try_from(self.chance.between(8, 16)).unwrap_or(9);
                    let minute = i8::try_from(self.chance.between(0, 59)).unwrap_or(0);
                    self.agenda.push(Reverse((day.at(hour, minute, 0, 0), Plan::File(practice))));
                }
            }
        }
        while let Some(Reverse((at, ..))) = self.agenda.peek()
            && at.date() <= day
            && *at < until
        {
            let Some(Reverse((at, plan))) = self.agenda.pop() else { break };
            self.office.set_demo_clock(at)?;
            match plan {
                Plan::File(practice) => self.file(practice, at).await?,
                Plan::Act(case, version, act) if self.cases[case].planned == version => {
                    self.act(case, &act, at).await?;
                }
                Plan::Look(case, version) if self.cases[case].planned == version => {
                    self.plan(case, at.date())?;
                }
                Plan::Act(..) | Plan::Look(..) => {}
            }
        }
        Ok(())
    }

    async fn file(&mut self, practice: usize, at: DateTime) -> anyhow::Result<()> {
        let key = self.practices[practice].procedure.clone();
        let Some(procedure) = self.office.laws().procedure(&key, at.date()) else { return Ok(()) };
        let Some(act) = procedure.openings().next() else { return Ok(()) };
        let inputs =
            folk::inputs(&mut self.chance, &procedure, &self.practices[practice], act, None, at.date());
        let Some(mut inputs) = self.named(inputs, practice, None)? else { return Ok(()) };
        let public = crate::receipt::is_public(&procedure, act);
        let rule = Key::from(if public { "online" } else { "counter" });
        let caller = match public {
            true => Caller::default(),
            false => match self.chance.pick(&self.officials(&procedure, act)) {
                Some(official) => official.clone(),
                None => return Ok(()),
            },
        };
        self.colleagues(&mut inputs, (&procedure, act), &caller, (&organ_of(&self.place), at.date()));
        let effective = Effective { at, rule };
        let filed = self.office.file_at(&caller, &self.place, &key, inputs, effective).await?;
        let receipt = match filed {
            Ok(receipt) => receipt,
            Err(ActError::Refused(_)) => {
                self.told.refused += 1;
                return Ok(());
            }
            Err(error) => anyhow::bail!("an invented filing was not taken: {error:?}"),
        };
        self.told.matters += 1;
        self.cases.push(Case { id: receipt.matter, practice, planned: 0 });
        self.plan(self.cases.len() - 1, at.date())
    }

    fn state(&self, case: usize) -> anyhow::Result<Option<(Matter, Arc<Procedure>)>> {
        let store = self.office.store();
        let id = self.cases[case].id;
        let Some(matter) = store.read(|it| it.matter(&self.place, id))? else { return Ok(None) };
        let laws = self.office.laws();
        let procedure = laws.of_matter(&matter.law, |hash| store.read(|it| it.law(hash)))?;
        Ok(Some((matter, procedure)))
    }

    fn plan_where_the_law_acted(&mut self, day: Date) -> anyhow::Result<()> {
        for case in 0..self.cases.len() {
            let version = self
                .office
                .store()
                .read(|it| it.matter_row(&self.place, self.cases[case].id))?
                .map_or(0, |it| it.version);
            if version > self.cases[case].planned {
                self.plan(case, day)?;
            }
        }
        Ok(())
    }

    /// Chooses by habit what is done next in a case and when.
    fn plan(&mut self, case: usize, day: Date) -> anyhow::Result<()> {
        let Some((matter, procedure)) = self.state(case)? else { return Ok(()) };
        self.cases[case].planned = matter.version;
        let facts = self.anybody(&procedure, &matter, day);
        // An act that only lacks its approval can be brought about: somebody drafts it first.
        let possible = |refusal: &Option<engine::Refusal>| {
            let undrafted = |it: &engine::Ground| matches!(it.kind, GroundKind::Unapproved { .. });
            refusal.as_ref().is_none_or(|it| it.grounds.iter().all(undrafted))
        };
        // What a habit does later is judged by the first day on which it would be done.
        let mut offers = BTreeMap::new();
        let mut habits: Vec<PracticeAct> = Vec::new();
        let practice = &self.practices[self.cases[case].practice];
        for habit in practice.acts.iter().filter(|it| it.stage == matter.stage) {
            let on = self.later(day, habit.after_min.into(), habit.unit);
            let offers = offers.entry(on).or_insert_with(|| engine::allowed(&procedure, &matter, &facts, on));
            let may = habit.act.as_ref().is_none_or(|key| {
                offers.iter().any(|it| it.act.key == *key && possible(&it.refusal))
                    && !(matter.has_done(key)
                        && procedure.act(key).is_some_and(|it| it.opens || it.to.is_none()))
            });
            habits.extend(may.then(|| habit.clone()));
        }
        if habits.iter().any(|it| it.first) {
            habits.retain(|it| it.first);
            habits.truncate(1);
        }
        if habits.is_empty() && !matter.closed {
            let at = self.after(matter.last, day, 5, Unit::WorkingDay);
            self.agenda.push(Reverse((at, Plan::Look(case, matter.version))));
        }
        let weights: Vec<u32> = habits.iter().map(|it| it.weight).collect();
        let Some(habit) = self.chance.weighted(&weights).and_then(|it| habits.get(it)) else {
            return Ok(());
        };
        let Some(act) = habit.act.clone() else { return Ok(()) };
        let wait = self.chance.between(habit.after_min.into(), habit.after_max.into());
        let at = self.after(matter.last, day, wait, habit.unit);
        self.agenda.push(Reverse((at, Plan::Act(case, matter.version, act))));
        Ok(())
    }

    /// The first working day so many days on.
    fn later(&self, day: Date, wait: i64, unit: Unit) -> Date {
        let calendar = self.office.laws().calendar();
        let mut on = day;
        let mut left = wait;
        while left > 0 {
            on = on.tomorrow().unwrap_or(on);
            if unit != Unit::WorkingDay || calendar.is_working(on) {
                left -= 1;
            }
        }
        while !calendar.is_working(on) {
            on = on.tomorrow().unwrap_or(on);
        }
        on
    }

    /// A moment in office hours so many days on, not before the matter's last act.
    fn after(&mut self, last: DateTime, day: Date, wait: i64, unit: Unit) -> DateTime {
        let on = self.later(day, wait, unit);
        let minute = i8::try_from(self.chance.between(0, 59)).unwrap_or(0);
        let hour = i8::try_from(self.chance.between(9, 16)).unwrap_or(9);
        let at = on.at(hour, minute, 0, 0);
        if at > last { at } else { last.saturating_add(jiff::Span::new().minutes(5)) }
    }

    async fn act(&mut self, case: usize, key: &Key, at: DateTime) -> anyhow::Result<()> {
        let Some((matter, procedure)) = self.state(case)? else { return Ok(()) };
        let Some(act) = procedure.act(key) else { return Ok(()) };
        let Some(caller) = self.caller(&matter, &procedure, act) else { return Ok(()) };
        let item = self.item(&matter, &procedure, act, at.date());
        let practice = &self.practices[self.cases[case].practice];
        let inputs = folk::inputs(
            &mut self.chance,
            &procedure,
            practice,
            act,
            Some((&matter, item.as_ref())),
            at.date(),
        );
        let target = Target { item: item.map(|it| it.n), ..Target::default() };
        let Some(mut inputs) = self.named(inputs, self.cases[case].practice, Some(&matter))? else {
            return Ok(());
        };
        self.colleagues(&mut inputs, (&procedure, act), &caller, (&matter.body, at.date()));
        let wish = ActWish {
            place: self.place.clone(),
            matter: matter.id,
            act: key.clone(),
            inputs,
            target,
            expected: None,
            happened: None,
        };
        if act.approval.is_some() && !self.approve(&matter, &procedure, act, &wish).await? {
            return self.plan(case, at.date());
        }
        match self.office.act(&caller, wish).await? {
            Ok(seq) => {
                self.told.acts += 1;
                let official = caller.account.is_some();
                if official && !act.opens && self.chance.percent(2) {
                    self.correct(&matter, &procedure, act, &caller, seq).await?;
                }
            }
            Err(ActError::Refused(_)) => self.told.refused += 1,
            Err(other) => anyhow::bail!("an invented act was not taken: {other:?}"),
        }
        self.plan(case, at.date())
    }

    /// Facts for whoever holds every role.
    fn anybody(&self, procedure: &Procedure, matter: &Matter, day: Date) -> Facts {
        Facts {
            roles: procedure.roles.iter().map(|it| it.key.clone()).collect(),
            holders: self.office.terms().holders(procedure, &self.place, &matter.body, day),
            ..Facts::default()
        }
    }

    /// Names, where an act takes a colleague, one who holds the role.
    fn colleagues(
        &mut self,
        inputs: &mut Inputs,
        (procedure, act): (&Procedure, &Act),
        caller: &Caller,
        (body, day): (&str, Date),
    ) {
        let holders = self.office.terms().holders(procedure, &self.place, body, day);
        let me = caller.account.as_ref().map(|it| &it.id);
        for (field, role) in act.colleagues() {
            let others = holders.get(role).into_iter().flatten().filter(|it| Some(*it) != me);
            let others: Vec<&String> = others.collect();
            if let (Some(Value::Official(account)), Some(other)) =
                (inputs.fields.get_mut(field), self.chance.pick(&others))
            {
                account.clone_from(other);
            }
        }
    }

    /// The first item in which an act of items can be done now.
    fn item(&self, matter: &Matter, procedure: &Procedure, act: &Act, day: Date) -> Option<ItemRef> {
        let offers = engine::allowed(procedure, matter, &self.anybody(procedure, matter, day), day);
        let open =
            offers.iter().find(|it| it.act.key == act.key && it.item.is_some() && it.refusal.is_none());
        open.and_then(|it| it.item.clone())
    }

    /// Officials and other matters by real names: somebody of the office; a matter of the procedure that
    /// the practice names, else the case itself. `None` if there is no such matter yet.
    fn named(
        &mut self,
        mut inputs: Inputs,
        practice: usize,
        matter: Option<&Matter>,
    ) -> anyhow::Result<Option<Inputs>> {
        let people = self.office.people(&self.place);
        for (field, value) in &mut inputs.fields {
            match value {
                Value::Official(account) => {
                    account
                        .clone_from(self.chance.pick(&people.officials).map_or(&String::new(), |it| &it.0));
                }
                Value::Matter(name) => match self.other(field, practice, matter)? {
                    Some(number) => name.number = number,
                    None => return Ok(None),
                },
                _ => {}
            }
        }
        Ok(Some(inputs))
    }

    fn other(
        &mut self,
        field: &Key,
        practice: usize,
        matter: Option<&Matter>,
    ) -> anyhow::Result<Option<String>> {
        let refers = self.practices[practice].refers.iter().find(|it| it.0 == *field).map(|it| it.1.clone());
        let Some(of) = refers else { return Ok(matter.map(Matter::number)) };
        let fits = |it: &Case| self.practices[it.practice].procedure == of;
        let cases: Vec<usize> = (0..self.cases.len()).filter(|it| fits(&self.cases[*it])).collect();
        let Some(case) = self.chance.pick(&cases).copied() else { return Ok(None) };
        Ok(self.state(case)?.map(|it| it.0.number()))
    }

    /// Drafts an act and lets each step of its chain agree; whether all did.
    async fn approve(
        &mut self,
        matter: &Matter,
        procedure: &Procedure,
        act: &Act,
        wish: &ActWish,
    ) -> anyhow::Result<bool> {
        let verb = |kind: &EffectKind| procedure.acts.iter().find(|it| engine::draft_verb(it) == Some(kind));
        let (Some(draft), Some(endorse)) = (verb(&EffectKind::Draft), verb(&EffectKind::Endorse)) else {
            return Ok(false);
        };
        let item = wish.target.item;
        let target = Target { item, drafts: Some(act.key.clone()), draft: None };
        let Some(writer) = self.caller(matter, procedure, draft) else { return Ok(false) };
        let drafting = ActWish { act: draft.key.clone(), target, ..wish.clone() };
        if self.office.act(&writer, drafting).await?.is_err() {
            self.told.refused += 1;
            return Ok(false);
        }
        self.told.acts += 1;
        let me = writer.account.as_ref().map(|it| it.id.clone());
        let chain = act.approval.as_ref().and_then(|it| procedure.approval(it));
        for role in chain.map(|it| it.steps.clone()).unwrap_or_default() {
            let step = Act { by: vec![role], ..endorse.clone() };
            let others = self.officials(procedure, &step).into_iter();
            let others: Vec<Caller> =
                others.filter(|it| it.account.as_ref().map(|it| it.id.clone()) != me).collect();
            let Some(head) = self.chance.pick(&others).cloned() else { return Ok(false) };
            let target = Target { item, ..Target::default() };
            let agreeing =
                ActWish { act: endorse.key.clone(), target, inputs: Inputs::default(), ..wish.clone() };
            if self.office.act(&head, agreeing).await?.is_err() {
                self.told.refused += 1;
                return Ok(false);
            }
            self.told.acts += 1;
        }
        Ok(true)
    }

    async fn correct(
        &mut self,
        matter: &Matter,
        procedure: &Procedure,
        act: &Act,
        by: &Caller,
        seq: u64,
    ) -> anyhow::Result<()> {
        let me = by.account.as_ref().map(|it| it.id.clone());
        let other = self
            .officials(procedure, act)
            .into_iter()
            .find(|it| it.account.as_ref().map(|it| it.id.clone()) != me);
        let Some(other) = other else { return Ok(()) };
        let ground = &act.name.zh;
        if self.office.correct(&other, &self.place, matter.id, seq, ground).await?.is_ok() {
            self.told.corrected += 1;
        }
        Ok(())
    }

    /// Somebody who may do the act: an official if one may, else the party.
    fn caller(&mut self, matter: &Matter, procedure: &Procedure, act: &Act) -> Option<Caller> {
        let officials = self.officials(procedure, act);
        let party = act.by.iter().find_map(|role| match &procedure.role(role)?.kind {
            RoleKind::Party(party) => Some(party.clone()),
            _ => None,
        });
        let citizen = party.map(|role| Caller {
            account: None,
            grants: vec![Grant { place: self.place.clone(), matter: matter.id, role }],
        });
        let first = act.by.first().and_then(|it| procedure.role(it)).map(|it| &it.kind);
        match (citizen, first) {
            (Some(citizen), Some(RoleKind::Party(_))) => Some(citizen),
            (citizen, _) => self.chance.pick(&officials).cloned().or(citizen),
        }
    }

    fn officials(&self, procedure: &Procedure, act: &Act) -> Vec<Caller> {
        let body = organ_of(&self.place);
        let posts: Vec<&Key> = act
            .by
            .iter()
            .filter_map(|role| match &procedure.role(role)?.kind {
                RoleKind::Post(post) => Some(post),
                _ => None,
            })
            .collect();
        self.office.directory(|directory| {
            directory
                .accounts
                .values()
                .filter(|it| it.place == self.place)
                .filter(|it| it.posts.iter().any(|it| it.body == body && posts.contains(&&it.kind)))
                .map(|it| Caller { account: Some(it.clone()), grants: Vec::new() })
                .collect()
        })
    }
}
