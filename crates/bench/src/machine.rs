//! The machine: what it is, its disk, and what a process has used.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    time::Instant,
};

use crate::table::percentile;

/// The machine in one line.
pub(crate) fn words() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|it| it.strip_prefix("model name")).unwrap_or("");
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory.lines().next().unwrap_or("").split_whitespace().nth(1).unwrap_or("0");
    let gib = memory.parse::<u64>().unwrap_or(0) >> 20;
    format!(
        "Machine: {cores} cores ({}), {gib} GiB. Load generator and server share the cores.",
        model.trim_start_matches([' ', '\t', ':'])
    )
}

/// Median and 99th percentile of writing 4 KiB and making it durable.
pub(crate) fn fsync_ms(folder: &Path) -> anyhow::Result<String> {
    let path = folder.join("fsync");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..300 {
        file.write_all(&[7; 4096])?;
        let start = Instant::now();
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    fs::remove_file(path)?;
    Ok(format!("{:.2} / {:.2} ms", percentile(&mut times, 50), percentile(&mut times, 99)))
}

/// CPU milliseconds, user and system, that a process has used.
pub(crate) fn cpu_ms(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) * 10.0
}

/// Resident memory of a process in MiB.
pub(crate) fn memory_mib(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|it| it.starts_with("VmRSS")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok()).unwrap_or(0) / 1024
}
