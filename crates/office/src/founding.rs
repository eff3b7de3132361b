//! The beginning of a real office: what its file says becomes recorded acts, one after another.

use engine::{Jurisdiction, Value};
use law::{Body, Founding, ParameterValue, SeriesStart};
use store::Queue;

use crate::{
    account::Password,
    appoint::{NewAccount, NotAppointed, body_of},
    builtin::{body, organ_of, series},
    open::Office,
    receipt::access_code,
};

/// An account that was made, with the password for the first sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstSignIn {
    /// Name for signing in.
    pub login: String,
    /// Name shown.
    pub name: String,
    /// The password; it must be changed before anything else is done.
    pub password: String,
}

impl Office {
    /// Records everything that an office's file says. The place must not be on record.
    ///
    /// # Errors
    /// If the place is on record, the store fails, or the law refuses.
    pub async fn found(&self, founding: &Founding) -> anyhow::Result<Vec<FirstSignIn>> {
        let place: Jurisdiction = founding.code.parse()?;
        anyhow::ensure!(self.place(&place).is_none(), "{place} is on record already");
        let Some(organ) = founding.bodies.first() else { anyhow::bail!("an office without an organ") };
        self.record_place(&place, &founding.name, &organ.name).await?;
        for body in &founding.bodies {
            self.record_body(&place, body).await?;
        }
        for start in &founding.series {
            self.take_over_series(&place, start).await?;
        }
        for (name, value) in &founding.parameters {
            let value = match value {
                ParameterValue::Number(number) => number.to_string(),
                ParameterValue::Option(option) => option.to_string(),
                ParameterValue::Words(words) => words.clone(),
            };
            self.set_parameter(&place, name, &value).await?;
        }
        self.reload_directory()?;
        self.appoint_all(&place, founding).await
    }

    async fn record_body(&self, place: &Jurisdiction, of: &Body) -> anyhow::Result<()> {
        let text = |key, value: &str| (key, Value::Text(value.to_owned()));
        let mut fields = vec![
            text(body::KEY, &body_of(place, &of.key)),
            text(body::NAME_ZH, &of.name.zh),
            text(body::NAME_EN, &of.name.en),
        ];
        fields.extend(of.parent.as_ref().map(|it| text(body::PARENT, &body_of(place, it))));
        fields.extend(of.letterhead.as_ref().map(|it| text(body::LETTERHEAD, it)));
        self.register(place, body::PROCEDURE, body::OPEN, fields, Vec::new()).await
    }

    /// Records how far a series has been used and lets it go on from there.
    async fn take_over_series(&self, place: &Jurisdiction, start: &SeriesStart) -> anyhow::Result<()> {
        let missing: Vec<String> = start.missing.iter().map(ToString::to_string).collect();
        let mut fields = vec![
            (series::NAME, Value::Text(start.series.to_string())),
            (series::YEAR, Value::Number(start.year.into())),
            (series::LAST, Value::Number(i64::try_from(start.last)?)),
        ];
        if !missing.is_empty() {
            fields.push((series::MISSING, Value::Text(missing.join(" "))));
        }
        self.register(place, series::PROCEDURE, series::OPEN, fields, Vec::new()).await?;
        let (place, start) = (place.clone(), start.clone());
        self.store()
            .write(Queue::Interactive, move |tx| {
                let first = start.last + 1;
                tx.begin_series(&place, &organ_of(&place), &start.series, start.year, first)
            })
            .await
    }

    /// Appoints everybody: first to posts of their own, then to those in which they act for others.
    async fn appoint_all(
        &self,
        place: &Jurisdiction,
        founding: &Founding,
    ) -> anyhow::Result<Vec<FirstSignIn>> {
        let mut made = Vec::new();
        for person in &founding.people {
            let password = self.first_password(&person.login).await?;
            let (login, name) = (person.login.to_string(), person.name.clone());
            made.push(FirstSignIn { login, name, password });
        }
        for acting in [false, true] {
            for person in &founding.people {
                for post in person.posts.iter().filter(|it| it.acting_for.is_some() == acting) {
                    let (login, name) = (person.login.as_str(), person.name.as_str());
                    let new = NewAccount { place, login, name, post: post.clone(), password: None };
                    self.appoint(&new).await?.map_err(refused)?;
                }
            }
        }
        Ok(made)
    }
}

impl Office {
    /// Gives an account a new password for its next sign-in, which must be changed there.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn first_password(&self, login: &str) -> anyhow::Result<String> {
        let password = access_code()?;
        self.give_password(login, &password, Password::Once).await?;
        Ok(password)
    }
}

fn refused(why: NotAppointed) -> anyhow::Error {
    anyhow::anyhow!("an appointment of the file is not possible: {why:?}")
}
