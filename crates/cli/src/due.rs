//! `yifa due`: counts a limit, forward or back, and shows how.

use calendar::{Calendar, CountError, DateTime, Length, Pause, Step, StepKind, Unit};
use clap::Args;
use office::{Laws, words::Words, words::house};
use serde::Serialize;

use crate::{out, read, table, table::Table, trouble::Trouble};

/// Counts a limit.
#[derive(Args)]
pub(crate) struct Due {
    /// Day 0, with a time for a limit in hours.
    #[arg(long, value_name = "YYYY-MM-DD[THH:MM]")]
    from: String,
    /// How many units.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    length: String,
    /// working-day, calendar-day, month, year or hour.
    #[arg(long, value_name = "UNIT")]
    unit: String,
    /// Count back from the day.
    #[arg(long, conflicts_with_all = ["pause", "extend"])]
    before: bool,
    /// Counting back, the last day counts as a whole.
    #[arg(long, requires = "before")]
    loose: bool,
    /// Code of an area with holidays of its own.
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// A suspension, first to last day.
    #[arg(long, value_name = "FROM..TO")]
    pause: Vec<String>,
    /// An extension.
    #[arg(long, value_name = "N:UNIT")]
    extend: Vec<String>,
    /// Machine-readable.
    #[arg(long)]
    json: bool,
}

/// What is counted.
struct Question {
    from: DateTime,
    length: Length,
    pauses: Vec<Pause>,
    extensions: Vec<Length>,
    back: Option<bool>,
}

/// The answer for machines.
#[derive(Serialize)]
struct Answer<'a> {
    due: String,
    raw: calendar::Date,
    rolled: bool,
    provisional: bool,
    missing: &'a [i16],
    derivation: Vec<Line<'a>>,
    calendar: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    step: &'a Step,
    says: String,
}

impl Due {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        let question = self.question(words)?;
        let mut calendar = Laws::embedded_calendar()?;
        if let Some(code) = &self.region {
            calendar = calendar.for_region(read::place(words, "--region", code)?.as_str());
        }
        let due = question.count(&calendar).map_err(|error| told(words, &error))?;
        if self.json {
            out::line(serde_json::to_string_pretty(&answer(words, &due))?);
        } else {
            out::text(page(words, &calendar, &question, &due));
        }
        Ok(())
    }

    fn question(&self, words: &Words) -> anyhow::Result<Question> {
        let unit = read::unit(words, "--unit", &self.unit)?;
        let from = read::moment(words, "--from", &self.from)?;
        if unit == Unit::Hour && !self.from.contains('T') {
            return Err(Trouble::unusable(
                words.with("hour-needs-time", &[("given", self.from.as_str().into())]),
            ));
        }
        Ok(Question {
            from,
            length: Length { count: read::count(words, "--length", &self.length)?, unit },
            pauses: self.pause.iter().map(|it| read::pause(words, it)).collect::<Result<_, _>>()?,
            extensions: self.extend.iter().map(|it| read::extension(words, it)).collect::<Result<_, _>>()?,
            back: self.before.then_some(self.loose),
        })
    }
}

impl Question {
    fn count(&self, calendar: &Calendar) -> Result<calendar::Due, CountError> {
        match self.back {
            Some(loose) => calendar.derive_before(self.from, self.length, loose),
            None => calendar.derive(self.from, self.length, &self.pauses, &self.extensions),
        }
    }
}

fn told(words: &Words, error: &CountError) -> anyhow::Error {
    let number = |it: i16| i64::from(it).into();
    Trouble::unusable(match error {
        CountError::YearUnknown { year, first, last } => words.with(
            "due-year-unknown",
            &[("year", number(*year)), ("first", number(*first)), ("last", number(*last))],
        ),
        CountError::TooLong { length, .. } => {
            words.with("due-too-long", &[("length", said(words, *length).into())])
        }
        CountError::HourExtension { length, .. } => {
            words.with("due-hour-extension", &[("length", said(words, *length).into())])
        }
    })
}

