//! The directory: who holds, or held, which post, which bodies and places there are, and what they have set;
//! folded from the office's own matters, those that are over included, since old records name their people.

use std::{collections::BTreeMap, sync::Arc};

use calendar::Date;
use engine::{Jurisdiction, Matter, Secret, Value};
use law::{Key, ParameterValue, Text};
use store::Reader;

use crate::{
    account::{Account, Post},
    builtin::{appointment, body, organ_of, parameter, place},
    open::{Office, unknown},
    term::Terms,
    view::{BodyView, Place},
};

/// Everything about people, places and parameters, folded from their matters.
#[derive(Default)]
pub(crate) struct Directory {
    /// In the order in which they were recorded.
    pub(crate) places: Vec<Place>,
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) parameters: BTreeMap<Jurisdiction, BTreeMap<Key, ParameterValue>>,
    pub(crate) bodies: BTreeMap<Jurisdiction, Vec<BodyView>>,
    /// Everything that was ever set, in the order in which it was recorded.
    settings: Vec<(Jurisdiction, Key, ParameterValue, Date)>,
    /// Whose each account was, by account, in the order in which it was recorded.
    tenures: BTreeMap<String, Vec<Tenure>>,
    /// Who held which post, on which days.
    pub(crate) terms: Arc<Terms>,
    /// Every body there ever was.
    recorded: Vec<Recorded>,
}

/// A body, whether or not it still stands.
struct Recorded {
    place: Jurisdiction,
    view: BodyView,
    /// In order of the days from which they held.
    letterheads: Vec<(Date, String)>,
}

/// That an account is somebody's, from the day on which it was recorded.
struct Tenure {
    place: Jurisdiction,
    name: String,
    since: Date,
}

/// A body as its papers call it on a day.
#[derive(Default)]
pub(crate) struct BodyWords {
    /// Its name.
    pub(crate) name: String,
    /// What stands at the head of its papers.
    pub(crate) letterhead: String,
}

impl Directory {
    /// The name of whose an account was on a day; of its first holder before.
    fn official(&self, login: &str, on: Date) -> Option<String> {
        self.tenures.get(login).and_then(|it| holder_on(it, on)).map(|it| it.name.clone())
    }

    /// The names of all officials of a place on a day, by account.
    fn officials(&self, place: &Jurisdiction, on: Date) -> BTreeMap<String, String> {
        let named = |(login, all): (&String, &Vec<Tenure>)| {
            let then = holder_on(all, on).filter(|it| it.place == *place)?;
            Some((login.clone(), then.name.clone()))
        };
        self.tenures.iter().filter_map(named).collect()
    }

    fn recorded(&self, place: &Jurisdiction, id: &str) -> Option<&Recorded> {
        self.recorded.iter().rev().find(|it| it.place == *place && it.view.id == id)
    }

    /// What a body is or was called; the organ of a place has that name without being recorded.
    fn body_name(&self, place: &Jurisdiction, id: &str) -> Option<&Text> {
        let organ = || self.places.iter().find(|it| it.code == *place && id == organ_of(place));
        self.recorded(place, id).map(|it| &it.view.name).or_else(|| organ().map(|it| &it.organ))
    }

    fn body(&self, place: &Jurisdiction, id: &str, on: Date) -> BodyWords {
        let name = self.body_name(place, id).map_or_else(|| id.to_owned(), |it| it.zh.clone());
        let heads = self.recorded(place, id).map(|it| it.letterheads.as_slice()).unwrap_or_default();
        let head = heads.iter().rev().find(|it| it.0 <= on).or(heads.first()).map(|it| it.1.clone());
        BodyWords { letterhead: head.unwrap_or_else(|| name.clone()), name }
    }

    /// What a place had set on a day, and of what it had not yet set what it set first.
    fn parameters_on(&self, place: &Jurisdiction, on: Date) -> BTreeMap<Key, ParameterValue> {
        let mut known = BTreeMap::new();
        for (_, name, value, since) in self.settings.iter().filter(|it| it.0 == *place) {
            if *since <= on || !known.contains_key(name) {
                known.insert(name.clone(), value.clone());
            }
        }
        known
    }

