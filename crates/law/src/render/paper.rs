//! Official papers as lawyers review them: the words, with the places to fill in brackets.

use crate::{Addressee, Block, BlockKind, Key, Layout, Over, PartyPart, Piece, Row, numeral, words::zh};

use super::{Paper, quoted};

impl Paper<'_> {
    /// Every paper of the version; the section is left out where there is none.
    pub(super) fn papers(&mut self) {
        if self.procedure.papers.is_empty() {
            return;
        }
        self.section("doc.papers");
        for (at, paper) in self.procedure.papers.iter().enumerate() {
            let number = numeral::write(u16::try_from(at + 1).unwrap_or(u16::MAX));
            self.line(zh("act.heading", &[("number", &number), ("name", &paper.name.zh)]));
            self.one_paper(paper);
        }
    }

    fn one_paper(&mut self, paper: &crate::Paper) {
        let layout = match paper.layout {
            Layout::Document => "paper.document",
            Layout::Letter => "paper.letter",
            Layout::Form => "paper.form",
        };
        let series = paper.series.as_ref().map(|key| {
            let name = self.name_of(self.procedure.serie(key).map(|it| &it.name), key);
            zh("paper.series", &[("series", name)])
        });
        let demand = if paper.on_demand { zh("paper.on-demand", &[]) } else { String::new() };
        self.under(format!("{}{}{demand}", zh(layout, &[]), series.unwrap_or_default()));
        if let Some(mark) = &paper.mark {
            self.under(zh("paper.mark", &[("words", &self.phrase(mark))]));
        }
        self.under(zh("paper.title", &[("words", &self.phrase(&paper.title))]));
        if let Some(to) = &paper.to {
            self.under(zh("paper.to", &[("words", &self.addressee(to))]));
        }
        for block in &paper.blocks {
            self.block(block);
        }
        for attachment in &paper.attachments {
            let BlockKind::Text { words, .. } = &attachment.kind else { continue };
            let words = self.phrase(words);
            let line = zh("paper.attachment", &[("words", &words)]);
            self.conditional(line, attachment);
        }
        if let Some(signature) = &paper.signature {
            self.under(zh("paper.signature", &[("words", &self.phrase(signature))]));
        }
        if let Some(note) = &paper.note {
            self.under(zh("paper.note", &[("words", &self.phrase(note))]));
        }
        if !paper.copies.is_empty() {
            let copies: Vec<String> = paper.copies.iter().map(|it| self.addressee(it)).collect();
            self.under(zh("paper.copies", &[("words", &copies.join(&zh("mark.list", &[])))]));
        }
        if !paper.basis.is_empty() {
            self.under(zh("basis.line", &[("words", &self.basis(&paper.basis))]));
        }
    }

    fn conditional(&mut self, line: String, block: &Block) {
        let line = match &block.when {
            Some(when) => {
                let when = self.condition(when);
                zh("paper.when", &[("when", &when), ("words", &line)])
            }
            None => line,
        };
        self.under(line);
    }

    fn block(&mut self, block: &Block) {
        let line = match &block.kind {
            BlockKind::Text { words, .. } => zh("paper.text", &[("words", &self.phrase(words))]),
            BlockKind::Numbered { level, words } => {
                let id = format!("paper.level-{level}");
                zh(&id, &[("words", &self.phrase(words))])
            }
            BlockKind::Each { of, words } => {
                zh("paper.each", &[("of", &self.over(of)), ("words", &self.phrase(words))])
            }
            BlockKind::Table { rows, .. } => {
                let rows: Vec<String> = rows.iter().map(|row| self.row(row)).collect();
                zh("paper.table", &[("words", &rows.join(&zh("mark.semicolon", &[])))])
            }
        };
        self.conditional(line, block);
    }

    fn row(&self, row: &Row) -> String {
        let (Row::Cells { cells, .. } | Row::Each { cells, .. }) = row;
        let cells: Vec<String> = cells.iter().map(|it| self.phrase(it)).collect();
        let words = cells.join(&zh("paper.cell", &[]));
        match row {
            Row::Cells { .. } => words,
            Row::Each { of, .. } => zh("paper.each", &[("of", &self.over(of)), ("words", &words)]),
        }
    }

    fn over(&self, of: &Over) -> String {
        match of {
            Over::Party(key) => self.party(key),
            Over::Field(key) => self.field(key),
        }
    }

    fn addressee(&self, to: &Addressee) -> String {
        match to {
            Addressee::Party(key) => zh("paper.place", &[("words", &self.party(key))]),
            Addressee::Words(words) => self.phrase(words),
        }
    }

    fn phrase(&self, pieces: &[Piece]) -> String {
        pieces.iter().map(|it| self.piece(it)).collect()
    }

    fn piece(&self, piece: &Piece) -> String {
        let plain = |id: &str| zh("paper.place", &[("words", &zh(id, &[]))]);
        let of = |id: &str, name: &str| zh("paper.place", &[("words", &zh(id, &[("of", name)]))]);
        let own = |name: &str| zh("paper.place", &[("words", name)]);
        match piece {
            Piece::Words(words) => words.clone(),
            Piece::Field(key) => own(&self.field(key)),
            Piece::Party { role, part } => of(&format!("place.party-{}", part_id(*part)), &self.party(role)),
            Piece::Parameter(key) => own(&self.parameter(key)),
            Piece::Series(key) => own(self.name_of(self.procedure.serie(key).map(|it| &it.name), key)),
            Piece::Number => plain("place.number"),
            Piece::Date => plain("place.date"),
            Piece::Received => plain("place.received"),
            Piece::Body => plain("place.body"),
            Piece::Place => plain("place.place"),
            Piece::Official => plain("place.official"),
            Piece::Basis => plain("place.basis"),
            Piece::OwnBasis => plain("place.own-basis"),
            Piece::Article(article) => article.to_string(),
            Piece::Outcome => plain("place.outcome"),
            Piece::Blank => zh("place.blank", &[]),
            Piece::ActDay(key) => of("place.act-day", &self.act(key)),
            Piece::ActBasis(key) => of("place.act-basis", &self.act(key)),
            Piece::Due(key) => of("place.due", &self.limit(key)),
            Piece::From(key) => of("place.from", &self.limit(key)),
            Piece::Length(key) => of("place.length", &self.limit(key)),
            Piece::PaperNumber(key) => of("place.paper-number", &self.paper(key)),
            Piece::PaperDay(key) => of("place.paper-day", &self.paper(key)),
            Piece::Entry(part) => plain(&format!("place.entry-{}", part_id(*part))),
            Piece::Count => plain("place.count"),
        }
    }

    /// A paper's name.
    pub(super) fn paper(&self, key: &Key) -> String {
        self.name_of(self.procedure.paper(key).map(|it| &it.name), key).to_owned()
    }

    /// The papers that an act issues or makes void, in words.
    pub(super) fn paper_effect(&self, id: &str, key: &Key) -> String {
        zh(id, &[("paper", &quoted(std::iter::once(self.paper(key)), "mark.list"))])
    }
}

fn part_id(part: PartyPart) -> &'static str {
    match part {
        PartyPart::Name => "name",
        PartyPart::Address => "address",
        PartyPart::IdNumber => "id-number",
        PartyPart::Phone => "phone",
    }
}
