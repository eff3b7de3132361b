//! The press room's front desk: documents become files.
//!
//! DOCX is written here, in a few milliseconds. PDF is set by `yifa-press`, a process of its own, so that
//! the setting engine, which is large, neither delays the rest of the house nor can bring it down:
//! [`Press`] starts it when it is first needed, keeps it warm, and starts it again if it dies.

mod client;
mod docx;
mod error;
pub mod wire;

pub use client::{Press, Settings};
pub use docx::docx;
pub use error::PressError;
