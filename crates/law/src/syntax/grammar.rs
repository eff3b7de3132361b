//! The whole vocabulary of the language as tables: which words may stand where, with which values.
//! A word that is not here is a fault; nothing else decides what a file may say.

use super::grammar::Slot::{Any, Date, Key, Number, OneOf, Star, Text, Unit, YesNo};

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slot {
    /// A bare lower-case ASCII name.
    Key,
    /// A name or `*` for all.
    Star,
    /// A quoted text.
    Text,
    /// A whole number.
    Number,
    /// `#true` or `#false`.
    YesNo,
    /// A quoted day, `"2024-01-01"`.
    Date,
    /// A unit of time.
    Unit,
    /// One of these bare words.
    OneOf(&'static [&'static str]),
    /// A name, a number or a quoted text; the reader decides.
    Any,
}

/// What must stand in a word's block, or whether it has one.
#[derive(Clone, Copy)]
pub(crate) enum Block {
    /// None.
    None,
    /// Perhaps one, of these words.
    May(&'static [Word]),
    /// One, of these words.
    Must(&'static [Word]),
    /// One that is read where it is used.
    Fragment,
}

/// One word of the language in one place.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    /// The word.
    pub(crate) name: &'static str,
    /// Its values in order; the last may stand repeatedly if `more`.
    pub(crate) args: &'static [Slot],
    /// Fewest values.
    pub(crate) min: usize,
    /// Whether the last value may be repeated.
    pub(crate) more: bool,
    /// Properties: name, value, whether needed.
    pub(crate) props: &'static [(&'static str, Slot, bool)],
    /// Its block.
    pub(crate) block: Block,
    /// Whether it may stand more than once.
    pub(crate) many: bool,
    /// Whether it must stand.
    pub(crate) need: bool,
}

pub(super) const fn word(name: &'static str, args: &'static [Slot]) -> Word {
    Word {
        name,
        args,
        min: args.len(),
        more: false,
        props: &[],
        block: Block::None,
        many: false,
        need: false,
    }
}

impl Word {
    pub(super) const fn more(mut self) -> Self {
        self.more = true;
        self
    }
    pub(super) const fn min(mut self, min: usize) -> Self {
        self.min = min;
        self
    }
    pub(super) const fn props(mut self, props: &'static [(&'static str, Slot, bool)]) -> Self {
        self.props = props;
        self
    }
    pub(super) const fn block(mut self, words: &'static [Word]) -> Self {
        self.block = Block::Must(words);
        self
    }
    pub(super) const fn may(mut self, words: &'static [Word]) -> Self {
        self.block = Block::May(words);
        self
    }
    pub(super) const fn many(mut self) -> Self {
        self.many = true;
        self
    }
    pub(super) const fn need(mut self) -> Self {
        self.need = true;
        self
    }
}

pub(super) const EN: (&str, Slot, bool) = ("en", Text, true);

/// A word with a key and a text in both languages.
pub(super) const fn named(name: &'static str) -> Word {
    word(name, &[Key, Text]).props(&[EN]).many()
}

/// A word with a text in both languages.
pub(super) const fn said(name: &'static str) -> Word {
    word(name, &[Text]).props(&[EN])
}

const BASIS: Word = word("basis", &[Text]).more();
const UNSETTLED: Word = said("unsettled").props(&[EN, ("parameter", Key, false)]).many();

/// `pack.kdl`.
pub(crate) static PACK_FILE: [Word; 1] = [named("pack").block(&PACK).need()];

static PACK: [Word; 2] = [
    named("statute")
        .props(&[EN, ("revision", Text, true), ("in-force", Date, true), ("until", Date, false)])
        .may(&[word("unindexed", &[Text])]),
    named("post"),
];

/// A version of a procedure.
pub(crate) static PROCEDURE_FILE: [Word; 1] = [named("procedure").block(&PROCEDURE).need()];

