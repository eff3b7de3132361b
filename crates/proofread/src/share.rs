//! Counts and shares held against what is printed.

use crate::{
    fraction::Fraction,
    printed::{Printed, Qualifier},
    slip::{Slip, slip},
    verdict::{Kind, Reason, Verdict},
};

/// A count.
pub fn count(printed: &Printed, computed: i64) -> Verdict {
    let exact = Fraction::whole(computed);
    let shown = printed.alike(exact);
    let mut reasons = Vec::new();
    let kind = match printed.qualifier {
        Qualifier::Exact if printed.rounds(exact) => Kind::Equal,
        Qualifier::Exact => Kind::Fails,
        _ if printed.bounds(exact) => Kind::Within,
        _ => Kind::Fails,
    };
    if kind == Kind::Fails {
        let off = printed.fraction().and_then(|it| exact.minus(it)).and_then(|it| it.cut(1));
        reasons.extend(off.and_then(|it| i64::try_from(it).ok()).map(Reason::Off));
        reasons.extend(slipped(printed, exact));
    }
    Verdict { kind, computed: shown, reasons }
}

/// A share in percent of a base. `beside` is the number that the text prints beside it and that a reader takes for
/// the base, `others` are numbers that may be the base instead.
pub fn share(printed: &Printed, (part, base): (i64, i64), beside: Option<i64>, others: &[i64]) -> Verdict {
    let Some(exact) = Fraction::percent(part, base) else { return Verdict::missing() };
    let computed = printed.alike(exact);
    let verdict = |kind, reasons| Verdict { kind, computed, reasons };
    if printed.qualifier != Qualifier::Exact {
        return verdict_of_bound(printed, exact, beside.filter(|it| *it != base), computed);
    }
    if printed.rounds(exact) {
        let apart = beside.filter(|it| *it != base).and_then(|it| Some((it, Fraction::percent(part, it)?)));
        return match apart {
            Some((beside, other)) if !printed.rounds(other) => {
                let prints = printed.alike(other);
                let told = prints.map(|prints| Reason::BesideGives { base: beside, prints });
                verdict(Kind::Otherwise, told.into_iter().collect())
            }
            _ => verdict(Kind::Equal, Vec::new()),
        };
    }
    let mut reasons = Vec::new();
    if printed.cuts(exact) {
        reasons.push(Reason::CutNotRounded);
    }
    let other = |it: &i64| Fraction::percent(part, *it).is_some_and(|it| printed.rounds(it));
    let found = others.iter().position(other);
    reasons.extend(found.map(|nth| Reason::OtherBase { nth }));
    reasons.extend(slipped(printed, exact));
    reasons.extend(bases(printed, part));
    let kind = if found.is_some() { Kind::Otherwise } else { Kind::Fails };
    verdict(kind, reasons)
}

/// The slip by which it came of what the counts print, with its decimals or with one more.
pub(crate) fn slipped(printed: &Printed, exact: Fraction) -> Option<Reason> {
    let of = |meant: Printed| {
        slip(&printed.to_string(), &meant.to_string()).map(|slip| Reason::Slip { slip, meant })
    };
    let finer = printed.finer().and_then(|it| it.alike(exact)).and_then(of);
    // A last character that is missing is no slip but the shorter number itself.
    let missing = |it: &Reason| match it {
        Reason::Slip { slip: Slip::Missing, meant } => !meant.to_string().starts_with(&printed.to_string()),
        _ => false,
    };
    finer.filter(missing).or_else(|| printed.alike(exact).and_then(of))
}

fn verdict_of_bound(
    printed: &Printed,
    exact: Fraction,
    beside: Option<i64>,
    computed: Option<Printed>,
) -> Verdict {
    if !printed.bounds(exact) {
        return Verdict { kind: Kind::Fails, computed, reasons: Vec::new() };
    }
    // Who writes "more than 94" means 94 and something: the base beside it must leave room for that.
    let room =
        |base: i64| (0..=base).any(|part| Fraction::percent(part, base).is_some_and(|it| printed.tight(it)));
    match beside {
        Some(base) if printed.qualifier == Qualifier::MoreThan && !room(base) => {
            Verdict { kind: Kind::Otherwise, computed, reasons: vec![Reason::BesideGivesNone { base }] }
        }
        _ => Verdict { kind: Kind::Within, computed, reasons: Vec::new() },
    }
}

/// The whole bases that print it, or that there is none.
fn bases(printed: &Printed, part: i64) -> Vec<Reason> {
    let prints = |base: i64| Fraction::percent(part, base).is_some_and(|it| printed.rounds(it));
    match printed.bases(part, 0) {
        Some(near) => vec![span(near, prints).unwrap_or(Reason::NoBase)],
        None => Vec::new(),
    }
}

/// The least and the greatest base of a stretch that print it; those between print it too. Whether an end itself does
/// depends on which way a half is rounded, so that its neighbour within is tried too.
pub(crate) fn span((from, to): (i64, i64), prints: impl Fn(i64) -> bool) -> Option<Reason> {
    let first = |tried: [i64; 2]| tried.into_iter().find(|it| *it > 0 && prints(*it));
    Some(Reason::BasesWould { from: first([from, from.saturating_add(1)])?, to: first([to, to - 1])? })
}
