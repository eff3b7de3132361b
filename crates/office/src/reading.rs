//! Noting who reads what, before the answer goes out. What the public may read anyway is not noted.

use engine::{Jurisdiction, MatterId};
use law::Sensitivity;
use store::{Queue, Reading};

use crate::{access::Caller, open::Office};

/// What is about to be given to somebody.
pub(crate) struct Given {
    /// `page`, the format of a file that is made here, or `file` for one that was handed in.
    pub(crate) way: &'static str,
    /// A list with its filter, or one matter. Never a text that somebody typed: it may hold a name, and this log is
    /// kept when the name is erased.
    pub(crate) what: String,
    /// How many matters it holds.
    pub(crate) matters: u64,
    /// The classes of its fields.
    pub(crate) classes: Vec<Sensitivity>,
}

impl Given {
    /// One matter, or what of it is named by keys.
    pub(crate) fn of_matter(way: &'static str, id: MatterId, what: &str, classes: Vec<Sensitivity>) -> Self {
        Self { way, what: format!("matter:{id}:{what}"), matters: 1, classes }
    }

    /// A list of matters on a page: who against whom is personal, the rest internal.
    pub(crate) fn list(what: String, matters: usize) -> Self {
        let classes = vec![Sensitivity::Internal, Sensitivity::Personal];
        Self { way: "page", what, matters: matters as u64, classes }
    }
}

impl Office {
    /// Writes a reading into its place's chain.
    pub(crate) async fn note(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        given: Given,
    ) -> anyhow::Result<()> {
        let (who, entitled) = reader(caller, place);
        let mut classes = given.classes;
        classes.sort();
        classes.dedup();
        let classes: Vec<&str> = classes.into_iter().map(class).collect();
        let reading = Reading {
            at: self.clock().now(),
            who,
            entitled,
            way: given.way.to_owned(),
            what: given.what,
            matters: given.matters,
            classes: classes.join(","),
        };
        let place = place.clone();
        let job = move |tx: &mut store::Tx<'_>| tx.note_reading(&place, &reading).map(drop);
        self.store().write(Queue::Interactive, job).await
    }
}

/// Who reads, and by which right: the posts of an official, the place of a party.
fn reader(caller: &Caller, place: &Jurisdiction) -> (String, String) {
    if let Some(account) = caller.account.as_ref().filter(|it| it.place == *place) {
        let posts: Vec<String> =
            account.posts.iter().map(|it| format!("post:{}@{}", it.kind, it.body)).collect();
        return (account.id.clone(), posts.join(","));
    }
    let here = caller.grants.iter().filter(|it| it.place == *place);
    let roles: Vec<String> = here.map(|it| format!("party:{}", it.role)).collect();
    ("party".to_owned(), roles.join(","))
}

fn class(of: Sensitivity) -> &'static str {
    match of {
        Sensitivity::Public => "public",
        Sensitivity::Internal => "internal",
        Sensitivity::Personal => "personal",
        Sensitivity::Secret => "secret",
    }
}
