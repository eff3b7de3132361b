//! An office from its making to its report, by commands alone.

use std::fs;

use serde_json::Value;

use crate::yifa::{Folder, Ran, root, yifa, yifa_in};

fn says(ran: &Ran, code: i32, words: &str) {
    assert!(
        ran.code == code && (ran.out.contains(words) || ran.err.contains(words)),
        "{} {}{}",
        ran.code,
        ran.out,
        ran.err
    );
}

#[test]
fn the_built_in_law_is_sound_and_shown() {
    says(&yifa(&["law", "check", "--lang", "en"]), 0, "0 errors");
    says(&yifa(&["law", "check", "--law", "law", "--lang", "en"]), 0, "0 errors");
    says(&yifa(&["law", "check", "--law", "no-such-folder"]), 2, "no-such-folder");
    says(&yifa(&["law", "scenarios", "--lang", "en"]), 0, "0 files that differ");
    says(&yifa(&["law", "show", "no-such-procedure", "--lang", "en"]), 2, "there are: ");
    let folder = Folder::new("articles");
    fs::write(folder.path().join("one.md"), "# A\n\n\u{7b2c}\u{4e00}\u{6761} x\n").unwrap();
    says(&yifa_in(folder.path(), &["law", "articles", ".", "--out", "out", "--lang", "en"]), 0, "1 articles");
}

#[test]
fn who_stops_reading_ends_the_command_quietly() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_yifa"));
    let mut child = command
        .args(["law", "check", "--lang", "en"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap().as_str()), (Some(141), ""));
}

#[test]
fn what_is_missing_is_said_with_what_to_run() {
    let folder = Folder::new("missing");
    let verbs: [&[&str]; 4] = [
        &["ledger", "verify"],
        &["ledger", "rebuild"],
        &["serve"],
        &["report", "--jurisdiction", "500105", "--year", "2023"],
    ];
    for verb in verbs {
        says(&yifa_in(folder.path(), verb), 2, "yifa demo --data yifa-data");
    }
    says(&yifa_in(folder.path(), &["import", "no.csv", "--jurisdiction", "500105"]), 2, "no.csv");
    says(&yifa_in(folder.path(), &["import"]), 2, "--template --out");
}

#[test]
fn a_real_office_is_made_imported_into_verified_and_reported() {
    let folder = Folder::new("office");
    fs::write(folder.path().join("office.kdl"), OFFICE).unwrap();
    says(&yifa_in(folder.path(), &["init", "--from", "office.kdl"]), 0, "yifa serve --data yifa-data");

    let file = root().join("examples/import/500105-2023.csv");
    let import = ["import", file.to_str().unwrap(), "--jurisdiction", "500105", "--lang", "en"];
    says(&yifa_in(folder.path(), &[import.as_slice(), &["--dry-run"]].concat()), 0, "169 rows");
    assert_eq!(year(&folder)[0], "0");
    says(&yifa_in(folder.path(), &import), 0, "169 cases brought in");
    says(&yifa_in(folder.path(), &import), 0, "0 cases brought in, 169 brought in before");
    assert_eq!(year(&folder), ["169", "15", "84", "62", "8", "37", "25", "12", "4", "6"]);

    says(&yifa_in(folder.path(), &["ledger", "verify", "--lang", "en"]), 0, "The ledger fits");
    says(&yifa_in(folder.path(), &["ledger", "rebuild", "--lang", "en"]), 0, "Every view is the same");
    says(&yifa_in(folder.path(), &["report", "--jurisdiction", "110000", "--year", "2023"]), 2, "500105");
}

const OFFICE: &str = r#"
office "500105" "P" en="Q" {
    organ "R" en="S"
    person first "T" { post reconsideration-handler; }
}
"#;

/// The first ten figures of the report of 2023.
fn year(folder: &Folder) -> Vec<String> {
    let ran =
        yifa_in(folder.path(), &["report", "--jurisdiction", "500105", "--year", "2023", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let value = |it: &Value| it["value"].as_str().unwrap_or("-").to_owned();
    json["figures"].as_array().unwrap().iter().take(10).map(value).collect()
}
