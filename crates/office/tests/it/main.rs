//! Tests of the office over a real store: a simulated life, access, corrections, masking.

mod access;
mod course;
mod desk;
mod life;
