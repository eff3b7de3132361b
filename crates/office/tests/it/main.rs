//! Tests of the office over a real store: a simulated life, access, corrections, masking.

mod bench;
mod life;
