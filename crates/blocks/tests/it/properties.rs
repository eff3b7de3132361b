//! What holds of every determination and all answers.

use std::collections::BTreeMap;

use blocks::determination::{Answer, Answers, Ground, Standing, determine};
use calendar::Date;
use law::{Determination, FieldKind, ParameterValue};
use proptest::prelude::*;

use crate::shelf::LAW;

/// Answers a whole determination with a run of numbers, one for each question that is asked.
fn answered(of: &Determination, numbers: &[u32], ground: Ground<'_>) -> Answers {
    let mut answers = Answers::new();
    let mut numbers = numbers.iter().cycle();
    loop {
        let (question, number) = match determine(of, &answers, ground) {
            Standing::Ask(question) => (question, *numbers.next().unwrap()),
            _ => return answers,
        };
        answers.insert(question.key.clone(), answer(&question.kind, number));
    }
}

fn answer(kind: &FieldKind, number: u32) -> Answer {
    match kind {
        FieldKind::Choice { options } => {
            Answer::Choice(options[usize::try_from(number).unwrap() % options.len()].key.clone())
        }
        FieldKind::YesNo => Answer::YesNo(number.is_multiple_of(2)),
        _ => Answer::Date(day(number)),
    }
}

fn day(number: u32) -> Date {
    let (year, month) = (2019 + number % 8, 1 + number / 8 % 12);
    format!("{year}-{month:02}-{:02}", 1 + number / 96 % 28).parse().unwrap()
}

fn all() -> impl Iterator<Item = &'static Determination> {
    LAW.packs.iter().flat_map(|pack| &pack.determinations)
}

proptest! {
    /// Whatever is answered, there is a result, each rule passed over says why, and each rule after the
    /// first that holds is not looked at.
    #[test]
    fn every_set_of_answers_leads_to_one_result(numbers in prop::collection::vec(any::<u32>(), 12)) {
        let parameters = BTreeMap::new();
        let ground = Ground { parameters: &parameters, day: day(0) };
        for of in all() {
            let answers = answered(of, &numbers, ground);
            let Standing::Found(found) = determine(of, &answers, ground) else {
                panic!("{} has no result for {answers:?}", of.key)
            };
            prop_assert_eq!(&of.rules[found.passed.len()], found.rule);
            for (passed, rule) in found.passed.iter().zip(&of.rules) {
                prop_assert_eq!(passed.rule, rule);
                prop_assert!(!passed.because.is_empty(), "{} passed over without a reason", rule.key);
            }
        }
    }

    /// An answer to a question that is not asked changes nothing.
    #[test]
    fn idle_answers_change_nothing(numbers in prop::collection::vec(any::<u32>(), 12), idle in any::<u32>()) {
        let parameters = BTreeMap::new();
        let ground = Ground { parameters: &parameters, day: day(0) };
        for of in all() {
            let answers = answered(of, &numbers, ground);
            let mut more = answers.clone();
            for question in &of.questions {
                more.entry(question.key.clone()).or_insert_with(|| answer(&question.kind, idle));
            }
            prop_assert_eq!(determine(of, &answers, ground), determine(of, &more, ground));
        }
    }
}

#[test]
fn an_answer_of_another_type_is_not_taken() {
    let parameters = BTreeMap::new();
    let ground = Ground { parameters: &parameters, day: day(0) };
    for of in all() {
        let first = &of.questions[0];
        let wrong = match first.kind {
            FieldKind::YesNo => Answer::Date(day(0)),
            _ => Answer::YesNo(true),
        };
        let answers = Answers::from([(first.key.clone(), wrong)]);
        assert_eq!(determine(of, &answers, ground), Standing::Unfit(first));
    }
}

/// Every rule of every pack is reached by some answers, in a place that has set nothing, in one that has set every day
/// its own, or in one that has chosen another option.
#[test]
fn no_rule_is_idle() {
    for of in all() {
        let day_of = |it: &law::Parameter| match &it.default {
            ParameterValue::Words(words) if words.parse::<Date>().is_ok() => {
                Some((it.key.clone(), ParameterValue::Words("2022-01-01".to_owned())))
            }
            _ => None,
        };
        let set: BTreeMap<_, _> = of.parameters.iter().filter_map(day_of).collect();
        let chosen = of.parameters.iter().flat_map(|it| {
            let one = |option: &law::Key| (it.key.clone(), ParameterValue::Option(option.clone()));
            it.options.iter().map(move |option| BTreeMap::from([one(option)]))
        });
        let places: Vec<BTreeMap<_, _>> = [BTreeMap::new(), set].into_iter().chain(chosen).collect();
        let mut reached = std::collections::BTreeSet::new();
        for parameters in &places {
            let ground = Ground { parameters, day: day(0) };
            for seed in 0_u32..6000 {
                let numbers: Vec<u32> =
                    (1..=12).map(|n| seed.wrapping_mul(2_654_435_761).rotate_left(n * 5) ^ n).collect();
                let answers = answered(of, &numbers, ground);
                let Standing::Found(found) = determine(of, &answers, ground) else {
                    panic!("{} has no result for {answers:?}", of.key)
                };
                reached.insert(found.rule.key.clone());
            }
        }
        let idle: Vec<_> = of.rules.iter().map(|it| &it.key).filter(|it| !reached.contains(*it)).collect();
        assert!(idle.is_empty(), "{}: {idle:?}", of.key);
    }
    assert!(all().count() > 0);
}