/// Inside a procedure, before fragments are put in place.
pub(crate) static PROCEDURE: [Word; 22] = [
    said("summary").need(),
    word("cites", &[Key]).more().need(),
    word("counting", &[Text]).more().need(),
    Word { block: Block::Fragment, ..word("with", &[Key, Date]).many() },
    word("use", &[Key]).many(),
    Word { block: Block::Fragment, ..word("fragment", &[Key]).many() },
    named("parameter").block(&PARAMETER),
    named("series").props(&[EN, ("prefix", Key, true), ("format", Text, true)]),
    named("party").props(&[EN, ("min", Number, false), ("max", Number, false)]).block(&PARTY),
    named("role").block(&ROLE),
    FIELD_WORD,
    STAGE_WORD,
    OUTCOME_WORD,
    LIMIT_WORD,
    ACT_WORD,
    named("publication").block(&PUBLICATION),
    named("items").block(&ITEMS),
    named("link").props(&[EN, ("back", Text, true), ("back-en", Text, true)]),
    named("approval").block(&APPROVAL),
    named("claim").props(&[EN, ("seats", Number, false)]).block(&CLAIM),
    word("distinct", &[Key]).block(&DISTINCT).many(),
    named("rule").block(&PATH_RULE),
];

const FIELD_WORD: Word = named("field")
    .props(&[
        EN,
        ("type", OneOf(FIELD_TYPES), true),
        ("sensitivity", OneOf(SENSITIVITIES), true),
        ("max", Number, false),
        ("min", Number, false),
        ("long", YesNo, false),
        ("future", YesNo, false),
        ("max-mb", Number, false),
    ])
    .may(&FIELD);
const STAGE_WORD: Word = named("stage").props(&[EN, ("closed", YesNo, false)]);
const OUTCOME_WORD: Word = named("outcome").block(&[BASIS]);
const LIMIT_WORD: Word = named("limit").block(&LIMIT);
const ACT_WORD: Word =
    named("act").props(&[EN, ("opens", YesNo, false), ("by-law", YesNo, false)]).block(&ACT);

/// Inside items.
static ITEMS: [Word; 6] =
    [word("use", &[Key]).many(), FIELD_WORD, STAGE_WORD, OUTCOME_WORD, LIMIT_WORD, ACT_WORD];

static APPROVAL: [Word; 2] = [word("step", &[Key]).many().need(), BASIS];

static CLAIM: [Word; 2] = [BASIS, said("else").need()];

static DISTINCT: [Word; 3] = [word("roles", &[Key]).min(2).more().need(), BASIS, said("else").need()];

/// What holds on every way: `first … then … [since …]`, `after … never …`, `after … before-end …`, `once …`.
static PATH_RULE: [Word; 10] = [
    BASIS,
    word("first", &[Key]).more(),
    word("then", &[Key]).more(),
    word("since", &[Key]).more(),
    word("after", &[Key]).more(),
    word("never", &[Key]).more(),
    word("before-end", &[Key]).more(),
    word("once", &[Key]).more(),
    WHEN,
    said("unproved"),
];

/// Field types.
const FIELD_TYPES: &[&str] =
    &["text", "number", "money", "date", "choice", "yes-no", "file", "body", "list", "matter", "official"];
/// Sensitivities, least first.
const SENSITIVITIES: &[&str] = &["public", "internal", "personal", "secret"];
/// Kinds of party.
const PARTY_KINDS: &[&str] = &["person", "organization", "body"];
/// States of a clock.
const CLOCK_STATES: &[&str] =
    &["not-started", "running", "suspended", "overdue", "stopped", "in-time", "extended"];
/// Comparisons.
const COMPARISONS: &[&str] = &["less", "at-most", "equal", "at-least", "more"];
/// Sorts of condition.
const REQUIRE_KINDS: &[&str] = &["substance", "time", "form", "order"];

static PARAMETER: [Word; 4] =
    [named("option"), word("default", &[Any]).need(), word("mark", &[Any]).need(), said("why").need()];

static PARTY: [Word; 1] = [word("kinds", &[OneOf(PARTY_KINDS)]).more().need()];

static ROLE: [Word; 3] = [word("public", &[]), word("party", &[Key]), word("post", &[Key])];

