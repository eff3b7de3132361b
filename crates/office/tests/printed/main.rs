//! Printed figures of five published reports held against offices that hold the places' dated acts.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like a test")]

mod moves;
mod pace;
mod places;
mod table;
