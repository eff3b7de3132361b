//! A small made-up world: a procedure, two places, and acts chosen by a seed. Nothing here asks the engine to decide;
//! the store must keep whatever lawful or unlawful history it is handed.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::Result;
use engine::{
    Actor, Change, Effective, Event, FORMAT_VERSION, Finding, Hash, Jurisdiction, Matter, MatterId,
    PartyRecord, Secret, Value, commitment, fold, recount, seal,
};
use jiff::{Span, Timestamp, civil::Date};
use law::{Condition, Key, Mark, Only, ProcedureRef, Text, Watch};
use store::{Kind, Queue, Store, Tx};
use uuid::Uuid;

/// The procedure of this world: its one publication shows two open fields and, by mistake, a sealed one.
pub(crate) const LAW: &str = r#"{"from":"2026-01-01","key":"petition",
    "publications":[{"key":"decision","shows":["gist","sum","confession"]}]}"#;
/// The first day of this world.
pub(crate) const DAY_ONE: Date = Date::constant(2026, 1, 1);
/// A name that must never stand in an event.
pub(crate) const PRIVATE_NAME: &str = "Zhang Sanfeng";

/// A seeded source of numbers (SplitMix64): the same seed gives the same world.
#[derive(Clone)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.next() % sides
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.roll(from.len() as u64)).unwrap()]
    }

    pub(crate) fn salt(&mut self) -> [u8; 32] {
        let mut salt = [0; 32];
        salt.chunks_mut(8).for_each(|part| part.copy_from_slice(&self.next().to_le_bytes()));
        salt
    }
}

/// A folder that goes away with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        static NTH: AtomicU32 = AtomicU32::new(0);
        let nth = NTH.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("yifa-store-{name}-{}-{nth}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A new ledger with the law of this world installed.
pub(crate) fn new_store(dir: &Path) -> Store {
    let store = Store::create(dir, Kind::Practice).unwrap();
    let installed =
        store.write(Queue::Interactive, |tx| tx.install_law(&law_ref().hash, "petition", DAY_ONE, LAW));
    installed.wait().unwrap();
    store
}

pub(crate) fn law_ref() -> ProcedureRef {
    let hash = Hash::of(LAW.as_bytes()).hex();
    ProcedureRef { hash, key: Key::from("petition"), version: DAY_ONE }
}

pub(crate) fn place(code: &str) -> Jurisdiction {
    code.parse().unwrap()
}

/// The marks that indicators name: all but those of notes, some under conditions, some split by a field.
pub(crate) fn watch() -> &'static Watch {
    static WATCH: OnceLock<Watch> = OnceLock::new();
    WATCH.get_or_init(|| {
        let acts = ["apply", "accept", "suspend", "resume", "extend", "decide", "reopen", "publish", "amend"];
        let acts = acts.iter().map(|it| Mark::of(format!("act:{it}")));
        let stems = ["outcome:*", "late:*", "finding:*", "act:de*", "act:withdraw*", "act:la*"].map(Mark::of);
        let accepted = Condition::Done(Key::from("accept"));
        let only = Mark { only: Some(Only(accepted)), ..Mark::of("outcome:*") };
        let by = Mark { by: Some(Key::from("gist")), ..Mark::of("act:amend") };
        Watch::marks(acts.chain(stems).chain([only, by]))
    })
}

/// An act about to be tried: who draws the same plan in the same state does the same.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) place: Jurisdiction,
    pub(crate) matter: MatterId,
    pub(crate) seed: u64,
}

/// Draws plans: new matters and more acts in old ones.
pub(crate) struct World {
    pub(crate) dice: Dice,
    pub(crate) matters: Vec<(Jurisdiction, MatterId)>,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        Self { dice: Dice(seed), matters: Vec::new() }
    }

    pub(crate) fn plan(&mut self) -> Plan {
        let seed = self.dice.next();
        if self.matters.is_empty() || self.dice.roll(5) == 0 {
            let time = 1_767_225_600_000 + self.matters.len() as u64;
            let id = MatterId(Uuid::from_bytes(tagged(time, self.dice.next())));
            let code = *self.dice.pick(&["361128", "500105"]);
            self.matters.push((place(code), id));
            return Plan { place: place(code), matter: id, seed };
        }
        let (place, matter) = self.dice.pick(&self.matters).clone();
        Plan { place, matter, seed }
    }
}

/// Sixteen bytes that grow with time, like a version 7 name.
fn tagged(time: u64, chance: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&time.to_be_bytes()[2..]);
    bytes[8..].copy_from_slice(&chance.to_be_bytes());
    bytes
}

/// An event being drafted, with what stands beside it.
pub(crate) struct Draft {
    pub(crate) event: Event,
    pub(crate) secrets: Vec<Secret>,
}

