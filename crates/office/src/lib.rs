//! The office room: use cases. It alone asks the time, gathers facts, says who may do what, and
//! brings law, engine, figures and store together. Pages, commands and imports call the same functions.

mod access;
mod account;
mod act;
mod appoint;
mod builtin;
mod claim;
mod clock;
mod correct;
mod counted;
mod course;
mod determine;
mod directory;
mod draft;
mod figure;
mod founding;
mod inbox;
mod laws;
mod mask;
mod matter;
mod open;
mod paper;
mod portal;
mod reading;
mod receipt;
mod refusal;
mod resolve;
mod sweep;
mod term;
mod timeline;

pub mod demo;
pub mod export;
pub mod import;
pub mod printed;
pub mod view;
pub mod words;

pub use access::{Caller, Denied, Grant, Right, may};
pub use account::{Account, PASSWORD_MIN, Post, Session, SignIn};
pub use act::{ActError, ActWish};
pub use appoint::{NewAccount, NotAppointed};
pub use builtin::ADMINISTRATOR;
pub use clock::Clock;
pub use determine::DeterminationView;
pub use figure::{report_markdown, report_markdown_with_cases};
pub use founding::FirstSignIn;
pub use laws::Laws;
pub use open::{Office, Options, is_busy};
pub use paper::{PaperForm, PaperRef, PaperShown, Verified};
