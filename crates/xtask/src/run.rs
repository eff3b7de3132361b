//! Other programs, run from the workspace's folder.

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context as _, ensure};

use crate::root;

/// A program with its arguments, to be run in the workspace's folder without input.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// Cargo, the one that runs this.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    program(env!("CARGO"), arguments)
}

/// Runs to the end; an error names the command that failed.
pub(crate) fn through(mut command: Command) -> anyhow::Result<()> {
    let told = format!("{command:?}");
    let status = command.status().with_context(|| format!("cannot run {told}"))?;
    ensure!(status.success(), "{told} ended with {status}");
    Ok(())
}

/// Runs to the end, handing on what it prints, line by line; tells whether it ended well.
pub(crate) fn lines(mut command: Command, mut line: impl FnMut(&str)) -> anyhow::Result<bool> {
    let told = format!("{command:?}");
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run {told}"))?;
    let out = child.stdout.take().context("no output")?;
    for text in BufReader::new(out).split(b'\n') {
        let text = text?;
        let text = String::from_utf8_lossy(&text);
        println!("{text}");
        line(&text);
    }
    Ok(child.wait()?.success())
}
