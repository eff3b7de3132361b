//! Views as pure functions of a matter: what `append` writes, `rebuild` writes again and `verify` compares.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Change, ClockState, Event, Jurisdiction, Matter, MatterId, PartyRecord, Secret, Value};
use jiff::civil::Date;
use law::Key;
use serde::{Deserialize, Serialize};

use crate::{column::NEVER, cursor::Cursor, gram};

/// How many characters of a shown text can be searched by.
const SEARCHED: usize = 64;

/// A matter as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterRow {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// Its name.
    pub id: MatterId,
    /// Procedure, all versions together.
    pub procedure: Key,
    /// The number a person calls it by: the first issued, else its id.
    pub number: String,
    /// Where it stands.
    pub stage: Key,
    /// Whether it is over.
    pub closed: bool,
    /// Its outcome.
    pub outcome: Option<Key>,
    /// The body that handles it.
    pub body: String,
    /// The day it was received.
    pub received: Date,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// The earliest end of a running clock.
    pub next_due: Option<Date>,
    /// The limit of that clock.
    pub next_limit: Option<Key>,
    /// Whether a clock is suspended.
    pub suspended: bool,
    /// Whether a clock was stopped after its end.
    pub late: bool,
    /// Whether the law itself acted in it because a limit ended.
    pub deemed: bool,
    /// Whether a running clock's end rests on a year whose notice is missing.
    pub provisional: bool,
    /// Findings on standing events.
    pub findings: u32,
    /// The account of the official who handles it.
    pub handler: Option<String>,
    /// Place of its last event.
    pub version: u64,
}

impl MatterRow {
    /// What lists show of a matter.
    pub fn of(matter: &Matter) -> Self {
        let next = matter.next_due();
        let clocks = &matter.clocks;
        Self {
            jurisdiction: matter.jurisdiction.clone(),
            id: matter.id,
            procedure: matter.law.key.clone(),
            number: matter.number(),
            stage: matter.stage.clone(),
            closed: matter.closed,
            outcome: matter.outcome.clone(),
            body: matter.body.clone(),
            received: matter.received.date(),
            closed_on: matter.closed_on,
            next_due: next.map(|clock| clock.due),
            next_limit: next.map(|clock| clock.limit.clone()),
            suspended: clocks.iter().any(|it| matches!(it.state, ClockState::Suspended { .. })),
            late: clocks.iter().any(|it| matches!(it.state, ClockState::Stopped { late: 1.., .. })),
            deemed: clocks.iter().filter_map(|it| it.deems.as_ref()).any(|act| matter.has_done(act)),
            provisional: clocks.iter().any(|it| it.provisional && it.is_running()),
            findings: matter.findings,
            handler: matter.handler.clone(),
            version: matter.version,
        }
    }

    /// The day it is sorted by: the next due date of an open matter, the day a closed one was closed.
    pub(crate) fn day(&self) -> Date {
        if self.closed { self.closed_on } else { self.next_due }.unwrap_or(NEVER)
    }

    /// Where a list goes on after this row.
    pub fn cursor(&self) -> Cursor {
        Cursor { day: self.day(), matter: self.id, key: String::new() }
    }

    /// What the matter adds to its body's load; nothing once closed.
    pub(crate) fn load(&self) -> Option<Load> {
        (!self.closed).then(|| Load {
            body: self.body.clone(),
            procedure: self.procedure.clone(),
            due: self.day(),
            suspended: self.suspended,
        })
    }
}

/// One open matter's part of its body's load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) body: String,
    pub(crate) procedure: Key,
    pub(crate) due: Date,
    pub(crate) suspended: bool,
}

/// A live clock.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ClockLine {
    pub(crate) limit: Key,
    pub(crate) due: Date,
    pub(crate) deems: Option<Key>,
    pub(crate) running: bool,
    pub(crate) provisional: bool,
}

/// The live clocks of a matter, in order of limit. A closed matter's clocks stay: a limit may outlive it.
pub(crate) fn clocks(matter: &Matter) -> Vec<ClockLine> {
    let live = matter.clocks.iter().filter(|it| !matches!(it.state, ClockState::Stopped { .. }));
    let mut lines: Vec<ClockLine> = live
        .map(|clock| ClockLine {
            limit: match clock.item {
                Some(n) => Key::new(format!("{}#{n}", clock.limit)),
                None => clock.limit.clone(),
            },
            due: clock.due,
            deems: clock.deems.clone(),
            running: clock.is_running(),
            provisional: clock.provisional,
        })
        .collect();
    lines.sort();
    lines
}

/// The numbers of a matter.
pub(crate) fn numbers(matter: &Matter) -> BTreeSet<String> {
    matter.numbers.iter().map(|(_, text)| text.clone()).collect()
}

/// The relations of a matter to others, each once.
pub(crate) fn links(matter: &Matter) -> BTreeSet<(Key, MatterId)> {
    matter.links.iter().map(|(link, other)| (link.clone(), other.id)).collect()
}

/// Names of parties that stand outside the events, by party id.
pub(crate) type Names = BTreeMap<String, String>;

/// Takes the party names out of private values.
pub(crate) fn names<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Names {
    secrets
        .into_iter()
        .filter_map(|secret| {
            let party = secret.path.strip_prefix("parties.")?.strip_suffix(".name")?;
            Some((party.to_owned(), words(&secret.value)?))
        })
        .collect()
}

/// The words of a private value, which is JSON of a text or of a typed value.
fn words(json: &str) -> Option<String> {
    if let Ok(text) = serde_json::from_str::<String>(json) {
        return Some(text);
    }
    serde_json::from_str::<Value>(json).ok()?.as_text().map(str::to_owned)
}

