//! One version of one procedure, from its lines.

use std::collections::BTreeMap;

use calendar::Date;

use crate::{
    Approval, Claim, Items, Link, Outcome, ParameterValue, Procedure, Publication, Series, Stage, Statute,
    Text,
    fault::{Code, Draft, Faults},
    source::{FileId, Span},
    syntax::{self, Node, grammar},
};

use super::{
    cite::Shelf,
    fragment::{self, Common},
    names::Kind,
    pack::PackFile,
    paper::Papers,
    scope::{Marks, Scope},
};

/// A file that holds a version.
pub(crate) struct Version<'a> {
    pub(crate) file: FileId,
    pub(crate) text: &'a str,
    /// The folder's name.
    pub(crate) folder: &'a str,
    /// The day in the file's name.
    pub(crate) from: Date,
    /// The day before the next version.
    pub(crate) until: Option<Date>,
}

/// Reads it, with the places of its parts.
pub(crate) fn read(
    version: &Version<'_>,
    pack: &PackFile,
    common: &Common,
    papers: &Papers<'_>,
    faults: &mut Faults,
) -> Option<(Procedure, Marks)> {
    let nodes = syntax::parse(version.file, version.text, faults)?;
    syntax::check(&nodes, &grammar::PROCEDURE_FILE, Span::head(version.file), faults);
    let node = nodes.iter().find(|node| node.name == "procedure")?;
    let (key, span) = node.key()?;
    if key != *version.folder {
        let draft = Draft::new(Code::BadFile, "folder").put("name", &key);
        faults.add(draft.put("folder", version.folder).at(span));
    }
    let lines = fragment::expand(node, common, faults);
    syntax::check_block(node, &lines, &grammar::PROCEDURE, faults);
    let lines = Lines(&lines);
    let statutes = statutes(&lines, version, pack, faults);
    let mut scope = Scope {
        faults,
        shelf: Shelf { statutes: &statutes },
        marks: Marks { names: pack.names.clone(), head: Some(span), ..Marks::default() },
        fields: Vec::new(),
        parameters: Vec::new(),
        stages: Vec::new(),
        act: None,
        inside: None,
    };
    let declared = declare(&lines, &mut scope);
    if papers.lost {
        scope.marks.names.lose(Kind::Paper);
    }
    let papers = papers.of(&key, version.from);
    for paper in &papers {
        scope.marks.names.declare(Kind::Paper, paper.key.clone(), paper.span, scope.faults);
    }
    let head = Procedure { key, ..head(node, &lines, version, &mut scope) };
    let mut procedure = body(head, &declared, &mut scope);
    // Conditions of papers look up options and stages as those of acts do.
    scope.fields.clone_from(&procedure.fields);
    scope.parameters.clone_from(&procedure.parameters);
    scope.stages.clone_from(&procedure.stages);
    procedure.papers = papers.iter().filter_map(|it| scope.read_paper(it, &procedure.parties)).collect();
    let marks = scope.marks;
    Some((Procedure { statutes, ..procedure }, marks))
}

struct Lines<'a>(&'a [Node]);

impl<'a> Lines<'a> {
    fn all(&self, name: &str) -> impl Iterator<Item = &'a Node> {
        self.0.iter().filter(move |node| node.name == name)
    }
}

/// The statutes cited, the procedure's own first, each in force at some time of this version.
fn statutes(lines: &Lines<'_>, version: &Version<'_>, pack: &PackFile, faults: &mut Faults) -> Vec<Statute> {
    let mut found: Vec<Statute> = Vec::new();
    for (key, span) in lines.all("cites").flat_map(Node::keys) {
        let key = pack.names.take(Kind::Statute, (key, span), faults);
        let Some(statute) = pack.statutes.iter().find(|it| it.key == key) else { continue };
        let too_late = version.until.is_some_and(|until| statute.in_force > until);
        let too_early = statute.until.is_some_and(|until| until < version.from);
        if too_late || too_early {
            let draft = Draft::new(Code::StatuteNotInForce, "statute");
            let draft = draft.put_text("statute", statute.name.clone()).put("from", statute.in_force);
            let until = statute.until.map_or("\u{2026}".to_owned(), |it| it.to_string());
            let draft = draft.put("until", until).put("start", version.from);
            faults.add(draft.put("revision", &statute.revision).at(span));
        }
        if found.iter().any(|it| it.key == key) {
            faults.add(Draft::new(Code::DuplicateName, "twice").put("name", &key).at(span));
            continue;
        }
        found.push(statute.clone());
    }
    found
}

