//! Refusals: why the law does not let an act be done now. A refusal is a value, never an error.

use calendar::Date;
use law::{Citation, Key, Procedure, Text};
use serde::{Deserialize, Serialize};

/// The law's answer to an unlawful wish: every ground, the weightiest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The act wished for.
    pub act: Key,
    /// All grounds, in order of precedence; never empty.
    pub grounds: Vec<Ground>,
}

/// One ground of a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Which.
    pub kind: GroundKind,
    /// Articles.
    pub basis: Vec<Citation>,
    /// Words of the procedure, where it has its own.
    pub says: Option<Text>,
    /// Acts that would make it lawful.
    pub remedy: Vec<Key>,
}

/// The closed list of grounds, in order of precedence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroundKind {
    /// The procedure has no such act.
    NoSuchAct,
    /// The matter is over.
    MatterEnded,
    /// Only the law itself does this, when a limit ends.
    LawAlone,
    /// The actor holds none of the roles.
    NotCompetent {
        /// Roles of which one is needed.
        needed: Vec<Key>,
    },
    /// The actor, or an official who is named to act along, has acted in a role that is kept apart from the one
    /// this takes.
    Distinct {
        /// Which roles are kept apart.
        distinct: Key,
        /// The role in which it would be done.
        role: Key,
        /// The role in which they have acted.
        was: Key,
        /// The field that names them, if it is not the actor.
        field: Option<Key>,
    },
    /// The matter does not stand where this can be done.
    WrongStage {
        /// Where it stands.
        stands: Key,
        /// Where it could be done.
        needed: Vec<Key>,
        /// The act that brought it there, and its day.
        since: Option<(Key, Date)>,
    },
    /// A limit that bars has ended.
    OutOfTime {
        /// Which limit.
        limit: Key,
        /// Its last day.
        ended: Date,
    },
    /// The limit has been extended as often as the law allows.
    AlreadyExtended {
        /// Which limit.
        limit: Key,
        /// How often.
        times: u8,
    },
    /// A condition does not hold.
    Unmet {
        /// Which condition.
        require: Key,
    },
    /// Something given is missing or wrong.
    Input {
        /// Field key, or `ROLE.INDEX.PART` for a party.
        field: String,
        /// What is wrong.
        fault: InputFault,
    },
    /// The day given is not possible: before the matter's last act, or after now.
    Untimely {
        /// The earliest possible day, if the one given lies before it.
        earliest: Option<Date>,
    },
    /// The holiday notice of the year is missing, so that the limit cannot be counted.
    CalendarMissing {
        /// The year.
        year: i16,
    },
    /// Later acts of the matter rest on the one to be corrected; they come first.
    LaterActs {
        /// Their places in the matter.
        events: Vec<u64>,
    },
    /// A second person must do this.
    SamePerson,
    /// The matter has no such item, or none was named.
    NoSuchItem {
        /// Which items.
        items: Key,
    },
    /// The act needs a draft to which every step of a chain has agreed.
    Unapproved {
        /// The chain.
        approval: Key,
    },
    /// No draft stands that this could be about, or several do and none was named.
    NoSuchDraft,
    /// Only whoever wrote the draft may take it back.
    NotYours,
    /// Another step of the draft's chain is next.
    NotYourTurn {
        /// Roles of which one is next; empty where one named official is.
        needed: Vec<Key>,
    },
    /// Another live matter holds what only one may hold.
    Claimed {
        /// The claim.
        claim: Key,
    },
}

