//! Values of a matter's fields as people read them.

use engine::{FileRef, Value};
use maud::{Markup, html};
use office::view::FieldView;

use crate::words::Tongue;

/// A value; files lead to `files` and their hash where that is given.
pub(crate) fn value(t: Tongue, field: &FieldView, files: Option<&str>) -> Markup {
    let Some(value) = &field.value else {
        return html! { span.fine { (t.say("value-hidden")) } };
    };
    match value {
        Value::Text(text) | Value::Body(text) => html! { span.words { (text) } },
        Value::Number(number) => html! { (number) },
        Value::Money(amount) => html! { (t.with("money", &[("amount", grouped(amount).into())])) },
        Value::Date(day) => html! { (t.day(*day)) },
        Value::Choice(key) => html! { @match &field.option { Some(it) => (t.text(it)), None => (key) } },
        Value::YesNo(true) => html! { (t.say("yes")) },
        Value::YesNo(false) => html! { (t.say("no")) },
        Value::Files(list) => html! { ul.files { @for file in list { li { (one_file(t, file, files)) } } } },
        Value::List(entries) => html! { ul.plain { @for entry in entries { li { (entry) } } } },
        Value::Matter(name) => html! { (name.number) },
        Value::Official(account) => html! { (account) },
        Value::Sealed(_) => html! { span.fine { (t.say("value-hidden")) } },
    }
}

/// A file by name and size.
pub(crate) fn one_file(t: Tongue, file: &FileRef, files: Option<&str>) -> Markup {
    html! {
        @match files {
            Some(base) => a href={ (base) "/" (file.hash) } { (file.name) },
            None => (file.name),
        }
        " " span.fine { (size(t, file.size)) }
    }
}

/// A size in units that people know.
pub(crate) fn size(t: Tongue, bytes: u64) -> String {
    let (id, amount) = match bytes {
        it if it < 1 << 10 => ("size-b", it.to_string()),
        it if it < 1 << 20 => ("size-kb", (it >> 10).to_string()),
        it => ("size-mb", format!("{}.{}", it >> 20, ((it % (1 << 20)) * 10) >> 20)),
    };
    t.with(id, &[("n", amount.into())])
}

/// An amount with its thousands set apart.
fn grouped(amount: &str) -> String {
    let (whole, rest) = amount.split_at(amount.find('.').unwrap_or(amount.len()));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// Fields as a list of names and values.
pub(crate) fn list(t: Tongue, fields: &[FieldView], files: Option<&str>) -> Markup {
    html! {
        dl.pairs { @for field in fields {
            dt { (t.text(&field.name)) }
            dd { (value(t, field, files)) }
        } }
    }
}
