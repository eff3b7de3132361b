//! Rows of the view tables, shared by `append`, `rebuild` and `verify`.

use std::collections::BTreeSet;

use anyhow::Result;
use engine::{Delta, FOLD_VERSION, Jurisdiction, Matter, MatterId};
use jiff::civil::Date;
use law::Key;
use rusqlite::{Connection, params, params_from_iter};

use crate::{
    cell::Cell,
    column::{blob, integer},
    table::{self, Line},
    view::{ClockLine, Load, MatterRow, PublicationRow},
};

/// Names a matter in every row about it.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) jurisdiction: &'a Jurisdiction,
    pub(crate) matter: &'a MatterId,
}

impl Place<'_> {
    fn jurisdiction(&self) -> Cell {
        Cell::Place(self.jurisdiction.clone())
    }

    fn matter(&self) -> Cell {
        Cell::Matter(*self.matter)
    }
}

/// The row of a matter; `sought` is what it can be found by.
pub(crate) fn matter_line(row: &MatterRow, matter: &Matter, sought: String) -> Result<Line> {
    let at = Place { jurisdiction: &row.jurisdiction, matter: &row.id };
    let state = if row.closed { None } else { Some(serde_json::to_string(matter)?) };
    Ok(vec![
        at.jurisdiction(),
        at.matter(),
        integer(matter.version).into(),
        Cell::Hash(matter.head),
        i64::from(FOLD_VERSION).into(),
        (&row.procedure).into(),
        row.body.as_str().into(),
        (&row.stage).into(),
        row.closed.into(),
        row.day().into(),
        row.next_due.into(),
        row.next_limit.as_ref().into(),
        matter.numbers.first().map(|(_, text)| text.as_str()).into(),
        row.outcome.as_ref().into(),
        row.received.into(),
        row.closed_on.into(),
        row.suspended.into(),
        row.late.into(),
        row.deemed.into(),
        row.provisional.into(),
        i64::from(row.findings).into(),
        sought.into(),
        state.into(),
        row.handler.as_deref().into(),
    ])
}

/// The row of a live clock.
pub(crate) fn clock_line(at: Place<'_>, clock: &ClockLine) -> Line {
    vec![
        at.jurisdiction(),
        at.matter(),
        (&clock.limit).into(),
        clock.due.into(),
        clock.deems.as_ref().into(),
        clock.running.into(),
        clock.provisional.into(),
    ]
}

/// The row of a number.
pub(crate) fn number_line(at: Place<'_>, number: &str) -> Line {
    vec![at.jurisdiction(), number.into(), at.matter()]
}

/// The row of a relation to another matter.
pub(crate) fn link_line(at: Place<'_>, link: &Key, other: MatterId) -> Line {
    vec![at.jurisdiction(), Cell::Matter(other), link.into(), at.matter()]
}

/// The row of a gram under a scope.
pub(crate) fn gram_line(at: Place<'_>, scope: &'static str, gram: String) -> Line {
    vec![at.jurisdiction(), Cell::Word(scope), gram.into(), at.matter()]
}

/// The row of a publication.
pub(crate) fn publication_line(row: &PublicationRow) -> Result<Line> {
    let at = Place { jurisdiction: &row.jurisdiction, matter: &row.matter };
    Ok(vec![
        at.jurisdiction(),
        at.matter(),
        (&row.publication).into(),
        row.published.into(),
        (&row.procedure).into(),
        row.body.as_str().into(),
        row.number.as_deref().into(),
        row.outcome.as_ref().into(),
        row.law.as_str().into(),
        serde_json::to_string(&row.shown)?.into(),
    ])
}

/// The row of an occurrence.
pub(crate) fn occurrence_line(at: Place<'_>, seq: u64, place: usize, delta: Delta) -> Line {
    vec![
        at.jurisdiction(),
        at.matter(),
        integer(seq).into(),
        integer(place as u64).into(),
        (&delta.procedure).into(),
        delta.mark.into(),
        delta.body.into(),
        delta.effective.into(),
        delta.recorded.into(),
        delta.received.into(),
        delta.n.into(),
    ]
}

/// What a count is kept under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TallyKey {
    jurisdiction: Jurisdiction,
    procedure: Key,
    mark: String,
    dated: &'static str,
    body: String,
    day: Date,
}

/// The keys of the sums that a delta enters: by the day of the act, and by the day of receipt.
pub(crate) fn tally_keys(jurisdiction: &Jurisdiction, delta: &Delta) -> [TallyKey; 2] {
    [("e", delta.effective), ("r", delta.received)].map(|(dated, day)| TallyKey {
        jurisdiction: jurisdiction.clone(),
        procedure: delta.procedure.clone(),
        mark: delta.mark.clone(),
        dated,
        body: delta.body.clone(),
        day,
    })
}

/// The row of a count.
pub(crate) fn tally_line(key: TallyKey, n: i64) -> Line {
    vec![
        Cell::Place(key.jurisdiction),
        Cell::Key(key.procedure),
        key.mark.into(),
        Cell::Word(key.dated),
        key.body.into(),
        key.day.into(),
        n.into(),
    ]
}

