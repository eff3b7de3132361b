//! Tests of the office over a real store: a simulated life, access, corrections, masking.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod access;
mod course;
mod desk;
mod export;
mod founding;
mod inbox;
mod kill;
mod life;
mod papers;
mod people;
mod reading;
mod remedy;
