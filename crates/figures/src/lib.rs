//! The figures room: indicators and reports evaluated over counts.
//!
//! Nothing here knows a database. [`Counts`] answers how often marks occurred; [`Sheet::number`] makes a [`Number`] of an
//! indicator, exact to the last digit; [`Number::printed`] rounds half up by whole numbers alone; [`leaves`] says
//! which counts stand behind a figure, so that every figure opens down to its cases; [`runs`] puts figures into the
//! words of a report.

mod evaluate;
mod leaf;
mod number;
mod report;

pub use evaluate::{Counts, Fault, Period, Settings, Sheet, chosen, cohort};
pub use leaf::{Leaf, leaves};
pub use number::{Change, Number};
pub use report::{Run, runs, title};
