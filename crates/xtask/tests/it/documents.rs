//! Documents: what they name is there.

use crate::house::{files, none, root, text};

/// Made by running something, or by cargo itself.
const MADE: [&str; 6] =
    ["target", "yifa-data", "node_modules", "bench/results.md", "Cargo.toml", "Cargo.lock"];

fn documents() -> Vec<String> {
    let mut found = files("docs", &[".md"]);
    for name in ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "GLOSSARY.md", "CHANGELOG.md"] {
        found.push(name.to_owned());
    }
    found
}

/// What stands between backticks in a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-*".contains(c));
    let ends =
        [".md", ".rs", ".kdl", ".toml", ".mjs", ".csv", ".xlsx", ".txt", ".tsv", ".sql", ".ftl", ".yml"];
    let relative = !word.starts_with(['/', '*', '.', '-']) && !word.contains("..");
    plain && relative && (word.contains('/') || ends.iter().any(|it| word.ends_with(it)))
}

#[test]
fn paths_that_documents_name_are_there() {
    let mut wrong = Vec::new();
    for path in documents() {
        for (number, line) in text(&path).lines().enumerate() {
            for word in quoted(line).filter(|it| is_path(it)) {
                let stem = word.split('*').next().unwrap_or(word).trim_end_matches('/');
                let made = MADE.iter().any(|it| stem.starts_with(it));
                if !made && !root().join(stem).exists() {
                    wrong.push(format!("{path}:{} {word}", number + 1));
                }
            }
        }
    }
    none("paths that are not there", &wrong);
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut wrong = Vec::new();
    for path in documents() {
        let folder = root().join(&path).parent().unwrap().to_owned();
        for part in text(&path).split("](").skip(1).filter_map(|it| it.split(')').next()) {
            let target = part.split('#').next().unwrap_or(part);
            if !target.is_empty() && !target.contains("://") && !folder.join(target).exists() {
                wrong.push(format!("{path}: {target}"));
            }
        }
    }
    none("links that lead nowhere", &wrong);
}

#[test]
fn chores_that_documents_name_exist() {
    let verbs = text("crates/xtask/src/main.rs");
    let mut wrong = Vec::new();
    for path in documents() {
        for part in text(&path).split("cargo xtask ").skip(1) {
            let verb: String = part.chars().take_while(char::is_ascii_lowercase).collect();
            if !verb.is_empty() && !verbs.contains(&format!("(\"{verb}\",")) {
                wrong.push(format!("{path}: cargo xtask {verb}"));
            }
        }
    }
    none("chores that there are not", &wrong);
}

#[test]
fn verbs_of_the_program_that_documents_name_exist() {
    let help = text("crates/cli/tests/it/help/en.txt");
    let mut wrong = Vec::new();
    for path in documents() {
        for line in text(&path).lines() {
            let shown = line.strip_prefix("$ ").into_iter();
            for command in quoted(line).chain(shown).filter_map(|it| it.strip_prefix("yifa ")) {
                let verb = command.split(' ').next().unwrap_or_default();
                if !verb.starts_with('-') && !help.contains(&format!("$ yifa {verb} ")) {
                    wrong.push(format!("{path}: yifa {command}"));
                }
            }
        }
    }
    none("verbs that there are not", &wrong);
}

#[test]
fn every_code_of_a_fault_and_ground_of_a_refusal_is_explained() {
    let mut missing = Vec::new();
    for (source, page, mark) in [
        ("crates/law/src/fault.rs", "docs/codes/faults.md", " = \""),
        ("crates/engine/src/refusal.rs", "docs/codes/refusals.md", " => \""),
    ] {
        let (source, page) = (text(source), text(page));
        let codes = source.lines().filter_map(|it| Some(it.trim().strip_suffix("\",")?.split_once(mark)?.1));
        let explained =
            |it: &&str| !page.contains(&format!("## {it}\n")) && !page.contains(&format!("**{it}**"));
        missing.extend(codes.filter(explained).map(str::to_owned));
    }
    none("codes that no page explains", &missing);
}
