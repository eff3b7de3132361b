//! Publications: nothing that is not public is shown, and what is written from something that is not
//! public is checked for names and numbers before it goes up.

use crate::{
    Condition, EffectKind, Publication, Sensitivity,
    fault::{Code, Draft},
    read::names::Kind,
};

use super::Exam;

impl Exam<'_> {
    /// Looks at every publication.
    pub(super) fn publications(&mut self) {
        for publication in &self.procedure.publications {
            self.shown(publication);
            self.masked(publication);
        }
    }

    fn shown(&mut self, publication: &Publication) {
        for key in &publication.shows {
            let Some(field) = self.procedure.field(key) else { continue };
            let span = self.marks.shows.get(&(publication.key.clone(), key.clone()));
            let variant = match (field.sensitivity > Sensitivity::Public, &field.item) {
                (true, _) => "field",
                (false, Some(_)) => "item",
                (false, None) => continue,
            };
            if let Some(span) = span {
                let draft = Draft::new(Code::SensitivePublished, variant);
                let draft = draft.put_text("field", field.name.clone()).at(*span);
                let declared = self.marks.names.place(Kind::Field, key);
                self.faults.add(declared.into_iter().fold(draft, |draft, it| draft.see(it, "declared")));
            }
        }
    }

    fn masked(&mut self, publication: &Publication) {
        for act in &self.procedure.acts {
            let publishes = |it: &crate::Effect| it.kind == EffectKind::Publish(publication.key.clone());
            let Some(place) = act.effects.iter().position(publishes) else { continue };
            for (field, _) in &publication.masked {
                let wanted = Condition::Masked(field.clone());
                if !act.requires.iter().any(|require| demands(&require.that, &wanted)) {
                    let draft = Draft::new(Code::SensitivePublished, "unmasked");
                    let name = self.procedure.field(field).map(|it| it.name.clone());
                    let draft = draft.put("key", field).put_text("field", name.unwrap_or_default());
                    let span = self.marks.effects.get(&(act.key.clone(), place)).copied();
                    self.faults.add(span.into_iter().fold(draft, Draft::at));
                }
            }
        }
    }
}

/// Whether a condition cannot hold without another.
fn demands(condition: &Condition, wanted: &Condition) -> bool {
    match condition {
        Condition::All(all) => all.iter().any(|it| demands(it, wanted)),
        Condition::Any(any) => !any.is_empty() && any.iter().all(|it| demands(it, wanted)),
        _ => condition == wanted,
    }
}
