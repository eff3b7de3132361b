//! Roles that are kept apart, in words.

use crate::{Distinct, words::zh};

use super::Paper;

impl Paper<'_> {
    /// In which roles nobody acts together; nothing where the procedure keeps none apart.
    pub(super) fn distincts(&mut self) {
        let all = &self.procedure.distincts;
        if all.is_empty() {
            return;
        }
        self.section("doc.distincts");
        let items = all.iter().map(|it| self.distinct(it)).collect();
        self.numbered(items);
    }

    fn distinct(&self, it: &Distinct) -> String {
        let roles = super::quoted(it.roles.iter().map(|key| self.role(key)), "mark.list");
        let items = it
            .item
            .as_ref()
            .map(|key| self.name_of(self.procedure.items_of(key).map(|items| &items.name), key).to_owned());
        let id = if items.is_some() { "distinct.items" } else { "distinct.line" };
        let places = [
            ("roles", roles.as_str()),
            ("items", items.as_deref().unwrap_or_default()),
            ("otherwise", &it.otherwise.zh),
            ("basis", &self.basis(&it.basis)),
        ];
        zh(id, &places)
    }
}
