//! Parts of a procedure for citizens: what is needed, how long things take, how it can end.

use law::{Duty, Expiry, FieldKind, Limit, LimitLength, Procedure};
use maud::{Markup, html};
use office::view::{AskView, FormView};

use crate::{components::cite::cite, form::control::need_mark, words::Tongue};

/// What an application asks for.
pub(crate) fn needed(t: Tongue, form: &FormView) -> Markup {
    html! {
        ul.needed { @for ask in &form.asks {
            @match ask {
                AskView::Parties { party, need } => li { (t.text(&party.name)) " " (need_mark(t, need)) },
                AskView::Field { field, need } => li {
                    (t.text(&field.name)) " " (need_mark(t, need))
                    @if let FieldKind::File { .. } = field.kind { " " span.tag { (t.say("needed-file")) } }
                    @if let Some(help) = &field.help { p.fine { (t.text(help)) } }
                },
            }
        } }
    }
}

/// How long a limit is.
fn length(t: Tongue, limit: &Limit) -> String {
    match &limit.length {
        LimitLength::Fixed(length) => t.length(*length),
        LimitLength::Parameter { unit, .. } => t.say(&format!("length-set-{unit}")),
        LimitLength::Field { unit, .. } => t.say(&format!("length-said-{unit}")),
    }
}

/// Every limit with its article and what its end brings about.
pub(crate) fn limits(t: Tongue, procedure: &Procedure) -> Markup {
    let head = |id: &str| html! { th scope="col" { (t.say(id)) } };
    html! {
        table.limits.cards {
            caption.hidden { (t.say("apply-limits")) }
            thead { tr { (head("limit-name")) (head("limit-length")) (head("limit-whose")) (head("limit-then")) (head("basis")) } }
            tbody { @for limit in &procedure.limits { tr {
                th scope="row" { (t.text(&limit.name)) }
                td data-label=(t.say("limit-length")) { (length(t, limit)) @if let Some(it) = &limit.extension { p.fine { (t.with("limit-extension", &[("max", t.length(it.max).into()), ("times", u32::from(it.times).into())])) } } }
                td data-label=(t.say("limit-whose")) { @match &limit.on {
                    Duty::Authority => (t.say("clock-authority")),
                    Duty::Party(role) => @if let Some(party) = procedure.party(role) { (t.text(&party.name)) },
                } }
                td data-label=(t.say("limit-then")) { (then(t, procedure, limit)) }
                td data-label=(t.say("basis")) { (cite(t, &limit.basis)) }
            } } }
        }
    }
}

fn then(t: Tongue, procedure: &Procedure, limit: &Limit) -> Markup {
    html! {
        @match &limit.expiry {
            Expiry::Deem(act) => @if let Some(act) = procedure.act(act) { strong { (t.text(&act.name)) } },
            Expiry::Alarm if limit.bars => (t.say("limit-bars")),
            Expiry::Alarm => (t.say("limit-alarm")),
            Expiry::Fact => (t.say("limit-fact")),
        }
    }
}

/// How a matter can end.
pub(crate) fn outcomes(t: Tongue, procedure: &Procedure) -> Markup {
    html! { ul.outcomes { @for it in &procedure.outcomes { li { (t.text(&it.name)) " " (cite(t, &it.basis)) } } } }
}
