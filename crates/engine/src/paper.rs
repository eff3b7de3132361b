//! Official papers of a matter: issuing one with its number, making one void, and the list of both.

use std::collections::{BTreeMap, VecDeque};

use calendar::{Date, DateTime};
use law::{Act, Condition, Key, ParameterValue, Procedure};

use crate::{
    condition::View,
    effect::{self, Worked},
    event::{Change, Event},
    matter::{IssuedPaper, ItemRef, Matter},
    wish::Facts,
};

/// Issues a paper. It bears a number that the same act has already taken from its series and that no other
/// paper bears; else it takes one.
pub(crate) fn issue(view: &View<'_>, paper: &Key, at: DateTime, worked: &mut Worked) {
    let series = view.procedure.paper(paper).and_then(|it| it.series.as_ref());
    if let Some(series) = series {
        let taken = worked.changes.iter().filter(|it| takes(it, series)).count();
        let borne = worked.changes.iter().filter(|it| bears(it, view.procedure, series)).count();
        if taken == borne
            && let Some((wanted, change)) = effect::number(view, series, at)
        {
            worked.numbers.push(wanted);
            worked.changes.push(change);
        }
    }
    worked.changes.push(Change::Issued { number: series.map(|it| it.to_string()), paper: paper.clone() });
}

fn takes(change: &Change, wanted: &Key) -> bool {
    matches!(change, Change::Number { series, .. } if series == wanted)
}

fn bears(change: &Change, procedure: &Procedure, series: &Key) -> bool {
    matches!(change, Change::Issued { paper, .. }
        if procedure.paper(paper).and_then(|it| it.series.as_ref()) == Some(series))
}

/// Writes taken numbers into the papers that bear them. Until then a paper's number names its series.
pub(crate) fn name_numbers(changes: &mut [Change]) {
    let mut taken: BTreeMap<String, VecDeque<String>> = BTreeMap::new();
    for change in changes.iter() {
        if let Change::Number { series, text, .. } = change {
            taken.entry(series.to_string()).or_default().push_back(text.clone());
        }
    }
    for change in changes {
        if let Change::Issued { number: Some(number), .. } = change
            && let Some(text) = taken.get_mut(number.as_str()).and_then(VecDeque::pop_front)
        {
            *number = text;
        }
    }
}

/// Makes void the paper of a name that was issued last; nothing happens if none stands.
pub(crate) fn void(matter: Option<&Matter>, paper: &Key) -> Option<Change> {
    let standing = matter?.paper(paper)?;
    Some(Change::Voided { event: standing.seq, paper: paper.clone() })
}

/// Adds to the list what an event issued, and marks what it made void.
pub(crate) fn fold(papers: &mut Vec<IssuedPaper>, event: &Event) {
    for change in &event.changes {
        if let Change::Voided { event: meant, paper } = change {
            let of = |it: &&mut IssuedPaper| it.seq == *meant && it.paper == *paper;
            papers.iter_mut().filter(of).for_each(|it| it.voided = Some(event.seq));
        }
        papers.extend(issued(event, change, None));
    }
}

/// Adds what an event issued that a later one takes back: void by that one. What it made void itself stands again.
pub(crate) fn fold_void(papers: &mut Vec<IssuedPaper>, event: &Event, by: u64) {
    papers.extend(event.changes.iter().filter_map(|it| issued(event, it, Some(by))));
}

fn issued(event: &Event, change: &Change, voided: Option<u64>) -> Option<IssuedPaper> {
    let Change::Issued { number, paper } = change else { return None };
    Some(IssuedPaper {
        paper: paper.clone(),
        seq: event.seq,
        number: number.clone(),
        on: event.effective.at.date(),
        voided,
    })
}

/// Whether a condition of a paper holds of a matter, and of the item concerned, as the act left them.
pub fn holds(
    procedure: &Procedure,
    act: &Act,
    matter: &Matter,
    item: Option<&ItemRef>,
    parameters: &BTreeMap<Key, ParameterValue>,
    day: Date,
    condition: &Condition,
) -> bool {
    let facts = Facts { parameters: parameters.clone(), ..Facts::default() };
    let fields = BTreeMap::new();
    let view = View {
        procedure,
        act,
        matter: Some(matter),
        fields: &fields,
        parties: &[],
        facts: &facts,
        day,
        item: item.cloned(),
        calendar: None,
        open: false,
    };
    view.holds(condition) == Some(true)
}
