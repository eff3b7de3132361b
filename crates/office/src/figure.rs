//! Figures and reports of a place, computed from its tallies, each opening down to its cases.
//!
//! Matters of an import that is still being brought in are left out of every figure until the last of its rows is in
//! (see [`crate::import`]).

use std::collections::BTreeMap;

use engine::Jurisdiction;
use figures::Period;
use law::{Key, Lang, Text};
use store::MatterRow;

use crate::{
    access::{Caller, Denied, may, reading_row},
    counted::{Desk, Stop, WHOLE},
    inbox::desk,
    open::Office,
    view::{FigureView, Page, ReportRuns, ReportView, Row, Run},
    words,
};

/// Rows on a page of cases.
const PAGE: usize = 50;
/// How many years before this one are looked at for records.
const YEARS_BACK: i16 = 30;
/// What stands for a figure that has no value.
const NOTHING: &str = "\u{2014}";

impl Office {
    /// The report of a year, as the records stand now. `None` for a place or year that there is none for.
    ///
    /// # Errors
    /// If the store fails or an indicator cannot be computed.
    pub fn report(&self, place: &Jurisdiction, year: i16) -> anyhow::Result<Option<ReportView>> {
        let (Some(place), Some(period)) = (self.place(place), Period::year(year)) else {
            return Ok(None);
        };
        let Some(first) = self.laws().reports().next() else { return Ok(None) };
        let title = Text::new(
            figures::title(&first.title.zh, &place.name.zh, year),
            figures::title(&first.title.en, &place.name.en, year),
        );
        let mut paragraphs = Vec::new();
        let mut found: Vec<FigureView> = Vec::new();
        self.store().read(|reader| {
            let desk = Desk::new(self, reader, &place.code)?;
            let mut runs = |text: &str, name: &str| {
                figures::runs(text, name, year, |key| {
                    if let Some(known) = found.iter().find(|it| it.key == *key) {
                        return Ok(value_of(known));
                    }
                    let Some(indicator) = desk.indicator(key) else {
                        anyhow::bail!("the report names an indicator that there is not: {key}")
                    };
                    let figure = desk.figure_with_cases(indicator, period)?;
                    let value = value_of(&figure);
                    found.push(figure);
                    Ok(value)
                })
            };
            for paragraph in self.laws().reports().flat_map(|it| &it.paragraphs) {
                let both = ReportRuns {
                    zh: shown(runs(&paragraph.text.zh, &place.name.zh)?),
                    en: shown(runs(&paragraph.text.en, &place.name.en)?),
                };
                paragraphs.push((paragraph.heading.clone(), both));
            }
            Ok(())
        })?;
        let computed = self.now();
        Ok(Some(ReportView { title, place, year, paragraphs, figures: found, computed }))
    }

    /// The years for which a place has records that are counted, newest first; always this year.
    ///
    /// # Errors
    /// If the store fails.
    pub fn report_years(&self, place: &Jurisdiction) -> anyhow::Result<Vec<i16>> {
        let this = self.now().year();
        self.store().read(|reader| {
            let desk = Desk::new(self, reader, place)?;
            let mut years = Vec::new();
            let counted = reader.counted_years(place)?;
            for year in (this - YEARS_BACK..=this).rev() {
                let Some(period) = Period::year(year) else { continue };
                if year == this || (counted.contains(&year) && desk.has_records(period)?) {
                    years.push(year);
                }
            }
            Ok(years)
        })
    }

    /// One figure of a place.
    ///
    /// # Errors
    /// If the store fails or the indicator cannot be computed.
    pub fn figure(&self, place: &Jurisdiction, key: &str, year: i16) -> anyhow::Result<Option<FigureView>> {
        let (Some(place), Some(period)) = (self.place(place), Period::year(year)) else {
            return Ok(None);
        };
        self.store().read(|reader| {
            let desk = Desk::new(self, reader, &place.code)?;
            desk.indicator(key).map(|it| desk.figure_with_cases(it, period)).transpose()
        })
    }

    /// All figures of the caller's place.
    ///
    /// # Errors
    /// If the store fails or an indicator cannot be computed.
    pub fn figures(&self, caller: &Caller, year: i16) -> anyhow::Result<Result<Vec<FigureView>, Denied>> {
        let place = match desk(caller) {
            Ok(it) => it,
            Err(denied) => return Ok(Err(denied)),
        };
        let Some(period) = Period::year(year) else { return Ok(Ok(Vec::new())) };
        self.store().read(|reader| {
            let desk = Desk::new(self, reader, &place)?;
            let figures = desk.all.iter().map(|it| desk.figure(it, period));
            Ok(Ok(figures.collect::<anyhow::Result<_>>()?))
        })
    }

