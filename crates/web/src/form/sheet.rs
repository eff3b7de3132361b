//! The whole form of an act.

use maud::{Markup, html};
use office::view::{AskView, FormView};

use crate::{
    components::fault::{self, Faults},
    cx::Cx,
    form::{
        answers::Answers,
        control::{self, Drawn},
        late, party,
    },
    shell,
};

/// What a form is drawn from.
pub(crate) struct Sheet<'a> {
    /// What is asked.
    pub(crate) form: &'a FormView,
    /// What was typed.
    pub(crate) answers: &'a Answers,
    /// What stands against it.
    pub(crate) faults: &'a Faults,
    /// Where it is sent.
    pub(crate) action: &'a str,
    /// Words of the main button.
    pub(crate) go: &'a str,
    /// Whether the draft can be saved by hand.
    pub(crate) saves: bool,
    /// Whether an earlier moment can be given.
    pub(crate) late: bool,
    /// Version of the matter that the page shows.
    pub(crate) version: Option<u64>,
    /// Where other acts of the matter are.
    pub(crate) acts: Option<&'a str>,
}

/// The form, with everything that stands against it on top.
pub(crate) fn sheet(cx: &Cx, sheet: &Sheet<'_>) -> Markup {
    let t = cx.t;
    html! {
        (fault::summary(t, sheet.faults, sheet.acts))
        form.sheet method="post" action=(sheet.action) enctype="multipart/form-data" novalidate data-guard=(t.say("leave-warning")) {
            (shell::token(cx))
            @if let Some(version) = sheet.version { input type="hidden" name="version" value=(version); }
            button.hidden type="submit" name="do" value="go" tabindex="-1" aria-hidden="true" { (sheet.go) }
            @for ask in &sheet.form.asks { (one(cx, sheet, ask)) }
            @if sheet.late { (late::part(t, sheet.answers, sheet.faults)) }
            div.actions {
                button.main type="submit" name="do" value="go" { (sheet.go) }
                @if sheet.saves { button.plain type="submit" name="do" value="save" { (t.say("draft-save")) } }
            }
        }
    }
}

fn one(cx: &Cx, sheet: &Sheet<'_>, ask: &AskView) -> Markup {
    let mut drawn =
        Drawn { t: cx.t, answers: sheet.answers, faults: sheet.faults, mask: None, choices: None };
    match ask {
        AskView::Field { field, need } => {
            let mask = sheet.form.masks.iter().find(|(key, ..)| *key == field.key);
            let choices = sheet.form.choices.iter().find(|(key, _)| *key == field.key);
            drawn.choices = choices.map(|(_, all)| all.as_slice());
            drawn.mask = mask.map(|(_, suggested, original)| (suggested.as_str(), original.as_str()));
            control::field(&drawn, field, need)
        }
        AskView::Parties { party, need } => party::parties(&drawn, party, need),
    }
}
