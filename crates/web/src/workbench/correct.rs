//! Correcting a record: the event stays, and what it did no longer counts.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::html;
use office::{
    ActError,
    view::{EventView, MatterView},
};

use crate::{
    components::{
        fault::{self, Faults},
        timeline,
    },
    cx::Cx,
    form::act::Door,
    posted::Posted,
    problem::Problem,
    shell::{self, Frame},
};

fn event(matter: &MatterView, seq: u64) -> Result<EventView, Problem> {
    let found = matter.timeline.iter().find(|it| it.seq == seq).cloned();
    found.map(|it| EventView { correctable: false, ..it }).ok_or(Problem::NotFound)
}

fn draw(
    cx: &Cx,
    door: &Door,
    matter: &MatterView,
    seq: u64,
    ground: &str,
    faults: &Faults,
) -> Result<Response, Problem> {
    let t = cx.t;
    let event = event(matter, seq)?;
    let title = t.say("correct-title");
    let files = door.files();
    let wrong = !faults.of("ground").is_empty();
    let body = html! {
        p.crumb { a href=(door.base) { (matter.number) } }
        (fault::summary(t, faults, None))
        p.lead { (t.say("correct-lead")) }
        h2 { (t.say("correct-which")) }
        (timeline::timeline(t, std::slice::from_ref(&event), timeline::Ways { files: &files, correct: None }))
        form.sheet method="post" action={ (door.base) "/correct/" (seq) } data-guard=(t.say("leave-warning")) {
            (shell::token(cx))
            div.field {
                label for="ground" { (t.say("correct-ground")) }
                p.help #ground-help { (t.say("correct-ground-help")) }
                (fault::at(t, "ground", faults))
                textarea #ground name="ground" rows="4" aria-describedby=(if wrong { "ground-help ground-fault" } else { "ground-help" }) aria-invalid=[wrong.then_some("true")] { (ground) }
            }
            div.actions {
                button.main type="submit" { (t.say("correct-go")) }
                a.button.plain href=(door.base) { (t.say("cancel")) }
            }
        }
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = Frame::new(&title).place(&door.place).here("inbox").status(status).faulty(!faults.is_empty());
    Ok(shell::page(cx, frame, body))
}

/// `/work/m/CODE/MATTER/correct/SEQ`.
pub(crate) async fn form(
    cx: Cx,
    Path((code, id, seq)): Path<(String, String, u64)>,
) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let matter = door.matter(&cx, "correct").await?;
    draw(&cx, &door, &matter, seq, "", &Faults::default())
}

/// Records the correction.
pub(crate) async fn correct(
    cx: Cx,
    Path((code, id, seq)): Path<(String, String, u64)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let door = Door::work(&cx, &code, &id)?;
    let matter = door.matter(&cx, "correct").await?;
    let ground = posted.get("ground").trim();
    let mut faults = Faults::default();
    if ground.is_empty() {
        faults.add("ground", cx.t.say("correct-ground-missing"));
        return draw(&cx, &door, &matter, seq, ground, &faults);
    }
    match cx.app.office.correct(&cx.caller(), &door.place.code, door.id, seq, ground).await? {
        Ok(done) => Ok(Redirect::to(&format!("{}?done={done}", door.base)).into_response()),
        Err(ActError::Refused(refusal)) => {
            faults.refuse(cx.t, &refusal, &BTreeMap::new());
            draw(&cx, &door, &matter, seq, ground, &faults)
        }
        Err(ActError::Denied(denied)) => Err(denied.into()),
        Err(ActError::Stale) => Err(Problem::Stale),
    }
}
