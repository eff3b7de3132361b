//! The packs of `law/`, read from the disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use law::{Law, Sources};

/// The folder of law files; another one if `YIFA_LAW` names it.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
    std::env::var_os("YIFA_LAW").map_or(own, PathBuf::from)
}

/// Every source below `law/`.
pub(crate) fn sources() -> Sources {
    let root = root();
    let mut sources = Sources::default();
    walk(&root, &root, &mut sources);
    sources
}

/// The law of `law/`.
pub(crate) fn law() -> Law {
    read(sources())
}

/// The pack that tries the language, with the calendar and the common fragments of `law/`.
pub(crate) fn workshop() -> Law {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (root, own) = (root(), here.join("tests/workshop"));
    let mut sources = Sources::default();
    for folder in ["calendar", "common"] {
        walk(&root, &root.join(folder), &mut sources);
    }
    walk(&own, &own, &mut sources);
    read(sources)
}

fn read(sources: Sources) -> Law {
    let (law, faults) = law::read(&sources);
    law.unwrap_or_else(|| panic!("{}", law::render(&faults, &sources, law::Lang::Zh)))
}

fn walk(root: &Path, folder: &Path, sources: &mut Sources) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        if path.is_dir() && name != "bad" {
            walk(root, &path, sources);
        } else if name.ends_with(".kdl") || name.ends_with(".tsv") {
            sources.add(name, fs::read_to_string(&path).unwrap());
        }
    }
}
