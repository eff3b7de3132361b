//! Leaves: the counts at the bottom of a figure, whose cases it opens.

use law::{Count, Formula, Indicator, Key};

use crate::{chosen, evaluate::Settings};

/// A count whose cases can be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Cases that bear one of the marks.
    Count {
        /// Counted over.
        procedures: Vec<Key>,
        /// What is counted.
        what: Count,
    },
    /// Cases that came in and were not through.
    Open {
        /// Counted over.
        procedures: Vec<Key>,
        /// What brings one in.
        into: Count,
        /// What takes it out.
        out: Count,
        /// Whether those received before the period are among them.
        standing: bool,
    },
}

/// The leaves of an indicator: each lists a case once, however often it is counted. A sum or a ratio opens the cases
/// of its parts, a change those of this year; counts over the same procedures that are dated alike become one leaf, so
/// that a case which several parts count is listed once. What `all` does not hold is left out.
pub fn leaves(indicator: &Indicator, all: &[&Indicator], settings: &Settings) -> Vec<Leaf> {
    let mut found = Vec::new();
    gather(indicator, all, settings, &mut Vec::new(), &mut found);
    found
}

fn gather(
    indicator: &Indicator,
    all: &[&Indicator],
    settings: &Settings,
    above: &mut Vec<Key>,
    found: &mut Vec<Leaf>,
) {
    if above.contains(&indicator.key) {
        return;
    }
    above.push(indicator.key.clone());
    let parts: Vec<&Key> = match &indicator.formula {
        Formula::Count(what) | Formula::Values(what) => {
            add(&indicator.procedures, what, found);
            Vec::new()
        }
        Formula::Open { into, out, standing } => {
            let procedures = indicator.procedures.clone();
            let leaf = Leaf::Open { procedures, into: into.clone(), out: out.clone(), standing: *standing };
            if !found.contains(&leaf) {
                found.push(leaf);
            }
            Vec::new()
        }
        Formula::Ratio { part, base } => vec![part, base],
        Formula::Sum(parts) => parts.iter().collect(),
        Formula::Change { of, .. } => vec![of],
        Formula::Target(_) => Vec::new(),
        Formula::Versions { choice, versions } => {
            chosen(choice, versions, settings).map(|it| vec![&it.part, &it.base]).unwrap_or_default()
        }
    };
    for key in parts {
        if let Some(part) = all.iter().find(|it| it.key == *key) {
            gather(part, all, settings, above, found);
        }
    }
    above.pop();
}

fn add(over: &[Key], more: &Count, found: &mut Vec<Leaf>) {
    for leaf in found.iter_mut() {
        if let Leaf::Count { procedures, what } = leaf
            && procedures == over
            && what.on_received == more.on_received
        {
            let new: Vec<law::Mark> =
                more.marks.iter().filter(|it| !what.marks.contains(it)).cloned().collect();
            what.marks.extend(new);
            return;
        }
    }
    let what = Count { once: true, ..more.clone() };
    found.push(Leaf::Count { procedures: over.to_vec(), what });
}
