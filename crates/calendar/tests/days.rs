//! What a calendar knows and does not: kinds of days, regions, new notices, missing years,
//! refusals.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use calendar::{
    Calendar, CountError, Date, DayKind, Due, Length, Overlay, Pause, Provisional, Step, StepKind, Unit,
    YearNotice,
};
use common::date;
use std::collections::BTreeMap;

fn days(count: u32, unit: Unit) -> Length {
    Length { count, unit }
}

fn notice_of_2027() -> YearNotice {
    let off = ["2026-12-31", "2027-01-01", "2027-01-02"];
    YearNotice {
        year: 2027,
        papers: vec!["drill".to_owned()],
        off: off.into_iter().map(|day| (date(day), "元旦".to_owned())).collect(),
        work: [(date("2027-01-03"), "元旦".to_owned())].into(),
    }
}

fn overlay(region: &str, off: &str, work: Option<&str>) -> Overlay {
    let named = |day: &str| (date(day), format!("holiday of {region}"));
    Overlay {
        region: region.to_owned(),
        off: [named(off)].into(),
        work: work.into_iter().map(named).collect(),
    }
}

#[test]
fn a_day_has_a_kind_and_a_name() {
    let calendar = common::calendar();
    let cases = [
        ("2026-02-13", DayKind::Workday, None),
        ("2026-02-14", DayKind::AdjustedWorkday, Some("春节")),
        ("2026-02-15", DayKind::Holiday, Some("春节")),
        ("2026-03-01", DayKind::Weekend, None),
        ("2018-12-31", DayKind::Holiday, Some("元旦")),
        ("2020-02-03", DayKind::Workday, None),
        ("2027-02-06", DayKind::Weekend, None),
        ("2006-12-29", DayKind::Workday, None),
    ];
    for (day, kind, name) in cases {
        assert_eq!((calendar.kind(date(day)), calendar.name(date(day))), (kind, name), "{day}");
    }
    assert!(calendar.knows(2026) && !calendar.knows(2027));
    assert_eq!(calendar.working_days_in(2026, 13), 0);
    assert_eq!(calendar.notice(2026).map(|notice| notice.papers.len()), Some(1));
}

#[test]
fn what_is_left_is_told_in_the_unit_of_the_limit() {
    let calendar = common::calendar();
    let left = |today, due, unit| calendar.days_left(date(today), date(due), unit);
    assert_eq!(left("2026-09-24", "2026-10-12", Unit::WorkingDay), 7);
    assert_eq!(left("2026-10-12", "2026-09-24", Unit::WorkingDay), -7);
    assert_eq!(left("2026-10-08", "2026-10-08", Unit::WorkingDay), 0);
    assert_eq!(left("2026-09-24", "2026-10-12", Unit::CalendarDay), 18);
    assert_eq!(left("2026-09-24", "2026-09-23", Unit::Month), -1);
    assert_eq!(left("2026-09-24", "2026-09-25", Unit::Hour), 24);
    assert_eq!(calendar.working_days_between(date("2026-02-13"), date("2026-02-14")), 1);
}

#[test]
fn a_region_adds_its_holidays_the_narrower_after_the_wider() {
    let plain = common::calendar();
    let calendar = plain.clone().with_overlays(vec![
        overlay("540100", "2026-08-13", Some("2026-08-12")),
        overlay("54", "2026-08-12", None),
        overlay("150000", "2026-07-13", None),
    ]);
    assert_eq!(calendar.version(), plain.version());
    assert!(calendar.is_working(date("2026-08-12")));
    let tibet = calendar.for_region("540000");
    assert_eq!(tibet.kind(date("2026-08-12")), DayKind::Holiday);
    assert!(tibet.is_working(date("2026-08-13")) && tibet.is_working(date("2026-07-13")));
    let lhasa = tibet.for_region("540102");
    assert!(lhasa.is_working(date("2026-08-12")) && !lhasa.is_working(date("2026-08-13")));
    assert_ne!(tibet.version(), lhasa.version());
    assert_eq!(calendar.for_region("110000").version(), plain.version());
    let due = tibet.due(date("2026-08-11"), days(1, Unit::WorkingDay), &[], &[]).unwrap();
    assert_eq!(due.due, date("2026-08-13"));
}

