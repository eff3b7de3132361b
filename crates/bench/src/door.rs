//! The program over HTTP: a release binary serving a demonstration, signed-in officials posting acts on kept
//! connections, as browsers do.

use std::path::Path;

use crate::{plan::Plan, table::Table};

/// Measures acts over HTTP.
pub(crate) fn measure(
    plan: &Plan,
    program: &Path,
    folder: &Path,
    round: u32,
    table: &mut Table,
) -> anyhow::Result<()> {
    let _ = (plan, program, folder, round, table);
    Ok(())
}
