//! The files of `law/` from the disk, and snapshots that `UPDATE=1` rewrites.

use std::{
    fs,
    path::{Path, PathBuf},
};

use law::Sources;

/// The folder `law/`.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law")
}

/// Every file under it, except broken ones.
pub(crate) fn real() -> Sources {
    let mut sources = Sources::default();
    gather(&root(), &root(), &mut sources);
    sources
}

/// Whether a file is a paper of the procedure that the tests look at most.
pub(crate) fn is_paper(file: &law::SourceFile) -> bool {
    file.path.starts_with("reconsideration/papers/") && file.text.contains("for ordinary-reconsideration ")
}

fn gather(root: &Path, folder: &Path, sources: &mut Sources) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(root, &path, sources);
        } else if path.extension().is_some_and(|it| it == "kdl" || it == "tsv") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            sources.add(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Compares with what stands in a file; with `UPDATE=1` writes it there instead.
pub(crate) fn snapshot(path: &Path, found: &str) {
    #[expect(clippy::disallowed_methods, reason = "a test asks whether to rewrite its snapshots")]
    let update = std::env::var("UPDATE").is_ok_and(|it| it == "1");
    let kept = fs::read_to_string(path).unwrap_or_default();
    if update && kept != found {
        // Other tests may be reading the file at this moment: it changes in one step.
        let fresh = path.with_extension("new");
        fs::write(&fresh, found).unwrap();
        fs::rename(&fresh, path).unwrap();
        return;
    }
    assert!(kept == found, "{} differs; UPDATE=1 rewrites it. Found:\n{found}", path.display());
}
