//! Values in the words of an official paper.

use std::collections::BTreeMap;

use calendar::{Date, Length, Unit};
use engine::Value;
use law::{FieldKind, Key, Procedure};

use crate::words;

/// A day as official papers write it: no zeros in front.
pub fn chinese_date(date: Date) -> String {
    let (year, month, day) = (date.year().to_string(), date.month().to_string(), date.day().to_string());
    words::fill("date", &[("year", &year), ("month", &month), ("day", &day)])
}

pub(crate) fn length(length: Length) -> String {
    counted(&length.count.to_string(), length.unit)
}

pub(crate) fn counted(count: &str, unit: Unit) -> String {
    let id = format!("unit.{}", unit.as_key());
    words::fill("length", &[("count", count), ("unit", words::word(&id))])
}

/// A value in words; `None` if it cannot be read here (it is sealed) or is empty.
pub(crate) fn spoken(
    procedure: &Procedure,
    field: &str,
    value: &Value,
    officials: &BTreeMap<String, String>,
) -> Option<String> {
    let text = match value {
        Value::Text(text) | Value::Body(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Money(yuan) => words::fill("money", &[("yuan", yuan)]),
        Value::Date(date) => chinese_date(*date),
        Value::Choice(key) => option(procedure, field, key),
        Value::YesNo(yes) => words::word(if *yes { "yes" } else { "no" }).to_owned(),
        Value::Files(files) => joined(files.iter().map(|it| it.name.as_str())),
        Value::List(list) => joined(list.iter().map(String::as_str)),
        Value::Matter(matter) => matter.number.clone(),
        Value::Official(account) => officials.get(account)?.clone(),
        Value::Sealed(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The entries of a value: of a list or of files each, else the lines of its words.
pub(crate) fn entries(words: &str, value: &Value) -> Vec<String> {
    match value {
        Value::List(list) => list.clone(),
        Value::Files(files) => files.iter().map(|it| it.name.clone()).collect(),
        _ => words.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect(),
    }
}

pub(crate) fn joined<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join(words::word("list"))
}

fn option(procedure: &Procedure, field: &str, key: &Key) -> String {
    let options = match procedure.field(field).map(|it| &it.kind) {
        Some(FieldKind::Choice { options }) => options.as_slice(),
        _ => &[],
    };
    let found = options.iter().find(|it| it.key == *key);
    found.map_or_else(|| key.to_string(), |it| it.name.zh.clone())
}
