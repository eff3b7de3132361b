//! What pages, feeds and commands show: plain data gathered by right, with no database behind it.
//! Texts of the law come as [`Text`]; words of the house are message ids that [`crate::words`] resolves.

use calendar::{Date, DateTime, Due, Length};
use engine::{Jurisdiction, MatterId, Refusal, Target, Value};
use law::{Citation, Key, Sensitivity, Text};

/// A territory with an office here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Code.
    pub code: Jurisdiction,
    /// Name.
    pub name: Text,
    /// The organ that handles reconsideration and its like, as printed.
    pub organ: Text,
}

/// A body of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyView {
    /// As records name it.
    pub id: String,
    /// The body it belongs to; `None` for the organ.
    pub parent: Option<String>,
    /// Name.
    pub name: Text,
    /// What stands at the head of its papers, if not its name.
    pub letterhead: Option<String>,
}

/// One row of an inbox or a search.
#[derive(Clone, Debug)]
pub struct Row {
    /// Matter.
    pub id: MatterId,
    /// Its number.
    pub number: String,
    /// Procedure.
    pub procedure: Text,
    /// Who against whom, as the reader may see it.
    pub title: String,
    /// Stage.
    pub stage: Text,
    /// Whether it is over.
    pub closed: bool,
    /// Outcome.
    pub outcome: Option<Text>,
    /// Day received.
    pub received: Date,
    /// Next end of a running clock: limit, day, days left in the limit's unit (negative if past).
    pub due: Option<RowDue>,
    /// Whether a clock is suspended.
    pub suspended: bool,
    /// Number of findings.
    pub findings: u32,
    /// Name of the official who handles it.
    pub handler: Option<String>,
}

/// The end that matters next.
#[derive(Clone, Debug)]
pub struct RowDue {
    /// Limit.
    pub limit: Text,
    /// Day.
    pub due: Date,
    /// Days left; negative if past.
    pub left: i64,
    /// Unit of `left`.
    pub unit: calendar::Unit,
    /// Whether the day may still move because a holiday notice is missing.
    pub provisional: bool,
}

/// A page of rows.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Rows.
    pub rows: Vec<T>,
    /// Where the next page begins, if there is one: an opaque word for the address.
    pub next: Option<String>,
}

/// The numbers above an inbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxCounts {
    /// Open matters.
    pub open: u64,
    /// With a clock that ends today.
    pub due_today: u64,
    /// With a clock past its end.
    pub overdue: u64,
    /// With a clock that ends within seven days.
    pub due_soon: u64,
    /// Suspended.
    pub suspended: u64,
}

pub use store::InboxKind;

/// Which part of the inbox is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxView {
    /// Which part of the work.
    pub kind: InboxKind,
    /// Only those of this official, by account.
    pub handler: Option<String>,
    /// Only this procedure.
    pub procedure: Option<Key>,
    /// Only at this stage of it.
    pub stage: Option<Key>,
}

/// What an inbox can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct InboxChoices {
    /// Officials: account and name.
    pub handlers: Vec<(String, String)>,
    /// Procedures in force.
    pub procedures: Vec<ProcedureChoice>,
}

/// A procedure whose matters an inbox can be narrowed to.
#[derive(Clone, Debug)]
pub struct ProcedureChoice {
    /// Key.
    pub key: Key,
    /// Name.
    pub name: Text,
    /// Stages: key and name.
    pub stages: Vec<(Key, Text)>,
}

