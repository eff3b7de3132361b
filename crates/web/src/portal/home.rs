//! The first page: what one can do here, what has been published, what the year was like.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};
use office::view::Place;
use serde::Deserialize;

use crate::{
    components::chip,
    cx::{Cx, Query},
    problem::Problem,
    shell::{self, Frame},
};

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    place: Option<String>,
}

/// `/`: the default place, or the one chosen.
pub(crate) async fn first(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    if let Some(code) = asked.place {
        let place = cx.place(&code)?;
        return Ok(Redirect::to(&format!("/p/{}", place.code)).into_response());
    }
    let places = cx.app.office.places();
    match places.first() {
        Some(place) => show(&cx, place),
        None => {
            let title = cx.t.say("home-no-place");
            Ok(shell::page(&cx, Frame::new(&title), html! { p { (cx.t.say("home-no-place-next")) } }))
        }
    }
}

/// `/p/CODE`.
pub(crate) async fn place(cx: Cx, Path(code): Path<String>) -> Result<Response, Problem> {
    let place = cx.place(&code)?;
    show(&cx, &place)
}

fn show(cx: &Cx, place: &Place) -> Result<Response, Problem> {
    let t = cx.t;
    let title = t.with("home-title", &[("place", t.text(&place.name).into())]);
    let body = html! {
        div.hero {
            h1 { (title) }
            p.lead { (t.say("home-lead")) }
            (find(cx, place))
        }
        (openings(cx, place))
        (super::ask::links(cx, place))
        (published(cx, place)?)
        (more(cx, place))
        (places(cx, place))
    };
    Ok(shell::page(cx, Frame::new(&title).place(place).here("home").unheaded(), body))
}

fn find(cx: &Cx, place: &Place) -> Markup {
    let t = cx.t;
    html! {
        form.track method="get" action="/track" role="search" aria-label=(t.say("home-track")) {
            input type="hidden" name="p" value=(place.code);
            label for="number" { (t.say("home-track")) }
            div.row {
                input #number type="text" name="number" autocomplete="off" aria-describedby="number-help";
                button.main type="submit" { (t.say("home-track-go")) }
            }
            p.help #number-help { (t.say("home-track-help")) }
        }
    }
}

fn openings(cx: &Cx, place: &Place) -> Markup {
    let t = cx.t;
    let openings = cx.app.office.openings(&place.code);
    html! {
        section aria-labelledby="openings" {
            h2 #openings { (t.say("home-openings")) }
            ul.tiles { @for (procedure, act) in &openings { li {
                a.tile href={ "/p/" (place.code) "/apply/" (procedure.key) } {
                    strong { (t.text(&procedure.name)) }
                    span { (t.text(&procedure.summary)) }
                    span.go aria-hidden="true" { (t.text(&act.name)) " \u{2192}" }
                }
            } } }
            @if openings.is_empty() { p { (t.say("home-openings-none")) } }
        }
    }
}

fn published(cx: &Cx, place: &Place) -> Result<Markup, Problem> {
    let t = cx.t;
    let page = cx.app.office.publications(&place.code, "", None)?;
    Ok(html! {
        section aria-labelledby="published" {
            h2 #published { (t.say("home-published")) }
            @if page.rows.is_empty() { p.fine { (t.say("home-published-none")) } }
            ul.papers { @for paper in page.rows.iter().take(5) { li {
                a href={ "/p/" (place.code) "/published/" (paper.matter) "/" (paper.key) } {
                    (paper.number) " " (t.text(&paper.name))
                }
                p.fine {
                    (t.day(paper.on)) @for body in &paper.bodies { " \u{b7} " (body) }
                    @if let Some(outcome) = &paper.outcome { " " (chip::outcome(t, outcome)) }
                }
            } } }
            p { a href={ "/p/" (place.code) "/published" } { (t.say("home-published-all")) } }
        }
    })
}

fn more(cx: &Cx, place: &Place) -> Markup {
    let t = cx.t;
    let tile = |address: &str, name: &str, says: &str| {
        html! { li { a.tile.small href=(address) { strong { (t.say(name)) } span { (t.say(says)) } } } }
    };
    html! {
        section aria-labelledby="more" {
            h2 #more { (t.say("home-more")) }
            ul.tiles {
                (tile(&format!("/p/{}/report", place.code), "nav-report", "home-report-says"))
                (tile("/due", "nav-due", "home-due-says"))
                (tile("/law", "nav-law", "home-law-says"))
            }
            p.fine { (t.with("home-organ", &[("organ", t.text(&place.organ).into())])) }
        }
    }
}

fn places(cx: &Cx, here: &Place) -> Markup {
    let t = cx.t;
    let places = cx.app.office.places();
    html! {
        @if places.len() > 1 {
            form.places method="get" action="/" {
                label for="place" { (t.say("home-place")) }
                div.row {
                    select #place name="place" { @for place in &places {
                        option value=(place.code) selected[place.code == here.code] { (t.text(&place.name)) }
                    } }
                    button.plain type="submit" { (t.say("home-place-go")) }
                }
            }
        }
    }
}
