//! Puts the packs of `law/` and the office's own into the binary, as texts.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let law = here.join("../../law");
    let mut list = String::from("&[\n");
    walk(&law, &law, "", &mut list);
    walk(&here.join("builtin"), &here.join("builtin"), "office-base/", &mut list);
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("packs.rs");
    if let Err(error) = fs::write(&out, list) {
        println!("cargo::error=cannot write the list of packs: {error}");
    }
}

fn walk(root: &Path, folder: &Path, prefix: &str, list: &mut String) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            if name != "bad" {
                walk(root, &path, prefix, list);
            }
        } else if name.ends_with(".kdl") || name.ends_with(".tsv") {
            println!("cargo::rerun-if-changed={}", path.display());
            let _ = writeln!(list, "    ({:?}, include_str!({:?})),", format!("{prefix}{name}"), path);
        }
    }
}