    /// A page of the cases behind a figure of the caller's place. A ratio or a sum opens the cases of its parts.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn figure_cases(
        &self,
        caller: &Caller,
        key: &str,
        year: i16,
        after: Option<&str>,
    ) -> anyhow::Result<Result<Page<Row>, Denied>> {
        let page = self.cases_page(caller, key, year, after, PAGE)?;
        self.noted(caller, format!("figure:{key}:{year}"), page).await
    }

    /// Cases behind a figure from a place in their list on; [`WHOLE`] as the size of a page gives all.
    pub(crate) fn cases_page(
        &self,
        caller: &Caller,
        key: &str,
        year: i16,
        after: Option<&str>,
        size: usize,
    ) -> anyhow::Result<Result<Page<Row>, Denied>> {
        let place = match desk(caller) {
            Ok(it) => it,
            Err(denied) => return Ok(Err(denied)),
        };
        let mut page = Page { rows: Vec::new(), next: None };
        let Some(period) = Period::year(year) else { return Ok(Ok(page)) };
        let found = self.store().read(|reader| {
            let desk = Desk::new(self, reader, &place)?;
            let Some(indicator) = desk.indicator(key) else { return Ok(None) };
            let from = after.and_then(Stop::read).unwrap_or_default();
            desk.cases(indicator, period, from, size.saturating_add(1)).map(Some)
        })?;
        let Some(found) = found else { return Ok(Err(Denied::NotYours)) };
        page.next = found.get(size).and_then(|_| found.get(size - 1)).map(|(stop, _)| stop.to_string());
        let mut rows: Vec<MatterRow> = found.into_iter().take(size).map(|(_, row)| row).collect();
        rows.retain(|it| may(caller, reading_row(self.laws(), &place, it)).is_ok());
        page.rows = self.rows(&place, rows)?;
        Ok(Ok(page))
    }

    /// The numbers of all matters behind a figure, in the order in which its list shows them. `None` if there is no
    /// such indicator.
    ///
    /// # Errors
    /// If the store fails.
    pub fn case_numbers(
        &self,
        place: &Jurisdiction,
        key: &str,
        year: i16,
    ) -> anyhow::Result<Option<Vec<String>>> {
        let Some(period) = Period::year(year) else { return Ok(None) };
        self.store().read(|reader| {
            let desk = Desk::new(self, reader, place)?;
            let Some(indicator) = desk.indicator(key) else { return Ok(None) };
            let rows = desk.cases(indicator, period, Stop::default(), WHOLE)?;
            Ok(Some(rows.into_iter().map(|(_, row)| row.number).collect()))
        })
    }
}

/// A report as Markdown: the text with every figure a link, and below it what each figure counts, with the address
/// of its cases. `base` is the address of the site without a slash at its end.
pub fn report_markdown(report: &ReportView, lang: Lang, base: &str) -> String {
    report_markdown_with_cases(report, lang, base, &BTreeMap::new())
}

/// As [`report_markdown`], with the numbers of the matters under each figure that `cases` holds.
pub fn report_markdown_with_cases(
    report: &ReportView,
    lang: Lang,
    base: &str,
    cases: &BTreeMap<Key, Vec<String>>,
) -> String {
    let house = words::house(lang);
    let address = |key: &Key| format!("{base}/p/{}/figures/{key}/{}", report.place.code, report.year);
    let mut text = format!("# {}\n", report.title.get(lang));
    for (heading, runs) in &report.paragraphs {
        text.push_str(&format!("\n## {}\n\n", heading.get(lang)));
        for run in if lang == Lang::Zh { &runs.zh } else { &runs.en } {
            match run {
                Run::Words(words) => text.push_str(words),
                Run::Figure(key, value) => text.push_str(&format!("[{value}]({})", address(key))),
            }
        }
        text.push('\n');
    }
    let heads = ["report-figure", "report-value", "report-means", "report-cases"];
    let heads: Vec<String> = heads.iter().map(|it| house.say(it)).collect();
    text.push_str(&format!("\n| {} |\n|---|---:|---|---|\n", heads.join(" | ")));
    for figure in &report.figures {
        let opens = house.with("report-opens", &[("count", figure.cases.unwrap_or_default().into())]);
        text.push_str(&format!(
            "| {} | {} {} | {} | [{opens}]({}) |\n",
            figure.name.get(lang),
            value_of(figure),
            figure.unit.get(lang),
            figure.definition.get(lang),
            address(&figure.key),
        ));
    }
    for figure in report.figures.iter().filter(|it| cases.contains_key(&it.key)) {
        let (name, value) = (figure.name.get(lang), value_of(figure));
        text.push_str(&format!("\n### {name} {value} {}\n\n", figure.unit.get(lang)));
        for number in cases.get(&figure.key).into_iter().flatten() {
            text.push_str(&format!("- {number}\n"));
        }
    }
    let moment = words::moment(lang, report.computed);
    text.push_str(&format!("\n{}\n", house.with("report-computed", &[("moment", moment.into())])));
    text
}

fn value_of(figure: &FigureView) -> String {
    figure.value.clone().unwrap_or_else(|| NOTHING.to_owned())
}

fn shown(runs: Vec<figures::Run>) -> Vec<Run> {
    let one = |run| match run {
        figures::Run::Words(words) => Run::Words(words),
        figures::Run::Figure(key, value) => Run::Figure(key, value),
    };
    runs.into_iter().map(one).collect()
}
