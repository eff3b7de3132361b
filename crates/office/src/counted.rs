//! A place's counts: what figures are computed of, and the cases behind each.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use engine::{Jurisdiction, MatterId};
use figures::{Counts, Leaf, Number, Period, Settings, Sheet};
use law::{Count, FieldKind, Formula, Indicator, Key, RateVersion, Rounding, Text};
use store::{Cursor, MatterRow, Reader};

use crate::{
    import,
    laws::Laws,
    open::Office,
    view::{FigureView, VersionView},
    words,
};

/// Rows fetched at a time where those that do not count yet stand among them.
const STRETCH: usize = 500;
/// A list in one read: each page of cases that count once costs about as much as all of them.
pub(crate) const WHOLE: usize = usize::MAX;
/// Decimal places of a count's change in percent.
const CHANGE_DECIMALS: u8 = 1;

/// One place's tallies within one snapshot, and the matters that do not count yet.
pub(crate) struct Desk<'a> {
    reader: &'a Reader,
    laws: &'a Laws,
    place: &'a Jurisdiction,
    /// All indicators.
    pub(crate) all: Vec<&'a Indicator>,
    settings: Settings,
    hidden: BTreeSet<MatterId>,
    /// Counts made before: many figures share their parts.
    known: RefCell<BTreeMap<String, i64>>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(
        office: &'a Office,
        reader: &'a Reader,
        place: &'a Jurisdiction,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            reader,
            laws: office.laws(),
            place,
            all: office.laws().indicators().collect(),
            settings: office.parameters(place),
            hidden: import::unsealed(reader, place)?,
            known: RefCell::default(),
        })
    }

    pub(crate) fn indicator(&self, key: &str) -> Option<&'a Indicator> {
        self.all.iter().copied().find(|it| it.key.as_str() == key)
    }

    pub(crate) fn number(&self, indicator: &Indicator, period: Period) -> anyhow::Result<Option<Number>> {
        Ok(self.sheet().number(indicator, period)?)
    }

    /// What the place has set.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The number of one version of a rate.
    pub(crate) fn version(
        &self,
        indicator: &Indicator,
        version: &str,
        period: Period,
    ) -> anyhow::Result<Option<Number>> {
        Ok(self.sheet().version(indicator, version, period)?)
    }

    fn kept(&self, key: String, count: impl FnOnce() -> anyhow::Result<i64>) -> anyhow::Result<i64> {
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(*known);
        }
        let counted = count()?;
        self.known.borrow_mut().insert(key, counted);
        Ok(counted)
    }

    /// A figure, without the number of its cases.
    pub(crate) fn figure(&self, indicator: &Indicator, period: Period) -> anyhow::Result<FigureView> {
        let number = self.number(indicator, period)?;
        let before = match period.before() {
            Some(year) => self.number(indicator, year)?,
            None => None,
        };
        let shares = matches!(number, Some(Number::Share { .. }));
        let change = number.zip(before).and_then(|(now, before)| now.change_from(&before, shares));
        let show = Show::of(indicator, &self.settings);
        let opens = match number {
            Some(Number::Share { part, base }) => part != 0 || base != 0,
            Some(Number::Whole(0)) => false,
            _ => self.has_leaf(indicator, period)?,
        };
        Ok(FigureView {
            key: indicator.key.clone(),
            name: indicator.name.clone(),
            definition: show.definition.clone(),
            unit: indicator.unit.clone(),
            value: number.and_then(|it| it.printed(show.decimals, show.rounding)),
            before: before.and_then(|it| it.printed(show.decimals, show.rounding)),
            change: change.and_then(|it| it.printed(show.change_decimals(shares), show.rounding)),
            change_in_points: change.is_some_and(|it| it.in_points),
            base: show.base.and_then(|it| self.indicator(it)).map(|it| it.name.clone()),
            versions: self.versions(indicator, period)?,
            parts: self.parts(indicator, period)?,
            opens,
            cases: None,
        })
    }

    /// A figure with the number of cases that it opens.
    pub(crate) fn figure_with_cases(&self, it: &Indicator, period: Period) -> anyhow::Result<FigureView> {
        let mut cases = 0;
        for leaf in figures::leaves(it, &self.all, &self.settings) {
            cases += match &leaf {
                Leaf::Count { procedures, what } => self.count(procedures, what, period)?,
                Leaf::Open { procedures, into, out, standing } => {
                    self.open(procedures, into, out, figures::cohort(*standing, period))?
                }
            };
        }
        Ok(FigureView { cases: Some(cases), ..self.figure(it, period)? })
    }

    /// Every way in which a rate is computed somewhere, the place's own marked.
    fn versions(&self, indicator: &Indicator, period: Period) -> anyhow::Result<Vec<VersionView>> {
        let Formula::Versions { choice, versions } = &indicator.formula else { return Ok(Vec::new()) };
        let own = figures::chosen(choice, versions, &self.settings).map(|it| &it.key);
        let one = |it: &RateVersion| {
            let number = self.sheet().version(indicator, &it.key, period)?;
            Ok(VersionView {
                key: it.key.clone(),
                name: it.name.clone(),
                definition: it.definition.clone(),
                base: self.indicator(&it.base).map(|it| it.name.clone()).unwrap_or_default(),
                value: number.and_then(|number| number.printed(it.decimals, it.rounding)),
                own: own == Some(&it.key),
            })
        };
        versions.iter().map(one).collect()
    }

    /// What a count split by a field comes to for each of the field's values.
    fn parts(&self, indicator: &Indicator, period: Period) -> anyhow::Result<Vec<(Text, i64)>> {
        let (Formula::Count(what) | Formula::Values(what)) = &indicator.formula else {
            return Ok(Vec::new());
        };
        let sums = self.by_value(&indicator.procedures, what, period)?;
        let by = what.marks.iter().find_map(|it| it.by.as_ref());
        let parts = sums.into_iter().filter(|(_, n)| *n != 0);
        Ok(parts.map(|(value, n)| (self.value_name(indicator, by, &value), n)).collect())
    }

    /// How often the marks that a field splits occurred, by the field's value.
    fn by_value(&self, over: &[Key], what: &Count, period: Period) -> anyhow::Result<BTreeMap<String, i64>> {
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for mark in what.marks.iter().filter(|it| it.by.is_some()) {
            let one = Count { marks: vec![mark.clone()], ..what.clone() };
            let stem = mark.text_for("");
            for (text, n) in self.each(over, &one, period)? {
                let value = text.strip_prefix(&stem).unwrap_or(&text).to_owned();
                *sums.entry(value).or_default() += n;
            }
        }
        Ok(sums)
    }

    /// The words for a value of a field: an option's name, else the value itself.
    fn value_name(&self, indicator: &Indicator, field: Option<&Key>, value: &str) -> Text {
        let versions = indicator.procedures.iter().flat_map(|it| self.laws.versions(it));
        let named = versions.filter_map(|version| {
            let field = version.field(field?)?.kind.clone();
            match field {
                FieldKind::Choice { options } => {
                    options.into_iter().find(|it| it.key.as_str() == value).map(|it| it.name)
                }
                _ => None,
            }
        });
        match (named.last(), value) {
            (Some(name), _) => name,
            (None, "yes" | "no") => words::both(if value == "yes" { "figure-yes" } else { "figure-no" }),
            (None, _) => Text::new(value, value),
        }
    }

    fn sheet(&self) -> Sheet<'_, Self> {
        Sheet { all: &self.all, settings: &self.settings, counts: self }
    }

    /// How often the marks occurred, by mark.
    fn each(&self, over: &[Key], what: &Count, period: Period) -> anyhow::Result<BTreeMap<String, i64>> {
        let mut sums = BTreeMap::new();
        for key in over {
            let what = counted(key, what, period);
            let found = match self.hidden.is_empty() {
                true => self.reader.count_each(self.place, &what)?,
                false => self.gone_through_each(&what)?,
            };
            found.into_iter().for_each(|(mark, n)| *sums.entry(mark).or_default() += n);
        }
        Ok(sums)
    }

    fn gone_through_each(&self, what: &store::Count) -> anyhow::Result<BTreeMap<String, i64>> {
        let mut sums = BTreeMap::new();
        let rows = self.reader.cases(self.place, what, None, WHOLE)?;
        for row in rows.into_iter().filter(|it| !self.hidden.contains(&it.matter.id)) {
            *sums.entry(row.mark).or_default() += row.n;
        }
        Ok(sums)
    }

    /// Whether anything is counted in the period.
    pub(crate) fn has_records(&self, period: Period) -> anyhow::Result<bool> {
        for indicator in &self.all {
            if self.has_leaf(indicator, period)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether any count at the bottom of a figure is above nothing.
    fn has_leaf(&self, indicator: &Indicator, period: Period) -> anyhow::Result<bool> {
        for leaf in figures::leaves(indicator, &self.all, &self.settings) {
            let (procedures, what, within) = match leaf {
                Leaf::Count { procedures, what } => (procedures, what, period),
                Leaf::Open { procedures, into, standing, .. } => {
                    (procedures, Count { on_received: true, ..into }, figures::cohort(standing, period))
                }
            };
            // Occurrences are quicker to count than cases, and there are either both or neither.
            if self.count(&procedures, &Count { once: false, ..what }, within)? != 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Cases of an indicator from a stop on, leaf by leaf.
    pub(crate) fn cases(
        &self,
        indicator: &Indicator,
        period: Period,
        from: Stop,
        limit: usize,
    ) -> anyhow::Result<Vec<(Stop, MatterRow)>> {
        let lists = self.lists(indicator, period);
        let mut found: Vec<(Stop, MatterRow)> = Vec::new();
        let mut after = from.after;
        for (place, list) in lists.iter().enumerate().skip(from.list) {
            loop {
                let wanted = limit - found.len();
                let size = if self.hidden.is_empty() { wanted } else { wanted.max(STRETCH) };
                let rows = list.page(self, after.as_ref(), size)?;
                let end = rows.len() < size;
                for (cursor, row) in rows {
                    after = Some(cursor.clone());
                    let seen = self.hidden.contains(&row.id)
                        || found.last().is_some_and(|(_, before)| before.id == row.id);
                    if seen {
                        continue;
                    }
                    found.push((Stop { list: place, after: Some(cursor) }, row));
                    if found.len() == limit {
                        return Ok(found);
                    }
                }
                if end {
                    break;
                }
            }
            after = None;
        }
        Ok(found)
    }

    fn lists(&self, indicator: &Indicator, period: Period) -> Vec<List> {
        let mut lists = Vec::new();
        for leaf in figures::leaves(indicator, &self.all, &self.settings) {
            match leaf {
                Leaf::Count { procedures, what } => {
                    lists.extend(procedures.iter().map(|it| List::Count(counted(it, &what, period))));
                }
                Leaf::Open { procedures, into, out, standing } => {
                    let period = figures::cohort(standing, period);
                    lists.extend(procedures.iter().map(|it| List::Open(open(it, &into, &out, period))));
                }
            }
        }
        lists
    }

    /// How often cases of a list stand in it, without those that do not count yet.
    fn gone_through(&self, list: &List) -> anyhow::Result<i64> {
        let found = list.counted(self)?.into_iter().filter(|(id, _)| !self.hidden.contains(id));
        Ok(found.map(|(_, n)| n).sum())
    }
}

impl Counts for Desk<'_> {
    type Error = anyhow::Error;

    fn count(&self, procedures: &[Key], what: &Count, period: Period) -> anyhow::Result<i64> {
        let one = |key: &Key| {
            let what = counted(key, what, period);
            self.kept(format!("{what:?}"), || match self.hidden.is_empty() {
                true => self.reader.count(self.place, &what),
                false => self.gone_through(&List::Count(what.clone())),
            })
        };
        procedures.iter().map(one).sum()
    }

    fn values(&self, procedures: &[Key], what: &Count, period: Period) -> anyhow::Result<i64> {
        let sums = self.by_value(procedures, what, period)?;
        Ok(i64::try_from(sums.values().filter(|it| **it > 0).count())?)
    }

    fn open(&self, procedures: &[Key], into: &Count, out: &Count, period: Period) -> anyhow::Result<i64> {
        let one = |key: &Key| {
            let what = open(key, into, out, period);
            self.kept(format!("{what:?}"), || match self.hidden.is_empty() {
                true => Ok(i64::try_from(self.reader.open_count(self.place, &what)?)?),
                false => self.gone_through(&List::Open(what.clone())),
            })
        };
        procedures.iter().map(one).sum()
    }
}

/// How an indicator is shown.
struct Show<'a> {
    definition: &'a Text,
    decimals: u8,
    rounding: Rounding,
    /// The indicator that stands below a rate.
    base: Option<&'a Key>,
}

impl<'a> Show<'a> {
    fn of(indicator: &'a Indicator, settings: &Settings) -> Self {
        let plain = Self {
            definition: &indicator.definition,
            decimals: indicator.decimals,
            rounding: indicator.rounding,
            base: None,
        };
        match &indicator.formula {
            Formula::Ratio { base, .. } => Self { base: Some(base), ..plain },
            Formula::Versions { choice, versions } => match figures::chosen(choice, versions, settings) {
                Some(it) => Self {
                    definition: &it.definition,
                    decimals: it.decimals,
                    rounding: it.rounding,
                    base: Some(&it.base),
                },
                None => plain,
            },
            _ => plain,
        }
    }

    /// Decimal places of the change from the year before: those of a share, one for a count.
    fn change_decimals(&self, share: bool) -> u8 {
        if share { self.decimals } else { CHANGE_DECIMALS }
    }
}

fn counted(procedure: &Key, what: &Count, period: Period) -> store::Count {
    store::Count {
        procedure: procedure.clone(),
        marks: texts(&what.marks),
        from: period.from,
        to: period.to,
        on_received: what.on_received,
        once: what.once,
        body: None,
        known: None,
    }
}

fn open(procedure: &Key, into: &Count, out: &Count, period: Period) -> store::OpenCases {
    store::OpenCases {
        procedure: procedure.clone(),
        into: texts(&into.marks),
        out: texts(&out.marks),
        from: period.from,
        to: period.to,
        out_by: period.to,
        body: None,
    }
}

fn texts(marks: &[law::Mark]) -> Vec<String> {
    marks.iter().map(law::Mark::text).collect()
}

/// One list of the store that a figure's cases come from.
enum List {
    Count(store::Count),
    Open(store::OpenCases),
}

impl List {
    fn page(
        &self,
        desk: &Desk<'_>,
        after: Option<&Cursor>,
        size: usize,
    ) -> anyhow::Result<Vec<(Cursor, MatterRow)>> {
        Ok(match self {
            Self::Count(what) => {
                let rows = desk.reader.cases(desk.place, what, after, size)?;
                rows.into_iter().map(|it| (it.cursor(), it.matter)).collect()
            }
            Self::Open(what) => {
                let rows = desk.reader.open_cases(desk.place, what, after, size)?;
                rows.into_iter().map(|it| (what.cursor(&it), it)).collect()
            }
        })
    }

    /// All of it: each case and how often it stands in it.
    fn counted(&self, desk: &Desk<'_>) -> anyhow::Result<Vec<(MatterId, i64)>> {
        Ok(match self {
            Self::Count(what) => {
                let rows = desk.reader.cases(desk.place, what, None, WHOLE)?;
                rows.into_iter().map(|it| (it.matter.id, it.n)).collect()
            }
            Self::Open(_) => self.page(desk, None, WHOLE)?.into_iter().map(|(_, row)| (row.id, 1)).collect(),
        })
    }
}

/// Where a list of cases goes on: in which of the figure's lists, after which row. As a word: `LIST.CURSOR`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop {
    list: usize,
    after: Option<Cursor>,
}

impl Stop {
    /// Reads one from its word.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (list, cursor) = text.split_once('.')?;
        Some(Self { list: list.parse().ok()?, after: Some(cursor.parse().ok()?) })
    }
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.", self.list)?;
        self.after.as_ref().map_or(Ok(()), |it| it.fmt(f))
    }
}
