//! Tidy: the rules of the house that a program can check. A failure names file, line and mend.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod arrows;
mod documents;
mod house;
mod licences;
mod messages;
mod rust;
mod sentences;
mod source;
