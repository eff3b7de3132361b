//! Faults in files that an author wrote. All faults of a run are returned together, each with the
//! characters that are wrong and, where one is known, the mend.

use std::{collections::BTreeSet, ops::Range};

use calendar::Date;

use crate::{
    Text,
    check::trail::Trail,
    source::{FileId, Sources, Span},
    words,
};

/// How grave a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The law cannot be used.
    Error,
    /// It can, but something in it is idle or doubtful.
    Warning,
    /// Nothing is wrong: an open question or a text not at hand, which is always shown.
    Note,
}

macro_rules! codes {
    ($($severity:ident { $($(#[$doc:meta])* $name:ident = $id:literal,)* })*) => {
        /// The kinds of fault: a closed list with stable names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($($(#[$doc])* $name,)*)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$($(Code::$name,)*)*];

            /// The stable name, as shown and as looked up.
            pub fn id(self) -> &'static str {
                match self { $($(Code::$name => $id,)*)* }
            }

            /// How grave faults of this kind are.
            pub fn severity(self) -> Severity {
                match self { $($(Code::$name => Severity::$severity,)*)* }
            }
        }
    };
}

codes! {
    Error {
        /// The text does not follow the syntax.
        Syntax = "syntax",
        /// A full-width mark stands where the ASCII one belongs.
        FullWidthMark = "full-width-mark",
        /// A Chinese numeral stands where a number belongs.
        ChineseNumeral = "chinese-numeral",
        /// Something that begins like a number is none.
        BadNumber = "bad-number",
        /// A block is opened and not closed, or closed and not opened.
        UnclosedBrace = "unclosed-brace",
        /// A word that the language does not have here.
        UnknownWord = "unknown-word",
        /// Too few or too many values, or a word that must stand here is missing.
        WrongArity = "wrong-arity",
        /// A value of another sort is wanted.
        WrongType = "wrong-type",
        /// No such unit of time.
        UnknownUnit = "unknown-unit",
        /// A name that nothing declares.
        UnknownName = "unknown-name",
        /// The same name or word twice.
        DuplicateName = "duplicate-name",
        /// A key that is not lower-case ASCII with hyphens.
        BadKey = "bad-key",
        /// Chinese or English words are missing, equal, or in the wrong language.
        MissingText = "missing-text",
        /// A file lies or is named where the reader does not expect it.
        BadFile = "bad-file",
        /// Two versions or two terms overlap.
        BadTerm = "bad-term",
        /// An act, limit or condition cites nothing.
        NoBasis = "no-basis",
        /// A citation that cannot be read.
        BadCitation = "bad-citation",
        /// The statute has no such article, paragraph or item.
        UnknownArticle = "unknown-article",
        /// The statute is not in force in the time of the procedure.
        StatuteNotInForce = "statute-not-in-force",
        /// A statute with neither an index nor a reason for having none.
        NoIndex = "no-index",
        /// A fragment uses itself.
        RecursiveFragment = "recursive-fragment",
        /// An act contradicts itself: how it opens, who does it, from where.
        BadAct = "bad-act",
        /// A field, parameter, limit or role contradicts itself.
        BadDeclaration = "bad-declaration",
        /// No way leads to a stage.
        UnreachableStage = "unreachable-stage",
        /// From a stage no way leads to an end.
        DeadEnd = "dead-end",
        /// A matter can end without an outcome.
        NoOutcome = "no-outcome",
        /// A clock can still run or stand suspended when the matter is over.
        ClockNeverStops = "clock-never-stops",
        /// What a limit's end brings about is not possible everywhere that end can come.
        ExpiryActUnlawful = "expiry-act-unlawful",
        /// A publication shows what is not public.
        SensitivePublished = "sensitive-published",
        /// Roles that different people must act in cannot be kept apart, or need not be.
        NotDistinct = "not-distinct",
        /// An effect on a clock that can have none, or a suspension that nothing ends.
        IdleEffect = "idle-effect",
        /// A matter can get a second outcome.
        SecondOutcome = "second-outcome",
        /// An act that can never be done.
        NeverPossible = "never-possible",
        /// A paper prints what nobody can have given before it is issued.
        AlwaysBlank = "always-blank",
        /// A limit starts whose length nobody has given.
        NoLength = "no-length",
        /// A way breaks a rule of the procedure.
        RuleBroken = "rule-broken",
        /// The procedure has too many ways to say whether something holds.
        Undecided = "undecided",
    }
    Warning {
        /// Something declared is never used.
        Unused = "unused",
    }
    Note {
        /// A rule is held for true without a proof.
        Unproved = "unproved",
        /// The law leaves a question open.
        Unsettled = "unsettled",
        /// The text of a statute is not at hand.
        Unindexed = "unindexed",
    }
}

/// One fault in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Kind.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: Text,
    /// Where; the first is the place itself, others explain.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub hint: Option<Text>,
    /// The way of acts that shows it, for faults found on ways.
    pub trail: Option<Box<Trail>>,
}

impl Fault {
    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Says how the way that shows it runs with real days; `None` if no such days are known.
    pub fn retold(&mut self, days: Option<&[Date]>) {
        let Some(trail) = self.trail.as_ref().filter(|it| it.scope.is_none()) else { return };
        let hint = match days {
            None => {
                let places = [("hint", self.hint.clone().unwrap_or_default())];
                words::text("story.undated", &places)
            }
            Some(days) => words::text("story.dated", &[("story", trail.story(days))]),
        };
        self.hint = Some(hint);
    }
}

/// Underlined characters with a word about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// File.
    pub file: FileId,
    /// Bytes.
    pub span: Range<usize>,
    /// What to see there; may be empty.
    pub text: Text,
}

