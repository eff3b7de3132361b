//! Acts: who, from where to where, what is asked for, what must hold, what it brings about.

use crate::{
    Act, Ask, Effect, EffectKind, FieldKind, Key, Need, Origin, Require, RequireKind, Text, Wanted,
    fault::{Code, Draft},
    source::Span,
    syntax::{Node, Value},
};

use super::{names::Kind, scope::Scope};

impl Scope<'_> {
    /// An `act` line with fragments in place.
    pub(crate) fn read_act(&mut self, node: &Node) -> Option<Act> {
        let (key, _) = node.key()?;
        let (opens, by_law) = (node.is("opens"), node.is("by-law"));
        let clear = |prop: &crate::syntax::Prop| matches!(prop.value.value, Value::YesNo(_));
        if ["opens", "by-law"].iter().filter_map(|name| node.prop(name)).all(clear) {
            self.agreement(node, opens, by_law);
        }
        let item = self.item_of(Kind::Act, &key);
        self.act = Some((key.clone(), item.clone()));
        let basis = self.shelf.basis(node, self.faults);
        let by = self.take_all(Kind::Role, node.one("by"));
        let from = self.stages_of(node.one("from"), item.as_ref());
        let within = self.within(node, item.is_some());
        let approval = node.one("approval").and_then(|line| self.take_first(Kind::Approval, line));
        let to = node.one("to").and_then(|line| {
            let (stage, span) = line.key()?;
            self.marks.to.insert(key.clone(), span);
            self.belongs(&stage, span, item.as_ref());
            Some(self.take(Kind::Stage, (stage, span)))
        });
        let asks = node.all("ask").filter_map(|line| self.ask(line)).collect();
        let requires = node.all("require").filter_map(|line| self.require(line)).collect();
        let effects = self.effects(node, &key);
        let unsettled = self.unsettled(node);
        let help = node.one("help").map(Node::words);
        let name = node.words();
        self.act = None;
        Some(Act {
            key,
            name,
            help,
            basis,
            by,
            opens,
            item,
            within,
            approval,
            by_law,
            from,
            to,
            asks,
            requires,
            effects,
            unsettled,
        })
    }

    /// The stages a line names; `open` alone stands for all that are not closed, `any` for all.
    fn stages_of(&mut self, line: Option<&Node>, item: Option<&Key>) -> Vec<Key> {
        let word = line.and_then(|line| match line.args.as_slice() {
            [only] => only.word(),
            _ => None,
        });
        let closed_too = match word.as_deref() {
            Some("open") => false,
            Some("any") => true,
            _ => {
                for (key, span) in line.into_iter().flat_map(Node::keys) {
                    self.belongs(&key, span, item);
                }
                return self.take_all(Kind::Stage, line);
            }
        };
        let own = self.stages.iter().filter(|it| it.item.as_ref() == item);
        own.filter(|it| closed_too || !it.closed).map(|it| it.key.clone()).collect()
    }

    /// Stages of the matter in which an act of items may be done.
    fn within(&mut self, node: &Node, of_items: bool) -> Vec<Key> {
        let line = node.one("in");
        if let Some(line) = line.filter(|_| !of_items) {
            self.bad(Code::BadAct, "in", line.name_span);
        }
        if !of_items {
            return Vec::new();
        }
        match line {
            Some(line) => self.stages_of(Some(line), None),
            None => {
                let open = self.stages.iter().filter(|it| it.item.is_none() && !it.closed);
                open.map(|it| it.key.clone()).collect()
            }
        }
    }

    /// A stage stands where it is used: among the items' own, or among the matter's.
    fn belongs(&mut self, stage: &Key, span: Span, item: Option<&Key>) {
        let found = self.stages.iter().find(|it| it.key == *stage);
        if found.is_some_and(|it| it.item.is_none() && item.is_some()) {
            self.faults.add(Draft::new(Code::BadAct, "scope").put("name", stage).at(span));
        }
    }

    /// An opening act comes from nowhere and leads somewhere; any other comes from somewhere; the law
    /// has no role and anybody else has one.
    fn agreement(&mut self, node: &Node, opens: bool, by_law: bool) {
        let span = node.args.first().map_or(node.name_span, |arg| arg.span);
        let has = |word: &str| node.one(word).is_some();
        let contradictions = [
            (opens && by_law, "opens-by-law"),
            (opens && has("from"), "opens-from"),
            (opens && !has("to"), "opens-to"),
            (!opens && !has("from"), "from"),
            (by_law && has("by"), "law-by"),
            (!by_law && !has("by"), "by"),
        ];
        for (_, variant) in contradictions.iter().filter(|it| it.0) {
            self.bad(Code::BadAct, variant, span);
        }
    }

    fn ask(&mut self, line: &Node) -> Option<Ask> {
        let what = match (line.args.is_empty(), line.prop("parties")) {
            (false, None) => Wanted::Field(self.take_first(Kind::Field, line)?),
            (true, Some(_)) => Wanted::Parties(self.take_prop(Kind::Party, line, "parties")?),
            _ => {
                self.bad(Code::WrongArity, "ask", line.name_span);
                return None;
            }
        };
        let need = match (line.is("optional"), line.one("when").is_some()) {
            (false, false) => Need::Required,
            (true, false) => Need::Optional,
            (false, true) => Need::When(self.when(line)?),
            (true, true) => {
                self.bad(Code::BadAct, "ask-optional", line.name_span);
                return None;
            }
        };
        Some(Ask { what, need })
    }

    fn require(&mut self, line: &Node) -> Option<Require> {
        let (key, span) = line.key()?;
        let first = *self.marks.requires.entry(key.clone()).or_insert(span);
        if first != span {
            let draft = Draft::new(Code::DuplicateName, "declared").put("name", &key);
            let draft = draft.put_text("kind", Kind::Require.words());
            self.faults.add(draft.at(span).see(first, "first"));
        }
        let that = self.only_condition(line);
        let basis = self.shelf.basis(line, self.faults);
        let remedy = self.take_all(Kind::Act, line.one("remedy"));
        let otherwise: Text = line.one("else").map(Node::words)?;
        let kind = match line.one("kind")?.args.first()?.word()?.as_str() {
            "substance" => RequireKind::Substance,
            "time" => RequireKind::Time,
            "form" => RequireKind::Form,
            "order" => RequireKind::Order,
            _ => return None,
        };
        Some(Require { key, that: that?, basis, otherwise, remedy, kind })
    }

    fn effects(&mut self, node: &Node, act: &Key) -> Vec<Effect> {
        let mut effects = Vec::new();
        for line in node.all("does").flat_map(Node::inside) {
            let Some(kind) = self.effect(line) else { continue };
            let when = self.when(line);
            let basis = line.one("basis").map_or(Vec::new(), |it| self.shelf.all(it, self.faults));
            self.marks.effects.insert((act.clone(), effects.len()), line.name_span);
            effects.push(Effect { kind, when, basis });
        }
        effects
    }

    fn effect(&mut self, line: &Node) -> Option<EffectKind> {
        Some(match line.name.as_str() {
            "start" => self.start(line)?,
            "stop" => EffectKind::Stop(self.take_first(Kind::Limit, line)?),
            "suspend" => EffectKind::Suspend(self.take_first(Kind::Limit, line)?),
            "resume" => EffectKind::Resume(self.take_first(Kind::Limit, line)?),
            "extend" => {
                let number = |it: &FieldKind| matches!(it, FieldKind::Number { .. });
                let by = self.field(line.prop_key("by"), "field-number", number);
                EffectKind::Extend { limit: self.take_first(Kind::Limit, line)?, by: by? }
            }
            "set" => self.set(line)?,
            "outcome" => EffectKind::Outcome(self.take_first(Kind::Outcome, line)?),
            "number" => EffectKind::Number(self.take_first(Kind::Series, line)?),
            "publish" => EffectKind::Publish(self.take_first(Kind::Publication, line)?),
            "unpublish" => EffectKind::Unpublish(self.take_first(Kind::Publication, line)?),
            "notify" => EffectKind::Notify(self.take_first(Kind::Party, line)?),
            "issue" => EffectKind::Issue(self.take_first(Kind::Paper, line)?),
            "void" => EffectKind::Void(self.take_first(Kind::Paper, line)?),
            other => return self.office_effect(other, line),
        })
    }

    /// Effects on relations, claims, handling and drafts.
    fn office_effect(&mut self, name: &str, line: &Node) -> Option<EffectKind> {
        let official = |it: &FieldKind| *it == FieldKind::Official;
        Some(match name {
            "link" => EffectKind::Link {
                link: self.take_first(Kind::Link, line)?,
                by: self.field(line.prop_key("by"), "field-matter", |it| *it == FieldKind::Matter)?,
            },
            "claim" => {
                let plain = |it: &FieldKind| matches!(it, FieldKind::Text { .. } | FieldKind::Number { .. });
                let by = self.field(line.prop_key("by"), "field-text", plain)?;
                EffectKind::Claim { claim: self.take_first(Kind::Claim, line)?, by }
            }
            "release" => EffectKind::Release(self.take_first(Kind::Claim, line)?),
            "assign" => EffectKind::Assign(self.field(line.prop_key("by"), "field-official", official)?),
            "hand-over" => {
                let body = |it: &FieldKind| *it == FieldKind::Body;
                EffectKind::HandOver(self.field(line.prop_key("by"), "field-body", body)?)
            }
            "draft" => EffectKind::Draft,
            "endorse" => EffectKind::Endorse,
            "send-back" => EffectKind::SendBack,
            "retract" => EffectKind::Retract,
            "countersign" => {
                EffectKind::Countersign(self.field(line.prop_key("by"), "field-official", official)?)
            }
            _ => return None,
        })
    }

    fn start(&mut self, line: &Node) -> Option<EffectKind> {
        let limit = self.take_first(Kind::Limit, line)?;
        let from = match (line.prop_key("from-field"), line.prop_key("from-act")) {
            (None, None) => Origin::ActDay,
            (named @ Some(_), None) => {
                let date = |it: &FieldKind| matches!(it, FieldKind::Date { .. });
                Origin::Field(self.field(named, "field-date", date)?)
            }
            (None, Some(named)) => Origin::Act(self.take(Kind::Act, named)),
            (Some(_), Some(_)) => {
                self.bad(Code::WrongArity, "origin", line.name_span);
                return None;
            }
        };
        Some(EffectKind::Start { limit, from })
    }

    fn set(&mut self, line: &Node) -> Option<EffectKind> {
        let field = self.take_first(Kind::Field, line)?;
        let arg = line.args.get(1)?;
        let written = arg.word();
        let kind = self.fields.iter().find(|it| it.key == field)?.kind.clone();
        let fits = match (&kind, written.as_deref()) {
            (FieldKind::YesNo, Some(word)) => matches!(word, "yes" | "no"),
            (FieldKind::Choice { options }, Some(word)) => options.iter().any(|it| it.key == *word),
            (FieldKind::Number { min, max }, _) => {
                arg.number().is_some_and(|number| (*min..=*max).contains(&number))
            }
            _ => false,
        };
        if !fits && arg.value != Value::Broken {
            let draft = Draft::new(Code::WrongType, "set").put("name", &field);
            self.faults.add(draft.at(arg.span));
        }
        Some(EffectKind::Set { field, value: Key::new(written?) })
    }
}
