//! Faults of what was entered, and refusals of the law: at the top of a page and at each field.

use std::collections::BTreeMap;

use maud::{Markup, html};
use office::view::{GroundView, RefusalView};

use crate::{
    components::{cite::cite, offer},
    words::Tongue,
};

/// Everything that stands against a form.
#[derive(Default)]
pub(crate) struct Faults {
    /// Words by the id of the input concerned, in the order of the form.
    pub(crate) fields: Vec<(String, String)>,
    /// Grounds that concern no single input.
    pub(crate) grounds: Vec<GroundView>,
}

impl Faults {
    /// Whether nothing stands against it.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.grounds.is_empty()
    }

    /// What is wrong with one input.
    pub(crate) fn of(&self, id: &str) -> Vec<&str> {
        self.fields.iter().filter(|(it, _)| it == id).map(|(_, says)| says.as_str()).collect()
    }

    /// Adds a fault of one input.
    pub(crate) fn add(&mut self, id: impl Into<String>, says: impl Into<String>) {
        self.fields.push((id.into(), says.into()));
    }

    /// Puts the faults of inputs into the order of the form.
    pub(crate) fn arrange(&mut self, order: &[String]) {
        let place = |id: &str| order.iter().position(|it| it == id).unwrap_or(order.len());
        self.fields.sort_by_key(|(id, _)| place(id));
    }

    /// Adds a refusal; `places` says which input a ground's field is.
    pub(crate) fn refuse(&mut self, t: Tongue, refusal: &RefusalView, places: &BTreeMap<String, String>) {
        for ground in &refusal.grounds {
            match ground.field.as_deref().and_then(|it| places.get(it)) {
                Some(id) if self.fields.iter().all(|(it, _)| it != id) => {
                    self.add(id.clone(), t.text(&ground.says));
                }
                Some(_) => {}
                None => self.grounds.push(ground.clone()),
            }
        }
    }
}

/// The summary at the top: each fault leads to its input; each ground names its article and what
/// would make the act lawful. `acts` is where acts of the matter are done, if they can be from here.
pub(crate) fn summary(t: Tongue, faults: &Faults, acts: Option<&str>) -> Markup {
    html! {
        @if !faults.is_empty() {
            div.faults role="alert" tabindex="-1" autofocus {
                @if !faults.grounds.is_empty() {
                    h2 { (t.say("refused-title")) }
                    @for ground in &faults.grounds { (self::ground(t, ground, acts)) }
                }
                @if !faults.fields.is_empty() {
                    h2 { (t.count("faults-title", i64::try_from(faults.fields.len()).unwrap_or(0))) }
                    ol { @for (id, says) in &faults.fields { li { a href={ "#" (id) } { (says) } } } }
                }
            }
        }
    }
}

/// One ground of a refusal.
pub(crate) fn ground(t: Tongue, ground: &GroundView, acts: Option<&str>) -> Markup {
    html! {
        div.ground {
            p { (t.text(&ground.says)) " " (cite(t, &ground.basis)) }
            @if !ground.remedy.is_empty() {
                p.remedy { (t.say("remedy")) " "
                    @for (at, it) in ground.remedy.iter().enumerate() {
                        @if at > 0 { (t.say("list-or")) }
                        @match acts.zip(it.target.as_ref()) {
                            Some((base, target)) => a href=(offer::address(base, &it.act, target)) { (t.text(&it.name)) },
                            None => (t.text(&it.name)),
                        }
                    }
                }
            }
        }
    }
}

/// A message at an input, tied to it by its id.
pub(crate) fn at(t: Tongue, id: &str, faults: &Faults) -> Markup {
    let says = faults.of(id);
    html! {
        @if !says.is_empty() {
            p.fault id={ (id) "-fault" } { strong { (t.say("fault-mark")) } " " (says.join(" ")) }
        }
    }
}
