//! Appointments: who holds which post in which body, from when until when, and who acts for whom. Each is a matter of
//! the office's own; accounts are what these matters add up to on a day.

use calendar::Date;
use engine::{Actor, Effective, Facts, Inputs, Jurisdiction, MatterId, PartyInput, Target, Value, Wish};
use law::{Appointment, Body, Key, PartyKind};
use store::Queue;

use crate::{
    account::{Account, Post},
    act::{Came, decide_and_record, to_minute},
    builtin::{self, appointment, organ_of},
    open::{Office, random},
};

/// Someone to be appointed.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// Where.
    pub place: &'a Jurisdiction,
    /// Name for signing in.
    pub login: &'a str,
    /// Name shown.
    pub name: &'a str,
    /// The post.
    pub post: Appointment,
    /// Password; `None` if the account has one already.
    pub password: Option<&'a str>,
}

/// Why somebody cannot be appointed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAppointed {
    /// No pack has such a post.
    UnknownPost,
    /// The place has no such body.
    UnknownBody,
    /// The name for signing in is somebody's at another place.
    OtherPlace,
    /// The post is held by the same person already.
    Already,
    /// The last day is before the first.
    Term,
    /// The person acted for does not hold the post.
    NotTheirs,
    /// There is no such post to end.
    NoPost,
}

impl Office {
    /// Appoints somebody to a post.
    ///
    /// # Errors
    /// If the store fails or the law refuses.
    pub async fn appoint(&self, new: &NewAccount<'_>) -> anyhow::Result<Result<(), NotAppointed>> {
        if let Err(why) = self.may_be_appointed(new) {
            return Ok(Err(why));
        }
        let post = &new.post;
        let text = |key, value: &str| (key, Value::Text(value.to_owned()));
        let mut fields = vec![
            text(appointment::LOGIN, new.login),
            text(appointment::POST, &post.post),
            text(appointment::BODY, &body_of(new.place, &post.body)),
        ];
        fields.extend(post.from.map(|it| (appointment::FROM, Value::Date(it))));
        fields.extend(post.until.map(|it| (appointment::UNTIL, Value::Date(it))));
        fields.extend(post.acting_for.as_ref().map(|it| text(appointment::ACTING_FOR, it)));
        let holder = PartyInput {
            role: Key::from(appointment::HOLDER),
            kind: PartyKind::Person,
            name: new.name.to_owned(),
            number: String::new(),
            other_paper: false,
            phone: String::new(),
            address: String::new(),
        };
        self.register(new.place, appointment::PROCEDURE, appointment::OPEN, fields, vec![holder]).await?;
        if let Some(password) = new.password {
            self.set_password(new.login, password).await?;
        }
        self.reload_directory()?;
        Ok(Ok(()))
    }

    fn may_be_appointed(&self, new: &NewAccount<'_>) -> Result<(), NotAppointed> {
        let NewAccount { place, login, post, .. } = new;
        if self.laws().post(&post.post).is_none() {
            return Err(NotAppointed::UnknownPost);
        }
        let body = body_of(place, &post.body);
        if post.body.as_str() != Body::ORGAN && self.bodies(place).iter().all(|it| it.id != body) {
            return Err(NotAppointed::UnknownBody);
        }
        if matches!((post.from, post.until), (Some(from), Some(until)) if until < from) {
            return Err(NotAppointed::Term);
        }
        let known = self.directory(|it| it.accounts.get(*login).cloned());
        if known.as_ref().is_some_and(|it| it.place != **place) {
            return Err(NotAppointed::OtherPlace);
        }
        let from = post.from.unwrap_or_else(|| self.now().date());
        let same = |it: &Post| it.kind == post.post && it.body == body;
        let again = |it: &Post| {
            let meets = it.until.is_none_or(|until| until >= from)
                && post.until.is_none_or(|until| it.from.is_none_or(|from| from <= until));
            same(it) && meets && it.acting_for.as_deref() == post.acting_for.as_deref()
        };
        if known.is_some_and(|it| it.posts.iter().any(again)) {
            return Err(NotAppointed::Already);
        }
        let Some(other) = &post.acting_for else { return Ok(()) };
        let theirs = |it: &Post| same(it) && it.acting_for.is_none() && it.covers(from);
        let holds = self
            .directory(|it| it.accounts.get(other.as_str()).is_some_and(|it| it.posts.iter().any(theirs)));
        if holds && other.as_str() != *login { Ok(()) } else { Err(NotAppointed::NotTheirs) }
    }

    /// Ends a post that somebody holds or is to hold.
    ///
    /// # Errors
    /// If the store fails or the law refuses.
    pub async fn end_post(
        &self,
        place: &Jurisdiction,
        login: &str,
        post: &str,
        body: &str,
    ) -> anyhow::Result<Result<(), NotAppointed>> {
        let (body, today) = (body_of(place, body), self.now().date());
        let found = self.directory(|it| {
            let account = it.accounts.get(login).filter(|it| it.place == *place)?;
            let such = account.posts.iter().filter(|it| it.kind == *post && it.body == body);
            // One that is over needs no ending; of others the one held now.
            such.filter(|it| it.until.is_none_or(|it| today <= it)).max_by_key(|it| it.covers(today))?.matter
        });
        let Some(matter) = found else { return Ok(Err(NotAppointed::NoPost)) };
        self.act_as_office(place, matter, appointment::END).await?;
        self.reload_directory()?;
        Ok(Ok(()))
    }

    /// Does an act in one of the office's own matters.
    async fn act_as_office(&self, place: &Jurisdiction, id: MatterId, act: &str) -> anyhow::Result<()> {
        let (laws, place) = (self.laws().clone(), place.clone());
        let role = Key::from(builtin::REGISTRAR);
        let now = self.clock().now();
        let wish = Wish {
            act: Key::from(act),
            actor: Actor::Official { account: "office".to_owned(), role: role.clone() },
            effective: Effective { at: to_minute(engine::local(now)), rule: Key::from("entered") },
            inputs: Inputs::default(),
            now,
            seed: random()?,
            late_entry: false,
            opens: None,
            target: Target::default(),
        };
        let came = self
            .store()
            .write(Queue::Interactive, move |tx| {
                let Some(matter) = tx.matter(&place, id)? else {
                    anyhow::bail!("the office has no matter {id}")
                };
                let procedure = laws.of_matter(&matter.law, |hash| tx.law(hash))?;
                let facts = Facts { roles: [role].into(), ..Facts::default() };
                decide_and_record(tx, &laws, &procedure, matter, &facts, &wish)
            })
            .await?;
        match came {
            Came::Done(_) => Ok(()),
            Came::Refused(_, refusal) => anyhow::bail!("refused: {refusal:?}"),
            Came::Denied(_) | Came::Stale => anyhow::bail!("the office may not act in its own matter"),
        }
    }
}

/// A body of a place as records name it.
pub(crate) fn body_of(place: &Jurisdiction, key: &str) -> String {
    match key {
        Body::ORGAN => organ_of(place),
        other => format!("{place}-{other}"),
    }
}

impl Post {
    /// Whether the post is held on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Account {
    /// The account with the posts that are held on a day.
    pub(crate) fn on(mut self, day: Date) -> Self {
        self.posts.retain(|it| it.covers(day));
        self
    }
}
