//! Accounts, posts and sessions. Who holds which post is the state of appointment matters; passwords
//! and sessions are no events and live beside the ledger.

use anyhow::Context as _;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _, password_hash::phc::PasswordHash};
use calendar::Date;
use engine::{Effective, Hash, Inputs, Jurisdiction, MatterId, PartyInput, Value};
use law::{Key, Text};
use serde::{Deserialize, Serialize};
use store::Queue;

use crate::{
    access::{Caller, Grant},
    builtin::{self, parameter, place},
    open::{Office, random},
    view::BodyView,
};

/// How long a session lasts, in seconds.
const SESSION_SECONDS: i64 = 12 * 3600;
/// Failed attempts before an account and address are locked.
const ATTEMPTS: u32 = 8;
/// How long they are locked, in seconds.
const LOCK_SECONDS: i64 = 15 * 60;
/// Side records that say: this account's password was given and must be changed.
const ONCE: &str = "credential-once";
/// Shortest password.
pub const PASSWORD_MIN: usize = 10;

/// An official's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Name in records; the same as the login name.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Name for signing in.
    pub login: String,
    /// Where the posts are.
    pub place: Jurisdiction,
    /// Posts held.
    pub posts: Vec<Post>,
}

/// A post held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Kind, as the packs declare it.
    pub kind: Key,
    /// Words.
    pub name: Text,
    /// Body.
    pub body: String,
    /// First day, if it was told.
    pub from: Option<Date>,
    /// Last day, if there is one.
    pub until: Option<Date>,
    /// Whose post it is, if somebody acts for another.
    pub acting_for: Option<String>,
    /// The matter that records it.
    pub matter: Option<MatterId>,
}

/// Whether a password is its owner's, or must be changed before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Password {
    /// Chosen by its owner.
    Own,
    /// Given to them.
    Once,
}

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// The secret in the cookie.
    pub token: String,
    /// The secret in forms.
    pub csrf: String,
    /// Who.
    pub caller: Caller,
    /// Whether the password was given and must be changed first.
    pub once: bool,
}

/// Why somebody was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// Name or password, or number or code, wrong.
    Wrong,
    /// Too many attempts.
    Locked {
        /// For so many minutes.
        minutes: u32,
    },
    /// The new password is the old one.
    Same,
    /// The new password is too short.
    TooShort {
        /// Fewest characters.
        min: u32,
    },
}

#[derive(Serialize, Deserialize)]
struct StoredSession {
    csrf: String,
    login: Option<String>,
    grants: Vec<Grant>,
}

