//! A reader for the shape of `law/calendar/*.kdl`, enough for these tests; the law room has the real one.
#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses its part")]

use calendar::{Calendar, Date, YearNotice};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder given from the crate's own.
pub(crate) fn folder(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// All notices under `law/calendar`, by year.
pub(crate) fn notices() -> Vec<YearNotice> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder("../../law/calendar")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "kdl"));
    files.sort();
    files.iter().map(|path| notice(&fs::read_to_string(path).unwrap())).collect()
}

/// The calendar of the repository.
pub(crate) fn calendar() -> Calendar {
    Calendar::new(notices())
}

/// A date written as in a file.
pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn notice(text: &str) -> YearNotice {
    let mut found = YearNotice { year: 0, papers: vec![], off: BTreeMap::new(), work: BTreeMap::new() };
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with("//") && *line != "}") {
        let (head, tail) = line.split_once(' ').unwrap();
        let quoted: Vec<&str> = tail.split('"').skip(1).step_by(2).collect();
        match head {
            "year" => found.year = tail.trim_end_matches(" {").parse().unwrap(),
            "paper" => found.papers.push(quoted[0].to_owned()),
            "work" => {
                found.work.insert(date(quoted[0]), quoted[1].to_owned());
            }
            "off" => {
                let mut day = date(quoted[0]);
                while day <= date(quoted[1]) {
                    found.off.insert(day, quoted[2].to_owned());
                    day = day.tomorrow().unwrap();
                }
            }
            other => panic!("no such line: {other}"),
        }
    }
    found
}
