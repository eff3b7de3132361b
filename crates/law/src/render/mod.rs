//! The Chinese rendering of a procedure: what a lawyer reads and signs. It is generated, never edited;
//! every word of it comes from the procedure or from `words/rendering.tsv`.

mod act;
mod condition;
mod determination;
mod distinct;
mod paper;
mod parts;
mod rule;

use calendar::{Date, Length, Unit};

use crate::{Citation, Key, Procedure, numeral, words::zh};

pub use determination::render_determination_zh;

/// The rendering of one version.
pub fn render_zh(procedure: &Procedure) -> String {
    let mut paper = Paper { procedure, lines: Vec::new(), sections: 0, scope: None };
    paper.head();
    paper.parameters();
    paper.unsettled();
    paper.parties();
    paper.roles();
    paper.distincts();
    paper.fields();
    paper.stages();
    paper.limits();
    paper.acts();
    paper.outcomes();
    paper.series();
    paper.publications();
    paper.office();
    paper.items();
    paper.papers();
    paper.path_rules();
    let mut text = paper.lines.join("\n");
    text.push('\n');
    text
}

/// The rendering as it grows.
struct Paper<'a> {
    procedure: &'a Procedure,
    lines: Vec<String>,
    sections: u16,
    /// The items whose parts are written; the matter's own otherwise.
    scope: Option<Key>,
}

impl Paper<'_> {
    fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn section(&mut self, name: &str) {
        self.sections += 1;
        let number = numeral::write(self.sections);
        self.line("");
        self.line(zh("doc.section", &[("number", &number), ("name", &zh(name, &[]))]));
    }

    /// A numbered list, or the word for none.
    fn numbered(&mut self, items: Vec<String>) {
        if items.is_empty() {
            self.line(zh("doc.none", &[]));
        }
        for (at, words) in items.into_iter().enumerate() {
            let number = (at + 1).to_string();
            self.line(zh("doc.item", &[("number", &number), ("words", &words)]));
        }
    }

    fn head(&mut self) {
        let it = self.procedure;
        self.line(it.name.zh.as_str());
        self.line("");
        self.line(zh("doc.generated", &[]));
        self.line("");
        self.line(zh("doc.summary", &[("words", &it.summary.zh)]));
        let from = date(it.from);
        self.line(match it.until {
            Some(until) => zh("doc.term-until", &[("from", &from), ("until", &date(until))]),
            None => zh("doc.term", &[("from", &from)]),
        });
        self.statutes();
        self.line(zh("doc.counting", &[("words", &self.basis(&it.counting))]));
    }

    fn statutes(&mut self) {
        let it = self.procedure;
        for statute in &it.statutes {
            let places = [
                ("name", statute.name.zh.as_str()),
                ("revision", &statute.revision),
                ("from", &date(statute.in_force)),
            ];
            let mut words = zh("doc.one-statute", &places);
            if let Some(why) = &statute.unindexed {
                words.push_str(&zh("doc.unindexed", &[("why", why)]));
            }
            self.line(zh("doc.statute", &[("words", &words)]));
        }
    }

    /// Citations in the form of lawyers; the procedure's own statute goes without its name.
    fn basis(&self, citations: &[Citation]) -> String {
        let own = self.procedure.statutes.first().map(|it| &it.key);
        let same =
            |it: &Citation| self.procedure.statutes.iter().filter(|one| one.name.zh == it.name.0).count();
        let one = |it: &Citation| match (Some(&it.statute) == own, same(it) > 1) {
            (true, _) => it.written.clone(),
            (false, true) => {
                let places = [("name", &*it.name.0), ("revision", &it.revision), ("written", &it.written)];
                zh("basis.revision", &places)
            }
            (false, false) => it.to_string(),
        };
        citations.iter().map(one).collect::<Vec<_>>().join(&zh("mark.list", &[]))
    }

    fn name_of<'b>(&'b self, name: Option<&'b crate::Text>, key: &'b Key) -> &'b str {
        name.map_or(key.as_str(), |it| it.zh.as_str())
    }

    fn act(&self, key: &Key) -> String {
        self.name_of(self.procedure.act(key).map(|it| &it.name), key).to_owned()
    }

    fn limit(&self, key: &Key) -> String {
        self.name_of(self.procedure.limit(key).map(|it| &it.name), key).to_owned()
    }

    fn field(&self, key: &Key) -> String {
        self.name_of(self.procedure.field(key).map(|it| &it.name), key).to_owned()
    }

    fn stage(&self, key: &Key) -> String {
        self.name_of(self.procedure.stage(key).map(|it| &it.name), key).to_owned()
    }

    fn role(&self, key: &Key) -> String {
        self.name_of(self.procedure.role(key).map(|it| &it.name), key).to_owned()
    }

    fn party(&self, key: &Key) -> String {
        self.name_of(self.procedure.party(key).map(|it| &it.name), key).to_owned()
    }

    fn parameter(&self, key: &Key) -> String {
        self.name_of(self.procedure.parameter(key).map(|it| &it.name), key).to_owned()
    }

    /// An option of a parameter in words.
    fn parameter_option(&self, parameter: &Key, option: &Key) -> String {
        let found = self.procedure.parameter(parameter);
        let place = found.and_then(|it| it.options.iter().position(|key| key == option));
        let name = found.zip(place).and_then(|(it, at)| it.option_names.get(at));
        self.name_of(name, option).to_owned()
    }
}

/// Words in quotation marks, joined.
fn quoted(words: impl Iterator<Item = String>, between: &str) -> String {
    let quoted: Vec<String> = words.map(|it| zh("mark.quoted", &[("words", &it)])).collect();
    quoted.join(&zh(between, &[]))
}

fn date(date: Date) -> String {
    let (year, month, day) = (date.year().to_string(), date.month().to_string(), date.day().to_string());
    zh("date.full", &[("year", &year), ("month", &month), ("day", &day)])
}

fn unit(unit: Unit) -> String {
    let id = match unit {
        Unit::WorkingDay => "unit.working-day",
        Unit::CalendarDay => "unit.calendar-day",
        Unit::Month => "unit.month",
        Unit::Year => "unit.year",
        Unit::Hour => "unit.hour",
    };
    zh(id, &[])
}

fn length(length: Length) -> String {
    zh("length.full", &[("count", &length.count.to_string()), ("unit", &unit(length.unit))])
}
