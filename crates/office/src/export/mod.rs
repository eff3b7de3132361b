//! Lists as spreadsheets: what a page shows, whole, with the page's filter and the page's right, since both come from
//! the same function. Rows are read a few hundred at a time and written to a file without a name, so that a long list
//! takes no more memory than a short one. What was given out is noted before the answer.

mod cell;
mod csv;
mod lists;
mod xlsx;

use std::{
    fs::File,
    io::{Seek as _, SeekFrom},
};

use engine::Jurisdiction;
use law::{Key, Lang, Sensitivity};

use self::{cell::Sink, csv::Csv, xlsx::Xlsx};
use crate::{
    access::{Caller, Denied},
    inbox::desk,
    open::Office,
    reading::Given,
    view::InboxView,
    words,
};

/// A list that can be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// A part of the caller's inbox.
    Inbox(InboxView),
    /// What a search finds.
    Search(String),
    /// The matters behind a figure.
    Cases {
        /// Which figure.
        indicator: Key,
        /// Of which year.
        year: i16,
    },
    /// What a place has published, or what of it holds a text.
    Published {
        /// Where.
        place: Jurisdiction,
        /// The text; empty for all.
        query: String,
    },
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel's.
    Xlsx,
    /// Text in UTF-8 with a byte-order mark, by which Excel knows it.
    Csv,
}

impl Format {
    /// The format that a file's ending names.
    pub fn of(ending: &str) -> Option<Self> {
        match ending {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// A list written out.
#[derive(Debug)]
pub struct Exported {
    /// The file, to be read from where it stands. It is gone when it is closed.
    pub file: File,
    /// Its length in bytes.
    pub length: u64,
    /// Rows below the header.
    pub rows: u64,
    /// A name for it.
    pub name: String,
}

impl Office {
    /// Writes a list out for somebody who may see it, and notes that it was taken.
    ///
    /// # Errors
    /// If the store or the disk fails.
    pub async fn export(
        &self,
        caller: &Caller,
        list: List,
        format: Format,
        lang: Lang,
    ) -> anyhow::Result<Result<Exported, Denied>> {
        let (place, what) = match self.taken_from(caller, &list) {
            Ok(it) => it,
            Err(denied) => return Ok(Err(denied)),
        };
        let (office, who, wanted) = (self.clone(), caller.clone(), list.clone());
        let work = move || office.write_out(&who, &wanted, format, lang);
        let exported = match tokio::task::spawn_blocking(work).await?? {
            Ok(exported) => exported,
            Err(denied) => return Ok(Err(denied)),
        };
        if !matches!(list, List::Published { .. }) {
            let classes = vec![Sensitivity::Internal, Sensitivity::Personal];
            let given = Given { way: format.ending(), what, matters: exported.rows, classes };
            self.note(caller, &place, given).await?;
        }
        Ok(Ok(exported))
    }

    /// Whose list it is, and how the read log names it.
    fn taken_from(&self, caller: &Caller, list: &List) -> Result<(Jurisdiction, String), Denied> {
        let what = match list {
            List::Published { place, .. } => {
                let known = self.place(place).map(|it| it.code);
                return known.map(|it| (it, "published".to_owned())).ok_or(Denied::NotYours);
            }
            List::Inbox(view) => view.named(&self.inbox_choices(caller)?),
            List::Search(_) => "search".to_owned(),
            List::Cases { indicator, year } => format!("figure:{indicator}:{year}"),
        };
        Ok((desk(caller)?, what))
    }

    fn write_out(
        &self,
        caller: &Caller,
        list: &List,
        format: Format,
        lang: Lang,
    ) -> anyhow::Result<Result<Exported, Denied>> {
        let house = words::house(lang);
        let mut sink: Box<dyn Sink> = match format {
            Format::Xlsx => Box::new(Xlsx::new(house.say(list.title()))?),
            Format::Csv => Box::new(Csv::new()?),
        };
        let rows = match self.pour(caller, list, lang, &mut *sink)? {
            Ok(rows) => rows,
            Err(denied) => return Ok(Err(denied)),
        };
        let mut file = sink.finish()?;
        let length = file.seek(SeekFrom::End(0))?;
        file.rewind()?;
        let name = format!("{}-{}.{}", list.stem(), self.now().date(), format.ending());
        Ok(Ok(Exported { file, length, rows, name }))
    }
}
