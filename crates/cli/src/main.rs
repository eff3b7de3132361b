//! The `yifa` program: every door that is not a page.

mod demo;

use clap::{Parser, Subcommand};

/// The program a law-based local government runs on.
#[derive(Parser)]
#[command(name = "yifa", version, about)]
struct Yifa {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a demonstration and serve it.
    Demo(demo::Demo),
}

fn main() -> anyhow::Result<()> {
    match Yifa::parse().command {
        Command::Demo(demo) => demo.run(),
    }
}
