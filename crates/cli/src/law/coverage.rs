//! `yifa law coverage`: what systems must let people do, and which worked cases show it.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use office::words::Words;
use serde::Serialize;

use super::{
    claims::{Claim, Fault, claims},
    rows::{self, Ability, Domain, Mark, Row},
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
    /// List every row, also those that nothing speaks of.
    #[arg(long)]
    all: bool,
    /// Machine-readable.
    #[arg(long)]
    json: bool,
}

/// Everything for machines.
#[derive(Serialize)]
struct Answer<'a> {
    rows: Vec<Told<'a>>,
    faults: &'a [String],
    /// Rows of which all is shown.
    whole: usize,
}

/// A row for machines.
#[derive(Serialize)]
struct Told<'a> {
    id: &'a str,
    domain: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
    /// How many things it must let people do.
    abilities: usize,
    /// How many of them are shown.
    covered: usize,
    /// Whether something is refused.
    refusal: bool,
    /// Whether all of it is shown, and something is refused.
    whole: bool,
    /// Files that show something of it.
    scenarios: &'a [String],
    /// The things one by one.
    things: &'a [Ability],
}

impl Coverage {
    pub(super) fn run(self, words: &Words) -> anyhow::Result<()> {
        let mut domains = self.domains(words)?;
        let (mut faults, mut files) = (Vec::new(), 0);
        for path in tales(&self.law).map_err(|_| self.unreadable(words, 0))? {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let shown = path.display().to_string();
            let (claims, wrong) = claims(&text);
            files += usize::from(!claims.is_empty());
            faults.extend(wrong.iter().map(|it| told(words, &shown, it)));
            for claim in claims {
                faults.extend(take(&mut domains, &shown, &claim).map(|it| told(words, &shown, &it)));
            }
        }
        if self.json {
            out::line(serde_json::to_string_pretty(&answer(&domains, &faults))?);
        } else {
            out::text(self.text(words, &domains));
            faults.iter().for_each(out::line);
        }
        let says = summary(words, &domains, files, faults.len());
        if !faults.is_empty() {
            return Err(Trouble::found(says));
        }
        if !self.json {
            out::line(says);
        }
        Ok(())
    }

    fn unreadable(&self, words: &Words, line: usize) -> anyhow::Error {
        let file = ("file", self.law.join(ROWS).display().to_string().into());
        let id = if line == 0 { "coverage-no-rows" } else { "coverage-bad-row" };
        Trouble::unusable(words.with(id, &[file, ("line", number(line))]))
    }

    fn domains(&self, words: &Words) -> anyhow::Result<Vec<Domain>> {
        let text = fs::read_to_string(self.law.join(ROWS)).map_err(|_| self.unreadable(words, 0))?;
        rows::read(&text).map_err(|line| self.unreadable(words, line))
    }

    /// The rows that something speaks of, or all, and what is open in each domain.
    fn text(&self, words: &Words, domains: &[Domain]) -> String {
        let rows: Vec<&Row> =
            domains.iter().flat_map(|it| &it.rows).filter(|it| self.all || it.is_begun()).collect();
        let mut text = String::new();
        if !rows.is_empty() {
            text.push_str(&table(words, &rows));
            text.push('\n');
        }
        text.push_str(&sums(words, domains));
        text
    }
}

