//! What stands at the edges of pages: numbers, the second double line of a letter, the colophon.

use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, PageNum, Paragraph, ParagraphBorderPosition, Run, Tab,
    TabValueType, Table, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins,
    TableLayoutType, TablePositionProperty, TableRow, WidthType,
};
use law::Layout;
use papers::{Document, words};

use super::{
    measure::{BLACK, CELL, Rank, WIDTH, exactly},
    rule,
};

/// Page numbers at the outer side; a letter's first page has the second double line instead.
pub(super) fn folios(document: &Document, file: Docx) -> Docx {
    let (before, after) = words::word("folio").split_once("{n}").unwrap_or_default();
    let folio = |align: AlignmentType| {
        let (left, right) = match align {
            AlignmentType::Left => (Some(CELL), None),
            _ => (None, Some(CELL)),
        };
        let line = Paragraph::new().align(align).indent(left, None, right, None);
        let line = line.add_run(Rank::Folio.words(before)).add_page_num(PageNum::new());
        Footer::new().add_paragraph(line.add_run(Rank::Folio.words(after)))
    };
    let file = file.footer(folio(AlignmentType::Right)).even_footer(folio(AlignmentType::Left));
    if document.layout != Layout::Letter {
        return file;
    }
    let line = rule(ParagraphBorderPosition::Top, BorderType::ThinThickSmallGap, 24, 1);
    let line = Paragraph::new().indent(Some(-397), None, Some(-397), None).set_borders(line);
    file.first_footer(Footer::new().add_paragraph(line))
}

/// Copies and printing organ; in a document at the foot of the last page, between their lines.
pub(super) fn colophon(document: &Document, file: Docx) -> Docx {
    let mut rows = Vec::new();
    if let Some(copies) = &document.copies {
        let into = row(Paragraph::new()).add_run(Rank::Small.words(words::word("copies")));
        rows.push(Rank::Small.line(copies, into).add_run(Rank::Small.words(words::word("stop"))));
    }
    if let Some((organ, day)) = &document.printed {
        let day = if day.is_empty() { String::new() } else { words::fill("printed", &[("date", day)]) };
        let end = usize::try_from(WIDTH - CELL).unwrap_or_default();
        let tab = Tab::new().val(TabValueType::Right).pos(end);
        let into = row(Paragraph::new()).add_tab(tab).add_run(Rank::Small.words(organ));
        rows.push(into.add_run(Rank::Small.run(Run::new().add_tab().add_text(day))));
    }
    if document.layout != Layout::Document {
        return rows.into_iter().fold(file, Docx::add_paragraph);
    }
    if rows.is_empty() {
        return file;
    }
    let whole = WIDTH.unsigned_abs() as usize;
    let cell = |it: Paragraph| TableCell::new().width(whole, WidthType::Dxa).add_paragraph(it);
    let rows = rows.into_iter().map(|it| TableRow::new(vec![cell(it)])).collect();
    // Lines of 0.35 mm above and below, of 0.25 mm between; in eighths of a point.
    let line =
        |position, size| TableBorder::new(position).border_type(BorderType::Single).size(size).color(BLACK);
    let lines = TableBorders::with_empty()
        .set(line(TableBorderPosition::Top, 8))
        .set(line(TableBorderPosition::Bottom, 8))
        .set(line(TableBorderPosition::InsideH, 6));
    let place = TablePositionProperty::new()
        .vertical_anchor("margin")
        .horizontal_anchor("margin")
        .position_x_alignment("left")
        .position_y_alignment("bottom");
    let table =
        Table::new(rows).set_grid(vec![whole]).width(whole, WidthType::Dxa).layout(TableLayoutType::Fixed);
    // A table needs a line after it to hold on to.
    let last = Paragraph::new().line_spacing(exactly(20));
    file.add_table(
        table.margins(TableCellMargins::new().margin(0, 0, 0, 0)).set_borders(lines).position(place),
    )
    .add_paragraph(last)
}

fn row(line: Paragraph) -> Paragraph {
    line.line_spacing(exactly(480)).indent(Some(CELL), None, Some(CELL), None)
}
