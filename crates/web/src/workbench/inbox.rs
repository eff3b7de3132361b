//! The inbox: open matters by their next legal end.

use axum::response::Response;
use law::Key;
use maud::{Markup, html};
use office::view::{InboxChoices, InboxCounts, InboxKind, InboxView};
use serde::Deserialize;

use crate::{
    components::{pager, rows, take},
    cx::{Cx, Query},
    problem::Problem,
    shell::{self, Frame},
    words::Tongue,
};

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    kind: String,
    /// An account; empty for all.
    #[serde(default)]
    who: String,
    /// A procedure, or one of its stages as `PROCEDURE.STAGE`; empty for all.
    #[serde(default)]
    at: String,
    after: Option<String>,
}

impl Asked {
    /// The part of the inbox that the address names: its word, and what it is.
    fn kind(&self) -> (&'static str, InboxKind) {
        KINDS.into_iter().find(|(word, _)| *word == self.kind).unwrap_or(KINDS[0])
    }

    /// What the address asks for; a page and a file of it ask for the same.
    pub(crate) fn view(&self) -> InboxView {
        let given = |text: &str| Some(text).filter(|it| !it.is_empty()).map(Key::from);
        let (procedure, stage) = self.at.split_once('.').unwrap_or((&self.at, ""));
        InboxView {
            kind: self.kind().1,
            handler: Some(self.who.clone()).filter(|it| !it.is_empty()),
            procedure: given(procedure),
            stage: given(stage),
        }
    }

    /// The query that leads to the same view of a part of the inbox.
    fn query<'a>(&'a self, kind: &'a str) -> [(&'static str, &'a str); 3] {
        [("kind", kind), ("who", &self.who), ("at", &self.at)]
    }

    fn is_narrowed(&self) -> bool {
        !self.who.is_empty() || !self.at.is_empty()
    }
}

const KINDS: [(&str, InboxKind); 6] = [
    ("open", InboxKind::Open),
    ("overdue", InboxKind::Overdue),
    ("today", InboxKind::Today),
    ("soon", InboxKind::Soon),
    ("suspended", InboxKind::Suspended),
    ("closed", InboxKind::Closed),
];

/// `/work`: the tab stands in the address.
pub(crate) async fn show(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let place = cx.official()?.place.clone();
    let t = cx.t;
    let (word, _) = asked.kind();
    let counts = cx.app.office.inbox_counts(&cx.caller())??;
    let choices = cx.app.office.inbox_choices(&cx.caller())?;
    let page = cx.app.office.inbox(&cx.caller(), asked.view(), asked.after.as_deref()).await??;
    let title = t.say("inbox-title");
    let caption = t.say(&format!("inbox-{word}"));
    let body = html! {
        (tabs(t, word, &asked, &counts))
        (sift(t, word, &asked, &choices))
        @if page.rows.is_empty() {
            p.empty { (t.say(&if asked.is_narrowed() { "inbox-empty-narrowed".to_owned() } else { format!("inbox-empty-{word}") })) }
        } @else {
            (rows::rows(t, &page.rows, &format!("/work/m/{place}"), &caption))
        }
        (pager::pager(t, "/work", &asked.query(word), asked.after.as_deref(), page.next.as_deref()))
        @if !page.rows.is_empty() { (take::take(t, "/work/export/inbox", &asked.query(word))) }
    };
    Ok(shell::page(&cx, Frame::new(&title).here("inbox").wide(), body))
}

/// Narrows the list to an official's matters or a stage. What is asked for stands in the address, which can be kept.
fn sift(t: Tongue, kind: &str, asked: &Asked, choices: &InboxChoices) -> Markup {
    let option = |value: &str, words: &str, said: &str| {
        html! { option value=(value) selected[said == value] { (words) } }
    };
    html! {
        details.sift open[asked.is_narrowed()] {
            summary { (t.say("sift-title")) }
            form method="get" action="/work" {
                input type="hidden" name="kind" value=(kind);
                div.row {
                    label for="who" { (t.say("sift-handler")) }
                    select #who name="who" {
                        (option("", &t.say("sift-all"), &asked.who))
                        @for (account, name) in &choices.handlers { (option(account, name, &asked.who)) }
                    }
                    label for="at" { (t.say("sift-at")) }
                    select #at name="at" {
                        (option("", &t.say("sift-all"), &asked.at))
                        @for procedure in &choices.procedures {
                            optgroup label=(t.text(&procedure.name)) {
                                (option(&procedure.key, &t.with("sift-procedure", &[("name", t.text(&procedure.name).into())]), &asked.at))
                                @for (stage, name) in &procedure.stages { (option(&format!("{}.{stage}", procedure.key), t.text(name), &asked.at)) }
                            }
                        }
                    }
                    button type="submit" { (t.say("sift-go")) }
                    @if asked.is_narrowed() { a href={ "/work?kind=" (kind) } { (t.say("sift-clear")) } }
                }
                @if asked.is_narrowed() { p.help { (t.say("sift-kept")) } }
            }
        }
    }
}

fn tabs(t: Tongue, here: &str, asked: &Asked, counts: &InboxCounts) -> Markup {
    let number = |word: &str| match word {
        "open" => Some(counts.open),
        "overdue" => Some(counts.overdue),
        "today" => Some(counts.due_today),
        "soon" => Some(counts.due_soon),
        "suspended" => Some(counts.suspended),
        _ => None,
    };
    html! {
        nav.tabs aria-label=(t.say("inbox-tabs")) { ul { @for (word, _) in KINDS {
            li class=(word) {
                a href=(shell::address("/work", &asked.query(word))) aria-current=[(word == here).then_some("page")] {
                    (t.say(&format!("inbox-{word}")))
                    @if let Some(number) = number(word) { " " span.number.some[number > 0] { (number) } }
                }
            }
        } } }
    }
}
