//! Composing: a paper's data and a matter become a document.

use std::collections::BTreeMap;

use calendar::Date;
use engine::{Clock, ItemRef, Matter, Value};
use law::{
    Act, Addressee, Block, BlockKind, Condition, Key, Layout, Over, Paper, ParameterValue, PartyKind, Phrase,
    Piece, Procedure, Row, numeral,
};

use crate::{
    document::{Attachment, Document, Line, Part, Run, Signature, Standing, TableRow},
    fill::Entry,
    value, words,
};

/// Everything a paper may print. The matter stands as the issuing act left it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The version that the matter follows.
    pub procedure: &'a Procedure,
    /// The paper.
    pub paper: &'a Paper,
    /// The matter as the act left it.
    pub matter: &'a Matter,
    /// The act that issues it; `None` for a paper printed on demand.
    pub act: Option<&'a str>,
    /// The item that the act concerned.
    pub item: Option<&'a ItemRef>,
    /// Opened values: the matter's and, before them, those of the item.
    pub values: &'a BTreeMap<Key, Value>,
    /// Opened parties.
    pub parties: &'a [PartyWords],
    /// Parameters set by the jurisdiction; the rest have their defaults.
    pub parameters: &'a BTreeMap<Key, ParameterValue>,
    /// Names of officials by account.
    pub officials: &'a BTreeMap<String, String>,
    /// Name of the body that handles the matter.
    pub body: &'a str,
    /// What stands at the head of its papers, where a paper does not say otherwise.
    pub letterhead: &'a str,
    /// Name of the jurisdiction.
    pub place: &'a str,
    /// Name of the official who acted.
    pub official: Option<&'a str>,
    /// The paper's own number, once taken.
    pub number: Option<&'a str>,
    /// The day of the act; `None` while the paper is a draft.
    pub day: Option<Date>,
    /// The address under which the paper can be verified.
    pub verify: Option<&'a str>,
    /// Whether it counts.
    pub standing: Standing,
}

/// A party with its values opened; what is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyWords {
    /// Party role.
    pub role: Key,
    /// Person, organization or body.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Identity number or code.
    pub number: String,
    /// Telephone.
    pub phone: String,
}

/// Fills a paper. It never fails: what nobody has given stays a visible blank. The matter of a draft is the one
/// that its act would leave (see [`engine::foreseen`]).
pub fn compose(case: &Case<'_>) -> Document {
    let paper = case.paper;
    let line = |phrase: &Phrase| case.line(phrase, Entry::None);
    let mark = match (&paper.mark, paper.layout) {
        (Some(mark), _) => line(mark),
        (None, Layout::Form) => Line::new(),
        (None, _) => vec![Run::Words(case.letterhead.to_owned())],
    };
    let copies: Vec<Line> = paper.copies.iter().map(|it| case.addressee(it)).collect();
    let day = case.day.map(value::chinese_date);
    let date = match &day {
        Some(day) => Run::Words(day.clone()),
        None => Run::Blank { of: words::word("day").to_owned() },
    };
    let printed = (paper.layout == Layout::Document).then(|| (case.body.to_owned(), day.unwrap_or_default()));
    Document {
        layout: paper.layout,
        mark,
        number: paper.series.as_ref().map(|_| line(&vec![Piece::Number])),
        title: line(&paper.title),
        recipients: paper.to.as_ref().map(|it| case.addressee(it)),
        body: Body { case, counts: [0; 4], parts: Vec::new() }.all(&paper.blocks),
        attachments: case.attachments(),
        signature: paper.signature.as_ref().map(|by| Signature { by: line(by), date: vec![date] }),
        note: paper.note.as_ref().map(line),
        date: case.day,
        copies: joined(copies),
        printed,
        verify: case.verify.map(str::to_owned),
        standing: case.standing,
    }
}

fn joined(lines: Vec<Line>) -> Option<Line> {
    lines.into_iter().reduce(|mut all, line| {
        all.push(Run::Words(words::word("list").to_owned()));
        all.extend(line);
        all
    })
}

