//! The law files of a folder, or those built into the program.

use std::{fs, path::Path};

use anyhow::Context as _;
use law::Sources;
use office::{Laws, words::Words};

use crate::trouble::Trouble;

/// Every law file below a folder, or the built-in ones if none is named. A folder without a calendar of its own, or
/// without common acts, has those that are built in.
pub(super) fn sources(words: &Words, folder: Option<&Path>) -> anyhow::Result<Sources> {
    let Some(folder) = folder else { return Ok(Laws::embedded_sources()) };
    let mut sources = Sources::default();
    walk(folder, folder, &mut sources).map_err(|_| {
        Trouble::unusable(words.with("law-no-folder", &[("folder", folder.display().to_string().into())]))
    })?;
    if sources.files.is_empty() {
        let folder = folder.display().to_string();
        return Err(Trouble::unusable(words.with("law-empty-folder", &[("folder", folder.into())])));
    }
    for shared in ["calendar/", "common/"] {
        if sources.files.iter().any(|it| it.path.starts_with(shared)) {
            continue;
        }
        for file in Laws::embedded_sources().files.into_iter().filter(|it| it.path.starts_with(shared)) {
            sources.add(file.path, file.text);
        }
    }
    Ok(sources)
}

fn walk(root: &Path, folder: &Path, sources: &mut Sources) -> anyhow::Result<()> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    paths.sort_by_key(fs::DirEntry::path);
    for path in paths.iter().map(fs::DirEntry::path) {
        let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            if name != "bad" {
                walk(root, &path, sources)?;
            }
        } else if name.ends_with(".kdl") || name.ends_with(".tsv") {
            sources.add(name, fs::read_to_string(&path).with_context(|| path.display().to_string())?);
        }
    }
    Ok(())
}
