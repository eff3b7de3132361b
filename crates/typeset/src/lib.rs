//! The press room's workshop: documents and case files are set as PDF.
//!
//! It is a library for its tests and a process, `yifa-press`, for everyone else (see the crate `press`).
//! The setting engine sees a world of three files that are handed to it: no disk, no network, no time.

mod dossier;
mod fonts;
mod paper;
mod world;

pub use dossier::dossier;
pub use fonts::{Fonts, MissingFonts};
pub use paper::paper;
pub use world::Fault;
