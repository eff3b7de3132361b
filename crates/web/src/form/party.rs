//! Parties in a form: one group per role, one block per party, rows added and removed by the server.

use law::{Need, PartyKind, PartyRole};
use maud::{Markup, html};

use crate::{
    components::fault,
    form::{
        answers::kind_key,
        control::{Drawn, need_mark},
    },
    words::Tongue,
};

/// All rows of a role.
pub(crate) fn parties(drawn: &Drawn<'_>, party: &PartyRole, need: &Need) -> Markup {
    let t = drawn.t;
    let rows = drawn.answers.rows_of(party, need);
    let role = &party.key;
    let more = party.max.is_none_or(|max| rows < max as usize) && rows < 20;
    let add = if rows == 0 { "party-add-first" } else { "party-add" };
    html! {
        section.role-group id={ "p." (role) } aria-labelledby={ "p." (role) ".head" } {
            h2 id={ "p." (role) ".head" } { (t.text(&party.name)) " " (need_mark(t, need)) }
            input type="hidden" name={ "rows." (role) } value=(rows);
            @for row in 0..rows { (one(drawn, party, row, rows)) }
            @if more {
                button.plain type="submit" name="do" value={ "add:" (role) } {
                    (t.with(add, &[("role", t.text(&party.name).into())]))
                }
            }
        }
    }
}

fn one(drawn: &Drawn<'_>, party: &PartyRole, row: usize, rows: usize) -> Markup {
    let t = drawn.t;
    let stem = format!("p.{}.{row}", party.key);
    let number = i64::try_from(row + 1).unwrap_or(0);
    html! {
        fieldset.party id=(stem) {
            legend.hidden[rows == 1] {
                (t.with("party-nth", &[("role", t.text(&party.name).into()), ("n", number.into())]))
            }
            (kinds(drawn, party, row, &stem))
            (text(drawn, &stem, "name", name_label(t, party), ("name", "text"), true))
            @if party.kinds.iter().any(|it| *it != PartyKind::Body) {
                (numbers(drawn, party, &stem))
                (text(drawn, &stem, "phone", html! { (t.say("party-phone")) }, ("tel", "tel"), false))
                (text(drawn, &stem, "address", html! { (t.say("party-address")) }, ("street-address", "text"), false))
            }
            @if rows > 1 || party.min == 0 {
                button.link type="submit" name="do" value={ "remove:" (party.key) ":" (row) } {
                    (t.with("party-remove", &[("role", t.text(&party.name).into()), ("n", number.into())]))
                }
            }
        }
    }
}

fn kinds(drawn: &Drawn<'_>, party: &PartyRole, row: usize, stem: &str) -> Markup {
    let t = drawn.t;
    let chosen = drawn.answers.kind(party, row);
    html! {
        @if party.kinds.len() > 1 {
            fieldset.choices.kind {
                legend { (t.say("party-kind")) }
                div.pair { @for (at, kind) in party.kinds.iter().enumerate() {
                    @let id = if at == 0 { format!("{stem}.kind") } else { format!("{stem}.kind.{at}") };
                    div.choice {
                        input type="radio" id=(id) name={ (stem) ".kind" } value=(kind_key(*kind)) checked[*kind == chosen];
                        label for=(id) { (t.say(&format!("kind-{}", kind_key(*kind)))) }
                    }
                } }
            }
        } @else {
            input type="hidden" name={ (stem) ".kind" } value=(kind_key(chosen));
        }
    }
}

/// The words for a name or number: those of each kind, of which the style sheet shows the chosen one.
fn by_kind(t: Tongue, party: &PartyRole, id: &str) -> Markup {
    let several = party.kinds.len() > 1;
    html! { @for kind in &party.kinds {
        span class=[several.then(|| format!("for-{}", kind_key(*kind)))] {
            (t.say(&format!("{id}-{}", kind_key(*kind))))
        }
        " "
    } }
}

fn name_label(t: Tongue, party: &PartyRole) -> Markup {
    by_kind(t, party, "party-name")
}

fn numbers(drawn: &Drawn<'_>, party: &PartyRole, stem: &str) -> Markup {
    let t = drawn.t;
    let other = format!("{stem}.other");
    html! {
        (text(drawn, stem, "number", by_kind(t, party, "party-number"), ("off", "text"), false))
        div.choice.small {
            input type="checkbox" id=(other) name=(other) value="yes" checked[drawn.answers.get(&other) == "yes"];
            label for=(other) { (t.say("party-other-paper")) }
        }
    }
}

fn text(
    drawn: &Drawn<'_>,
    stem: &str,
    part: &str,
    label: Markup,
    (complete, kind): (&str, &str),
    must: bool,
) -> Markup {
    let t = drawn.t;
    let id = format!("{stem}.{part}");
    let faulty = !drawn.faults.of(&id).is_empty();
    let own = if stem.ends_with(".0") { complete } else { "off" };
    html! {
        div.field.faulty[faulty] {
            label for=(id) { (label) @if !must { span.optional { (t.say("optional")) } } }
            (fault::at(t, &id, drawn.faults))
            input id=(id) name=(id) type=(kind) class=(if part == "phone" { "short" } else { "long" })
                value=(drawn.answers.get(&id)) autocomplete=(own) aria-required=[must.then_some("true")]
                aria-describedby=[faulty.then(|| format!("{id}-fault"))] aria-invalid=[faulty.then_some("true")];
        }
    }
}
