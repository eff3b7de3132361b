//! A document as DOCX, for those who edit on: the layout of GB/T 9704 as far as word processors keep it.

mod furniture;
mod measure;

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, DocGrid, DocGridType, Docx, Paragraph, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders, SpecialIndentType, Table, TableCell, TableLayoutType,
    TableRow, VAlignType, WidthType,
};
use law::Layout;
use papers::{Attachment, Document, Line, Part, Signature, flat, words};

use crate::error::PressError;

use self::measure::{CELL, FOUR_MM, MARGIN, PAGE, PITCH, RED, Rank, WIDTH, exactly, grid, width};

/// A document as DOCX.
///
/// # Errors
/// If the file cannot be packed.
pub fn docx(document: &Document) -> Result<Vec<u8>, PressError> {
    let mut file = Docx::new().page_size(PAGE.0, PAGE.1).page_margin(MARGIN).default_size(32);
    let lines = DocGrid::with_empty().grid_type(DocGridType::Lines);
    file.document = file.document.doc_grid(lines.line_pitch(PITCH.unsigned_abs() as usize));
    file = furniture::folios(document, file);
    for paragraph in head(document) {
        file = file.add_paragraph(paragraph);
    }
    file = file.add_paragraph(title(document));
    file = file.add_paragraph(blank());
    if let Some(to) = &document.recipients {
        let paragraph = Rank::Body.line(to, paragraph()).add_run(Rank::Body.words(words::word("colon")));
        file = file.add_paragraph(paragraph);
    }
    for part in &document.body {
        file = match part {
            Part::Table { columns, rows } => file.add_table(table(columns, rows)),
            other => file.add_paragraph(text(other)),
        };
    }
    for paragraph in attachments(document).into_iter().chain(end(document)) {
        file = file.add_paragraph(paragraph);
    }
    file = furniture::colophon(document, file);
    let mut packed = Cursor::new(Vec::new());
    file.build().pack(&mut packed).map_err(|it| PressError::Failed { why: it.to_string() })?;
    Ok(packed.into_inner())
}

fn paragraph() -> Paragraph {
    Paragraph::new().line_spacing(grid()).align(AlignmentType::Both).widow_control(false)
}

fn blank() -> Paragraph {
    paragraph().add_run(Rank::Body.words(""))
}

fn indented(characters: i32) -> Paragraph {
    paragraph().indent(None, Some(SpecialIndentType::FirstLine(characters * CELL)), None, None)
}

fn head(document: &Document) -> Vec<Paragraph> {
    let mut all = Vec::new();
    if let Some(word) = document.standing.word() {
        let words = words::fill("bracket", &[("words", word)]);
        all.push(paragraph().align(AlignmentType::Right).add_run(Rank::Body.words(&words)));
    }
    let number = document.number.as_ref();
    match document.layout {
        Layout::Document => {
            let mark = Paragraph::new().align(AlignmentType::Center).line_spacing(exactly(880).before(1984));
            all.push(Rank::Mark.line(&document.mark, mark));
            all.extend([blank(), blank()]);
            let below = rule(ParagraphBorderPosition::Bottom, BorderType::Single, 12, FOUR_MM / 20);
            let line = paragraph().align(AlignmentType::Center).set_borders(below);
            all.push(Rank::Body.line(number.unwrap_or(&Line::new()), line));
            all.extend([blank(), blank()]);
        }
        Layout::Letter => {
            let below =
                rule(ParagraphBorderPosition::Bottom, BorderType::ThickThinSmallGap, 24, FOUR_MM / 20);
            let mark = Paragraph::new().align(AlignmentType::Center).line_spacing(exactly(880));
            let mark = mark.indent(Some(-397), None, Some(-397), None).set_borders(below);
            all.push(Rank::Mark.line(&document.mark, mark));
            let line = paragraph().align(AlignmentType::Right);
            all.push(Rank::Body.line(number.unwrap_or(&Line::new()), line));
            all.extend([blank(), blank()]);
        }
        Layout::Form => {}
    }
    all
}

/// A line above or below a paragraph; size in eighths of a point, space in points.
fn rule(position: ParagraphBorderPosition, kind: BorderType, size: usize, space: u32) -> ParagraphBorders {
    let border = ParagraphBorder::new(position).val(kind).size(size).space(space as usize).color(RED);
    ParagraphBorders::with_empty().set(border)
}

