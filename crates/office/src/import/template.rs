//! The file that an office fills in: one sheet to fill, one that explains every column.

use law::{Act, FieldKind, Lang, PartyKind, Procedure, Text};
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, Workbook, Worksheet};

use super::{
    column::{Column, Part, columns, field_of, role_of, series_of},
    say::letter,
};
use crate::words::{self, Words};

/// Rows for which the template prepares lists to choose from.
const PREPARED: u32 = 5_000;
/// Longest list of options, in characters, that a cell can offer.
const LIST_MAX: usize = 255;

/// An empty import file of a procedure: a sheet to fill in and a sheet that explains each column.
///
/// # Errors
/// If the file cannot be made.
pub fn template(procedure: &Procedure) -> anyhow::Result<Vec<u8>> {
    let columns = columns(procedure);
    let zh = words::house(Lang::Zh);
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name(zh.say("import-sheet"))?, procedure, &columns)?;
    explain(book.add_worksheet().set_name(zh.say("import-sheet-help"))?, procedure, &columns)?;
    Ok(book.save_to_buffer()?)
}

/// The columns of an import file of a procedure, in order: path (`ACT`, `ACT.FIELD`, `ACT.ROLE`, `ACT.ROLE.kind`,
/// `ACT.ROLE.number`, `ACT.SERIES.issued`, `own-number`) and header. A file may be headed by either.
pub fn headers(procedure: &Procedure) -> Vec<(String, Text)> {
    columns(procedure).into_iter().map(|it| (it.part.to_string(), it.header)).collect()
}

/// The header of an import file as a line of CSV, with a byte-order mark.
pub fn template_csv(procedure: &Procedure, lang: Lang) -> String {
    let headers = columns(procedure).into_iter().map(|it| quoted(it.header.get(lang)));
    format!("\u{feff}{}\r\n", headers.collect::<Vec<_>>().join(","))
}

fn quoted(text: &str) -> String {
    match text.contains([',', '"', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

fn fill(sheet: &mut Worksheet, procedure: &Procedure, columns: &[Column]) -> anyhow::Result<()> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E8_EEF4));
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let text = Format::new().set_num_format("@");
    for (at, column) in (0_u16..).zip(columns) {
        let width = column.header.zh.chars().count().clamp(6, 12) * 2;
        sheet.set_column_width(at, u32::try_from(width)?)?;
        let format =
            if matches!(column.part, Part::Day(_)) || is_day(procedure, column) { &day } else { &text };
        sheet.set_column_format(at, format)?;
        sheet.write_string_with_format(0, at, &column.header.zh, &head)?;
        let options = options(procedure, &column.part);
        let length: usize = options.iter().map(|it| it.chars().count() + 1).sum();
        if !options.is_empty() && length <= LIST_MAX {
            let list = DataValidation::new().allow_list_strings(&options)?.ignore_blank(true);
            sheet.add_data_validation(1, at, PREPARED, at, &list)?;
        }
    }
    sheet.set_row_height(0, 48)?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn is_day(procedure: &Procedure, column: &Column) -> bool {
    let field = field_of(procedure, &column.part);
    field.is_some_and(|(_, field)| matches!(field.kind, FieldKind::Date { .. }))
}

/// What can be chosen in a column, in Chinese.
fn options(procedure: &Procedure, part: &Part) -> Vec<String> {
    let zh = words::house(Lang::Zh);
    if let Part::Kinds(..) = part {
        let kinds = role_of(procedure, part).map(|it| it.kinds.as_slice()).unwrap_or_default();
        return kinds.iter().map(|it| zh.say(kind_id(*it))).collect();
    }
    match field_of(procedure, part).map(|(_, field)| &field.kind) {
        Some(FieldKind::Choice { options }) => options.iter().map(|it| it.name.zh.clone()).collect(),
        Some(FieldKind::YesNo) => vec![zh.say("import-yes"), zh.say("import-no")],
        _ => Vec::new(),
    }
}

/// The message that names a kind of party.
pub(crate) fn kind_id(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Person => "kind-person",
        PartyKind::Organization => "kind-organization",
        PartyKind::Body => "kind-body",
    }
}

fn explain(sheet: &mut Worksheet, procedure: &Procedure, columns: &[Column]) -> anyhow::Result<()> {
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00E8_EEF4));
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let zh = words::house(Lang::Zh);
    let heads = [
        "import-help-column",
        "import-help-header",
        "import-help-english",
        "import-help-type",
        "import-help-options",
        "import-help-article",
    ];
    for (at, (id, width)) in (0_u16..).zip(heads.iter().zip([8_u32, 28, 34, 44, 48, 36])) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, zh.say(id), &head)?;
    }
    for (row, (at, column)) in (1_u32..).zip(columns.iter().enumerate()) {
        let cells = [
            letter(at),
            column.header.zh.clone(),
            column.header.en.clone(),
            kind(zh, procedure, &column.part),
            options(procedure, &column.part).join("\u{3001}"),
            articles(procedure, &column.part),
        ];
        for (at, text) in (0_u16..).zip(&cells) {
            sheet.write_string_with_format(row, at, text, &wrap)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    Ok(())
}

/// What a column takes, in words.
fn kind(zh: &Words, procedure: &Procedure, part: &Part) -> String {
    let id = match part {
        Part::Own => "import-type-own",
        Part::Day(act) if procedure.act(act).is_some_and(|it| it.opens) => "import-type-opening-day",
        Part::Day(_) => "import-type-day",
        Part::Names(..) => "import-type-names",
        Part::Kinds(..) => "import-type-kinds",
        Part::Numbers(..) => "import-type-numbers",
        Part::Issued(..) => {
            let form = series_of(procedure, part).map(|it| it.format.as_str()).unwrap_or_default();
            return zh.with("import-type-issued", &[("form", form.into())]);
        }
        Part::Field(..) => {
            let field = field_of(procedure, part).map(|(_, field)| field);
            let about = field.map(|it| about(zh, &it.kind)).unwrap_or_default();
            let help = field.and_then(|it| it.help.as_ref()).map(|it| it.zh.as_str());
            return [about.as_str(), help.unwrap_or_default()].join(" ").trim().to_owned();
        }
    };
    zh.say(id)
}

fn about(zh: &Words, kind: &FieldKind) -> String {
    match kind {
        FieldKind::Text { max, .. } => zh.with("import-type-text", &[("max", (*max).into())]),
        FieldKind::Number { min, max } => {
            zh.with("import-type-number", &[("min", (*min).into()), ("max", (*max).into())])
        }
        FieldKind::Money => zh.say("import-type-money"),
        FieldKind::Date { .. } => zh.say("import-type-date"),
        FieldKind::Choice { .. } => zh.say("import-type-choice"),
        FieldKind::YesNo => zh.say("import-type-yes-no"),
        FieldKind::Body => zh.say("import-type-body"),
        FieldKind::List { .. } => zh.say("import-type-list"),
        FieldKind::Matter => zh.say("import-type-matter"),
        FieldKind::Official => zh.say("import-type-official"),
        FieldKind::File { .. } => String::new(),
    }
}

fn articles(procedure: &Procedure, part: &Part) -> String {
    let act: Option<&Act> = part.act().and_then(|it| procedure.act(it));
    let basis = act.map(|it| it.basis.as_slice()).unwrap_or_default();
    basis.iter().map(ToString::to_string).collect::<Vec<_>>().join("\u{3001}")
}