impl Draft {
    fn hide(&mut self, dice: &mut Dice, path: String, text: &str) -> Value {
        let (salt, value) = (dice.salt(), serde_json::to_string(&Value::Text(text.to_owned())).unwrap());
        let sealed = Value::Sealed(commitment(&salt, &value));
        self.secrets.push(Secret { path, salt, value });
        sealed
    }
}

/// Does what the plan says in the matter's present state; gives the place of the new event.
pub(crate) fn perform(tx: &mut Tx<'_>, plan: &Plan) -> Result<u64> {
    let before = tx.matter(&plan.place, plan.matter)?;
    let mut dice = Dice(plan.seed);
    let mut draft = blank(plan, before.as_ref(), &mut dice);
    match &before {
        None => open(tx, &mut draft, &mut dice)?,
        Some(matter) => go_on(&mut draft, matter, &mut dice),
    }
    record(tx, draft, before)
}

/// Appends a draft with the counts it leaves.
pub(crate) fn record(tx: &mut Tx<'_>, draft: Draft, before: Option<Matter>) -> Result<u64> {
    let head = before.as_ref().map_or(Hash::NONE, |it| it.head);
    let sealed = seal(draft.event, head);
    let mut events = tx.events(&sealed.event.jurisdiction, sealed.event.matter)?;
    events.push((sealed.event.clone(), sealed.hash));
    let corrects = sealed.event.changes.iter().any(|it| matches!(it, Change::Corrected { .. }));
    let (after, deltas) = if corrects {
        let (after, mut left) = recount(&events, watch()).unwrap();
        (after, left.pop().unwrap())
    } else {
        let after = fold(before, &sealed.event, sealed.hash);
        let deltas = engine::deltas(&sealed.event, &after, watch());
        (after, deltas)
    };
    tx.append(&sealed, &after, &draft.secrets, &deltas)?;
    Ok(sealed.event.seq)
}

/// An event without effects, dated some days after the matter's last.
pub(crate) fn blank(plan: &Plan, before: Option<&Matter>, dice: &mut Dice) -> Draft {
    let last = before.map_or(DAY_ONE.at(9, 0, 0, 0), |it| it.last);
    let at = last + Span::new().days(i64::try_from(dice.roll(9)).unwrap()).minutes(1);
    let recorded: Timestamp = engine::instant(at) + Span::new().microseconds(17);
    let body = *dice.pick(&["Bureau of Parks", "Bureau of Roads", "Mediation Office"]);
    let event = Event {
        act: Key::from("note"),
        actor: Actor::Official { account: "a7".to_owned(), role: Key::from("clerk") },
        body: before.map_or_else(|| body.to_owned(), |it| it.body.clone()),
        calendar: "cn".to_owned(),
        changes: Vec::new(),
        effective: Effective { at, rule: Key::from("entered") },
        findings: Vec::new(),
        inputs: [].into(),
        item: None,
        jurisdiction: plan.place.clone(),
        law: law_ref(),
        matter: plan.matter,
        parties: Vec::new(),
        prev: Hash::NONE,
        recorded,
        seq: before.map_or(0, |it| it.version) + 1,
        v: FORMAT_VERSION,
    };
    Draft { event, secrets: Vec::new() }
}

fn open(tx: &mut Tx<'_>, draft: &mut Draft, dice: &mut Dice) -> Result<()> {
    draft.event.act = Key::from("apply");
    let person = format!("{PRIVATE_NAME} {}", dice.roll(90) + 10);
    let name = draft.hide(dice, "parties.p1.name".to_owned(), &person);
    let phone = draft.hide(dice, "parties.p1.phone".to_owned(), "13900000000");
    let kind = law::PartyKind::Person;
    let applicant = PartyRecord {
        address: None,
        id: "p1".to_owned(),
        kind,
        name,
        number: None,
        phone: Some(phone),
        role: Key::from("applicant"),
    };
    let respondent = PartyRecord {
        id: "p2".to_owned(),
        kind: law::PartyKind::Organization,
        name: Value::Text(format!("Riverside Works {}", dice.roll(50))),
        phone: None,
        role: Key::from("respondent"),
        ..applicant.clone()
    };
    draft.event.parties = vec![applicant, respondent];
    let confession = draft.hide(dice, "inputs.confession".to_owned(), "I was there that night");
    draft.event.inputs = [(Key::from("confession"), confession), field("gist", "a fallen tree")].into();
    let event = &draft.event;
    let (year, body) = (event.effective.at.year(), event.body.clone());
    let n = tx.next_number(&event.jurisdiction, &body, "petition", year)?;
    let text = format!("{} [{year}] {n}", body.replace("Bureau of ", ""));
    draft.event.changes = vec![
        Change::Stage { closed: false, to: Key::from("received") },
        Change::Number { n, series: Key::from("petition"), text, year },
        clock_started(draft.event.effective.at.date(), "accept-in-time", dice),
    ];
    Ok(())
}

fn field(key: &str, text: &str) -> (Key, Value) {
    (Key::from(key), Value::Text(text.to_owned()))
}

