//! The lists: their columns, and where their rows come from.

use law::Lang;

use super::{
    List,
    cell::{Cell, Sink},
};
use crate::{
    access::{Caller, Denied},
    counted::WHOLE,
    open::Office,
    view::{PublishedView, Row},
    words::{self, Words},
};

/// Rows read at a time, where a page begins without going through those before it.
const STRETCH: usize = 500;

/// Columns of matters, as ids of messages.
const OF_MATTERS: [&str; 16] = [
    "export-number",
    "export-matter",
    "export-procedure",
    "export-stage",
    "export-handler",
    "export-outcome",
    "export-received",
    "export-limit",
    "export-due",
    "export-left",
    "export-unit",
    "export-provisional",
    "export-suspended",
    "export-findings",
    "export-closed",
    "export-id",
];
/// Columns of publications.
const OF_PUBLISHED: [&str; 6] = [
    "export-number",
    "export-publication",
    "export-published",
    "export-bodies",
    "export-outcome",
    "export-address",
];

/// How many rows went into a file.
type Poured = anyhow::Result<Result<u64, Denied>>;

impl List {
    /// The message that names it.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Inbox(_) => "export-inbox",
            Self::Search(_) => "export-search",
            Self::Cases { .. } => "export-cases",
            Self::Published { .. } => "export-publications",
        }
    }

    /// The beginning of its file's name.
    pub(super) fn stem(&self) -> String {
        match self {
            Self::Inbox(view) => format!("inbox-{}", crate::inbox::word(view.kind)),
            Self::Search(_) => "search".to_owned(),
            Self::Cases { indicator, year } => format!("{indicator}-{year}"),
            Self::Published { place, .. } => format!("published-{place}"),
        }
    }
}

impl Office {
    /// Pours a list into a file: every page of it, by the function that makes the page.
    pub(super) fn pour(&self, caller: &Caller, list: &List, lang: Lang, sink: &mut dyn Sink) -> Poured {
        let house = words::house(lang);
        let heads: &[&str] = if let List::Published { .. } = list { &OF_PUBLISHED } else { &OF_MATTERS };
        sink.header(heads.iter().map(|it| house.say(it)).collect())?;
        let (mut rows, mut after) = (0, None);
        loop {
            let page = match list {
                List::Inbox(view) => self.inbox_page(caller, view, after.as_deref(), STRETCH)?,
                List::Search(text) => self.search_page(caller, text)?,
                List::Cases { indicator, year } => {
                    self.cases_page(caller, indicator, *year, after.as_deref(), WHOLE)?
                }
                List::Published { place, query } => {
                    let page = self.published_page(place, query, after.as_deref(), STRETCH)?;
                    for it in &page.rows {
                        sink.row(published(it, lang))?;
                    }
                    rows += page.rows.len() as u64;
                    after = page.next;
                    match after {
                        Some(_) => continue,
                        None => return Ok(Ok(rows)),
                    }
                }
            };
            let page = match page {
                Ok(page) => page,
                Err(denied) => return Ok(Err(denied)),
            };
            for row in &page.rows {
                sink.row(matter(row, house))?;
            }
            rows += page.rows.len() as u64;
            after = page.next;
            if after.is_none() {
                return Ok(Ok(rows));
            }
        }
    }
}

fn matter(row: &Row, house: &Words) -> Vec<Cell> {
    let lang = house.lang();
    let yes = |it: bool| if it { Cell::Text(house.say("export-yes")) } else { Cell::Empty };
    let due = row.due.as_ref();
    let unit = |it: &crate::view::RowDue| Cell::Text(house.say(&format!("unit-{}", it.unit)));
    vec![
        Cell::text(&row.number),
        Cell::text(&row.title),
        Cell::text(row.procedure.get(lang)),
        Cell::text(row.stage.get(lang)),
        Cell::text(row.handler.as_deref().unwrap_or_default()),
        Cell::text(row.outcome.as_ref().map_or("", |it| it.get(lang))),
        row.received.into(),
        Cell::text(due.map_or("", |it| it.limit.get(lang))),
        due.map(|it| it.due).into(),
        due.map(|it| it.left).into(),
        due.map_or(Cell::Empty, unit),
        yes(due.is_some_and(|it| it.provisional)),
        yes(row.suspended),
        i64::from(row.findings).into(),
        yes(row.closed),
        Cell::Text(row.id.to_string()),
    ]
}

fn published(paper: &PublishedView, lang: Lang) -> Vec<Cell> {
    let comma = words::house(lang).say("export-comma");
    vec![
        Cell::text(&paper.number),
        Cell::text(paper.name.get(lang)),
        paper.on.into(),
        Cell::text(paper.bodies.join(&comma)),
        Cell::text(paper.outcome.as_ref().map_or("", |it| it.get(lang))),
        Cell::Text(format!("/p/{}/published/{}/{}", paper.jurisdiction, paper.matter, paper.key)),
    ]
}