/// Puts a claim to its row; says what does not fit.
fn take(domains: &mut [Domain], file: &str, claim: &Claim) -> Option<Fault> {
    let row = domains.iter_mut().flat_map(|it| &mut it.rows).find(|it| it.id == claim.row);
    let Some(row) = row else {
        return Some(Fault { line: claim.line, id: "coverage-no-row", what: claim.row.clone() });
    };
    if claim.refusal {
        row.refusal = true;
        add(&mut row.files, file);
        return None;
    }
    let said = |it: &&mut Ability| it.says.eq_ignore_ascii_case(&claim.says);
    let Some(ability) = row.abilities.iter_mut().find(said) else {
        return Some(Fault { line: claim.line, id: "coverage-no-ability", what: claim.says.clone() });
    };
    // What a worked case shows counts for more than what a page or a figure is said to show.
    ability.by = ability.by.map_or(Some(claim.by), |before| Some(before.min(claim.by)));
    add(&mut ability.files, file);
    add(&mut row.files, file);
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

fn whole(domains: &[Domain]) -> usize {
    domains.iter().flat_map(|it| &it.rows).filter(|it| it.is_whole()).count()
}

fn answer<'a>(domains: &'a [Domain], faults: &'a [String]) -> Answer<'a> {
    let one = |domain: &'a Domain, it: &'a Row| Told {
        id: &it.id,
        domain: &domain.number,
        name: &it.name,
        mark: it.mark,
        abilities: it.abilities.len(),
        covered: it.shown(),
        refusal: it.refusal,
        whole: it.is_whole(),
        scenarios: &it.files,
        things: &it.abilities,
    };
    let rows = domains.iter().flat_map(|domain| domain.rows.iter().map(move |it| one(domain, it)));
    Answer { rows: rows.collect(), faults, whole: whole(domains) }
}

fn summary(words: &Words, domains: &[Domain], files: usize, faults: usize) -> String {
    let rows = || domains.iter().flat_map(|it| &it.rows);
    words.with(
        "coverage-summary",
        &[
            ("covered", number(whole(domains))),
            ("rows", number(rows().count())),
            ("shown", number(rows().map(Row::shown).sum::<usize>())),
            ("abilities", number(rows().map(|it| it.abilities.len()).sum::<usize>())),
            ("files", number(files)),
            ("faults", number(faults)),
        ],
    )
}

fn heads(words: &Words, ids: &[&str]) -> Vec<String> {
    ids.iter().map(|it| words.say(&format!("coverage-head-{it}"))).collect()
}

fn table(words: &Words, rows: &[&Row]) -> String {
    let mut table = Table::new(&heads(words, &["row", "name", "abilities", "missing"]));
    for row in rows {
        let missing = row.abilities.iter().filter(|it| it.by.is_none()).map(|it| it.says.clone());
        let no_refusal = (!row.refusal).then(|| words.say("coverage-no-refusal"));
        let missing: Vec<String> = missing.chain(no_refusal).collect();
        let name = if words.lang() == law::Lang::Zh { &row.name } else { &row.english };
        let name = match row.mark {
            None => name.clone(),
            Some(Mark::External) => words.with("coverage-external", &[("name", name.as_str().into())]),
            Some(Mark::Outside) => words.with("coverage-outside", &[("name", name.as_str().into())]),
        };
        let shown = format!("{}/{}", row.shown(), row.abilities.len());
        table.row(&[row.id.clone(), name, shown, missing.join("; ")]);
    }
    table.show()
}

/// A line for each domain: rows covered, begun, and not spoken of, and which of those are somebody else's.
fn sums(words: &Words, domains: &[Domain]) -> String {
    let columns = ["domain", "name", "rows", "whole", "begun", "open", "external", "outside"];
    let mut table = Table::new(&heads(words, &columns));
    for domain in domains {
        let count = |wanted: fn(&Row) -> bool| domain.rows.iter().filter(|it| wanted(it)).count().to_string();
        let name = if words.lang() == law::Lang::Zh { &domain.name } else { &domain.english };
        table.row(&[
            domain.number.clone(),
            name.clone(),
            domain.rows.len().to_string(),
            count(Row::is_whole),
            count(|it| it.is_begun() && !it.is_whole()),
            count(|it| !it.is_begun()),
            count(|it| !it.is_begun() && it.mark == Some(Mark::External)),
            count(|it| !it.is_begun() && it.mark == Some(Mark::Outside)),
        ]);
    }
    table.show()
}
