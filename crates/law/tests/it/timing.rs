//! How long reading takes; printed, and bounded loosely enough for a busy machine.

use std::time::{Duration, Instant};

use crate::shelf;

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
    println!("all packs {all:?}, calendar alone {calendar:?}");
    assert!(all < Duration::from_secs(2));
}
