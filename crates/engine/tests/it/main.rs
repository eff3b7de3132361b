//! Tests of the engine on the real packs: scenarios, random walks, the record's bytes.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod apart;
mod bytes;
mod items;
mod mutants;
mod papers;
mod people;
mod retold;
mod scenarios;
mod shelf;
mod walks;
