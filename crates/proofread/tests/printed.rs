//! Printed numbers held against counts. The relations are those of five published reports; the counts stand beside the
//! numbers in their texts.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

use proofread::{
    Kind, Printed, Qualifier, Reading, Reason, Slip, Verdict, count, growth, rate_change, share, shared_base,
    slip,
};
use proptest::prelude::*;

fn exact(text: &str) -> Printed {
    Printed::new(text, Qualifier::Exact).unwrap()
}

fn with(text: &str, qualifier: &str) -> Printed {
    Printed::new(text, qualifier.parse().unwrap()).unwrap()
}

/// A verdict in short, as the tables below write it.
fn told(verdict: &Verdict) -> String {
    let computed = verdict.computed.map_or_else(|| "-".to_owned(), |it| it.to_string());
    let reasons: Vec<String> = verdict.reasons.iter().map(reason).collect();
    format!("{:?} {computed} {}", verdict.kind, reasons.join("; ")).trim_end().to_owned()
}

fn reason(reason: &Reason) -> String {
    match *reason {
        Reason::Off(by) => format!("off by {by}"),
        Reason::CutNotRounded => "cut".to_owned(),
        Reason::BesideGives { base, prints } => format!("of {base} it is {prints}"),
        Reason::BesideGivesNone { base } => format!("no part of {base} lies there"),
        Reason::OtherBase { nth } => format!("other base {nth}"),
        Reason::OtherCounts { nth } => format!("other counts {nth}"),
        Reason::BasesWould { from, to } => format!("of {from}..{to} it would be"),
        Reason::NoBase => "no base".to_owned(),
        Reason::NearestBase { base, prints } => format!("of {base} {prints}"),
        Reason::NoPart { base, nearest, prints } => format!("no part of {base}, {nearest} gives {prints}"),
        Reason::PartWould { base, part } => format!("{part} of {base} would"),
        Reason::Slip { slip, meant } => format!("{slip:?} of {meant}"),
        Reason::ReadAs { reading, other } => format!("in {reading:?}, otherwise {other}"),
        Reason::NeitherReading { points, percent } => {
            format!(
                "neither {points} points nor {} percent",
                percent.map_or_else(String::new, |it| it.to_string())
            )
        }
        Reason::OfRoundedRates { now, before } => format!("{now} less {before}"),
        Reason::NoSharedBase { from, to } => format!("no base in {from}..{to} for all"),
    }
}

#[test]
fn shares_that_hold_and_shares_that_do_not() {
    let of = |printed: &str, part, base, beside, others: &[i64]| {
        told(&share(&exact(printed), (part, base), beside, others))
    };
    assert_eq!(of("2.9", 2, 70, None, &[]), "Equal 2.9");
    assert_eq!(of("20", 14, 70, Some(70), &[]), "Equal 20");
    assert_eq!(of("5.6", 14, 252, Some(287), &[]), "Otherwise 5.6 of 287 it is 4.9");
    assert_eq!(of("58.18", 32, 55, Some(55), &[]), "Equal 58.18");
    assert_eq!(of("56.77", 109, 192, Some(232), &[]), "Otherwise 56.77 of 232 it is 46.98");
    assert_eq!(
        of("56.77", 109, 232, Some(232), &[210, 192]),
        "Otherwise 46.98 other base 1; of 192..192 it would be"
    );
    assert_eq!(of("9.5", 21, 232, Some(232), &[192]), "Fails 9.1 Missing of 9.05; of 220..222 it would be");
    assert_eq!(of("9.50", 21, 232, None, &[]), "Fails 9.05 Swapped of 9.05; of 221..221 it would be");
    assert_eq!(of("99.35", 152, 153, Some(190), &[]), "Otherwise 99.35 of 190 it is 80.00");
    assert_eq!(of("93.4", 432, 462, Some(462), &[458, 463]), "Fails 93.5 Changed of 93.5; no base");
    assert_eq!(of("6.25", 1, 0, None, &[]), "Missing -");
}

#[test]
fn growth_that_no_whole_number_of_last_year_gives() {
    let of = |printed: &str, now, before, others: &[(i64, i64)]| {
        told(&growth(&exact(printed), (now, before), others))
    };
    assert_eq!(of("20.8", 70, 58, &[]), "Fails 20.7 no base; of 57 22.8; of 58 20.7; Changed of 20.7");
    assert_eq!(
        of("40.59", 287, 204, &[(252, 179)]),
        "Fails 40.69 no base; of 204 40.69; of 205 40.00; Changed of 40.69"
    );
    assert_eq!(
        of("-15.7", 9, 10, &[(24, 28)]),
        "Fails \u{2212}10.0 no base; of 10 \u{2212}10.0; of 11 \u{2212}18.2"
    );
    assert_eq!(
        of("-15.7", 24, 28, &[]),
        "Fails \u{2212}14.3 no base; of 28 \u{2212}14.3; of 29 \u{2212}17.2"
    );
    assert_eq!(of("20.7", 70, 58, &[]), "Equal 20.7");
    assert_eq!(
        of("20.7", 70, 60, &[(7, 5), (140, 116)]),
        "Otherwise 16.7 other counts 1; of 58..58 it would be"
    );
    assert_eq!(of("20.7", 70, 0, &[]), "Missing - of 58..58 it would be");
    assert_eq!(of("20.6", 70, 58, &[]), "Fails 20.7 cut; no base; of 58 20.7; of 59 18.6; Changed of 20.7");
}

