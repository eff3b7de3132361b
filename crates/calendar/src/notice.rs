//! What makes a day a rest day or a working day: the yearly notices and the regional overlays.

use crate::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The State Council's arrangement of days off and worked weekend days for one year (`CAL-56`).
///
/// Days may lie in the neighbouring year: a January holiday can begin in December of the year
/// before, and its notice is the later year's. A day named both off and worked is worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearNotice {
    /// The year the notice arranges.
    pub year: i16,
    /// Numbers or titles of the notices, the changing ones after the first.
    pub papers: Vec<String>,
    /// Days off, with the holiday's name; weekend days inside a block of days off are named too.
    pub off: BTreeMap<Date, String>,
    /// Weekend days declared working days, with the name of the holiday they pay for.
    pub work: BTreeMap<Date, String>,
}

/// Days that differ in one region: holidays of ethnic areas set by local governments (`CAL-55`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlay {
    /// Division code, short (`54`) or padded with zeros (`540000`); holds for every division under
    /// it.
    pub region: String,
    /// Days off in the region, with the holiday's name; they win over a national working day.
    pub off: BTreeMap<Date, String>,
    /// Days worked in the region, with the holiday's name; they win over a day off.
    pub work: BTreeMap<Date, String>,
}

impl Overlay {
    /// Whether the overlay holds in the division with this code.
    pub(crate) fn covers(&self, code: &str) -> bool {
        code.starts_with(self.stem())
    }

    /// The region's code without its padding; a longer stem is a narrower region.
    pub(crate) fn stem(&self) -> &str {
        let mut stem = self.region.as_str();
        while let Some(shorter) = stem.strip_suffix("00").filter(|rest| !rest.is_empty()) {
            stem = shorter;
        }
        stem
    }
}

/// What kind of day a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// Monday to Friday and not a day off.
    Workday,
    /// A Saturday or Sunday declared a working day; it counts and a limit may end on it (`CAL-33`).
    AdjustedWorkday,
    /// An ordinary Saturday or Sunday (`CAL-50`).
    Weekend,
    /// A day off named by a notice or an overlay, weekend days of the block included.
    Holiday,
}

impl DayKind {
    /// Whether state organs work on such a day.
    pub fn is_working(self) -> bool {
        matches!(self, DayKind::Workday | DayKind::AdjustedWorkday)
    }
}
