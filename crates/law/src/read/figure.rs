//! `report.kdl` and `practice.kdl`: what is said of and rehearsed over procedures.

use crate::{
    Field, FieldKind, Key, Practice, PracticeAct, PracticeText, Procedure, Report, ReportParagraph, Statute,
    Text,
    fault::{Code, Draft, Faults},
    source::{FileId, Span},
    syntax::{self, Node, Value, grammar},
};

use super::{
    limit::unit,
    names::{Kind, Names},
};

/// The names in all versions of the procedures of a pack.
fn names_of<'a>(procedures: impl Iterator<Item = &'a Procedure>, place: Span) -> Names {
    let mut names = Names::default();
    for procedure in procedures {
        let mut know = |kind, key: &Key| names.know(kind, key.clone(), place);
        know(Kind::Procedure, &procedure.key);
        procedure.outcomes.iter().for_each(|it| know(Kind::Outcome, &it.key));
        procedure.limits.iter().for_each(|it| know(Kind::Limit, &it.key));
        procedure.stages.iter().for_each(|it| know(Kind::Stage, &it.key));
        procedure.fields.iter().for_each(|it| know(Kind::Field, &it.key));
        for act in &procedure.acts {
            know(Kind::Act, &act.key);
            act.requires.iter().for_each(|it| know(Kind::Require, &it.key));
        }
    }
    names
}

/// What the lines of a pack's other files can refer to.
pub(crate) struct Figures<'a> {
    pub(crate) procedures: &'a [Procedure],
    /// Statutes of the pack.
    pub(crate) statutes: &'a [Statute],
    /// Indicators declared in all packs, whether or not they could be read.
    pub(crate) indicators: &'a [Key],
    pub(crate) faults: &'a mut Faults,
}