fn clock_started(from: Date, limit: &str, dice: &mut Dice) -> Change {
    let due = later(from, dice.roll(40));
    Change::ClockStarted {
        item: None,
        fact: dice.roll(9) == 0,
        bars: false,
        deems: (dice.roll(2) == 0).then(|| Key::from("deemed-accepted")),
        due,
        from,
        length: serde_json::from_str(r#"{"count":5,"unit":"working-day"}"#).unwrap(),
        limit: Key::from(limit),
        on: law::Duty::Authority,
        provisional: dice.roll(9) == 0,
        raw: due,
        time: None,
    }
}

fn later(day: Date, days: u64) -> Date {
    day + Span::new().days(i64::try_from(days).unwrap())
}

/// One of a dozen things that may come next.
fn go_on(draft: &mut Draft, matter: &Matter, dice: &mut Dice) {
    let on = draft.event.effective.at.date();
    let live = |it: &&engine::Clock| !matches!(it.state, engine::ClockState::Stopped { .. });
    let limit = matter.clocks.iter().find(live).map_or("accept-in-time", |it| &*it.limit);
    let limit = Key::from(limit);
    let (act, changes) = match dice.roll(15) {
        0 => (
            "accept",
            vec![stage("accepted", false), stopped(&limit, dice), clock_started(on, "decide", dice)],
        ),
        1 => ("suspend", vec![Change::ClockSuspended { item: None, limit, on }]),
        2 => {
            let due = later(on, dice.roll(30));
            (
                "resume",
                vec![Change::ClockResumed { due, item: None, limit, on, provisional: false, raw: due }],
            )
        }
        3 => {
            let due = later(on, dice.roll(60));
            let by = serde_json::from_str(r#"{"count":30,"unit":"calendar-day"}"#).unwrap();
            (
                "extend",
                vec![Change::ClockExtended { by, due, item: None, limit, provisional: false, raw: due }],
            )
        }
        4 => ("decide", decided(&limit, dice)),
        5 => ("reopen", vec![stage("accepted", false), clock_started(on, "decide", dice)]),
        6 => ("publish", vec![Change::Published { publication: Key::from("decision") }]),
        7 => ("withdraw-publication", vec![Change::Unpublished { publication: Key::from("decision") }]),
        8 => return correct(draft, matter),
        9 => {
            draft.event.findings = vec![Finding {
                basis: Vec::new(),
                key: Key::from("no-signature"),
                says: Text::new("", "it bears no signature"),
            }];
            ("late-entry", Vec::new())
        }
        10 => {
            let gist = *dice.pick(&["a broken lamp", "noise at night"]);
            draft.event.inputs = [field("gist", gist)].into();
            ("amend", Vec::new())
        }
        11 => {
            draft.event.actor = Actor::Law;
            ("deemed-accepted", vec![stage("accepted", false), stopped(&limit, dice)])
        }
        12 => {
            let id = MatterId(uuid::Uuid::from_u128(u128::from(dice.roll(40)) + 1));
            let other = engine::MatterName { id, number: "7".to_owned() };
            ("link", vec![Change::Linked { link: Key::from("joined"), matter: other }])
        }
        13 => {
            let n = matter.next_item("hearing");
            draft.event.item = Some(engine::ItemRef { kind: Key::from("hearing"), n });
            let mut clock = clock_started(on, "notice", dice);
            if let Change::ClockStarted { item, .. } = &mut clock {
                *item = Some(n);
            }
            ("call-hearing", vec![stage("called", false), clock])
        }
        _ => ("note", Vec::new()),
    };
    draft.event.act = Key::from(act);
    draft.event.changes = changes;
}

fn stage(to: &str, closed: bool) -> Change {
    Change::Stage { closed, to: Key::from(to) }
}

fn stopped(limit: &Key, dice: &mut Dice) -> Change {
    Change::ClockStopped { item: None, late: i64::try_from(dice.roll(3)).unwrap(), limit: limit.clone() }
}

fn decided(limit: &Key, dice: &mut Dice) -> Vec<Change> {
    let outcome = Key::from(*dice.pick(&["upheld", "revoked", "dismissed"]));
    vec![stopped(limit, dice), Change::Outcome { item: None, outcome }, stage("decided", true)]
}

/// Takes back the last standing act, unless it opened the matter.
fn correct(draft: &mut Draft, matter: &Matter) {
    draft.event.act = Key::from("correct");
    let last = matter.done.iter().rev().find(|it| it.seq > 1 && it.act != "correct");
    draft.event.changes.extend(last.map(|it| Change::Corrected { event: it.seq }));
}

/// Fills a store with so many acts.
pub(crate) fn populate(store: &Store, world: &mut World, acts: usize) {
    let pending: Vec<_> = (0..acts)
        .map(|_| {
            let plan = world.plan();
            store.write(Queue::Interactive, move |tx| perform(tx, &plan))
        })
        .collect();
    for answer in pending {
        answer.wait().unwrap();
    }
}
