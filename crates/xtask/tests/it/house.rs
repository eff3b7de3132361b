//! The workspace's files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every file below a folder of the workspace whose name ends so, as paths from the root, in order.
pub(crate) fn files(folder: &str, ends: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root(), &root().join(folder), &mut found);
    found.retain(|it| ends.iter().any(|end| it.ends_with(end)));
    found.sort();
    found
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy();
        if ["target", "node_modules", "yifa-data"].contains(&&*name) || name.starts_with('.') {
            continue;
        }
        if entry.is_dir() {
            walk(root, &entry, found);
        } else {
            found.push(entry.strip_prefix(root).unwrap().to_string_lossy().into_owned());
        }
    }
}

/// A file's text.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// What cargo knows of the workspace.
pub(crate) fn metadata(more: &[&str]) -> serde_json::Value {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1"]).args(more).current_dir(root());
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

/// Whether a character is Chinese: ideographs, and the marks and full-width forms that go with them.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}')
}

/// Fails with every line of a list.
pub(crate) fn none(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}
