//! Terms: who held which post on which days, also posts that have ended since, for what turns on the day of an act.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Date;
use engine::Jurisdiction;
use law::{Key, Procedure, RoleKind};

use crate::account::Post;

/// All of them, by place, body and post.
#[derive(Default)]
pub(crate) struct Terms {
    posts: BTreeMap<(Jurisdiction, String, Key), Vec<(String, Span)>>,
}

/// From a day to a day, or without end.
struct Span {
    from: Option<Date>,
    until: Option<Date>,
}

impl Span {
    fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Terms {
    /// Adds a post that somebody holds, or held until the day before it was ended.
    pub(crate) fn add_post(&mut self, place: &Jurisdiction, login: &str, post: &Post, ended: Option<Date>) {
        let last = ended.and_then(|it| it.yesterday().ok());
        let until = [post.until, last].into_iter().flatten().min();
        let term = (login.to_owned(), Span { from: post.from, until });
        self.posts.entry((place.clone(), post.body.clone(), post.kind.clone())).or_default().push(term);
    }

    /// Who holds, in a body on a day, each role in which somebody may act along.
    pub(crate) fn holders(
        &self,
        procedure: &Procedure,
        place: &Jurisdiction,
        body: &str,
        day: Date,
    ) -> BTreeMap<Key, BTreeSet<String>> {
        let asked: BTreeSet<&Key> =
            procedure.acts.iter().flat_map(|it| it.colleagues()).map(|it| it.1).collect();
        let one = |key: &Key| {
            let RoleKind::Post(post) = &procedure.role(key)?.kind else { return None };
            let terms = self.posts.get(&(place.clone(), body.to_owned(), post.clone()));
            let held = terms.into_iter().flatten().filter(|it| it.1.covers(day));
            Some((key.clone(), held.map(|it| it.0.clone()).collect()))
        };
        asked.into_iter().filter_map(one).collect()
    }
}