/// A length in words.
fn said(words: &Words, length: Length) -> String {
    let unit = house(words.lang()).say(&format!("unit-{}", length.unit));
    words.with("due-length", &[("count", i64::from(length.count).into()), ("unit", unit.into())])
}

fn answer<'a>(words: &Words, due: &'a calendar::Due) -> Answer<'a> {
    let time = due.time.map(|it| format!("T{:02}:{:02}", it.hour(), it.minute()));
    Answer {
        due: format!("{}{}", due.due, time.unwrap_or_default()),
        raw: due.raw,
        rolled: due.rolled,
        provisional: due.provisional.is_some(),
        missing: due.provisional.as_ref().map_or(&[], |it| &it.missing),
        derivation: due.derivation.iter().map(|step| Line { step, says: step_says(words, step) }).collect(),
        calendar: &due.calendar,
    }
}

fn step_says(words: &Words, step: &Step) -> String {
    let mut says = house(words.lang()).say(step.key());
    if let Some(name) = &step.name {
        says = words.with("due-step-named", &[("says", says.into()), ("name", name.as_str().into())]);
    }
    if let Some(length) = step.length {
        let length = said(words, length);
        says = words.with("due-step-length", &[("says", says.into()), ("length", length.into())]);
    }
    says
}

fn page(words: &Words, calendar: &Calendar, question: &Question, due: &calendar::Due) -> String {
    let mut lines = vec![(words.say("due-end"), day_of(words, due.due, due.time))];
    let timed = question.length.unit == Unit::Hour;
    let start = if question.back.is_some() { "due-event" } else { "due-start" };
    lines.push((words.say(start), day_of(words, question.from.date(), timed.then(|| question.from.time()))));
    lines.push((words.say("due-limit"), said(words, question.length)));
    if due.rolled {
        lines.push((words.say("due-raw"), day_of(words, due.raw, None)));
    }
    lines.push((words.say("due-papers"), papers(words, calendar, question, due)));
    let mut text = table::labelled(&lines);
    if let Some(missing) = &due.provisional {
        let years: Vec<String> = missing.missing.iter().map(i16::to_string).collect();
        text.push_str(&words.with("due-provisional", &[("years", years.join(", ").into())]));
        text.push('\n');
    }
    if question.pauses.iter().any(|it| it.to.is_none()) {
        text.push_str(&words.say("due-still-paused"));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&steps(words, due));
    text
}

fn day_of(words: &Words, day: calendar::Date, time: Option<calendar::Time>) -> String {
    let weekday = words.say(&format!("weekday-{}", day.weekday().to_monday_one_offset()));
    let written = office::words::day(words.lang(), day);
    let time = time.map(|it| format!(" {:02}:{:02}", it.hour(), it.minute())).unwrap_or_default();
    words.with("due-day", &[("day", written.into()), ("weekday", weekday.into()), ("time", time.into())])
}

/// The holiday notices of the years the limit runs through.
fn papers(words: &Words, calendar: &Calendar, question: &Question, due: &calendar::Due) -> String {
    let ends = [question.from.date().year(), due.due.year()];
    let years = ends[0].min(ends[1])..=ends[0].max(ends[1]);
    let named: Vec<&str> = years
        .filter_map(|year| calendar.notice(year))
        .flat_map(|notice| notice.papers.iter().map(String::as_str))
        .collect();
    if named.is_empty() { words.say("due-no-papers") } else { named.join("; ") }
}

fn steps(words: &Words, due: &calendar::Due) -> String {
    let heads = ["due-head-from", "due-head-to", "due-head-days", "due-head-sum", "due-head-says"];
    let mut table = Table::new(&heads.map(|it| words.say(it)));
    let mut sum = 0;
    for step in &due.derivation {
        sum += step.days;
        let counts = matches!(step.kind, StepKind::Counted | StepKind::AdjustedWorkday);
        let number = |it: u32| if counts { it.to_string() } else { String::new() };
        let time = step.time.map(|it| format!(" {:02}:{:02}", it.hour(), it.minute())).unwrap_or_default();
        let to = format!("{}{time}", step.to);
        table.row(&[step.from.to_string(), to, number(step.days), number(sum), step_says(words, step)]);
    }
    table.show()
}
