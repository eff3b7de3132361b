//! Everything but the acts: parameters, parties, roles, fields, stages, limits, outcomes, publications.

use crate::{
    Duty, Expiry, Field, FieldKind, Limit, LimitLength, ParameterValue, PartyKind, RoleKind, Sensitivity,
    words::zh,
};

use super::{Paper, length, quoted, unit};

impl Paper<'_> {
    pub(super) fn parameters(&mut self) {
        self.section("doc.parameters");
        let one = |it: &crate::Parameter| {
            let value = match &it.default {
                ParameterValue::Number(number) => number.to_string(),
                ParameterValue::Words(words) => zh("parameter.text", &[("words", words)]),
                ParameterValue::Option(option) => {
                    zh("parameter.text", &[("words", &self.parameter_option(&it.key, option))])
                }
            };
            let options = quoted(it.option_names.iter().map(|it| it.zh.clone()), "mark.list");
            let id = if it.options.is_empty() { "parameter.line" } else { "parameter.options" };
            zh(
                id,
                &[
                    ("name", &it.name.zh),
                    ("value", &value),
                    ("options", &options),
                    ("why", &it.why.zh),
                    ("mark", &it.mark),
                ],
            )
        };
        let items = self.procedure.parameters.iter().map(one).collect();
        self.numbered(items);
    }

    /// Open questions of limits and acts in one place; acts show theirs again.
    pub(super) fn unsettled(&mut self) {
        self.section("doc.unsettled");
        let limits = self.procedure.limits.iter().map(|it| (&it.name.zh, &it.unsettled));
        let acts = self.procedure.acts.iter().map(|it| (&it.name.zh, &it.unsettled));
        let mut items = Vec::new();
        for (of, questions) in limits.chain(acts) {
            for it in questions {
                let places = [("of", of.as_str()), ("question", &it.question.zh)];
                items.push(match &it.parameter {
                    None => zh("unsettled.line", &places),
                    Some(key) => {
                        let parameter = self.parameter(key);
                        zh("unsettled.parameter", &[places[0], places[1], ("parameter", &parameter)])
                    }
                });
            }
        }
        self.numbered(items);
    }

    pub(super) fn parties(&mut self) {
        self.section("doc.parties");
        let one = |it: &crate::PartyRole| {
            let kinds: Vec<String> = it.kinds.iter().map(|it| party_kind(*it)).collect();
            let mut number = String::new();
            if it.min > 0 {
                number.push_str(&zh("party.least", &[("min", &it.min.to_string())]));
            }
            if let Some(max) = it.max {
                number.push_str(&zh("party.most", &[("max", &max.to_string())]));
            }
            let kinds = kinds.join(&zh("mark.list", &[]));
            zh("party.line", &[("name", &it.name.zh), ("kinds", &kinds), ("number", &number)])
        };
        let items = self.procedure.parties.iter().map(one).collect();
        self.numbered(items);
    }

    pub(super) fn roles(&mut self) {
        self.section("doc.roles");
        let one = |it: &crate::Role| {
            let name = ("name", it.name.zh.as_str());
            match &it.kind {
                RoleKind::Public => zh("role.public", &[name]),
                RoleKind::Party(key) => zh("role.party", &[name, ("party", &self.party(key))]),
                RoleKind::Post(key) => zh("role.post", &[name, ("post", key)]),
            }
        };
        let items = self.procedure.roles.iter().map(one).collect();
        self.numbered(items);
    }

    pub(super) fn fields(&mut self) {
        self.section("doc.fields");
        let one = |it: &Field| {
            let sensitivity = match it.sensitivity {
                Sensitivity::Public => "field.public",
                Sensitivity::Internal => "field.internal",
                Sensitivity::Personal => "field.personal",
                Sensitivity::Secret => "field.secret",
            };
            zh(
                "field.line",
                &[
                    ("name", &it.name.zh),
                    ("kind", &self.field_kind(&it.kind)),
                    ("sensitivity", &zh(sensitivity, &[])),
                ],
            )
        };
        let own = self.procedure.fields.iter().filter(|it| it.item == self.scope);
        let items = own.map(one).collect();
        self.numbered(items);
    }

    pub(super) fn field_kind(&self, kind: &FieldKind) -> String {
        match kind {
            FieldKind::Text { max, .. } => zh("field.text", &[("max", &max.to_string())]),
            FieldKind::Number { min, max } => {
                zh("field.number", &[("min", &min.to_string()), ("max", &max.to_string())])
            }
            FieldKind::Money => zh("field.money", &[]),
            FieldKind::Date { future: false } => zh("field.date", &[]),
            FieldKind::Date { future: true } => zh("field.date-future", &[]),
            FieldKind::Choice { options } => {
                let one = |it: &crate::Choice| match self.basis(&it.basis) {
                    basis if basis.is_empty() => it.name.zh.clone(),
                    basis => format!("{}{}", it.name.zh, zh("mark.bracket", &[("words", &basis)])),
                };
                let options: Vec<String> = options.iter().map(one).collect();
                zh("field.choice", &[("options", &options.join(&zh("mark.semicolon", &[])))])
            }
            FieldKind::YesNo => zh("field.yes-no", &[]),
            FieldKind::File { max_mb } => zh("field.file", &[("max", &max_mb.to_string())]),
            FieldKind::Body => zh("field.body", &[]),
            FieldKind::List { max } => zh("field.list", &[("max", &max.to_string())]),
            FieldKind::Matter => zh("field.matter", &[]),
            FieldKind::Official => zh("field.official", &[]),
        }
    }

    pub(super) fn stages(&mut self) {
        self.section("doc.stages");
        let one = |it: &crate::Stage| {
            zh(if it.closed { "stage.closed" } else { "stage.open" }, &[("name", &it.name.zh)])
        };
        let own = self.procedure.stages.iter().filter(|it| it.item == self.scope);
        let items = own.map(one).collect();
        self.numbered(items);
    }

    pub(super) fn limits(&mut self) {
        self.section("doc.limits");
        let own = self.procedure.limits.iter().filter(|it| it.item == self.scope);
        let items = own.map(|it| self.one_limit(it)).collect();
        self.numbered(items);
    }

    fn one_limit(&self, it: &Limit) -> String {
        let long = match &it.length {
            LimitLength::Fixed(fixed) => length(*fixed),
            LimitLength::Parameter { key, unit: of } => {
                zh("limit.parameter", &[("name", &self.parameter(key)), ("unit", &unit(*of))])
            }
            LimitLength::Field { key, unit: of } => {
                zh("limit.field", &[("name", &self.field(key)), ("unit", &unit(*of))])
            }
        };
        let on = match (&it.on, it.bars) {
            _ if it.expiry == Expiry::Fact => String::new(),
            (Duty::Authority, false) => zh("limit.authority", &[]),
            (Duty::Authority, true) => zh("limit.authority-bars", &[]),
            (Duty::Party(key), true) => zh("limit.party", &[("party", &self.party(key))]),
            (Duty::Party(key), false) => zh("limit.party-open", &[("party", &self.party(key))]),
        };
        let extension = it.extension.as_ref().map_or(String::new(), |extension| {
            zh(
                "limit.extension",
                &[
                    ("times", &extension.times.to_string()),
                    ("max", &length(extension.max)),
                    ("basis", &self.basis(&extension.basis)),
                ],
            )
        });
        let expiry = match &it.expiry {
            Expiry::Alarm => zh("limit.alarm", &[]),
            Expiry::Fact => zh("limit.fact", &[]),
            Expiry::Deem(act) => zh("limit.deem", &[("act", &self.act(act))]),
        };
        let basis = zh("basis.line", &[("words", &self.basis(&it.basis))]);
        zh(
            "limit.line",
            &[
                ("name", &it.name.zh),
                ("length", &long),
                ("on", &on),
                ("extension", &extension),
                ("expiry", &expiry),
                ("basis", &basis),
            ],
        )
    }

    pub(super) fn outcomes(&mut self) {
        self.section("doc.outcomes");
        let one = |it: &crate::Outcome| {
            zh("outcome.line", &[("name", &it.name.zh), ("basis", &self.basis(&it.basis))])
        };
        let own = self.procedure.outcomes.iter().filter(|it| it.item == self.scope);
        let items = own.map(one).collect();
        self.numbered(items);
    }

    pub(super) fn series(&mut self) {
        self.section("doc.series");
        let one = |it: &crate::Series| {
            let default = self.procedure.parameter(&it.prefix).map(|it| &it.default);
            let head = match default {
                Some(ParameterValue::Words(words)) => words,
                _ => "",
            };
            let year = self.procedure.from.year().to_string();
            let sample = it.format.replace("{year}", &year).replace("{n}", "12").replace("{prefix}", head);
            let prefix = self.parameter(&it.prefix);
            zh("series.line", &[("name", &it.name.zh), ("sample", &sample), ("prefix", &prefix)])
        };
        let items = self.procedure.series.iter().map(one).collect();
        self.numbered(items);
    }

    pub(super) fn publications(&mut self) {
        self.section("doc.publications");
        let one = |it: &crate::Publication| {
            let masked: String = it
                .masked
                .iter()
                .map(|(field, of)| {
                    let places = [("field", &*self.field(field)), ("of", &*self.field(of))];
                    zh("publication.masked", &places)
                })
                .collect();
            zh(
                "publication.line",
                &[
                    ("name", &it.name.zh),
                    ("shows", &quoted(it.shows.iter().map(|key| self.field(key)), "mark.list")),
                    ("masked", &masked),
                    ("basis", &zh("basis.line", &[("words", &self.basis(&it.basis))])),
                ],
            )
        };
        let items = self.procedure.publications.iter().map(one).collect();
        self.numbered(items);
    }
}

