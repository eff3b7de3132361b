//! `calendar/<year>.kdl`: days off and worked weekend days, with the notices that arrange them.

use std::collections::BTreeMap;

use calendar::{Date, YearNotice};

use crate::{
    fault::{Code, Draft, Faults},
    source::{FileId, Span},
    syntax::{self, Node, grammar},
};

/// The longest run of days that one line may name.
const LONGEST: usize = 31;

/// Reads one year's file.
pub(crate) fn year(file: FileId, year: i16, text: &str, faults: &mut Faults) -> Option<YearNotice> {
    let nodes = syntax::parse(file, text, faults)?;
    syntax::check(&nodes, &grammar::CALENDAR_FILE, Span::head(file), faults);
    let node = nodes.iter().find(|node| node.name == "year")?;
    let arg = node.args.first()?;
    if arg.number() != Some(i64::from(year)) {
        faults.add(Draft::new(Code::BadFile, "year").put("year", year).at(arg.span));
    }
    let papers = node.all("paper").flat_map(|paper| paper.texts()).map(|it| it.0.to_owned());
    Some(YearNotice {
        year,
        papers: papers.collect(),
        off: days(node, "off", faults),
        work: days(node, "work", faults),
    })
}

fn days(node: &Node, word: &str, faults: &mut Faults) -> BTreeMap<Date, String> {
    let mut days = BTreeMap::new();
    for line in node.all(word) {
        let dates: Vec<Date> = line.texts().filter_map(|it| it.0.parse().ok()).collect();
        let (Some(first), Some(last)) = (dates.first(), dates.last()) else { continue };
        let name = line.prop_text("name").unwrap_or_default();
        let run: Vec<Date> =
            first.series(jiff::ToSpan::day(1)).take_while(|it| it <= last).take(LONGEST + 1).collect();
        if run.is_empty() || run.len() > LONGEST {
            faults.add(Draft::new(Code::BadTerm, "days").at(line.name_span));
            continue;
        }
        for day in run {
            if days.insert(day, name.to_owned()).is_some() {
                faults.add(Draft::new(Code::DuplicateName, "day").put("day", day).at(line.name_span));
            }
        }
    }
    days
}