static FIELD: [Word; 2] = [said("help"), named("option").props(&[EN, ("basis", Text, false)])];

static LIMIT: [Word; 7] = [
    word("length", &[Number, Unit])
        .min(0)
        .props(&[("field", Key, false), ("parameter", Key, false), ("unit", Unit, false)])
        .need(),
    BASIS,
    word("on", &[OneOf(&["authority"])]).min(0).props(&[("party", Key, false)]),
    word("bars", &[YesNo]),
    word("extension", &[])
        .props(&[("max", Number, true), ("unit", Unit, true), ("times", Number, true)])
        .block(&[BASIS]),
    word("expiry", &[OneOf(&["alarm", "fact"])]).min(0).props(&[("deem", Key, false)]).need(),
    UNSETTLED,
];

/// Inside an act, after fragments have been put in place.
pub(crate) static ACT: [Word; 12] = [
    said("help"),
    word("in", &[Key]).more(),
    word("approval", &[Key]),
    word("by", &[Key]).more(),
    word("from", &[Key]).more(),
    word("to", &[Key]),
    BASIS,
    word("ask", &[Key])
        .min(0)
        .props(&[("parties", Key, false), ("optional", YesNo, false)])
        .may(&[WHEN])
        .many(),
    word("require", &[Key]).block(&REQUIRE).many(),
    word("does", &[]).block(&EFFECTS).many(),
    UNSETTLED,
    word("use", &[Key]).many(),
];

const WHEN: Word = word("when", &[]).block(&CONDITIONS);

static REQUIRE: [Word; 23] = with_conditions([
    BASIS,
    said("else").need(),
    word("remedy", &[Key]).more(),
    word("kind", &[OneOf(REQUIRE_KINDS)]).need(),
]);

/// The closed vocabulary of conditions.
pub(crate) static CONDITIONS: [Word; 19] = conditions();

const COMPARE: Word = word("compare", &[Key, OneOf(COMPARISONS), Any])
    .min(2)
    .props(&[("field", Key, false), ("parameter", Key, false)])
    .many();

const fn conditions() -> [Word; 19] {
    [
        word("all", &[]).block(&CONDITIONS).many(),
        word("any", &[]).block(&CONDITIONS).many(),
        word("not", &[]).block(&CONDITIONS).many(),
        word("done", &[Key]).many(),
        word("given", &[Key]).many(),
        word("choice", &[Key, Key]).more().many(),
        word("yes", &[Key]).many(),
        word("no", &[Key]).many(),
        COMPARE,
        word("clock", &[Key, OneOf(CLOCK_STATES)]).many(),
        word("masked", &[Key]).many(),
        word("party", &[Key]).props(&[("kind", OneOf(PARTY_KINDS), false)]).many(),
        word("parameter", &[Key, Key]).many(),
        word("ahead", &[Key, Number, Unit]).many(),
        word("other-person", &[Key]).many(),
        word("colleague", &[Key]).props(&[("role", Key, true)]).many(),
        word("some", &[Key]).may(&CONDITIONS).many(),
        word("each", &[Key]).block(&CONDITIONS).many(),
        word("at", &[Key]).more().many(),
    ]
}

const fn with_conditions(own: [Word; 4]) -> [Word; 23] {
    let c = conditions();
    [
        own[0], own[1], own[2], own[3], c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10],
        c[11], c[12], c[13], c[14], c[15], c[16], c[17], c[18],
    ]
}

const fn effect(name: &'static str) -> Word {
    word(name, &[Key]).may(&EFFECT).many()
}

static EFFECT: [Word; 2] = [WHEN, BASIS];

/// What an act can bring about.
static EFFECTS: [Word; 23] = [
    effect("start").props(&[("from-field", Key, false), ("from-act", Key, false)]),
    effect("stop"),
    effect("suspend"),
    effect("resume"),
    effect("extend").props(&[("by", Key, true)]),
    Word { args: &[Key, Any], min: 2, ..effect("set") },
    effect("outcome"),
    effect("number"),
    effect("publish"),
    effect("unpublish"),
    effect("notify"),
    effect("link").props(&[("by", Key, true)]),
    effect("claim").props(&[("by", Key, true)]),
    effect("release"),
    plain("assign").props(&[("by", Key, true)]),
    plain("hand-over").props(&[("by", Key, true)]),
    plain("draft"),
    plain("endorse"),
    plain("send-back"),
    plain("retract"),
    plain("countersign").props(&[("by", Key, true)]),
    effect("issue"),
    effect("void"),
];

