//! Figures over a ledger of a few lines: parts add up, rounding is exact, and a case that is taken away changes
//! exactly the figures that count it.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

use std::{collections::BTreeSet, convert::Infallible};

use calendar::Date;
use figures::{Change, Counts, Fault, Leaf, Number, Period, Run, Settings, Sheet, leaves, runs, title};
use law::{
    Count, Formula, Indicator, Key, Mark as Named, Parameter, ParameterValue, RateVersion, Rounding, Text,
};
use proptest::prelude::*;

/// What one act left: matter, mark, its day, the day the matter was received.
#[derive(Clone, Debug)]
struct Mark {
    matter: u32,
    mark: &'static str,
    on: Date,
    received: Date,
}

struct Ledger(Vec<Mark>);

fn bears(mark: &str, count: &Count) -> bool {
    count.marks.iter().any(|it| it.names(mark))
}

impl Ledger {
    fn cases(&self, leaf: &Leaf, period: Period) -> BTreeSet<u32> {
        let within = |day: Date| period.from <= day && day <= period.to;
        let matters = |it: &Mark| it.matter;
        match leaf {
            Leaf::Count { what, .. } => self
                .0
                .iter()
                .filter(|it| bears(it.mark, what))
                .filter(|it| within(if what.on_received { it.received } else { it.on }))
                .map(matters)
                .collect(),
            Leaf::Open { into, out, standing, .. } => {
                let period = figures::cohort(*standing, period);
                let within = |day: Date| period.from <= day && day <= period.to;
                let through: BTreeSet<u32> = self
                    .0
                    .iter()
                    .filter(|it| bears(it.mark, out) && it.on <= period.to)
                    .map(matters)
                    .collect();
                let came = self.0.iter().filter(|it| bears(it.mark, into) && within(it.received));
                came.map(matters).filter(|it| !through.contains(it)).collect()
            }
        }
    }
}

impl Counts for Ledger {
    type Error = Infallible;

    fn count(&self, over: &[Key], what: &Count, period: Period) -> Result<i64, Infallible> {
        if what.once {
            let leaf = Leaf::Count { procedures: over.to_vec(), what: what.clone() };
            return Ok(self.cases(&leaf, period).len() as i64);
        }
        let days = self.0.iter().filter(|it| bears(it.mark, what));
        let days = days.map(|it| if what.on_received { it.received } else { it.on });
        Ok(days.filter(|it| period.from <= *it && *it <= period.to).count() as i64)
    }

    /// Here every mark is a value of its own.
    fn values(&self, _: &[Key], what: &Count, period: Period) -> Result<i64, Infallible> {
        let found = self.0.iter().filter(|it| bears(it.mark, what));
        let found = found.filter(|it| period.from <= it.on && it.on <= period.to);
        Ok(found.map(|it| it.mark).collect::<BTreeSet<_>>().len() as i64)
    }

    fn open(&self, over: &[Key], into: &Count, out: &Count, period: Period) -> Result<i64, Infallible> {
        let standing = false;
        let leaf = Leaf::Open { procedures: over.to_vec(), into: into.clone(), out: out.clone(), standing };
        Ok(self.cases(&leaf, period).len() as i64)
    }
}

fn marks(marks: &[&str], on_received: bool) -> Count {
    Count { marks: marks.iter().map(|it| Named::of(*it)).collect(), on_received, once: false }
}

fn indicator(key: &str, formula: Formula) -> Indicator {
    Indicator {
        key: Key::from(key),
        name: Text::default(),
        definition: Text::default(),
        procedures: vec![Key::from("walk")],
        formula,
        decimals: 1,
        rounding: Rounding::HalfUp,
        unit: Text::default(),
    }
}

fn indicators() -> Vec<Indicator> {
    let ratio = Formula::Ratio { part: Key::from("won"), base: Key::from("ended") };
    vec![
        indicator("came", Formula::Count(marks(&["act:begin"], true))),
        indicator("won", Formula::Count(marks(&["outcome:won"], true))),
        indicator("lost", Formula::Count(marks(&["outcome:lost"], true))),
        indicator("ended", Formula::Count(marks(&["outcome:*"], true))),
        indicator(
            "open",
            Formula::Open {
                into: marks(&["act:begin"], false),
                out: marks(&["outcome:*"], false),
                standing: false,
            },
        ),
        indicator(
            "standing",
            Formula::Open {
                into: marks(&["act:begin"], false),
                out: marks(&["outcome:*"], false),
                standing: true,
            },
        ),
        indicator("all", Formula::Sum(vec!["won".into(), "lost".into(), "open".into()])),
        indicator("rate", ratio),
    ]
}

