//! The model: what a checked pack says. Every type is plain data with a stable serial form,
//! because an expanded procedure is kept for ever under the hash of that form.

mod act;
mod condition;
mod determination;
mod distinct;
mod field;
mod figure;
mod limit;
mod office;
mod pack;
mod paper;
mod procedure;
mod rule;
mod statute;
mod text;

pub use act::{Act, Ask, Effect, EffectKind, Need, Origin, Require, RequireKind, Wanted};
pub use condition::{ClockIs, Comparison, Condition, Operand};
pub use determination::{Determination, Finding, Question, Rule};
pub use distinct::Distinct;
pub use field::{Choice, Field, FieldKind, PartyKind, PartyRole, Sensitivity};
pub use figure::{
    Count, Formula, Indicator, Mark, Only, RateVersion, Report, ReportParagraph, Rounding, Watch,
};
pub use limit::{Duty, Expiry, Extension, Limit, LimitLength};
pub use office::{Appointment, Body, Founding, Person, SeriesStart};
pub use pack::{Law, Pack, Practice, PracticeAct, PracticeText};
pub use paper::{Addressee, Block, BlockKind, Layout, Over, Paper, PartyPart, Phrase, Piece, Row};
pub use procedure::{
    Approval, Claim, Items, Link, Outcome, Parameter, ParameterValue, Procedure, ProcedureRef, Publication,
    Role, RoleKind, Series, Stage, Unsettled,
};
pub use rule::{Must, PathRule};
pub use statute::{ArticleEntry, ArticleIndex, Citation, Statute};
pub use text::{Key, Lang, Text};
