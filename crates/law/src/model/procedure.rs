//! A procedure: the lawful course of one kind of matter, in one version.

use calendar::Date;
use serde::{Deserialize, Serialize};

use super::{
    act::Act,
    distinct::Distinct,
    field::{Field, PartyRole},
    limit::Limit,
    paper::Paper,
    rule::PathRule,
    statute::{Citation, Statute},
    text::{Key, Text},
};

/// One version of one procedure, expanded: fragments are in place, citations resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// Name: the folder's.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// One sentence for the citizen: what this procedure is for.
    pub summary: Text,
    /// First day in force: the file's name.
    pub from: Date,
    /// Last day on which a matter received that day follows this version.
    pub until: Option<Date>,
    /// Statutes cited.
    pub statutes: Vec<Statute>,
    /// The statute whose service and counting rules apply.
    pub counting: Vec<Citation>,
    /// Parameters with their marks.
    pub parameters: Vec<Parameter>,
    /// Party roles.
    pub parties: Vec<PartyRole>,
    /// Roles that act.
    pub roles: Vec<Role>,
    /// Fields.
    pub fields: Vec<Field>,
    /// Stages.
    pub stages: Vec<Stage>,
    /// Outcomes.
    pub outcomes: Vec<Outcome>,
    /// Limits.
    pub limits: Vec<Limit>,
    /// Acts.
    pub acts: Vec<Act>,
    /// Number series.
    pub series: Vec<Series>,
    /// What may be published.
    pub publications: Vec<Publication>,
    /// Sub-courses inside a matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Items>,
    /// Relations to other matters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Chains of approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// What only one live matter may hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// Roles that are kept apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub distincts: Vec<Distinct>,
    /// Official papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Paper>,
    /// What holds on every way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<PathRule>,
}

/// Many of one thing inside a matter, each with a course of its own: hearings, problems, services of
/// papers. Fields, stages, outcomes, limits and acts say which items they belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Items {
    /// Name in the file.
    pub key: Key,
    /// Words for one of them.
    pub name: Text,
}

/// A relation to another matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Name in the file.
    pub key: Key,
    /// What the other matter is to this one.
    pub name: Text,
    /// What this matter is to the other one.
    pub back: Text,
}

/// Who must have endorsed a draft of an act before somebody of the act's own roles does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Articles.
    pub basis: Vec<Citation>,
    /// Roles that endorse, in this order.
    pub steps: Vec<Key>,
}

/// Something that only one live matter of the jurisdiction may hold, or as many as there are seats: a quota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Articles.
    pub basis: Vec<Citation>,
    /// What is said when others hold it.
    pub otherwise: Text,
    /// How many may hold it at a time; one if it is not said.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub seats: u32,
}

fn one() -> u32 {
    1
}

// Serde hands a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_one(seats: &u32) -> bool {
    *seats == 1
}

/// Names one version of one procedure for ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProcedureRef {
    /// SHA-256 of the expanded procedure's serial form, hex.
    pub hash: String,
    /// Procedure.
    pub key: Key,
    /// First day in force.
    pub version: Date,
}

/// A value that the law leaves to a place, or a fact of which the house is not certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Default.
    pub default: ParameterValue,
    /// Options if it is a choice; empty for a number or a text.
    pub options: Vec<Key>,
    /// Words of the options, in the same order.
    #[serde(default)]
    pub option_names: Vec<Text>,
    /// Mark of the fact it rests on: `K` from knowledge, `V-old`, `local` …
    pub mark: String,
    /// Why it is a parameter.
    pub why: Text,
}

/// A parameter's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterValue {
    /// A whole number.
    Number(i64),
    /// An option.
    Option(Key),
    /// Words, such as a letterhead.
    Words(String),
}

/// A function in a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Who holds it.
    pub kind: RoleKind,
}

/// Who holds a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleKind {
    /// Anyone: a citizen who is not yet a party.
    Public,
    /// A party of this party role.
    Party(Key),
    /// Holders of this post in the body that handles the matter.
    Post(Key),
}

/// Where a matter stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Whether the matter, or the item, is over here.
    pub closed: bool,
    /// The items whose stage it is; the matter's own otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Key>,
}

/// The outcome of a matter, as statistics count it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Articles.
    pub basis: Vec<Citation>,
    /// The items whose outcome it is; the matter's own otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Key>,
}

/// A gapless series of document numbers per body and year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// The parameter that holds the letterhead.
    pub prefix: Key,
    /// The form, with `{prefix}`, `{year}` and `{n}`.
    pub format: String,
}

/// What of a matter the public may see. Only public fields can be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Name in the file.
    pub key: Key,
    /// Words.
    pub name: Text,
    /// Articles.
    pub basis: Vec<Citation>,
    /// Fields shown, in order.
    pub shows: Vec<Key>,
    /// Pairs (masked field, the field or fields it is written from): drawn side by side before publishing.
    pub masked: Vec<(Key, Key)>,
}

/// A question that a text of law leaves open. It is listed and shown; it cannot pass as a citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsettled {
    /// The question and what is done meanwhile.
    pub question: Text,
    /// The parameter that decides it, if one does.
    pub parameter: Option<Key>,
}

macro_rules! find {
    ($(#[$doc:meta] $name:ident in $list:ident -> $kind:ty;)*) => {
        impl Procedure {
    /// A procedure that has nothing yet but its words and the day from which it is in force.
    pub(crate) fn empty(name: Text, summary: Text, from: Date) -> Self {
        Self {
            key: Key::new(""),
            name,
            summary,
            from,
            until: None,
            statutes: Vec::new(),
            counting: Vec::new(),
            parameters: Vec::new(),
            parties: Vec::new(),
            roles: Vec::new(),
            fields: Vec::new(),
            stages: Vec::new(),
            outcomes: Vec::new(),
            limits: Vec::new(),
            acts: Vec::new(),
            series: Vec::new(),
            publications: Vec::new(),
            items: Vec::new(),
            links: Vec::new(),
            approvals: Vec::new(),
            claims: Vec::new(),
            distincts: Vec::new(),
            papers: Vec::new(),
            rules: Vec::new(),
        }
    }

            $(#[$doc] pub fn $name(&self, key: &str) -> Option<&$kind> {
                self.$list.iter().find(|it| it.key.as_str() == key)
            })*
        }
    };
}

find! {
    /// The act of this name.
    act in acts -> Act;
    /// The field of this name.
    field in fields -> Field;
    /// The limit of this name.
    limit in limits -> Limit;
    /// The stage of this name.
    stage in stages -> Stage;
    /// The role of this name.
    role in roles -> Role;
    /// The outcome of this name.
    outcome in outcomes -> Outcome;
    /// The party role of this name.
    party in parties -> PartyRole;
    /// The parameter of this name.
    parameter in parameters -> Parameter;
    /// The number series of this name.
    serie in series -> Series;
    /// The publication of this name.
    publication in publications -> Publication;
    /// The items of this name.
    items_of in items -> Items;
    /// The relation of this name.
    link in links -> Link;
    /// The chain of approval of this name.
    approval in approvals -> Approval;
    /// The claim of this name.
    claim in claims -> Claim;
    /// The roles kept apart under this name.
    distinct in distincts -> Distinct;
    /// The paper of this name.
    paper in papers -> Paper;
    /// The rule of this name.
    rule in rules -> PathRule;
}

impl Procedure {
    /// Acts that open a matter.
    pub fn openings(&self) -> impl Iterator<Item = &Act> {
        self.acts.iter().filter(|act| act.opens_matter())
    }
}