/// A number near nothing, or near the loss of all, has hundreds of thousands of millions of bases: their ends are
/// computed, not walked to.
#[test]
fn the_many_bases_of_a_tiny_number_are_told_at_once() {
    let of = |printed: &str, part, base| told(&share(&exact(printed), (part, base), None, &[]));
    assert_eq!(
        of("0.000000001", 5, 10),
        "Fails 50.000000000 of 333333333334..1000000000000 it would be",
        "the least rounds down to it, the greatest is a half and rounds up"
    );
    let lost = growth(&exact("-99.999999999"), (5, 10), &[]);
    assert_eq!(
        told(&lost),
        "Fails \u{2212}50.000000000 of 333333333334..999999999999 it would be",
        "a half below nothing rounds to the greater loss"
    );
}

#[test]
fn the_parts_of_a_great_base_are_told_at_once() {
    let of = |printed: &str, now, before, meant| told(&rate_change(&exact(printed), now, before, meant));
    let whole = 1_000_000_000;
    assert_eq!(
        of("-9.5", (whole / 2, whole), (0, whole), Reading::Points),
        "Fails 50.0 neither 50.0 points nor  percent; 594500000 of 1000000000 would"
    );
    assert_eq!(
        of("-9.55555555", (1, 2), (1, 30_000_000), Reading::Points),
        "Fails 49.99999667 neither 49.99999667 points nor 1499999900.00000000 percent; \
         no part of 30000000, 17866667 gives \u{2212}9.55555667"
    );
    let both = [(exact("-9.5555"), 20), (exact("9.6666"), 140)];
    assert_eq!(shared_base(&both, 70_000, Reading::Points).1, (35_000, 140_000));
}

#[test]
fn a_changed_rate_has_two_readings() {
    let of = |printed: &str, now, before, meant| told(&rate_change(&exact(printed), now, before, meant));
    let points = Reading::Points;
    assert_eq!(
        of("-8.7", (14, 252), (29, 204), points),
        "Equal \u{2212}8.7 in Points, otherwise \u{2212}60.9"
    );
    assert_eq!(of("-8.6", (14, 252), (29, 204), points), "Otherwise \u{2212}8.7 5.6 less 14.2");
    assert_eq!(of("11.3", (99, 252), (57, 204), points), "Equal 11.3 in Points, otherwise 40.6");
    assert_eq!(of("26.3", (150, 215), (80, 184), points), "Equal 26.3 in Points, otherwise 60.5");
    assert_eq!(
        of("-9.5", (2, 70), (7, 58), points),
        "Fails \u{2212}9.2 neither \u{2212}9.2 points nor \u{2212}76.3 percent; no part of 58, 7 gives \u{2212}9.2"
    );
    assert_eq!(
        of("9.6", (14, 70), (6, 58), points),
        "Fails 9.7 cut; neither 9.7 points nor 93.3 percent; no part of 58, 6 gives 9.7"
    );
    assert_eq!(
        of("-60.9", (14, 252), (29, 204), points),
        "Otherwise \u{2212}8.7 in Percent, otherwise \u{2212}8.7"
    );
    assert_eq!(of("3", (1, 2), (0, 0), points), "Missing -");
    let both = [(exact("-9.5"), 2), (exact("9.6"), 14)];
    assert_eq!(shared_base(&both, 70, points), (None, (35, 140)));
    assert_eq!(shared_base(&both[..1], 70, points).0, Some(65), "each alone has some");
}

#[test]
fn qualifiers_are_bounds() {
    assert_eq!(told(&count(&with("600", "and-some"), 612)), "Within 612");
    assert_eq!(told(&count(&with("600", "and-some"), 700)), "Fails 700 off by 100; Changed of 700");
    assert_eq!(told(&count(&with("600", "and-some"), 599)), "Fails 599 off by -1");
    assert_eq!(told(&count(&with("3", "at-least"), 3)), "Within 3");
    assert_eq!(told(&count(&exact("169"), 169)), "Equal 169");
    assert_eq!(told(&count(&exact("169"), 196)), "Fails 196 off by 27; Swapped of 196");
    assert_eq!(told(&count(&exact("69"), 169)), "Fails 169 off by 100; Missing of 169");
    let more = |part, base, beside| told(&share(&with("94", "more-than"), (part, base), beside, &[]));
    assert_eq!(more(49, 52, None), "Within 94");
    assert_eq!(
        more(49, 52, Some(48)),
        "Otherwise 94 no part of 48 lies there",
        "45 are too few, 46 too many"
    );
    assert_eq!(more(47, 50, None), "Fails 94", "94 and nothing more");
    let half = |part| told(&share(&with("50", "at-least"), (part, 109), None, &[]));
    assert_eq!((half(55), half(54)), ("Within 50".to_owned(), "Fails 50".to_owned()));
}

