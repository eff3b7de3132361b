//! The file by which an office begins, read against the packs: every fault of it at once.

use std::collections::{BTreeMap, BTreeSet};

use ::calendar::Date;

use crate::{
    Appointment, Body, Founding, Key, Law, LimitLength, Parameter, ParameterValue, Person, SeriesStart,
    fault::{Code, Draft, Fault, Faults},
    source::{FileId, Sources, Span},
    syntax::{self, Arg, Node, Value, office::OFFICE_FILE},
};

use super::names::{Kind, Names};

/// Digits of a place's code.
const CODE_DIGITS: usize = 6;
/// Years a number series can be of.
const YEARS: std::ops::RangeInclusive<i64> = 2000..=2099;

/// Reads the first file of some sources as an office's, and every fault of it.
pub fn read_office(sources: &Sources, law: &Law) -> (Option<Founding>, Vec<Fault>) {
    let mut faults = Faults::default();
    let founding = sources.files.first().and_then(|file| {
        let nodes = syntax::parse(FileId(0), &file.text, &mut faults)?;
        syntax::check(&nodes, &OFFICE_FILE, Span::head(FileId(0)), &mut faults);
        let node = nodes.iter().find(|it| it.name == "office")?;
        Some(Reading::new(law, &mut faults).office(node))
    });
    let sound = faults.errors() == 0;
    (founding.filter(|_| sound), faults.finish(sources))
}

struct Reading<'a> {
    faults: &'a mut Faults,
    names: Names,
    parameters: BTreeMap<Key, &'a Parameter>,
    /// Parameters that are the length of a limit.
    lengths: BTreeSet<&'a Key>,
}

/// A post as written, for the checks across people.
type Written = (Key, Appointment, Span);

impl<'a> Reading<'a> {
    fn new(law: &'a Law, faults: &'a mut Faults) -> Self {
        let mut names = Names::default();
        let (mut parameters, mut lengths) = (BTreeMap::new(), BTreeSet::new());
        let nowhere = Span::head(FileId(0));
        for pack in &law.packs {
            pack.posts.keys().for_each(|it| names.know(Kind::Post, it.clone(), nowhere));
            for procedure in &pack.procedures {
                lengths.extend(procedure.limits.iter().filter_map(|it| match &it.length {
                    LimitLength::Parameter { key, .. } => Some(key),
                    _ => None,
                }));
                procedure.series.iter().for_each(|it| names.know(Kind::Series, it.key.clone(), nowhere));
            }
            for it in pack.parameters() {
                names.know(Kind::Parameter, it.key.clone(), nowhere);
                parameters.insert(it.key.clone(), it);
            }
        }
        Self { faults, names, parameters, lengths }
    }

    fn office(mut self, node: &Node) -> Founding {
        let code = node.texts().next();
        if let Some((code, span)) = code {
            let digits = code.len() == CODE_DIGITS && code.bytes().all(|it| it.is_ascii_digit());
            if !digits {
                self.faults.add(Draft::new(Code::BadDeclaration, "place-code").put("code", code).at(span));
            }
        }
        let mut bodies = Vec::new();
        if let Some(organ) = node.one("organ") {
            bodies.push(body(Key::from(Body::ORGAN), None, organ));
            self.names.know(Kind::Body, Key::from(Body::ORGAN), organ.name_span);
            self.bodies(organ, &Key::from(Body::ORGAN), &mut bodies);
        }
        for line in node.all("person") {
            match line.key() {
                Some((key, span)) => {
                    self.names.declare(Kind::Person, key, span, self.faults);
                }
                None => self.names.lose(Kind::Person),
            }
        }
        let mut written = Vec::new();
        let people = node.all("person").filter_map(|it| self.person(it, &mut written)).collect();
        self.deputies(&written);
        let (zh, en) = (node.texts().nth(1).map_or("", |it| it.0), node.prop_text("en").unwrap_or_default());
        let series = self.series(node);
        let parameters = self.settings(node);
        Founding {
            code: code.map_or("", |it| it.0).to_owned(),
            name: crate::Text::new(zh, en),
            bodies,
            people,
            series,
            parameters,
        }
    }

    fn bodies(&mut self, of: &Node, parent: &Key, all: &mut Vec<Body>) {
        for line in of.all("body") {
            let Some((key, span)) = line.key() else {
                self.names.lose(Kind::Body);
                continue;
            };
            if [Body::ORGAN, Body::REGISTRY].contains(&key.as_str()) {
                self.faults.add(Draft::new(Code::BadDeclaration, "body-name").put("name", &key).at(span));
                continue;
            }
            if self.names.declare(Kind::Body, key.clone(), span, self.faults) {
                all.push(body(key.clone(), Some(parent.clone()), line));
            }
            self.bodies(line, &key, all);
        }
    }

    fn person(&mut self, node: &Node, written: &mut Vec<Written>) -> Option<Person> {
        let (login, _) = node.key()?;
        let mut posts = Vec::new();
        for line in node.all("post") {
            let Some(named) = line.key() else { continue };
            let span = named.1;
            let day = |name: &str| line.prop_text(name).and_then(|it| it.parse::<Date>().ok());
            let within = line.prop_key("in").map(|it| self.names.take(Kind::Body, it, self.faults));
            let acting_for = line.prop_key("acting-for");
            let post = Appointment {
                post: self.names.take(Kind::Post, named, self.faults),
                body: within.unwrap_or_else(|| Key::from(Body::ORGAN)),
                from: day("from"),
                until: day("until"),
                acting_for: acting_for.map(|it| self.names.take(Kind::Person, it, self.faults)),
            };
            if let (Some(from), Some(until)) = (post.from, post.until)
                && until < from
            {
                self.faults.add(Draft::new(Code::BadTerm, "post").at(span));
            }
            written.push((login.clone(), post.clone(), span));
            posts.push(post);
        }
        Some(Person { login, name: node.texts().next()?.0.to_owned(), posts })
    }

