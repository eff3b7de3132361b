//! The program as a whole, run as its users run it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod coverage;
mod due;
mod help;
mod init;
mod office;
mod readme;
mod tutorial;
mod yifa;
