//! Words: message files for people, in both languages. No text stands in code.

use std::sync::OnceLock;

use calendar::{Date, DateTime};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use law::{Lang, Text};
use unic_langid::LanguageIdentifier;

const HOUSE_ZH: &[&str] = &[
    include_str!("../messages/zh.ftl"),
    include_str!("../messages/import.zh.ftl"),
    include_str!("../messages/export.zh.ftl"),
    include_str!("../messages/printed.zh.ftl"),
];
const HOUSE_EN: &[&str] = &[
    include_str!("../messages/en.ftl"),
    include_str!("../messages/import.en.ftl"),
    include_str!("../messages/export.en.ftl"),
    include_str!("../messages/printed.en.ftl"),
];

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A whole number.
    Number(i64),
    /// Words.
    Text(String),
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The messages of one language.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Messages from Fluent texts. A faulty line is left out; a missing message shows its id.
    pub fn new(lang: Lang, sources: &[&str]) -> Self {
        let id = match lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        };
        let id: LanguageIdentifier = id.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        for source in sources {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(it, _)| it);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// Which language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is such a message.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message without arguments.
    pub fn say(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A message with arguments.
    pub fn with(&self, id: &str, args: &[(&str, Arg)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|it| it.value()) else {
            return id.to_owned();
        };
        let mut given = FluentArgs::new();
        for (name, arg) in args {
            match arg {
                Arg::Number(number) => given.set(*name, FluentValue::from(number.to_string())),
                Arg::Text(text) => given.set(*name, FluentValue::from(text.clone())),
            }
        }
        self.bundle.format_pattern(pattern, Some(&given), &mut Vec::new()).into_owned()
    }
}

/// The house's own messages: grounds, units, faults of inputs, steps of a derivation.
pub fn house(lang: Lang) -> &'static Words {
    static ZH: OnceLock<Words> = OnceLock::new();
    static EN: OnceLock<Words> = OnceLock::new();
    match lang {
        Lang::Zh => ZH.get_or_init(|| Words::new(lang, HOUSE_ZH)),
        Lang::En => EN.get_or_init(|| Words::new(lang, HOUSE_EN)),
    }
}

/// A message of the house in both languages.
pub(crate) fn both(id: &str) -> Text {
    Text::new(house(Lang::Zh).say(id), house(Lang::En).say(id))
}

/// A day as people write it.
pub fn day(lang: Lang, date: Date) -> String {
    let month = format!("month-{}", date.month());
    house(lang).with(
        "day",
        &[
            ("year", i64::from(date.year()).into()),
            ("month", house(lang).say(&month).into()),
            ("day", i64::from(date.day()).into()),
        ],
    )
}

/// A day and time as people write it.
pub fn moment(lang: Lang, at: DateTime) -> String {
    format!("{} {:02}:{:02}", day(lang, at.date()), at.hour(), at.minute())
}
