//! Takes in what a form sent: joins it with the draft, stores files, keeps everything.

use law::FieldKind;
use office::view::{AskView, FormView};

use crate::{
    components::fault::Faults,
    cx::Cx,
    form::answers::Answers,
    posted::{FILES_MAX, Posted},
    problem::Problem,
};

/// Which button was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Button {
    /// Go on: check, file, do.
    Go,
    /// Keep the draft and come back to the form.
    Save,
    /// Throw the draft away.
    Discard,
    /// The form has changed its rows or files; show it again at this place.
    Again(String),
}

/// What came of a form.
pub(crate) struct Taken {
    /// Everything typed.
    pub(crate) answers: Answers,
    /// Files that were not taken.
    pub(crate) faults: Faults,
    /// What to do with it.
    pub(crate) button: Button,
    /// Whether more was sent than is taken at once.
    pub(crate) overflowed: bool,
}

/// The draft under a key.
pub(crate) fn draft(cx: &Cx, key: &str) -> Result<Option<Answers>, Problem> {
    let Some(session) = cx.session.get() else { return Ok(None) };
    let kept = cx.app.office.draft(session, key)?;
    Ok(kept.and_then(|it| serde_json::from_value(it).ok()))
}

/// Takes a form in and keeps it as the draft under a key.
pub(crate) async fn take(cx: &Cx, key: &str, form: &FormView, posted: Posted) -> Result<Taken, Problem> {
    let mut answers = draft(cx, key)?.unwrap_or_default();
    let overflowed = posted.overflowed();
    let mut faults = Faults::default();
    let of_form = |id: &str| ["f.", "p.", "late."].iter().any(|stem| id.starts_with(stem));
    answers.values =
        posted.values.iter().filter(|(id, _)| of_form(id)).map(|(id, it)| (id.clone(), it.clone())).collect();
    for ask in &form.asks {
        if let AskView::Parties { party, .. } = ask {
            let rows = posted.get(&format!("rows.{}", party.key)).parse().unwrap_or(0);
            answers.rows.insert(party.key.to_string(), rows);
        }
    }
    let button = press(&mut answers, posted.get("do"));
    store(cx, form, posted, &mut answers, &mut faults).await?;
    if button != Button::Discard {
        let kept = serde_json::to_value(&answers).map_err(anyhow::Error::from)?;
        cx.app.office.keep_draft(cx.session().await?, key, kept).await?;
    }
    Ok(Taken { answers, faults, button, overflowed })
}

async fn store(
    cx: &Cx,
    form: &FormView,
    posted: Posted,
    answers: &mut Answers,
    faults: &mut Faults,
) -> Result<(), Problem> {
    for upload in posted.files {
        let max = form.asks.iter().find_map(|ask| match ask {
            AskView::Field { field, .. } if upload.input == format!("f.{}", field.key) => match field.kind {
                FieldKind::File { max_mb } => Some((field.key.to_string(), max_mb)),
                _ => None,
            },
            _ => None,
        });
        let Some((field, max)) = max else { continue };
        let name = ("name", upload.name.clone().into());
        match upload.bytes {
            Some(bytes) if bytes.len() <= (max as usize) << 20 => {
                let file = cx.app.office.store_file(&upload.name, &upload.media, bytes).await?;
                let files = answers.files.entry(field).or_default();
                files.retain(|it| it.hash != file.hash);
                files.push(file);
            }
            Some(_) => faults.add(&upload.input, cx.t.with("file-too-large", &[name, ("max", max.into())])),
            None => {
                let max = u32::try_from(FILES_MAX >> 20).unwrap_or(0);
                faults.add(&upload.input, cx.t.with("files-too-large", &[name, ("max", max.into())]));
            }
        }
    }
    Ok(())
}

/// Does what a button asks of the draft itself.
fn press(answers: &mut Answers, button: &str) -> Button {
    let parts: Vec<&str> = button.split(':').collect();
    match parts[..] {
        ["save"] => Button::Save,
        ["discard"] => Button::Discard,
        ["add", role] => {
            let rows = answers.rows.entry(role.to_owned()).or_default();
            *rows += 1;
            Button::Again(format!("p.{role}.{}", *rows - 1))
        }
        ["remove", role, row] => {
            answers.remove_row(role, row.parse().unwrap_or(usize::MAX));
            Button::Again(format!("p.{role}"))
        }
        ["drop", field, hash] => {
            if let Some(files) = answers.files.get_mut(field) {
                files.retain(|it| it.hash.hex() != hash);
            }
            Button::Again(format!("f.{field}"))
        }
        _ => Button::Go,
    }
}
