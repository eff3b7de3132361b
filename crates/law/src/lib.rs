//! The law room: procedures, statutes and figures as data that a lawyer reads.
//!
//! It reads KDL files into a typed model, reports every fault of a run at once with the characters
//! underlined, checks each procedure for soundness, and renders it in Chinese for review.
//! Pure: file contents come in as text (see [`source::Sources`]); nothing here opens a file.

pub mod identifier;
pub mod model;

pub use model::*;
