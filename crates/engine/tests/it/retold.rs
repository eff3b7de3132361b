//! What the checker shows to be wrong is done again on the engine with real days.

use std::fs;

use law::{Code, Sources};

use crate::shelf;

/// Every way through a broken procedure that its diagnosis tells can be gone, day by day, on the engine.
#[test]
fn the_ways_that_break_a_procedure_can_be_gone() {
    let law = shelf::law();
    let bad = shelf::root().join("bad");
    let mut retold = Vec::new();
    for file in fs::read_dir(bad).unwrap().map(|it| it.unwrap().path()) {
        if file.extension().is_none_or(|it| it != "kdl") {
            continue;
        }
        let mut sources = Sources::default();
        let index = "articles/reconsideration-law-2023.tsv";
        sources.add("example/pack.kdl", include_str!("../../../law/tests/it/example-pack.kdl"));
        sources.add(index, fs::read_to_string(shelf::root().join(index)).unwrap());
        sources.add("example/broken/2024-01-01.kdl", fs::read_to_string(&file).unwrap());
        let (_, faults) = law::read(&sources);
        for (code, trail) in faults.iter().filter_map(|it| Some((it.code, it.trail.as_ref()?))) {
            if trail.scope.is_some() {
                continue;
            }
            let days = engine::retell(trail, &law.calendar);
            let days = days.unwrap_or_else(|| panic!("{}: {:?}", file.display(), trail.steps));
            assert_eq!(days.len(), trail.steps.len());
            assert!(days.is_sorted());
            retold.push(code);
        }
    }
    let of = |code| retold.iter().filter(|it| **it == code).count();
    assert!(of(Code::RuleBroken) >= 7 && of(Code::ClockNeverStops) >= 3, "{retold:?}");
    assert!(
        of(Code::NoOutcome) >= 1 && of(Code::DeadEnd) >= 1 && of(Code::ExpiryActUnlawful) >= 1,
        "{retold:?}"
    );
}
