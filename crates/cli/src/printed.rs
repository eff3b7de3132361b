//! `yifa printed`: numbers of a published report held against the place's records. Exit code 1 if one cannot be true.

use std::{fs, path::PathBuf};

use clap::Args;
use office::{
    printed::{ClaimView, Verdict},
    words::Words,
};
use serde_json::json;

use crate::{data::Data, out, read, report, trouble::Trouble, words::number};

/// Holds printed numbers against the records.
#[derive(Args)]
pub(crate) struct Printed {
    #[command(flatten)]
    data: Data,
    /// The table of numbers.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Whose report.
    #[arg(long, value_name = "CODE")]
    jurisdiction: String,
    /// Of which year.
    #[arg(long, value_name = "YYYY")]
    year: String,
    /// md or json.
    #[arg(long, value_name = "md|json", default_value = "md", value_parser = ["md", "json"])]
    format: String,
}

impl Printed {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        let code = read::place(words, "--jurisdiction", &self.jurisdiction)?;
        let year = read::year(words, "--year", &self.year)?;
        let shown = self.file.display().to_string();
        let unreadable = || words.with("file-unreadable", &[("file", shown.as_str().into())]);
        let bytes = fs::read(&self.file).map_err(|_| Trouble::unusable(unreadable()))?;
        let office = self.data.open_to_read(words)?;
        if office.place(&code).is_none() {
            return Err(Trouble::unusable(report::no_place(words, &office, &code)));
        }
        let found = match office.check_printed(&code, year, &bytes)? {
            Ok(found) => found,
            Err(faults) => {
                let line = |it: &office::import::RowFault| {
                    format!("{}{} {}", it.column, it.row, it.says.get(words.lang()))
                };
                return Err(Trouble::unusable(faults.iter().map(line).collect::<Vec<_>>().join("\n")));
            }
        };
        match self.format.as_str() {
            "json" => out::line(serde_json::to_string_pretty(&machine(&found, words))?),
            _ => out::text(table(&found, words)),
        }
        let fails = found.iter().filter(|it| it.kind == Verdict::Fails).count();
        if fails > 0 {
            let says = words.with("printed-fail", &[("n", number(fails))]);
            return Err(Trouble::found(says));
        }
        Ok(())
    }
}

fn table(found: &[ClaimView], words: &Words) -> String {
    let lang = words.lang();
    let heads = [
        "printed-claim",
        "printed-words",
        "printed-number",
        "printed-computed",
        "printed-finding",
        "printed-why",
    ];
    let heads: Vec<String> = heads.iter().map(|it| words.say(it)).collect();
    let mut text = format!("| {} |\n|---|---|---:|---:|---|---|\n", heads.join(" | "));
    for it in found {
        let why: Vec<&str> = it.reasons.iter().map(|it| it.get(lang)).collect();
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            cell(&it.claim),
            cell(&it.locator),
            it.printed.get(lang),
            it.computed.as_deref().unwrap_or("\u{2014}"),
            it.finding.get(lang),
            cell(&why.join(&words.say("printed-between"))),
        ));
    }
    text
}

/// A finding as programs read it.
fn finding(kind: Verdict) -> &'static str {
    match kind {
        Verdict::Equal => "equal",
        Verdict::Within => "within",
        Verdict::Otherwise => "otherwise",
        Verdict::Fails => "fails",
        Verdict::Missing => "missing",
    }
}

/// A text in a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\r', '\n'], " ")
}

fn machine(found: &[ClaimView], words: &Words) -> serde_json::Value {
    let lang = words.lang();
    let one = |it: &ClaimView| {
        let why: Vec<&str> = it.reasons.iter().map(|it| it.get(lang)).collect();
        json!({
            "claim": it.claim, "words": it.locator, "printed": it.printed.get(lang), "computed": it.computed,
            "finding": finding(it.kind), "why": why, "indicator": it.indicator,
            "name": it.name.get(lang), "base": it.base.as_ref().map(|it| it.get(lang)),
        })
    };
    found.iter().map(one).collect()
}
