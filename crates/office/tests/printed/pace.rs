//! How long the figures of a year take over many events; printed, not asserted beyond what any machine keeps.

use std::{fs, time::Instant};

use crate::places::{Folder, examples, official, places};

#[test]
#[expect(clippy::disallowed_methods, reason = "a reader of the pace says how many years it brings in")]
fn the_figures_of_a_year_over_many_events() {
    let place = places().into_iter().find(|it| it.code.to_string() == "440113").unwrap();
    let folder = Folder::new("pace");
    let office = place.bare(&folder);
    let copies: usize = std::env::var("YIFA_COPIES").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
    for (file, procedure) in place.files() {
        let text = fs::read_to_string(examples("import").join(&file)).unwrap();
        let (head, rows) = text.split_once("\r\n").unwrap();
        for copy in 0..copies {
            let rows: Vec<String> = rows
                .lines()
                .map(|it| format!("{copy}-{}", it.replacen("行字第", &format!("行字第{copy}-"), 1)))
                .collect();
            place.bring(&office, &procedure, &file, format!("{head}\n{}\n", rows.join("\n")).as_bytes());
        }
    }
    let events = store::verify(office.store().dir(), crate::places::laws().watch(), &|_| {}).unwrap().events;
    for _ in 0..3 {
        let began = Instant::now();
        let figures = office.figures(&official(&place.code), place.year).unwrap().unwrap();
        let years = began.elapsed();
        office.report_years(&place.code).unwrap();
        println!(
            "{events} events: {} figures in {years:?}, with the years {:?}",
            figures.len(),
            began.elapsed()
        );
        assert!(years.as_secs() < 5);
    }
    let mut slow: Vec<(std::time::Duration, String)> = Vec::new();
    for indicator in office.laws().indicators() {
        let began = Instant::now();
        office.figure(&place.code, &indicator.key, place.year).unwrap();
        slow.push((began.elapsed(), indicator.key.to_string()));
    }
    slow.sort();
    slow.iter().rev().take(12).for_each(|it| println!("{:?} {}", it.0, it.1));
}
