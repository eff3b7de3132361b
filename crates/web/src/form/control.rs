//! One field of a form: label, help, message, input.

use law::{Choice, Field, FieldKind, Need};
use maud::{Markup, html};

use crate::{
    components::{cite::cite, fault, fault::Faults, value},
    form::answers::Answers,
    words::Tongue,
};

/// Options up to which all are shown at once.
const SHOWN_MAX: usize = 8;

/// What a field is drawn with.
pub(crate) struct Drawn<'a> {
    /// Language.
    pub(crate) t: Tongue,
    /// What was typed.
    pub(crate) answers: &'a Answers,
    /// What is wrong with it.
    pub(crate) faults: &'a Faults,
    /// For a text that is to be published: the suggestion and the original.
    pub(crate) mask: Option<(&'a str, &'a str)>,
    /// What may be chosen, where only people or bodies of the office may: value and words.
    pub(crate) choices: Option<&'a [(String, String)]>,
}

/// The field.
pub(crate) fn field(drawn: &Drawn<'_>, field: &Field, need: &Need) -> Markup {
    let id = format!("f.{}", field.key);
    let faulty = !drawn.faults.of(&id).is_empty();
    html! {
        div.field.faulty[faulty] {
            @match &field.kind {
                FieldKind::Choice { options } if options.len() <= SHOWN_MAX => (radios(drawn, field, need, &id, options)),
                FieldKind::YesNo => (yes_no(drawn, field, need, &id)),
                _ => (labelled(drawn, field, need, &id)),
            }
        }
    }
}

