//! Tests of the import: a real district's year comes out as printed, every row counts where it must, and files of all
//! kinds of wrongness are told apart.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod bad;
mod desk;
mod figures;
mod large;
mod repeat;
mod rows;
mod running;
mod words;
