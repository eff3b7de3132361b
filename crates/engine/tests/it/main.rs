//! Tests of the engine on the real packs: scenarios, properties of folding and sealing.

mod bytes;
mod scenarios;
mod shelf;