    fn add_bodies(&mut self, reader: &Reader, code: &Jurisdiction) -> anyhow::Result<()> {
        let mut standing = Vec::new();
        for (matter, _) in reader.matters(code, body::PROCEDURE)? {
            let view = body_view(&matter);
            let mut heads = Vec::new();
            for (event, _) in reader.events(code, matter.id)? {
                if let Some(Value::Text(head)) = event.inputs.get(body::LETTERHEAD)
                    && !matter.corrected.contains(&event.seq)
                    && !head.is_empty()
                {
                    heads.push((event.effective.at.date(), head.clone()));
                }
            }
            if !matter.closed {
                standing.push(view.clone());
            }
            self.recorded.push(Recorded { place: code.clone(), view, letterheads: heads });
        }
        self.bodies.insert(code.clone(), as_tree(standing));
        Ok(())
    }

    fn add_appointment(
        &mut self,
        office: &Office,
        code: &Jurisdiction,
        matter: &Matter,
        name: Option<String>,
        terms: &mut Terms,
    ) {
        let login = text(matter, appointment::LOGIN);
        let name = name.unwrap_or_else(|| login.clone());
        let since = matter.received.date();
        let tenure = Tenure { place: code.clone(), name: name.clone(), since };
        self.tenures.entry(login.clone()).or_default().push(tenure);
        let kind = text(matter, appointment::POST);
        let post = Post {
            name: office.laws().post(&kind).cloned().unwrap_or_else(unknown),
            kind: Key::from(kind),
            body: text(matter, appointment::BODY),
            from: day(matter, appointment::FROM),
            until: day(matter, appointment::UNTIL),
            acting_for: Some(text(matter, appointment::ACTING_FOR)).filter(|it| !it.is_empty()),
            matter: Some(matter.id),
        };
        terms.add_post(code, &login, &post, matter.closed_on);
        if matter.closed {
            return;
        }
        let account = self.accounts.entry(login.clone()).or_insert_with(|| Account {
            id: login.clone(),
            name,
            login,
            place: code.clone(),
            posts: Vec::new(),
        });
        account.posts.push(post);
    }
}

impl Office {
    /// Folds the directory from its matters.
    pub(crate) fn reload_directory(&self) -> anyhow::Result<()> {
        let directory = self.store().read(|reader| {
            let known = reader.get("office", "places", 0)?.unwrap_or_default();
            let codes: Vec<Jurisdiction> = serde_json::from_slice(&known).unwrap_or_default();
            let mut directory = Directory::default();
            let mut terms = Terms::default();
            for code in codes {
                let places = reader.matters(&code, place::PROCEDURE)?;
                directory.places.extend(places.iter().map(|(matter, _)| place_of(&code, matter)));
                for (matter, _) in reader.matters(&code, parameter::PROCEDURE)? {
                    let value = text(&matter, parameter::VALUE);
                    let value = self.parameter_value(&text(&matter, parameter::NAME), &value);
                    let name = Key::from(text(&matter, parameter::NAME));
                    let set = (code.clone(), name.clone(), value.clone(), matter.received.date());
                    directory.settings.push(set);
                    directory.parameters.entry(code.clone()).or_default().insert(name, value);
                }
                directory.add_bodies(reader, &code)?;
                for (matter, secrets) in reader.matters(&code, appointment::PROCEDURE)? {
                    directory.add_appointment(self, &code, &matter, holder(&secrets), &mut terms);
                }
            }
            directory.terms = Arc::new(terms);
            Ok(directory)
        })?;
        *self.0.directory.write().unwrap_or_else(std::sync::PoisonError::into_inner) = directory;
        Ok(())
    }

    /// Who held which post, on which days.
    pub(crate) fn terms(&self) -> Arc<Terms> {
        self.directory(|it| it.terms.clone())
    }

