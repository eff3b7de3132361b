//! What a person looks over before a file is brought in: matters that still run with their clocks as the engine counts
//! them, numbers that stand twice, and how the series will go on.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Date, Unit};
use engine::{ClockState, Jurisdiction, Matter};
use law::{Procedure, Text};
use store::{NumberName, Reader};

use super::{
    RowFault,
    column::{Layout, Part},
    number::{self, SeriesMove},
    row::Plan,
    run::{Desk, Ran},
    say::say,
    table::fault,
};
use crate::matter::state_of;

/// A matter that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Row in the sheet.
    pub row: u32,
    /// The office's own number, or the one given in the file; empty if there is neither.
    pub number: String,
    /// Where it stands.
    pub stage: Text,
    /// Its clocks that have not stopped, the one that ends first before others.
    pub clocks: Vec<RunningClock>,
}

/// A clock that runs or is suspended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningClock {
    /// Limit.
    pub limit: Text,
    /// When it ends, as far as is known.
    pub due: Date,
    /// `running`, `overdue`, `passed` (a mere fact) or `suspended`.
    pub state: &'static str,
    /// Days left in the unit of the limit; negative if past.
    pub left: i64,
    /// That unit.
    pub unit: Unit,
    /// Whether the end may still move with a holiday notice.
    pub provisional: bool,
}

/// A number in its place in the file.
pub(crate) struct Placed {
    row: u32,
    column: String,
    shown: String,
    series: Text,
    name: NumberName,
}

/// A matter that a row leaves running.
pub(crate) fn running(desk: &Desk<'_>, plan: &Plan, ran: &Ran) -> Option<Running> {
    let matter = ran.matter.as_ref().filter(|it| !it.closed)?;
    let given = plan.acts.iter().flat_map(|it| &it.numbers).find_map(|it| it.text.clone());
    let number = plan.own.clone().or(given).unwrap_or_default();
    let stage = plan.procedure.stage(&matter.stage).map(|it| it.name.clone()).unwrap_or_default();
    Some(Running { row: plan.row, number, stage, clocks: clocks(desk, &plan.procedure, matter) })
}

fn clocks(desk: &Desk<'_>, procedure: &Procedure, matter: &Matter) -> Vec<RunningClock> {
    let today = engine::local(desk.now).date();
    let mut clocks: Vec<RunningClock> = matter
        .clocks
        .iter()
        .filter(|it| !matches!(it.state, ClockState::Stopped { .. }))
        .filter_map(|clock| {
            let unit = clock.length.unit;
            Some(RunningClock {
                limit: procedure.limit(&clock.limit)?.name.clone(),
                due: clock.due,
                state: state_of(clock, today),
                left: desk.laws.calendar().days_left(today, clock.due, unit),
                unit,
                provisional: clock.provisional,
            })
        })
        .collect();
    clocks.sort_by_key(|it| it.due);
    clocks
}

/// The numbers that a row gives, each in its place.
pub(crate) fn numbers(layout: &Layout, plan: &Plan, ran: &Ran) -> Vec<Placed> {
    let mut placed = Vec::new();
    for (draft, given) in &ran.drafts {
        for number in given {
            let part = Part::Issued(draft.event.act.clone(), number.series.clone());
            let series = plan.procedure.serie(&number.series).map(|it| it.name.clone());
            let Some(name) = number::name(draft, number) else { continue };
            placed.push(Placed {
                row: number.row,
                column: layout.letter(&part),
                shown: number.text.clone().unwrap_or_else(|| number.n.to_string()),
                series: series.unwrap_or_default(),
                name,
            });
        }
    }
    placed
}

/// Numbers that stand twice in the file, or are somebody else's already.
pub(crate) fn taken(
    reader: &Reader,
    place: &Jurisdiction,
    placed: &[Placed],
) -> anyhow::Result<Vec<RowFault>> {
    let mut faults = Vec::new();
    let mut seen: BTreeMap<&NumberName, &Placed> = BTreeMap::new();
    for it in placed {
        let shown = ("number", it.shown.as_str().into());
        if let Some(first) = seen.get(&it.name) {
            let says = say("import-number-twice", &[shown, ("row", first.row.into())]);
            faults.push(fault(it.row, it.column.clone(), says));
        } else if !reader.number_is_free(place, &it.name)? {
            faults.push(fault(it.row, it.column.clone(), say("import-number-taken", &[shown])));
        }
        seen.entry(&it.name).or_insert(it);
    }
    Ok(faults)
}

/// How series go on behind the numbers of a file, and which numbers are left out.
pub(crate) fn moves(
    reader: &Reader,
    place: &Jurisdiction,
    placed: &[Placed],
) -> anyhow::Result<Vec<SeriesMove>> {
    let mut given: BTreeMap<(&str, &str, i16), (Text, BTreeSet<u64>)> = BTreeMap::new();
    for it in placed {
        let key = (it.name.body.as_str(), it.name.series.as_str(), it.name.year);
        let (_, numbers) = given.entry(key).or_insert_with(|| (it.series.clone(), BTreeSet::new()));
        numbers.insert(it.name.n);
    }
    let mut moves = Vec::new();
    for ((body, series, year), (name, numbers)) in given {
        let before = reader.series_next(place, body, series, year)?.unwrap_or(1);
        let numbers: Vec<u64> = numbers.into_iter().collect();
        let next = numbers.last().map_or(before, |it| before.max(it + 1));
        moves.push(SeriesMove { series: name, year, next, gaps: number::gaps(before, &numbers) });
    }
    Ok(moves)
}