/// Everything about one matter that the reader may see.
#[derive(Clone, Debug)]
pub struct MatterView {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// Matter.
    pub id: MatterId,
    /// Version, to be sent back with an act so that nothing is decided on a stale page.
    pub version: u64,
    /// Its number.
    pub number: String,
    /// All numbers issued: series and text.
    pub numbers: Vec<(Text, String)>,
    /// Procedure, with the version in force.
    pub procedure: Text,
    /// Procedure key, for addresses.
    pub procedure_key: Key,
    /// Version followed.
    pub procedure_from: Date,
    /// The organ.
    pub organ: Text,
    /// Stage.
    pub stage: Text,
    /// All stages in order, with whether the matter has been there.
    pub stages: Vec<(Text, StageMark)>,
    /// Whether it is over.
    pub closed: bool,
    /// Outcome.
    pub outcome: Option<(Text, Vec<Citation>)>,
    /// When received.
    pub received: DateTime,
    /// Parties.
    pub parties: Vec<PartyView>,
    /// Fields with values, in the procedure's order.
    pub fields: Vec<FieldView>,
    /// Clocks, running first.
    pub clocks: Vec<ClockView>,
    /// What happened, newest last.
    pub timeline: Vec<EventView>,
    /// What can be done, allowed first, each with every reason against it.
    pub offers: Vec<OfferView>,
    /// Publications that are or were up: key, name, whether it is up now.
    pub publications: Vec<(Key, Text, bool)>,
    /// Open questions of law that concern this procedure.
    pub unsettled: Vec<Text>,
    /// Sub-courses: what they are called, and each of them.
    pub items: Vec<(Text, Vec<ItemView>)>,
    /// Drafts of acts, newest first.
    pub drafts: Vec<DraftView>,
    /// Papers issued, those that may be printed at any time, and those that drafts would issue.
    pub papers: Vec<PaperView>,
    /// Relations to other matters: what the other one is, its number, its id if the reader may open it. Readers from
    /// outside have only those that they may open.
    pub links: Vec<(Text, String, Option<MatterId>)>,
    /// Who handles it.
    pub handler: Option<String>,
}

/// A paper of a matter.
#[derive(Clone, Debug)]
pub struct PaperView {
    /// What it is.
    pub name: Text,
    /// Paper.
    pub paper: Key,
    /// The event that issued or drafted it; `None` for a paper printed on demand.
    pub seq: Option<u64>,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub on: Option<Date>,
    /// `issued`, `void`, `draft` or `free` (on demand).
    pub state: &'static str,
}

/// One sub-course of a matter.
#[derive(Clone, Debug)]
pub struct ItemView {
    /// Its number among its kind.
    pub n: u32,
    /// Stage.
    pub stage: Text,
    /// Whether it is over.
    pub closed: bool,
    /// Outcome.
    pub outcome: Option<Text>,
    /// Day it was opened.
    pub opened: Date,
    /// Fields with values.
    pub fields: Vec<FieldView>,
    /// Clocks.
    pub clocks: Vec<ClockView>,
    /// What can be done in it, allowed first.
    pub offers: Vec<OfferView>,
}

/// Who agreed to a draft, where it is known, and on which day.
pub type Endorsed = (Option<String>, Date);

/// An act drafted for approval.
#[derive(Clone, Debug)]
pub struct DraftView {
    /// The event that drafted it.
    pub seq: u64,
    /// The act.
    pub act: Text,
    /// Who drafted it.
    pub by: Option<String>,
    /// Day.
    pub on: Date,
    /// Its steps: whose agreement, and who agreed when.
    pub steps: Vec<(String, Text, Option<Endorsed>)>,
    /// What became of it: `standing`, `approved`, `sent-back`, `retracted`, `done`.
    pub state: &'static str,
    /// What the act will be given.
    pub fields: Vec<FieldView>,
    /// What the reader can do with it: act and name.
    pub acts: Vec<(Key, Text)>,
}

/// Where a stage stands in the matter's course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageMark {
    /// The matter has been there and left.
    Past,
    /// It stands there.
    Here,
    /// It has not been there.
    Ahead,
}

