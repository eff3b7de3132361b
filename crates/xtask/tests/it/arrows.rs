//! The arrows between crates are those that ARCHITECTURE.md lists.

use std::collections::BTreeMap;

use crate::house::{metadata, text};

/// The lines `crate -> crate, crate` of the block that is marked so.
fn told() -> BTreeMap<String, Vec<String>> {
    let document = text("ARCHITECTURE.md");
    let block = document.split("```arrows\n").nth(1).and_then(|it| it.split("```").next());
    let lines = block.expect("a block ```arrows in ARCHITECTURE.md").lines();
    lines
        .map(|line| {
            let (from, to) = line.split_once("->").unwrap_or_else(|| panic!("no arrow: {line}"));
            let to = to.split(',').map(str::trim).filter(|it| !it.is_empty());
            (from.trim().to_owned(), to.map(str::to_owned).collect())
        })
        .collect()
}

fn found() -> BTreeMap<String, Vec<String>> {
    let metadata = metadata(&["--no-deps", "--offline"]);
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let ours = |it: &&serde_json::Value| it["path"].is_string() && it["kind"].is_null();
            let mut to: Vec<String> = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(ours)
                .map(|it| it["name"].as_str().unwrap().to_owned())
                .collect();
            to.sort();
            (package["name"].as_str().unwrap().to_owned(), to)
        })
        .collect()
}

#[test]
fn arrows_are_those_of_the_architecture() {
    assert_eq!(told(), found(), "left: ARCHITECTURE.md; right: the manifests");
}

#[test]
fn pure_rooms_have_no_door_outside() {
    let outside = ["tokio", "rusqlite", "axum", "getrandom", "office", "store", "web"];
    let metadata = metadata(&["--no-deps", "--offline"]);
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if ["calendar", "law", "engine", "blocks", "figures", "papers", "proofread"].contains(&name) {
            for it in package["dependencies"].as_array().unwrap() {
                let needs = it["name"].as_str().unwrap();
                assert!(!outside.contains(&needs) || it["kind"] == "dev", "{name} needs {needs}");
            }
        }
    }
}
