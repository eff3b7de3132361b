//! Every package that is linked has a licence that lets an office use and pass on the program.

use crate::house::{metadata, none, text};

const PERMISSIVE: [&str; 15] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "0BSD",
    "CC0-1.0",
    "Unlicense",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
];

/// Whether one may choose permissive licences only: a sum of products, with brackets.
fn permits(licence: &str) -> bool {
    let licence = licence.replace('/', " OR ");
    let parts = split(&licence, " OR ");
    if parts.len() > 1 {
        return parts.iter().any(|it| permits(it));
    }
    let parts = split(&licence, " AND ");
    if parts.len() > 1 {
        return parts.iter().all(|it| permits(it));
    }
    let one = licence.trim();
    match one.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inner) => permits(inner),
        None => PERMISSIVE.contains(&one),
    }
}

/// Splits at a word outside brackets.
fn split<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 && at >= start && text[at..].starts_with(word) {
            parts.push(&text[start..at]);
            start = at + word.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

#[test]
fn expressions_are_understood() {
    for good in
        ["MIT", "MIT/Apache-2.0", "(MIT OR GPL-3.0) AND Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(permits(good), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-2.0-only", "LGPL-3.0 OR MPL-2.0", ""] {
        assert!(!permits(bad), "{bad}");
    }
}

#[test]
fn every_package_is_permissive() {
    let metadata = metadata(&["--locked"]);
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let licence = package["license"].as_str().unwrap_or_default();
        if !permits(licence) {
            wrong.push(format!("{} {}: {licence:?}", package["name"], package["version"]));
        }
    }
    none("licences that are not on the list", &wrong);
}

#[test]
fn packages_of_the_browser_tests_are_free_and_name_no_host() {
    let lock = text("tests/browser/package-lock.json");
    let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
    for (name, package) in lock["packages"].as_object().unwrap() {
        assert!(package["resolved"].is_null(), "{name} names the host it came from");
        let licence = package["license"].as_str().unwrap_or("Apache-2.0");
        assert!(["Apache-2.0", "MPL-2.0", "MIT"].contains(&licence), "{name}: {licence}");
    }
}
