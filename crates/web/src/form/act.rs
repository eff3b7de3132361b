//! An act in a matter, through either door: its form, and what comes of sending it.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use engine::{MatterId, Target};
use law::{Key, Lang, Text};
use maud::html;
use office::{
    ActError, ActWish,
    view::{FormView, GroundView, MatterView, Place},
};

use crate::{
    components::{cite::cite, fault::Faults, offer, value},
    cx::{self, Cx},
    form::{
        answers::Answers,
        late,
        sheet::{self, Sheet},
        take::{self, Button},
    },
    posted::Posted,
    problem::Problem,
    shell::{self, Frame, encode},
    words::Tongue,
};

/// The way to a matter: through the portal or through the workbench.
pub(crate) struct Door {
    /// Place.
    pub(crate) place: Place,
    /// Matter.
    pub(crate) id: MatterId,
    /// Address of the matter's page.
    pub(crate) base: String,
    /// Whether officials go through it.
    pub(crate) work: bool,
}

impl Door {
    /// The portal's door.
    pub(crate) fn mine(cx: &Cx, code: &str, id: &str) -> Result<Self, Problem> {
        let (place, id) = (cx.place(code)?, cx::matter(id)?);
        Ok(Self { base: format!("/p/{code}/my/{id}"), place, id, work: false })
    }

    /// The workbench's door.
    pub(crate) fn work(cx: &Cx, code: &str, id: &str) -> Result<Self, Problem> {
        let (place, id) = (cx.place(code)?, cx::matter(id)?);
        Ok(Self { base: format!("/work/m/{code}/{id}"), place, id, work: true })
    }

    /// The matter as this caller may see it, for a page; that is recorded.
    pub(crate) async fn matter(&self, cx: &Cx, page: &str) -> Result<MatterView, Problem> {
        Ok(cx.app.office.matter(&cx.caller(), &self.place.code, self.id, page).await??)
    }

    /// Where the matter's acts are.
    pub(crate) fn acts(&self) -> String {
        format!("{}/act", self.base)
    }

    /// Where the matter's files are.
    pub(crate) fn files(&self) -> String {
        format!("{}/file", self.base)
    }

    fn form(&self, cx: &Cx, act: &str) -> Result<FormView, Problem> {
        Ok(cx.app.office.form(&cx.caller(), &self.place.code, self.id, act, &target(cx))??)
    }

    fn draft(&self, cx: &Cx, act: &str) -> String {
        format!("act:{}:{act}{}", self.id, offer::about(&target(cx)))
    }
}

/// What an act concerns, as its address says: `item=2`, `of=ACT`, `draft=7`.
fn target(cx: &Cx) -> Target {
    let mut target = Target::default();
    for pair in cx.uri.query().unwrap_or_default().split('&') {
        match pair.split_once('=') {
            Some(("item", n)) => target.item = n.parse().ok(),
            Some(("draft", seq)) => target.draft = seq.parse().ok(),
            Some(("of", act)) if Key::is_well_formed(act) => target.drafts = Some(Key::new(act)),
            _ => {}
        }
    }
    target
}

/// The form of an act.
pub(crate) async fn form(cx: &Cx, door: &Door, act: &str) -> Result<Response, Problem> {
    let matter = door.matter(cx, "act").await?;
    let form = door.form(cx, act)?;
    cx.session().await?;
    let answers = take::draft(cx, &door.draft(cx, act))?.unwrap_or_default();
    Ok(draw(cx, door, &matter, &form, (&answers, &Faults::default()), StatusCode::OK))
}

