//! Figures and reports of a place, computed from its tallies, each opening down to its cases.
//!
//! Matters of an import that is still being brought in are left out of every figure until the last of its rows is in
//! (see [`crate::import`]).

use std::collections::{BTreeMap, BTreeSet};

use engine::{Jurisdiction, MatterId};
use figures::{Counts, Leaf, Number, Period};
use law::{Count, Indicator, Key, Lang, Text};
use store::{Cursor, MatterRow, Reader};

use crate::{
    access::{Caller, Denied, Right, may},
    import,
    inbox::desk,
    open::Office,
    view::{FigureView, Page, ReportRuns, ReportView, Row, Run},
    words,
};

/// Rows on a page of cases.
const PAGE: usize = 50;
/// Rows fetched at a time when all cases of a figure are gone through.
const STRETCH: usize = 500;
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
                    let figure = desk.figure(indicator, period)?;
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
            for year in (this - YEARS_BACK..=this).rev() {
                let Some(period) = Period::year(year) else { continue };
                if year == this || desk.has_records(period)? {
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
            desk.indicator(key).map(|it| desk.figure(it, period)).transpose()
        })
    }

    /// All figures of the caller's place.
    ///
    /// # Errors
    /// If the store fails or an indicator cannot be computed.
    pub fn figures(&self, caller: &Caller, year: i16) -> anyhow::Result<Result<Vec<FigureView>, Denied>> {
        let (place, _) = match desk(caller) {
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
    pub fn figure_cases(
        &self,
        caller: &Caller,
        key: &str,
        year: i16,
        after: Option<&str>,
    ) -> anyhow::Result<Result<Page<Row>, Denied>> {
        let (place, _) = match desk(caller) {
            Ok(it) => it,
            Err(denied) => return Ok(Err(denied)),
        };
        let mut page = Page { rows: Vec::new(), next: None };
        let Some(period) = Period::year(year) else { return Ok(Ok(page)) };
        let found = self.store().read(|reader| {
            let desk = Desk::new(self, reader, &place)?;
            let Some(indicator) = desk.indicator(key) else { return Ok(Vec::new()) };
            let from = after.and_then(Stop::read).unwrap_or_default();
            desk.cases(indicator, period, from, PAGE + 1)
        })?;
        page.next = found.get(PAGE).and_then(|_| found.get(PAGE - 1)).map(|(stop, _)| stop.to_string());
        let mut rows: Vec<MatterRow> = found.into_iter().take(PAGE).map(|(_, row)| row).collect();
        rows.retain(|it| may(caller, Right::Read(&place, it.id, &it.body)).is_ok());
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
            let mut numbers = Vec::new();
            let mut from = Stop::default();
            loop {
                let rows = desk.cases(indicator, period, from, STRETCH)?;
                let full = rows.len() == STRETCH;
                let last = rows.last().map(|(stop, _)| stop.clone());
                numbers.extend(rows.into_iter().map(|(_, row)| row.number));
                match last {
                    Some(stop) if full => from = stop,
                    _ => return Ok(Some(numbers)),
                }
            }
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
        let opens = house.with("report-opens", &[("count", figure.cases.into())]);
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

/// One place's tallies within one snapshot, and the matters that do not count yet.
struct Desk<'a> {
    reader: &'a Reader,
    place: &'a Jurisdiction,
    all: Vec<&'a Indicator>,
    hidden: BTreeSet<MatterId>,
}

impl<'a> Desk<'a> {
    fn new(office: &'a Office, reader: &'a Reader, place: &'a Jurisdiction) -> anyhow::Result<Self> {
        let hidden = import::unsealed(reader, place)?;
        Ok(Self { reader, place, all: office.laws().indicators().collect(), hidden })
    }

    fn indicator(&self, key: &str) -> Option<&'a Indicator> {
        self.all.iter().copied().find(|it| it.key.as_str() == key)
    }

    fn number(&self, indicator: &Indicator, period: Period) -> anyhow::Result<Number> {
        Ok(figures::evaluate(indicator, &self.all, period, self)?)
    }

    fn figure(&self, indicator: &Indicator, period: Period) -> anyhow::Result<FigureView> {
        let number = self.number(indicator, period)?;
        let before = match Period::year(period.from.year() - 1) {
            Some(year) => Some(self.number(indicator, year)?),
            None => None,
        };
        let change = before.and_then(|it| number.change_from(&it, indicator.decimals));
        let mut cases = 0;
        for leaf in figures::leaves(indicator, &self.all) {
            cases += match &leaf {
                Leaf::Count { procedures, what } => self.count(procedures, what, period)?,
                Leaf::Open { procedures, into, out } => self.open(procedures, into, out, period)?,
            };
        }
        Ok(FigureView {
            key: indicator.key.clone(),
            name: indicator.name.clone(),
            definition: indicator.definition.clone(),
            unit: indicator.unit.clone(),
            value: number.printed(indicator.decimals),
            before: before.and_then(|it| it.printed(indicator.decimals)),
            change: change.and_then(|it| it.printed()),
            change_in_points: change.is_some_and(|it| it.in_points()),
            opens: cases > 0,
            cases,
        })
    }

    fn has_records(&self, period: Period) -> anyhow::Result<bool> {
        for indicator in &self.all {
            for leaf in figures::leaves(indicator, &self.all) {
                let (Leaf::Count { procedures, what } | Leaf::Open { procedures, into: what, .. }) = &leaf;
                if self.count(procedures, what, period)? != 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Cases of an indicator from a stop on, leaf by leaf.
    fn cases(
        &self,
        indicator: &Indicator,
        period: Period,
        from: Stop,
        limit: usize,
    ) -> anyhow::Result<Vec<(Stop, MatterRow)>> {
        let lists = self.lists(indicator, period);
        let mut found: Vec<(Stop, MatterRow)> = Vec::new();
        let mut after = from.after;
        for (place, list) in lists.iter().enumerate().skip(from.list) {
            loop {
                let rows = list.page(self, after.as_ref())?;
                let Some((last, _)) = rows.last() else { break };
                after = Some(last.clone());
                for (cursor, row) in rows {
                    let seen = self.hidden.contains(&row.id)
                        || found.last().is_some_and(|(_, before)| before.id == row.id);
                    if seen {
                        continue;
                    }
                    found.push((Stop { list: place, after: Some(cursor) }, row));
                    if found.len() == limit {
                        return Ok(found);
                    }
                }
            }
            after = None;
        }
        Ok(found)
    }

    fn lists(&self, indicator: &Indicator, period: Period) -> Vec<List> {
        let mut lists = Vec::new();
        for leaf in figures::leaves(indicator, &self.all) {
            match leaf {
                Leaf::Count { procedures, what } => {
                    lists.extend(procedures.iter().map(|it| List::Count(counted(it, &what, period))));
                }
                Leaf::Open { procedures, into, out } => {
                    lists.extend(procedures.iter().map(|it| List::Open(open(it, &into, &out, period))));
                }
            }
        }
        lists
    }

    /// How often cases of a list stand in it, without those that do not count yet.
    fn gone_through(&self, list: &List) -> anyhow::Result<i64> {
        let mut sum = 0;
        let mut after = None;
        loop {
            let rows = list.counted_page(self, after.as_ref())?;
            let Some((last, ..)) = rows.last() else { return Ok(sum) };
            after = Some(last.clone());
            sum += rows.iter().filter(|it| !self.hidden.contains(&it.1)).map(|it| it.2).sum::<i64>();
        }
    }
}

impl Counts for Desk<'_> {
    type Error = anyhow::Error;

    fn count(&self, procedures: &[Key], what: &Count, period: Period) -> anyhow::Result<i64> {
        let one = |key: &Key| {
            let what = counted(key, what, period);
            match self.hidden.is_empty() {
                true => self.reader.count(self.place, &what),
                false => self.gone_through(&List::Count(what)),
            }
        };
        procedures.iter().map(one).sum()
    }

    fn open(&self, procedures: &[Key], into: &Count, out: &Count, period: Period) -> anyhow::Result<i64> {
        let one = |key: &Key| {
            let what = open(key, into, out, period);
            match self.hidden.is_empty() {
                true => Ok(i64::try_from(self.reader.open_count(self.place, &what)?)?),
                false => self.gone_through(&List::Open(what)),
            }
        };
        procedures.iter().map(one).sum()
    }
}

fn counted(procedure: &Key, what: &Count, period: Period) -> store::Count {
    store::Count {
        procedure: procedure.clone(),
        marks: what.marks.clone(),
        from: period.from,
        to: period.to,
        on_received: what.on_received,
        body: None,
        known: None,
    }
}

fn open(procedure: &Key, into: &Count, out: &Count, period: Period) -> store::OpenCases {
    store::OpenCases {
        procedure: procedure.clone(),
        into: into.marks.clone(),
        out: out.marks.clone(),
        from: period.from,
        to: period.to,
        out_by: period.to,
        body: None,
    }
}

/// One list of the store that a figure's cases come from.
enum List {
    Count(store::Count),
    Open(store::OpenCases),
}

impl List {
    fn page(&self, desk: &Desk<'_>, after: Option<&Cursor>) -> anyhow::Result<Vec<(Cursor, MatterRow)>> {
        Ok(match self {
            Self::Count(what) => {
                let rows = desk.reader.cases(desk.place, what, after, STRETCH)?;
                rows.into_iter().map(|it| (it.cursor(), it.matter)).collect()
            }
            Self::Open(what) => {
                let rows = desk.reader.open_cases(desk.place, what, after, STRETCH)?;
                rows.into_iter().map(|it| (what.cursor(&it), it)).collect()
            }
        })
    }

    fn counted_page(
        &self,
        desk: &Desk<'_>,
        after: Option<&Cursor>,
    ) -> anyhow::Result<Vec<(Cursor, MatterId, i64)>> {
        Ok(match self {
            Self::Count(what) => {
                let rows = desk.reader.cases(desk.place, what, after, STRETCH)?;
                rows.into_iter().map(|it| (it.cursor(), it.matter.id, it.n)).collect()
            }
            Self::Open(_) => {
                self.page(desk, after)?.into_iter().map(|(cursor, row)| (cursor, row.id, 1)).collect()
            }
        })
    }
}

/// Where a list of cases goes on: in which of the figure's lists, after which row. As a word: `LIST.CURSOR`.
#[derive(Clone, Debug, Default)]
struct Stop {
    list: usize,
    after: Option<Cursor>,
}

impl Stop {
    fn read(text: &str) -> Option<Self> {
        let (list, cursor) = text.split_once('.')?;
        Some(Self { list: list.parse().ok()?, after: Some(cursor.parse().ok()?) })
    }
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.", self.list)?;
        self.after.as_ref().map_or(Ok(()), |it| it.fmt(f))
    }
}
