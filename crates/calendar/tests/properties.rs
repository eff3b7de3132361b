//! What must hold of every count: derivations lead to their date, order of pauses and extensions
//! does not matter, longer and later limits end later, a slow count by hand agrees, nothing panics.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use calendar::{Calendar, Date, DateTime, Length, Pause, Unit};
use proptest::prelude::*;
use std::sync::LazyLock;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(common::calendar);

fn day_after(start: Date, days: i64) -> Date {
    start.checked_add(jiff::Span::new().days(days)).unwrap()
}

fn a_day() -> impl Strategy<Value = Date> {
    a_day_from(0)
}

/// A day at least so many days into the known years.
fn a_day_from(first: i64) -> impl Strategy<Value = Date> {
    (first..7200).prop_map(|days| day_after(Date::constant(2007, 1, 1), days))
}

fn a_moment() -> impl Strategy<Value = DateTime> {
    (a_day(), 0i8..24, 0i8..60).prop_map(|(day, hour, minute)| day.at(hour, minute, 0, 0))
}

fn a_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(Unit::ALL.to_vec())
}

fn a_length() -> impl Strategy<Value = Length> {
    a_unit().prop_flat_map(|unit| {
        let most = match unit {
            Unit::Year => 6,
            Unit::Month => 40,
            Unit::WorkingDay | Unit::CalendarDay | Unit::Hour => 200,
        };
        (0u32..most).prop_map(move |count| Length { count, unit })
    })
}

/// Pauses near a start: some before it, some overlapping, some still open.
fn pauses_near(start: Date) -> impl Strategy<Value = Vec<Pause>> {
    let one = (-30i64..200, -3i64..60, 0..8).prop_map(move |(from, long, open)| Pause {
        from: day_after(start, from),
        to: (open > 0).then(|| day_after(start, from + long)),
    });
    prop::collection::vec(one, 0..5)
}

/// Extensions a limit of the unit may have.
fn extensions_of(unit: Unit) -> impl Strategy<Value = Vec<Length>> {
    let allowed = move |length: &Length| length.unit != Unit::Hour || unit == Unit::Hour;
    prop::collection::vec(a_length().prop_filter("hours extend hours", allowed), 0..4)
}

fn a_case() -> impl Strategy<Value = (DateTime, Length, Vec<Pause>, Vec<Length>)> {
    (a_moment(), a_length()).prop_flat_map(|(start, length)| {
        let (pauses, extensions) = (pauses_near(start.date()), extensions_of(length.unit));
        (Just(start), Just(length), pauses, extensions)
    })
}

fn paused(day: Date, pauses: &[Pause]) -> bool {
    pauses.iter().any(|pause| pause.to.is_some_and(|to| pause.from < day && day <= to))
}