#[test]
fn two_tellings_of_one_thing_and_a_gap_of_two_rates() {
    assert_eq!(told(&count(&exact("7486"), 6948)), "Fails 6948 off by -538");
    let gap = exact("92.02").fraction().unwrap().minus(exact("80.99").fraction().unwrap()).unwrap();
    assert_eq!(exact("10.00").alike(gap).unwrap().to_string(), "11.03");
    assert!(with("10", "more-than").bounds(gap), "it was to stay within ten");
}

#[test]
fn numbers_as_people_write_them() {
    for (text, again) in [
        ("40.59", "40.59"),
        ("+9.6", "9.6"),
        ("-0.50", "\u{2212}0.50"),
        ("\u{2212}8.6", "\u{2212}8.6"),
        (" 70 ", "70"),
    ] {
        assert_eq!(exact(text).to_string(), again);
    }
    for text in ["", "-", "7.", ".5", "1,000", "4O", "1.2.3", "9999999999999999"] {
        assert_eq!(Printed::new(text, Qualifier::Exact), None, "{text}");
    }
    assert_eq!(slip("40.59", "40.59"), None);
    assert_eq!(slip("40.590", "40.59"), Some(Slip::TooMany));
    assert_eq!(slip("12", "34"), None, "two slips are no slip");
}

proptest! {
    #[test]
    fn what_counts_come_to_is_true_of_them(part in 0_i64..3_000, more in 0_i64..3_000, decimals in 0_usize..4) {
        let base = part + more + 1;
        let pattern = exact(&format!("{:.*}", decimals, 0.0));
        let shown = pattern.alike(proofread::Fraction::percent(part, base).unwrap()).unwrap();
        prop_assert_eq!(share(&shown, (part, base), None, &[]).kind, Kind::Equal);
        let grown = growth(&pattern, (part, base), &[]).computed.unwrap();
        prop_assert_eq!(growth(&grown, (part, base), &[]).kind, Kind::Equal);
    }

    #[test]
    fn bases_that_would_do_do(part in 1_i64..3_000, tenths in 1_i64..999) {
        let printed = exact(&format!("{}.{}", tenths / 10, tenths % 10));
        let fits = |base| share(&printed, (part, base), None, &[]).kind == Kind::Equal;
        let verdict = share(&printed, (part, part * 100_000), None, &[]);
        for reason in &verdict.reasons {
            match reason {
                Reason::BasesWould { from, to } => {
                    prop_assert!(fits(*from) && fits(*to) && !fits(from - 1) && !fits(to + 1));
                }
                Reason::NoBase => {
                    let near = part * 1000 / tenths;
                    prop_assert!(((near - 50).max(1)..near + 50).all(|it| !fits(it)));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn the_part_told_is_the_least_that_would_do_and_else_the_nearest(
        (part, more, base) in (0_i64..40, 1_i64..40, 1_i64..80), tenths in -1_200_i64..1_200, in_points: bool,
    ) {
        let sign = if tenths < 0 { "-" } else { "" };
        let printed = exact(&format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10));
        let whole = part + more;
        let reading = if in_points { Reading::Points } else { Reading::Percent };
        let of = |before| rate_change(&printed, (part, whole), (before, base), reading);
        let fits = |before| of(before).computed == Some(printed);
        // The distance in thousandths of a rate: part of whole less before of base, of nothing or of the earlier rate.
        let gap = |before: i64| {
            let below = if in_points { whole * base } else { before * whole };
            let above = 1_000 * (part * base - before * whole) - tenths * below;
            (below > 0).then_some((above.abs(), below))
        };
        let nearer = |a: (i64, i64), b: (i64, i64)| a.0 * b.1 < b.0 * a.1;
        for reason in of(base).reasons {
            match reason {
                Reason::PartWould { part, .. } => prop_assert!(fits(part) && !(0..part).any(fits)),
                Reason::NoPart { nearest, .. } => {
                    let best = gap(nearest).unwrap();
                    prop_assert!(!(0..=base).any(fits));
                    prop_assert!(!(0..=base).filter_map(gap).any(|it| nearer(it, best)), "{}", nearest);
                }
                _ => {}
            }
        }
    }
}
