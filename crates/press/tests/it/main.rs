//! DOCX from outside: the measures of the standard in the file's own words.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like a test")]

mod docx;