/// Declares every name before anything refers to one; gives the lines by sort, repeated ones left out.
fn declare<'a>(lines: &Lines<'a>, scope: &mut Scope<'_>) -> BTreeMap<Kind, Vec<&'a Node>> {
    let mut declared: BTreeMap<Kind, Vec<&Node>> = BTreeMap::new();
    let own = lines.0.iter().map(|line| (None, line));
    let items = lines.all("items").flat_map(|items| {
        let key = items.key().map(|it| it.0);
        items.inside().iter().map(move |line| (key.clone(), line))
    });
    for (item, line) in own.chain(items) {
        let Some(kind) = Kind::of_word(&line.name) else { continue };
        let Some((key, span)) = line.key() else {
            scope.marks.names.lose(kind);
            continue;
        };
        if scope.marks.names.declare(kind, key.clone(), span, scope.faults) {
            declared.entry(kind).or_default().push(line);
            scope.marks.item_of.extend(item.map(|item| ((kind, key), item)));
        }
    }
    declared
}

/// What a procedure says of itself, with nothing in it yet.
fn head(node: &Node, lines: &Lines<'_>, version: &Version<'_>, scope: &mut Scope<'_>) -> Procedure {
    let counting = lines.all("counting").next().map(|line| scope.shelf.all(line, scope.faults));
    let summary = lines.all("summary").next().map(Node::words).unwrap_or_default();
    Procedure {
        until: version.until,
        counting: counting.unwrap_or_default(),
        ..Procedure::empty(node.words(), summary, version.from)
    }
}

/// Fills it: parameters and fields first, because everything else may refer to them.
fn body(head: Procedure, declared: &BTreeMap<Kind, Vec<&Node>>, scope: &mut Scope<'_>) -> Procedure {
    let all = |kind| declared.get(&kind).into_iter().flatten().copied();
    scope.parameters = all(Kind::Parameter).filter_map(|it| scope.read_parameter(it)).collect();
    scope.fields = all(Kind::Field).filter_map(|it| scope.read_field(it)).collect();
    scope.stages = all(Kind::Stage).filter_map(|it| scope.read_stage(it)).collect();
    let procedure = Procedure {
        parties: all(Kind::Party).filter_map(|it| scope.read_party(it)).collect(),
        roles: all(Kind::Role).filter_map(|it| scope.read_role(it)).collect(),
        items: all(Kind::Items).filter_map(items).collect(),
        links: all(Kind::Link).filter_map(link).collect(),
        approvals: all(Kind::Approval).filter_map(|it| scope.read_approval(it)).collect(),
        claims: all(Kind::Claim).filter_map(|it| scope.read_claim(it)).collect(),
        outcomes: all(Kind::Outcome).filter_map(|it| scope.read_outcome(it)).collect(),
        series: all(Kind::Series).filter_map(|it| scope.read_series(it)).collect(),
        limits: all(Kind::Limit).filter_map(|it| scope.read_limit(it)).collect(),
        acts: all(Kind::Act).filter_map(|it| scope.read_act(it)).collect(),
        rules: all(Kind::Rule).filter_map(|it| scope.read_rule(it)).collect(),
        publications: all(Kind::Publication).filter_map(|it| scope.read_publication(it)).collect(),
        parameters: std::mem::take(&mut scope.parameters),
        fields: std::mem::take(&mut scope.fields),
        stages: std::mem::take(&mut scope.stages),
        ..head
    };
    // What is kept apart turns on whose acts there are.
    let distincts = all(Kind::Distinct).filter_map(|it| scope.read_distinct(it, &procedure)).collect();
    Procedure { distincts, ..procedure }
}

