//! Sentences against toys: nothing that the packs declare is known to the program by name.

use std::collections::BTreeSet;

use crate::house::{files, is_han, none, text};

/// Keys and Chinese names that files under `law/` declare: `WORD key "Chinese" en="…"`.
fn declared() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut keys, mut names) = (BTreeSet::new(), BTreeSet::new());
    for path in files("law", &[".kdl"]).iter().filter(|it| !it.contains("/bad/")) {
        for line in text(path).lines().filter(|it| it.contains(" en=\"")) {
            let mut words = line.trim().splitn(3, ' ');
            let (Some(_), Some(key), Some(rest)) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            let name = rest.strip_prefix('"').and_then(|it| it.split('"').next()).unwrap_or_default();
            let well_formed = key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if well_formed && name.chars().any(is_han) {
                keys.insert(key.to_owned());
                names.insert(name.to_owned());
            }
        }
    }
    (keys, names)
}

/// Whether a text has a key as a word of its own.
fn has_word(text: &str, key: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.match_indices(key)
        .any(|(at, _)| !text[..at].ends_with(inside) && !text[at + key.len()..].starts_with(inside))
}

#[test]
fn no_key_or_name_of_a_pack_stands_in_the_program() {
    let (keys, names) = declared();
    assert!(keys.len() > 100 && names.len() > 100, "{} keys, {} names", keys.len(), names.len());
    let mut wrong = Vec::new();
    for path in files("crates", &[".rs"]).iter().filter(|it| it.contains("/src/")) {
        let source = text(path);
        for key in &keys {
            let hit = match key.contains('-') {
                true => has_word(&source, key),
                false => source.contains(&format!("\"{key}\"")),
            };
            if hit {
                wrong.push(format!("{path}: {key}"));
            }
        }
        wrong.extend(names.iter().filter(|it| source.contains(*it)).map(|it| format!("{path}: {it}")));
    }
    none("declared under law/ and known to the program", &wrong);
}