/// What a matter can be found by: its numbers and its parties' names.
pub(crate) fn searchable(matter: &Matter, names: &Names) -> Vec<String> {
    let numbers = matter.numbers.iter().map(|(_, text)| text.clone());
    numbers.chain(party_names(&matter.parties, names)).collect()
}

/// The names of some parties, those that stand outside the events included.
pub(crate) fn party_names<'a>(
    parties: &'a [PartyRecord],
    names: &'a Names,
) -> impl Iterator<Item = String> + 'a {
    parties.iter().filter_map(|party| match &party.name {
        Value::Sealed(_) => names.get(&party.id).cloned(),
        open => open.as_text().map(str::to_owned),
    })
}

/// Texts as the second look of a search reads them: letters and digits, one line each.
pub(crate) fn sought<T: AsRef<str>>(texts: &[T]) -> String {
    let lines: Vec<String> = texts.iter().map(|text| gram::plain(text.as_ref())).collect();
    lines.join("\n")
}

/// The grams of some texts together.
pub(crate) fn grams<T: AsRef<str>>(texts: &[T]) -> BTreeSet<String> {
    texts.iter().flat_map(|text| gram::grams(text.as_ref())).collect()
}

/// What a procedure lets its publications show, read from the installed law.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shows(BTreeMap<Key, Vec<Key>>);

impl Shows {
    /// Reads the publications of an expanded procedure; a law without any shows nothing.
    pub(crate) fn read(body: &str) -> Self {
        #[derive(Deserialize)]
        struct Pack {
            #[serde(default)]
            publications: Vec<Publication>,
        }
        #[derive(Deserialize)]
        struct Publication {
            key: Key,
            #[serde(default)]
            shows: Vec<Key>,
        }
        let pack = serde_json::from_str::<Pack>(body).map(|it| it.publications).unwrap_or_default();
        Self(pack.into_iter().map(|it| (it.key, it.shows)).collect())
    }
}

/// What an expanded procedure says of itself, as far as it does.
#[derive(Default, Deserialize)]
pub(crate) struct Head {
    /// Its key.
    pub(crate) key: Option<String>,
    /// Its first day in force.
    pub(crate) from: Option<String>,
}

impl Head {
    /// Reads the head of a law; what is no procedure says nothing.
    pub(crate) fn read(body: &str) -> Self {
        serde_json::from_str(body).unwrap_or_default()
    }
}

/// A published matter as the public may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicationRow {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// Of which matter.
    pub matter: MatterId,
    /// Which publication of the procedure.
    pub publication: Key,
    /// The day it went up.
    pub published: Date,
    /// Procedure, all versions together.
    pub procedure: Key,
    /// The body that handles the matter.
    pub body: String,
    /// The first number issued.
    pub number: Option<String>,
    /// Outcome.
    pub outcome: Option<Key>,
    /// Hash of the law that says what is shown.
    pub law: String,
    /// The fields shown, in the law's order. Personal values are never among them.
    pub shown: Vec<Shown>,
}

/// One field of a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Field.
    pub field: Key,
    /// Its value.
    pub value: Value,
}

/// What of a matter is up, given the day each publication went up.
pub(crate) fn publications(
    matter: &Matter,
    days: &BTreeMap<Key, Date>,
    shows: &Shows,
) -> Vec<PublicationRow> {
    let up = matter.published.iter().filter_map(|key| Some((key, *days.get(key)?)));
    up.map(|(key, published)| {
        let fields = shows.0.get(key).map_or(&[][..], Vec::as_slice);
        let shown = fields.iter().filter_map(|field| {
            let value = matter.fields.get(field).filter(|value| !value.is_sealed())?;
            Some(Shown { field: field.clone(), value: value.clone() })
        });
        PublicationRow {
            jurisdiction: matter.jurisdiction.clone(),
            matter: matter.id,
            publication: key.clone(),
            published,
            procedure: matter.law.key.clone(),
            body: matter.body.clone(),
            number: matter.numbers.first().map(|(_, text)| text.clone()),
            outcome: matter.outcome.clone(),
            law: matter.law.hash.clone(),
            shown: shown.collect(),
        }
    })
    .collect()
}

/// What a publication can be found by: its number and the beginning of each text shown.
pub(crate) fn published_texts(row: &PublicationRow) -> Vec<String> {
    let texts = row.shown.iter().filter_map(|shown| shown.value.as_text());
    let beginnings = texts.map(|text| text.chars().take(SEARCHED).collect());
    row.number.iter().cloned().chain(beginnings).collect()
}

/// The day each publication last went up, corrected events left out.
pub(crate) fn published_days<'a>(
    events: impl IntoIterator<Item = &'a Event>,
    corrected: &BTreeSet<u64>,
) -> BTreeMap<Key, Date> {
    let standing = events.into_iter().filter(|event| !corrected.contains(&event.seq));
    standing.flat_map(|event| event.changes.iter().map(move |change| (event, change))).fold(
        BTreeMap::new(),
        |mut days, (event, change)| {
            if let Change::Published { publication } = change {
                days.insert(publication.clone(), event.effective.at.date());
            }
            days
        },
    )
}

/// The earlier events that an event corrects.
pub(crate) fn corrects(event: &Event) -> impl Iterator<Item = u64> + '_ {
    event.changes.iter().filter_map(|change| match change {
        Change::Corrected { event } => Some(*event),
        _ => None,
    })
}
