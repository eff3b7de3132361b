//! Tests of the blocks.

mod properties;
mod shelf;
mod tables;