    /// Who acts for somebody does so in a post of theirs.
    fn deputies(&mut self, written: &[Written]) {
        for (login, post, span) in written {
            let Some(other) = &post.acting_for else { continue };
            let held = written.iter().any(|(holder, theirs, _)| {
                let own = theirs.acting_for.is_none();
                holder == other && own && theirs.post == post.post && theirs.body == post.body
            });
            let draft = if other == login {
                Draft::new(Code::BadDeclaration, "acting-self")
            } else if !held {
                Draft::new(Code::BadDeclaration, "acting")
            } else {
                continue;
            };
            let draft = draft.put("name", other).put("post", &post.post).put("body", &post.body);
            self.faults.add(draft.at(*span));
        }
    }

    fn series(&mut self, node: &Node) -> Vec<SeriesStart> {
        let mut all: Vec<SeriesStart> = Vec::new();
        for line in node.all("series") {
            let Some((key, span)) = line.key() else { continue };
            let series = self.names.take(Kind::Series, (key, span), self.faults);
            let (Some(year), Some(last)) = (line.prop_number("year"), line.prop_number("last")) else {
                continue;
            };
            let (Ok(last), true, Ok(year)) =
                (u64::try_from(last), YEARS.contains(&year), i16::try_from(year))
            else {
                self.faults.add(Draft::new(Code::BadDeclaration, "series-start").at(span));
                continue;
            };
            if all.iter().any(|it| it.series == series && it.year == year) {
                let name = format!("{series} {year}");
                self.faults.add(Draft::new(Code::DuplicateName, "twice").put("name", name).at(span));
            }
            let missing = self.missing(line, last);
            all.push(SeriesStart { series, year, last, missing });
        }
        all
    }

    fn missing(&mut self, line: &Node, last: u64) -> Vec<u64> {
        let mut missing = Vec::new();
        for arg in line.one("missing").into_iter().flat_map(|it| &it.args) {
            let Some(number) = arg.number() else { continue };
            match u64::try_from(number).ok().filter(|it| (1..=last).contains(it)) {
                Some(number) if missing.contains(&number) => {
                    let draft = Draft::new(Code::DuplicateName, "twice").put("name", number);
                    self.faults.add(draft.at(arg.span));
                }
                Some(number) => missing.push(number),
                None => {
                    let draft = Draft::new(Code::BadDeclaration, "series-missing");
                    self.faults.add(draft.put("number", number).put("last", last).at(arg.span));
                }
            }
        }
        missing.sort_unstable();
        missing
    }

    fn settings(&mut self, node: &Node) -> Vec<(Key, ParameterValue)> {
        let mut all: Vec<(Key, ParameterValue)> = Vec::new();
        for line in node.all("parameter") {
            let (Some((key, span)), Some(given)) = (line.key(), line.args.get(1)) else { continue };
            let key = self.names.take(Kind::Parameter, (key, span), self.faults);
            if all.iter().any(|it| it.0 == key) {
                self.faults.add(Draft::new(Code::DuplicateName, "twice").put("name", &key).at(span));
            }
            let Some(declared) = self.parameters.get(&key).copied() else { continue };
            all.extend(self.value(declared, given).map(|value| (key, value)));
        }
        all
    }

    fn value(&mut self, declared: &Parameter, given: &Arg) -> Option<ParameterValue> {
        let draft = match (&declared.default, &given.value) {
            (ParameterValue::Number(_), Value::Number(number)) => {
                if *number >= 1 || !self.lengths.contains(&declared.key) {
                    return Some(ParameterValue::Number(*number));
                }
                Draft::new(Code::BadNumber, "length").put("number", number)
            }
            (ParameterValue::Words(default), Value::Text(words)) => {
                // What is a day in the law file is one here.
                let day = |it: &str| it.parse::<calendar::Date>().is_ok();
                if day(words) || !day(default) {
                    return Some(ParameterValue::Words(words.clone()));
                }
                Draft::new(Code::WrongType, "day")
            }
            (ParameterValue::Option(_), Value::Word(word)) => {
                if let Some(option) = declared.options.iter().find(|it| it.as_str() == word) {
                    return Some(ParameterValue::Option(option.clone()));
                }
                let draft = Draft::new(Code::UnknownName, "option").put("name", word);
                draft.put("of", &declared.key).near(word, declared.options.iter().map(Key::as_str))
            }
            (_, Value::Broken) => return None,
            (ParameterValue::Number(_), _) => Draft::new(Code::WrongType, "number"),
            (ParameterValue::Words(_), _) => Draft::new(Code::WrongType, "text"),
            (ParameterValue::Option(_), _) => {
                let options: Vec<&str> = declared.options.iter().map(Key::as_str).collect();
                Draft::new(Code::WrongType, "setting").put("options", options.join(" "))
            }
        };
        self.faults.add(draft.at(given.span));
        None
    }
}

fn body(key: Key, parent: Option<Key>, node: &Node) -> Body {
    let letterhead = node.one("letterhead").and_then(|it| it.texts().next()).map(|it| it.0.to_owned());
    Body { key, parent, name: node.words(), letterhead }
}
