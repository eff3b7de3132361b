//! Changes from one year to the next, of counts and of rates.

use std::cmp::Ordering;

use crate::{
    fraction::Fraction,
    printed::Printed,
    share::{slipped, span},
    verdict::{Kind, Reason, Verdict},
};

/// Bases tried for a changed rate reach from the half to the double of the present one.
const REACH: i64 = 2;

/// How the change of a rate is measured: two different numbers, which texts often do not tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The difference of the two rates, in percentage points.
    Points,
    /// That difference as a share of the earlier rate, in percent.
    Percent,
}

/// How a count grew in percent. `others` are counts, now and a year before, that the text may speak of instead.
pub fn growth(printed: &Printed, (now, before): (i64, i64), others: &[(i64, i64)]) -> Verdict {
    let exact = grown(now, before);
    let computed = exact.and_then(|it| printed.alike(it));
    if exact.is_some_and(|it| printed.rounds(it)) {
        return Verdict { kind: Kind::Equal, computed, reasons: Vec::new() };
    }
    let mut reasons = Vec::new();
    if exact.is_some_and(|it| printed.cuts(it)) {
        reasons.push(Reason::CutNotRounded);
    }
    let found =
        others.iter().position(|(now, before)| grown(*now, *before).is_some_and(|it| printed.rounds(it)));
    reasons.extend(found.map(|nth| Reason::OtherCounts { nth }));
    reasons.extend(earlier(printed, now));
    reasons.extend(exact.and_then(|it| slipped(printed, it)));
    let kind = match (found, exact) {
        (Some(_), _) => Kind::Otherwise,
        (None, Some(_)) => Kind::Fails,
        // Nothing is recorded of the year before: only whether any number could give it can be said.
        (None, None) if reasons.contains(&Reason::NoBase) => Kind::Fails,
        (None, None) => Kind::Missing,
    };
    Verdict { kind, computed, reasons }
}

fn grown(now: i64, before: i64) -> Option<Fraction> {
    Fraction::new((i128::from(now) - i128::from(before)) * 100, i128::from(before))
}

/// The earlier counts that give the growth, or that none does and the nearest two.
fn earlier(printed: &Printed, now: i64) -> Vec<Reason> {
    // The present count is so many percent of the earlier one: a hundred and the growth.
    let Some(near) = printed.bases(now, 100) else { return Vec::new() };
    let prints = |base: i64| grown(now, base).is_some_and(|it| printed.rounds(it));
    if let Some(found) = span(near, prints) {
        return vec![found];
    }
    let whole = printed.fraction().and_then(|it| it.minus(Fraction::whole(-100)));
    let middle = whole.and_then(|it| Fraction::percent(now, 1)?.ratio(it)).unwrap_or(0);
    let mut reasons = vec![Reason::NoBase];
    for base in [middle, middle + 1].into_iter().filter(|it| *it > 0) {
        let prints = grown(now, base).and_then(|it| printed.alike(it));
        reasons.extend(prints.map(|prints| Reason::NearestBase { base, prints }));
    }
    reasons
}

/// How a rate changed, part over base now and a year before, in the reading that is meant.
pub fn rate_change(printed: &Printed, now: (i64, i64), before: (i64, i64), meant: Reading) -> Verdict {
    let Some(change) = Change::new(now, before) else { return Verdict::missing() };
    let [own, other] = match meant {
        Reading::Points => [Reading::Points, Reading::Percent],
        Reading::Percent => [Reading::Percent, Reading::Points],
    };
    let shown = |reading| change.of(reading).and_then(|it| printed.alike(it));
    let prints = |reading| change.of(reading).is_some_and(|it| printed.rounds(it));
    let computed = shown(own);
    let read = |reading, against| shown(against).map(|other| Reason::ReadAs { reading, other });
    if prints(own) {
        return Verdict { kind: Kind::Equal, computed, reasons: read(own, other).into_iter().collect() };
    }
    if prints(other) {
        return Verdict { kind: Kind::Otherwise, computed, reasons: read(other, own).into_iter().collect() };
    }
    let mut reasons = Vec::new();
    if let Some((now, before)) = change.rounded_rates(printed) {
        reasons.push(Reason::OfRoundedRates { now, before });
        return Verdict { kind: Kind::Otherwise, computed, reasons };
    }
    if change.of(own).is_some_and(|it| printed.cuts(it)) {
        reasons.push(Reason::CutNotRounded);
    }
    if let Some(points) = shown(Reading::Points) {
        reasons.push(Reason::NeitherReading { points, percent: shown(Reading::Percent) });
    }
    reasons.extend(part(printed, now, before.1, own));
    Verdict { kind: Kind::Fails, computed, reasons }
}