#[test]
fn a_year_without_notice_makes_a_date_provisional_until_it_comes() {
    let calendar = common::calendar();
    let twenty = days(20, Unit::WorkingDay);
    let before = calendar.derive(date("2026-12-18"), twenty, &[], &[]).unwrap();
    assert_eq!(before.due, date("2027-01-15"));
    assert_eq!(before.provisional, Some(Provisional { missing: vec![2027] }));
    let last = before.derivation.last().unwrap();
    assert_eq!((last.kind, last.from), (StepKind::Provisional, date("2027-01-01")));

    let later = calendar.install(notice_of_2027());
    let after = later.due(date("2026-12-18"), twenty, &[], &[]).unwrap();
    assert_eq!((after.due, after.provisional), (date("2027-01-18"), None));
    assert_ne!(calendar.version(), later.version());
    assert_eq!(later.install(notice_of_2027()).version(), later.version());
    assert!(calendar.is_working(date("2026-12-31")), "the calendar before stays as it was");
}

#[test]
fn the_last_days_of_december_await_the_next_notice() {
    let calendar = common::calendar();
    let count = |start: &str, length| calendar.due(date(start), length, &[], &[]).unwrap();
    assert_eq!(count("2026-12-21", days(5, Unit::WorkingDay)).provisional, None);
    let due = count("2026-12-21", days(8, Unit::WorkingDay));
    assert_eq!(due.due, date("2026-12-31"));
    assert_eq!(due.provisional, Some(Provisional { missing: vec![2027] }));
    assert_eq!(count("2025-12-21", days(8, Unit::WorkingDay)).provisional, None);
    // Only the last day of a limit in calendar days depends on a notice.
    assert_eq!(count("2026-12-30", days(1, Unit::Year)).provisional.unwrap().missing, [2027, 2028]);
    assert_eq!(count("2026-01-30", days(2, Unit::Year)).provisional.unwrap().missing, [2028]);
    // Counted back, the event may lie ahead of the notices.
    let back = calendar.before(date("2027-01-06"), days(7, Unit::WorkingDay), false).unwrap();
    assert_eq!(back.provisional, Some(Provisional { missing: vec![2027] }));
}

#[test]
fn a_gap_between_notices_is_seen() {
    let mut notices = common::notices();
    notices.retain(|notice| notice.year != 2025);
    let calendar = Calendar::new(notices);
    let due = calendar.due(date("2024-12-20"), days(300, Unit::WorkingDay), &[], &[]).unwrap();
    assert_eq!(due.provisional, Some(Provisional { missing: vec![2025] }));
    let refused = calendar.due(date("2025-03-03"), days(5, Unit::WorkingDay), &[], &[]);
    assert_eq!(refused, Err(CountError::YearUnknown { year: 2025, first: 2007, last: 2026 }));
}

