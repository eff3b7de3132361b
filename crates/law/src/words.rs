//! Words for people, in both languages, kept in `words.tsv` so that no Chinese stands in code.
//!
//! A line is `id`, Chinese, English, separated by tabs; `{name}` marks a place to fill.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{Lang, Text};

const FILES: [&str; 2] = [include_str!("../words/faults.tsv"), include_str!("../words/rendering.tsv")];

static WORDS: LazyLock<BTreeMap<&str, (&str, &str)>> = LazyLock::new(|| {
    let lines = FILES.iter().flat_map(|file| file.lines());
    lines.filter(|line| !line.starts_with('#')).filter_map(entry).collect()
});

fn entry(line: &'static str) -> Option<(&'static str, (&'static str, &'static str))> {
    let mut parts = line.split('\t');
    Some((parts.next()?, (parts.next()?, parts.next()?)))
}

/// Whether there are words under an id.
pub(crate) fn has(id: &str) -> bool {
    WORDS.contains_key(id)
}

/// The words of an id with places filled; an id without words shows itself.
pub(crate) fn text(id: &str, places: &[(&str, Text)]) -> Text {
    let (zh, en) = WORDS.get(id).copied().unwrap_or((id, id));
    Text::new(fill(zh, places, Lang::Zh), fill(en, places, Lang::En))
}

/// The Chinese words of an id with places filled by words as they stand.
pub(crate) fn zh(id: &str, places: &[(&str, &str)]) -> String {
    let mut words = WORDS.get(id).map_or(id, |it| it.0).to_owned();
    for (name, value) in places {
        words = words.replace(&format!("{{{name}}}"), value);
    }
    words
}

fn fill(words: &str, places: &[(&str, Text)], lang: Lang) -> String {
    let mut words = words.to_owned();
    for (name, value) in places {
        words = words.replace(&format!("{{{name}}}"), value.get(lang));
    }
    words
}
