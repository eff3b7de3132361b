//! The calendar itself: the yearly notices bound together, and what it knows of a day.

use crate::day;
use crate::due::Provisional;
use crate::notice::{DayKind, Overlay, YearNotice};
use crate::table::Table;
use crate::{Date, Unit};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// From this day of December on the next year's notice has a say: a January holiday and the weekend
/// days worked for it have begun as early as 29 December (2007, 2018).
const DECEMBER_TURN: i64 = 29;

/// The working days of all known years, in one region or in the country.
///
/// Built from data once, never changed; a clone shares it. A day in a year without a notice is
/// judged by its weekday alone.
#[derive(Clone, Debug)]
pub struct Calendar {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    notices: BTreeMap<i16, YearNotice>,
    overlays: Vec<Overlay>,
    region: Option<String>,
    table: Table,
    version: String,
    /// First and last day of the unbroken run of years from the first known one in which every
    /// notice that has a say is there.
    settled: (i64, i64),
}

impl Calendar {
    /// Binds notices together; of two for one year the later in the list holds.
    pub fn new(notices: Vec<YearNotice>) -> Calendar {
        let notices = notices.into_iter().map(|notice| (notice.year, notice)).collect();
        Calendar::bind(notices, Vec::new(), None)
    }

    /// The same notices with these regional overlays instead of any before; they take effect in
    /// [`Calendar::for_region`] (`CAL-55`).
    #[must_use]
    pub fn with_overlays(self, overlays: Vec<Overlay>) -> Calendar {
        Calendar::bind(self.inner.notices.clone(), overlays, self.inner.region.clone())
    }

    /// A calendar in which a new or changed notice replaces its year's; this one stays as it is.
    #[must_use]
    pub fn install(&self, notice: YearNotice) -> Calendar {
        let mut notices = self.inner.notices.clone();
        notices.insert(notice.year, notice);
        Calendar::bind(notices, self.inner.overlays.clone(), self.inner.region.clone())
    }

    /// The calendar of a division, given its code: national notices, then every overlay of a region
    /// that holds it, the narrower after the wider. Builds a table if an overlay applies: keep the
    /// result.
    #[must_use]
    pub fn for_region(&self, code: &str) -> Calendar {
        let applies = self.inner.overlays.iter().any(|overlay| overlay.covers(code));
        if !applies && self.inner.region.is_none() {
            return self.clone();
        }
        let region = Some(code.to_owned());
        Calendar::bind(self.inner.notices.clone(), self.inner.overlays.clone(), region)
    }

    fn bind(notices: BTreeMap<i16, YearNotice>, overlays: Vec<Overlay>, region: Option<String>) -> Calendar {
        let mut applying: Vec<&Overlay> = match &region {
            Some(code) => overlays.iter().filter(|overlay| overlay.covers(code)).collect(),
            None => Vec::new(),
        };
        applying.sort_by_key(|overlay| overlay.stem().len());
        let mut marks = BTreeMap::new();
        for notice in notices.values() {
            mark(&mut marks, &notice.off, &notice.work);
        }
        for overlay in &applying {
            mark(&mut marks, &overlay.off, &overlay.work);
        }
        let version = version(&notices, &applying);
        let settled = settled(&notices);
        let span = notices.keys().next().zip(notices.keys().next_back());
        let table = match span {
            None => Table::default(),
            Some((first, last)) => {
                let (first, last) = (i64::from(*first), i64::from(*last));
                let named = marks.keys().next().zip(marks.keys().next_back());
                let mut ends = (day::from_civil(first, 1, 1), day::from_civil(last, 12, 31));
                if let Some((earliest, latest)) = named {
                    ends = (ends.0.min(*earliest), ends.1.max(*latest));
                }
                Table::new(ends.0, ends.1, marks)
            }
        };
        let inner = Inner { notices, overlays, region, table, version, settled };
        Calendar { inner: Arc::new(inner) }
    }

    /// What kind of day a date is.
    pub fn kind(&self, date: Date) -> DayKind {
        self.table().kind(day::number(date))
    }

    /// The holiday a day off belongs to, or for which a weekend day is worked.
    pub fn name(&self, date: Date) -> Option<&str> {
        self.table().name(day::number(date))
    }

    /// Whether state organs work on the date.
    pub fn is_working(&self, date: Date) -> bool {
        self.kind(date).is_working()
    }

    /// Whether the year's notice is here.
    pub fn knows(&self, year: i16) -> bool {
        self.inner.notices.contains_key(&year)
    }

    /// The notice of a year, with its papers, if it is here.
    pub fn notice(&self, year: i16) -> Option<&YearNotice> {
        self.inner.notices.get(&year)
    }

