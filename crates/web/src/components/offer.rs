//! What can be done in a matter, and what cannot, with every reason and article.

use engine::Target;
use law::Key;
use maud::{Markup, html};
use office::view::OfferView;

use crate::{
    components::{cite::cite, fault},
    shell,
    words::Tongue,
};

/// The part of an address that says what an act concerns: `?item=2&of=ACT&draft=7`, what is not said left out.
pub(crate) fn about(target: &Target) -> String {
    let number = |it: Option<u64>| it.map(|it| it.to_string()).unwrap_or_default();
    let (item, draft) = (number(target.item.map(u64::from)), number(target.draft));
    let of = target.drafts.as_ref().map_or("", Key::as_str);
    shell::address("", &[("item", &item), ("of", of), ("draft", &draft)])
}

/// Where the form of an act is.
pub(crate) fn address(base: &str, act: &str, target: &Target) -> String {
    format!("{base}/{act}{}", about(target))
}

/// A link to the form of an offered act.
pub(crate) fn link(t: Tongue, offer: &OfferView, base: &str) -> Markup {
    let target = Target { item: offer.item, drafts: offer.drafts.clone(), draft: None };
    html! { a.act href=(address(base, &offer.act, &target)) { (name(t, offer)) } }
}

/// What is offered, in words: an act, or the drafting of it.
fn name(t: Tongue, offer: &OfferView) -> String {
    match offer.drafts {
        Some(_) => t.with("act-drafts", &[("act", t.text(&offer.name).into())]),
        None => t.text(&offer.name).to_owned(),
    }
}

/// The acts; `base` is where their forms are.
pub(crate) fn offers(t: Tongue, offers: &[OfferView], base: &str) -> Markup {
    let (may, may_not): (Vec<_>, Vec<_>) = offers.iter().partition(|it| it.refusal.is_none());
    html! {
        section.offers aria-labelledby="offers" {
            h2 #offers { (t.say("offers-title")) }
            @if may.is_empty() { p { (t.say("offers-none")) } }
            @for sort in ["course", "draft", "item", "record"] {
                @let some: Vec<_> = may.iter().filter(|it| it.sort == sort).collect();
                @if !some.is_empty() { (group(t, sort, &some, base)) }
            }
            @if !may_not.is_empty() {
                details.refused {
                    summary { (t.count("offers-refused", i64::try_from(may_not.len()).unwrap_or(0))) }
                    (refused(t, &may_not, base))
                }
            }
        }
    }
}

/// The acts of one sort; those that move the matter stand open, the others can be unfolded.
fn group(t: Tongue, sort: &str, offers: &[&&OfferView], base: &str) -> Markup {
    let list = html! {
        ul.acts { @for offer in offers {
            li {
                (link(t, offer, base))
                @if let Some(help) = &offer.help { p.fine { (t.text(help)) } }
                p.fine { (cite(t, &offer.basis)) }
            }
        } }
    };
    html! {
        @if sort == "course" { (list) } @else {
            details.more-acts open[offers.len() < 4] {
                summary { (t.count(&format!("offers-{sort}"), i64::try_from(offers.len()).unwrap_or(0))) }
                (list)
            }
        }
    }
}

/// Acts that cannot be done now, each with its grounds.
pub(crate) fn refused(t: Tongue, offers: &[&OfferView], base: &str) -> Markup {
    html! {
        ul { @for offer in offers { li {
            h3 { (t.text(&offer.name)) }
            @if let Some(refusal) = &offer.refusal {
                @for it in &refusal.grounds { (fault::ground(t, it, Some(base))) }
            }
        } } }
    }
}
