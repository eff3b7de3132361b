//! `papers/<name>.kdl`: an official paper, read once as lines and then for each version of each procedure
//! that it is for, because its places to fill are names of that version.

use calendar::Date;

use crate::{
    Addressee, Block, BlockKind, Key, Layout, Over, Paper, PartyPart, PartyRole, Phrase, Piece, Row,
    fault::{Code, Draft, Faults},
    source::{SourceFile, Span},
    syntax::{self, Arg, Node, Value, grammar},
};

use super::{File, names::Kind, names::Names, scope::Scope};

/// Places that every paper can have.
const PLACES: [(&str, Piece); 10] = [
    ("number", Piece::Number),
    ("date", Piece::Date),
    ("received", Piece::Received),
    ("body", Piece::Body),
    ("place", Piece::Place),
    ("official", Piece::Official),
    ("basis", Piece::Basis),
    ("own-basis", Piece::OwnBasis),
    ("outcome", Piece::Outcome),
    ("blank", Piece::Blank),
];

/// Places of the entry that is gone through.
const ENTRY: [(&str, Piece); 5] = [
    ("it", Piece::Entry(PartyPart::Name)),
    ("it.address", Piece::Entry(PartyPart::Address)),
    ("it.id-number", Piece::Entry(PartyPart::IdNumber)),
    ("it.phone", Piece::Entry(PartyPart::Phone)),
    ("count", Piece::Count),
];

/// The sorts of name that can be filled in as they are.
const BARE: [Kind; 4] = [Kind::Field, Kind::Party, Kind::Parameter, Kind::Series];

/// The papers of a pack.
pub(crate) struct Papers<'a> {
    files: Vec<PaperFile<'a>>,
    /// Whether something about one of them has been reported: then nothing is said of unknown papers.
    pub(crate) lost: bool,
}

impl Papers<'_> {
    /// The papers of the version of a procedure that begins on a day.
    pub(crate) fn of(&self, procedure: &str, from: Date) -> Vec<&PaperFile<'_>> {
        self.files.iter().filter(|it| it.is_for(procedure, from)).collect()
    }
}

/// A paper's file as lines.
pub(crate) struct PaperFile<'a> {
    pub(crate) key: Key,
    pub(crate) span: Span,
    source: &'a SourceFile,
    node: Node,
    terms: Vec<Term>,
}

/// Versions of a procedure that a paper is for.
struct Term {
    procedure: Key,
    since: Option<Date>,
    before: Option<Date>,
}

impl PaperFile<'_> {
    /// Whether the paper belongs to the version of a procedure that begins on a day.
    fn is_for(&self, procedure: &str, from: Date) -> bool {
        self.terms.iter().any(|it| {
            it.procedure == *procedure
                && it.since.is_none_or(|since| from >= since)
                && it.before.is_none_or(|before| from < before)
        })
    }
}

/// Reads the lines of every paper of a pack.
pub(crate) fn gather<'a>(
    files: &[(&'a str, File<'a>)],
    procedures: impl Iterator<Item = &'a str>,
    faults: &mut Faults,
) -> Papers<'a> {
    let before = faults.errors();
    let mut known = Names::default();
    for key in procedures {
        let place = files.first().map_or(Span::head(crate::FileId(0)), |it| Span::head(it.1.0));
        known.know(Kind::Procedure, Key::new(key), place);
    }
    let files = files.iter().filter_map(|(name, file)| lines(name, *file, &known, faults)).collect();
    Papers { files, lost: faults.errors() > before }
}

fn lines<'a>(name: &str, file: File<'a>, known: &Names, faults: &mut Faults) -> Option<PaperFile<'a>> {
    let (id, source) = file;
    let nodes = syntax::parse(id, &source.text, faults)?;
    syntax::check(&nodes, &grammar::PAPER_FILE, Span::head(id), faults);
    let node = nodes.into_iter().find(|it| it.name == "paper")?;
    let (key, span) = node.key()?;
    if key != *name {
        let draft = Draft::new(Code::BadFile, "paper").put("name", &key).put("file", name);
        faults.add(draft.at(span));
    }
    let mut terms = Vec::new();
    for line in node.all("for") {
        let Some(named) = line.key() else { continue };
        let procedure = known.take(Kind::Procedure, named, faults);
        let day = |name: &str| line.prop_text(name).and_then(|it| it.parse().ok());
        terms.push(Term { procedure, since: day("since"), before: day("before") });
    }
    Some(PaperFile { key, span, source, node, terms })
}

/// Reads the phrases of one paper for one version.
struct Reader<'s, 'a> {
    scope: &'s mut Scope<'a>,
    source: &'s SourceFile,
    parties: &'s [PartyRole],
    key: &'s Key,
    numbered: bool,
    /// Whether what is read stands in the paper always.
    always: bool,
}

