//! The files of `law/calendar` against their sources: the table of all days, the counts of each
//! month, and the check sums of the time file. Sources outside the repository are compared where
//! they are present.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use calendar::{Calendar, Date, DayKind};
use std::collections::BTreeMap;
use std::fs;

fn source(name: &str) -> Option<String> {
    let path = common::folder("../../../shared/data/holidays").join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {} is absent", path.display());
    }
    text
}

fn year_of(calendar: &Calendar, year: i16) -> u32 {
    (1..=12).map(|month| calendar.working_days_in(year, month)).sum()
}

#[test]
fn years_have_their_working_days() {
    let calendar = common::calendar();
    let sums = [
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ];
    for (year, days) in sums {
        assert_eq!(year_of(&calendar, year), days, "{year}");
    }
    assert_eq!(calendar.years(), Some((2007, 2026)));
}

#[test]
fn months_have_their_working_days() {
    let Some(text) = source("workdays_per_month.csv") else {
        return;
    };
    let calendar = common::calendar();
    let mut months = 0;
    for line in text.lines().skip(1) {
        let cells: Vec<i16> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        let month = i8::try_from(cells[1]).unwrap();
        let found = calendar.working_days_in(cells[0], month);
        assert_eq!(found, u32::try_from(cells[3]).unwrap(), "{line}");
        months += 1;
    }
    assert_eq!(months, 240);
}

#[test]
fn days_are_as_in_the_table() {
    let Some(text) = source("cn_holidays_2007_2026.csv") else {
        return;
    };
    let calendar = common::calendar();
    let mut named = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        named.insert(common::date(cells[0]), (cells[1] == "workday", cells[4] == "Y"));
    }
    let mut day = Date::constant(2007, 1, 1);
    while day.year() < 2027 {
        let weekend = day.weekday().to_monday_one_offset() > 5;
        // Rows of other sources name plain weekends beside a holiday; no notice does.
        let expected = match (named.get(&day), weekend) {
            (Some((true, _)), true) => DayKind::AdjustedWorkday,
            (Some((false, true)), _) => DayKind::Holiday,
            (_, true) => DayKind::Weekend,
            (_, false) => DayKind::Workday,
        };
        assert_eq!(calendar.kind(day), expected, "{day}");
        assert!(
            !named.contains_key(&day) || weekend || !calendar.is_working(day) || {
                day == Date::constant(2020, 2, 3)
            }
        );
        day = day.tomorrow().unwrap();
    }
}

#[test]
fn every_notice_has_papers_and_days_near_its_year() {
    for notice in common::notices() {
        assert!(!notice.papers.is_empty(), "{}", notice.year);
        for date in notice.off.keys().chain(notice.work.keys()) {
            let turn = date.year() == notice.year - 1 && date.month() == 12 && date.day() >= 29;
            assert!(date.year() == notice.year || turn, "{date}");
        }
        for date in notice.work.keys() {
            assert!(date.weekday().to_monday_one_offset() > 5, "{date} is no weekend day");
            assert!(!notice.off.contains_key(date), "{date} is both");
        }
    }
}
