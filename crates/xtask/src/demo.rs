//! `cargo xtask demo`: builds the program and lets it make and serve a demonstration.

use std::{process::Stdio, time::Instant};

use crate::{
    root,
    run::{cargo, through},
    tools,
};

/// Builds and serves; further arguments go to `yifa demo`.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let began = Instant::now();
    println!("building yifa (some minutes the first time)");
    through(cargo(&["build", "--release", "--package", "cli", "--bin", "yifa"]))?;
    println!("built in {} s", began.elapsed().as_secs());
    if let Err(why) = tools::papers() {
        eprintln!("papers will not be printed: {why:#}");
    }
    // The press is large; it is built while the portal already serves, and papers say so until then.
    let mut press = cargo(&["build", "--quiet", "--release", "--package", "typeset", "--bin", "yifa-press"]);
    let mut press = press.spawn()?;
    let mut yifa = crate::run::program(&yifa().to_string_lossy(), &["demo"]);
    yifa.args(arguments).stdin(Stdio::inherit());
    let served = through(yifa);
    // Whoever stops the demonstration stops the building too.
    press.kill().ok();
    press.wait()?;
    served
}

fn yifa() -> std::path::PathBuf {
    root().join("target/release/yifa")
}
