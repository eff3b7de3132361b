//! The verdicts on all printed numbers of a report, computed from the place's counts.

use std::collections::BTreeMap;

use anyhow::Context as _;
use calendar::Date;
use figures::{Number, Period};
use law::{Formula, Indicator, Key, RateVersion, Text};
use proofread::{Fraction, Kind, Qualifier, Reading, Reason, Verdict};

use super::{
    Claim, ClaimView,
    reason::{finding, printed, told},
};
use crate::{counted::Desk, import::say};

/// Holds the numbers of one year's report against one place's counts.
pub(crate) struct Judge<'a, 'd> {
    desk: &'a Desk<'d>,
    year: i16,
}

/// What a claim states, in counts.
enum Stated<'i> {
    /// A count.
    Count(Option<i64>),
    /// A share of a base, which this indicator counts.
    Share { counts: Option<(i64, i64)>, base: &'i Key },
    /// The change of a count.
    Growth { of: &'i Key },
    /// The change of a rate over a base.
    RateChange { of: &'i Key, reading: Reading, base: &'i Key },
}

/// A finding with what its reasons name.
struct Found {
    verdict: Verdict,
    /// The indicators that reasons count off.
    others: Vec<Key>,
}

impl<'a, 'd> Judge<'a, 'd> {
    /// A judge of one year.
    pub(crate) fn new(desk: &'a Desk<'d>, year: i16) -> Self {
        Self { desk, year }
    }

    /// All verdicts.
    pub(crate) fn all(&self, claims: &[Claim]) -> anyhow::Result<Vec<ClaimView>> {
        let mut found = claims.iter().map(|it| self.one(it)).collect::<anyhow::Result<Vec<Found>>>()?;
        self.together(claims, &mut found)?;
        let rounds = self.rounds(claims)?;
        claims.iter().zip(found).map(|(claim, found)| self.view(claim, found, rounds)).collect()
    }

    /// Whether the report is seen to round: it prints a share that no cutting gives.
    fn rounds(&self, claims: &[Claim]) -> anyhow::Result<bool> {
        for claim in claims {
            if let Stated::Share { counts: Some((part, base)), .. } = self.stated(claim)?
                && Fraction::percent(part, base)
                    .is_some_and(|it| claim.printed.rounds(it) && !claim.printed.cuts(it))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn period(&self, claim: &Claim) -> anyhow::Result<Period> {
        let year = Period::year(self.year).context("a year beyond the calendar")?;
        Ok(Period { from: claim.from.unwrap_or(year.from), to: claim.to.unwrap_or(year.to) })
    }

    fn indicator(&self, key: &Key) -> anyhow::Result<&'d Indicator> {
        self.desk.indicator(key).with_context(|| format!("no indicator {key}"))
    }

    fn whole(&self, key: &Key, period: Period) -> anyhow::Result<Option<i64>> {
        let number = self.desk.number(self.indicator(key)?, period)?;
        Ok(number.and_then(|it| it.whole()))
    }

    fn share(&self, key: &Key, period: Period) -> anyhow::Result<Option<(i64, i64)>> {
        Ok(match self.desk.number(self.indicator(key)?, period)? {
            Some(Number::Share { part, base }) => Some((part, base)),
            _ => None,
        })
    }

    /// The version of a rate that a claim names, else the place's own.
    fn version<'i>(&self, claim: &Claim, indicator: &'i Indicator) -> Option<&'i RateVersion> {
        let Formula::Versions { choice, versions } = &indicator.formula else { return None };
        match &claim.version {
            Some(named) => versions.iter().find(|it| it.key == *named),
            None => figures::chosen(choice, versions, self.desk.settings()),
        }
    }

    fn stated(&self, claim: &Claim) -> anyhow::Result<Stated<'d>> {
        let period = self.period(claim)?;
        let indicator = self.indicator(&claim.indicator)?;
        Ok(match &indicator.formula {
            Formula::Ratio { base, .. } => {
                Stated::Share { counts: self.share(&indicator.key, period)?, base }
            }
            Formula::Versions { .. } => {
                let version = self
                    .version(claim, indicator)
                    .with_context(|| format!("no version of {} is the one that is set", indicator.key))?;
                let counts = match self.desk.version(indicator, &version.key, period)? {
                    Some(Number::Share { part, base }) => Some((part, base)),
                    _ => None,
                };
                Stated::Share { counts, base: &version.base }
            }
            Formula::Change { of, in_points } => match self.base(of)? {
                Some(base) => {
                    let reading = if *in_points { Reading::Points } else { Reading::Percent };
                    Stated::RateChange { of, reading, base }
                }
                None => Stated::Growth { of },
            },
            _ => Stated::Count(self.whole(&indicator.key, period)?),
        })
    }

    /// The base of a rate; none of a count.
    fn base(&self, of: &Key) -> anyhow::Result<Option<&'d Key>> {
        Ok(match &self.indicator(of)?.formula {
            Formula::Ratio { base, .. } => Some(base),
            Formula::Versions { choice, versions } => {
                figures::chosen(choice, versions, self.desk.settings()).map(|it| &it.base)
            }
            _ => None,
        })
    }

    fn one(&self, claim: &Claim) -> anyhow::Result<Found> {
        let period = self.period(claim)?;
        let none = || Found { verdict: Verdict::missing(), others: Vec::new() };
        Ok(match self.stated(claim)? {
            Stated::Count(Some(count)) => {
                Found { verdict: proofread::count(&claim.printed, count), others: Vec::new() }
            }
            Stated::Share { counts: Some(counts), base } => {
                let beside = match claim.beside.first() {
                    Some(key) => self.whole(key, period)?,
                    None => None,
                };
                let (others, values): (Vec<Key>, Vec<i64>) =
                    self.other_bases(base, counts.1, period)?.into_iter().unzip();
                let verdict = proofread::share(&claim.printed, counts, beside, &values);
                Found { verdict, others }
            }
            Stated::Growth { of } => self.growth(claim, of, period)?,
            Stated::RateChange { of, reading, .. } => {
                let now = self.share(of, period)?;
                let before = period.before().map(|it| self.share(of, it)).transpose()?.flatten();
                match now.zip(before) {
                    Some((now, before)) => Found {
                        verdict: proofread::rate_change(&claim.printed, now, before, reading),
                        others: Vec::new(),
                    },
                    None => none(),
                }
            }
            Stated::Count(None) | Stated::Share { counts: None, .. } => none(),
        })
    }

    fn growth(&self, claim: &Claim, of: &Key, period: Period) -> anyhow::Result<Found> {
        let pair = |key: &Key| -> anyhow::Result<Option<(i64, i64)>> {
            let before = period.before().map(|it| self.whole(key, it)).transpose()?.flatten();
            Ok(self.whole(key, period)?.zip(before))
        };
        let Some(counts) = pair(of)? else {
            return Ok(Found { verdict: Verdict::missing(), others: Vec::new() });
        };
        let (mut others, mut values) = (Vec::new(), Vec::new());
        for key in &claim.beside {
            if let Some(counts) = pair(key)? {
                others.push(key.clone());
                values.push(counts);
            }
        }
        Ok(Found { verdict: proofread::growth(&claim.printed, counts, &values), others })
    }

    /// The counts over the base's procedures, as bases that may be meant instead.
    fn other_bases(&self, base: &Key, value: i64, period: Period) -> anyhow::Result<Vec<(Key, i64)>> {
        let over = &self.indicator(base)?.procedures;
        let mut found = Vec::new();
        for it in self.desk.all.iter().filter(|it| it.procedures.iter().any(|key| over.contains(key))) {
            let counts = matches!(it.formula, Formula::Count(_) | Formula::Open { .. } | Formula::Sum(_));
            if !counts || it.key == *base {
                continue;
            }
            if let Some(other) = self.whole(&it.key, period)?.filter(|it| *it > 0 && *it != value) {
                found.push((it.key.clone(), other));
            }
        }
        Ok(found)
    }

    /// Changes of several rates over one base must have one earlier base.
    fn together(&self, claims: &[Claim], found: &mut [Found]) -> anyhow::Result<()> {
        type Change = (usize, i64, i64, Reading);
        let mut groups: BTreeMap<Key, Vec<Change>> = BTreeMap::new();
        for (at, claim) in claims.iter().enumerate() {
            if let Stated::RateChange { of, reading, base } = self.stated(claim)?
                && let Some((part, whole)) = self.share(of, self.period(claim)?)?
            {
                groups.entry(base.clone()).or_default().push((at, part, whole, reading));
            }
        }
        for group in groups.values().filter(|it| it.len() > 1) {
            let Some((_, _, base, reading)) = group.first().copied() else { continue };
            let same = group.iter().all(|it| (it.2, it.3) == (base, reading));
            let changes: Vec<_> = group.iter().map(|it| (claims[it.0].printed, it.1)).collect();
            let (fit, (from, to)) = proofread::shared_base(&changes, base, reading);
            if !same || fit.is_some() {
                continue;
            }
            for (at, ..) in group {
                let verdict = &mut found[*at].verdict;
                if verdict.kind == Kind::Fails {
                    verdict.reasons.push(Reason::NoSharedBase { from, to });
                }
            }
        }
        Ok(())
    }

    fn view(&self, claim: &Claim, found: Found, rounds: bool) -> anyhow::Result<ClaimView> {
        let indicator = self.indicator(&claim.indicator)?;
        let name_of = |key: &Key| self.desk.indicator(key).map(|it| it.name.clone()).unwrap_or_default();
        let base = match self.stated(claim)? {
            Stated::Share { base, .. } | Stated::RateChange { base, .. } => Some(name_of(base)),
            _ => None,
        };
        let others: Vec<Text> = found.others.iter().map(name_of).collect();
        let beside = claim.beside.first().map(name_of).unwrap_or_default();
        let words = |it: &Reason| told(it, &others, &beside, base.as_ref(), rounds);
        Ok(ClaimView {
            claim: if claim.name.is_empty() { claim.row.to_string() } else { claim.name.clone() },
            locator: claim.locator.clone(),
            printed: printed(&claim.printed),
            indicator: claim.indicator.clone(),
            name: self.named(claim, indicator),
            computed: self.shown(claim, &found.verdict)?,
            kind: found.verdict.kind,
            finding: finding(found.verdict.kind),
            reasons: found.verdict.reasons.iter().map(words).collect(),
            base,
        })
    }

    /// What the records come to: a bound is shown finer than it is printed, since that is what decides it.
    fn shown(&self, claim: &Claim, verdict: &Verdict) -> anyhow::Result<Option<String>> {
        if claim.printed.qualifier == Qualifier::Exact {
            return Ok(verdict.computed.map(|it| it.to_string()));
        }
        let exact = match self.stated(claim)? {
            Stated::Share { counts: Some((part, base)), .. } => Fraction::percent(part, base),
            _ => None,
        };
        let finer = exact.and_then(|it| claim.printed.finer()?.alike(it));
        Ok(finer.or(verdict.computed).map(|it| it.to_string()))
    }

    fn named(&self, claim: &Claim, indicator: &Indicator) -> Text {
        let mut name = indicator.name.clone();
        if let Some(version) = self.version(claim, indicator) {
            name =
                say("printed-of-version", &[("name", (&name).into()), ("version", (&version.name).into())]);
        }
        if claim.from.is_some() || claim.to.is_some() {
            let day = |it: Option<Date>, month, day| {
                it.or_else(|| Date::new(self.year, month, day).ok()).unwrap_or(Date::MIN)
            };
            let (from, to) = (day(claim.from, 1, 1), day(claim.to, 12, 31));
            name =
                say("printed-within", &[("name", (&name).into()), ("from", from.into()), ("to", to.into())]);
        }
        name
    }
}
