//! The store room: the ledger of events in one SQLite file, and the views of it.
//!
//! One writer commits many jobs together and answers after the commit is on disk; many readers see snapshots.
//! [`Tx::append`] adds an event and writes every view in the same transaction; [`rebuild`] writes the views again
//! from the events; [`verify`] recomputes everything from the stored bytes and names what does not fit.

mod cell;
mod column;
mod cursor;
mod derive;
mod failure;
mod figures;
mod files;
mod gram;
mod guard;
mod inbox;
mod kind;
mod pending;
mod pool;
mod publication;
mod queue;
mod raw;
mod reader;
mod reading;
mod rebuild;
mod schema;
mod search;
mod series;
mod store;
mod table;
mod tx;
mod verify;
mod view;
mod write;

pub use cursor::{BadCursor, Cursor};
pub use failure::{Conflict, Failure};
pub use figures::{CaseRow, Count, OpenCases};
pub use files::Files;
pub use inbox::{Counts, DueRow, InboxFilter, InboxKind, MatterWithSecrets};
pub use kind::{Kind, UnknownKind};
pub use pending::Pending;
pub use queue::{Options, Queue};
pub use raw::{RawFigure, bench_raw};
pub use reader::{LawRow, Message, OutboxId, Reader};
pub use reading::{Reading, ReadingRow};
pub use rebuild::{RebuildReport, RebuiltTable, rebuild};
pub use series::NumberName;
pub use store::Store;
pub use tx::Tx;
pub use verify::{Misfit, MisfitKind, Report, verify};
pub use view::{MatterRow, PublicationRow, Shown};
