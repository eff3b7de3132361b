//! `determinations.kdl`: questions, results and the rules between them.

use crate::{
    Condition, Determination, Field, FieldKind, Finding, Key, Operand, Question, Rule, Sensitivity, Statute,
    fault::{Code, Draft, Faults},
    source::{FileId, Span},
    syntax::{self, Node, grammar},
};

use super::{
    cite::Shelf,
    names::Kind,
    pack::PackFile,
    scope::{Marks, Scope},
};

/// Reads the file.
pub(crate) fn read(file: FileId, text: &str, pack: &PackFile, faults: &mut Faults) -> Vec<Determination> {
    let Some(nodes) = syntax::parse(file, text, faults) else { return Vec::new() };
    syntax::check(&nodes, &grammar::DETERMINATIONS_FILE, Span::head(file), faults);
    let mut found: Vec<Determination> = Vec::new();
    let mut names = super::names::Names::default();
    for node in nodes.iter().filter(|node| node.name == "determination") {
        let Some((key, span)) = node.key() else { continue };
        if names.declare(Kind::Determination, key, span, faults) {
            found.extend(one(node, pack, faults));
        }
    }
    found
}

fn one(node: &Node, pack: &PackFile, faults: &mut Faults) -> Option<Determination> {
    let statutes = statutes(node, pack, faults);
    let mut scope = Scope {
        faults,
        shelf: Shelf { statutes: &statutes },
        marks: Marks { names: pack.names.clone(), ..Marks::default() },
        fields: Vec::new(),
        parameters: Vec::new(),
        stages: Vec::new(),
        act: None,
        inside: None,
    };
    for line in node.inside() {
        let kind = match line.name.as_str() {
            "parameter" => Kind::Parameter,
            "question" => Kind::Field,
            "result" => Kind::Outcome,
            "rule" => Kind::Rule,
            _ => continue,
        };
        match line.key() {
            Some((key, span)) => _ = scope.marks.names.declare(kind, key, span, scope.faults),
            None => scope.marks.names.lose(kind),
        }
    }
    scope.parameters = node.all("parameter").filter_map(|it| scope.read_parameter(it)).collect();
    // A question can turn on those before it only, so each is known when the next is read.
    let mut questions = Vec::new();
    for line in node.all("question") {
        questions.extend(scope.question(line));
    }
    let results: Vec<Finding> =
        node.all("result").filter_map(|it| Some(Finding { key: it.key()?.0, name: it.words() })).collect();
    let rules: Vec<Rule> = node.all("rule").filter_map(|it| scope.rule(it)).collect();
    scope.total(node);
    scope.idle(node, &questions, &rules);
    let parameters = std::mem::take(&mut scope.parameters);
    Some(Determination {
        key: node.key()?.0,
        name: node.words(),
        means: node.one("means").map(Node::words).unwrap_or_default(),
        statutes,
        parameters,
        questions,
        results,
        rules,
    })
}

fn statutes(node: &Node, pack: &PackFile, faults: &mut Faults) -> Vec<Statute> {
    let mut found = Vec::new();
    for (key, span) in node.all("cites").flat_map(Node::keys) {
        let key = pack.names.take(Kind::Statute, (key, span), faults);
        found.extend(pack.statutes.iter().find(|it| it.key == key).cloned());
    }
    found
}

impl Scope<'_> {
    fn question(&mut self, line: &Node) -> Option<Question> {
        let key = line.key()?.0;
        let when = self.earlier(line);
        let options = self.choices(line);
        let kind = self.field_kind(line, options)?;
        let (name, help) = (line.words(), line.one("help").map(Node::words));
        self.fields.push(Field {
            key: key.clone(),
            name: name.clone(),
            kind: kind.clone(),
            sensitivity: Sensitivity::Public,
            help: help.clone(),
            item: None,
        });
        if matches!(&kind, FieldKind::Choice { options } if options.is_empty()) {
            self.bad(Code::BadDeclaration, "no-options", line.name_span);
        }
        Some(Question { key, name, help, kind, when })
    }

    /// The condition under which a question is asked; it may look at earlier answers only.
    fn earlier(&mut self, line: &Node) -> Option<Condition> {
        let when = self.when(line)?;
        let mut asked = Vec::new();
        looked_at(&when, &mut asked);
        for key in asked.iter().filter(|key| self.fields.iter().all(|it| it.key != ***key)) {
            let draft = Draft::new(Code::BadDeclaration, "asked-later").put("name", key);
            self.faults.add(draft.at(line.name_span));
        }
        Some(when)
    }

    fn rule(&mut self, line: &Node) -> Option<Rule> {
        let when = self.when(line);
        Some(Rule {
            key: line.key()?.0,
            when,
            result: self.take_first(Kind::Outcome, line.one("result")?)?,
            basis: self.shelf.basis(line, self.faults),
            says: line.one("says").map(Node::words)?,
            unsettled: self.unsettled(line),
        })
    }

    /// The last rule has no condition, and no other is without one: there is always exactly one result.
    fn total(&mut self, node: &Node) {
        let rules: Vec<&Node> = node.all("rule").collect();
        let Some((last, before)) = rules.split_last() else { return };
        let span = |line: &Node| line.args.first().map_or(line.name_span, |it| it.span);
        if last.one("when").is_some() {
            self.bad(Code::BadDeclaration, "last-rule", span(last));
        }
        for line in before.iter().filter(|it| it.one("when").is_none()) {
            self.bad(Code::BadDeclaration, "rule-without-when", span(line));
        }
    }

    /// Warns of questions, results and parameters that no rule looks at or leads to.
    fn idle(&mut self, node: &Node, questions: &[Question], rules: &[Rule]) {
        let mut used: Vec<&Key> = rules.iter().map(|it| &it.result).collect();
        let conditions = rules.iter().filter_map(|it| it.when.as_ref());
        conditions
            .chain(questions.iter().filter_map(|it| it.when.as_ref()))
            .for_each(|it| looked_at(it, &mut used));
        used.extend(rules.iter().flat_map(|it| &it.unsettled).filter_map(|it| it.parameter.as_ref()));
        for line in node.inside() {
            let kind = match line.name.as_str() {
                "parameter" => Kind::Parameter,
                "question" => Kind::Field,
                "result" => Kind::Outcome,
                _ => continue,
            };
            let Some((key, span)) = line.key().filter(|it| !used.contains(&&it.0)) else { continue };
            let draft = Draft::new(Code::Unused, "name").put("name", &key);
            self.faults.add(draft.put_text("kind", kind.words()).at(span));
        }
    }
}

/// The questions and parameters that a condition looks at.
fn looked_at<'a>(condition: &'a Condition, found: &mut Vec<&'a Key>) {
    match condition {
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|it| looked_at(it, found)),
        Condition::Not(inner) => looked_at(inner, found),
        Condition::Given(key) | Condition::Is { field: key, .. } | Condition::Parameter { key, .. } => {
            found.push(key);
        }
        Condition::Compare { field, with, .. } => {
            found.push(field);
            if let Operand::Parameter(key) | Operand::Field(key) = with {
                found.push(key);
            }
        }
        _ => {}
    }
}