    /// Parameters that a place had set on a day.
    pub(crate) fn parameters_on(&self, place: &Jurisdiction, on: Date) -> BTreeMap<Key, ParameterValue> {
        self.directory(|it| it.parameters_on(place, on))
    }

    /// The name of an official for people, by account, as on a day: an account may pass to somebody else.
    pub fn official(&self, login: &str, on: Date) -> Option<String> {
        self.directory(|it| it.official(login, on))
    }

    /// The names of all who are or were officials of a place, by account, as on a day.
    pub(crate) fn officials(&self, place: &Jurisdiction, on: Date) -> BTreeMap<String, String> {
        self.directory(|it| it.officials(place, on))
    }

    /// What a body of a place is or was called, whether or not it still stands; `None` if nobody recorded it.
    pub fn body_name(&self, place: &Jurisdiction, id: &str) -> Option<Text> {
        self.directory(|it| it.body_name(place, id).cloned())
    }

    /// A body, as on a day, whether or not it still stands.
    pub(crate) fn body_words(&self, place: &Jurisdiction, id: &str, on: Date) -> BodyWords {
        self.directory(|it| it.body(place, id, on))
    }

    fn parameter_value(&self, name: &str, value: &str) -> ParameterValue {
        let laws = self.laws();
        let declared = laws.all().iter().find_map(|(_, it)| it.parameter(name).cloned());
        let declared =
            declared.or_else(|| laws.figure_parameters().find(|it| it.key.as_str() == name).cloned());
        match (declared.map(|it| it.default), value.parse()) {
            (Some(ParameterValue::Option(_)), _) => ParameterValue::Option(Key::from(value)),
            (Some(ParameterValue::Number(_)) | None, Ok(number)) => ParameterValue::Number(number),
            _ => ParameterValue::Words(value.to_owned()),
        }
    }
}

fn place_of(code: &Jurisdiction, matter: &Matter) -> Place {
    Place {
        code: code.clone(),
        name: Text::new(text(matter, place::NAME_ZH), text(matter, place::NAME_EN)),
        organ: Text::new(text(matter, place::ORGAN_ZH), text(matter, place::ORGAN_EN)),
    }
}

fn body_view(matter: &Matter) -> BodyView {
    let given = |field| Some(text(matter, field)).filter(|it| !it.is_empty());
    BodyView {
        id: text(matter, body::KEY),
        parent: given(body::PARENT),
        name: Text::new(text(matter, body::NAME_ZH), text(matter, body::NAME_EN)),
        letterhead: given(body::LETTERHEAD),
    }
}

/// Bodies each followed by those that belong to it, in order of their keys.
fn as_tree(mut bodies: Vec<BodyView>) -> Vec<BodyView> {
    bodies.sort_by(|a, b| b.id.cmp(&a.id));
    let (mut waiting, mut rest): (Vec<_>, Vec<_>) = bodies.into_iter().partition(|it| it.parent.is_none());
    let mut tree = Vec::new();
    while let Some(body) = waiting.pop() {
        let (below, others): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|it| it.parent.as_ref() == Some(&body.id));
        rest = others;
        waiting.extend(below);
        tree.push(body);
    }
    tree
}

fn day(matter: &Matter, field: &str) -> Option<Date> {
    match matter.fields.get(field) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    }
}

fn text(matter: &Matter, field: &str) -> String {
    matter.fields.get(field).and_then(Value::as_text).unwrap_or_default().to_owned()
}

/// Whose an account was on a day; its first holder before.
fn holder_on(all: &[Tenure], on: Date) -> Option<&Tenure> {
    all.iter().filter(|it| it.since <= on).max_by_key(|it| it.since).or_else(|| all.first())
}

/// The name of whoever an appointment is about.
fn holder(secrets: &[(u64, Secret)]) -> Option<String> {
    let name = secrets.iter().find(|(_, it)| it.path.ends_with(".name"))?;
    let value = serde_json::from_str::<Value>(&name.1.value).ok()?;
    value.as_text().map(str::to_owned)
}