impl Office {
    /// Opens a session for a visitor.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn visit(&self) -> anyhow::Result<Session> {
        self.new_session(None, Vec::new()).await
    }

    async fn new_session(&self, login: Option<String>, grants: Vec<Grant>) -> anyhow::Result<Session> {
        let (token, csrf) = (secret()?, secret()?);
        self.write_session(&token, &StoredSession { csrf, login, grants }).await?;
        self.session(&token)?.context("a session just made")
    }

    async fn write_session(&self, token: &str, session: &StoredSession) -> anyhow::Result<()> {
        let key = Hash::of(token.as_bytes()).hex();
        let value = serde_json::to_vec(session)?;
        let expires = self.seconds() + SESSION_SECONDS;
        self.store().write(Queue::Interactive, move |tx| tx.put("session", &key, &value, Some(expires))).await
    }

    /// The session of a cookie, if it lasts.
    ///
    /// # Errors
    /// If the store fails.
    pub fn session(&self, token: &str) -> anyhow::Result<Option<Session>> {
        let key = Hash::of(token.as_bytes()).hex();
        let seconds = self.seconds();
        let Some(bytes) = self.store().read(|reader| reader.get("session", &key, seconds))? else {
            return Ok(None);
        };
        let stored: StoredSession = serde_json::from_slice(&bytes)?;
        let account = stored.login.and_then(|login| self.directory(|it| it.accounts.get(&login).cloned()));
        let account = account.map(|it| it.on(self.now().date()));
        let once = match &account {
            Some(account) => self.store().read(|it| it.get(ONCE, &account.login, 0))?.is_some(),
            None => false,
        };
        let caller = Caller { account, grants: stored.grants };
        Ok(Some(Session { token: token.to_owned(), csrf: stored.csrf, caller, once }))
    }

    /// Signs an official in; the visitor's session ends and a new one begins with what it was granted.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sign_in(
        &self,
        current: &Session,
        name: &str,
        password: &str,
        from: &str,
    ) -> anyhow::Result<Result<Session, SignIn>> {
        for key in [format!("name:{name}"), format!("from:{from}")] {
            if let Some(locked) = self.locked(&key)? {
                return Ok(Err(locked));
            }
        }
        let stored = self.store().read(|reader| reader.get("credential", name, 0))?;
        let known = self.directory(|it| it.accounts.contains_key(name));
        let right = check_password(stored, password.to_owned()).await? && known;
        if !right {
            for key in [format!("name:{name}"), format!("from:{from}")] {
                self.count_attempt(key).await?;
            }
            return Ok(Err(SignIn::Wrong));
        }
        let session = self.new_session(Some(name.to_owned()), current.caller.grants.clone()).await?;
        self.sign_out(&current.token).await?;
        Ok(Ok(session))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sign_out(&self, token: &str) -> anyhow::Result<()> {
        let key = Hash::of(token.as_bytes()).hex();
        self.store().write(Queue::Interactive, move |tx| tx.delete("session", &key).map(|_| ())).await
    }

    /// Changes the caller's password.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn change_password(
        &self,
        caller: &Caller,
        old: &str,
        new: &str,
    ) -> anyhow::Result<Result<(), SignIn>> {
        let Some(account) = &caller.account else { return Ok(Err(SignIn::Wrong)) };
        if new.chars().count() < PASSWORD_MIN {
            return Ok(Err(SignIn::TooShort { min: PASSWORD_MIN as u32 }));
        }
        if new == old {
            return Ok(Err(SignIn::Same));
        }
        let login = account.login.clone();
        let stored = self.store().read(|reader| reader.get("credential", &login, 0))?;
        if !check_password(stored, old.to_owned()).await? {
            return Ok(Err(SignIn::Wrong));
        }
        self.set_password(&login, new).await?;
        Ok(Ok(()))
    }

    /// Sets a password that its owner chose.
    pub(crate) async fn set_password(&self, login: &str, password: &str) -> anyhow::Result<()> {
        self.give_password(login, password, Password::Own).await
    }

    /// Sets a password, in place of an older one.
    pub(crate) async fn give_password(
        &self,
        login: &str,
        password: &str,
        whose: Password,
    ) -> anyhow::Result<()> {
        let password = password.to_owned();
        let hash = tokio::task::spawn_blocking(move || hash_password(&password)).await??;
        let login = login.to_owned();
        self.store()
            .write(Queue::Interactive, move |tx| {
                match whose {
                    Password::Own => tx.delete(ONCE, &login).map(drop)?,
                    Password::Once => tx.put(ONCE, &login, b"", None)?,
                }
                tx.put("credential", &login, hash.as_bytes(), None)
            })
            .await
    }

    /// Adds a grant to a session.
    pub(crate) async fn grant(&self, session: &Session, grant: Grant) -> anyhow::Result<()> {
        let mut grants = session.caller.grants.clone();
        grants.retain(|it| it.matter != grant.matter);
        grants.push(grant);
        let stored = StoredSession {
            csrf: session.csrf.clone(),
            login: session.caller.account.as_ref().map(|it| it.login.clone()),
            grants,
        };
        self.write_session(&session.token, &stored).await
    }

    /// Whether a key has had too many failed attempts.
    pub(crate) fn locked(&self, key: &str) -> anyhow::Result<Option<SignIn>> {
        let seconds = self.seconds();
        let tried = self.store().read(|reader| reader.get("attempts", key, seconds))?;
        let tried: u32 = tried.and_then(|it| String::from_utf8(it).ok()?.parse().ok()).unwrap_or(0);
        let minutes = u32::try_from(LOCK_SECONDS / 60).unwrap_or(15);
        Ok((tried >= ATTEMPTS).then_some(SignIn::Locked { minutes }))
    }

    /// Counts a failed attempt.
    pub(crate) async fn count_attempt(&self, key: String) -> anyhow::Result<()> {
        let seconds = self.seconds();
        self.store()
            .write(Queue::Interactive, move |tx| {
                let tried = tx.get("attempts", &key, seconds)?;
                let tried: u32 = tried.and_then(|it| String::from_utf8(it).ok()?.parse().ok()).unwrap_or(0);
                let value = (tried + 1).to_string();
                tx.put("attempts", &key, value.as_bytes(), Some(seconds + LOCK_SECONDS))
            })
            .await
    }

    pub(crate) fn seconds(&self) -> i64 {
        self.clock().wall().as_second()
    }

    /// The accounts with a post at a place today, in order of login name.
    pub fn accounts(&self, place: &Jurisdiction) -> Vec<Account> {
        let today = self.now().date();
        let here = self.accounts_ever(place).into_iter().map(|it| it.on(today));
        here.filter(|it| !it.posts.is_empty()).collect()
    }

    /// Everybody who holds, held or will hold a post at a place, with all their posts that have not been ended.
    pub fn accounts_ever(&self, place: &Jurisdiction) -> Vec<Account> {
        self.directory(|it| it.accounts.values().filter(|it| it.place == *place).cloned().collect())
    }

    /// The bodies of a place that are on record, each after the one it belongs to.
    pub fn bodies(&self, place: &Jurisdiction) -> Vec<BodyView> {
        self.directory(|it| it.bodies.get(place).cloned().unwrap_or_default())
    }

    /// Records a place. Its code must not be in use.
    ///
    /// # Errors
    /// If the store fails or the law refuses.
    pub async fn record_place(&self, code: &Jurisdiction, name: &Text, organ: &Text) -> anyhow::Result<()> {
        let fields = [
            (place::NAME_ZH, &name.zh),
            (place::NAME_EN, &name.en),
            (place::ORGAN_ZH, &organ.zh),
            (place::ORGAN_EN, &organ.en),
        ];
        let fields = fields.map(|(key, text)| (key, Value::Text(text.clone()))).to_vec();
        self.register(code, place::PROCEDURE, place::OPEN, fields, Vec::new()).await?;
        let code = code.clone();
        self.store()
            .write(Queue::Interactive, move |tx| {
                let known = tx.get("office", "places", 0)?.unwrap_or_default();
                let mut codes: Vec<Jurisdiction> = serde_json::from_slice(&known).unwrap_or_default();
                if !codes.contains(&code) {
                    codes.push(code);
                }
                tx.put("office", "places", &serde_json::to_vec(&codes)?, None)
            })
            .await?;
        self.reload_directory()
    }

    /// Sets a parameter of a place.
    ///
    /// # Errors
    /// If the store fails or the law refuses.
    pub async fn set_parameter(&self, code: &Jurisdiction, name: &str, value: &str) -> anyhow::Result<()> {
        let fields = [(parameter::NAME, name), (parameter::VALUE, value)];
        let fields = fields.map(|(key, text)| (key, Value::Text(text.to_owned()))).to_vec();
        self.register(code, parameter::PROCEDURE, parameter::OPEN, fields, Vec::new()).await?;
        self.reload_directory()
    }

    /// Opens one of the office's own matters.
    pub(crate) async fn register(
        &self,
        code: &Jurisdiction,
        procedure: &str,
        act: &str,
        fields: Vec<(&str, Value)>,
        parties: Vec<PartyInput>,
    ) -> anyhow::Result<()> {
        let fields = fields.into_iter().map(|(key, value)| (Key::from(key), value));
        let inputs = Inputs { fields: fields.collect(), parties };
        let effective = Effective { at: self.now(), rule: Key::from("entered") };
        let registrar = Key::from(builtin::REGISTRAR);
        let opened = self.open_as(code, procedure, act, inputs, effective, registrar).await?;
        opened.map(|_| ()).map_err(|refusal| anyhow::anyhow!("refused: {refusal:?}"))
    }
}

fn secret() -> anyhow::Result<String> {
    Ok(Hash(random()?).hex())
}

/// Checks a password; an unknown account takes as long as a known one.
async fn check_password(stored: Option<Vec<u8>>, password: String) -> anyhow::Result<bool> {
    tokio::task::spawn_blocking(move || {
        let Some(stored) = stored else {
            hash_password(&password)?;
            return Ok(false);
        };
        let stored = String::from_utf8(stored)?;
        let hash = PasswordHash::new(&stored).map_err(|it| anyhow::anyhow!("stored hash: {it}"))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await?
}

fn hash_password(password: &str) -> anyhow::Result<String> {
    let salt: [u8; 16] = random()?;
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|it| it.to_string())
        .map_err(|it| anyhow::anyhow!("hashing a password: {it}"))
}
