//! Pages as they come out: measured against the layout that the standard asks for.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like a test")]

mod dossiers;
mod measure;
mod page;
mod papers;
mod process;
