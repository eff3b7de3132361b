//! Words for people, in both languages, kept in `words.tsv` so that no Chinese stands in code.
//!
//! A line is `id`, Chinese, English, separated by tabs; `{name}` marks a place to fill. The words of the
//! Chinese rendering have no English.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{Lang, Text};

const FILES: [&str; 3] = [
    include_str!("../words/faults.tsv"),
    include_str!("../words/rendering.tsv"),
    include_str!("../words/papers.tsv"),
];

static WORDS: LazyLock<BTreeMap<&str, (&str, &str)>> = LazyLock::new(|| {
    let lines = FILES.iter().flat_map(|file| file.lines());
    lines.filter(|line| !line.starts_with('#')).filter_map(entry).collect()
});

fn entry(line: &'static str) -> Option<(&'static str, (&'static str, &'static str))> {
    let mut parts = line.split('\t');
    Some((parts.next()?, (parts.next()?, parts.next().unwrap_or_default())))
}

/// Whether there are words under an id.
pub(crate) fn has(id: &str) -> bool {
    WORDS.contains_key(id)
}

/// The words of an id with places filled; an id without words shows itself.
pub(crate) fn text(id: &str, places: &[(&str, Text)]) -> Text {
    let (zh, en) = WORDS.get(id).copied().unwrap_or((id, id));
    let of = |lang| move |name: &str| value(places, name).map(|it| it.get(lang));
    Text::new(fill(zh, of(Lang::Zh)), fill(en, of(Lang::En)))
}

/// The Chinese words of an id with places filled by words as they stand.
pub(crate) fn zh(id: &str, places: &[(&str, &str)]) -> String {
    let words = WORDS.get(id).map_or(id, |it| it.0);
    fill(words, |name| value(places, name).copied())
}

fn value<'a, T>(places: &'a [(&str, T)], name: &str) -> Option<&'a T> {
    places.iter().find(|it| it.0 == name).map(|it| &it.1)
}

/// Fills each place once; what is filled in is not looked at again, and unknown places stay.
pub fn fill<'a>(words: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, rest)| Some((value(name)?, rest))) {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        let places = [("n", "{m}"), ("m", "no")];
        assert_eq!(fill("{n} of {m} {?} {", |name| value(&places, name).copied()), "{m} of no {?} {");
    }

    #[test]
    fn faults_speak_both_languages() {
        for line in FILES[0].lines().filter(|line| !line.starts_with('#')) {
            let parts: Vec<&str> = line.split('\t').collect();
            let [id, zh, en] = parts.as_slice() else { panic!("{line}") };
            let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert!(zh != en && zh.chars().any(han), "{id}");
            // Two hints quote a citation, which is Chinese in any language.
            let quotes = id.starts_with("bad-citation") || id.starts_with("no-basis");
            assert!(quotes || !en.chars().any(han), "{id}");
            let places = |text: &str| {
                let mut found: Vec<String> =
                    text.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0.to_owned())).collect();
                found.sort();
                found.dedup();
                found
            };
            assert_eq!(places(zh), places(en), "{id}");
        }
    }

    /// Every fault that code can raise has words: `Draft::new(Code::Name, "variant")` finds its line.
    #[test]
    fn no_fault_is_without_words() {
        let mut files = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let mut raised = 0;
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code: String = text.split_whitespace().collect();
            for part in code.split("(Code::").skip(1) {
                let Some((name, rest)) = part.split_once(",\"") else { continue };
                let known = crate::Code::ALL.iter().find(|it| format!("{it:?}") == name);
                let (Some(code), Some((variant, _))) = (known, rest.split_once('"')) else { continue };
                let id = format!("{}.{variant}", code.id());
                assert!(has(&id), "{id} in {}", path.display());
                raised += 1;
            }
        }
        assert!(raised > 60, "{raised}");
    }
}
