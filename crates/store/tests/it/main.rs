//! What the store promises, one promise a test.

mod flips;
mod ledger;
mod queue;
mod reading;
mod views;
mod world;
