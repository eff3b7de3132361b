//! Message files: each pair has the same messages, in two languages indeed.

use std::collections::BTreeMap;

use crate::house::{files, is_han, none, text};

/// Messages of a Fluent file, continuation lines joined.
fn messages(path: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut last = None;
    for line in text(path).lines() {
        if let Some((id, value)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            assert!(
                found.insert(id.to_owned(), value.trim().to_owned()).is_none(),
                "{path}: {id} stands twice"
            );
            last = Some(id.to_owned());
        } else if line.starts_with(' ')
            && let Some(id) = &last
        {
            found.get_mut(id).unwrap().push_str(&format!(" {}", line.trim()));
        } else {
            last = None;
        }
    }
    found
}

/// Whether an English message is the singular of one that Chinese has for all numbers.
fn is_singular(id: &str, zh: &BTreeMap<String, String>) -> bool {
    id.strip_suffix("-one").is_some_and(|it| zh.contains_key(it))
}

/// What is left of a message without its placeables.
fn words(message: &str) -> String {
    let mut depth = 0;
    let outside = message.chars().filter(|c| {
        depth += i32::from(*c == '{') - i32::from(*c == '}');
        depth == 0 && *c != '}'
    });
    outside.collect()
}

/// The placeables of a message, in order of name.
fn places(message: &str) -> Vec<&str> {
    let mut found: Vec<&str> = message
        .split('{')
        .skip(1)
        .filter_map(|it| it.split('}').next())
        .map(str::trim)
        .filter(|it| it.starts_with('$'))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn both_languages_say_the_same_things() {
    let (mut wrong, mut pairs) = (Vec::new(), 0);
    for zh_path in files("crates", &["zh.ftl"]) {
        let en_path = zh_path.replace("zh.ftl", "en.ftl");
        let (zh, en) = (messages(&zh_path), messages(&en_path));
        pairs += 1;
        wrong.extend(
            zh.keys().filter(|it| !en.contains_key(*it)).map(|it| format!("{en_path}: {it} is missing")),
        );
        let unknown = |it: &&String| !zh.contains_key(*it) && !is_singular(it, &zh);
        wrong.extend(en.keys().filter(unknown).map(|it| format!("{zh_path}: {it} is missing")));
        for (id, says) in &en {
            if says.chars().any(is_han) {
                wrong.push(format!("{en_path}: {id} has Chinese in it"));
            }
            let Some(chinese) = zh.get(id) else { continue };
            if chinese == says && words(says).chars().any(char::is_alphabetic) {
                wrong.push(format!("{zh_path}: {id} is the same in both languages"));
            }
            if places(chinese).iter().any(|it| !places(says).contains(it)) && !chinese.contains("->") {
                wrong.push(format!("{en_path}: {id} leaves out something that the Chinese says"));
            }
        }
    }
    assert!(pairs >= 3, "only {pairs} pairs of message files");
    none("message files", &wrong);
}