/// An effect that names nothing first.
const fn plain(name: &'static str) -> Word {
    word(name, &[]).may(&EFFECT).many()
}

static PUBLICATION: [Word; 3] =
    [BASIS, word("show", &[Key]).more().need(), word("masked", &[Key]).props(&[("of", Key, true)]).many()];

/// `papers/<name>.kdl`: an official paper.
pub(crate) static PAPER_FILE: [Word; 1] = [named("paper").block(&PAPER).need()];

/// Forms of official papers.
const LAYOUTS: &[&str] = &["document", "letter", "form"];

static PAPER: [Word; 17] = [
    word("for", &[Key]).props(&[("since", Date, false), ("before", Date, false)]).many().need(),
    word("layout", &[OneOf(LAYOUTS)]).need(),
    word("series", &[Key]),
    BASIS,
    word("on-demand", &[]),
    word("mark", &[Text]),
    word("to", &[Any]),
    word("title", &[Text]),
    word("text", &[Text]).props(&[("flush", YesNo, false)]).may(&[WHEN]).many(),
    word("heading", &[Text]).props(&[("level", Number, false)]).may(&[WHEN]).many(),
    word("item", &[Text]).props(&[("level", Number, false)]).may(&[WHEN]).many(),
    word("each", &[Key, Text]).may(&[WHEN]).many(),
    word("table", &[]).block(&TABLE).many(),
    word("attachment", &[Text]).may(&[WHEN]).many(),
    word("signature", &[Any]),
    word("copy", &[Any]).many(),
    word("note", &[Text]),
];

static TABLE: [Word; 4] = [
    word("columns", &[Number]).more().need(),
    word("row", &[Text]).more().props(&[("head", YesNo, false)]).many(),
    word("each", &[Key, Text]).more().many(),
    WHEN,
];

/// `common/<name>/<date>.kdl`.
pub(crate) static COMMON_FILE: [Word; 1] =
    [Word { block: Block::Fragment, ..word("fragment", &[Key]).many() }];

/// `determinations.kdl`.
pub(crate) static DETERMINATIONS_FILE: [Word; 1] = [named("determination").block(&DETERMINATION).need()];

static DETERMINATION: [Word; 6] = [
    said("means").need(),
    word("cites", &[Key]).more().need(),
    named("parameter").block(&PARAMETER),
    named("question")
        .props(&[EN, ("type", OneOf(&["choice", "yes-no", "date"]), true), ("future", YesNo, false)])
        .may(&QUESTION)
        .need(),
    named("result").need(),
    word("rule", &[Key]).block(&RULE).many().need(),
];

static QUESTION: [Word; 3] =
    [said("help"), named("option").props(&[EN, ("basis", Text, false)]), WHEN_ANSWERS];

static RULE: [Word; 5] = [WHEN_ANSWERS, word("result", &[Key]).need(), BASIS, said("says").need(), UNSETTLED];

const WHEN_ANSWERS: Word = word("when", &[]).block(&ANSWERS);

/// What rules and questions can look at: answers and parameters.
static ANSWERS: [Word; 9] = [
    word("all", &[]).block(&ANSWERS).many(),
    word("any", &[]).block(&ANSWERS).many(),
    word("not", &[]).block(&ANSWERS).many(),
    word("given", &[Key]).many(),
    word("choice", &[Key, Key]).more().many(),
    word("yes", &[Key]).many(),
    word("no", &[Key]).many(),
    COMPARE,
    word("parameter", &[Key, Key]).many(),
];

/// `indicators.kdl`.
pub(crate) static INDICATORS_FILE: [Word; 1] = [word("indicators", &[]).block(&INDICATORS).many().need()];

