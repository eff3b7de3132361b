//! The program as a whole, run as its users run it.

mod due;
mod help;
mod office;
mod readme;
mod yifa;
