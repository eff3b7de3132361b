//! Filling the places of a phrase.

use law::{Citation, Key, LimitLength, ParameterValue, PartyPart, Phrase, Piece};

use crate::{
    compose::{Case, PartyWords},
    document::{Line, Run},
    value::{self, chinese_date},
    words,
};

/// The entry that is gone through, if one is.
#[derive(Clone, Copy)]
pub(crate) enum Entry<'a> {
    None,
    Party(usize, &'a PartyWords),
    Words(usize, &'a str),
}

/// What fills a place, and what the place is called if nothing does.
type Filling = (Option<String>, String);

impl Case<'_> {
    /// A phrase as a line.
    pub(crate) fn line(&self, phrase: &Phrase, entry: Entry<'_>) -> Line {
        let mut line = Line::new();
        for piece in phrase {
            let run = match self.piece(piece, entry) {
                (Some(words), _) => Run::Words(words),
                (None, of) => Run::Blank { of },
            };
            match (line.last_mut(), run) {
                (Some(Run::Words(before)), Run::Words(words)) => before.push_str(&words),
                (_, run) => line.push(run),
            }
        }
        line
    }

    fn piece(&self, piece: &Piece, entry: Entry<'_>) -> Filling {
        let plain = |words: Option<String>| (words, String::new());
        let named = |filling: Option<String>, id: &str| (filling, words::word(id).to_owned());
        match piece {
            Piece::Words(words) => plain(Some(words.clone())),
            Piece::Field(key) => self.field(key),
            Piece::Party { role, part } => self.party(role, *part),
            Piece::Parameter(key) => self.parameter(key),
            Piece::Series(key) => {
                let name = self.procedure.serie(key).map(|it| it.name.zh.clone());
                (self.taken(key), name.unwrap_or_default())
            }
            Piece::Number => named(self.number.map(str::to_owned), "number"),
            Piece::Date => named(self.day.map(chinese_date), "day"),
            Piece::Received => plain(Some(chinese_date(self.matter.received.date()))),
            Piece::Body => plain(Some(self.body.to_owned())),
            Piece::Place => plain(Some(self.place.to_owned())),
            Piece::Official => named(self.official.map(str::to_owned), "official"),
            Piece::Basis => named(self.act().map(|act| cited(&act.basis)), "basis"),
            Piece::OwnBasis => plain(Some(cited(&self.paper.basis))),
            Piece::Article(article) => plain(Some(article.to_string())),
            Piece::Outcome => named(self.outcome(), "outcome"),
            Piece::Blank => plain(None),
            Piece::ActDay(key) => {
                let name = self.procedure.act(key).map(|it| it.name.zh.clone());
                (
                    self.matter.done_at(self.procedure, key, self.item).map(chinese_date),
                    name.unwrap_or_default(),
                )
            }
            Piece::ActBasis(key) => plain(self.procedure.act(key).map(|it| cited(&it.basis))),
            Piece::Due(key) => self.clock(key, |clock| clock.due),
            Piece::From(key) => self.clock(key, |clock| clock.from),
            Piece::Length(key) => self.length(key),
            Piece::PaperNumber(key) => self.earlier(key, |it| it.number.clone()),
            Piece::PaperDay(key) => self.earlier(key, |it| Some(chinese_date(it.on))),
            Piece::Entry(part) => match entry {
                Entry::Party(_, party) => (part_of(party, *part), String::new()),
                Entry::Words(_, words) if *part == PartyPart::Name => plain(Some(words.to_owned())),
                _ => plain(None),
            },
            Piece::Count => match entry {
                Entry::Party(count, _) | Entry::Words(count, _) => plain(Some(count.to_string())),
                Entry::None => plain(None),
            },
        }
    }

    fn field(&self, key: &Key) -> Filling {
        let name = self.procedure.field(key).map(|it| it.name.zh.clone()).unwrap_or_default();
        let words = self.value(key).and_then(|it| value::spoken(self.procedure, key, it, self.officials));
        (words, name)
    }

    fn party(&self, role: &Key, part: PartyPart) -> Filling {
        let name = self.procedure.party(role).map(|it| it.name.zh.clone()).unwrap_or_default();
        let parts: Vec<String> = self.parties_of(role).filter_map(|it| part_of(it, part)).collect();
        let words = (!parts.is_empty()).then(|| value::joined(parts.iter().map(String::as_str)));
        (words, name)
    }

    /// The parties of a role.
    pub(crate) fn parties_of(&self, role: &Key) -> impl Iterator<Item = &PartyWords> {
        self.parties.iter().filter(move |it| it.role == *role)
    }

    fn parameter(&self, key: &Key) -> Filling {
        let declared = self.procedure.parameter(key);
        let name = declared.map(|it| it.name.zh.clone()).unwrap_or_default();
        let words = match self.parameters.get(key).or(declared.map(|it| &it.default)) {
            Some(ParameterValue::Words(words)) => Some(words.clone()),
            Some(ParameterValue::Number(number)) => Some(number.to_string()),
            Some(ParameterValue::Option(option)) => declared.and_then(|it| {
                let at = it.options.iter().position(|known| known == option)?;
                it.option_names.get(at).map(|name| name.zh.clone())
            }),
            None => None,
        };
        (words.filter(|it| !it.is_empty()), name)
    }

    fn taken(&self, series: &Key) -> Option<String> {
        let own = self.number.filter(|_| self.paper.series.as_ref() == Some(series));
        let before = self.matter.numbers.iter().rev().find(|it| it.0 == *series).map(|it| it.1.as_str());
        own.or(before).map(str::to_owned)
    }

    fn outcome(&self) -> Option<String> {
        let key = self.matter.outcome.as_ref()?;
        self.procedure.outcome(key).map(|it| it.name.zh.clone())
    }

    fn clock(&self, key: &Key, day: impl Fn(&engine::Clock) -> calendar::Date) -> Filling {
        let name = self.procedure.limit(key).map(|it| it.name.zh.clone()).unwrap_or_default();
        (self.running(key).map(|clock| chinese_date(day(clock))), name)
    }

    fn length(&self, key: &Key) -> Filling {
        let Some(limit) = self.procedure.limit(key) else { return (None, String::new()) };
        let name = limit.name.zh.clone();
        if let Some(clock) = self.running(key) {
            return (Some(value::length(clock.length)), name);
        }
        let words = match &limit.length {
            LimitLength::Fixed(fixed) => Some(value::length(*fixed)),
            LimitLength::Parameter { key, unit } => {
                self.parameter(key).0.map(|count| value::counted(&count, *unit))
            }
            LimitLength::Field { key, unit } => self.field(key).0.map(|it| value::counted(&it, *unit)),
        };
        (words, name)
    }

    fn earlier(&self, key: &Key, what: impl Fn(&engine::IssuedPaper) -> Option<String>) -> Filling {
        let name = self.procedure.paper(key).map(|it| it.name.zh.clone()).unwrap_or_default();
        (self.matter.paper(key).and_then(what), name)
    }
}

fn part_of(party: &PartyWords, part: PartyPart) -> Option<String> {
    let text = match part {
        PartyPart::Name => &party.name,
        PartyPart::Address => &party.address,
        PartyPart::IdNumber => &party.number,
        PartyPart::Phone => &party.phone,
    };
    (!text.is_empty()).then(|| text.clone())
}

/// Articles one after another; the statute is named once for those of one statute.
fn cited(basis: &[Citation]) -> String {
    let mut text = String::new();
    for (at, it) in basis.iter().enumerate() {
        let same = at > 0 && basis[at - 1].statute == it.statute;
        if at > 0 {
            text.push_str(words::word("list"));
        }
        text.push_str(&if same { it.written.clone() } else { it.to_string() });
    }
    text
}
