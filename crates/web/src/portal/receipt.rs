//! The receipt of a filing: number, access code, what runs now and what happens when it ends.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};
use office::view::{Place, Receipt};

use crate::{
    components::cite::cite,
    cx::{self, Cx},
    problem::Problem,
    shell::{self, Frame},
};

/// `/p/CODE/receipt/MATTER`: shown for a while after filing to the session that filed.
pub(crate) async fn show(cx: Cx, Path((code, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let place = cx.place(&code)?;
    let id = cx::matter(&id)?;
    let session = cx.session.get().ok_or(Problem::NotFound)?;
    let Some(receipt) = cx.app.receipts.look(&session.token, &id.to_string()) else {
        let known = session.caller.grants.iter().any(|it| it.place == place.code && it.matter == id);
        return if known {
            Ok(Redirect::to(&format!("/p/{code}/my/{id}")).into_response())
        } else {
            Err(Problem::NotFound)
        };
    };
    let title = cx.t.say("receipt-title");
    let body = html! {
        (paper(&cx, &place, &receipt))
        p.actions {
            a.button href={ "/p/" (code) "/my/" (id) } { (cx.t.say("receipt-mine")) }
            button.plain type="button" hidden data-print { (cx.t.say("print")) }
        }
    };
    Ok(shell::page(&cx, Frame::new(&title).place(&place), body))
}

/// The receipt as it is shown and printed.
pub(crate) fn paper(cx: &Cx, place: &Place, receipt: &Receipt) -> Markup {
    let t = cx.t;
    html! {
        p.lead { (t.with("receipt-says", &[("organ", t.text(&place.organ).into()), ("at", t.moment(receipt.received).into())])) }
        dl.receipt {
            dt { (t.say("receipt-number")) } dd { (receipt.number) }
            dt { (t.say("receipt-code")) } dd.code { (receipt.code) }
        }
        p.keep { strong { (t.say("receipt-keep")) } }
        @if !receipt.clocks.is_empty() {
            h2 { (t.say("receipt-next")) }
            ul.next { @for (limit, day, basis, then) in &receipt.clocks { li {
                strong { (t.text(limit)) } " " (t.with("receipt-until", &[("day", t.day(*day).into())])) " " (cite(t, basis))
                @if let Some(then) = then { p { (t.with("receipt-then", &[("act", t.text(then).into())])) } }
            } } }
        }
        p.fine.hash { (t.say("receipt-hash")) " " code { (receipt.hash) } }
    }
}
