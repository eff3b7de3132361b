//! Leaves: the counts at the bottom of a figure, whose cases it opens.

use law::{Count, Formula, Indicator, Key};

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
    },
}

/// The leaves of an indicator. A sum or a ratio opens the cases of its parts; counts over the same procedures that
/// are dated alike become one leaf, so that a case which several parts count is listed once. What `all` does not
/// hold is left out.
pub fn leaves(indicator: &Indicator, all: &[&Indicator]) -> Vec<Leaf> {
    let mut found = Vec::new();
    gather(indicator, all, &mut Vec::new(), &mut found);
    found
}

fn gather(indicator: &Indicator, all: &[&Indicator], above: &mut Vec<Key>, found: &mut Vec<Leaf>) {
    if above.contains(&indicator.key) {
        return;
    }
    above.push(indicator.key.clone());
    let parts: Vec<&Key> = match &indicator.formula {
        Formula::Count(what) => {
            add(&indicator.procedures, what, found);
            Vec::new()
        }
        Formula::Open { into, out } => {
            let leaf =
                Leaf::Open { procedures: indicator.procedures.clone(), into: into.clone(), out: out.clone() };
            if !found.contains(&leaf) {
                found.push(leaf);
            }
            Vec::new()
        }
        Formula::Ratio { part, base } => vec![part, base],
        Formula::Sum(parts) => parts.iter().collect(),
    };
    for key in parts {
        if let Some(part) = all.iter().find(|it| it.key == *key) {
            gather(part, all, above, found);
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
            let new: Vec<String> = more.marks.iter().filter(|it| !what.marks.contains(it)).cloned().collect();
            what.marks.extend(new);
            return;
        }
    }
    found.push(Leaf::Count { procedures: over.to_vec(), what: more.clone() });
}
