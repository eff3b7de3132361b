//! `cargo xtask bench`: builds program and bench, measures, and writes what was measured.

use crate::{
    root,
    run::{cargo, program, through},
};

/// Measures and writes `bench/results.md`, or the file named.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    through(cargo(&["build", "--release", "--package", "cli", "--package", "bench"]))?;
    let built = root().join("target/release");
    let out = arguments.first().map_or("bench/results.md", String::as_str);
    let yifa = built.join("yifa");
    let mut bench = program(&built.join("bench").to_string_lossy(), &[out]);
    bench.arg(yifa);
    through(bench)
}
