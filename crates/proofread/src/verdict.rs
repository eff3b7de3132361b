//! What comes of holding a printed number against the counts.

use crate::{change::Reading, printed::Printed, slip::Slip};

/// What is found of a printed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// In short.
    pub kind: Kind,
    /// What the counts come to, printed as the text prints; `None` if they come to nothing.
    pub computed: Option<Printed>,
    /// Why, most telling first.
    pub reasons: Vec<Reason>,
}

/// A finding in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The counts print as the text prints.
    Equal,
    /// The counts keep what the qualifier says.
    Within,
    /// Only another way of computing prints so: another base, another reading, numbers that were rounded first.
    Otherwise,
    /// It cannot be true of the counts.
    Fails,
    /// There is nothing to hold it against.
    Missing,
}

/// Something that explains a finding. `nth` counts the other numbers that were handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A count is off by so many: computed less printed.
    Off(i64),
    /// The counts would print so if their further decimals were cut off; a number is held to be rounded.
    CutNotRounded,
    /// With the number printed beside it as base it would print otherwise.
    BesideGives {
        /// The number beside it.
        base: i64,
        /// What it would print.
        prints: Printed,
    },
    /// With the number printed beside it as base no whole number of cases lies between this number and the next.
    BesideGivesNone {
        /// The number beside it.
        base: i64,
    },
    /// Another number that was handed in is the base that prints it.
    OtherBase {
        /// Which.
        nth: usize,
    },
    /// Other counts that were handed in, now and a year before, print it.
    OtherCounts {
        /// Which.
        nth: usize,
    },
    /// These whole bases would print it, from the least to the greatest.
    BasesWould {
        /// Least.
        from: i64,
        /// Greatest.
        to: i64,
    },
    /// No whole base prints it.
    NoBase,
    /// The nearest whole base and what it prints.
    NearestBase {
        /// Base.
        base: i64,
        /// What it prints.
        prints: Printed,
    },
    /// With the earlier base no whole number of cases prints it.
    NoPart {
        /// Base.
        base: i64,
        /// The nearest number of cases.
        nearest: i64,
        /// What it prints.
        prints: Printed,
    },
    /// With the earlier base this number of cases would print it.
    PartWould {
        /// Base.
        base: i64,
        /// Cases.
        part: i64,
    },
    /// It differs from what the counts print by one slip.
    Slip {
        /// Which.
        slip: Slip,
        /// What was meant.
        meant: Printed,
    },
    /// It is the change in this reading; in the other the counts print otherwise.
    ReadAs {
        /// Which reading.
        reading: Reading,
        /// What the other would print.
        other: Printed,
    },
    /// Neither in points nor in percent do the counts print so.
    NeitherReading {
        /// In points.
        points: Printed,
        /// In percent; nothing if the earlier rate is nothing.
        percent: Option<Printed>,
    },
    /// It is the difference of the two rates as they print, each rounded first.
    OfRoundedRates {
        /// The rate now.
        now: Printed,
        /// The earlier one.
        before: Printed,
    },
    /// No one earlier base within these fits all changes of rates over it together.
    NoSharedBase {
        /// Least base tried.
        from: i64,
        /// Greatest.
        to: i64,
    },
}

impl Verdict {
    /// A verdict of counts that come to nothing.
    pub fn missing() -> Self {
        Self { kind: Kind::Missing, computed: None, reasons: Vec::new() }
    }
}