impl Scope<'_> {
    /// A paper with its places held against the names of the version.
    pub(crate) fn read_paper(&mut self, file: &PaperFile<'_>, parties: &[PartyRole]) -> Option<Paper> {
        let node = &file.node;
        let series = node.one("series").and_then(|line| self.take_first(Kind::Series, line));
        let basis = node.one("basis").map_or(Vec::new(), |it| self.shelf.all(it, self.faults));
        let layout = match node.one("layout")?.args.first()?.word()?.as_str() {
            "document" => Layout::Document,
            "letter" => Layout::Letter,
            "form" => Layout::Form,
            _ => return None,
        };
        let numbered = series.is_some();
        let mut reader =
            Reader { scope: self, source: file.source, parties, key: &file.key, numbered, always: true };
        let name = node.words();
        let words = |reader: &mut Reader<'_, '_>, word: &str| {
            node.one(word).and_then(|line| line.args.first()).map(|arg| reader.phrase(arg, false))
        };
        let title = words(&mut reader, "title").unwrap_or_else(|| vec![Piece::Words(name.zh.clone())]);
        let mark = words(&mut reader, "mark");
        let note = words(&mut reader, "note");
        let to = node.one("to").and_then(|line| reader.addressee(line));
        let copies = node.all("copy").filter_map(|line| reader.addressee(line)).collect();
        let signature = match node.one("signature").and_then(|line| line.args.first()) {
            None => Some(vec![Piece::Body]),
            Some(arg) => reader.signature(arg),
        };
        let blocks = node.inside().iter().filter_map(|line| reader.block(line)).collect();
        let attachments = node.all("attachment").filter_map(|line| reader.attachment(line)).collect();
        Some(Paper {
            key: file.key.clone(),
            name,
            layout,
            series,
            basis,
            on_demand: node.one("on-demand").is_some(),
            mark,
            to,
            title,
            blocks,
            attachments,
            signature,
            copies,
            note,
        })
    }
}

impl Reader<'_, '_> {
    fn block(&mut self, line: &Node) -> Option<Block> {
        self.always = line.one("when").is_none();
        let kind = match line.name.as_str() {
            "text" => {
                let words = self.phrase(line.args.first()?, false);
                BlockKind::Text { words, flush: line.is("flush") }
            }
            "heading" => self.numbered(line, 1)?,
            "item" => self.numbered(line, 3)?,
            "each" => {
                let of = self.over(line)?;
                BlockKind::Each { of, words: self.phrase(line.args.get(1)?, true) }
            }
            "table" => self.table(line)?,
            _ => return None,
        };
        Some(Block { kind, when: self.scope.when(line) })
    }

    fn attachment(&mut self, line: &Node) -> Option<Block> {
        self.always = line.one("when").is_none();
        let words = self.phrase(line.args.first()?, false);
        Some(Block { kind: BlockKind::Text { words, flush: false }, when: self.scope.when(line) })
    }

    fn numbered(&mut self, line: &Node, usual: u8) -> Option<BlockKind> {
        let level = line.prop_number("level").unwrap_or(i64::from(usual));
        let level = u8::try_from(level).ok().filter(|it| (1..=4).contains(it));
        if level.is_none() {
            let span = line.prop("level").map_or(line.name_span, |it| it.value.span);
            self.scope.bad(Code::BadDeclaration, "level", span);
        }
        let words = self.phrase(line.args.first()?, false);
        Some(BlockKind::Numbered { level: level.unwrap_or(usual), words })
    }

    fn table(&mut self, node: &Node) -> Option<BlockKind> {
        let widths = node.one("columns")?.args.iter();
        let columns: Vec<u8> =
            widths.filter_map(|it| it.number()).filter_map(|it| u8::try_from(it).ok()).collect();
        let mut rows = Vec::new();
        for line in node.inside() {
            let cells = |reader: &mut Self, args: &[Arg], entry| {
                args.iter().map(|arg| reader.phrase(arg, entry)).collect::<Vec<_>>()
            };
            let row = match line.name.as_str() {
                "row" => Row::Cells { cells: cells(self, &line.args, false), head: line.is("head") },
                "each" => match self.over(line) {
                    Some(of) => Row::Each { of, cells: cells(self, &line.args[1..], true) },
                    None => continue,
                },
                _ => continue,
            };
            let (Row::Cells { cells, .. } | Row::Each { cells, .. }) = &row;
            if cells.len() > columns.len() {
                self.scope.bad(Code::BadDeclaration, "columns", line.name_span);
            }
            rows.push(row);
        }
        Some(BlockKind::Table { columns, rows })
    }

