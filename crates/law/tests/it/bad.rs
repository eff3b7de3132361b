//! Broken procedures beside what is said of them: `law/bad/*.kdl` and `*.txt`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use law::{Code, Fault, Lang, Severity, Sources};

use crate::shelf::{root, snapshot};

const PATH: &str = "example/broken/2024-01-01.kdl";

/// A law of one procedure.
pub(crate) fn around(procedure: &str) -> Sources {
    let index = "articles/reconsideration-law-2023.tsv";
    let mut sources = Sources::default();
    sources.add("example/pack.kdl", include_str!("example-pack.kdl"));
    sources.add(index, fs::read_to_string(root().join(index)).unwrap());
    sources.add(PATH, procedure);
    sources
}

/// The faults that matter, and their pictures.
pub(crate) fn judge(procedure: &str, lang: Lang) -> (Vec<Fault>, String) {
    let sources = around(procedure);
    let (_, mut faults) = law::read(&sources);
    faults.retain(|it| it.severity() != Severity::Note);
    let shown = law::render(&faults, &sources, lang);
    (faults, shown)
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("bad")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "kdl")).collect();
    files.sort();
    files
}

#[test]
fn the_files_they_differ_from_are_sound() {
    for sound in [include_str!("sound.kdl"), include_str!("sound-review.kdl")] {
        let (faults, shown) = judge(sound, Lang::Zh);
        assert!(faults.is_empty(), "{shown}");
    }
}

#[test]
fn each_broken_file_gets_its_own_diagnosis() {
    for path in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (_, shown) = judge(&fs::read_to_string(&path).unwrap(), Lang::Zh);
        snapshot(&path.with_extension("txt"), &shown.replace(PATH, &format!("bad/{name}")));
    }
}

#[test]
fn one_broken_thing_gives_one_fault() {
    let (mut kinds, mut rejected) = (BTreeSet::new(), 0);
    for path in files() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (faults, shown) = judge(&fs::read_to_string(&path).unwrap(), Lang::En);
        let wanted = match name.as_str() {
            "three-at-once" | "full-width-block" => 3,
            _ => 1,
        };
        assert_eq!(faults.len(), wanted, "{name}:\n{shown}");
        rejected += usize::from(faults.iter().any(|it| it.severity() == Severity::Error));
        kinds.extend(faults.iter().map(|it| it.code));
    }
    assert!(kinds.len() >= 24 && rejected >= 60, "{rejected} of {kinds:?}");
}

#[test]
fn every_label_underlines_what_it_speaks_of() {
    let cases = [
        ("chinese-numeral", Code::ChineseNumeral, "五"),
        ("full-width-equals", Code::FullWidthMark, "＝"),
        ("full-width-quotes", Code::FullWidthMark, "“答复内容”"),
        ("unknown-article", Code::UnknownArticle, "\"第三十条第五款\""),
        ("unknown-stage", Code::UnknownName, "recieved"),
        ("unclosed-brace", Code::UnclosedBrace, "{"),
        ("wrong-unit", Code::UnknownUnit, "workday"),
    ];
    for (name, code, marked) in cases {
        let text = fs::read_to_string(root().join("bad").join(format!("{name}.kdl"))).unwrap();
        let (faults, shown) = judge(&text, Lang::En);
        assert_eq!(faults[0].code, code, "{shown}");
        assert_eq!(&text[faults[0].labels[0].span.clone()], marked, "{shown}");
    }
}
