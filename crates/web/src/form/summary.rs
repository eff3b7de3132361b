//! What was answered, to be checked before it is sent.

use engine::Value;
use law::{FieldKind, PartyKind, PartyRole};
use maud::{Markup, html};
use office::view::{AskView, FieldView, FormView};

use crate::{
    components::value,
    form::answers::{Given, kind_key},
    words::Tongue,
};

/// All answers with links back to their inputs; `edit` is where the form is.
pub(crate) fn summary(t: Tongue, form: &FormView, given: &Given, edit: &str) -> Markup {
    html! {
        div.answers { @for ask in &form.asks {
            @match ask {
                AskView::Parties { party, .. } => (parties(t, given, party, edit)),
                AskView::Field { field, .. } => {
                    @let view = FieldView {
                        key: field.key.clone(),
                        name: field.name.clone(),
                        sensitivity: field.sensitivity,
                        value: given.inputs.fields.get(&field.key).cloned(),
                        option: chosen(&field.kind, given.inputs.fields.get(&field.key)),
                    };
                    (answer(t, t.text(&field.name), &answered(t, &view), &format!("{edit}#f.{}", field.key)))
                },
            }
        } }
    }
}

fn chosen(kind: &FieldKind, value: Option<&Value>) -> Option<law::Text> {
    let (FieldKind::Choice { options }, Some(Value::Choice(key))) = (kind, value) else { return None };
    options.iter().find(|it| it.key == *key).map(|it| it.name.clone())
}

fn answered(t: Tongue, view: &FieldView) -> Markup {
    match &view.value {
        Some(_) => value::value(t, view, None),
        None => html! { span.fine { (t.say("not-answered")) } },
    }
}

fn answer(t: Tongue, name: &str, value: &Markup, edit: &str) -> Markup {
    html! {
        div.answer {
            h2 { (name) }
            div { (value) }
            a href=(edit) { (t.say("change")) span.hidden { " " (name) } }
        }
    }
}

fn parties(t: Tongue, given: &Given, role: &PartyRole, edit: &str) -> Markup {
    let edit = format!("{edit}#p.{}", role.key);
    let mine: Vec<_> = given.inputs.parties.iter().filter(|it| it.role == role.key).collect();
    html! {
        @if mine.is_empty() { (answer(t, t.text(&role.name), &html! { span.fine { (t.say("not-answered")) } }, &edit)) }
        @for party in mine {
            @let shown = html! {
                p { strong { (party.name) } " " span.fine { (t.say(&format!("kind-{}", kind_key(party.kind)))) } }
                @if party.kind != PartyKind::Body && !(party.number.is_empty() && party.phone.is_empty() && party.address.is_empty()) {
                    dl.pairs {
                        @for (id, text) in [("party-number", &party.number), ("party-phone", &party.phone), ("party-address", &party.address)] {
                            @if !text.is_empty() { dt { (t.say(id)) } dd { (text) } }
                        }
                    }
                }
            };
            (answer(t, t.text(&role.name), &shown, &edit))
        }
    }
}
