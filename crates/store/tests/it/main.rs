//! What the store promises, one promise a test.

mod ledger;
mod world;
