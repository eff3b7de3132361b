//! The raw limit: the rows of an act written to SQLite by hand, without law, engine, queue or checks, as many
//! acts to a commit as there are writers.

use std::path::Path;

use crate::{machine::cpu_ms, table::Table, work::WRITERS};

const ACTS: u64 = 20_000;

/// Writes the rows and says how fast.
pub(crate) fn measure(folder: &Path, round: u32, table: &mut Table) -> anyhow::Result<()> {
    let data = folder.join(format!("raw-{round}"));
    std::fs::create_dir_all(&data)?;
    let cpu = cpu_ms(std::process::id());
    let figure = store::bench_raw(&data, ACTS, WRITERS as u64)?;
    let cpu = cpu_ms(std::process::id()) - cpu;
    let acts = figure.acts as f64;
    table.row(
        &format!("raw SQLite, the same tables, FULL, {WRITERS} acts to a commit, round {round}"),
        &format!("{:.0} acts/s, {:.3} CPU ms per act", acts / figure.whole.as_secs_f64(), cpu / acts),
        "the limit beside ours",
    );
    Ok(())
}