#[test]
fn what_cannot_be_counted_is_refused_with_words() {
    let calendar = common::calendar();
    let five = days(5, Unit::WorkingDay);
    let unknown = |year| CountError::YearUnknown { year, first: 2007, last: 2026 };
    assert_eq!(calendar.due(date("2006-12-29"), five, &[], &[]), Err(unknown(2006)));
    assert_eq!(calendar.due(date("2027-01-04"), five, &[], &[]), Err(unknown(2027)));
    assert_eq!(calendar.before(date("2006-12-29"), five, true), Err(unknown(2006)));
    assert_eq!(calendar.before(date("2007-01-05"), five, true), Err(unknown(2006)));
    assert_eq!(
        unknown(2027).to_string(),
        "the working days of 2027 are unknown: its holiday notice is not installed \
         (first 2007, last 2026)"
    );
    let empty = Calendar::new(vec![]);
    let none = CountError::YearUnknown { year: 2026, first: 0, last: 0 };
    assert_eq!(empty.due(date("2026-01-05"), five, &[], &[]), Err(none.clone()));
    assert_eq!(empty.before(date("2026-01-05"), five, true), Err(none.clone()));
    assert!(none.to_string().ends_with("no holiday notice is installed"));
    assert_eq!(empty.years(), None);
    assert!(empty.version().starts_with("none:"));
    assert_eq!(empty.kind(date("2026-01-01")), DayKind::Workday);

    let start = date("2026-03-02");
    let more = [days(3, Unit::Hour)];
    let refused = calendar.due(start, five, &[], &more).unwrap_err();
    assert_eq!(refused.to_string(), "a limit of 5 working-day cannot be extended by 3 hours");
    let far = days(u32::MAX, Unit::Year);
    let refused = calendar.due(start, far, &[], &[]).unwrap_err();
    assert_eq!(refused, CountError::TooLong { start, length: far });
    assert!(refused.to_string().contains("4294967295 year counted from 2026-03-02"));
    let word = "week".parse::<Unit>().unwrap_err();
    assert!(word.to_string().starts_with("\"week\" is no unit of time; the units are working-day"));
}

#[test]
fn a_derivation_reads_like_the_count() {
    let calendar = common::calendar();
    let pauses = [Pause { from: date("2026-02-25"), to: Some(date("2026-03-02")) }];
    let due = calendar.derive(date("2026-02-12"), days(4, Unit::WorkingDay), &pauses, &[]).unwrap();
    let read = |step: &Step| {
        let name = step.name.as_deref().unwrap_or("-");
        format!("{} {} {} {} {name}", step.key(), step.from, step.to, step.days)
    };
    let lines: Vec<String> = due.derivation.iter().map(read).collect();
    let expected = [
        "step-start 2026-02-12 2026-02-12 0 -",
        "step-counted 2026-02-13 2026-02-13 1 -",
        "step-adjusted-workday 2026-02-14 2026-02-14 1 春节",
        "step-holiday 2026-02-15 2026-02-23 0 春节",
        "step-counted 2026-02-24 2026-02-25 2 -",
        "step-raw-end 2026-02-25 2026-02-25 0 -",
    ];
    assert_eq!(lines[..5], expected[..5]);
    // Suspended on the last day: the limit ends as the pause ends.
    assert_eq!(lines[5], "step-paused 2026-02-26 2026-03-02 0 -");
    assert_eq!(lines[6], "step-raw-end 2026-03-02 2026-03-02 0 -");
    let plain = calendar.derive(date("2026-02-12"), days(4, Unit::WorkingDay), &[], &[]).unwrap();
    assert_eq!(plain.derivation.iter().map(read).collect::<Vec<_>>(), expected);
}

#[test]
fn a_derivation_that_was_altered_does_not_add_up() {
    let calendar = common::calendar();
    let due = calendar.derive(date("2026-09-16"), days(15, Unit::CalendarDay), &[], &[]).unwrap();
    assert_eq!(due.recompute_from_derivation(), Some((due.due, None)));
    let spoilt = |change: &dyn Fn(&mut Due)| {
        let mut copy = due.clone();
        change(&mut copy);
        copy.recompute_from_derivation()
    };
    assert_eq!(spoilt(&|due| due.derivation[1].days += 1), None);
    assert_eq!(spoilt(&|due| due.derivation[1].from = due.derivation[1].to), None);
    assert_eq!(spoilt(&|due| due.derivation.swap(0, 1)), None);
    assert_eq!(spoilt(&|due| due.derivation[0].to = Date::constant(2026, 9, 15)), None);
    assert_eq!(due.brief().recompute_from_derivation(), None);
}

#[test]
fn a_notice_may_be_bound_twice_and_the_later_holds() {
    let mut changed = notice_of_2027();
    changed.off = BTreeMap::new();
    changed.work = BTreeMap::new();
    let calendar = Calendar::new(vec![notice_of_2027(), changed]);
    assert!(calendar.is_working(date("2027-01-01")));
}
