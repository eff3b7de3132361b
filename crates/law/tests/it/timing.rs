//! How long reading takes; printed, and bounded loosely enough for a busy machine.

use std::time::{Duration, Instant};

use crate::shelf;

const PROCEDURE: &str = "ordinary-reconsideration/2024-01-01.kdl";

#[test]
fn reading_is_quick() {
    let sources = shelf::real();
    let once = |sources: &law::Sources| {
        let start = Instant::now();
        let (law, _) = law::read(sources);
        assert!(law.is_some());
        start.elapsed()
    };
    let all = (0..5).map(|_| once(&sources)).min().unwrap();
    let start = Instant::now();
    law::read_calendar(&sources).unwrap();
    let calendar = start.elapsed();
    let mut one = sources.clone();
    let newest = |file: &law::SourceFile| {
        let path = &file.path;
        let beside = path.ends_with("/pack.kdl") || path.ends_with(".tsv") || path.starts_with("common/");
        beside || path.ends_with(PROCEDURE) || shelf::is_paper(file)
    };
    one.files.retain(newest);
    let one = (0..5).map(|_| once(&one)).min().unwrap();
    println!("all packs {all:?}, one procedure {one:?}, calendar alone {calendar:?}");
    assert!(all < Duration::from_secs(2));
}