impl Paper<'_> {
    /// Chains of approval, relations and claims; nothing where the procedure has none.
    pub(super) fn office(&mut self) {
        let procedure = self.procedure;
        if !procedure.approvals.is_empty() {
            self.section("doc.approvals");
            let role =
                |key: &crate::Key| self.name_of(procedure.role(key).map(|it| &it.name), key).to_owned();
            let one = |it: &crate::Approval| {
                let steps = it.steps.iter().map(role).collect::<Vec<_>>().join(&zh("mark.then", &[]));
                zh(
                    "approval.line",
                    &[("name", &it.name.zh), ("steps", &steps), ("basis", &self.basis(&it.basis))],
                )
            };
            let items = procedure.approvals.iter().map(one).collect();
            self.numbered(items);
        }
        if !procedure.links.is_empty() {
            self.section("doc.links");
            let one = |it: &crate::Link| zh("link.line", &[("name", &it.name.zh), ("back", &it.back.zh)]);
            self.numbered(procedure.links.iter().map(one).collect());
        }
        if !procedure.claims.is_empty() {
            self.section("doc.claims");
            let one = |it: &crate::Claim| {
                let places = [("name", &*it.name.zh), ("otherwise", &it.otherwise.zh)];
                let id = if it.seats == 1 { "claim.line" } else { "claim.seats" };
                let seats = it.seats.to_string();
                zh(id, &[places[0], places[1], ("basis", &self.basis(&it.basis)), ("seats", &seats)])
            };
            let items = procedure.claims.iter().map(one).collect();
            self.numbered(items);
        }
    }

    /// Each sort of items with its own parts.
    pub(super) fn items(&mut self) {
        for it in &self.procedure.items {
            self.sections += 1;
            let number = crate::numeral::write(self.sections);
            let name = zh("doc.items", &[("name", &it.name.zh)]);
            self.line("");
            self.line(zh("doc.section", &[("number", &number), ("name", &name)]));
            self.scope = Some(it.key.clone());
            self.fields();
            self.stages();
            if self.procedure.limits.iter().any(|limit| limit.item == self.scope) {
                self.limits();
            }
            self.acts();
            if self.procedure.outcomes.iter().any(|outcome| outcome.item == self.scope) {
                self.outcomes();
            }
            self.scope = None;
        }
    }
}

/// A kind of party in words.
pub(super) fn party_kind(kind: PartyKind) -> String {
    let id = match kind {
        PartyKind::Person => "party.person",
        PartyKind::Organization => "party.organization",
        PartyKind::Body => "party.body",
    };
    zh(id, &[])
}
