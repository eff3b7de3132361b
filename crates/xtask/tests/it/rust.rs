//! Rust files: how they begin, how long they and their functions are, what may not stand in them.

use crate::{
    house::{files, is_han, none, text},
    source::{pieces, without_tests},
};

const FILE_LINES_MAX: usize = 600;
const FUNCTION_LINES_MAX: usize = 70;

fn sources() -> Vec<String> {
    files("crates", &[".rs"])
}

#[test]
fn every_file_says_which_room_it_is() {
    let wrong: Vec<String> = sources().into_iter().filter(|it| !text(it).starts_with("//! ")).collect();
    none("files that do not begin with `//!`", &wrong);
}

#[test]
fn no_file_is_longer_than_its_noun() {
    let long = |it: &String| text(it).lines().count() > FILE_LINES_MAX;
    none(
        "files over 600 lines: find the second noun",
        &sources().into_iter().filter(long).collect::<Vec<_>>(),
    );
}

#[test]
fn no_function_is_longer_than_a_page() {
    let mut wrong = Vec::new();
    for path in sources() {
        for (line, length) in functions(&pieces(&text(&path)).code) {
            if length > FUNCTION_LINES_MAX {
                wrong.push(format!("{path}:{line} has {length} lines"));
            }
        }
    }
    none("functions over 70 lines", &wrong);
}

/// First line and number of lines of every function with a body.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, i32)> = Vec::new();
    let (mut depth, mut head) = (0, None);
    for (number, line) in code.lines().enumerate() {
        if line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|it| it == "fn") && head.is_none() {
            head = Some(number);
        }
        for c in line.chars() {
            match c {
                '{' => {
                    if let Some(start) = head.take() {
                        open.push((start, depth));
                    }
                    depth += 1;
                }
                '}' => {
                    depth -= 1;
                    if open.last().is_some_and(|it| it.1 == depth) {
                        let (start, _) = open.pop().unwrap();
                        found.push((start + 1, number - start + 1));
                    }
                }
                ';' if depth == open.last().map_or(depth, |it| it.1 + 1) => head = None,
                _ => {}
            }
        }
    }
    found
}

#[test]
fn no_chinese_stands_in_strings_of_the_program() {
    let mut wrong = Vec::new();
    for path in sources().into_iter().filter(|it| it.contains("/src/")) {
        let whole = text(&path);
        for (number, line) in pieces(without_tests(&whole)).strings.lines().enumerate() {
            if line.chars().any(is_han) {
                wrong.push(format!("{path}:{}", number + 1));
            }
        }
    }
    none("Chinese in string literals: it belongs in message files or packs", &wrong);
}

#[test]
fn banned_words_do_not_occur() {
    let banned = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("#[ig", "nore"),
    ];
    let mut wrong = Vec::new();
    let mut paths = files("crates", &[".rs", ".js", ".css", ".ftl"]);
    paths.extend(files("law", &[".kdl"]));
    paths.extend(files("tests", &[".mjs"]));
    for path in paths {
        for (number, line) in text(&path).lines().enumerate() {
            wrong.extend(
                banned
                    .iter()
                    .filter(|it| line.contains(**it))
                    .map(|it| format!("{path}:{} {it}", number + 1)),
            );
        }
    }
    none("words that may not stand in code", &wrong);
}
