//! What the store promises, one promise a test.
#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it should be")]

mod flips;
mod ledger;
mod queue;
mod reading;
mod views;
mod world;
