//! A matter at the workbench: everything about it on one dense page.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use office::view::MatterView;

use crate::{
    components::{chip, course, matter, offer, timeline},
    cx::Cx,
    form::act::{self, Door},
    paper,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
    words::Tongue,
};

/// `/work/m/CODE/MATTER`.
pub(crate) async fn show(cx: Cx, Path((code, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let view = door.matter(&cx, "work").await?;
    let t = cx.t;
    let today = cx.app.office.now().date();
    let (acts, files) = (door.acts(), door.files());
    let correct = format!("{}/correct", door.base);
    let body = html! {
        (act::done(&cx))
        (head(t, &view))
        (matter::stages(t, &view))
        div.columns {
            div.first {
                (matter::clocks(t, &view, today))
                (course::drafts(t, &view.drafts, &acts, &files))
                (course::items(t, &view.items, course::Ways { acts: &acts, files: &files, today }))
                section aria-labelledby="timeline" {
                    h2 #timeline { (t.say("timeline-title")) }
                    (timeline::timeline(t, &view.timeline, timeline::Ways { files: &files, correct: Some(&correct) }))
                }
            }
            div.second {
                (offer::offers(t, &view.offers, &acts))
                (paper::list(t, &view.papers, &format!("{}/paper", door.base)))
                p.actions { a.button.plain href={ (door.base) "/dossier" } { (t.say("dossier-open")) } }
                (matter::parties(t, &view.parties))
                (course::links(t, &view.links, &format!("/work/m/{code}")))
                (publications(t, &view, &code))
                (matter::fields(t, &view, &files))
                (matter::unsettled(t, &view))
            }
        }
    };
    Ok(shell::page(&cx, Frame::new(&view.number).place(&door.place).here("inbox").wide(), body))
}

fn head(t: Tongue, view: &MatterView) -> Markup {
    html! {
        div.matter-head {
            p {
                a href={ "/law/" (view.procedure_key) "?from=" (view.procedure_from) } { (t.text(&view.procedure)) }
                " \u{b7} " (t.text(&view.organ))
                " \u{b7} " (t.with("mine-received", &[("at", t.moment(view.received).into())]))
                @if let Some(name) = &view.handler { " \u{b7} " (t.with("matter-handler", &[("name", name.as_str().into())])) }
                @if view.closed { " " (chip::mark("done", &t.say("state-closed"))) }
            }
            @if view.numbers.len() > 1 {
                p.fine { @for (series, number) in &view.numbers { span { (t.text(series)) " " (number) } " " } }
            }
            (matter::outcome(t, view))
        }
    }
}

fn publications(t: Tongue, view: &MatterView, code: &str) -> Markup {
    html! {
        @if !view.publications.is_empty() {
            section aria-labelledby="publications" {
                h2 #publications { (t.say("publications-title")) }
                ul.plain { @for (key, name, up) in &view.publications { li {
                    @if *up { a href={ "/p/" (code) "/published/" (view.id) "/" (key) } { (t.text(name)) } " " (chip::mark("done", &t.say("publication-up"))) }
                    @else { (t.text(name)) " " (chip::mark("calm", &t.say("publication-down"))) }
                } } }
            }
        }
    }
}

/// The form of an act.
pub(crate) async fn form(
    cx: Cx,
    Path((code, id, key)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    act::form(&cx, &Door::work(&cx, &code, &id)?, &key).await
}

/// Does it.
pub(crate) async fn act(
    cx: Cx,
    Path((code, id, key)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    act::act(&cx, &Door::work(&cx, &code, &id)?, &key, posted).await
}

/// A paper of the matter.
pub(crate) async fn paper(
    cx: Cx,
    Path((code, id, seq, name)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    paper::show(&cx, &Door::work(&cx, &code, &id)?, &seq, &name).await
}

/// A file of the matter.
pub(crate) async fn file(
    cx: Cx,
    Path((code, id, hash)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    act::file(&cx, &Door::work(&cx, &code, &id)?, &hash).await
}
