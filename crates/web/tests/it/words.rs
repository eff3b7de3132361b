//! Every message that a page says exists in both languages and differs between them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

fn messages(lang: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages");
    let mut all = BTreeMap::new();
    for name in [format!("{lang}.ftl"), format!("work.{lang}.ftl")] {
        for line in fs::read_to_string(folder.join(&name)).unwrap().lines() {
            let Some((id, text)) = line.split_once(" = ") else { continue };
            assert!(all.insert(id.to_owned(), text.to_owned()).is_none(), "{id} twice in {name}");
        }
    }
    all
}

fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn both_languages_say_the_same_things() {
    let (zh, en) = (messages("zh"), messages("en"));
    let single = |id: &String| !id.ends_with("-one");
    let ids =
        |all: &BTreeMap<String, String>| all.keys().filter(|it| single(it)).cloned().collect::<BTreeSet<_>>();
    assert_eq!(ids(&zh), ids(&en));
    let same: Vec<_> = zh.iter().filter(|(id, text)| en.get(*id) == Some(text)).map(|it| it.0).collect();
    let units = ["size-kb"];
    assert!(same.iter().all(|it| units.contains(&it.as_str())), "said alike in both: {same:?}");
    for (id, text) in &en {
        assert!(!text.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it)), "{id}");
    }
}

#[test]
fn what_pages_say_exists() {
    let zh = messages("zh");
    let house = office::words::house(law::Lang::En);
    let mut all = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let mut missing = Vec::new();
    for call in [".say(\"", ".with(\"", ".count(\"", "(head(\"", "t.with(\n            \""] {
        for (_, id) in all.match_indices(call).map(|(at, it)| (at, &all[at + it.len()..])) {
            let id = id.split('"').next().unwrap();
            if !zh.contains_key(id) && !house.has(id) {
                missing.push(id.to_owned());
            }
        }
    }
    for unit in calendar::Unit::ALL {
        for stem in ["length", "length-set", "length-said", "left", "over", "due-unit"] {
            let id = format!("{stem}-{unit}");
            if !zh.contains_key(&id) {
                missing.push(id);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
