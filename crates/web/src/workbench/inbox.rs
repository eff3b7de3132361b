//! The inbox: open matters by their next legal end.

use axum::response::Response;
use maud::{Markup, html};
use office::view::{InboxCounts, InboxKind};
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
    after: Option<String>,
}

impl Asked {
    /// The part of the inbox that the address names: its word, and what it is.
    pub(crate) fn kind(&self) -> (&'static str, InboxKind) {
        KINDS.into_iter().find(|(word, _)| *word == self.kind).unwrap_or(KINDS[0])
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
    let (word, kind) = asked.kind();
    let counts = cx.app.office.inbox_counts(&cx.caller())??;
    let page = cx.app.office.inbox(&cx.caller(), kind, asked.after.as_deref()).await??;
    let title = t.say("inbox-title");
    let caption = t.say(&format!("inbox-{word}"));
    let body = html! {
        (tabs(t, word, &counts))
        @if page.rows.is_empty() {
            p.empty { (t.say(&format!("inbox-empty-{word}"))) }
        } @else {
            (rows::rows(t, &page.rows, &format!("/work/m/{place}"), &caption))
        }
        (pager::pager(t, "/work", &[("kind", word)], asked.after.as_deref(), page.next.as_deref()))
        @if !page.rows.is_empty() { (take::take(t, "/work/export/inbox", &[("kind", word)])) }
    };
    Ok(shell::page(&cx, Frame::new(&title).here("inbox").wide(), body))
}

fn tabs(t: Tongue, here: &str, counts: &InboxCounts) -> Markup {
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
                a href={ "/work?kind=" (word) } aria-current=[(word == here).then_some("page")] {
                    (t.say(&format!("inbox-{word}")))
                    @if let Some(number) = number(word) { " " span.number.some[number > 0] { (number) } }
                }
            }
        } } }
    }
}
