//! Checking: the whole file, every row through the engine, before anything is written.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use engine::{Hash, Jurisdiction};
use law::{Procedure, Text};
use store::Queue;

use super::{
    Checked, RowFault, RowFinding, Running, batch,
    column::{Headers, Layout, Part},
    review::{self, Placed},
    row::{Plan, opens, plan},
    run::{Desk, run},
    say::say,
    table::{self, Table, fault},
};
use crate::{claim, open::Office};

/// A file read into rows.
pub(crate) struct Sheet {
    /// The batch it is.
    pub(crate) token: String,
    /// Its hash.
    pub(crate) file: Hash,
    procedure: String,
    /// The header of the day on which a case is opened.
    opening: Option<Text>,
    table: Table,
    layout: Layout,
}

impl Sheet {
    /// Reads a file for a procedure.
    pub(crate) fn read(
        office: &Office,
        place: &Jurisdiction,
        procedure: &str,
        bytes: &[u8],
    ) -> Result<Self, Vec<RowFault>> {
        let versions: Vec<Arc<Procedure>> = office.laws().versions(procedure);
        let headers = Headers::of(&versions);
        let table = table::read(bytes, |it| headers.knows(it)).map_err(|it| vec![it])?;
        let layout = headers.place(&table.header)?;
        let opens: Vec<_> = versions.iter().flat_map(|it| it.openings()).collect();
        if let Some(first) = opens.first()
            && opens.iter().all(|it| layout.at(&Part::Day(it.key.clone())).is_none())
        {
            let header = say("import-day-of", &[("act", (&first.name).into())]);
            let says = say("import-no-opening", &[("header", (&header).into())]);
            return Err(vec![fault(1, "", says)]);
        }
        let opening = opens.first().map(|it| layout.named(&Part::Day(it.key.clone())));
        let file = Hash::of(bytes);
        let token = batch::token(place, procedure, file);
        Ok(Self { token, file, procedure: procedure.to_owned(), opening, table, layout })
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> u32 {
        u32::try_from(self.table.rows.len()).unwrap_or(u32::MAX)
    }

    /// What every row shares.
    pub(crate) fn desk<'a>(
        &'a self,
        office: &'a Office,
        place: &'a Jurisdiction,
        account: &'a str,
    ) -> anyhow::Result<Desk<'a>> {
        let at = place.clone();
        let claim_key = office.store().write(Queue::Background, move |tx| claim::key(tx, &at)).wait()?;
        Ok(Desk {
            office,
            people: office.people(place),
            laws: office.laws(),
            place,
            account,
            file: self.file,
            parameters: office.parameters(place),
            claim_key,
            now: office.clock().now(),
            layout: &self.layout,
        })
    }
}

/// All rows as acts, and every cell that cannot be read and every row that stands twice.
pub(crate) fn rows_of(office: &Office, sheet: &Sheet) -> (Vec<Plan>, Vec<RowFault>) {
    let today = office.now().date();
    let (laws, procedure) = (office.laws(), sheet.procedure.as_str());
    let (mut plans, mut faults): (Vec<Plan>, Vec<RowFault>) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let (mut further, mut wrong) = (Vec::new(), BTreeSet::new());
    for (row, cells) in &sheet.table.rows {
        match opens(laws, procedure, &sheet.layout, *row, cells) {
            (false, Some(own)) => further.push((own, *row, cells)),
            (_, own) => match plan(laws, procedure, &sheet.layout, *row, cells, today) {
                Ok(plan) => match seen.insert(plan.identity(), *row) {
                    Some(first) => faults.push(twice(sheet, &plan, first)),
                    None => plans.push(plan),
                },
                Err(more) => {
                    wrong.extend(own);
                    faults.extend(more);
                }
            },
        }
    }
    let cases: BTreeMap<String, usize> =
        plans.iter().enumerate().filter_map(|(at, it)| Some((it.own.clone()?, at))).collect();
    for (own, row, cells) in further {
        let added = match cases.get(&own) {
            Some(at) => plans[*at].add(&sheet.layout, row, cells, today),
            // The case stands in the file with something wrong in it, which has been told.
            None if wrong.contains(&own) => Ok(()),
            None => Err(vec![no_case(sheet, row, &own)]),
        };
        faults.extend(added.err().into_iter().flatten());
    }
    in_reading_order(&mut faults);
    (plans, faults)
}

