//! An act that happened earlier and is entered now: the day, the time, and the rule that gives it.

use calendar::{DateTime, Time};
use law::Key;
use maud::{Markup, html};

use crate::{
    components::fault::{self, Faults},
    form::answers::{Answers, day, plain},
    words::Tongue,
};

/// Rules that can be given by hand.
const RULES: [&str; 3] = ["counter", "postmark", "online"];

/// The part of a form.
pub(crate) fn part(t: Tongue, answers: &Answers, faults: &Faults) -> Markup {
    let faulty = !faults.of("late.day").is_empty();
    let open = faulty || !answers.get("late.day").is_empty();
    html! {
        details.late open[open] {
            summary { (t.say("late-title")) }
            p.help #late-help { (t.say("late-help")) }
            (fault::at(t, "late.day", faults))
            div.row {
                div.field { label for="late.day" { (t.say("late-day")) }
                    input.day #late.day id="late.day" name="late.day" type="date" value=(answers.get("late.day"))
                        aria-describedby=(if faulty { "late-help late.day-fault" } else { "late-help" }) aria-invalid=[faulty.then_some("true")]; }
                div.field { label for="late.time" { (t.say("late-time")) }
                    input.day id="late.time" name="late.time" type="time" value=(answers.get("late.time")); }
                div.field { label for="late.rule" { (t.say("late-rule")) }
                    select id="late.rule" name="late.rule" { @for rule in RULES {
                        option value=(rule) selected[answers.get("late.rule") == rule] { (t.say(&format!("rule-{rule}"))) }
                    } } }
            }
        }
    }
}

/// When it happened, if a day is given; a fault if it cannot be read.
pub(crate) fn happened(t: Tongue, answers: &Answers, faults: &mut Faults) -> Option<(DateTime, Key)> {
    let text = answers.get("late.day");
    if text.is_empty() {
        return None;
    }
    let Some(day) = day(text) else {
        faults.add("late.day", t.say("fault-not-a-day"));
        return None;
    };
    let rule = RULES.into_iter().find(|it| *it == answers.get("late.rule")).unwrap_or(RULES[0]);
    Some((day.to_datetime(time(answers.get("late.time"))), Key::from(rule)))
}

/// A time of day as `9:05`; noon if there is none, so that it lies within the day's business.
pub(crate) fn time(text: &str) -> Time {
    let text = plain(text);
    let read = text.split_once(':').and_then(|(hour, minute)| {
        Time::new(hour.trim().parse().ok()?, minute.trim().get(..2)?.parse().ok()?, 0, 0).ok()
    });
    read.unwrap_or(Time::constant(12, 0, 0, 0))
}