static INDICATORS: [Word; 5] = [
    word("over", &[Key]).more().need(),
    said("unit").need(),
    named("parameter").block(&PARAMETER),
    named("indicator").props(&[EN, DECIMALS, ROUNDING]).block(&INDICATOR),
    named("rate").props(&[EN, DECIMALS]).block(&RATE),
];

const DECIMALS: (&str, Slot, bool) = ("decimals", Number, false);
const ROUNDING: (&str, Slot, bool) = ("rounding", OneOf(&["half-up", "cut"]), false);

static RATE: [Word; 6] = [
    said("means").need(),
    said("unit"),
    named("version").props(&[EN, DECIMALS, ROUNDING]).block(&[said("means").need(), RATIO.need()]).need(),
    word("default", &[Key]).need(),
    word("mark", &[Any]).need(),
    said("why").need(),
];

const RATIO: Word = word("ratio", &[Key]).props(&[("of", Key, true)]);

static COUNT: [Word; 4] = [
    word("mark", &[])
        .props(&[
            ("act", Star, false),
            ("outcome", Star, false),
            ("late", Star, false),
            ("finding", Star, false),
        ])
        .many()
        .need(),
    word("where", &[]).block(&ONLY),
    word("by", &[Key]),
    word("add", &[Key]),
];

/// What can be asked of a matter after an event, besides its marks.
static ONLY: [Word; 9] = [
    word("all", &[]).block(&ONLY).many(),
    word("any", &[]).block(&ONLY).many(),
    word("not", &[]).block(&ONLY).many(),
    word("done", &[Key]).many(),
    word("given", &[Key]).many(),
    word("choice", &[Key, Key]).more().many(),
    word("yes", &[Key]).many(),
    word("no", &[Key]).many(),
    word("compare", &[Key, OneOf(COMPARISONS), Number]).many(),
];

static INDICATOR: [Word; 9] = [
    said("means").need(),
    said("unit"),
    word("count", &[]).props(&[("on-received", YesNo, false), ("once", YesNo, false)]).block(&COUNT),
    word("values", &[]).props(&[("on-received", YesNo, false)]).block(&COUNT),
    word("open", &[])
        .props(&[("standing", YesNo, false)])
        .block(&[word("into", &[]).block(&COUNT).need(), word("out", &[]).block(&COUNT).need()]),
    RATIO,
    word("sum", &[Key]).more(),
    word("change", &[Key]).props(&[("in", OneOf(&["percent", "points"]), true)]),
    word("target", &[Key]),
];

/// `report.kdl`.
pub(crate) static REPORT_FILE: [Word; 1] = [word("report", &[Key]).block(&REPORT).many().need()];

static REPORT: [Word; 2] =
    [said("title").need(), said("paragraph").block(&[said("text").need()]).many().need()];

/// `practice.kdl`.
pub(crate) static PRACTICE_FILE: [Word; 1] = [word("practice", &[Key]).block(&PRACTICE).many().need()];

static PRACTICE: [Word; 5] = [
    word("per-year", &[Number]).need(),
    word("choose", &[Key, Key]).props(&[("weight", Number, true)]).many(),
    word("refer", &[Key, Key]).many(),
    word("from", &[Key]).block(&HABITS).many(),
    word("text", &[Key, Text]).more().many(),
];

static HABITS: [Word; 2] = [
    word("do", &[Key])
        .props(&[
            ("weight", Number, true),
            ("after", Text, true),
            ("unit", Unit, true),
            ("first", YesNo, false),
        ])
        .many(),
    word("wait", &[]).props(&[("weight", Number, true)]).many(),
];

/// `calendar/<year>.kdl`.
pub(crate) static CALENDAR_FILE: [Word; 1] = [word("year", &[Number]).block(&YEAR).need()];

static YEAR: [Word; 3] = [
    word("paper", &[Text]).props(&[("url", Text, false)]).many(),
    word("off", &[Date, Date]).min(1).props(&[("name", Text, true)]).many(),
    word("work", &[Date, Date]).min(1).props(&[("name", Text, true)]).many(),
];
