//! The year 2023 of the district, as its printed report has it.

use law::Lang;
use office::{report_markdown, view::Run};

use crate::desk::{Folder, bring, example, office, official, place, ten, wait};

const PRINTED: [(&str, &str); 10] = [
    ("applications-received", "169"),
    ("mediated-first", "15"),
    ("applications-accepted", "84"),
    ("applications-transferred", "62"),
    ("applications-refused", "8"),
    ("decided-upheld", "37"),
    ("settled-withdrawals", "25"),
    ("decided-unlawful", "12"),
    ("decided-revoked", "4"),
    ("pending-at-end", "6"),
];

fn printed() -> Vec<(String, String)> {
    PRINTED.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec()
}

#[test]
fn the_ten_figures_of_the_year_come_out_of_dated_acts() {
    for file in ["500105-2023.csv", "500105-2023.xlsx"] {
        let folder = Folder::new(file);
        let office = office(&folder);
        let imported = bring(&office, &example(file)).unwrap();
        assert_eq!((imported.rows, imported.imported, imported.repeated), (169, 169, 0), "{file}");
        assert_eq!(ten(&office, 2023), printed(), "{file}");
        for finding in &imported.findings {
            println!("{} {} {}", finding.row, finding.act.zh, finding.says.zh);
        }
        assert!(imported.findings.len() < 20, "{} findings", imported.findings.len());
    }
}

#[test]
fn every_figure_opens_as_many_cases_as_it_says() {
    let folder = Folder::new("cases");
    let office = office(&folder);
    bring(&office, &example("500105-2023.csv")).unwrap();
    for figure in office.figures(&official(), 2023).unwrap().unwrap() {
        let numbers = office.case_numbers(&place(), &figure.key, 2023).unwrap().unwrap();
        let one = office.figure(&place(), &figure.key, 2023).unwrap().unwrap();
        assert_eq!(Some(numbers.len() as i64), one.cases, "{}", figure.key);
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let page = wait(office.figure_cases(&official(), &figure.key, 2023, after.as_deref())).unwrap();
            let page = page.unwrap();
            rows.extend(page.rows.into_iter().map(|it| it.number));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(rows, numbers, "{}", figure.key);
        let distinct: std::collections::BTreeSet<&String> = rows.iter().collect();
        assert_eq!(distinct.len(), rows.len(), "{}: a case twice", figure.key);
    }
    let years = office.report_years(&place()).unwrap();
    assert!(years.contains(&2023) && !years.contains(&2021), "{years:?}");
}

/// One row of each kind: the first whose own column is filled, and the figures that count it.
const KINDS: [(&str, &[&str]); 7] = [
    ("settle-before-acceptance", &["applications-received", "mediated-first"]),
    ("transfer-application", &["applications-received", "applications-transferred"]),
    ("refuse-application", &["applications-received", "applications-refused"]),
    ("decide-uphold", &["applications-received", "applications-accepted", "decided-upheld"]),
    ("permit-settled-withdrawal", &["applications-received", "applications-accepted", "settled-withdrawals"]),
    ("decide-unlawful", &["applications-received", "applications-accepted", "decided-unlawful"]),
    ("decide-revoke", &["applications-received", "applications-accepted", "decided-revoked"]),
];

#[test]
fn a_row_left_out_changes_exactly_the_figures_that_count_it() {
    let text = String::from_utf8(example("500105-2023.csv")).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let procedure =
        crate::desk::laws().procedure(crate::desk::PROCEDURE, "2023-06-01".parse().unwrap()).unwrap();
    let header: Vec<&str> = lines[0].split(',').collect();
    let headers = office::import::headers(&procedure);
    let column = |path: &str| {
        let shown = &headers.iter().find(|it| it.0 == path).unwrap().1.zh;
        header.iter().position(|it| it == shown).unwrap()
    };
    let ends: Vec<usize> = KINDS.iter().map(|(act, _)| column(act)).collect();
    let first_open = |lines: &[&str]| {
        let open = |line: &&str| {
            let cells: Vec<&str> = line.split(',').collect();
            ends.iter().all(|at| cells[*at].is_empty())
        };
        lines.iter().skip(1).position(open).unwrap() + 1
    };
    let first_of = |at: usize| {
        lines.iter().skip(1).position(|line| !line.split(',').nth(at).unwrap().is_empty()).unwrap() + 1
    };
    let mut kinds: Vec<(usize, &[&str])> =
        KINDS.iter().zip(&ends).map(|((_, figures), at)| (first_of(*at), *figures)).collect();
    let pending: &[&str] = &["applications-received", "applications-accepted", "pending-at-end"];
    kinds.push((first_open(&lines), pending));
    for (line, figures) in kinds {
        let folder = Folder::new(&format!("without-{line}"));
        let office = office(&folder);
        let mut rest = lines.clone();
        rest.remove(line);
        bring(&office, rest.join("\r\n").as_bytes()).unwrap();
        let expected: Vec<(String, String)> = printed()
            .into_iter()
            .map(|(key, value)| {
                let less = i64::from(figures.contains(&key.as_str()));
                (key, (value.parse::<i64>().unwrap() - less).to_string())
            })
            .collect();
        assert_eq!(ten(&office, 2023), expected, "without line {line}");
    }
}

#[test]
fn the_report_reads_as_a_report_and_links_every_figure() {
    let folder = Folder::new("report");
    let office = office(&folder);
    bring(&office, &example("500105-2023.csv")).unwrap();
    let report = office.report(&place(), 2023).unwrap().unwrap();
    let text = report_markdown(&report, Lang::Zh, "https://example.org");
    println!("{text}");
    assert!(text.contains("[169](https://example.org/p/500105/figures/applications-received/2023)"));
    let figures = |runs: &[Run]| runs.iter().filter(|it| matches!(it, Run::Figure(..))).count();
    let (_, runs) = &report.paragraphs[0];
    assert_eq!((figures(&runs.zh), figures(&runs.en)), (10, 10));
    let english = report_markdown(&report, Lang::En, "");
    assert!(english.contains("[37](/p/500105/figures/decided-upheld/2023) acts were upheld"), "{english}");
    assert!(office.report(&"110000".parse().unwrap(), 2023).unwrap().is_none());
}

#[test]
fn a_year_is_compared_with_the_year_before() {
    let folder = Folder::new("change");
    let office = office(&folder);
    bring(&office, &example("500105-2023.csv")).unwrap();
    let later = office.figure(&place(), "applications-received", 2024).unwrap().unwrap();
    assert_eq!(later.before.as_deref(), Some("169"));
    assert_eq!(later.change.as_deref(), Some("\u{2212}100.0"));
    let first = office.figure(&place(), "applications-received", 2023).unwrap().unwrap();
    assert_eq!((first.before.as_deref(), first.change), (Some("0"), None));
}
