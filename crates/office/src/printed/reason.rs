//! Verdicts in words.

use law::Text;
use proofread::{Kind, Printed, Qualifier, Reading, Reason, Slip};

use crate::import::{Word, say};

/// A printed number with its qualifier.
pub(crate) fn printed(it: &Printed) -> Text {
    let number = it.to_string();
    let id = match it.qualifier {
        Qualifier::Exact => return Text::new(number.as_str(), number.as_str()),
        Qualifier::MoreThan => "printed-more-than",
        Qualifier::AtLeast => "printed-at-least",
        Qualifier::AndSome => "printed-and-some",
    };
    say(id, &[("number", number.as_str().into())])
}

/// A finding in a word.
pub fn finding(kind: Kind) -> Text {
    let id = match kind {
        Kind::Equal => "printed-equal",
        Kind::Within => "printed-kept",
        Kind::Otherwise => "printed-otherwise",
        Kind::Fails => "printed-fails",
        Kind::Missing => "printed-missing",
    };
    say(id, &[])
}

fn number(it: Printed) -> Word {
    it.to_string().as_str().into()
}

fn reading(it: Reading) -> Text {
    match it {
        Reading::Points => say("printed-points", &[]),
        Reading::Percent => say("printed-percent", &[]),
    }
}

/// A reason: `others` are the names that it may count off, `beside` is the name of the number beside the printed one,
/// `base` the name of the base that the indicator has; `rounds` says that the report is seen to round.
pub(crate) fn told(
    reason: &Reason,
    others: &[Text],
    beside: &Text,
    base: Option<&Text>,
    rounds: bool,
) -> Text {
    let other = |nth: usize| others.get(nth).cloned().unwrap_or_default();
    let named = base.cloned().unwrap_or_default();
    match *reason {
        Reason::Off(by) => say("printed-off", &[("by", by.into())]),
        Reason::CutNotRounded if rounds => say("printed-cut", &[]),
        Reason::CutNotRounded => say("printed-cut-alone", &[]),
        Reason::BesideGives { base, prints } => say(
            "printed-beside-gives",
            &[
                ("own", (&named).into()),
                ("beside", beside.into()),
                ("base", base.into()),
                ("prints", number(prints)),
            ],
        ),
        Reason::BesideGivesNone { base } => say(
            "printed-beside-none",
            &[("own", (&named).into()), ("beside", beside.into()), ("base", base.into())],
        ),
        Reason::OtherBase { nth } => say("printed-other-base", &[("other", (&other(nth)).into())]),
        Reason::OtherCounts { nth } => say("printed-other-counts", &[("other", (&other(nth)).into())]),
        Reason::BasesWould { from, to } if from == to => say("printed-base-would", &[("base", from.into())]),
        Reason::BasesWould { from, to } => {
            say("printed-bases-would", &[("from", from.into()), ("to", to.into())])
        }
        Reason::NoBase => say("printed-no-base", &[]),
        Reason::NearestBase { base, prints } => {
            say("printed-nearest-base", &[("base", base.into()), ("prints", number(prints))])
        }
        Reason::NoPart { base, nearest, prints } => say(
            "printed-no-part",
            &[("base", base.into()), ("nearest", nearest.into()), ("prints", number(prints))],
        ),
        Reason::PartWould { base, part } => {
            say("printed-part-would", &[("base", base.into()), ("part", part.into())])
        }
        Reason::Slip { slip, meant } => say(slip_id(slip), &[("meant", number(meant))]),
        Reason::ReadAs { reading: it, other } => {
            say("printed-read-as", &[("reading", (&reading(it)).into()), ("other", number(other))])
        }
        Reason::NeitherReading { points, percent } => match percent {
            Some(percent) => {
                say("printed-neither", &[("points", number(points)), ("percent", number(percent))])
            }
            None => say("printed-not-points", &[("points", number(points))]),
        },
        Reason::OfRoundedRates { now, before } => {
            say("printed-rounded-rates", &[("now", number(now)), ("before", number(before))])
        }
        Reason::NoSharedBase { from, to } => {
            say("printed-no-shared-base", &[("from", from.into()), ("to", to.into())])
        }
    }
}

fn slip_id(slip: Slip) -> &'static str {
    match slip {
        Slip::Changed => "printed-slip-changed",
        Slip::Missing => "printed-slip-missing",
        Slip::TooMany => "printed-slip-too-many",
        Slip::Swapped => "printed-slip-swapped",
    }
}
