//! The words of the commands, beside those of the house.

use std::sync::OnceLock;

use law::Lang;
use office::words::{Arg, Words};

/// The commands' messages in a language.
pub(crate) fn of(lang: Lang) -> &'static Words {
    static ZH: OnceLock<Words> = OnceLock::new();
    static EN: OnceLock<Words> = OnceLock::new();
    match lang {
        Lang::Zh => ZH.get_or_init(|| Words::new(lang, &[include_str!("../messages/zh.ftl")])),
        Lang::En => EN.get_or_init(|| Words::new(lang, &[include_str!("../messages/en.ftl")])),
    }
}

/// A number as an argument of a message, whatever its width.
pub(crate) fn number(count: impl TryInto<i64>) -> Arg {
    Arg::Number(count.try_into().unwrap_or(i64::MAX))
}
