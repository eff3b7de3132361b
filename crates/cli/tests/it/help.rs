//! What every `--help` says, kept as a snapshot in both languages.

use crate::yifa::{snapshot, yifa};

const VERBS: &[&[&str]] = &[
    &[],
    &["due"],
    &["law"],
    &["law", "check"],
    &["law", "show"],
    &["law", "articles"],
    &["law", "scenarios"],
    &["law", "coverage"],
    &["serve"],
    &["demo"],
    &["init"],
    &["appoint"],
    &["ledger"],
    &["ledger", "verify"],
    &["ledger", "rebuild"],
    &["report"],
    &["printed"],
    &["import"],
];

#[test]
fn help_says_what_it_said() {
    for lang in ["zh", "en"] {
        let mut text = String::new();
        for verb in VERBS {
            let arguments = [verb, ["--help", "--lang", lang].as_slice()].concat();
            let ran = yifa(&arguments);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
            text.push_str(&format!("$ yifa {}\n{}\n", arguments.join(" "), ran.out));
        }
        snapshot(&format!("help/{lang}.txt"), &text);
    }
}

#[test]
fn misuse_gets_a_sentence_in_the_language_asked_for() {
    let cases: [(&[&str], &str, &str); 7] = [
        (&["frobnicate"], "frobnicate", "no command"),
        (&["due", "--form", "2026-02-10"], "--form", "no option"),
        (&["due", "--length", "20"], "--from", "needed"),
        (&["due", "--from"], "--from", "needs a value"),
        (&["report", "--jurisdiction", "500105", "--year", "2023", "--format", "pdf"], "pdf", "md html json"),
        (&["report", "--jurisdiction", "5001", "--year", "2023"], "5001", "six digits"),
        (&["serve", "--address", "localhost"], "localhost", "127.0.0.1:8080"),
    ];
    for (arguments, names, says) in cases {
        let zh = yifa(arguments);
        assert_eq!((zh.code, zh.out.as_str()), (2, ""), "{arguments:?}");
        assert!(zh.err.contains(names), "{arguments:?}: {}", zh.err);
        assert!(zh.err.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", zh.err);
        let en = yifa(&[arguments, ["--lang", "en"].as_slice()].concat());
        assert_eq!(en.code, if arguments == ["due", "--from"] { 2 } else { zh.code });
        if arguments != ["due", "--from"] {
            assert!(en.err.contains(says), "{arguments:?}: {}", en.err);
            assert!(en.err.is_ascii() || !en.err.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
        }
    }
}
