//! Text parted by commas: UTF-8 with a byte-order mark and lines ended as Excel ends them.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
};

use super::cell::{Cell, Sink, looks_like_formula};

/// The byte-order mark, without which Excel reads the text in the machine's own code page.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A text file in the making.
pub(crate) struct Csv(csv::Writer<BufWriter<File>>);

impl Csv {
    /// An empty file.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let mut file = BufWriter::new(tempfile::tempfile()?);
        file.write_all(MARK)?;
        Ok(Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file)))
    }
}

impl Sink for Csv {
    fn header(&mut self, cells: Vec<String>) -> anyhow::Result<()> {
        Ok(self.0.write_record(cells)?)
    }

    fn row(&mut self, cells: Vec<Cell>) -> anyhow::Result<()> {
        Ok(self.0.write_record(cells.into_iter().map(plain))?)
    }

    fn finish(self: Box<Self>) -> anyhow::Result<File> {
        let file = self.0.into_inner().map_err(csv::IntoInnerError::into_error)?;
        Ok(file.into_inner().map_err(std::io::IntoInnerError::into_error)?)
    }
}

/// A cell as text. Before what could be a formula stands an apostrophe, which keeps it text.
fn plain(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if looks_like_formula(&text) => format!("'{text}"),
        Cell::Text(text) => text,
        Cell::Day(day) => day.to_string(),
        Cell::Number(number) => number.to_string(),
    }
}
