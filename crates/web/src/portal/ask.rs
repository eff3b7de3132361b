//! Determinations: a question of law answered step by step. Everything stands in the address, so that a
//! result can be sent to somebody and a changed mind costs one click.

use std::collections::BTreeMap;

use axum::{extract::Path, response::Response};
use law::{FieldKind, Question};
use maud::{Markup, html};
use office::view::Place;

use crate::{
    components::cite::cite,
    cx::{Cx, Query},
    problem::Problem,
    shell::{self, Frame, encode},
};

/// `/p/CODE/ask/DETERMINATION`.
pub(crate) async fn show(
    cx: Cx,
    Path((code, key)): Path<(String, String)>,
    Query(given): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let place = cx.place(&code)?;
    let view = cx.app.office.determine(&place.code, &key, &given).ok_or(Problem::NotFound)?;
    let t = cx.t;
    let here = format!("/p/{code}/ask/{key}");
    let title = t.text(&view.name).to_owned();
    let body = html! {
        p.lead { (t.text(&view.means)) }
        @if !view.asked.is_empty() {
            section aria-labelledby="asked" {
                h2 #asked { (t.say("ask-answered")) }
                dl.pairs { @for (at, (_, question, _, words)) in view.asked.iter().enumerate() {
                    dt { (t.text(question)) }
                    dd { (t.text(words)) " " a.fine href=(upto(&here, &view.asked[..at])) { (t.say("ask-change")) span.hidden { " " (t.text(question)) } } }
                } }
            }
        }
        @if let Some(question) = &view.next { (form(&cx, &here, &view.asked, question, view.unfit)) }
        @if let Some((result, says, basis, open)) = &view.result {
            section.result aria-labelledby="result" {
                h2 #result { (t.say("ask-result")) }
                p.answer-day role="status" { (t.text(result)) }
                p { (t.text(says)) " " (cite(t, basis)) }
                @for question in open { p.note { strong { (t.say("unsettled")) } " " (t.text(question)) } }
                @if !view.passed.is_empty() {
                    details { summary { (t.count("ask-passed", i64::try_from(view.passed.len()).unwrap_or(0))) }
                        ul { @for (says, basis) in &view.passed { li { (t.text(says)) " " (cite(t, basis)) } } } }
                }
                p.actions { a.button.plain href=(here) { (t.say("ask-again")) } }
            }
        }
    };
    Ok(shell::page(&cx, Frame::new(&title).place(&place).here("home").faulty(view.unfit), body))
}

/// The links to all determinations, for the place's first page.
pub(crate) fn links(cx: &Cx, place: &Place) -> Markup {
    let all = cx.app.office.determinations();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="ask" {
                h2 #ask { (cx.t.say("ask-title")) }
                ul.tiles { @for (key, name, means) in &all { li {
                    a.tile href={ "/p/" (place.code) "/ask/" (key) } { strong { (cx.t.text(name)) } span { (cx.t.text(means)) } }
                } } }
            }
        }
    }
}

type Asked = (law::Key, law::Text, String, law::Text);

fn upto(here: &str, asked: &[Asked]) -> String {
    let pairs: Vec<String> = asked.iter().map(|(key, _, raw, _)| format!("{key}={}", encode(raw))).collect();
    if pairs.is_empty() { here.to_owned() } else { format!("{here}?{}", pairs.join("&")) }
}

fn form(cx: &Cx, here: &str, asked: &[Asked], question: &Question, unfit: bool) -> Markup {
    let (t, id) = (cx.t, question.key.as_str());
    let describe = question.help.as_ref().map(|_| "answer-help");
    let radio = |value: &str, words: &str| {
        html! { div.choice {
            input id={ "a-" (value) } type="radio" name=(id) value=(value) required;
            label for={ "a-" (value) } { (words) }
        } }
    };
    html! {
        form.sheet method="get" action=(here) {
            @for (key, _, raw, _) in asked { input type="hidden" name=(key) value=(raw); }
            @if unfit { p.fault role="alert" { strong { (t.say("fault-mark")) } " " (t.say("ask-unfit")) } }
            @match &question.kind {
                FieldKind::Choice { options } => fieldset.choices aria-describedby=[describe] {
                    legend { (t.text(&question.name)) }
                    @if let Some(help) = &question.help { p.help #answer-help { (t.text(help)) } }
                    @for option in options { (radio(&option.key, t.text(&option.name))) }
                },
                FieldKind::YesNo => fieldset.choices aria-describedby=[describe] {
                    legend { (t.text(&question.name)) }
                    @if let Some(help) = &question.help { p.help #answer-help { (t.text(help)) } }
                    (radio("yes", &t.say("yes"))) (radio("no", &t.say("no")))
                },
                _ => div.field {
                    label for="answer" { (t.text(&question.name)) }
                    @if let Some(help) = &question.help { p.help #answer-help { (t.text(help)) } }
                    input.day #answer type="date" name=(id) value=(cx.app.office.now().date()) aria-describedby=[describe];
                },
            }
            div.actions { button.main type="submit" { (t.say("ask-next")) } }
        }
    }
}