fn evaluate(
    indicator: &Indicator,
    all: &[&Indicator],
    period: Period,
    counts: &Ledger,
) -> Result<Option<Number>, Fault<Infallible>> {
    Sheet { all, settings: &Settings::new(), counts }.number(indicator, period)
}

fn numbers(ledger: &Ledger) -> Vec<Number> {
    let indicators = indicators();
    let all: Vec<&Indicator> = indicators.iter().collect();
    let year = Period::year(2023).unwrap();
    all.iter().map(|it| evaluate(it, &all, year, ledger).unwrap().unwrap()).collect()
}

/// Walks received in 2023, each won, lost or still going on at the end of the year.
fn walks() -> impl Strategy<Value = Vec<(i16, u8)>> {
    prop::collection::vec((1_i16..=360, 0_u8..3), 1..60)
}

fn ledger(walks: &[(i16, u8)]) -> Ledger {
    let mut all = Vec::new();
    for (matter, (day, end)) in (0..).zip(walks) {
        let received = Date::new(2023, 1, 1).unwrap().saturating_add(jiff::Span::new().days(*day));
        let mut mark = |mark, on| all.push(Mark { matter, mark, on, received });
        mark("act:begin", received);
        match end {
            0 => mark("outcome:won", received),
            1 => mark("outcome:lost", received),
            _ => {}
        }
    }
    Ledger(all)
}

proptest! {
    #[test]
    fn parts_add_up(walks in walks()) {
        let [came, won, lost, ended, open, standing, all, rate] = numbers(&ledger(&walks)).try_into().unwrap();
        let whole = |it: Number| it.whole().unwrap();
        prop_assert_eq!(came, all);
        prop_assert_eq!(standing, open, "none came before");
        prop_assert_eq!(whole(won) + whole(lost), whole(ended));
        prop_assert_eq!(whole(came) - whole(ended), whole(open));
        prop_assert_eq!(rate, Number::Share { part: whole(won), base: whole(ended) });
    }

    #[test]
    fn a_walk_taken_away_changes_exactly_the_figures_that_count_it(walks in walks(), which in any::<prop::sample::Index>()) {
        let which = which.index(walks.len());
        let before = ledger(&walks);
        let after = Ledger(before.0.iter().filter(|it| it.matter != which as u32).cloned().collect());
        let indicators = indicators();
        let all: Vec<&Indicator> = indicators.iter().collect();
        let year = Period::year(2023).unwrap();
        for indicator in &all {
            let counted = leaves(indicator, &all, &Settings::new())
                .iter()
                .any(|leaf| before.cases(leaf, year).contains(&(which as u32)));
            let changed = evaluate(indicator, &all, year, &before).unwrap()
                != evaluate(indicator, &all, year, &after).unwrap();
            prop_assert_eq!(counted, changed, "{}", indicator.key);
        }
    }

    #[test]
    fn a_share_is_rounded_half_up_to_the_last_digit(part in 0_i64..2_000_000, base in 1_i64..2_000_000, decimals in 0_u8..12) {
        let printed = Number::Share { part, base }.printed(decimals, Rounding::HalfUp).unwrap();
        let cut = Number::Share { part, base }.printed(decimals, Rounding::Cut).unwrap();
        let scale = 10_i128.pow(u32::from(decimals));
        let exact = 2 * i128::from(part) * 100 * scale + i128::from(base);
        let reference = exact.div_euclid(2 * i128::from(base));
        let digits = printed.replace('.', "");
        prop_assert_eq!(digits.parse::<i128>().unwrap(), reference);
        let below = i128::from(part) * 100 * scale / i128::from(base);
        prop_assert_eq!(cut.replace('.', "").parse::<i128>().unwrap(), below);
        prop_assert_eq!(printed.split_once('.').map_or(0, |it| it.1.len()), usize::from(decimals));
    }
}

#[test]
fn shares_as_reports_print_them() {
    let print =
        |part, base, decimals| Number::Share { part, base }.printed(decimals, Rounding::HalfUp).unwrap();
    assert_eq!(print(2, 70, 1), "2.9");
    assert_eq!(print(14, 70, 0), "20");
    assert_eq!(print(1, 8, 0), "13", "12.5 goes up");
    assert_eq!(print(152, 153, 2), "99.35");
    assert_eq!(print(9_995, 10_000, 1), "100.0", "the nines carry");
    assert_eq!(print(0, 9, 2), "0.00");
    assert_eq!(
        Number::Share { part: 0, base: 0 }.printed(1, Rounding::HalfUp),
        None,
        "a share of nothing has no value"
    );
    assert_eq!(
        Number::Share { part: i64::MAX, base: i64::MAX }.printed(3, Rounding::HalfUp).unwrap(),
        "100.000"
    );
}

