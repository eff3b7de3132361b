//! A citizen's own matter: where it stands, what runs, what can be done now, what happened.

use axum::{extract::Path, response::Response};
use engine::GroundKind;
use maud::html;
use office::view::OfferView;

use crate::{
    components::{chip, course, matter, offer, timeline},
    cx::Cx,
    form::act::{self, Door},
    paper,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

/// `/p/CODE/my/MATTER`.
pub(crate) async fn show(cx: Cx, Path((code, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let door = Door::mine(&cx, &code, &id)?;
    let mut view = door.matter(&cx, "mine").await?;
    let items = view.items.iter_mut().flat_map(|it| &mut it.1);
    for offers in items.map(|it| &mut it.offers).chain([&mut view.offers]) {
        offers.retain(|it| !is_for_others(it));
    }
    let t = cx.t;
    let today = cx.app.office.now().date();
    let (acts, files) = (door.acts(), door.files());
    let body = html! {
        (act::done(&cx))
        div.standing {
            p { (t.text(&view.procedure)) " \u{b7} " (t.text(&view.organ)) }
            p.stage-now { (t.say("mine-stands")) " " strong { (t.text(&view.stage)) } " " @if view.closed { (chip::mark("done", &t.say("state-closed"))) } }
            (matter::outcome(t, &view))
            p.fine { (t.with("mine-received", &[("at", t.moment(view.received).into())])) }
        }
        (matter::stages(t, &view))
        (matter::clocks(t, &view, today))
        (offer::offers(t, &view.offers, &acts))
        (course::items(t, &view.items, course::Ways { acts: &acts, files: &files, today }))
        section aria-labelledby="timeline" {
            h2 #timeline { (t.say("timeline-title")) }
            (timeline::timeline(t, &view.timeline, timeline::Ways { files: &files, correct: None }))
        }
        (paper::list(t, &view.papers, &format!("{}/paper", door.base)))
        (matter::parties(t, &view.parties))
        (matter::fields(t, &view, &files))
        (matter::unsettled(t, &view))
        p { a href={ "/law/" (view.procedure_key) "?from=" (view.procedure_from) } { (t.say("matter-law")) } }
        p.actions { button.plain type="button" hidden data-print { (t.say("print")) } }
    };
    Ok(shell::page(&cx, Frame::new(&view.number).place(&door.place).here("track"), body))
}

/// Whether an act is never for this reader, whatever happens: the list of a citizen leaves it out.
fn is_for_others(offer: &OfferView) -> bool {
    let grounds = offer.refusal.iter().flat_map(|it| &it.refusal.grounds);
    grounds.into_iter().any(|it| matches!(it.kind, GroundKind::NotCompetent { .. } | GroundKind::LawAlone))
}

/// A paper of the matter.
pub(crate) async fn paper(
    cx: Cx,
    Path((code, id, seq, name)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    paper::show(&cx, &Door::mine(&cx, &code, &id)?, &seq, &name).await
}

/// The form of an act that the citizen can do.
pub(crate) async fn form(
    cx: Cx,
    Path((code, id, key)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    act::form(&cx, &Door::mine(&cx, &code, &id)?, &key).await
}

/// Does it.
pub(crate) async fn act(
    cx: Cx,
    Path((code, id, key)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    act::act(&cx, &Door::mine(&cx, &code, &id)?, &key, posted).await
}

/// A file of the matter.
pub(crate) async fn file(
    cx: Cx,
    Path((code, id, hash)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    act::file(&cx, &Door::mine(&cx, &code, &id)?, &hash).await
}