fn title(document: &Document) -> Paragraph {
    let line = Paragraph::new().align(AlignmentType::Center).line_spacing(exactly(720)).outline_lvl(0);
    Rank::Title.line(&document.title, line)
}

fn text(part: &Part) -> Paragraph {
    match part {
        Part::Text { line, flush } => Rank::Body.line(line, indented(if *flush { 0 } else { 2 })),
        Part::Numbered { level, number, line } => {
            let rank = match level {
                1 => Rank::First,
                2 => Rank::Second,
                _ => Rank::Body,
            };
            let into = indented(2).add_run(rank.words(number));
            let into = if *level < 3 { into.outline_lvl(usize::from(*level)) } else { into };
            rank.line(line, into)
        }
        Part::Table { .. } => blank(),
    }
}

fn table(columns: &[u8], rows: &[papers::TableRow]) -> Table {
    let parts: usize = columns.iter().map(|it| usize::from(*it)).sum();
    let whole = WIDTH.unsigned_abs() as usize;
    let widths: Vec<usize> = columns.iter().map(|it| whole * usize::from(*it) / parts.max(1)).collect();
    let row = |row: &papers::TableRow| {
        let cells = row.cells.iter().enumerate().map(|(at, line)| {
            let last = at + 1 == row.cells.len();
            let span = if last { columns.len().saturating_sub(at).max(1) } else { 1 };
            let wide = widths.iter().skip(at).take(span).sum();
            let align = if row.head { AlignmentType::Center } else { AlignmentType::Left };
            let into = Paragraph::new().align(align).line_spacing(exactly(480));
            // A cell for the hand is empty: its frame shows where to write.
            let empty = matches!(line.as_slice(), [papers::Run::Blank { of }] if of.is_empty());
            let line = if empty { &Line::new() } else { line };
            TableCell::new()
                .width(wide, WidthType::Dxa)
                .grid_span(span)
                .vertical_align(VAlignType::Center)
                .add_paragraph(Rank::Small.line(line, into))
        });
        TableRow::new(cells.collect())
    };
    Table::new(rows.iter().map(row).collect())
        .set_grid(widths.clone())
        .width(whole, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

fn attachments(document: &Document) -> Vec<Paragraph> {
    let one = |(at, it): (usize, &Attachment)| {
        let label = if at == 0 { words::word("attachment") } else { "" };
        let number = &it.number;
        // Further lines of a name stand below its first character.
        let hang = if at == 0 { 3 * CELL } else { 0 } + width(number);
        let left = 5 * CELL + width(number);
        let into = paragraph().indent(Some(left), Some(SpecialIndentType::Hanging(hang)), None, None);
        Rank::Body.line(&it.name, into.add_run(Rank::Body.words(&format!("{label}{number}"))))
    };
    let named = document.attachments.iter().enumerate().map(one);
    let before = (!document.attachments.is_empty()).then(blank);
    before.into_iter().chain(named).collect()
}

/// Signature, note and the address for verifying.
fn end(document: &Document) -> Vec<Paragraph> {
    let mut all = Vec::new();
    if let Some(signature) = &document.signature {
        all.push(blank());
        all.extend(signed(signature));
    }
    if let Some(note) = &document.note {
        let (open, close) = words::word("bracket").split_once("{words}").unwrap_or_default();
        let into = Rank::Body.line(note, indented(2).add_run(Rank::Body.words(open)));
        all.push(into.add_run(Rank::Body.words(close)));
    }
    if let Some(address) = &document.verify {
        let into = Paragraph::new().line_spacing(exactly(400));
        all.push(into.add_run(Rank::Small.words(address)));
    }
    all
}

/// Without a seal: the name two characters in from the right, the date two characters right of where the
/// name begins; a longer date is two in and pushes the name left.
fn signed(signature: &Signature) -> [Paragraph; 2] {
    let (by, date) = (width(&flat(&signature.by)), width(&flat(&signature.date)));
    let mut begin = WIDTH - 2 * CELL - by;
    let mut second = begin + 2 * CELL;
    if second + date > WIDTH - 2 * CELL {
        second = WIDTH - 2 * CELL - date;
        begin = (second - 2 * CELL).max(0);
    }
    // Held from the right, so that a word processor's own widths break no line.
    let to = |end: i32| {
        paragraph().align(AlignmentType::Right).indent(None, None, Some((WIDTH - end).max(0)), None)
    };
    [Rank::Body.line(&signature.by, to(begin + by)), Rank::Body.line(&signature.date, to(second + date))]
}
