//! Rules of a procedure in words.

use crate::{Key, Must, PathRule, words::zh};

use super::Paper;

impl Paper<'_> {
    /// What holds on every way; nothing where the procedure has no rules.
    pub(super) fn path_rules(&mut self) {
        let rules = &self.procedure.rules;
        if rules.is_empty() {
            return;
        }
        self.section("doc.path-rules");
        let items = rules.iter().map(|it| self.path_rule(it)).collect();
        self.numbered(items);
    }

    fn path_rule(&self, rule: &PathRule) -> String {
        let when = rule.when.as_ref().map(|it| zh("path-rule.when", &[("when", &self.condition(it))]));
        let words = self.must(&rule.must);
        let basis = self.basis(&rule.basis);
        let places = [
            ("name", rule.name.zh.as_str()),
            ("when", when.as_deref().unwrap_or_default()),
            ("words", &words),
            ("basis", &basis),
        ];
        match &rule.unproved {
            None => zh("path-rule.line", &places),
            Some(why) => {
                let [name, when, words, basis] = places;
                zh("path-rule.unproved", &[name, when, words, basis, ("why", &why.zh)])
            }
        }
    }

    fn must(&self, must: &Must) -> String {
        let acts = |acts: &[Key]| super::quoted(acts.iter().map(|it| self.act(it)), "mark.any");
        match must {
            Must::First { first, then, since } => {
                let id = if since.is_empty() { "path-rule.first" } else { "path-rule.first-since" };
                zh(id, &[("first", &acts(first)), ("then", &acts(then)), ("since", &acts(since))])
            }
            Must::Never { after, never } => {
                zh("path-rule.never", &[("after", &acts(after)), ("never", &acts(never))])
            }
            Must::BeforeEnd { after, before_end } => {
                let places = [("after", acts(after)), ("before-end", acts(before_end))];
                zh("path-rule.before-end", &[(places[0].0, &places[0].1), (places[1].0, &places[1].1)])
            }
            Must::Once(all) => zh("path-rule.once", &[("once", &acts(all))]),
        }
    }
}
