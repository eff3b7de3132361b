//! The bench: measures the program and writes what it measured, with the raw limit of the machine from
//! the same minutes beside it. Run by `cargo xtask bench`, always a release build.

mod client;
mod core;
mod door;
mod machine;
mod plan;
mod raw;
mod table;
mod work;

use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().unwrap_or_else(|| "bench/results.md".to_owned()));
    let program = args.next().map(PathBuf::from);
    let folder = std::env::temp_dir().join(format!("yifa-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let measured = measure(&folder, program.as_deref());
    std::fs::remove_dir_all(&folder).ok();
    let table = measured?;
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(&out, table.markdown())?;
    eprintln!("{}", out.display());
    Ok(())
}

fn measure(folder: &std::path::Path, program: Option<&std::path::Path>) -> anyhow::Result<table::Table> {
    let mut table = table::Table::default();
    let plan = plan::Plan::new()?;
    table.say(machine::words());
    core::measure(&plan, &mut table)?;
    let runtime = tokio::runtime::Runtime::new()?;
    for round in 1..=3 {
        let fsync = machine::fsync_ms(folder)?;
        table.row(&format!("fdatasync of 4 KiB, round {round}, p50 / p99"), &fsync, "");
        raw::measure(folder, round, &mut table)?;
        runtime.block_on(work::measure(&plan, folder, round, &mut table))?;
        if let Some(program) = program {
            door::measure(&plan, program, folder, round, &mut table)?;
        }
    }
    work::check(folder, &mut table)?;
    Ok(table)
}
