//! The grammar for editors in `docs/editors` has the words of the language, and no others.

use std::{collections::BTreeSet, fs};

use crate::shelf::root;

/// A TextMate grammar: what most editors take. Comments, texts, numbers, and the closed vocabulary.
fn grammar() -> String {
    let lexicon = law::lexicon();
    let any = |words: &BTreeSet<&str>| words.iter().copied().collect::<Vec<_>>().join("|");
    let rules = [
        ("comment.line.double-slash.yifa", "//.*$".to_owned()),
        ("string.quoted.double.yifa", "\\\"([^\\\"\\\\\\\\]|\\\\\\\\.)*\\\"".to_owned()),
        ("constant.language.yifa", "#(true|false)\\\\b".to_owned()),
        ("constant.numeric.yifa", "(?<![-\\\\w])[0-9]+\\\\b".to_owned()),
        (
            "keyword.control.yifa",
            format!("(?:(?<=^)|(?<=[{{;]))\\\\s*({})(?![-\\\\w=])", any(&lexicon.words)),
        ),
        ("variable.parameter.yifa", format!("(?<![-\\\\w])({})(?==)", any(&lexicon.properties))),
        ("support.constant.yifa", format!("(?<![-\\\\w])({})(?![-\\\\w=])", any(&lexicon.values))),
    ];
    let rules: Vec<String> = rules
        .iter()
        .map(|(name, rule)| format!("    {{ \"name\": \"{name}\", \"match\": \"{rule}\" }}"))
        .collect();
    format!(
        "{{\n  \"name\": \"Yifa law file\",\n  \"scopeName\": \"source.yifa\",\n  \"fileTypes\": [\"kdl\"],\n  \
         \"patterns\": [\n{}\n  ]\n}}\n",
        rules.join(",\n")
    )
}

#[test]
fn editors_know_the_words_of_the_language() {
    let path = root().join("../docs/editors/yifa.tmLanguage.json");
    let now = grammar();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &now).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap_or_default() == now, "UPDATE=1 writes it anew");
    for word in ["procedure", "rule", "before-end", "expiry", "colour"] {
        assert_eq!(law::lexicon().words.contains(word), word != "colour", "{word}");
    }
}
