//! Excel's own format, written row by row to the disk.

use std::fs::File;

use calendar::Date;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, Workbook};

use super::cell::{Cell, Sink, looks_like_formula};

/// Rows on a sheet below its header; Excel takes 1,048,576 in all.
const ROWS: u32 = 1_000_000;
/// Longest text that a cell takes, in UTF-16 units.
const TEXT: usize = 32_767;
/// Narrowest and widest column, in characters.
const WIDTHS: (f64, f64) = (9.0, 48.0);

/// A workbook in the making.
pub(crate) struct Xlsx {
    book: Workbook,
    title: String,
    header: Vec<String>,
    sheets: usize,
    row: u32,
    formats: Formats,
}

struct Formats {
    head: Format,
    day: Format,
    /// Text that stays text also after somebody has edited the cell.
    quoted: Format,
}

impl Xlsx {
    /// An empty workbook whose sheet has this title.
    pub(crate) fn new(title: String) -> anyhow::Result<Self> {
        let mut book = Workbook::new();
        book.set_tempdir(std::env::temp_dir())?;
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00E8_EEF4));
        let formats = Formats {
            head,
            day: Format::new().set_num_format("yyyy-mm-dd"),
            quoted: Format::new().set_quote_prefix(),
        };
        Ok(Self { book, title, header: Vec::new(), sheets: 0, row: 0, formats })
    }

    fn sheet(&mut self) -> anyhow::Result<()> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => self.title.clone(),
            nth => format!("{} {nth}", self.title),
        };
        let sheet = self.book.add_worksheet_with_constant_memory()?.set_name(name)?;
        sheet.set_freeze_panes(1, 1)?;
        for (at, head) in (0_u16..).zip(&self.header) {
            // A Chinese character takes two places.
            let wide: u32 = head.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum();
            sheet.set_column_width(at, (f64::from(wide) + 4.0).clamp(WIDTHS.0, WIDTHS.1))?;
            sheet.write_string_with_format(0, at, head, &self.formats.head)?;
        }
        self.row = 1;
        Ok(())
    }
}

impl Sink for Xlsx {
    fn header(&mut self, cells: Vec<String>) -> anyhow::Result<()> {
        self.header = cells;
        self.sheet()
    }

    fn row(&mut self, cells: Vec<Cell>) -> anyhow::Result<()> {
        if self.row > ROWS {
            self.sheet()?;
        }
        let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
        for (at, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) if looks_like_formula(&text) => {
                    sheet.write_string_with_format(self.row, at, cut(text), &self.formats.quoted)?;
                }
                Cell::Text(text) => {
                    sheet.write_string(self.row, at, cut(text))?;
                }
                Cell::Day(day) => {
                    sheet.write_datetime_with_format(self.row, at, excel_day(day)?, &self.formats.day)?;
                }
                Cell::Number(number) => {
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "Excel has no other number; days and counts are small"
                    )]
                    sheet.write_number(self.row, at, number as f64)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<File> {
        let mut file = tempfile::tempfile()?;
        self.book.save_to_writer(&mut file)?;
        Ok(file)
    }
}

fn excel_day(day: Date) -> anyhow::Result<ExcelDateTime> {
    Ok(ExcelDateTime::from_ymd(
        u16::try_from(day.year())?,
        u8::try_from(day.month())?,
        u8::try_from(day.day())?,
    )?)
}

/// A text as long as a cell takes; an ellipsis says that there was more.
fn cut(text: String) -> String {
    let units = |it: &str| it.encode_utf16().count();
    if text.len() <= TEXT || units(&text) <= TEXT {
        return text;
    }
    let mut kept = String::new();
    let mut length = 1;
    for it in text.chars() {
        length += it.len_utf16();
        if length > TEXT {
            break;
        }
        kept.push(it);
    }
    kept + "\u{2026}"
}