/// Counts days one by one with the public questions only: the end before settling.
fn count_by_hand(start: Date, length: Length, pauses: &[Pause]) -> Date {
    let (mut day, mut left) = (start, length.count);
    while left > 0 {
        day = day.tomorrow().unwrap();
        let counts = length.unit == Unit::CalendarDay || CALENDAR.is_working(day);
        left -= u32::from(counts && !paused(day, pauses));
    }
    day
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_derivation_leads_to_its_date((start, length, pauses, extensions) in a_case()) {
        let due = CALENDAR.due(start, length, &pauses, &extensions).unwrap();
        let derived = CALENDAR.derive(start, length, &pauses, &extensions).unwrap();
        prop_assert_eq!(&derived.brief(), &due);
        let again = derived.recompute_from_derivation();
        prop_assert_eq!(again, Some((due.due, due.time)), "{:#?}", derived);
        let days: u32 = derived.derivation.iter().map(|step| step.days).sum();
        if extensions.is_empty() && matches!(length.unit, Unit::WorkingDay | Unit::CalendarDay) {
            prop_assert_eq!(days, length.count);
        }
        prop_assert_eq!(due.rolled, due.raw != due.due);
        prop_assert_eq!(due.time.is_some(), length.unit == Unit::Hour);
        prop_assert!(length.unit == Unit::Hour || CALENDAR.is_working(due.due));
        prop_assert!(due.due >= start.date());
    }

    #[test]
    fn a_derivation_back_leads_to_its_date(event in a_moment(), length in a_length(), loose: bool) {
        let Ok(due) = CALENDAR.before(event, length, loose) else { return Ok(()) };
        let derived = CALENDAR.derive_before(event, length, loose).unwrap();
        prop_assert_eq!(&derived.brief(), &due);
        let again = derived.recompute_from_derivation();
        prop_assert_eq!(again, Some((due.due, due.time)), "{:#?}", derived);
    }

    #[test]
    fn order_and_overlap_do_not_matter(
        ((start, length, pauses, extensions), seed) in (a_case(), any::<usize>()),
    ) {
        let due = CALENDAR.due(start, length, &pauses, &extensions).unwrap();
        let (mut mixed, mut other) = (pauses.clone(), extensions.clone());
        mixed.reverse();
        other.reverse();
        if !mixed.is_empty() {
            let turn = seed % mixed.len();
            mixed.rotate_left(turn);
            mixed.push(mixed[0]);
        }
        if !other.is_empty() {
            let turn = seed % other.len();
            other.rotate_left(turn);
        }
        prop_assert_eq!(CALENDAR.due(start, length, &mixed, &other).unwrap(), due);
    }

    #[test]
    fn a_count_by_hand_agrees(
        (start, count, pauses, working) in
            (a_day(), 0u32..120, any::<bool>()).prop_flat_map(|(start, count, working)| {
                (Just(start), Just(count), pauses_near(start), Just(working))
            }),
    ) {
        let unit = if working { Unit::WorkingDay } else { Unit::CalendarDay };
        let length = Length { count, unit };
        let mut raw = count_by_hand(start, length, &pauses);
        let rest = |mut day: Date| {
            while !CALENDAR.is_working(day) {
                day = day.tomorrow().unwrap();
            }
            day
        };
        // A limit does not end while a pause lasts that began on or before its last day.
        let lasts_on = |day: Date| {
            let over = |pause: &&Pause| pause.from <= day && pause.to.is_some_and(|to| to > day);
            pauses.iter().filter(over).filter_map(|pause| pause.to).max()
        };
        while let Some(mut end) = lasts_on(rest(raw)) {
            while let Some(further) = lasts_on(end) {
                end = further;
            }
            raw = end;
        }
        let due = CALENDAR.due(start, length, &pauses, &[]).unwrap();
        prop_assert_eq!((due.raw, due.due), (raw, rest(raw)));
    }

    #[test]
    fn longer_limits_end_later((start, length, pauses, extensions) in a_case(), more in 1u32..50) {
        let longer = Length { count: length.count + more, ..length };
        // With pauses, months are left out: see the next property.
        let days = |length: &Length| matches!(length.unit, Unit::WorkingDay | Unit::CalendarDay);
        let counted = days(&length) && extensions.iter().all(days);
        let pauses = if counted { pauses } else { vec![] };
        let short = CALENDAR.due(start, length, &pauses, &extensions).unwrap();
        let long = CALENDAR.due(start, longer, &pauses, &extensions).unwrap();
        prop_assert!(short.raw <= long.raw && short.due <= long.due);
        prop_assert!(!extensions.is_empty() || (short.due, short.time) <= (long.due, long.time));
    }

    #[test]
    fn later_limits_end_later((start, length, pauses, _) in a_case(), by in 1i64..40) {
        // A limit in months begun inside a pause may end sooner than one begun a day before.
        let counted = matches!(length.unit, Unit::WorkingDay | Unit::CalendarDay);
        let pauses = if counted { pauses } else { vec![] };
        let later = start.checked_add(jiff::Span::new().days(by)).unwrap();
        let first = CALENDAR.due(start, length, &pauses, &[]).unwrap();
        let second = CALENDAR.due(later, length, &pauses, &[]).unwrap();
        prop_assert!((first.due, first.time) <= (second.due, second.time));
    }

    #[test]
    fn a_pause_keeps_the_remaining_days(
        start in a_day(), count in 2u32..80, into in 0i64..200, long in 0i64..80, working: bool,
    ) {
        let unit = if working { Unit::WorkingDay } else { Unit::CalendarDay };
        let length = Length { count, unit };
        let plain = CALENDAR.due(start, length, &[], &[]).unwrap();
        let inside = CALENDAR.days_left(start, plain.raw, Unit::CalendarDay);
        let from = day_after(start, into % inside);
        let to = day_after(from, long);
        let pauses = [Pause { from, to: Some(to) }];
        let due = CALENDAR.due(start, length, &pauses, &[]).unwrap();
        let left_before = CALENDAR.days_left(from, plain.raw, unit);
        prop_assert_eq!(CALENDAR.days_left(to, due.raw, unit), left_before);
    }

    #[test]
    fn counting_back_and_forward_agree(event in a_day_from(366), count in 1u32..200) {
        let length = Length { count, unit: Unit::WorkingDay };
        let notice = CALENDAR.before(event, length, true).unwrap();
        let forward = CALENDAR.due(notice.due, length, &[], &[]).unwrap();
        let working_day = CALENDAR.due(event, Length { count: 0, ..length }, &[], &[]).unwrap().due;
        prop_assert_eq!(forward.due, working_day);
        // Safe: the whole length lies strictly between, and a day later it would not.
        let safe = CALENDAR.before(event, length, false).unwrap().due;
        let eve = event.yesterday().unwrap();
        prop_assert_eq!(CALENDAR.working_days_between(safe, eve), i64::from(count));
        let late = safe.tomorrow().unwrap();
        prop_assert!(CALENDAR.working_days_between(late, eve) < i64::from(count));

        let length = Length { count, unit: Unit::CalendarDay };
        let notice = CALENDAR.before(event, length, true).unwrap();
        prop_assert_eq!(CALENDAR.due(notice.due, length, &[], &[]).unwrap().raw, event);
    }

    #[test]
    fn no_length_panics(
        start in a_moment(),
        unit in a_unit(),
        count in prop_oneof![any::<u32>(), Just(u32::MAX), 0u32..3_000_000],
        more in prop::collection::vec((any::<u32>(), a_unit()), 0..4),
        loose: bool,
    ) {
        let length = Length { count, unit };
        let more: Vec<Length> =
            more.into_iter().map(|(count, unit)| Length { count, unit }).collect();
        let pauses = [Pause { from: Date::MIN, to: Some(Date::MAX) }];
        for pauses in [&[][..], &pauses] {
            let _ = CALENDAR.due(start, length, pauses, &more);
            if let Ok(due) = CALENDAR.due(start, length, pauses, &[]) {
                prop_assert!(due.due >= start.date());
            }
        }
        if let Ok(due) = CALENDAR.before(start, length, loose) {
            prop_assert!(due.due <= start.date());
        }
    }
}
