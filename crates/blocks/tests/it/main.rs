//! Tests of the blocks.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like a test")]

mod properties;
mod shelf;
mod tables;
