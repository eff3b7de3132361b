//! The papers room: from a paper's data and a matter to a document, and the document as HTML or plain text.
//!
//! [`compose`] fills the places of a paper with what is known when its act is done and leaves a visible
//! blank where nothing is. What comes out is a [`Document`]: words only, no sizes and no positions; how a
//! page looks is the business of those who write it out.
//! Pure: names, opened values and addresses are handed in.

mod compose;
mod document;
mod fill;
mod html;
mod plain;
mod value;
pub mod words;

pub use compose::{Case, PartyWords, compose};
pub use document::{Attachment, Document, Line, Part, Run, Signature, Standing, TableRow, flat};
pub use html::html;
pub use plain::plain;
pub use value::chinese_date;
