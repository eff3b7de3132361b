//! The Chinese rendering of determinations: questions and rules as a lawyer reads them.

use crate::{Determination, Field, Procedure, Rule, Sensitivity, words::zh};

use super::Paper;

/// A determination as a lawyer reads it.
pub fn render_determination_zh(it: &Determination) -> String {
    let names = names(it);
    let mut paper = Paper { procedure: &names, lines: Vec::new(), sections: 0, scope: None };
    paper.line(it.name.zh.as_str());
    paper.line("");
    paper.line(zh("doc.generated", &[]));
    paper.line("");
    paper.line(zh("doc.summary", &[("words", &it.means.zh)]));
    paper.statutes();
    paper.parameters();
    paper.questions(it);
    paper.rules(it);
    paper.line("");
    paper.lines.join("\n")
}

/// What conditions name: questions stand where a procedure has fields.
fn names(of: &Determination) -> Procedure {
    let field = |it: &crate::Question| Field {
        key: it.key.clone(),
        name: it.name.clone(),
        kind: it.kind.clone(),
        sensitivity: Sensitivity::Public,
        help: None,
        item: None,
    };
    Procedure {
        key: of.key.clone(),
        statutes: of.statutes.clone(),
        parameters: of.parameters.clone(),
        fields: of.questions.iter().map(field).collect(),
        ..Procedure::empty(of.name.clone(), of.means.clone(), calendar::Date::MIN)
    }
}

impl Paper<'_> {
    fn questions(&mut self, of: &Determination) {
        self.section("doc.questions");
        let one = |it: &crate::Question| {
            let places = [("name", it.name.zh.as_str()), ("kind", &self.field_kind(&it.kind))];
            match &it.when {
                None => zh("question.line", &places),
                Some(when) => zh("question.when", &[places[0], places[1], ("when", &self.condition(when))]),
            }
        };
        let items = of.questions.iter().map(one).collect();
        self.numbered(items);
    }

    fn rules(&mut self, of: &Determination) {
        self.section("doc.rules");
        let items = of.rules.iter().map(|it| self.rule(of, it)).collect();
        self.numbered(items);
    }

    fn rule(&self, of: &Determination, rule: &Rule) -> String {
        let result = of.result(&rule.result).map_or(rule.result.as_str(), |it| &it.name.zh);
        let when = rule.when.as_ref().map(|it| self.condition(it));
        let id = if when.is_some() { "rule.when" } else { "rule.last" };
        let basis = self.basis(&rule.basis);
        let places = [("result", result), ("says", &*rule.says.zh), ("basis", &*basis)];
        let when = when.unwrap_or_default();
        let mut words = zh(id, &[places[0], places[1], places[2], ("when", &when)]);
        for it in &rule.unsettled {
            words.push_str(&zh("act.unsettled", &[("words", &it.question.zh)]));
        }
        words
    }
}