fn items(node: &Node) -> Option<Items> {
    Some(Items { key: node.key()?.0, name: node.words() })
}

fn link(node: &Node) -> Option<Link> {
    let back = |name| node.prop_text(name).unwrap_or_default();
    Some(Link { key: node.key()?.0, name: node.words(), back: Text::new(back("back"), back("back-en")) })
}

impl Scope<'_> {
    fn read_outcome(&mut self, node: &Node) -> Option<Outcome> {
        let basis = self.shelf.basis(node, self.faults);
        let key = node.key()?.0;
        let item = self.item_of(Kind::Outcome, &key);
        Some(Outcome { key, name: node.words(), basis, item })
    }

    fn read_stage(&mut self, node: &Node) -> Option<Stage> {
        let key = node.key()?.0;
        let item = self.item_of(Kind::Stage, &key);
        Some(Stage { key, name: node.words(), closed: node.is("closed"), item })
    }

    fn read_approval(&mut self, node: &Node) -> Option<Approval> {
        let basis = self.shelf.basis(node, self.faults);
        let steps = node.all("step").filter_map(|line| self.take_first(Kind::Role, line)).collect();
        Some(Approval { key: node.key()?.0, name: node.words(), basis, steps })
    }

    fn read_claim(&mut self, node: &Node) -> Option<Claim> {
        let basis = self.shelf.basis(node, self.faults);
        let otherwise = node.one("else").map(Node::words)?;
        let seats = node.prop("seats").and_then(|it| it.value.number());
        let most = seats.map_or(Some(1), |it| u32::try_from(it).ok().filter(|it| (1..=10_000).contains(it)));
        if let (None, Some(prop)) = (most, node.prop("seats")) {
            self.bad(Code::BadDeclaration, "seats", prop.value.span);
        }
        Some(Claim { key: node.key()?.0, name: node.words(), basis, otherwise, seats: most.unwrap_or(1) })
    }

    fn read_series(&mut self, node: &Node) -> Option<Series> {
        let (key, span) = node.key()?;
        let named = node.prop_key("prefix");
        let prefix_span = named.as_ref().map_or(span, |it| it.1);
        let prefix = self.take_prop(Kind::Parameter, node, "prefix")?;
        let found = self.parameters.iter().find(|it| it.key == prefix);
        if found.is_some_and(|it| !matches!(it.default, ParameterValue::Words(_))) {
            self.bad(Code::WrongType, "parameter-words", prefix_span);
        }
        let format = node.prop_text("format")?.to_owned();
        let format_span = node.prop("format")?.value.span;
        for place in ["{prefix}", "{year}", "{n}"] {
            if format.matches(place).count() != 1 {
                let draft = Draft::new(Code::BadDeclaration, "format").put("place", place);
                self.faults.add(draft.at(format_span));
            }
        }
        Some(Series { key, name: node.words(), prefix, format })
    }

    fn read_publication(&mut self, node: &Node) -> Option<Publication> {
        let (key, _) = node.key()?;
        let basis = self.shelf.basis(node, self.faults);
        let show = node.one("show");
        for (field, span) in show.into_iter().flat_map(Node::keys) {
            self.marks.shows.insert((key.clone(), field), span);
        }
        let shows = self.take_all(Kind::Field, show);
        let mut masked = Vec::new();
        for line in node.all("masked") {
            let (Some(field), Some(of)) =
                (self.take_first(Kind::Field, line), self.take_prop(Kind::Field, line, "of"))
            else {
                continue;
            };
            masked.push((field, of));
        }
        Some(Publication { key, name: node.words(), basis, shows, masked })
    }
}
