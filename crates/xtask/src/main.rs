//! The xtask room.

fn main() {}
