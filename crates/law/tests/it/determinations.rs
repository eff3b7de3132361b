//! One change to a sound determination, one fault.

use law::{Code, Severity, Sources};

use crate::bad;

const SOUND: &str = r#"
determination shelf-life "保存" en="Keeping" {
    means "保存多久。" en="How long it is kept."
    cites reconsideration-law-2023
    parameter kept-from "起算之日" en="First day" {
        default "2024-01-01"
        mark local
        why "各地不一。" en="Places differ."
    }
    question kind-of-thing "种类" en="Kind" type=choice {
        option a-letter "信" en="Letter"
        option a-book "书" en="Book"
    }
    question since-day "日期" en="Day" type=date {
        when { choice kind-of-thing a-letter; }
    }
    result kept-long "长期" en="Long"
    result kept-short "短期" en="Short"
    rule old-letters {
        when { compare since-day less parameter=kept-from; }
        result kept-short
        basis "第一条"
        says "旧信短期保存。" en="Old letters are kept for a short time."
    }
    rule all-else {
        result kept-long
        basis "第二条第一款"
        says "其余长期保存。" en="All else is kept long."
    }
}
"#;

/// The faults and warnings of a law with one sound procedure and this determination.
fn said(determination: &str) -> Vec<(Code, String)> {
    let mut sources: Sources = bad::around(include_str!("sound.kdl"));
    sources.add("example/determinations.kdl", determination);
    let (_, faults) = law::read(&sources);
    let grave = faults.into_iter().filter(|it| it.severity() != Severity::Note);
    grave.map(|it| (it.code, it.message.en)).collect()
}

#[track_caller]
fn one(from: &str, to: &str, code: Code, words: &str) {
    assert!(SOUND.contains(from), "{from}");
    let mut found = said(&SOUND.replacen(from, to, 1));
    // What a slip leaves without use is named too.
    found.retain(|it| it.0 != Code::Unused);
    assert!(matches!(&*found, [(it, says)] if *it == code && says.contains(words)), "{found:?}");
}

#[test]
fn a_sound_one_has_no_fault() {
    assert_eq!(said(SOUND), []);
}

#[test]
fn each_slip_has_its_own_fault() {
    one(
        "    rule all-else {\n",
        "    rule all-else {\n        when { choice kind-of-thing a-book; }\n",
        Code::BadDeclaration,
        "The last rule of a determination has no condition",
    );
    one(
        "        when { compare since-day less parameter=kept-from; }\n        result kept-short",
        "        unsettled \"起算？\" en=\"From when?\" parameter=kept-from\n        result kept-short",
        Code::BadDeclaration,
        "Only the last rule may be without a condition",
    );
    one("choice kind-of-thing a-letter", "yes kind-of-thing", Code::WrongType, "yes");
    one(
        "when { choice kind-of-thing a-letter; }",
        "when { given since-day; }",
        Code::BadDeclaration,
        "asked later",
    );
    one(
        "result kept-short\n        basis",
        "result kept-shrt\n        basis",
        Code::UnknownName,
        "kept-shrt",
    );
    one("default \"2024-01-01\"", "default 3", Code::WrongType, "kept-from");
    one("basis \"第二条第一款\"", "basis \"第二条第九款\"", Code::UnknownArticle, "");
}

#[test]
fn rules_look_at_answers_and_parameters_only() {
    let found = said(&SOUND.replacen("compare since-day less parameter=kept-from", "done since-day", 1));
    assert!(
        found.iter().any(|(code, says)| *code == Code::UnknownWord && says.contains("done")),
        "{found:?}"
    );
}
