//! What can be done in a matter, and what cannot, with every reason and article.

use maud::{Markup, html};
use office::view::OfferView;

use crate::{
    components::{cite::cite, fault},
    words::Tongue,
};

/// The acts; `base` is where their forms are.
pub(crate) fn offers(t: Tongue, offers: &[OfferView], base: &str) -> Markup {
    let (may, may_not): (Vec<_>, Vec<_>) = offers.iter().partition(|it| it.refusal.is_none());
    html! {
        section.offers aria-labelledby="offers" {
            h2 #offers { (t.say("offers-title")) }
            @if may.is_empty() { p { (t.say("offers-none")) } }
            ul.acts { @for offer in &may {
                li {
                    a.act href={ (base) "/" (offer.act) } { (t.text(&offer.name)) }
                    @if let Some(help) = &offer.help { p.fine { (t.text(help)) } }
                    p.fine { (cite(t, &offer.basis)) }
                }
            } }
            @if !may_not.is_empty() {
                details.refused {
                    summary { (t.count("offers-refused", i64::try_from(may_not.len()).unwrap_or(0))) }
                    ul { @for offer in &may_not { li {
                        h3 { (t.text(&offer.name)) }
                        @if let Some(refusal) = &offer.refusal {
                            @for it in &refusal.grounds { (fault::ground(t, it, Some(base))) }
                        }
                    } } }
                }
            }
        }
    }
}
