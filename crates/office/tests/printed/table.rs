//! Every printed figure: computed and equal, or a verdict with its reason.

use std::{fs, path::Path};

use crate::places::{Folder, places};

#[test]
#[expect(clippy::disallowed_methods, reason = "a test asks whether to rewrite its snapshot")]
fn every_printed_figure_is_computed_or_judged() {
    let mut told = String::new();
    for place in places() {
        let folder = Folder::new(&place.code.to_string());
        let office = place.office(&folder);
        let found = office.check_printed(&place.code, place.year, &place.claims()).unwrap().unwrap();
        told.push_str(&format!("# {} {}\n", place.code, place.year));
        for it in found {
            let reasons: Vec<&str> = it.reasons.iter().map(|it| it.zh.as_str()).collect();
            let computed = it.computed.unwrap_or_default();
            told.push_str(&format!(
                "{} {} | {} | {} | {} | {}\n",
                it.claim,
                it.locator,
                it.printed.zh,
                computed,
                it.finding.zh,
                reasons.join("；")
            ));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/printed/verdicts.txt");
    if std::env::var("UPDATE").is_ok_and(|it| it == "1") {
        fs::write(&path, &told).unwrap();
    }
    println!("{told}");
    assert_eq!(told, fs::read_to_string(&path).unwrap_or_default());
}
