//! A day as a number, so that counting is arithmetic. Day 0 is 1970-01-01.

use crate::Date;

/// The number of the last day that can be named, 9999-12-31.
pub(crate) const LAST: i64 = 2_932_896;
/// The number of the first day that counting accepts, 0001-01-01.
pub(crate) const FIRST: i64 = -719_162;
/// A Monday; weekdays are counted from it.
const MONDAY: i64 = -3;

/// The number of a date.
pub(crate) fn number(date: Date) -> i64 {
    from_civil(i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
}

/// The date of a number, if it lies between [`FIRST`] and [`LAST`].
pub(crate) fn date(number: i64) -> Option<Date> {
    if !(FIRST..=LAST).contains(&number) {
        return None;
    }
    let (year, month, day) = to_civil(number);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The number of a day given by its parts. The year is taken to begin in March, so that the leap
/// day comes last; 146,097 days make a cycle of 400 years.
pub(crate) fn from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let cycle = year.div_euclid(400);
    let of_cycle = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    cycle * 146_097 + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - 719_468
}

/// Year, month and day of a number: [`from_civil`] turned round.
pub(crate) fn to_civil(number: i64) -> (i64, i64, i64) {
    let shifted = number + 719_468;
    let cycle = shifted.div_euclid(146_097);
    let of_cycle = shifted.rem_euclid(146_097);
    let year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (cycle * 400 + year + i64::from(month <= 2), month, day)
}

/// The year a day lies in.
pub(crate) fn year_of(number: i64) -> i64 {
    to_civil(number).0
}

/// The corresponding day `months` months after (before, if negative) a day, and whether there is
/// one; if there is none, the last day of that month (`CAL-22`, Civil Code art. 202).
pub(crate) fn corresponding(number: i64, months: i64) -> (i64, bool) {
    let (year, month, day) = to_civil(number);
    let total = year * 12 + (month - 1) + months;
    let (to_year, to_month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
    let first = from_civil(to_year, to_month, 1);
    let next = total + 1;
    let length = from_civil(next.div_euclid(12), next.rem_euclid(12) + 1, 1) - first;
    (first + day.min(length) - 1, day <= length)
}

/// Whether a day is a Saturday or Sunday.
pub(crate) fn is_weekend(number: i64) -> bool {
    (number - MONDAY).rem_euclid(7) >= 5
}

/// How many days from Monday to Friday lie after the fixed Monday's eve through a day; negative
/// before it.
pub(crate) fn weekdays_through(number: i64) -> i64 {
    let from_monday = number - MONDAY;
    from_monday.div_euclid(7) * 5 + (from_monday.rem_euclid(7) + 1).min(5)
}

/// The day from Monday to Friday through which [`weekdays_through`] counts `count` for the first
/// time.
pub(crate) fn weekday_numbered(count: i64) -> i64 {
    let before = count - 1;
    before.div_euclid(5) * 7 + before.rem_euclid(5) + MONDAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_the_date_library() {
        let mut date_of = Date::constant(1996, 1, 1);
        let mut number_of = number(date_of);
        while date_of.year() < 2101 {
            assert_eq!(number(date_of), number_of);
            assert_eq!(date(number_of), Some(date_of));
            assert_eq!(is_weekend(number_of), date_of.weekday().to_monday_one_offset() > 5);
            if !is_weekend(number_of) {
                assert_eq!(weekday_numbered(weekdays_through(number_of)), number_of);
            }
            date_of = date_of.tomorrow().unwrap();
            number_of += 1;
        }
        assert_eq!(number(Date::constant(1970, 1, 1)), 0);
        assert_eq!(date(LAST), Some(Date::constant(9999, 12, 31)));
        assert_eq!(date(FIRST), Some(Date::constant(1, 1, 1)));
        assert_eq!((date(LAST + 1), date(FIRST - 1)), (None, None));
    }

    #[test]
    fn a_month_without_the_day_ends_on_its_last() {
        let day = |y, m, d| from_civil(y, m, d);
        assert_eq!(corresponding(day(2024, 1, 31), 1), (day(2024, 2, 29), false));
        assert_eq!(corresponding(day(2024, 2, 29), 12), (day(2025, 2, 28), false));
        assert_eq!(corresponding(day(2024, 2, 29), 48), (day(2028, 2, 29), true));
        assert_eq!(corresponding(day(2024, 3, 31), -1), (day(2024, 2, 29), false));
        assert_eq!(corresponding(day(2024, 1, 15), -1), (day(2023, 12, 15), true));
    }
}
