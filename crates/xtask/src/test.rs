//! `cargo xtask test`: every test there is, one closing line.

use std::{fs, path::Path, time::Instant};

use anyhow::{Context as _, ensure};

use crate::{
    count::Count,
    root,
    run::{cargo, lines, program, through},
    tools,
};

/// Where browser tests put what they make.
const WORK: &str = "target/browser";
/// What their demonstration lives through: fixed days, whatever the day of the run.
const LIFE: [&str; 4] = ["--from", "2026-02-02", "--until", "2026-03-02T09:00"];

/// Runs unit, scenario, property and browser tests, and tells how many passed.
pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    let began = Instant::now();
    let mut count = Count::default();
    // Without their tools the tests of papers do nothing; where nothing may be skipped they fail by themselves.
    if let Err(why) = tools::papers() {
        eprintln!("papers are not measured: {why:#}");
        count.skipped += 1;
    }
    let well = lines(cargo(&["test", "--workspace", "--no-fail-fast"]), |line| count.cargo(line))?;
    if !well && count.failed == 0 {
        // Something did not even compile.
        count.failed += 1;
    }
    println!("tests of the crates: {count}, {} s", began.elapsed().as_secs());
    match ready() {
        Ok(chromium) => browser(&chromium, &mut count)?,
        Err(why) if tools::in_ci() => {
            eprintln!("browser tests cannot run: {why:#}");
            count.failed += 1;
        }
        Err(why) => {
            eprintln!("browser tests are skipped: {why:#}");
            count.skipped += files()?.len() as u64;
        }
    }
    println!("all tests took {} s", began.elapsed().as_secs());
    println!("{count}");
    ensure!(count.failed == 0, "tests failed");
    ensure!(count.skipped == 0 || !tools::in_ci(), "tests were skipped where none may be");
    Ok(())
}

/// Everything a browser test needs, fetched where it is missing and may be.
fn ready() -> anyhow::Result<std::path::PathBuf> {
    tools::node()?;
    let chromium = tools::chromium()?;
    let folder = root().join("tests/browser");
    let installed = folder.join("node_modules/.package-lock.json");
    let fresh = |it: &Path| fs::metadata(it).and_then(|it| it.modified()).ok();
    if fresh(&installed) < fresh(&folder.join("package-lock.json")) || !installed.exists() {
        let mut npm = program("npm", &["ci", "--no-audit", "--no-fund"]);
        npm.current_dir(&folder);
        through(npm)?;
    }
    Ok(chromium)
}

/// The test files, in order of name.
fn files() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("tests/browser"))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|it| it.ends_with(".test.mjs"));
    names.sort();
    Ok(names)
}

/// Makes a small demonstration that every test file copies, and runs the files over it.
fn browser(chromium: &Path, count: &mut Count) -> anyhow::Result<()> {
    let (work, yifa) = (root().join(WORK), root().join("target/debug/yifa"));
    fs::remove_dir_all(&work).ok();
    fs::create_dir_all(&work)?;
    let data = work.join("data");
    let mut demo = program(&yifa.to_string_lossy(), &["demo", "--no-serve", "--lang", "en"]);
    demo.args(LIFE).arg("--data").arg(&data);
    through(demo).context("making the demonstration that browser tests use")?;
    let mut node = program("node", &["--test", "--test-reporter=tap", "--test-concurrency=1"]);
    node.args(files()?).current_dir(root().join("tests/browser"));
    node.env("YIFA", &yifa).env("YIFA_DATA", &data).env("YIFA_CHROMIUM", chromium);
    node.env("YIFA_WORK", &work).env("YIFA_SCREENSHOTS", root().join("target/screenshots"));
    let before = count.failed;
    let well = lines(node, |line| count.node(line))?;
    if !well && count.failed == before {
        count.failed += 1;
    }
    fs::remove_dir_all(&work).ok();
    Ok(())
}
