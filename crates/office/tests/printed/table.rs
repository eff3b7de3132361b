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

#[test]
fn that_a_report_rounds_is_said_only_where_it_is_seen() {
    let place = places().into_iter().find(|it| it.code.as_str() == "500154").unwrap();
    let folder = Folder::new("cut");
    let office = place.office(&folder);
    let whole = String::from_utf8(place.claims()).unwrap();
    // The change of a rate that only cutting gives, without the shares around it.
    let alone: Vec<&str> =
        whole.lines().filter(|it| it.contains("claim,") || it.starts_with("F0050,")).collect();
    let said = |file: &str| {
        let found = office.check_printed(&place.code, place.year, file.as_bytes()).unwrap().unwrap();
        let claim = found.into_iter().find(|it| it.claim == "F0050").unwrap();
        claim.reasons.into_iter().next().unwrap().en
    };
    assert_eq!(said(&whole), "decimals cut off would give it, but this report rounds elsewhere");
    assert_eq!(said(&alone.join("\n")), "decimals cut off would give it, rounding does not");
}