fn draw(
    cx: &Cx,
    door: &Door,
    matter: &MatterView,
    form: &FormView,
    (answers, faults): (&Answers, &Faults),
    status: StatusCode,
) -> Response {
    let t = cx.t;
    let title = match &form.about {
        Some(drafted) => t.with("act-drafts", &[("act", t.text(drafted).into())]),
        None => t.text(&form.act.name).to_owned(),
    };
    let title = title.as_str();
    let (action, acts) = (offer::address(&door.acts(), &form.act.key, &target(cx)), door.acts());
    let go = t.with("act-go", &[("act", title.into())]);
    let drawn = Sheet {
        form,
        answers,
        faults,
        action: &action,
        go: &go,
        saves: !form.asks.is_empty(),
        late: door.work,
        version: Some(matter.version),
        acts: Some(&acts),
    };
    let body = html! {
        p.crumb { a href=(door.base) { (matter.number) } " \u{b7} " (t.text(&matter.stage)) }
        @if cx.uri.query().is_some_and(|it| it.contains("saved")) { p.good role="status" { (t.say("draft-saved")) } }
        @if let Some(help) = &form.act.help { p.lead { (t.text(help)) } }
        p.fine { (t.say("basis")) " " (cite(t, &form.act.basis)) }
        @for question in &form.act.unsettled { p.note { strong { (t.say("unsettled")) } " " (t.text(&question.question)) } }
        @for (name, text, original) in &form.compares {
            section.compare aria-label=(t.text(name)) {
                div { p.compare-head { (t.say("mask-original")) } div.original tabindex="0" role="region" aria-label=(t.say("mask-original")) { (original) } }
                div { p.compare-head { (t.text(name)) } div.original tabindex="0" role="region" aria-label=(t.text(name)) { (text) } }
            }
        }
        @if !form.given.is_empty() {
            section aria-labelledby="given" {
                h2 #given { (t.say("act-given-title")) }
                (value::list(t, &form.given, None))
            }
        } @else if form.asks.is_empty() { p { (t.say("act-asks-nothing")) } }
        (sheet::sheet(cx, &drawn))
    };
    let frame = Frame::new(title).place(&door.place).here(if door.work { "inbox" } else { "track" });
    shell::page(cx, frame.status(status).faulty(!faults.is_empty()), body)
}

/// Does the act.
pub(crate) async fn act(cx: &Cx, door: &Door, act: &str, posted: Posted) -> Result<Response, Problem> {
    let form = door.form(cx, act)?;
    let key = door.draft(cx, act);
    let version = posted.get("version").parse().ok();
    let mut taken = take::take(cx, &key, &form, posted).await?;
    let given = taken.answers.given(cx.t, &form);
    taken.faults.fields.extend(given.faults.fields);
    let happened = if door.work { late::happened(cx.t, &taken.answers, &mut taken.faults) } else { None };
    let mut status =
        if taken.overflowed { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    let about = offer::about(&target(cx));
    let page = format!("{}/{act}{about}", door.acts());
    let saved = if about.is_empty() { "?saved" } else { "&saved" };
    if taken.faults.is_empty() {
        match taken.button {
            Button::Save => return Ok(Redirect::to(&format!("{page}{saved}")).into_response()),
            Button::Again(place) => return Ok(Redirect::to(&format!("{page}#{place}")).into_response()),
            Button::Discard | Button::Go => {}
        }
        let wish = ActWish {
            place: door.place.code.clone(),
            matter: door.id,
            act: Key::from(act),
            inputs: given.inputs,
            target: target(cx),
            expected: version,
            happened,
        };
        match cx.app.office.act(&cx.caller(), wish).await? {
            Ok(seq) => {
                cx.app.office.drop_draft(cx.session().await?, &key).await?;
                return Ok(Redirect::to(&format!("{}?done={seq}", door.base)).into_response());
            }
            Err(ActError::Refused(refusal)) => taken.faults.refuse(cx.t, &refusal, &given.places),
            Err(ActError::Denied(denied)) => return Err(denied.into()),
            Err(ActError::Stale) => {
                status = StatusCode::CONFLICT;
                taken.faults.grounds.push(stale());
            }
        }
    }
    taken.faults.arrange(&taken.answers.order(&form));
    let matter = door.matter(cx, "act").await?;
    Ok(draw(cx, door, &matter, &form, (&taken.answers, &taken.faults), status))
}

/// What is said when somebody acted meanwhile.
fn stale() -> GroundView {
    let says = Text::new(Tongue(Lang::Zh).say("stale-says"), Tongue(Lang::En).say("stale-says"));
    GroundView { says, basis: Vec::new(), remedy: Vec::new(), field: None }
}

/// The line that says what was just recorded.
pub(crate) fn done(cx: &Cx) -> maud::Markup {
    let query = cx.uri.query().unwrap_or_default();
    let seq = query.split('&').find_map(|it| it.strip_prefix("done=")).and_then(|it| it.parse::<i64>().ok());
    html! {
        @if let Some(seq) = seq {
            p.good role="status" {
                (cx.t.with("act-done", &[("seq", seq.into())])) " "
                a href={ "#event-" (seq) } { (cx.t.say("act-done-see")) }
            }
        }
    }
}

/// A file of the matter, as something to be kept, never to be run.
pub(crate) async fn file(cx: &Cx, door: &Door, hash: &str) -> Result<Response, Problem> {
    let (file, bytes) = cx.app.office.open_file(&cx.caller(), &door.place.code, door.id, hash).await??;
    let plain: String = file
        .name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() || ".-_".contains(it) { it } else { '_' })
        .collect();
    let named = format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        encode(&file.name).replace('/', "%2F")
    );
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, named),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
