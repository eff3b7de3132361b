//! Words: every sentence of a page comes from a message file, in the reader's language.

use std::sync::LazyLock;

use calendar::{Date, DateTime, Length, Unit};
use law::{Lang, Text};
use office::words::{self, Arg, Words};

static ZH: LazyLock<Words> = LazyLock::new(|| {
    Words::new(Lang::Zh, &[include_str!("../messages/zh.ftl"), include_str!("../messages/work.zh.ftl")])
});
static EN: LazyLock<Words> = LazyLock::new(|| {
    Words::new(Lang::En, &[include_str!("../messages/en.ftl"), include_str!("../messages/work.en.ftl")])
});

/// The reader's language, with everything that can be said in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tongue(pub(crate) Lang);

impl Tongue {
    fn words(self, id: &str) -> &'static Words {
        let own: &'static Words = match self.0 {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        };
        if own.has(id) { own } else { words::house(self.0) }
    }

    /// A message.
    pub(crate) fn say(self, id: &str) -> String {
        self.words(id).say(id)
    }

    /// A message with its places filled.
    pub(crate) fn with(self, id: &str, args: &[(&str, Arg)]) -> String {
        self.words(id).with(id, args)
    }

    /// A message about a number: the id with `-one` if there is one such thing.
    pub(crate) fn count(self, id: &str, n: i64) -> String {
        let single = format!("{id}-one");
        if n == 1 && self.words(&single).has(&single) {
            return self.with(&single, &[("n", n.into())]);
        }
        self.with(id, &[("n", n.into())])
    }

    /// A text of the law.
    pub(crate) fn text(self, text: &Text) -> &str {
        text.get(self.0)
    }

    /// A day.
    pub(crate) fn day(self, day: Date) -> String {
        words::day(self.0, day)
    }

    /// A day without its year.
    pub(crate) fn short_day(self, day: Date) -> String {
        let month = words::house(self.0).say(&format!("month-{}", day.month()));
        self.with("short-day", &[("month", month.into()), ("day", i64::from(day.day()).into())])
    }

    /// A day and time.
    pub(crate) fn moment(self, at: DateTime) -> String {
        words::moment(self.0, at)
    }

    /// How long something is.
    pub(crate) fn length(self, length: Length) -> String {
        self.count(&format!("length-{}", length.unit), length.count.into())
    }

    /// What is left of a limit; negative if past.
    pub(crate) fn left(self, left: i64, unit: Unit) -> String {
        match left {
            0 => self.say("left-today"),
            n if n < 0 => self.count(&format!("over-{unit}"), -n),
            n => self.count(&format!("left-{unit}"), n),
        }
    }

    /// The language's tag for pages.
    pub(crate) fn tag(self) -> &'static str {
        match self.0 {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }
}
