//! `yifa due` on every row of the calendar's table, and on what people mistype.

use serde_json::Value;

use crate::yifa::yifa;

/// The options of a row: cells are `#`, start, length, with, raw, due, note.
fn options(cells: &[&str]) -> Vec<String> {
    let (count, unit) = cells[3].split_once(' ').unwrap();
    let mut options: Vec<String> =
        ["due", "--json", "--from", cells[2], "--length", count, "--unit", unit].map(str::to_owned).into();
    for word in cells[4].split(',').map(str::trim).filter(|it| !it.is_empty()) {
        match word.split_once(' ') {
            Some(("pause", days)) => options.extend(["--pause".to_owned(), days.replace("open", "")]),
            Some(("extend", more)) => options.extend(["--extend".to_owned(), more.replace(' ', ":")]),
            Some(("before", "loose")) => options.extend(["--before", "--loose"].map(str::to_owned)),
            None if word == "before" => options.push("--before".to_owned()),
            _ => panic!("no such word: {word}"),
        }
    }
    options
}

#[test]
fn every_vector_comes_out_through_the_program() {
    let text = include_str!("../../../calendar/tests/vectors.md");
    let mut counted = 0;
    for line in text.lines().filter(|it| it.starts_with("| ") && !it.starts_with("| #")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let options = options(&cells);
        let ran = yifa(&options.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}");
        let json: Value = serde_json::from_str(&ran.out).unwrap();
        let found = (json["raw"].as_str().unwrap(), json["due"].as_str().unwrap());
        assert_eq!(found, (cells[5], cells[6]), "{line}");
        assert_eq!(json["rolled"], Value::Bool(cells[5] != &cells[6][..10]), "{line}");
        assert_eq!(json["provisional"], Value::Bool(false), "{line}");
        assert!(!json["derivation"].as_array().unwrap().is_empty(), "{line}");
        assert!(json["calendar"].as_str().unwrap().starts_with("2007-2026:"), "{line}");
        counted += 1;
    }
    assert!(counted > 60, "only {counted} rows");
}

#[test]
fn a_missing_notice_makes_the_date_provisional() {
    let ran = yifa(&["due", "--from", "2026-12-20", "--length", "20", "--unit", "working-day", "--json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&json["provisional"], &json["missing"]), (&Value::Bool(true), &serde_json::json!([2027])));
}

#[test]
fn what_cannot_be_counted_is_said_with_the_mend() {
    let cases: [(&[&str], &str); 9] = [
        (&["--from", "2026-02-30", "--length", "5", "--unit", "month"], "no day that exists"),
        (&["--from", "10.2.2026", "--length", "5", "--unit", "month"], "write 2026-02-10"),
        (&["--from", "2026-02-10", "--length", "-5", "--unit", "month"], "--length"),
        (&["--from", "2026-02-10", "--length", "five", "--unit", "month"], "no whole number"),
        (
            &["--from", "2026-02-10", "--length", "5", "--unit", "week"],
            "working-day, calendar-day, month, year, hour",
        ),
        (&["--from", "1999-02-10", "--length", "5", "--unit", "working-day"], "2007 to 2026"),
        (&["--from", "2026-02-10", "--length", "4000000000", "--unit", "year"], "too long"),
        (&["--from", "2026-02-10", "--length", "5", "--unit", "hour"], "T09:00"),
        (
            &["--from", "2026-02-10", "--length", "5", "--unit", "month", "--pause", "2026-03-01"],
            "2026-03-08..2026-03-18",
        ),
    ];
    for (options, says) in cases {
        let ran = yifa(&[["due", "--lang", "en"].as_slice(), options].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{options:?}");
        assert!(ran.err.contains(says), "{options:?}: {}", ran.err);
    }
}