impl<'a> Case<'a> {
    pub(crate) fn act(&self) -> Option<&'a Act> {
        self.act.and_then(|key| self.procedure.act(key))
    }

    pub(crate) fn value(&self, key: &Key) -> Option<&'a Value> {
        self.values.get(key).filter(|it| !it.is_sealed())
    }

    /// The clock of a limit, if it ever started.
    pub(crate) fn running(&self, limit: &Key) -> Option<&'a Clock> {
        self.matter.clock_at(self.procedure, limit, self.item)
    }

    fn holds(&self, condition: Option<&Condition>) -> bool {
        let Some(condition) = condition else { return true };
        // A paper printed on demand is of no act; which one is lent does not matter, since nothing is open.
        let Some(act) = self.act().or_else(|| self.procedure.acts.first()) else { return false };
        let day = self.day.unwrap_or(self.matter.last.date());
        engine::holds(self.procedure, act, self.matter, self.item, self.parameters, day, condition)
    }

    fn addressee(&self, to: &Addressee) -> Line {
        match to {
            Addressee::Party(role) => {
                let piece = Piece::Party { role: role.clone(), part: law::PartyPart::Name };
                self.line(&vec![piece], Entry::None)
            }
            Addressee::Words(words) => self.line(&self.present(words), Entry::None),
        }
    }

    /// Words of an address without the parties that the matter does not have, and without what joins them.
    fn present(&self, phrase: &Phrase) -> Phrase {
        let join = words::word("list");
        let mut kept = Phrase::new();
        for piece in phrase {
            let absent = match piece {
                Piece::Party { role, .. } => self.parties.iter().all(|it| it.role != *role),
                _ => false,
            };
            if !absent {
                kept.push(piece.clone());
            } else if let Some(Piece::Words(before)) = kept.last_mut()
                && let Some(rest) = before.strip_suffix(join)
            {
                *before = rest.to_owned();
            }
        }
        kept
    }

    fn attachments(&self) -> Vec<Attachment> {
        let stands = |it: &&Block| self.holds(it.when.as_ref());
        let named = |it: &Block| match &it.kind {
            BlockKind::Text { words, .. } => Some(self.line(words, Entry::None)),
            _ => None,
        };
        let names: Vec<Line> = self.paper.attachments.iter().filter(stands).filter_map(named).collect();
        let several = names.len() > 1;
        let number = |at: usize| {
            format!("{} ", words::fill("attachment.several", &[("digits", &(at + 1).to_string())]))
        };
        let one = |(at, name)| Attachment { number: if several { number(at) } else { String::new() }, name };
        names.into_iter().enumerate().map(one).collect()
    }
}

/// The body as it grows, with the numbers of its headings.
struct Body<'c, 'a> {
    case: &'c Case<'a>,
    counts: [u16; 4],
    parts: Vec<Part>,
}

impl Body<'_, '_> {
    fn all(mut self, blocks: &[Block]) -> Vec<Part> {
        for block in blocks {
            if self.case.holds(block.when.as_ref()) {
                self.block(&block.kind);
            }
        }
        self.parts
    }

    fn block(&mut self, kind: &BlockKind) {
        let case = self.case;
        match kind {
            BlockKind::Text { words, flush } => self.paragraphs(case.line(words, Entry::None), *flush),
            BlockKind::Numbered { level, words } => {
                let number = self.number(*level);
                let line = case.line(words, Entry::None);
                self.parts.push(Part::Numbered { level: *level, number, line });
            }
            BlockKind::Each { of, words } => {
                for line in self.each(of, |entry| case.line(words, entry)) {
                    self.paragraphs(line, false);
                }
            }
            BlockKind::Table { columns, rows } => {
                let rows = rows.iter().flat_map(|row| self.rows(row)).collect();
                self.parts.push(Part::Table { columns: columns.clone(), rows });
            }
        }
    }

    fn each<T>(&self, of: &Over, one: impl Fn(Entry<'_>) -> T) -> Vec<T> {
        match of {
            Over::Party(role) => {
                let parties = self.case.parties_of(role).enumerate();
                parties.map(|(at, it)| one(Entry::Party(at + 1, it))).collect()
            }
            Over::Field(key) => {
                let Some(value) = self.case.value(key) else { return vec![one(Entry::None)] };
                let spoken = value::spoken(self.case.procedure, key, value, self.case.officials);
                let entries = value::entries(&spoken.unwrap_or_default(), value);
                entries.iter().enumerate().map(|(at, it)| one(Entry::Words(at + 1, it))).collect()
            }
        }
    }

    fn rows(&self, row: &Row) -> Vec<TableRow> {
        let line = |cells: &[Phrase], entry: Entry<'_>| {
            cells.iter().map(|it| self.case.line(it, entry)).collect::<Vec<_>>()
        };
        match row {
            Row::Cells { cells, head } => vec![TableRow { cells: line(cells, Entry::None), head: *head }],
            Row::Each { of, cells } => {
                self.each(of, |entry| TableRow { cells: line(cells, entry), head: false })
            }
        }
    }

    /// The next number of a level; deeper levels begin again.
    fn number(&mut self, level: u8) -> String {
        let at = usize::from(level.clamp(1, 4)) - 1;
        self.counts[at] += 1;
        self.counts[at + 1..].fill(0);
        let count = self.counts[at];
        let places = [("chinese", &*numeral::write(count)), ("digits", &*count.to_string())];
        words::fill(&format!("level-{}", at + 1), &places)
    }

    /// A line as paragraphs: the lines of a value are paragraphs of their own.
    fn paragraphs(&mut self, line: Line, flush: bool) {
        let mut now = Line::new();
        for run in line {
            let Run::Words(words) = run else {
                now.push(run);
                continue;
            };
            for (at, words) in words.lines().map(str::trim_end).enumerate() {
                if at > 0 && !now.is_empty() {
                    self.parts.push(Part::Text { line: std::mem::take(&mut now), flush });
                }
                if !words.is_empty() {
                    now.push(Run::Words(words.to_owned()));
                }
            }
        }
        if !now.is_empty() {
            self.parts.push(Part::Text { line: now, flush });
        }
    }
}
