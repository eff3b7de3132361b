//! The law room: procedures, statutes and figures as data that a lawyer reads.
//!
//! It reads KDL files into a typed model, reports every fault of a run at once with the characters
//! underlined, checks each procedure for soundness, and renders it in Chinese for review.
//! Pure: file contents come in as text (see [`Sources`]); nothing here opens a file.

pub mod articles;
mod check;
mod fault;
mod hash;
pub mod identifier;
pub mod model;
mod near;
pub mod numeral;
mod place;
mod read;
mod render;
mod show;
mod source;
mod syntax;
mod words;

pub use check::reach::Reachable;
pub use check::trail::{Sample, Trail, TrailStep};
pub use fault::{Code, Fault, Label, Severity};
pub use hash::procedure_hash;
pub use model::*;
pub use read::{read, read_calendar, read_office};
pub use render::{render_determination_zh, render_zh};
pub use show::render;
pub use source::{FileId, SourceFile, Sources};
pub use syntax::{Lexicon, lexicon};
pub use words::fill;
