//! The engine room: what the law says to a wish.
//!
//! [`decide`] asks a procedure whether an act may be done now and gives an event or a refusal;
//! [`fold`] adds an event to a matter and reads neither law nor calendar; [`allowed`] lists all acts
//! with every reason against each; [`expire`] does what the law does by itself when a limit ends.
//! Pure: time, identity and chance come in as values, so any run can be repeated.

mod allowed;
mod cast;
mod clockwork;
mod condition;
mod correct;
mod decide;
mod draft;
mod effect;
mod event;
mod fold;
mod id;
mod input;
mod matter;
mod paper;
mod person;
mod refusal;
mod retell;
mod seal;
mod tally;
mod value;
mod wish;

pub mod scenario;

pub use allowed::{Offer, allowed};
pub use correct::correct;
pub use decide::{Decided, Drafted, NumberWanted, decide, expire, item_of};
pub use draft::{foreseen, verb as draft_verb};
pub use event::{Actor, Change, Effective, Event, FORMAT_VERSION, Finding};
pub use fold::{FOLD_VERSION, fold, fold_all};
pub use id::{Hash, Jurisdiction, MatterId};
pub use matter::{
    Clock, ClockState, Done, Draft, DraftState, IssuedPaper, Item, ItemRef, Matter, PartyRecord, Step,
};
pub use paper::holds;
pub use refusal::{Ground, GroundKind, InputFault, Refusal};
pub use retell::retell;
pub use seal::{Sealed, Secret, commitment, seal, verify_bytes};
pub use tally::{Delta, deltas, recount};
pub use value::{FileRef, MatterName, Value};
pub use wish::{Facts, Inputs, PartyInput, Target, Wish};

/// Beijing time, in which acts take effect in every jurisdiction.
const OFFSET: jiff::tz::Offset = jiff::tz::offset(8);

/// The day and time in the jurisdiction at a moment.
pub fn local(moment: jiff::Timestamp) -> calendar::DateTime {
    OFFSET.to_datetime(moment)
}

/// The moment at which it is this day and time in the jurisdiction.
pub fn instant(at: calendar::DateTime) -> jiff::Timestamp {
    OFFSET.to_timestamp(at).unwrap_or_default()
}
