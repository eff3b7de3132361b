//! The law as this house runs it: every procedure with its versions, limits and open questions.

use std::{str::FromStr as _, sync::Arc};

use axum::{extract::Path, response::Response};
use calendar::Date;
use law::{Lang, ParameterValue, Procedure};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    components::cite::cite,
    cx::{Cx, Query},
    problem::Problem,
    shell::{self, Frame},
    words::Tongue,
};

pub(crate) mod parts;
mod rendering;

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    from: String,
}

/// `/law`: all procedures.
pub(crate) async fn list(cx: Cx) -> Result<Response, Problem> {
    let t = cx.t;
    let laws = cx.app.office.laws();
    let today = cx.app.office.now().date();
    let all: Vec<_> = laws.procedures().iter().filter_map(|key| laws.procedure(key, today)).collect();
    let title = t.say("law-title");
    let body = html! {
        p.lead { (t.say("law-lead")) }
        ul.tiles { @for it in &all { li {
            a.tile href={ "/law/" (it.key) } { strong { (t.text(&it.name)) } span { (t.text(&it.summary)) } }
        } } }
    };
    Ok(shell::page(&cx, Frame::new(&title), body))
}

/// `/law/PROCEDURE`: the version in force, or the one of `from`.
pub(crate) async fn show(
    cx: Cx,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let laws = cx.app.office.laws();
    let public = laws.procedures().iter().any(|it| it.as_str() == key);
    let versions = if public { laws.versions(&key) } else { Vec::new() };
    let today = cx.app.office.now().date();
    let wanted = Date::from_str(&asked.from).ok();
    let chosen = match wanted {
        Some(from) => versions.iter().find(|it| it.from == from).cloned(),
        None => laws.procedure(&key, today).filter(|_| public).or_else(|| versions.last().cloned()),
    };
    let procedure = chosen.ok_or(Problem::NotFound)?;
    let t = cx.t;
    let body = html! {
        p.crumb { a href="/law" { (t.say("law-title")) } }
        p.lead { (t.text(&procedure.summary)) }
        (in_force(t, &procedure, &versions))
        section aria-labelledby="limits" { h2 #limits { (t.say("apply-limits")) } (parts::limits(t, &procedure)) }
        (rules(t, &procedure))
        (parameters(t, &procedure))
        (unsettled(t, &procedure))
        (whole(&cx, &procedure))
    };
    Ok(shell::page(&cx, Frame::new(t.text(&procedure.name)), body))
}

fn in_force(t: Tongue, procedure: &Procedure, versions: &[Arc<Procedure>]) -> Markup {
    html! {
        dl.pairs {
            dt { (t.say("law-from")) } dd { (t.day(procedure.from)) }
            @if let Some(until) = procedure.until { dt { (t.say("law-until")) } dd { (t.day(until)) } }
            dt { (t.say("law-statutes")) }
            dd { ul.plain { @for it in &procedure.statutes { li {
                (t.with("statute", &[("name", t.text(&it.name).into()), ("revision", it.revision.clone().into())]))
                @if let Some(why) = &it.unindexed { " " span.fine lang=[(t.0 == Lang::En).then_some("zh-CN")] { (why) } }
            } } } }
        }
        @if versions.len() > 1 {
            nav.versions aria-label=(t.say("law-versions")) { ul { @for it in versions {
                li { a href={ "/law/" (it.key) "?from=" (it.from) } aria-current=[(it.from == procedure.from).then_some("page")] { (t.day(it.from)) } }
            } } }
        }
    }
}

/// What the checker has proved of every case.
fn rules(t: Tongue, procedure: &Procedure) -> Markup {
    html! {
        @if !procedure.rules.is_empty() {
            section aria-labelledby="rules" {
                h2 #rules { (t.say("law-rules")) }
                p { (t.say("law-rules-says")) }
                ul.outcomes { @for it in &procedure.rules { li {
                    (t.text(&it.name)) " " (cite(t, &it.basis))
                    @if let Some(why) = &it.unproved {
                        " " span.fine { (t.with("law-rule-unproved", &[("why", t.text(why).into())])) }
                    }
                } } }
            }
        }
    }
}

fn parameters(t: Tongue, procedure: &Procedure) -> Markup {
    html! {
        @if !procedure.parameters.is_empty() {
            section aria-labelledby="parameters" {
                h2 #parameters { (t.say("law-parameters")) }
                p { (t.say("law-parameters-says")) }
                dl.stacked { @for it in &procedure.parameters {
                    dt { (t.text(&it.name)) }
                    dd {
                        p { strong { @match &it.default {
                            ParameterValue::Number(number) => (number),
                            ParameterValue::Words(words) => (words),
                            ParameterValue::Option(key) => {
                                @match it.options.iter().position(|at| at == key).and_then(|at| it.option_names.get(at)) {
                                    Some(name) => (t.text(name)),
                                    None => (key),
                                }
                            },
                        } } }
                        p.fine { (t.text(&it.why)) }
                    }
                } }
            }
        }
    }
}

fn unsettled(t: Tongue, procedure: &Procedure) -> Markup {
    let of_limits = procedure.limits.iter().flat_map(|it| it.unsettled.iter().map(move |q| (&it.name, q)));
    let of_acts = procedure.acts.iter().flat_map(|it| it.unsettled.iter().map(move |q| (&it.name, q)));
    let all: Vec<_> = of_limits.chain(of_acts).collect();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="unsettled" {
                h2 #unsettled { (t.say("law-unsettled")) }
                p { (t.say("law-unsettled-says")) }
                dl.stacked { @for (name, question) in &all { dt { (t.text(name)) } dd { (t.text(&question.question)) } } }
            }
        }
    }
}

fn whole(cx: &Cx, procedure: &Procedure) -> Markup {
    let t = cx.t;
    html! {
        @if let Some(text) = cx.app.office.laws().rendering(&procedure.key, procedure.from) {
            section aria-labelledby="whole" {
                h2 #whole { (t.say("law-whole")) }
                p { (t.say("law-whole-says")) }
                details {
                    summary { (t.say("law-whole-open")) }
                    div.rendering lang="zh-CN" { (rendering::rendering(&text)) }
                }
            }
        }
    }
}