/// What a body's load is kept under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LoadKey {
    jurisdiction: Jurisdiction,
    body: String,
    procedure: Key,
    due: Date,
}

/// The key of the sum that an open matter enters.
pub(crate) fn load_key(jurisdiction: &Jurisdiction, load: &Load) -> LoadKey {
    LoadKey {
        jurisdiction: jurisdiction.clone(),
        body: load.body.clone(),
        procedure: load.procedure.clone(),
        due: load.due,
    }
}

/// The row of a load.
pub(crate) fn load_line(key: LoadKey, open: i64, suspended: i64) -> Line {
    vec![
        Cell::Place(key.jurisdiction),
        key.body.into(),
        Cell::Key(key.procedure),
        key.due.into(),
        open.into(),
        suspended.into(),
    ]
}

/// Changes views through prepared statements of one connection.
pub(crate) struct ViewWriter<'c>(pub(crate) &'c Connection);

impl ViewWriter<'_> {
    /// Inserts or replaces a matter's row.
    pub(crate) fn matter(&self, row: &MatterRow, matter: &Matter, sought: String) -> Result<()> {
        table::MATTER.write(self.0, &matter_line(row, matter, sought)?)
    }

    /// Adds a live clock.
    pub(crate) fn clock(&self, at: Place<'_>, line: &ClockLine) -> Result<()> {
        table::CLOCK.write(self.0, &clock_line(at, line))
    }

    /// Adds a number.
    pub(crate) fn number(&self, at: Place<'_>, number: &str) -> Result<()> {
        table::NUMBER.write(self.0, &number_line(at, number))
    }

    /// Adds a relation to another matter.
    pub(crate) fn link(&self, at: Place<'_>, link: &Key, other: MatterId) -> Result<()> {
        table::LINK.write(self.0, &link_line(at, link, other))
    }

    /// Adds grams under a scope.
    pub(crate) fn grams(&self, at: Place<'_>, scope: &'static str, grams: BTreeSet<String>) -> Result<()> {
        grams.into_iter().try_for_each(|gram| table::GRAM.write(self.0, &gram_line(at, scope, gram)))
    }

    /// Takes grams away from a scope.
    pub(crate) fn remove_grams(&self, at: Place<'_>, scope: &str, grams: &BTreeSet<String>) -> Result<()> {
        let mut delete = self.0.prepare_cached(
            "DELETE FROM gram WHERE jurisdiction = ?1 AND scope = ?2 AND gram = ?3 AND matter = ?4",
        )?;
        for gram in grams {
            delete.execute(params![at.jurisdiction.as_str(), scope, gram, blob(at.matter)])?;
        }
        Ok(())
    }

    /// Inserts or replaces a publication.
    pub(crate) fn publication(&self, row: &PublicationRow) -> Result<()> {
        table::PUBLICATION.write(self.0, &publication_line(row)?)
    }

    /// Adds or takes away one matter's part of a body's load; `sign` is 1 or −1.
    pub(crate) fn load(&self, jurisdiction: &Jurisdiction, load: &Load, sign: i64) -> Result<()> {
        let suspended = if load.suspended { sign } else { 0 };
        let line = load_line(load_key(jurisdiction, load), sign, suspended);
        let mut upsert = self.0.prepare_cached(UPSERT_LOAD)?;
        let open: i64 = upsert.query_row(params_from_iter(&line), |row| row.get(0))?;
        if open == 0 {
            self.0.prepare_cached(DELETE_LOAD)?.execute(params_from_iter(&line[..table::LOAD.keys]))?;
        }
        Ok(())
    }

    /// Adds what an event left to the counts, as rows and as sums.
    pub(crate) fn deltas(&self, at: Place<'_>, seq: u64, deltas: &[Delta]) -> Result<()> {
        for (place, delta) in deltas.iter().enumerate() {
            table::OCCURRENCE.write(self.0, &occurrence_line(at, seq, place, delta.clone()))?;
            let mut upsert = self.0.prepare_cached(UPSERT_TALLY)?;
            for key in tally_keys(at.jurisdiction, delta) {
                upsert.execute(params_from_iter(tally_line(key, delta.n)))?;
            }
        }
        Ok(())
    }
}

const UPSERT_LOAD: &str = "
    INSERT INTO load (jurisdiction, body, procedure, due, open, suspended) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (jurisdiction, body, procedure, due) DO UPDATE SET
        open = open + excluded.open, suspended = suspended + excluded.suspended
    RETURNING open";

const DELETE_LOAD: &str =
    "DELETE FROM load WHERE jurisdiction = ?1 AND body = ?2 AND procedure = ?3 AND due = ?4";

const UPSERT_TALLY: &str = "
    INSERT INTO tally (jurisdiction, procedure, mark, dated, body, day, n) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (jurisdiction, procedure, mark, dated, body, day) DO UPDATE SET n = n + excluded.n";