    /// The first and last known year; `None` if no notice is here.
    pub fn years(&self) -> Option<(i16, i16)> {
        let mut years = self.inner.notices.keys().copied();
        let first = years.next()?;
        Some((first, years.next_back().unwrap_or(first)))
    }

    /// A short stable name of the content: first and last year and a fingerprint, as in
    /// `2007-2026:90a1b2c3d4e5f607`. Equal content gives an equal name; overlays count where they
    /// apply.
    pub fn version(&self) -> String {
        self.inner.version.clone()
    }

    /// Working days of a month; 0 for a month that does not exist.
    pub fn working_days_in(&self, year: i16, month: i8) -> u32 {
        if !(1..=12).contains(&month) {
            return 0;
        }
        let (year, month) = (i64::from(year), i64::from(month));
        let first = day::from_civil(year, month, 1);
        let (next, _) = day::corresponding(first, 1);
        u32::try_from(self.table().through(next - 1) - self.table().through(first - 1)).unwrap_or(0)
    }

    /// Working days after `from` through `to`, as a limit starting on `from` counts them; negative
    /// if `to` lies before `from`.
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        self.table().through(day::number(to)) - self.table().through(day::number(from))
    }

    /// What is left today of a limit that ends on `due`, negative if overdue, 0 on the last day: in
    /// working days, or in hours (24 a day) for a limit in hours, else in calendar days.
    pub fn days_left(&self, today: Date, due: Date, unit: Unit) -> i64 {
        let days = day::number(due) - day::number(today);
        match unit {
            Unit::WorkingDay => self.working_days_between(today, due),
            Unit::CalendarDay | Unit::Month | Unit::Year => days,
            Unit::Hour => days * 24,
        }
    }

    pub(crate) fn table(&self) -> &Table {
        &self.inner.table
    }

    /// The years whose notice is missing though it has a say in the days `from ..= to`.
    pub(crate) fn missing(&self, from: i64, to: i64) -> Option<Provisional> {
        let (first, last) = self.inner.settled;
        if first <= from && to <= last {
            return None;
        }
        let (year, month, of_month) = day::to_civil(to);
        let turned = month == 12 && of_month >= DECEMBER_TURN;
        let years = day::year_of(from)..=year + i64::from(turned);
        let missing = years.filter_map(|year| i16::try_from(year).ok());
        let missing: Vec<i16> = missing.filter(|year| !self.knows(*year)).collect();
        (!missing.is_empty()).then_some(Provisional { missing })
    }
}

fn mark(
    marks: &mut BTreeMap<i64, (bool, String)>,
    off: &BTreeMap<Date, String>,
    work: &BTreeMap<Date, String>,
) {
    marks.extend(off.iter().map(|(date, name)| (day::number(*date), (false, name.clone()))));
    marks.extend(work.iter().map(|(date, name)| (day::number(*date), (true, name.clone()))));
}

fn settled(notices: &BTreeMap<i16, YearNotice>) -> (i64, i64) {
    let Some(first) = notices.keys().next().copied() else {
        return (0, -1);
    };
    let unbroken = notices.keys().zip(first..).take_while(|(year, expected)| *year == expected);
    let last = unbroken.last().map_or(first, |(_, year)| year);
    let start = day::from_civil(i64::from(first), 1, 1);
    (start, day::from_civil(i64::from(last), 12, DECEMBER_TURN - 1))
}

fn version(notices: &BTreeMap<i16, YearNotice>, overlays: &[&Overlay]) -> String {
    let mut text = String::new();
    let mut line = |sign: &str, head: &str, tail: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{sign}\t{head}\t{tail}");
    };
    for notice in notices.values() {
        line("year", &notice.year.to_string(), "");
        notice.papers.iter().for_each(|paper| line("paper", paper, ""));
        notice.off.iter().for_each(|(date, name)| line("off", &date.to_string(), name));
        notice.work.iter().for_each(|(date, name)| line("work", &date.to_string(), name));
    }
    for overlay in overlays {
        line("region", &overlay.region, "");
        overlay.off.iter().for_each(|(date, name)| line("off", &date.to_string(), name));
        overlay.work.iter().for_each(|(date, name)| line("work", &date.to_string(), name));
    }
    let ends = notices.keys().next().zip(notices.keys().next_back());
    let years = ends.map_or("none".to_owned(), |(first, last)| format!("{first}-{last}"));
    format!("{years}:{:016x}", fingerprint(text.as_bytes()))
}

/// FNV-1a, 64 bits: tells contents apart, proves nothing.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