/// Row by row, column by column, each thing once.
fn in_reading_order(faults: &mut Vec<RowFault>) {
    faults.sort_by(|a, b| {
        let key = |it: &RowFault| (it.row, it.column.len(), it.column.clone());
        key(a).cmp(&key(b))
    });
    faults.dedup();
}

fn no_case(sheet: &Sheet, row: u32, own: &str) -> RowFault {
    let opening = sheet.opening.clone().unwrap_or_default();
    let says = say("import-no-case", &[("own", own.into()), ("column", (&opening).into())]);
    fault(row, sheet.layout.letter(&Part::Own), says)
}

fn twice(sheet: &Sheet, plan: &Plan, first: u32) -> RowFault {
    match &plan.own {
        Some(own) => {
            let says = say("import-own-twice", &[("own", own.as_str().into()), ("row", first.into())]);
            fault(plan.row, sheet.layout.letter(&Part::Own), says)
        }
        None => fault(plan.row, "", say("import-row-twice", &[("row", first.into())])),
    }
}

/// Runs every row through the engine in memory: all faults and all findings of the file at once, and how many of its
/// rows are in already.
pub(crate) fn check_rows(
    office: &Office,
    sheet: &Sheet,
    place: &Jurisdiction,
    account: &str,
) -> anyhow::Result<Checked> {
    let desk = sheet.desk(office, place, account)?;
    let (good, errors) = rows_of(office, sheet);
    let known = known(office, sheet, place, &good)?;
    let mut checked = Checked {
        token: sheet.token.clone(),
        rows: sheet.rows(),
        errors,
        repeated: repeated(&good, &known),
        ..Checked::default()
    };
    let mut placed = Vec::new();
    for (plan, outcome) in good.iter().zip(run_all(&desk, &good)?) {
        checked.errors.extend(outcome.faults);
        checked.findings.extend(outcome.findings);
        if !known.contains(&plan.row) {
            checked.running.extend(outcome.running);
            placed.extend(outcome.numbers);
        }
    }
    office.store().read(|reader| {
        checked.errors.extend(review::taken(reader, place, &placed)?);
        checked.series = review::moves(reader, place, &placed)?;
        Ok(())
    })?;
    in_reading_order(&mut checked.errors);
    Ok(checked)
}

/// How many rows of the sheet are passed over, with those that belong to them.
fn repeated(plans: &[Plan], known: &BTreeSet<u32>) -> u32 {
    let rows = plans.iter().filter(|it| known.contains(&it.row)).map(|it| it.more.len() + 1).sum::<usize>();
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// The rows that are in already.
fn known(
    office: &Office,
    sheet: &Sheet,
    place: &Jurisdiction,
    plans: &[Plan],
) -> anyhow::Result<BTreeSet<u32>> {
    office.store().read(|reader| {
        let mut rows = BTreeSet::new();
        for plan in plans {
            let known = batch::row_is_in(reader, place, &sheet.token, plan.row)?
                || reader.claimed_by(place, &plan.identity())?.is_some();
            rows.extend(known.then_some(plan.row));
        }
        Ok(rows)
    })
}

/// What running one row came to.
#[derive(Default)]
struct Outcome {
    faults: Vec<RowFault>,
    findings: Vec<RowFinding>,
    running: Option<Running>,
    numbers: Vec<Placed>,
}

/// Runs rows on every core; what comes out stands in the order of the rows.
fn run_all(desk: &Desk<'_>, plans: &[Plan]) -> anyhow::Result<Vec<Outcome>> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || -> anyhow::Result<Vec<(usize, Outcome)>> {
        let mut done = Vec::new();
        while let Some((at, plan)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            plans.get(at).map(|it| (at, it))
        } {
            let outcome = match run(desk, plan)? {
                Ok(ran) => Outcome {
                    faults: Vec::new(),
                    running: review::running(desk, plan, &ran),
                    numbers: review::numbers(desk.layout, plan, &ran),
                    findings: ran.findings,
                },
                Err(faults) => Outcome { faults, ..Outcome::default() },
            };
            done.push((at, outcome));
        }
        Ok(done)
    };
    let mut all = Vec::with_capacity(plans.len());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            match thread.join() {
                Ok(done) => all.extend(done?),
                Err(_) => anyhow::bail!("a worker of the check panicked"),
            }
        }
        anyhow::Ok(())
    })?;
    all.sort_by_key(|it| it.0);
    Ok(all.into_iter().map(|it| it.1).collect())
}