/// Ids of everything that describes an input.
fn described(drawn: &Drawn<'_>, field: &Field, id: &str) -> Option<String> {
    let mut ids = Vec::new();
    if field.help.is_some() || limit(drawn.t, field).is_some() {
        ids.push(format!("{id}-help"));
    }
    if !drawn.faults.of(id).is_empty() {
        ids.push(format!("{id}-fault"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// What the type itself asks, in words.
fn limit(t: Tongue, field: &Field) -> Option<String> {
    match &field.kind {
        FieldKind::Text { max, long: true } => Some(t.with("hint-text", &[("max", (*max).into())])),
        FieldKind::Number { min, max } => {
            Some(t.with("hint-number", &[("min", (*min).into()), ("max", (*max).into())]))
        }
        FieldKind::Money => Some(t.say("hint-money")),
        FieldKind::List { max } => Some(t.with("hint-list", &[("max", (*max).into())])),
        FieldKind::File { max_mb } => Some(t.with("hint-file", &[("max", (*max_mb).into())])),
        _ => None,
    }
}

fn help(t: Tongue, field: &Field, id: &str) -> Markup {
    let limit = limit(t, field);
    html! {
        @if field.help.is_some() || limit.is_some() {
            p.help id={ (id) "-help" } {
                @if let Some(help) = &field.help { (t.text(help)) " " }
                @if let Some(limit) = limit { span.limit { (limit) } }
            }
        }
    }
}

/// The mark of a field that need not be filled in.
pub(crate) fn need_mark(t: Tongue, need: &Need) -> Markup {
    html! {
        @match need {
            Need::Required => {},
            Need::Optional => span.optional { (t.say("optional")) },
            Need::When(_) => span.optional { (t.say("when-needed")) },
        }
    }
}

fn labelled(drawn: &Drawn<'_>, field: &Field, need: &Need, id: &str) -> Markup {
    let t = drawn.t;
    let compared = drawn.mask.map(|(_, original)| original);
    html! {
        label for=(id) { (t.text(&field.name)) " " (need_mark(t, need)) }
        (help(t, field, id))
        (fault::at(t, id, drawn.faults))
        @if let FieldKind::File { .. } = field.kind { (stored(drawn, field)) }
        @match compared {
            Some(original) => div.compare {
                div { p.compare-head { (t.say("mask-original")) } div.original tabindex="0" role="region" aria-label=(t.say("mask-original")) { (original) } }
                div { p.compare-head { (t.say("mask-public")) } (input(drawn, field, need, id)) }
            },
            None => (input(drawn, field, need, id)),
        }
    }
}

fn input(drawn: &Drawn<'_>, field: &Field, need: &Need, id: &str) -> Markup {
    let t = drawn.t;
    let typed = drawn.answers.get(id);
    let said = match drawn.mask {
        Some((suggested, _)) if typed.is_empty() => suggested,
        _ => typed,
    };
    let describe = described(drawn, field, id);
    let faulty = (!drawn.faults.of(id).is_empty()).then_some("true");
    let must = matches!(need, Need::Required).then_some("true");
    let line = |kind: &str, class: &str, mode: Option<&str>| {
        html! {
            input id=(id) name=(id) type=(kind) class=(class) value=(said) inputmode=[mode] autocomplete="off"
                aria-describedby=[describe.as_deref()] aria-invalid=[faulty] aria-required=[must];
        }
    };
    if let Some(choices) = drawn.choices {
        return html! {
            select id=(id) name=(id) aria-describedby=[describe.as_deref()] aria-invalid=[faulty] aria-required=[must] {
                option value="" { (t.say("choose")) }
                @for (value, words) in choices { option value=(value) selected[said == value.as_str()] { (words) } }
            }
        };
    }
    match &field.kind {
        FieldKind::List { .. } => html! {
            textarea id=(id) name=(id) rows="4" aria-describedby=[describe.as_deref()] aria-invalid=[faulty] aria-required=[must] { (said) }
        },
        FieldKind::Text { max, long: true } => html! {
            textarea id=(id) name=(id) rows=(if *max > 1500 { 10 } else { 5 }) data-max=(max)
                aria-describedby=[describe.as_deref()] aria-invalid=[faulty] aria-required=[must] { (said) }
        },
        FieldKind::Text { .. } | FieldKind::Body | FieldKind::Matter | FieldKind::Official => {
            line("text", "long", None)
        }
        FieldKind::Number { .. } => line("text", "short", Some("numeric")),
        FieldKind::Money => line("text", "short", Some("decimal")),
        FieldKind::Date { .. } => line("date", "day", None),
        FieldKind::File { .. } => html! {
            input id=(id) name=(id) type="file" multiple aria-describedby=[describe.as_deref()] aria-invalid=[faulty];
        },
        FieldKind::Choice { options } => html! {
            select id=(id) name=(id) aria-describedby=[describe.as_deref()] aria-invalid=[faulty] aria-required=[must] {
                option value="" { (t.say("choose")) }
                @for option in options {
                    option value=(option.key) selected[said == option.key.as_str()] { (t.text(&option.name)) }
                }
            }
        },
        FieldKind::YesNo => html! {},
    }
}

/// Files that were stored with the draft, each with a button that takes it out.
fn stored(drawn: &Drawn<'_>, field: &Field) -> Markup {
    let t = drawn.t;
    let files = drawn.answers.files.get(field.key.as_str());
    html! {
        @if let Some(files) = files.filter(|it| !it.is_empty()) {
            ul.files { @for file in files { li {
                (value::one_file(t, file, None)) " "
                button.link type="submit" name="do" value={ "drop:" (field.key) ":" (file.hash) }
                    aria-label=(t.with("file-drop-named", &[("name", file.name.clone().into())])) { (t.say("file-drop")) }
            } } }
        }
    }
}

fn group(drawn: &Drawn<'_>, field: &Field, need: &Need, id: &str, inner: &Markup) -> Markup {
    let t = drawn.t;
    html! {
        fieldset.choices aria-describedby=[described(drawn, field, id)] {
            legend { (t.text(&field.name)) " " (need_mark(t, need)) }
            (help(t, field, id))
            (fault::at(t, id, drawn.faults))
            (inner)
        }
    }
}

/// The id of the nth option: the first bears the field's own, so that a link to the field finds it.
fn option_id(id: &str, at: usize) -> String {
    if at == 0 { id.to_owned() } else { format!("{id}.{at}") }
}

fn radios(drawn: &Drawn<'_>, field: &Field, need: &Need, id: &str, options: &[Choice]) -> Markup {
    let said = drawn.answers.get(id);
    let inner = html! {
        @for (at, option) in options.iter().enumerate() {
            @let one = option_id(id, at);
            div.choice {
                input type="radio" id=(one) name=(id) value=(option.key) checked[said == option.key.as_str()];
                label for=(one) { (drawn.t.text(&option.name)) " " (cite(drawn.t, &option.basis)) }
            }
        }
    };
    group(drawn, field, need, id, &inner)
}

fn yes_no(drawn: &Drawn<'_>, field: &Field, need: &Need, id: &str) -> Markup {
    let said = drawn.answers.get(id);
    let inner = html! {
        div.pair { @for (at, key) in ["yes", "no"].into_iter().enumerate() {
            @let one = option_id(id, at);
            div.choice {
                input type="radio" id=(one) name=(id) value=(key) checked[said == key];
                label for=(one) { (drawn.t.say(key)) }
            }
        } }
    };
    group(drawn, field, need, id, &inner)
}
