//! `cargo xtask demo`: builds the program and lets it make and serve a demonstration.

use std::{process::Stdio, time::Instant};

use crate::{
    root,
    run::{cargo, through},
};

/// Builds and serves; further arguments go to `yifa demo`.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let began = Instant::now();
    println!("building yifa (some minutes the first time)");
    through(cargo(&["build", "--release", "--package", "cli", "--bin", "yifa"]))?;
    println!("built in {} s", began.elapsed().as_secs());
    let mut yifa = crate::run::program(&yifa().to_string_lossy(), &["demo"]);
    yifa.args(arguments).stdin(Stdio::inherit());
    through(yifa)
}

fn yifa() -> std::path::PathBuf {
    root().join("target/release/yifa")
}
