//! The calendar room: days, working days and the counting of statutory limits.
//!
//! Lowest room of the house: it knows no law, no matter, no clock of its own and does no input or
//! output. Counting rules: Civil Procedure Law art. 85 (82 before 2022), Civil Code art. 200–204;
//! facts in the project's time file, ids `CAL-20` to `CAL-57`.
//!
//! ```
//! use calendar::{Calendar, Date, Length, Unit, YearNotice};
//!
//! let holidays = Calendar::new(vec![YearNotice {
//!     year: 2026,
//!     papers: vec![],
//!     off: [(Date::constant(2026, 6, 19), "Dragon Boat".to_owned())].into(),
//!     work: [].into(),
//! }]);
//! let three = Length { count: 3, unit: Unit::WorkingDay };
//! let due = holidays.due(Date::constant(2026, 6, 17), three, &[], &[])?;
//! assert_eq!(due.due, Date::constant(2026, 6, 23));
//! # Ok::<(), calendar::CountError>(())
//! ```

mod book;
mod count;
mod day;
mod due;
mod explain;
mod notice;
mod pause;
mod step;
mod table;
mod unit;

pub use book::Calendar;
pub use count::CountError;
pub use due::{Due, Pause, Provisional};
pub use jiff::civil::{Date, DateTime, Time};
pub use notice::{DayKind, Overlay, YearNotice};
pub use step::{Step, StepKind};
pub use unit::{Length, Unit, UnknownUnit};