/// A fault in the making: an id of words, what to fill in, and where.
pub(crate) struct Draft {
    code: Code,
    id: String,
    places: Vec<(&'static str, Text)>,
    labels: Vec<(Span, Option<&'static str>)>,
    hint: Option<&'static str>,
    trail: Option<Box<Trail>>,
}

impl Draft {
    /// A fault said in the words `CODE.VARIANT`.
    pub(crate) fn new(code: Code, variant: &str) -> Self {
        let id = format!("{}.{variant}", code.id());
        Self { code, id, places: Vec::new(), labels: Vec::new(), hint: None, trail: None }
    }

    /// Fills a place with the same words in both languages.
    pub(crate) fn put(mut self, name: &'static str, value: impl ToString) -> Self {
        let value = value.to_string();
        self.places.push((name, Text::new(value.clone(), value)));
        self
    }

    /// Fills a place with words of each language.
    pub(crate) fn put_text(mut self, name: &'static str, value: Text) -> Self {
        self.places.push((name, value));
        self
    }

    /// Underlines a place; the words are those of the id with `.here`, if there are any.
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.labels.push((span, Some("here")));
        self
    }

    /// Underlines another place with the words of the id and a suffix.
    pub(crate) fn see(mut self, span: Span, suffix: &'static str) -> Self {
        self.labels.push((span, Some(suffix)));
        self
    }

    /// Takes the hint from these words; else it is that of the id with `.hint`, if there is one.
    pub(crate) fn hint(mut self, id: &'static str) -> Self {
        self.hint = Some(id);
        self
    }

    /// Asks "did you mean" if a known word is near.
    pub(crate) fn near<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match crate::near::nearest(word, known) {
            Some(found) => self.put("near", found).hint("did-you-mean"),
            None => self,
        }
    }

    /// Keeps the way of acts that shows it.
    pub(crate) fn trail(mut self, trail: Trail) -> Self {
        self.trail = Some(Box::new(trail));
        self
    }

    fn done(self) -> Fault {
        let own = format!("{}.hint", self.id);
        let hint = match self.hint {
            Some(id) => Some(words::text(id, &self.places)),
            None if words::has(&own) => Some(words::text(&own, &self.places)),
            None => None,
        };
        let label = |(span, suffix): &(Span, Option<&str>)| {
            let id = suffix.map(|suffix| format!("{}.{suffix}", self.id));
            let text = id.filter(|id| words::has(id)).map(|id| words::text(&id, &self.places));
            Label { file: span.file, span: span.start..span.end, text: text.unwrap_or_default() }
        };
        Fault {
            code: self.code,
            message: words::text(&self.id, &self.places),
            labels: self.labels.iter().map(label).collect(),
            hint,
            trail: self.trail,
        }
    }
}

/// The faults of a run, gathered as they are met.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    list: Vec<Fault>,
}

impl Faults {
    /// Takes one in.
    pub(crate) fn add(&mut self, draft: Draft) {
        self.list.push(draft.done());
    }

    /// How many faults there are that make the law unusable.
    pub(crate) fn errors(&self) -> usize {
        self.list.iter().filter(|it| it.severity() == Severity::Error).count()
    }

    /// All of them in order of file and place, each once: a fragment taken in by ten acts is one text.
    pub(crate) fn finish(self, sources: &Sources) -> Vec<Fault> {
        let mut seen = BTreeSet::new();
        let mut list = self.list;
        let path = |it: &Fault| {
            it.labels.first().and_then(|label| sources.get(label.file)).map(|file| file.path.as_str())
        };
        list.sort_by_cached_key(|it| {
            (it.severity() == Severity::Note, path(it).map(str::to_owned), place(it), it.code)
        });
        list.retain(|it| seen.insert((it.code, place(it), it.message.en.clone())));
        list
    }
}

fn place(fault: &Fault) -> (Option<FileId>, usize, usize) {
    match fault.labels.first() {
        Some(label) => (Some(label.file), label.span.start, label.span.end),
        None => (None, 0, 0),
    }
}
