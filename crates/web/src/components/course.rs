//! What goes on in a matter beside its stages: items, drafts under approval, relations.

use calendar::Date;
use engine::{MatterId, Target};
use law::Text;
use maud::{Markup, html};
use office::view::{DraftView, ItemView};

use crate::{
    components::{chip, clock, offer, value},
    words::Tongue,
};

/// Where links of a course lead.
#[derive(Clone, Copy)]
pub(crate) struct Ways<'a> {
    /// Where forms of acts are.
    pub(crate) acts: &'a str,
    /// Where files are.
    pub(crate) files: &'a str,
    /// The day on which the page is drawn.
    pub(crate) today: Date,
}

/// Every kind of item with its items.
pub(crate) fn items(t: Tongue, kinds: &[(Text, Vec<ItemView>)], ways: Ways<'_>) -> Markup {
    html! {
        @for (at, (name, items)) in kinds.iter().enumerate() {
            section.items aria-labelledby={ "items-" (at) } {
                h2 id={ "items-" (at) } { (t.text(name)) span.fine { " " (items.len()) } }
                @for item in items { (one(t, name, item, ways)) }
            }
        }
    }
}

fn one(t: Tongue, name: &Text, item: &ItemView, ways: Ways<'_>) -> Markup {
    let (may, may_not): (Vec<_>, Vec<_>) = item.offers.iter().partition(|it| it.refusal.is_none());
    html! {
        details.item open[!item.closed] {
            summary {
                strong { (t.text(name)) " " (item.n) } " "
                (chip::mark(if item.closed { "done" } else { "calm" }, t.text(&item.stage)))
                @if let Some(outcome) = &item.outcome { " " (chip::outcome(t, outcome)) }
                span.fine { " " (t.day(item.opened)) }
            }
            @for it in &item.clocks { (clock::clock(t, it, ways.today)) }
            @if !item.fields.is_empty() { (value::list(t, &item.fields, Some(ways.files))) }
            @if !may.is_empty() {
                ul.acts { @for it in &may { li { (offer::link(t, it, ways.acts)) } } }
            }
            @if !item.closed && !may_not.is_empty() {
                details.refused {
                    summary { (t.count("offers-refused", i64::try_from(may_not.len()).unwrap_or(0))) }
                    (offer::refused(t, &may_not, ways.acts))
                }
            }
        }
    }
}

/// Drafts under approval; those that are over are folded away.
pub(crate) fn drafts(t: Tongue, drafts: &[DraftView], acts: &str, files: &str) -> Markup {
    let (live, over): (Vec<_>, Vec<_>) =
        drafts.iter().partition(|it| matches!(it.state, "standing" | "approved"));
    html! {
        @if !drafts.is_empty() {
            section.drafts aria-labelledby="drafts" {
                h2 #drafts { (t.say("drafts-title")) }
                @for draft in &live { (one_draft(t, draft, acts, files)) }
                @if !over.is_empty() {
                    details {
                        summary { (t.count("drafts-over", i64::try_from(over.len()).unwrap_or(0))) }
                        @for draft in &over { (one_draft(t, draft, acts, files)) }
                    }
                }
            }
        }
    }
}

fn one_draft(t: Tongue, draft: &DraftView, acts: &str, files: &str) -> Markup {
    let class = match draft.state {
        "approved" | "done" => "done",
        "sent-back" => "soon",
        _ => "calm",
    };
    let this = Target { draft: Some(draft.seq), ..Target::default() };
    html! {
        article.draft {
            header {
                h3 { (t.with("act-drafts", &[("act", t.text(&draft.act).into())])) }
                (chip::mark(class, &t.say(&format!("draft-{}", draft.state))))
            }
            p.fine {
                @if let Some(by) = &draft.by { (t.with("draft-by", &[("name", by.as_str().into()), ("day", t.day(draft.on).into())])) }
            }
            ol.steps { @for (_, who, done) in &draft.steps { li {
                (t.text(who)) " "
                @match done {
                    Some((by, on)) => (t.with("draft-agreed", &[("name", by.clone().unwrap_or_default().into()), ("day", t.day(*on).into())])),
                    None => (t.say("draft-waits")),
                }
            } } }
            details { summary { (t.say("draft-contents")) } (value::list(t, &draft.fields, Some(files))) }
            @if !draft.acts.is_empty() {
                ul.acts { @for (act, name) in &draft.acts { li {
                    a.act href=(offer::address(acts, act, &this)) { (t.text(name)) }
                } } }
            }
        }
    }
}

/// Relations to other matters; `base` is where matters are. One that the reader may not open is named only.
pub(crate) fn links(t: Tongue, links: &[(Text, String, Option<MatterId>)], base: &str) -> Markup {
    html! {
        @if !links.is_empty() {
            section aria-labelledby="links" {
                h2 #links { (t.say("links-title")) }
                ul.plain { @for (name, number, id) in links { li {
                    (t.text(name)) " "
                    @match id {
                        Some(id) => a href={ (base) "/" (id) } { (number) },
                        None => (number),
                    }
                } } }
            }
        }
    }
}
