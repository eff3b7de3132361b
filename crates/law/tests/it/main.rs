//! The law room from outside: the real packs, the broken files, the statutes.

mod articles;
mod bad;
mod faults;
mod pack;
mod shelf;
mod timing;