impl Figures<'_> {
    /// Names in the versions of some procedures; first those procedures themselves are looked up.
    pub(super) fn over(&mut self, line: Option<&Node>, place: Span) -> (Vec<Key>, Names) {
        let all = names_of(self.procedures.iter(), place);
        let named: Vec<Key> = line
            .into_iter()
            .flat_map(Node::keys)
            .map(|named| all.take(Kind::Procedure, named, self.faults))
            .collect();
        let chosen = self.procedures.iter().filter(|it| named.contains(&it.key));
        let names = names_of(chosen, place);
        (named, names)
    }

    /// Reads `report.kdl`.
    pub(crate) fn reports(&mut self, file: FileId, text: &str) -> Vec<Report> {
        let Some(nodes) = syntax::parse(file, text, self.faults) else { return Vec::new() };
        syntax::check(&nodes, &grammar::REPORT_FILE, Span::head(file), self.faults);
        let mut reports = Vec::new();
        for node in nodes.iter().filter(|node| node.name == "report") {
            let Some((key, _)) = node.key() else { continue };
            let title = node.one("title").map(|line| self.template(line, false)).unwrap_or_default();
            let mut paragraphs = Vec::new();
            for line in node.all("paragraph") {
                let text = line.one("text").map(|line| self.template(line, true)).unwrap_or_default();
                paragraphs.push(ReportParagraph { heading: line.words(), text });
            }
            reports.push(Report { key, title, paragraphs });
        }
        reports
    }

    /// Words with places: `{place}`, `{year}` and indicators, the same ones in both languages.
    fn template(&mut self, line: &Node, counts: bool) -> Text {
        let words = line.words();
        let zh = line.texts().next().map(|it| it.1);
        let en = line.prop("en").map(|prop| prop.value.span);
        let keys: Vec<&str> = self.indicators.iter().filter(|_| counts).map(Key::as_str).collect();
        for (text, span) in [(&words.zh, zh), (&words.en, en)] {
            let Some(span) = span else { continue };
            for name in places(text) {
                if !matches!(name, "place" | "year") && !keys.contains(&name) {
                    let draft = Draft::new(Code::UnknownName, "name").put("name", name);
                    let draft = draft.put_text("kind", Kind::Indicator.words()).at(span);
                    self.faults.add(draft.near(name, keys.iter().copied()));
                }
            }
        }
        let sorted = |text| {
            let mut found: Vec<&str> = places(text).collect();
            found.sort_unstable();
            found
        };
        if let Some(en) = en.filter(|_| sorted(&words.zh) != sorted(&words.en)) {
            self.faults.add(Draft::new(Code::MissingText, "places").at(en));
        }
        words
    }

    /// Reads `practice.kdl`.
    pub(crate) fn practice(&mut self, file: FileId, text: &str) -> Vec<Practice> {
        let head = Span::head(file);
        let Some(nodes) = syntax::parse(file, text, self.faults) else { return Vec::new() };
        syntax::check(&nodes, &grammar::PRACTICE_FILE, head, self.faults);
        let mut all = Vec::new();
        for node in nodes.iter().filter(|node| node.name == "practice") {
            let (procedures, names) = self.over(Some(node), head);
            let Some(procedure) = procedures.into_iter().next() else { continue };
            let per_year = node.one("per-year").and_then(|it| it.args.first()?.number());
            let mut practice = Practice {
                procedure,
                per_year: per_year.and_then(|it| u32::try_from(it).ok()).unwrap_or(0),
                choices: Vec::new(),
                acts: Vec::new(),
                texts: Vec::new(),
                refers: Vec::new(),
            };
            practice.choices = node.all("choose").filter_map(|it| self.choice(it, &names)).collect();
            for line in node.all("refer") {
                let mut named = line.keys();
                let (Some(field), Some(other)) = (named.next(), named.next()) else { continue };
                let all = names_of(self.procedures.iter(), head);
                let field = names.take(Kind::Field, field, self.faults);
                practice.refers.push((field, all.take(Kind::Procedure, other, self.faults)));
            }
            for line in node.all("from") {
                let Some(named) = line.key() else { continue };
                let stage = names.take(Kind::Stage, named, self.faults);
                let habits = line.inside().iter().filter_map(|it| self.habit(it, &stage, &names));
                practice.acts.extend(habits);
            }
            for line in node.all("text") {
                let Some(named) = line.key() else { continue };
                let field = names.take(Kind::Field, named, self.faults);
                let samples = line.texts().map(|it| it.0.to_owned()).collect();
                practice.texts.push(PracticeText { field, samples });
            }
            all.push(practice);
        }
        all
    }

    /// `choose FIELD OPTION weight=N`.
    fn choice(&mut self, line: &Node, names: &Names) -> Option<(Key, Key, u32)> {
        let field = names.take(Kind::Field, line.key()?, self.faults);
        let (option, span) = line.keys().nth(1)?;
        let known = |it: &Field| match &it.kind {
            FieldKind::Choice { options } => it.key == field && options.iter().any(|it| it.key == option),
            FieldKind::YesNo => it.key == field && matches!(option.as_str(), "yes" | "no"),
            _ => false,
        };
        if !self.procedures.iter().flat_map(|it| &it.fields).any(known) {
            let draft = Draft::new(Code::UnknownName, "name").put("name", &option);
            self.faults.add(draft.put_text("kind", Kind::Option.words()).at(span));
        }
        Some((field, option, u32::try_from(line.prop_number("weight")?).ok()?))
    }

    fn habit(&mut self, line: &Node, stage: &Key, names: &Names) -> Option<PracticeAct> {
        let weight = u32::try_from(line.prop_number("weight")?).ok()?;
        let (act, after, unit) = match line.name.as_str() {
            "wait" => (None, (0, 0), calendar::Unit::WorkingDay),
            _ => {
                let act = names.take(Kind::Act, line.key()?, self.faults);
                let after = line.prop("after")?;
                let Some(days) = after.value.text().and_then(range) else {
                    if after.value.value != Value::Broken {
                        self.faults.add(Draft::new(Code::WrongType, "range").at(after.value.span));
                    }
                    return None;
                };
                (Some(act), days, unit(&line.prop("unit")?.value.word()?)?)
            }
        };
        Some(PracticeAct {
            stage: stage.clone(),
            act,
            weight,
            after_min: after.0,
            after_max: after.1,
            unit,
            first: line.is("first"),
        })
    }
}

/// `1..4`: from, through.
fn range(text: &str) -> Option<(u32, u32)> {
    let (least, most) = text.split_once("..")?;
    let range: (u32, u32) = (least.parse().ok()?, most.parse().ok()?);
    (range.0 <= range.1).then_some(range)
}

/// The names in braces.
fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|it| it.0))
}
