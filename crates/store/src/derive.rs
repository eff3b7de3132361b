//! All views of a matter from its events alone: what `rebuild` writes and `verify` expects.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use engine::{Delta, Event, Hash, Jurisdiction, Matter, MatterId, recount};
use law::Watch;

use crate::{
    table::{self, Line, Table},
    view::{self, Load, MatterRow, Names, Shows},
    write::{self, LoadKey, Place, TallyKey},
};

/// Sums over matters, grown as matters are derived.
#[derive(Default)]
pub(crate) struct Sums {
    /// Open and suspended matters.
    pub(crate) load: BTreeMap<LoadKey, (i64, i64)>,
    /// Counts.
    pub(crate) tally: BTreeMap<TallyKey, i64>,
}

impl Sums {
    fn add_load(&mut self, jurisdiction: &Jurisdiction, load: &Load) {
        let sum = self.load.entry(write::load_key(jurisdiction, load)).or_default();
        sum.0 += 1;
        sum.1 += i64::from(load.suspended);
    }

    /// Adds the sums of another stretch of matters.
    pub(crate) fn merge(&mut self, other: Self) {
        for (key, (open, suspended)) in other.load {
            let sum = self.load.entry(key).or_default();
            (sum.0, sum.1) = (sum.0 + open, sum.1 + suspended);
        }
        for (key, n) in other.tally {
            *self.tally.entry(key).or_default() += n;
        }
    }

    /// The rows of the sums, in the order of [`table::SUMS`].
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&'static Table, Line)> + '_ {
        let load = self
            .load
            .iter()
            .map(|(key, (open, suspended))| (&table::LOAD, write::load_line(key.clone(), *open, *suspended)));
        let tally = self.tally.iter().map(|(key, n)| (&table::TALLY, write::tally_line(key.clone(), *n)));
        load.chain(tally)
    }
}

/// Derives views; keeps what publications show of each law at hand.
pub(crate) struct Deriver<'k> {
    /// The marks that indicators name.
    pub(crate) watch: &'k Watch,
    /// What each installed law lets publications show.
    pub(crate) shows: HashMap<String, Shows>,
    /// Sums so far.
    pub(crate) sums: Sums,
}

impl Deriver<'_> {
    /// The state of a matter and the rows of its views, in the order of [`table::OF_MATTERS`]. Adds to the sums.
    pub(crate) fn matter(
        &mut self,
        events: &[(Event, Hash)],
        names: &Names,
    ) -> Result<(Matter, Vec<(&'static Table, Line)>)> {
        let (matter, left) = recount(events, self.watch).context("a matter has events")?;
        let (jurisdiction, id): (Jurisdiction, MatterId) = (matter.jurisdiction.clone(), matter.id);
        let at = Place { jurisdiction: &jurisdiction, matter: &id };
        let row = MatterRow::of(&matter);
        if let Some(load) = row.load() {
            self.sums.add_load(&jurisdiction, &load);
        }
        let texts = view::searchable(&matter, names);
        let line = write::matter_line(&row, &matter, view::sought(&texts))?;
        let mut lines = vec![(&table::MATTER, line)];
        lines.extend(view::clocks(&matter).iter().map(|it| (&table::CLOCK, write::clock_line(at, it))));
        lines.extend(view::numbers(&matter).iter().map(|it| (&table::NUMBER, write::number_line(at, it))));
        let links = view::links(&matter);
        lines.extend(links.iter().map(|(link, it)| (&table::LINK, write::link_line(at, link, *it))));
        let grams = view::grams(&texts);
        lines.extend(grams.into_iter().map(|it| (&table::GRAM, write::gram_line(at, "m", it))));
        self.publications(at, &matter, events, &mut lines)?;
        self.occurrences(at, events, left, &mut lines);
        Ok((matter, lines))
    }

    fn publications(
        &self,
        at: Place<'_>,
        matter: &Matter,
        events: &[(Event, Hash)],
        lines: &mut Vec<(&'static Table, Line)>,
    ) -> Result<()> {
        if matter.published.is_empty() {
            return Ok(());
        }
        let days = view::published_days(events.iter().map(|(event, _)| event), &matter.corrected);
        let none = Shows::default();
        let shows = self.shows.get(&matter.law.hash).unwrap_or(&none);
        let rows = view::publications(matter, &days, shows);
        let texts: Vec<String> = rows.iter().flat_map(view::published_texts).collect();
        let grams = view::grams(&texts);
        lines.extend(grams.into_iter().map(|it| (&table::GRAM, write::gram_line(at, "p", it))));
        for row in &rows {
            lines.push((&table::PUBLICATION, write::publication_line(row)?));
        }
        Ok(())
    }

    fn occurrences(
        &mut self,
        at: Place<'_>,
        events: &[(Event, Hash)],
        left: Vec<Vec<Delta>>,
        lines: &mut Vec<(&'static Table, Line)>,
    ) {
        for ((event, _), deltas) in events.iter().zip(left) {
            for (place, delta) in deltas.into_iter().enumerate() {
                for key in write::tally_keys(at.jurisdiction, &delta) {
                    *self.sums.tally.entry(key).or_default() += delta.n;
                }
                lines.push((&table::OCCURRENCE, write::occurrence_line(at, event.seq, place, delta)));
            }
        }
    }
}
