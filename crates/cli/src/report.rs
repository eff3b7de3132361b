//! `yifa report`: a year's report of a place as Markdown, HTML or JSON. It reads what the pages read.

use std::collections::BTreeMap;

use clap::Args;
use engine::Jurisdiction;
use law::{Key, Lang};
use office::{
    Office, report_markdown_with_cases,
    view::{FigureView, ReportView, Run},
    words::Words,
};
use serde_json::json;

use crate::{data::Data, out, read, trouble::Trouble};

/// The numbers of the matters behind each figure.
type Cases = BTreeMap<Key, Vec<String>>;

/// Prints a year's report.
#[derive(Args)]
pub(crate) struct Report {
    #[command(flatten)]
    data: Data,
    /// Whose.
    #[arg(long, value_name = "CODE")]
    jurisdiction: String,
    /// Of which year.
    #[arg(long, value_name = "YYYY")]
    year: String,
    /// md, html or json.
    #[arg(long, value_name = "md|html|json", default_value = "md", value_parser = ["md", "html", "json"])]
    format: String,
    /// With the numbers of the cases behind each figure.
    #[arg(long)]
    cases: bool,
    /// Address of the site for links.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8080")]
    base: String,
}

impl Report {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        let code = read::place(words, "--jurisdiction", &self.jurisdiction)?;
        let year = read::year(words, "--year", &self.year)?;
        let office = self.data.open_to_read(words)?;
        let Some(report) = office.report(&code, year)? else {
            return Err(Trouble::unusable(no_place(words, &office, &code)));
        };
        let cases = if self.cases { cases(&office, &report)? } else { Cases::new() };
        let base = self.base.trim_end_matches('/');
        match self.format.as_str() {
            "html" => out::text(html(&report, words.lang(), base, &cases)),
            "json" => out::line(serde_json::to_string_pretty(&machine(&report, words.lang(), base, &cases))?),
            _ => out::text(report_markdown_with_cases(&report, words.lang(), base, &cases)),
        }
        Ok(())
    }
}

pub(crate) fn no_place(words: &Words, office: &Office, code: &Jurisdiction) -> String {
    let known: Vec<String> = office.places().iter().map(|it| it.code.to_string()).collect();
    words.with("report-no-place", &[("code", code.to_string().into()), ("codes", known.join(", ").into())])
}

fn cases(office: &Office, report: &ReportView) -> anyhow::Result<Cases> {
    let mut cases = Cases::new();
    for figure in &report.figures {
        let numbers = office.case_numbers(&report.place.code, &figure.key, report.year)?;
        cases.insert(figure.key.clone(), numbers.unwrap_or_default());
    }
    Ok(cases)
}

fn address(report: &ReportView, base: &str, key: &Key) -> String {
    format!("{base}/p/{}/figures/{key}/{}", report.place.code, report.year)
}

fn machine(report: &ReportView, lang: Lang, base: &str, cases: &Cases) -> serde_json::Value {
    let figure = |it: &FigureView| {
        json!({
            "key": it.key, "name": it.name.get(lang), "means": it.definition.get(lang),
            "value": it.value, "unit": it.unit.get(lang), "before": it.before, "change": it.change,
            "cases": it.cases, "address": address(report, base, &it.key), "numbers": cases.get(&it.key),
        })
    };
    json!({
        "jurisdiction": report.place.code, "place": report.place.name.get(lang), "year": report.year,
        "title": report.title.get(lang), "computed": report.computed.to_string(),
        "paragraphs": report.paragraphs.iter().map(|(heading, runs)| {
            let runs = if lang == Lang::Zh { &runs.zh } else { &runs.en };
            json!({ "heading": heading.get(lang), "text": runs.iter().map(plain).collect::<String>() })
        }).collect::<Vec<_>>(),
        "figures": report.figures.iter().map(figure).collect::<Vec<_>>(),
    })
}

fn plain(run: &Run) -> &str {
    match run {
        Run::Words(text) | Run::Figure(_, text) => text,
    }
}

fn html(report: &ReportView, lang: Lang, base: &str, cases: &Cases) -> String {
    let code = if lang == Lang::Zh { "zh-CN" } else { "en" };
    let title = escaped(report.title.get(lang));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<h1>{title}</h1>\n"
    );
    for (heading, runs) in &report.paragraphs {
        page.push_str(&format!("<h2>{}</h2>\n<p>", escaped(heading.get(lang))));
        for run in if lang == Lang::Zh { &runs.zh } else { &runs.en } {
            page.push_str(&match run {
                Run::Words(text) => escaped(text),
                Run::Figure(key, value) => link(&address(report, base, key), value),
            });
        }
        page.push_str("</p>\n");
    }
    page.push_str("<dl>\n");
    for figure in &report.figures {
        let value = figure.value.as_deref().unwrap_or("\u{2014}");
        let shown = format!("{value} {}", figure.unit.get(lang));
        page.push_str(&format!(
            "<dt>{} {}</dt>\n<dd>{}",
            escaped(figure.name.get(lang)),
            link(&address(report, base, &figure.key), &shown),
            escaped(figure.definition.get(lang)),
        ));
        if let Some(numbers) = cases.get(&figure.key).filter(|it| !it.is_empty()) {
            let items: String = numbers.iter().map(|it| format!("<li>{}</li>", escaped(it))).collect();
            page.push_str(&format!("<ul>{items}</ul>"));
        }
        page.push_str("</dd>\n");
    }
    page.push_str("</dl>\n</html>\n");
    page
}

fn link(address: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escaped(address), escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