    fn over(&mut self, line: &Node) -> Option<Over> {
        let (key, span) = line.key()?;
        if self.parties.iter().any(|it| it.key == key) {
            return Some(Over::Party(key));
        }
        let names = &self.scope.marks.names;
        Some(Over::Field(names.take(Kind::Field, (key, span), self.scope.faults)))
    }

    /// A party role by name, or words.
    fn addressee(&mut self, line: &Node) -> Option<Addressee> {
        let arg = line.args.first()?;
        match &arg.value {
            Value::Text(_) => Some(Addressee::Words(self.phrase(arg, false))),
            _ => Some(Addressee::Party(self.scope.take_first(Kind::Party, line)?)),
        }
    }

    /// Words, or the word `none`.
    fn signature(&mut self, arg: &Arg) -> Option<Phrase> {
        if arg.word().as_deref() == Some("none") {
            return None;
        }
        if arg.text().is_none() && arg.value != Value::Broken {
            self.scope.bad(Code::WrongType, "text", arg.span);
        }
        Some(self.phrase(arg, false))
    }

    /// Words with places in braces.
    fn phrase(&mut self, arg: &Arg, entry: bool) -> Phrase {
        let mut pieces = Vec::new();
        let mut rest = arg.text().unwrap_or_default();
        let words = |text: &str, pieces: &mut Phrase| {
            if !text.is_empty() {
                pieces.push(Piece::Words(text.to_owned()));
            }
        };
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                self.scope.bad(Code::BadDeclaration, "brace", arg.span);
                break;
            };
            words(before, &mut pieces);
            pieces.extend(self.place(name, arg.span, entry));
            rest = after;
        }
        words(rest, &mut pieces);
        pieces
    }

    fn place(&mut self, name: &str, whole: Span, entry: bool) -> Option<Piece> {
        if !name.is_ascii() {
            let span = self.inside(whole, name);
            return self.scope.shelf.one(name, span, self.scope.faults).map(Piece::Article);
        }
        let known = PLACES.iter().chain(ENTRY.iter().filter(|_| entry)).find(|it| it.0 == name);
        if name == "number" && !self.numbered {
            let span = self.inside(whole, name);
            self.scope.bad(Code::BadDeclaration, "no-number", span);
        }
        let found = match known {
            Some((_, piece)) => Some(piece.clone()),
            None => self.named(name),
        };
        if let Some(Piece::Field(field)) = &found
            && self.always
        {
            let span = self.inside(whole, name);
            self.scope.marks.prints.entry((self.key.clone(), field.clone())).or_insert(span);
        }
        if found.is_none() {
            let span = self.inside(whole, name);
            let names = &self.scope.marks.names;
            let bare = BARE.iter().flat_map(|kind| names.of(*kind)).map(Key::as_str);
            let draft = Draft::new(Code::UnknownName, "place").put("name", name).at(span);
            let draft = draft.near(name, PLACES.iter().map(|it| it.0).chain(bare));
            self.scope.faults.add(draft);
        }
        found
    }

    /// A place named by something declared: alone, or with a dot and what of it.
    fn named(&self, name: &str) -> Option<Piece> {
        let has = |kind, name: &str| self.scope.marks.names.place(kind, &Key::new(name)).is_some();
        let Some((name, part)) = name.split_once('.') else {
            let key = Key::new(name);
            let kind = BARE.into_iter().find(|kind| has(*kind, name))?;
            return Some(match kind {
                Kind::Field => Piece::Field(key),
                Kind::Party => Piece::Party { role: key, part: PartyPart::Name },
                Kind::Parameter => Piece::Parameter(key),
                _ => Piece::Series(key),
            });
        };
        let key = Key::new(name);
        let of = |kind, piece: fn(Key) -> Piece| has(kind, name).then(|| piece(key.clone()));
        let party = |part| has(Kind::Party, name).then(|| Piece::Party { role: key.clone(), part });
        match part {
            "on" => of(Kind::Act, Piece::ActDay),
            "basis" => of(Kind::Act, Piece::ActBasis),
            "due" => of(Kind::Limit, Piece::Due),
            "from" => of(Kind::Limit, Piece::From),
            "length" => of(Kind::Limit, Piece::Length),
            "number" => of(Kind::Paper, Piece::PaperNumber),
            "date" => of(Kind::Paper, Piece::PaperDay),
            "address" => party(PartyPart::Address),
            "id-number" => party(PartyPart::IdNumber),
            "phone" => party(PartyPart::Phone),
            _ => None,
        }
    }

    /// Where a place stands inside its text; the whole text if it is written with escapes.
    fn inside(&self, whole: Span, name: &str) -> Span {
        let text = self.source.text.get(whole.start..whole.end).unwrap_or_default();
        match text.find(&format!("{{{name}}}")) {
            Some(at) => {
                let start = whole.start + at + 1;
                Span::new(whole.file, start, start + name.len())
            }
            None => whole,
        }
    }
}