#[test]
fn changes_from_year_to_year() {
    let print = |it: Change, decimals| it.printed(decimals, Rounding::HalfUp).unwrap();
    let change = |now: i64, before: i64| {
        Some(print(Number::Whole(now).change_from(&Number::Whole(before), false)?, 1))
    };
    assert_eq!(change(70, 58).unwrap(), "+20.7");
    assert_eq!(change(24, 28).unwrap(), "\u{2212}14.3");
    assert_eq!(change(5, 5).unwrap(), "0.0");
    assert_eq!(change(99_999, 100_000).unwrap(), "0.0", "no sign before nothing");
    assert_eq!(change(5, 0), None, "no change from nothing");
    assert_eq!(Number::Whole(5).change_from(&Number::Whole(4), true), None, "counts have no points");
    let share = |part, base| Number::Share { part, base };
    let points = share(14, 252).change_from(&share(29, 204), true).unwrap();
    assert_eq!(print(points, 1), "\u{2212}8.7", "exact, not of the rounded shares");
    let percent = share(14, 252).change_from(&share(29, 204), false).unwrap();
    assert_eq!(print(percent, 1), "\u{2212}60.9", "another figure: of the earlier share");
    assert_eq!(share(1, 2).change_from(&share(1, 0), true), None);
    assert_eq!(share(1, 2).change_from(&share(0, 4), false), None, "no percent of nothing");
}

#[test]
fn a_period_a_year_earlier_has_the_same_days() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let period = |from, to| Period { from: day(from), to: day(to) };
    assert_eq!(Period::year(2023).unwrap().before(), Period::year(2022));
    let february = period("2025-02-01", "2025-02-28");
    assert_eq!(february.before(), Some(period("2024-02-01", "2024-02-29")), "to the end of the month");
    assert_eq!(period("2024-02-29", "2024-05-14").before(), Some(period("2023-02-28", "2023-05-14")));
}

/// A rate with two bases, of which the place chooses one; a target beside it; last year beside this one.
#[test]
fn what_a_place_has_set_decides_which_version_of_a_rate_is_computed() {
    let version = |key: &str, base: &str| RateVersion {
        key: key.into(),
        name: Text::default(),
        definition: Text::default(),
        part: "won".into(),
        base: base.into(),
        decimals: 1,
        rounding: Rounding::HalfUp,
    };
    let parameter = |key: &str, default| Parameter {
        key: key.into(),
        name: Text::default(),
        default,
        options: Vec::new(),
        option_names: Vec::new(),
        mark: "local".to_owned(),
        why: Text::default(),
    };
    let choice = parameter("way-of-rates", ParameterValue::Option("by-ended".into()));
    let versions = vec![version("by-ended", "ended"), version("by-came", "came")];
    let mut indicators = indicators();
    indicators.push(indicator("rates", Formula::Versions { choice, versions }));
    indicators
        .push(indicator("goal", Formula::Target(parameter("goal-percent", ParameterValue::Number(70)))));
    indicators.push(indicator("rate-change", Formula::Change { of: "rates".into(), in_points: true }));
    indicators.push(indicator("came-change", Formula::Change { of: "came".into(), in_points: false }));
    let all: Vec<&Indicator> = indicators.iter().collect();
    let ledger = ledger(&[(1, 0), (2, 0), (3, 1), (4, 2)]);
    let value = |settings: &Settings, key: &str, year| {
        let it = all.iter().find(|it| it.key.as_str() == key).unwrap();
        Sheet { all: &all, settings, counts: &ledger }.number(it, Period::year(year).unwrap())
    };
    let none = Settings::new();
    assert_eq!(value(&none, "rates", 2023), Ok(Some(Number::Share { part: 2, base: 3 })));
    assert_eq!(value(&none, "goal", 2023), Ok(Some(Number::Whole(70))));
    let set: Settings = [
        ("way-of-rates".into(), ParameterValue::Words("by-came".to_owned())),
        ("goal-percent".into(), ParameterValue::Words("most".to_owned())),
    ]
    .into();
    assert_eq!(value(&set, "rates", 2023), Ok(Some(Number::Share { part: 2, base: 4 })));
    assert_eq!(value(&set, "goal", 2023), Err(Fault::BadSetting("goal-percent".into())));
    let gone: Settings = [("way-of-rates".into(), ParameterValue::Words("by-heard".to_owned()))].into();
    let fault = Err(Fault::BadSetting("way-of-rates".into()));
    assert_eq!(value(&gone, "rates", 2023), fault, "what is set stands: the default does not take its place");
    assert_eq!(leaves(indicators.iter().find(|it| it.key == "rates").unwrap(), &all, &gone), []);
    assert_eq!(value(&none, "rate-change", 2023), Ok(None), "nothing in the year before");
    let gone = Number::Change(Change { above: -4, below: 4, in_points: false });
    assert_eq!(value(&none, "came-change", 2024), Ok(Some(gone)));
}

