//! Counts every row of `vectors.md` and compares; each row's derivation must lead to its date too.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use calendar::{Calendar, Date, DateTime, Due, Length, Pause, Time};
use common::date;

/// One row of a table: its cells by place.
struct Row<'a> {
    cells: Vec<&'a str>,
}

fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    let tables = text.lines().filter(|line| line.starts_with('|'));
    let rows = tables.map(|line| Row { cells: line.split('|').map(str::trim).collect() });
    rows.filter(|row| !row.cells[1].starts_with("--") && row.cells[1] != "#")
}

fn moment(text: &str) -> DateTime {
    text.parse().unwrap_or_else(|_| date(text).into())
}

fn length(text: &str) -> Length {
    let (count, unit) = text.split_once(' ').unwrap();
    Length { count: count.parse().unwrap(), unit: unit.parse().unwrap() }
}

fn pause(text: &str) -> Pause {
    let (from, to) = text.split_once("..").unwrap();
    Pause { from: date(from), to: (to != "open").then(|| date(to)) }
}

/// The plain count and the one with its derivation.
fn count(calendar: &Calendar, row: &Row<'_>) -> [Due; 2] {
    let (start, length_of) = (moment(row.cells[2]), length(row.cells[3]));
    let (mut pauses, mut extensions, mut back) = (vec![], vec![], None);
    for word in row.cells[4].split(',').map(str::trim).filter(|word| !word.is_empty()) {
        match word.split_once(' ') {
            Some(("pause", days)) => pauses.push(pause(days)),
            Some(("extend", more)) => extensions.push(length(more)),
            Some(("before", "loose")) => back = Some(true),
            None if word == "before" => back = Some(false),
            _ => panic!("no such word: {word}"),
        }
    }
    match back {
        Some(loose) => [
            calendar.before(start, length_of, loose).unwrap(),
            calendar.derive_before(start, length_of, loose).unwrap(),
        ],
        None => [
            calendar.due(start, length_of, &pauses, &extensions).unwrap(),
            calendar.derive(start, length_of, &pauses, &extensions).unwrap(),
        ],
    }
}

#[test]
fn every_row_ends_on_its_day() {
    let calendar = common::calendar();
    let mut wrong = Vec::new();
    let mut counted = 0;
    for row in rows(include_str!("vectors.md")) {
        counted += 1;
        let [due, derived] = count(&calendar, &row);
        let time = due.time.map(|time: Time| format!("T{:02}:{:02}", time.hour(), time.minute()));
        let found = format!("{}{}", due.due, time.unwrap_or_default());
        if (due.raw.to_string(), found.as_str()) != (row.cells[5].to_owned(), row.cells[6]) {
            wrong.push(format!("{}: raw {} due {found}", row.cells[1], due.raw));
        }
        assert_eq!(due, derived.brief(), "row {}", row.cells[1]);
        let again = derived.recompute_from_derivation();
        assert_eq!(again, Some((due.due, due.time)), "row {}: {derived:#?}", row.cells[1]);
        assert_eq!(due.provisional, None, "row {}", row.cells[1]);
        let rolled: (Date, bool) = (due.raw, due.due != due.raw);
        assert_eq!((due.raw, due.rolled), rolled);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(counted > 60, "only {counted} rows read");
}
