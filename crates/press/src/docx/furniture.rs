//! What stands at the edges of pages: numbers, the second double line of a letter, the colophon.

use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, PageNum, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders,
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

/// Copies and printing organ, at the foot of the last page.
pub(super) fn colophon(document: &Document) -> Vec<Paragraph> {
    let mut rows = Vec::new();
    if let Some(copies) = &document.copies {
        let into = row(Paragraph::new()).add_run(Rank::Small.words(words::word("copies")));
        rows.push(Rank::Small.line(copies, into).add_run(Rank::Small.words(words::word("stop"))));
    }
    if let Some((organ, day)) = &document.printed {
        let day = if day.is_empty() { String::new() } else { words::fill("printed", &[("date", day)]) };
        let end = usize::try_from(WIDTH - CELL).unwrap_or_default();
        let tab = docx_rs::Tab::new().val(docx_rs::TabValueType::Right).pos(end);
        let into = row(Paragraph::new()).add_tab(tab).add_run(Rank::Small.words(organ));
        rows.push(into.add_run(Rank::Small.run(docx_rs::Run::new().add_tab().add_text(day))));
    }
    if document.layout != Layout::Document {
        return rows;
    }
    let last = rows.len().saturating_sub(1);
    rows.into_iter().enumerate().map(|(at, it)| framed(it, at == 0, at == last)).collect()
}

fn row(line: Paragraph) -> Paragraph {
    line.line_spacing(exactly(480)).indent(Some(CELL), None, Some(CELL), None)
}

/// Lines of 0.35 mm above the first and below the last, of 0.25 mm between; all at the foot of the page.
fn framed(line: Paragraph, first: bool, last: bool) -> Paragraph {
    let border = |position, thick: bool| {
        let size = if thick { 8 } else { 6 };
        ParagraphBorder::new(position).val(BorderType::Single).size(size).space(1).color(BLACK)
    };
    let mut borders = ParagraphBorders::with_empty().set(border(ParagraphBorderPosition::Top, first));
    if last {
        borders = borders.set(border(ParagraphBorderPosition::Bottom, true));
    }
    line.set_borders(borders)
        .h_anchor("margin")
        .v_anchor("margin")
        .y_align("bottom")
        .x_align("left")
        .frame_width(WIDTH.unsigned_abs())
        .wrap("notBeside")
}