/// What can be wrong with something given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputFault {
    /// Needed and not given.
    Missing,
    /// Not asked for by this act.
    NotAsked,
    /// Of another type than the field.
    WrongType,
    /// More entries than allowed.
    TooManyEntries {
        /// Most.
        max: u32,
    },
    /// Longer than allowed.
    TooLong {
        /// Greatest number of characters.
        max: u32,
    },
    /// Outside its bounds.
    OutOfRange {
        /// Least.
        min: i64,
        /// Greatest.
        max: i64,
    },
    /// A day in the future.
    InTheFuture,
    /// Not one of the options.
    NoSuchOption,
    /// Not an amount of yuan.
    NotMoney,
    /// Fewer parties than needed.
    TooFew {
        /// Fewest.
        min: u32,
    },
    /// More parties than allowed.
    TooMany {
        /// Most.
        max: u32,
    },
    /// A party of a kind that cannot stand here.
    WrongKind,
    /// An identity number that cannot be: its length, characters, date or check digit.
    BadIdentity {
        /// Which: `length`, `characters`, `no-such-day`, `future`, `check-digit`.
        why: String,
    },
    /// A credit code that cannot be.
    BadCreditCode,
    /// A telephone number that cannot be.
    BadPhone,
    /// Characters that no text contains (control characters).
    BadCharacters,
    /// No matter of this number that the reader may open.
    NoSuchMatter,
    /// No official of this account at this place.
    NoSuchOfficial,
    /// No body of this name works at this place.
    NoSuchBody,
}

impl Refusal {
    /// A refusal with its grounds in order of precedence; `None` if there is no ground.
    pub fn of(act: &Key, mut grounds: Vec<Ground>) -> Option<Self> {
        grounds.sort_by(|a, b| a.kind.cmp(&b.kind));
        grounds.dedup();
        (!grounds.is_empty()).then(|| Self { act: act.clone(), grounds })
    }

    /// The refusal of an act because another live matter holds what only one may hold.
    pub fn claimed(procedure: &Procedure, act: &Key, claim: &Key) -> Self {
        let declared = procedure.claim(claim);
        let ground = Ground {
            kind: GroundKind::Claimed { claim: claim.clone() },
            basis: declared.map(|it| it.basis.clone()).unwrap_or_default(),
            says: declared.map(|it| it.otherwise.clone()),
            remedy: Vec::new(),
        };
        Self { act: act.clone(), grounds: vec![ground] }
    }

    /// A refusal on one ground that has no words of its own.
    pub fn plain(act: &Key, kind: GroundKind, basis: Vec<Citation>) -> Self {
        Self { act: act.clone(), grounds: vec![Ground { kind, basis, says: None, remedy: Vec::new() }] }
    }
}

impl GroundKind {
    /// The ASCII name of the kind, for message files, records and scenarios.
    pub fn id(&self) -> &'static str {
        match self {
            Self::NoSuchAct => "no-such-act",
            Self::MatterEnded => "matter-ended",
            Self::LawAlone => "law-alone",
            Self::NotCompetent { .. } => "not-competent",
            Self::Distinct { .. } => "distinct",
            Self::WrongStage { .. } => "wrong-stage",
            Self::OutOfTime { .. } => "out-of-time",
            Self::AlreadyExtended { .. } => "already-extended",
            Self::Unmet { .. } => "unmet",
            Self::Input { .. } => "input",
            Self::Untimely { .. } => "untimely",
            Self::CalendarMissing { .. } => "calendar-missing",
            Self::LaterActs { .. } => "later-acts",
            Self::SamePerson => "same-person",
            Self::NoSuchItem { .. } => "no-such-item",
            Self::Unapproved { .. } => "unapproved",
            Self::NoSuchDraft => "no-such-draft",
            Self::NotYours => "not-yours",
            Self::NotYourTurn { .. } => "not-your-turn",
            Self::Claimed { .. } => "claimed",
        }
    }
}

impl InputFault {
    /// The ASCII name of the fault, for message files.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotAsked => "not-asked",
            Self::WrongType => "wrong-type",
            Self::TooManyEntries { .. } => "too-many-entries",
            Self::TooLong { .. } => "too-long",
            Self::OutOfRange { .. } => "out-of-range",
            Self::InTheFuture => "in-the-future",
            Self::NoSuchOption => "no-such-option",
            Self::NotMoney => "not-money",
            Self::TooFew { .. } => "too-few",
            Self::TooMany { .. } => "too-many",
            Self::WrongKind => "wrong-kind",
            Self::BadIdentity { .. } => "bad-identity",
            Self::BadCreditCode => "bad-credit-code",
            Self::BadPhone => "bad-phone",
            Self::BadCharacters => "bad-characters",
            Self::NoSuchMatter => "no-such-matter",
            Self::NoSuchOfficial => "no-such-official",
            Self::NoSuchBody => "no-such-body",
        }
    }
}
