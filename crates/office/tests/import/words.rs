//! Words of the import: every message that the code says exists in both languages.

use std::{fs, path::Path};

use law::Lang;
use office::words::house;

#[test]
fn every_message_exists_in_both_languages_and_differs() {
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources: Vec<_> =
        fs::read_dir(room.join("src/import")).unwrap().map(|it| it.unwrap().path()).collect();
    sources.push(room.join("src/figure.rs"));
    let mut said = std::collections::BTreeSet::new();
    for path in sources {
        let text = fs::read_to_string(path).unwrap();
        let ids = text.split('"').skip(1).step_by(2).filter(|it| {
            (it.starts_with("import-") || it.starts_with("report-")) && !it.contains([' ', ':'])
        });
        said.extend(ids.map(str::to_owned));
    }
    let kept = ["import-batch", "import-file", "import-row", "import-open"];
    said.retain(|it| !kept.contains(&it.as_str()));
    assert!(said.len() > 50, "{}", said.len());
    for id in &said {
        let (zh, en) = (house(Lang::Zh), house(Lang::En));
        assert!(zh.has(id) && en.has(id), "{id}");
        assert_ne!(zh.say(id), en.say(id), "{id}");
    }
    let file = |name| fs::read_to_string(room.join("messages").join(name)).unwrap();
    let ids = |text: &str| {
        let lines = text.lines().filter_map(|it| it.split_once(" = "));
        lines.map(|it| it.0.to_owned()).collect::<Vec<_>>()
    };
    let (zh, en) = (file("import.zh.ftl"), file("import.en.ftl"));
    assert_eq!(ids(&zh), ids(&en));
    for id in ids(&zh) {
        assert!(said.contains(&id), "{id} is never said");
    }
    assert!(!en.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it)), "Chinese among the English");
}
