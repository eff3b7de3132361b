//! What the public sees: what can be applied for, and what has been published.

use std::sync::Arc;

use engine::{Jurisdiction, MatterId};
use law::{Act, Procedure};
use store::{Cursor, PublicationRow};

use crate::{
    access::{Caller, roles},
    builtin::organ_of,
    open::{Office, unknown},
    receipt::is_public,
    view::{FieldView, Page, PublishedView},
};

/// Publications on a page.
const PAGE: usize = 20;

impl Office {
    /// What the public can apply for at a place today.
    pub fn openings(&self, place: &Jurisdiction) -> Vec<(Arc<Procedure>, Act)> {
        let today = self.now().date();
        let mut found = Vec::new();
        if self.place(place).is_none() {
            return found;
        }
        for key in self.laws().procedures() {
            let Some(procedure) = self.laws().procedure(&key, today) else { continue };
            let act = procedure.openings().find(|it| is_public(&procedure, it)).cloned();
            found.extend(act.map(|act| (procedure, act)));
        }
        found
    }

    /// What a caller can take in at the workbench of a place today: what the public can apply for, and
    /// what only officials open.
    pub fn desk_openings(&self, caller: &Caller, place: &Jurisdiction) -> Vec<(Arc<Procedure>, Act)> {
        let (today, body) = (self.now().date(), organ_of(place));
        let mut found = Vec::new();
        for key in self.laws().procedures() {
            let Some(procedure) = self.laws().procedure(&key, today) else { continue };
            let held = roles(caller, &procedure, None, place, &body);
            let act = procedure.openings().find(|it| it.by.iter().any(|role| held.contains(role))).cloned();
            found.extend(act.map(|act| (procedure, act)));
        }
        found
    }

    /// The version of a procedure in force today.
    pub fn guide(&self, procedure: &str) -> Option<Arc<Procedure>> {
        self.laws().procedure(procedure, self.now().date())
    }

    /// A page of what has been published, newest first.
    ///
    /// # Errors
    /// If the store fails.
    pub fn publications(
        &self,
        place: &Jurisdiction,
        query: &str,
        after: Option<&str>,
    ) -> anyhow::Result<Page<PublishedView>> {
        self.published_page(place, query, after, PAGE)
    }

    /// Publications from a place in their list on.
    pub(crate) fn published_page(
        &self,
        place: &Jurisdiction,
        query: &str,
        after: Option<&str>,
        size: usize,
    ) -> anyhow::Result<Page<PublishedView>> {
        let after: Option<Cursor> = after.and_then(|it| it.parse().ok());
        let text = Some(query.trim()).filter(|it| !it.is_empty());
        let mut rows =
            self.store().read(|reader| reader.publications(place, None, text, after.as_ref(), size + 1))?;
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(|it| it.cursor().to_string());
        let rows = rows.iter().map(|it| self.published(it)).collect::<anyhow::Result<_>>()?;
        Ok(Page { rows, next })
    }

    /// One publication, if it is up.
    ///
    /// # Errors
    /// If the store fails.
    pub fn publication(
        &self,
        place: &Jurisdiction,
        matter: MatterId,
        key: &str,
    ) -> anyhow::Result<Option<PublishedView>> {
        let row = self.store().read(|reader| reader.publication(place, matter, key))?;
        row.map(|it| self.published(&it)).transpose()
    }

    /// A publication in words. Only fields that the procedure shows, and names of bodies.
    fn published(&self, row: &PublicationRow) -> anyhow::Result<PublishedView> {
        let Some(matter) = self.store().read(|reader| reader.matter(&row.jurisdiction, row.matter))? else {
            anyhow::bail!("a publication without its matter: {}", row.matter)
        };
        let procedure =
            self.laws().of_matter(&matter.law, |hash| self.store().read(|reader| reader.law(hash)))?;
        let publication = procedure.publication(&row.publication);
        let fields = publication.map(|it| it.shows.as_slice()).unwrap_or_default();
        let fields = fields.iter().filter_map(|key| {
            let field = procedure.field(key)?;
            let value = matter.fields.get(key).filter(|it| !it.is_sealed())?;
            let option = match (&field.kind, value) {
                (law::FieldKind::Choice { options }, engine::Value::Choice(chosen)) => {
                    options.iter().find(|it| it.key == *chosen).map(|it| it.name.clone())
                }
                _ => None,
            };
            Some(FieldView {
                key: key.clone(),
                name: field.name.clone(),
                sensitivity: field.sensitivity,
                value: Some(value.clone()),
                option,
            })
        });
        let bodies = matter.parties.iter().filter(|it| it.kind == law::PartyKind::Body);
        Ok(PublishedView {
            jurisdiction: row.jurisdiction.clone(),
            matter: row.matter,
            key: row.publication.clone(),
            name: publication.map_or_else(unknown, |it| it.name.clone()),
            number: matter.numbers.last().map(|(_, it)| it.clone()).unwrap_or_default(),
            outcome: matter.outcome.as_ref().and_then(|it| procedure.outcome(it)).map(|it| it.name.clone()),
            bodies: bodies.filter_map(|it| it.name.as_text().map(str::to_owned)).collect(),
            on: row.published,
            fields: fields.collect(),
            basis: publication.map(|it| it.basis.clone()).unwrap_or_default(),
        })
    }
}
