//! Papers from outside: a small office issues papers, and what they say stands here in full.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like a test")]

mod matter;
mod packs;
mod said;