/// A party as the reader may see it.
#[derive(Clone, Debug)]
pub struct PartyView {
    /// Id in the matter.
    pub id: String,
    /// Role.
    pub role: Text,
    /// Person, organization or body.
    pub kind: law::PartyKind,
    /// Name.
    pub name: String,
    /// Number, telephone, address, where given and to be seen.
    pub number: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// A value as the reader may see it.
#[derive(Clone, Debug)]
pub struct FieldView {
    /// Field.
    pub key: Key,
    /// Label.
    pub name: Text,
    /// Who may see it.
    pub sensitivity: Sensitivity,
    /// The value; `None` if it has been erased or is not for this reader.
    pub value: Option<Value>,
    /// Words for an option.
    pub option: Option<Text>,
}

/// A clock with its derivation.
#[derive(Clone, Debug)]
pub struct ClockView {
    /// Limit key.
    pub limit: Key,
    /// The item whose clock it is: what it is called and its number.
    pub item: Option<(Text, u32)>,
    /// Limit.
    pub name: Text,
    /// Articles.
    pub basis: Vec<Citation>,
    /// Whose: `None` for the authority, else the party role.
    pub on: Option<Text>,
    /// Length.
    pub length: Length,
    /// Day 0.
    pub from: Date,
    /// Suspensions.
    pub pauses: Vec<calendar::Pause>,
    /// Extensions.
    pub extensions: Vec<Length>,
    /// End.
    pub due: Date,
    /// State: `running`, `overdue`, `suspended`, `stopped`; `passed` where the end was only a fact.
    pub state: &'static str,
    /// Day it stopped.
    pub stopped: Option<Date>,
    /// Days late, when stopped.
    pub late: i64,
    /// Days left in the limit's unit, when running.
    pub left: i64,
    /// How the end was counted.
    pub derivation: Option<Due>,
    /// What its end brings about, if the law then acts.
    pub deems: Option<Text>,
    /// What the law leaves open about it.
    pub unsettled: Vec<Text>,
}

/// One event as the reader may see it.
#[derive(Clone, Debug)]
pub struct EventView {
    /// Place in the matter.
    pub seq: u64,
    /// Act.
    pub act: Text,
    /// The item it happened in: what it is called and its number.
    pub item: Option<(Text, u32)>,
    /// The act it drafted.
    pub drafted: Option<Text>,
    /// Articles.
    pub basis: Vec<Citation>,
    /// Who: an official's name, a party's name, or `None` for the law itself.
    pub who: Option<String>,
    /// In which role.
    pub role: Option<Text>,
    /// When in law.
    pub effective: DateTime,
    /// Rule that gave the moment.
    pub rule: Key,
    /// When entered.
    pub recorded: DateTime,
    /// Whether it was entered later than it happened (another day).
    pub entered_late: bool,
    /// Values given.
    pub inputs: Vec<FieldView>,
    /// Clocks it stopped late: limit, days, articles.
    pub late: Vec<(Text, i64, Vec<Citation>)>,
    /// Defects.
    pub findings: Vec<(Text, Vec<Citation>)>,
    /// Number issued.
    pub numbers: Vec<String>,
    /// Whether a later event corrected it away.
    pub corrected: bool,
    /// The event it corrects.
    pub corrects: Option<u64>,
    /// Whether the reader may ask for its correction now.
    pub correctable: bool,
    /// Hash, hex.
    pub hash: String,
}

/// An act as offered to the reader.
#[derive(Clone, Debug)]
pub struct OfferView {
    /// Act key.
    pub act: Key,
    /// The item it concerns.
    pub item: Option<u32>,
    /// The act it would draft.
    pub drafts: Option<Key>,
    /// What sort of step it is: `course` moves the matter or its clocks, `draft` prepares an act for
    /// approval, `item` begins something of its own, `record` only keeps something.
    pub sort: &'static str,
    /// Name.
    pub name: Text,
    /// Guidance.
    pub help: Option<Text>,
    /// Articles.
    pub basis: Vec<Citation>,
    /// Why not; `None` if it can be done.
    pub refusal: Option<RefusalView>,
}

/// A refusal with names instead of keys.
#[derive(Clone, Debug)]
pub struct RefusalView {
    /// The refusal.
    pub refusal: Refusal,
    /// Each ground in words, in both languages, in the refusal's order.
    pub grounds: Vec<GroundView>,
}

/// One ground in words.
#[derive(Clone, Debug)]
pub struct GroundView {
    /// What.
    pub says: Text,
    /// Articles.
    pub basis: Vec<Citation>,
    /// What would make it lawful.
    pub remedy: Vec<RemedyView>,
    /// The input it concerns: field key, or `ROLE.INDEX.PART`.
    pub field: Option<String>,
}

/// An act that would make another lawful.
#[derive(Clone, Debug)]
pub struct RemedyView {
    /// Act key.
    pub act: Key,
    /// Name.
    pub name: Text,
    /// What it concerns; `None` for an act of items where it cannot be told in which.
    pub target: Option<Target>,
}

/// What a form of an act shows.
#[derive(Clone, Debug)]
pub struct FormView {
    /// Act.
    pub act: law::Act,
    /// Fields asked for, in order, with whether they must be given.
    pub asks: Vec<AskView>,
    /// The act that is drafted.
    pub about: Option<Text>,
    /// What an approved draft says, with which the act is done as it stands.
    pub given: Vec<FieldView>,
    /// For an act that publishes a text written before: label, the text, and the original it was written from.
    pub compares: Vec<(Text, String, String)>,
    /// What may be chosen for fields that name an official or a body: value and words.
    pub choices: Vec<(Key, Vec<(String, String)>)>,
    /// The masked original for fields that are to be published: field key to (suggested text, original).
    pub masks: Vec<(Key, String, String)>,
}

/// One thing asked for.
#[derive(Clone, Debug)]
pub enum AskView {
    /// A field.
    Field {
        /// The field.
        field: law::Field,
        /// Whether it must be given.
        need: law::Need,
    },
    /// Parties.
    Parties {
        /// The party role.
        party: law::PartyRole,
        /// Whether some must be given.
        need: law::Need,
    },
}

/// What a citizen gets for a filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// Matter.
    pub matter: MatterId,
    /// Its number.
    pub number: String,
    /// Access code, shown once.
    pub code: String,
    /// When received.
    pub received: DateTime,
    /// Clocks that run now: limit, end, articles, what happens then.
    pub clocks: Vec<(Text, Date, Vec<Citation>, Option<Text>)>,
    /// Hash of the event, hex.
    pub hash: String,
}

