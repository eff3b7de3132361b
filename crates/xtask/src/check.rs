//! `cargo xtask ci` and `cargo xtask tidy`: what a change must pass.

use crate::{
    root,
    run::{cargo, program, through},
    test, tools,
};

/// Format, lints, every test, documentation; in CI also that nothing tracked was changed by it.
pub(crate) fn ci(_: &[String]) -> anyhow::Result<()> {
    through(cargo(&["fmt", "--all", "--check"]))?;
    through(cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    test::run(&[])?;
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    through(doc)?;
    if tools::in_ci() && root().join(".git").exists() {
        through(program("git", &["diff", "--exit-code"]))?;
    }
    Ok(())
}

/// The rules of the house alone.
pub(crate) fn tidy(_: &[String]) -> anyhow::Result<()> {
    through(cargo(&["test", "--package", "xtask"]))
}
