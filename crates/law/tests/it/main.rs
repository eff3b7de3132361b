//! The law room from outside: the real packs, the broken files, the statutes.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like a test")]

mod articles;
mod bad;
mod determinations;
mod faults;
mod indicators;
mod items;
mod lexicon;
mod pack;
mod papers;
mod roles;
mod shelf;
mod timing;
