//! The days of the known years laid out for speed: kind of each day, running count of working days,
//! and the working days themselves. Beyond the laid-out days only weekends are known.

use crate::day;
use crate::notice::DayKind;
use std::collections::BTreeMap;

/// Kinds and counts of the days `first ..` , one entry a day.
#[derive(Debug, Default)]
pub(crate) struct Table {
    first: i64,
    kinds: Vec<DayKind>,
    /// Working days in the table through each day.
    through: Vec<u32>,
    /// The working days of the table, in order.
    working: Vec<i64>,
    names: BTreeMap<i64, String>,
}

impl Table {
    /// Lays out the days `first ..= last`; `marks` says of a day whether it is worked, and its
    /// holiday's name.
    pub(crate) fn new(first: i64, last: i64, marks: BTreeMap<i64, (bool, String)>) -> Table {
        let mut table = Table { first, ..Table::default() };
        for number in first..=last {
            let kind = match (marks.get(&number), day::is_weekend(number)) {
                (Some((false, _)), _) => DayKind::Holiday,
                (Some((true, _)), true) => DayKind::AdjustedWorkday,
                (None, true) => DayKind::Weekend,
                (_, false) => DayKind::Workday,
            };
            if kind.is_working() {
                table.working.push(number);
            }
            table.kinds.push(kind);
            table.through.push(u32::try_from(table.working.len()).unwrap_or(u32::MAX));
        }
        table.names = marks.into_iter().map(|(number, (_, name))| (number, name)).collect();
        table
    }

    /// The kind of a day.
    pub(crate) fn kind(&self, number: i64) -> DayKind {
        match self.place(number) {
            Some(place) => self.kinds[place],
            None if day::is_weekend(number) => DayKind::Weekend,
            None => DayKind::Workday,
        }
    }

    /// The holiday's name of a day off or of a worked weekend day.
    pub(crate) fn name(&self, number: i64) -> Option<&str> {
        self.names.get(&number).map(String::as_str)
    }

    /// Working days after the eve of the table through a day; negative before the table.
    pub(crate) fn through(&self, number: i64) -> i64 {
        match self.place(number) {
            Some(place) => i64::from(self.through[place]),
            None if number < self.first => {
                day::weekdays_through(number) - day::weekdays_through(self.first - 1)
            }
            None => self.total() + day::weekdays_through(number) - day::weekdays_through(self.last()),
        }
    }

    /// The working day through which [`Table::through`] gives `count` for the first time.
    pub(crate) fn numbered(&self, count: i64) -> i64 {
        if count <= 0 {
            return day::weekday_numbered(count + day::weekdays_through(self.first - 1));
        }
        let inside = usize::try_from(count - 1).ok().and_then(|place| self.working.get(place));
        inside.copied().unwrap_or_else(|| {
            let beyond = count - self.total();
            day::weekday_numbered(beyond + day::weekdays_through(self.last()))
        })
    }

    /// The day itself if it is a working day, else the next one that is.
    pub(crate) fn roll(&self, number: i64) -> i64 {
        if self.kind(number).is_working() { number } else { self.numbered(self.through(number) + 1) }
    }

    fn last(&self) -> i64 {
        self.first + i64::try_from(self.kinds.len()).unwrap_or(0) - 1
    }

    fn total(&self) -> i64 {
        i64::try_from(self.working.len()).unwrap_or(0)
    }

    fn place(&self, number: i64) -> Option<usize> {
        let place = usize::try_from(number - self.first).ok()?;
        (place < self.kinds.len()).then_some(place)
    }
}
