//! A file as a table of cells, whatever it was saved as.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};
use calendar::{Date, DateTime};
use law::Text;

use super::{
    RowFault,
    say::{Word, say},
    text::{self, Decoded},
    zip::{self, ZipFault},
};

/// Largest file in bytes.
pub(crate) const FILE_MAX: usize = 20 << 20;
/// Most rows below the header.
pub(crate) const ROWS_MAX: usize = 100_000;
/// Most columns.
const COLUMNS_MAX: usize = 600;
/// Most bytes of text in all cells together.
const TEXT_MAX: usize = 96 << 20;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Words, trimmed.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, perhaps with a time.
    Date(DateTime),
    /// Yes or no.
    YesNo(bool),
    /// A faulty formula.
    Broken,
}

impl Cell {
    /// A cell of words.
    pub(crate) fn of(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

/// Header and rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// Words of the first row.
    pub(crate) header: Vec<String>,
    /// Rows below it that are not empty, each with its number in the sheet (the header's is 1).
    pub(crate) rows: Vec<(u32, Vec<Cell>)>,
}

/// A fault of the whole file.
fn whole(id: &str, args: &[(&str, Word)]) -> RowFault {
    RowFault { row: 0, column: String::new(), says: say(id, args) }
}

/// Reads a file; `known` says whether a header is one that an import knows.
pub(crate) fn read(bytes: &[u8], known: impl Fn(&str) -> bool) -> Result<Table, RowFault> {
    if bytes.len() > FILE_MAX {
        return Err(whole("import-file-too-large", &[("mb", (FILE_MAX >> 20).into())]));
    }
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(whole("import-file-empty", &[]));
    }
    if begins(b"PK") {
        return workbook(bytes);
    }
    if begins(b"%PDF") {
        return Err(whole("import-file-pdf", &[]));
    }
    if begins(b"\xd0\xcf\x11\xe0") {
        return Err(whole("import-file-old-excel", &[]));
    }
    let decoded = text::decode(bytes);
    match decoded {
        Decoded::Text(text) => plain(&text, known),
        Decoded::Binary => Err(whole("import-file-binary", &[])),
        Decoded::Undecodable { byte, row } => {
            Err(whole("import-file-code-page", &[("byte", byte.into()), ("row", row.into())]))
        }
    }
}

fn plain(text: &str, known: impl Fn(&str) -> bool) -> Result<Table, RowFault> {
    let delimiter = text::delimiter(text, known);
    if let Some(row) = text::open_quote(text) {
        return Err(whole("import-file-quote", &[("row", row.into())]));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut gather = Gather::default();
    for (index, record) in reader.records().enumerate() {
        let record = record
            .map_err(|error| whole("import-file-damaged", &[("why", error.to_string().as_str().into())]))?;
        gather.row(index, record.iter().map(Cell::of).collect())?;
    }
    gather.finish()
}

fn workbook(bytes: &[u8]) -> Result<Table, RowFault> {
    match zip::weigh(bytes) {
        Ok(_) => {}
        Err(ZipFault::Damaged) => return Err(whole("import-file-cut", &[])),
        Err(ZipFault::TooLarge) => return Err(whole("import-file-bomb", &[])),
    }
    let damaged = |error: calamine::XlsxError| {
        whole("import-file-damaged", &[("why", error.to_string().as_str().into())])
    };
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|_| whole("import-file-no-workbook", &[]))?;
    let Some(first) = book.sheet_names().first().cloned() else {
        return Err(whole("import-file-no-workbook", &[]));
    };
    let mut cells = book.worksheet_cells_reader(&first).map_err(damaged)?;
    let mut gather = Gather::default();
    let mut row = Vec::new();
    let mut at = 0;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (down, across) = cell.get_position();
        let (down, across) = (down as usize, across as usize);
        if down != at {
            gather.row(at, std::mem::take(&mut row))?;
            at = down;
        }
        let value = cell_of(cell.get_value());
        if value.is_empty() {
            continue;
        }
        if across >= COLUMNS_MAX {
            return Err(whole("import-too-many-columns", &[("max", COLUMNS_MAX.into())]));
        }
        if row.len() <= across {
            row.resize(across + 1, Cell::Empty);
        }
        row[across] = value;
    }
    gather.row(at, row)?;
    gather.finish()
}

fn cell_of(data: &DataRef<'_>) -> Cell {
    match data {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::of(text),
        DataRef::SharedString(text) => Cell::of(text),
        DataRef::Bool(value) => Cell::YesNo(*value),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            civil(year, month, day, hour, minute).map_or(Cell::Broken, Cell::Date)
        }
        DataRef::DateTime(moment) => Cell::Number(moment.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::of(text),
        DataRef::Error(_) => Cell::Broken,
        DataRef::Empty => Cell::Empty,
    }
}

fn civil(year: u16, month: u8, day: u8, hour: u8, minute: u8) -> Option<DateTime> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some(date.at(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0))
}

/// Gathers rows within bounds.
#[derive(Default)]
struct Gather {
    table: Table,
    headed: bool,
    weight: usize,
}

impl Gather {
    fn row(&mut self, index: usize, cells: Vec<Cell>) -> Result<(), RowFault> {
        if cells.iter().all(Cell::is_empty) {
            return Ok(());
        }
        if cells.len() > COLUMNS_MAX {
            return Err(whole("import-too-many-columns", &[("max", COLUMNS_MAX.into())]));
        }
        self.weight +=
            cells.iter().map(|it| if let Cell::Text(text) = it { text.len() } else { 8 }).sum::<usize>();
        if self.weight > TEXT_MAX {
            return Err(whole("import-file-bomb", &[]));
        }
        if !self.headed {
            self.headed = true;
            self.table.header = cells
                .into_iter()
                .map(|it| if let Cell::Text(text) = it { text } else { String::new() })
                .collect();
            return Ok(());
        }
        if self.table.rows.len() == ROWS_MAX {
            return Err(whole("import-too-many-rows", &[("max", ROWS_MAX.into())]));
        }
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        self.table.rows.push((number, cells));
        Ok(())
    }

    fn finish(self) -> Result<Table, RowFault> {
        match self.table.rows.is_empty() {
            true => Err(whole("import-no-rows", &[])),
            false => Ok(self.table),
        }
    }
}

/// A fault of one place.
pub(crate) fn fault(row: u32, column: impl Into<String>, says: Text) -> RowFault {
    RowFault { row, column: column.into(), says }
}
