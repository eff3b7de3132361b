//! The proofreading room: can a printed number be true of what is counted?
//!
//! Pure whole-number arithmetic, without fractions ever being rounded on the way. [`Printed`] is a number as a text
//! prints it, with its decimals and its qualifier; a [`Fraction`] is what counts come to; [`count`], [`share`],
//! [`growth`] and [`rate_change`] hold one against the other and give a [`Verdict`] with its [`Reason`]s: no whole
//! base gives the number, another one does, it was cut and not rounded, one character differs, the two readings of a
//! changed rate. Nothing here knows what is counted.

mod change;
mod fraction;
mod printed;
mod share;
mod slip;
mod verdict;

pub use change::{Reading, growth, rate_change, shared_base};
pub use fraction::Fraction;
pub use printed::{Printed, Qualifier};
pub use share::{count, share};
pub use slip::{Slip, slip};
pub use verdict::{Kind, Reason, Verdict};
