//! Acts, one after another in the order of the file.

use crate::{
    Act, Ask, Effect, EffectKind, FieldKind, Key, Need, Origin, Require, RequireKind, Wanted, numeral,
    words::zh,
};

use super::{Paper, quoted};

impl Paper<'_> {
    pub(super) fn acts(&mut self) {
        self.section("doc.acts");
        let scope = self.scope.clone();
        let own = self.procedure.acts.iter().filter(|it| it.item == scope);
        for (at, act) in own.enumerate() {
            let number = numeral::write(u16::try_from(at + 1).unwrap_or(u16::MAX));
            self.line(zh("act.heading", &[("number", &number), ("name", &act.name.zh)]));
            self.one_act(act);
        }
    }

    fn one_act(&mut self, act: &Act) {
        self.under(self.who(act));
        if let Some(help) = &act.help {
            self.under(zh("act.help", &[("words", &help.zh)]));
        }
        for (id, need) in [("act.required", Need::Required), ("act.optional", Need::Optional)] {
            let wanted: Vec<String> =
                act.asks.iter().filter(|ask| ask.need == need).map(|ask| self.wanted(ask)).collect();
            if !wanted.is_empty() {
                self.under(zh(id, &[("words", &wanted.join(&zh("mark.list", &[])))]));
            }
        }
        for ask in &act.asks {
            if let Need::When(condition) = &ask.need {
                let when = self.condition(condition);
                self.under(zh("act.when", &[("when", &when), ("words", &self.wanted(ask))]));
            }
        }
        if !act.requires.is_empty() {
            self.under(zh("act.requires", &[]));
        }
        for (at, require) in act.requires.iter().enumerate() {
            let line = format!("  {}", self.require(at + 1, require));
            self.under(line);
        }
        if !act.effects.is_empty() {
            let effects: Vec<String> = act.effects.iter().map(|it| self.effect(it)).collect();
            self.under(zh("act.effects", &[("words", &effects.join(&zh("mark.semicolon", &[])))]));
        }
        if let Some(key) = &act.approval {
            let chain = self.name_of(self.procedure.approval(key).map(|it| &it.name), key).to_owned();
            self.under(zh("act.approval", &[("approval", &chain)]));
        }
        for it in &act.unsettled {
            self.under(zh("act.unsettled", &[("words", &it.question.zh)]));
        }
        self.under(zh("basis.line", &[("words", &self.basis(&act.basis))]));
    }

    pub(super) fn under(&mut self, line: String) {
        self.line(format!("    {line}"));
    }

    fn who(&self, act: &Act) -> String {
        let role = |key: &Key| self.name_of(self.procedure.role(key).map(|it| &it.name), key).to_owned();
        let by = match act.by.as_slice() {
            [only] => role(only),
            several => quoted(several.iter().map(role), "mark.or"),
        };
        let from = quoted(act.from.iter().map(|key| self.stage(key)), "mark.list");
        let to = act.to.as_ref().map(|key| self.stage(key));
        if act.item.is_some() {
            return self.who_in_items(act, &by, &from, to.as_deref());
        }
        if act.opens {
            return zh("act.opens", &[("by", &by), ("to", to.as_deref().unwrap_or_default())]);
        }
        let to = to.map_or(String::new(), |to| zh("act.to", &[("to", &to)]));
        let id = if act.by_law { "act.law" } else { "act.by" };
        zh(id, &[("by", &by), ("from", &from), ("to", &to)])
    }

    fn who_in_items(&self, act: &Act, by: &str, from: &str, to: Option<&str>) -> String {
        let within = quoted(act.within.iter().map(|key| self.stage(key)), "mark.list");
        let to = to.map_or(String::new(), |to| zh("act.to", &[("to", to)]));
        let id = match (act.opens, act.by_law) {
            (true, _) => "act.item-opens",
            (false, true) => "act.item-law",
            (false, false) => "act.item-by",
        };
        zh(id, &[("by", by), ("from", from), ("to", &to), ("within", &within)])
    }

    fn wanted(&self, ask: &Ask) -> String {
        match &ask.what {
            Wanted::Field(key) => self.field(key),
            Wanted::Parties(key) => self.party(key),
        }
    }

    fn require(&self, number: usize, it: &Require) -> String {
        let kind = match it.kind {
            RequireKind::Substance => "kind.substance",
            RequireKind::Time => "kind.time",
            RequireKind::Form => "kind.form",
            RequireKind::Order => "kind.order",
        };
        let remedy = match it.remedy.as_slice() {
            [] => String::new(),
            acts => {
                let acts = quoted(acts.iter().map(|key| self.act(key)), "mark.list");
                zh("act.remedy", &[("words", &acts)])
            }
        };
        zh(
            "act.require",
            &[
                ("number", &number.to_string()),
                ("that", &self.condition(&it.that)),
                ("otherwise", &it.otherwise.zh),
                ("kind", &zh(kind, &[])),
                ("basis", &self.basis(&it.basis)),
                ("remedy", &format!("{remedy}{}", zh("mark.stop", &[]))),
            ],
        )
    }

    fn effect(&self, effect: &Effect) -> String {
        let mut what = self.effect_kind(&effect.kind);
        if let Some(when) = &effect.when {
            what = zh("effect.when", &[("what", &what), ("when", &self.condition(when))]);
        }
        if !effect.basis.is_empty() {
            what = zh("effect.basis", &[("what", &what), ("basis", &self.basis(&effect.basis))]);
        }
        what
    }

    fn effect_kind(&self, kind: &EffectKind) -> String {
        let limit = |id: &str, key: &Key| zh(id, &[("limit", &self.limit(key))]);
        match kind {
            EffectKind::Start { limit, from } => {
                let limit = self.limit(limit);
                let limit = ("limit", limit.as_str());
                match from {
                    Origin::ActDay => zh("effect.start", &[limit]),
                    Origin::Field(key) => zh("effect.start-field", &[limit, ("field", &self.field(key))]),
                    Origin::Act(key) => zh("effect.start-act", &[limit, ("act", &self.act(key))]),
                }
            }
            EffectKind::Stop(key) => limit("effect.stop", key),
            EffectKind::Suspend(key) => limit("effect.suspend", key),
            EffectKind::Resume(key) => limit("effect.resume", key),
            EffectKind::Extend { limit, by } => {
                zh("effect.extend", &[("field", &self.field(by)), ("limit", &self.limit(limit))])
            }
            EffectKind::Set { field, value } => {
                let value = self.field_value(field, value);
                zh("effect.set", &[("field", &self.field(field)), ("value", &value)])
            }
            EffectKind::Outcome(key) => {
                let outcome = self.name_of(self.procedure.outcome(key).map(|it| &it.name), key);
                zh("effect.outcome", &[("outcome", outcome)])
            }
            EffectKind::Number(key) => {
                let series = self.name_of(self.procedure.serie(key).map(|it| &it.name), key);
                zh("effect.number", &[("series", series)])
            }
            EffectKind::Publish(key) | EffectKind::Unpublish(key) => {
                let name = self.name_of(self.procedure.publication(key).map(|it| &it.name), key);
                let up = matches!(kind, EffectKind::Publish(_));
                let id = if up { "effect.publish" } else { "effect.unpublish" };
                zh(id, &[("publication", name)])
            }
            EffectKind::Notify(key) => zh("effect.notify", &[("party", &self.party(key))]),
            other => self.office_effect(other),
        }
    }

    /// Effects on relations, claims, handling and drafts.
    fn office_effect(&self, kind: &EffectKind) -> String {
        let procedure = self.procedure;
        let claim = |key: &Key| self.name_of(procedure.claim(key).map(|it| &it.name), key).to_owned();
        match kind {
            EffectKind::Link { link, by } => {
                let name = self.name_of(procedure.link(link).map(|it| &it.name), link);
                zh("effect.link", &[("link", name), ("field", &self.field(by))])
            }
            EffectKind::Claim { claim: key, by } => {
                zh("effect.claim", &[("claim", &claim(key)), ("field", &self.field(by))])
            }
            EffectKind::Release(key) => zh("effect.release", &[("claim", &claim(key))]),
            EffectKind::Assign(field) => zh("effect.assign", &[("field", &self.field(field))]),
            EffectKind::HandOver(field) => zh("effect.hand-over", &[("field", &self.field(field))]),
            EffectKind::Countersign(field) => zh("effect.countersign", &[("field", &self.field(field))]),
            EffectKind::Draft => zh("effect.draft", &[]),
            EffectKind::Endorse => zh("effect.endorse", &[]),
            EffectKind::SendBack => zh("effect.send-back", &[]),
            EffectKind::Retract => zh("effect.retract", &[]),
            EffectKind::Issue(key) => self.paper_effect("effect.issue", key),
            EffectKind::Void(key) => self.paper_effect("effect.void", key),
            _ => String::new(),
        }
    }

    /// A fixed value of a field in words.
    pub(super) fn field_value(&self, field: &Key, value: &Key) -> String {
        match self.procedure.field(field).map(|it| &it.kind) {
            Some(FieldKind::Choice { options }) => {
                let name = options.iter().find(|it| it.key == *value).map(|it| &it.name);
                zh("mark.quoted", &[("words", self.name_of(name, value))])
            }
            Some(FieldKind::YesNo) => zh(if *value == "yes" { "value.yes" } else { "value.no" }, &[]),
            _ => value.to_string(),
        }
    }
}
