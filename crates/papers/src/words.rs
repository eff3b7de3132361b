//! Words that every paper needs beside its own text, kept in `words/papers.tsv`.

use std::{collections::BTreeMap, sync::LazyLock};

static WORDS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../words/papers.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
});

/// The words of an id; an id without words shows itself.
pub fn word(id: &str) -> &str {
    WORDS.get(id).copied().unwrap_or(id)
}

/// The words of an id with `{places}` filled.
pub fn fill(id: &str, places: &[(&str, &str)]) -> String {
    law::fill(word(id), |name| places.iter().find(|it| it.0 == name).map(|it| it.1))
}
