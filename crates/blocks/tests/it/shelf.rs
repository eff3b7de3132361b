//! The packs under `law/`, read once, and answers from words.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use blocks::determination::Answer;
use law::{FieldKind, Key, Law, Question, Sources};

pub(crate) static LAW: LazyLock<Law> = LazyLock::new(|| {
    let mut sources = Sources::default();
    walk(&root(), &root(), &mut sources);
    let (law, faults) = law::read(&sources);
    law.unwrap_or_else(|| panic!("{}", law::render(&faults, &sources, law::Lang::En)))
});

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law")
}

fn walk(root: &Path, folder: &Path, sources: &mut Sources) {
    for path in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        if path.is_dir() && name != "bad" {
            walk(root, &path, sources);
        } else if name.ends_with(".kdl") || name.ends_with(".tsv") {
            sources.add(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// An answer as a table writes it.
pub(crate) fn answer(question: &Question, words: &str) -> Answer {
    match question.kind {
        FieldKind::Date { .. } => Answer::Date(words.parse().unwrap_or_else(|_| panic!("{words} is no day"))),
        FieldKind::YesNo => Answer::YesNo(match words {
            "yes" => true,
            "no" => false,
            _ => panic!("{words} is neither yes nor no"),
        }),
        _ => Answer::Choice(Key::from(words)),
    }
}
