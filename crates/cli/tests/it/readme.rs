//! The commands shown in the READMEs, run in a folder with a demonstration: what they print is what is
//! shown there. A line of three dots stands for lines that differ from day to day; `UPDATE=1` rewrites
//! the rest.

use std::fs;

use crate::yifa::{Folder, root, yifa_in};

/// Shown, and run elsewhere: `cargo xtask test` runs this test, and browser tests a demonstration.
const ELSEWHERE: [&str; 2] = ["cargo xtask demo", "cargo xtask test"];

#[test]
fn the_readmes_show_what_the_program_prints() {
    let folder = Folder::new("readme");
    let made = yifa_in(
        folder.path(),
        &["demo", "--no-serve", "--from", "2026-02-23", "--until", "2026-03-02T09:00"],
    );
    assert_eq!(made.code, 0, "{}", made.err);
    fs::create_dir_all(folder.path().join("examples")).unwrap();
    let example = "examples/import";
    fs::create_dir_all(folder.path().join(example)).unwrap();
    for file in fs::read_dir(root().join(example)).unwrap().map(|it| it.unwrap().path()) {
        fs::copy(&file, folder.path().join(example).join(file.file_name().unwrap())).unwrap();
    }
    let mut shown = 0;
    for name in ["README.md", "README.zh-CN.md"] {
        let path = root().join(name);
        let text = fs::read_to_string(&path).unwrap();
        let now = rewritten(&text, |command| {
            shown += 1;
            let ran = yifa_in(folder.path(), &command.split(' ').collect::<Vec<_>>());
            assert_eq!(ran.code, 0, "{name}: yifa {command}: {}", ran.err);
            ran.out
        });
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &now).unwrap();
        } else {
            assert!(now == text, "{name} shows something else than comes out:\n{now}");
        }
    }
    assert!(shown >= 4, "only {shown} commands are shown");
}

/// The document with the output of each `$ yifa …` of its console blocks as it comes out now.
fn rewritten(text: &str, mut run: impl FnMut(&str) -> String) -> String {
    let mut now = String::new();
    let mut lines = text.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        now.push_str(line);
        now.push('\n');
        if line.starts_with("```") {
            inside = line == "```console";
            continue;
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| inside) else { continue };
        if ELSEWHERE.contains(&command) {
            continue;
        }
        let command = command.strip_prefix("yifa ").unwrap_or_else(|| panic!("not run: {command}"));
        let mut shown = Vec::new();
        while let Some(next) = lines.next_if(|it| !it.starts_with("```") && !it.starts_with("$ ")) {
            shown.push(next);
        }
        let came = run(command);
        let came: Vec<&str> = came.lines().collect();
        let fits = fits(&shown, &came);
        for it in if fits { shown } else { came } {
            now.push_str(it);
            now.push('\n');
        }
    }
    now
}

/// Whether what is shown, with a line of dots for any lines, is what came.
pub(crate) fn fits(shown: &[&str], came: &[&str]) -> bool {
    match shown.split_first() {
        None => came.is_empty(),
        Some((&"\u{2026}", rest)) => (0..=came.len()).any(|skip| fits(rest, &came[skip..])),
        Some((first, rest)) => came.split_first().is_some_and(|(it, after)| it == first && fits(rest, after)),
    }
}
