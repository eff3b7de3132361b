//! Figures over a ledger of a few lines: parts add up, rounding is exact, and a case that is taken away changes
//! exactly the figures that count it.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

use std::{collections::BTreeSet, convert::Infallible};

use calendar::Date;
use figures::{Change, Counts, Fault, Leaf, Number, Period, Run, evaluate, leaves, runs, title};
use law::{Count, Formula, Indicator, Key, Text};
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
    count.marks.iter().any(|it| it == mark || it.strip_suffix('*').is_some_and(|stem| mark.starts_with(stem)))
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
            Leaf::Open { into, out, .. } => {
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

    fn count(&self, _: &[Key], what: &Count, period: Period) -> Result<i64, Infallible> {
        let days = self.0.iter().filter(|it| bears(it.mark, what));
        let days = days.map(|it| if what.on_received { it.received } else { it.on });
        Ok(days.filter(|it| period.from <= *it && *it <= period.to).count() as i64)
    }

    fn open(&self, over: &[Key], into: &Count, out: &Count, period: Period) -> Result<i64, Infallible> {
        let leaf = Leaf::Open { procedures: over.to_vec(), into: into.clone(), out: out.clone() };
        Ok(self.cases(&leaf, period).len() as i64)
    }
}

fn marks(marks: &[&str], on_received: bool) -> Count {
    Count { marks: marks.iter().map(|it| (*it).to_owned()).collect(), on_received }
}

fn indicator(key: &str, formula: Formula) -> Indicator {
    Indicator {
        key: Key::from(key),
        name: Text::default(),
        definition: Text::default(),
        procedures: vec![Key::from("walk")],
        formula,
        decimals: 1,
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
            Formula::Open { into: marks(&["act:begin"], false), out: marks(&["outcome:*"], false) },
        ),
        indicator("all", Formula::Sum(vec!["won".into(), "lost".into(), "open".into()])),
        indicator("rate", ratio),
    ]
}

fn numbers(ledger: &Ledger) -> Vec<Number> {
    let indicators = indicators();
    let all: Vec<&Indicator> = indicators.iter().collect();
    let year = Period::year(2023).unwrap();
    all.iter().map(|it| evaluate(it, &all, year, ledger).unwrap()).collect()
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
        let [came, won, lost, ended, open, all, rate] = numbers(&ledger(&walks)).try_into().unwrap();
        let whole = |it: Number| it.whole().unwrap();
        prop_assert_eq!(came, all);
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
            let counted = leaves(indicator, &all)
                .iter()
                .any(|leaf| before.cases(leaf, year).contains(&(which as u32)));
            let changed = evaluate(indicator, &all, year, &before).unwrap()
                != evaluate(indicator, &all, year, &after).unwrap();
            prop_assert_eq!(counted, changed, "{}", indicator.key);
        }
    }

    #[test]
    fn a_share_is_rounded_half_up_to_the_last_digit(part in 0_i64..2_000_000, base in 1_i64..2_000_000, decimals in 0_u8..12) {
        let printed = Number::Share { part, base }.printed(decimals).unwrap();
        let scale = 10_i128.pow(u32::from(decimals));
        let exact = 2 * i128::from(part) * 100 * scale + i128::from(base);
        let reference = exact.div_euclid(2 * i128::from(base));
        let digits = printed.replace('.', "");
        prop_assert_eq!(digits.parse::<i128>().unwrap(), reference);
        prop_assert_eq!(printed.split_once('.').map_or(0, |it| it.1.len()), usize::from(decimals));
    }
}

#[test]
fn shares_as_reports_print_them() {
    let print = |part, base, decimals| Number::Share { part, base }.printed(decimals).unwrap();
    assert_eq!(print(2, 70, 1), "2.9");
    assert_eq!(print(14, 70, 0), "20");
    assert_eq!(print(1, 8, 0), "13", "12.5 goes up");
    assert_eq!(print(152, 153, 2), "99.35");
    assert_eq!(print(9_995, 10_000, 1), "100.0", "the nines carry");
    assert_eq!(print(0, 9, 2), "0.00");
    assert_eq!(Number::Share { part: 0, base: 0 }.printed(1), None, "a share of nothing has no value");
    assert_eq!(Number::Share { part: i64::MAX, base: i64::MAX }.printed(3).unwrap(), "100.000");
}

#[test]
fn changes_from_year_to_year() {
    let change = |now: i64, before: i64| Number::Whole(now).change_from(&Number::Whole(before), 0)?.printed();
    assert_eq!(change(70, 58).unwrap(), "+20.7");
    assert_eq!(change(24, 28).unwrap(), "\u{2212}14.3");
    assert_eq!(change(5, 5).unwrap(), "0.0");
    assert_eq!(change(99_999, 100_000).unwrap(), "0.0", "no sign before nothing");
    assert_eq!(change(5, 0), None, "no change from nothing");
    let share = |part, base| Number::Share { part, base };
    let points = share(14, 252).change_from(&share(29, 204), 1).unwrap();
    assert!(points.in_points());
    assert_eq!(points.printed().unwrap(), "\u{2212}8.7", "exact, not of the rounded shares");
    assert_eq!(share(1, 2).change_from(&share(1, 0), 1), None);
    assert_eq!(Change::Percent { difference: 1, base: 0 }.printed(), None);
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
    let found = leaves(rate, &all);
    let both = marks(&["outcome:won", "outcome:*"], true);
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