/// A published paper.
#[derive(Clone, Debug)]
pub struct PublishedView {
    /// Where.
    pub jurisdiction: Jurisdiction,
    /// Matter, for the address only.
    pub matter: MatterId,
    /// Publication key.
    pub key: Key,
    /// Kind of paper.
    pub name: Text,
    /// Number of the matter's decision, if it has one.
    pub number: String,
    /// Outcome.
    pub outcome: Option<Text>,
    /// Bodies among the parties (never persons).
    pub bodies: Vec<String>,
    /// Day it went up.
    pub on: Date,
    /// Fields shown.
    pub fields: Vec<FieldView>,
    /// Article that orders publication.
    pub basis: Vec<Citation>,
}

/// A figure with what it counts.
#[derive(Clone, Debug)]
pub struct FigureView {
    /// Indicator.
    pub key: Key,
    /// Name.
    pub name: Text,
    /// Definition.
    pub definition: Text,
    /// Unit.
    pub unit: Text,
    /// Value as printed; `None` if a ratio's base is zero.
    pub value: Option<String>,
    /// The year before.
    pub before: Option<String>,
    /// Change in percent of a count (or in points of a ratio), as printed with its sign.
    pub change: Option<String>,
    /// Whether the change is in percentage points.
    pub change_in_points: bool,
    /// What stands below a rate: its base.
    pub base: Option<Text>,
    /// Every way in which the rate is computed somewhere; none of another figure.
    pub versions: Vec<VersionView>,
    /// What it comes to for each value of the field that it is split by.
    pub parts: Vec<(Text, i64)>,
    /// Whether it has a list of cases.
    pub opens: bool,
    /// How many cases it opens; lists of figures do not say.
    pub cases: Option<i64>,
}

/// One way to compute a rate.
#[derive(Clone, Debug)]
pub struct VersionView {
    /// Its name in the file, by which a place sets it.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Definition.
    pub definition: Text,
    /// What stands below.
    pub base: Text,
    /// Value as printed.
    pub value: Option<String>,
    /// Whether it is the place's own.
    pub own: bool,
}

/// A report: text whose figures are links.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// Title.
    pub title: Text,
    /// Place.
    pub place: Place,
    /// Year.
    pub year: i16,
    /// Paragraphs: heading, and runs of text and figures in each language.
    pub paragraphs: Vec<(Text, ReportRuns)>,
    /// Every figure of the text, once, in order, with what it counts.
    pub figures: Vec<FigureView>,
    /// When it was computed, to the minute.
    pub computed: DateTime,
}

/// The runs of a paragraph in Chinese and English.
#[derive(Clone, Debug, Default)]
pub struct ReportRuns {
    /// Chinese.
    pub zh: Vec<Run>,
    /// English.
    pub en: Vec<Run>,
}

/// A run of words or a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Words.
    Words(String),
    /// A figure: indicator and value as printed.
    Figure(Key, String),
}