/// What stands at the end of a year came in it or before; values are counted each once, however often they occur.
#[test]
fn what_stands_from_earlier_years_is_counted_where_it_is_meant_and_a_value_counts_once() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let walk = |matter, received: &str, end: Option<(&'static str, &str)>| {
        let received = day(received);
        let begun = Mark { matter, mark: "act:begin", on: received, received };
        let ended = end.map(|(mark, on)| Mark { matter, mark, on: day(on), received });
        [begun].into_iter().chain(ended)
    };
    let walks = [
        walk(1, "2022-03-01", None),
        walk(2, "2022-11-30", Some(("outcome:won", "2023-01-09"))),
        walk(3, "2023-02-02", Some(("outcome:won", "2023-02-20"))),
        walk(4, "2023-05-05", Some(("outcome:lost", "2024-01-02"))),
        walk(5, "2023-08-08", None),
    ];
    let ledger = Ledger(walks.into_iter().flatten().collect());
    let open = |standing| {
        let (into, out) = (marks(&["act:begin"], false), marks(&["outcome:*"], false));
        indicator("open", Formula::Open { into, out, standing })
    };
    let values = indicator("ways", Formula::Values(marks(&["outcome:*"], false)));
    let number = |indicator: &Indicator, year| {
        evaluate(indicator, &[indicator], Period::year(year).unwrap(), &ledger)
            .unwrap()
            .unwrap()
            .whole()
            .unwrap()
    };
    let years = |indicator: &Indicator| [2022, 2023, 2024].map(|year| number(indicator, year));
    assert_eq!(years(&open(false)), [2, 2, 0], "of those received in the year alone");
    assert_eq!(years(&open(true)), [2, 3, 2], "of all that came until its end");
    assert_eq!(years(&values), [0, 1, 1]);
    let [Leaf::Open { standing: true, .. }] = &leaves(&open(true), &[], &Settings::new())[..] else {
        panic!("it opens what it counts")
    };
}

#[test]
fn indicators_that_cannot_be_computed_say_why() {
    let year = Period::year(2023).unwrap();
    let none = Ledger(Vec::new());
    let itself = indicator("loop", Formula::Sum(vec!["loop".into()]));
    assert_eq!(evaluate(&itself, &[&itself], year, &none), Err(Fault::Circular("loop".into())));
    let lone = indicator("lone", Formula::Sum(vec!["gone".into()]));
    assert_eq!(evaluate(&lone, &[&lone], year, &none), Err(Fault::Unknown("gone".into())));
    let indicators = indicators();
    let mut all: Vec<&Indicator> = indicators.iter().collect();
    let odd = indicator("odd", Formula::Sum(vec!["rate".into()]));
    all.push(&odd);
    assert_eq!(evaluate(&odd, &all, year, &none), Err(Fault::NotACount("rate".into())));
}

#[test]
fn a_ratio_opens_the_cases_of_its_parts_once() {
    let indicators = indicators();
    let all: Vec<&Indicator> = indicators.iter().collect();
    let rate = all.iter().find(|it| it.key.as_str() == "rate").unwrap();
    let found = leaves(rate, &all, &Settings::new());
    let both = Count { once: true, ..marks(&["outcome:won", "outcome:*"], true) };
    assert_eq!(found, [Leaf::Count { procedures: vec!["walk".into()], what: both }]);
}

#[test]
fn a_report_holds_figures_between_words() {
    let told = runs("In {year} {place} saw {came} walks.", "Hill", 2023, |key| {
        if key.as_str() == "came" { Ok("7".to_owned()) } else { Err(key.clone()) }
    });
    let words = |it: &str| Run::Words(it.to_owned());
    let figure = Run::Figure("came".into(), "7".to_owned());
    assert_eq!(told.unwrap(), [words("In 2023 Hill saw "), figure, words(" walks.")]);
    assert_eq!(runs("{odd}", "", 2023, |key| Err::<String, _>(key.clone())), Err("odd".into()));
    assert_eq!(title("{place} {year}", "Hill", 2023), "Hill 2023");
}
