//! `yifa law coverage`: what a field's systems must let people do, and which worked cases show it.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use office::words::Words;
use serde::Serialize;

use super::{
    claims::{By, Claim, Fault, claims},
    scenarios::tales,
};
use crate::{out, table::Table, trouble::Trouble, words::number};

/// Where the rows stand, below the folder of law files.
const ROWS: &str = "coverage.tsv";

/// Tells what the worked cases cover.
#[derive(Args)]
pub(super) struct Coverage {
    /// Folder of law files with their worked cases.
    #[arg(long, value_name = "DIR", default_value = "law")]
    law: PathBuf,
    /// Machine-readable.
    #[arg(long)]
    json: bool,
}

/// A row: one system, and what it must let people do.
#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    #[serde(skip)]
    english: String,
    abilities: Vec<Ability>,
    /// Files with a worked case of the row in which something is refused.
    refused_in: Vec<String>,
    covered: bool,
}

/// One thing that somebody must be able to do.
#[derive(Serialize)]
struct Ability {
    says: String,
    /// `scenario`, `page` or `figure`; nothing if it is not covered.
    by: Option<By>,
    files: Vec<String>,
}

/// Everything for machines.
#[derive(Serialize)]
struct Answer<'a> {
    rows: &'a [Row],
    faults: Vec<String>,
    covered: usize,
}

impl Coverage {
    pub(super) fn run(self, words: &Words) -> anyhow::Result<()> {
        let mut rows = self.rows(words)?;
        let (mut faults, mut files) = (Vec::new(), 0);
        for path in tales(&self.law).map_err(|_| self.unreadable(words))? {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let shown = path.display().to_string();
            let (claims, wrong) = claims(&text);
            files += usize::from(!claims.is_empty());
            faults.extend(wrong.iter().map(|it| told(words, &shown, it)));
            for claim in claims {
                faults.extend(take(&mut rows, &shown, &claim).map(|it| told(words, &shown, &it)));
            }
        }
        for row in &mut rows {
            row.covered = row.abilities.iter().all(|it| it.by.is_some()) && !row.refused_in.is_empty();
        }
        let covered = rows.iter().filter(|it| it.covered).count();
        let says = words.with(
            "coverage-summary",
            &[
                ("covered", number(covered)),
                ("rows", number(rows.len())),
                ("files", number(files)),
                ("faults", number(faults.len())),
            ],
        );
        let whole = covered == rows.len() && faults.is_empty();
        if self.json {
            let answer = Answer { rows: &rows, faults, covered };
            out::line(serde_json::to_string_pretty(&answer)?);
        } else {
            out::text(table(words, &rows));
            faults.iter().for_each(out::line);
        }
        match (whole, self.json) {
            (true, true) => Ok(()),
            (true, false) => {
                out::line(says);
                Ok(())
            }
            (false, _) => Err(Trouble::found(says)),
        }
    }

    fn unreadable(&self, words: &Words) -> anyhow::Error {
        let file = self.law.join(ROWS).display().to_string();
        Trouble::unusable(words.with("coverage-no-rows", &[("file", file.into())]))
    }

    fn rows(&self, words: &Words) -> anyhow::Result<Vec<Row>> {
        let text = fs::read_to_string(self.law.join(ROWS)).map_err(|_| self.unreadable(words))?;
        let lines = text.lines().filter(|it| !it.starts_with('#') && !it.trim().is_empty());
        lines.map(|line| row(line).ok_or_else(|| self.unreadable(words))).collect()
    }
}

fn row(line: &str) -> Option<Row> {
    let mut columns = line.split('\t');
    let mut column = || columns.next().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
    let (id, name, abilities, english) = (column()?, column()?, column()?, column()?);
    let abilities =
        abilities.split(';').map(|it| Ability { says: it.trim().to_owned(), by: None, files: Vec::new() });
    let abilities = abilities.collect();
    Some(Row { id, name, english, abilities, refused_in: Vec::new(), covered: false })
}

/// Puts a claim to its row; says what does not fit.
fn take(rows: &mut [Row], file: &str, claim: &Claim) -> Option<Fault> {
    let Some(row) = rows.iter_mut().find(|it| it.id == claim.row) else {
        return Some(Fault { line: claim.line, id: "coverage-no-row", what: claim.row.clone() });
    };
    if claim.refusal {
        add(&mut row.refused_in, file);
        return None;
    }
    let said = |it: &&mut Ability| it.says.eq_ignore_ascii_case(&claim.says);
    let Some(ability) = row.abilities.iter_mut().find(said) else {
        return Some(Fault { line: claim.line, id: "coverage-no-ability", what: claim.says.clone() });
    };
    // What a worked case shows counts for more than what a page or a figure is said to show.
    ability.by = ability.by.map_or(Some(claim.by), |before| Some(before.min(claim.by)));
    add(&mut ability.files, file);
    None
}

fn add(files: &mut Vec<String>, file: &str) {
    if files.iter().all(|it| it != file) {
        files.push(file.to_owned());
    }
}

fn told(words: &Words, file: &str, fault: &Fault) -> String {
    let args = [("file", file.into()), ("line", number(fault.line)), ("what", fault.what.as_str().into())];
    words.with(fault.id, &args)
}

fn table(words: &Words, rows: &[Row]) -> String {
    let heads =
        ["coverage-head-row", "coverage-head-name", "coverage-head-abilities", "coverage-head-missing"];
    let mut table = Table::new(&heads.map(|it| words.say(it)));
    for row in rows {
        let shown = row.abilities.iter().filter(|it| it.by.is_some()).count();
        let missing = row.abilities.iter().filter(|it| it.by.is_none()).map(|it| it.says.clone());
        let no_refusal = row.refused_in.is_empty().then(|| words.say("coverage-no-refusal"));
        let missing: Vec<String> = missing.chain(no_refusal).collect();
        let name = if words.lang() == law::Lang::Zh { &row.name } else { &row.english };
        table.row(&[
            row.id.clone(),
            name.clone(),
            format!("{shown}/{}", row.abilities.len()),
            missing.join("; "),
        ]);
    }
    table.show()
}