/// A rate now and a year before.
struct Change {
    now: Fraction,
    before: Fraction,
}

impl Change {
    fn new(now: (i64, i64), before: (i64, i64)) -> Option<Self> {
        Some(Self { now: Fraction::percent(now.0, now.1)?, before: Fraction::percent(before.0, before.1)? })
    }

    fn of(&self, reading: Reading) -> Option<Fraction> {
        let points = self.now.minus(self.before)?;
        match reading {
            Reading::Points => Some(points),
            Reading::Percent => points.percent_of(self.before),
        }
    }

    /// Both rates as they print, if their difference is the number printed.
    fn rounded_rates(&self, printed: &Printed) -> Option<(Printed, Printed)> {
        let (now, before) = (printed.alike(self.now)?, printed.alike(self.before)?);
        let points = now.fraction()?.minus(before.fraction()?)?;
        printed.rounds(points).then_some((now, before))
    }
}

/// The cases of the earlier base that would print it, or that none does and the nearest.
fn part(printed: &Printed, now: (i64, i64), base: i64, own: Reading) -> Option<Reason> {
    if let Some(part) = part_of(printed, now, base, own) {
        return Some(Reason::PartWould { base, part });
    }
    let change = |part: i64| Change::new(now, (part, base))?.of(own);
    let meant = printed.fraction()?;
    let gap = |part: i64| {
        let it = change(part)?.minus(meant)?;
        if it.sign() == Ordering::Less { Fraction::whole(0).minus(it) } else { Some(it) }
    };
    let [below, above] = parts_about(meant, now, base, own)?;
    let nearest = match (gap(below), gap(above)) {
        (Some(gap), Some(other)) if other.minus(gap)?.sign() == Ordering::Less => above,
        (None, _) => above,
        _ => below,
    };
    Some(Reason::NoPart { base, nearest, prints: printed.alike(change(nearest)?)? })
}

/// The least number of cases of an earlier base at which a change prints so. The more cases there were, the less is
/// the change, so that they lie next to those at which it would be the greatest that prints so.
fn part_of(printed: &Printed, now: (i64, i64), base: i64, own: Reading) -> Option<i64> {
    let change = |part: i64| Change::new(now, (part, base))?.of(own);
    let about = parts_about(printed.upper()?, now, base, own)?;
    about.into_iter().find(|it| change(*it).is_some_and(|it| printed.rounds(it)))
}

/// The two neighbouring numbers of cases of an earlier base between which a rate changes by so much; at most all, and
/// not fewer than none.
fn parts_about(change: Fraction, now: (i64, i64), base: i64, reading: Reading) -> Option<[i64; 2]> {
    let now = Fraction::percent(now.0, now.1)?;
    let before = match reading {
        Reading::Points => now.minus(change)?,
        Reading::Percent => {
            // What is left of the earlier rate. Nothing falls by more than all of it: then all cases come nearest.
            let left = change.minus(Fraction::whole(-100))?;
            if left.sign() != Ordering::Greater {
                return Some([base, base]);
            }
            now.percent_of(left)?
        }
    };
    let part = before.ratio(Fraction::percent(1, base)?)?;
    Some([part, part.saturating_add(1)].map(|it| it.clamp(0, base)))
}

/// The least earlier base, from the half to the double of the present one, at which each of several changes of rates
/// over one base could be true; and which were tried.
pub fn shared_base(changes: &[(Printed, i64)], base: i64, meant: Reading) -> (Option<i64>, (i64, i64)) {
    let tried = ((base / REACH).max(1), base.saturating_mul(REACH));
    let fits = |earlier: i64| {
        changes.iter().all(|(printed, part)| part_of(printed, (*part, base), earlier, meant).is_some())
    };
    ((tried.0..=tried.1).find(|it| fits(*it)), tried)
}
