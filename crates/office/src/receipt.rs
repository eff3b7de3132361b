//! Filing: a citizen's or a clerk's application is recorded, and a receipt is given for it.

use engine::{Actor, Effective, Facts, Inputs, Jurisdiction, Matter, Wish};
use law::{Act, Key, Procedure, RoleKind, Wanted};
use store::Queue;

use crate::{
    access::{Caller, Grant, roles},
    account::{Session, SignIn},
    act::{ActError, record, to_minute},
    builtin::organ_of,
    claim,
    matter::opening,
    open::{Office, new_matter, random},
    refusal::refusal_view,
    resolve,
    view::{Receipt, RefusalView},
};

/// Characters of an access code: none that are read wrongly.
const CODE_ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTUVWXY";
/// Length of an access code: 30^10 is about 2^49, and attempts are limited.
const CODE_LENGTH: usize = 10;

impl Office {
    /// Whether the opening act would be lawful with these inputs: nothing is recorded.
    ///
    /// # Errors
    /// If no version of the procedure is in force or there is no randomness.
    pub fn check_inputs(
        &self,
        session: &Session,
        place: &Jurisdiction,
        procedure: &str,
        inputs: &Inputs,
    ) -> anyhow::Result<Result<(), RefusalView>> {
        let now = self.clock().now();
        let at = engine::local(now);
        let Some((refers, procedure)) = self.laws().in_force(procedure, at.date()) else {
            anyhow::bail!("no version of {procedure} is in force");
        };
        let Some(act) = opening(&session.caller, &procedure, place) else {
            anyhow::bail!("nothing opens it")
        };
        let body = organ_of(place);
        let people = self.people(place);
        let named = self.store().read(|reader| {
            let find = |number: &str| resolve::other(reader, self.laws(), &session.caller, place, number);
            resolve::inputs(&people, &procedure, &act.key, inputs.clone(), find)
        })?;
        let inputs = match named {
            Ok(inputs) => inputs,
            Err(refusal) => return Ok(Err(refusal_view(&procedure, refusal, &engine::Target::default()))),
        };
        let facts = self.opening_facts(&session.caller, &procedure, place, at.date());
        let wish = Wish {
            act: act.key.clone(),
            actor: actor(&session.caller, act, &facts),
            effective: Effective { at: to_minute(at), rule: Key::from("online") },
            inputs,
            now,
            seed: [0; 32],
            late_entry: false,
            target: engine::Target::default(),
            opens: Some((place.clone(), new_matter(now)?, body)),
        };
        let decided = engine::decide(&procedure, &refers, self.laws().calendar(), None, &facts, &wish);
        let refused = |it| refusal_view(&procedure, it, &engine::Target::default());
        Ok(decided.result.map(|_| ()).map_err(refused))
    }

    /// Files an application. `rule` says how it came: online, at the counter, by postmark.
    ///
    /// # Errors
    /// If the store fails or no version of the procedure is in force.
    pub async fn file(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        procedure: &str,
        inputs: Inputs,
        rule: &str,
    ) -> anyhow::Result<Result<Receipt, ActError>> {
        let at = self.now();
        self.file_at(caller, place, procedure, inputs, Effective { at, rule: Key::from(rule) }).await
    }

    pub(crate) async fn file_at(
        &self,
        caller: &Caller,
        place: &Jurisdiction,
        procedure: &str,
        inputs: Inputs,
        effective: Effective,
    ) -> anyhow::Result<Result<Receipt, ActError>> {
        let effective = Effective { at: to_minute(effective.at), rule: effective.rule };
        let Some((refers, procedure)) = self.laws().in_force(procedure, effective.at.date()) else {
            anyhow::bail!("no version of {procedure} is in force");
        };
        let act = opening(caller, &procedure, place).cloned();
        let Some(act) = act else { anyhow::bail!("nothing opens it") };
        let body = organ_of(place);
        let facts = self.opening_facts(caller, &procedure, place, effective.at.date());
        let now = self.clock().now();
        let id = new_matter(now)?;
        let wish = Wish {
            act: act.key.clone(),
            actor: actor(caller, &act, &facts),
            effective,
            inputs,
            now,
            seed: random()?,
            late_entry: false,
            target: engine::Target::default(),
            opens: Some((place.clone(), id, body)),
        };
        let code = access_code()?;
        let laws = self.laws().clone();
        let (place, shown) = (place.clone(), code.clone());
        let rules = procedure.clone();
        let (caller, people) = (caller.clone(), self.people(&place));
        let came = self
            .store()
            .write(Queue::Interactive, move |tx| {
                let calendar = laws.calendar();
                let inputs = wish.inputs.clone();
                let named = {
                    let find = |number: &str| resolve::other(tx, &laws, &caller, &place, number);
                    resolve::inputs(&people, &rules, &wish.act, inputs, find)?
                };
                let wish = match named {
                    Ok(inputs) => Wish { inputs, ..wish },
                    Err(refusal) => return Ok(Err(refusal)),
                };
                let facts = Facts { claim_key: claim::key(tx, &place)?, ..facts };
                let decided = engine::decide(&rules, &refers, calendar, None, &facts, &wish);
                let draft = match decided.result {
                    Ok(draft) => draft,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                if let Some(refusal) = claim::held_elsewhere(tx, &rules, &draft)? {
                    return Ok(Err(refusal));
                }
                let matter = record(tx, &laws, draft, None)?;
                keep_code(tx, &place, &matter, &code, standing(&rules, &act))?;
                Ok(Ok(matter))
            })
            .await?;
        Ok(match came {
            Ok(matter) => Ok(receipt(&procedure, &matter, shown)),
            Err(refusal) => {
                Err(ActError::Refused(refusal_view(&procedure, refusal, &engine::Target::default())))
            }
        })
    }

    /// What the conditions of an opening act may ask about a caller on a day, but for the place's secret.
    fn opening_facts(
        &self,
        caller: &Caller,
        procedure: &Procedure,
        place: &Jurisdiction,
        day: calendar::Date,
    ) -> Facts {
        let body = organ_of(place);
        Facts {
            roles: roles(caller, procedure, None, place, &body),
            parameters: self.parameters(place),
            person: caller.account.as_ref().map(|it| it.id.clone()),
            holders: self.terms().holders(procedure, place, &body, day),
            ..Facts::default()
        }
    }

    /// Opens a matter to a session by its number and access code.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn track(
        &self,
        session: &Session,
        place: &Jurisdiction,
        number: &str,
        code: &str,
        from: &str,
    ) -> anyhow::Result<Result<engine::MatterId, SignIn>> {
        let number = normal_number(number);
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        for key in [format!("code:{place}:{number}"), format!("codes-from:{from}")] {
            if let Some(locked) = self.locked(&key)? {
                return Ok(Err(locked));
            }
        }
        let key = code_key(place, &number);
        let kept = self.store().read(|reader| reader.get("access", &key, 0))?;
        let kept: Option<Kept> = kept.and_then(|it| serde_json::from_slice(&it).ok());
        match kept.filter(|it| it.code == code_hash(&number, &code.to_ascii_uppercase())) {
            Some(kept) => {
                let grant = Grant { place: place.clone(), matter: kept.matter, role: kept.role };
                self.grant(session, grant).await?;
                Ok(Ok(kept.matter))
            }
            None => {
                for key in [format!("code:{place}:{number}"), format!("codes-from:{from}")] {
                    self.count_attempt(key).await?;
                }
                Ok(Err(SignIn::Wrong))
            }
        }
    }

    /// Keeps an uploaded file under the hash of its content.
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn store_file(
        &self,
        name: &str,
        media: &str,
        bytes: Vec<u8>,
    ) -> anyhow::Result<engine::FileRef> {
        let files = self.store().files().clone();
        let size = bytes.len() as u64;
        let hash = tokio::task::spawn_blocking(move || files.put(&bytes)).await??;
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let name: String = name.chars().filter(|it| !it.is_control()).take(120).collect();
        Ok(engine::FileRef { hash, media: media.to_owned(), name, size })
    }
}

#[derive(serde::Deserialize)]
struct Kept {
    matter: engine::MatterId,
    code: String,
    role: Key,
}

/// The party role in which the person who files stands: the first that the opening act asks for.
fn standing(procedure: &Procedure, act: &Act) -> Key {
    act.asks
        .iter()
        .find_map(|ask| match &ask.what {
            Wanted::Parties(role) => Some(role.clone()),
            Wanted::Field(_) => None,
        })
        .or_else(|| procedure.parties.first().map(|it| it.key.clone()))
        .unwrap_or_else(|| Key::from(""))
}

fn actor(caller: &Caller, act: &Act, facts: &Facts) -> Actor {
    let held = |official: bool| act.by.iter().rfind(|role| facts.roles.contains(*role)).filter(|_| official);
    match &caller.account {
        Some(account) if held(true).is_some() => Actor::Official {
            account: account.id.clone(),
            role: held(true).cloned().unwrap_or_else(|| Key::from("")),
        },
        _ => Actor::Public {
            role: act
                .by
                .iter()
                .find(|it| facts.roles.contains(*it))
                .cloned()
                .unwrap_or_else(|| Key::from("")),
        },
    }
}

fn receipt(procedure: &Procedure, matter: &Matter, code: String) -> Receipt {
    let clocks = matter.clocks.iter().filter(|it| it.is_running()).filter_map(|clock| {
        let limit = procedure.limit(&clock.limit)?;
        let then = clock.deems.as_ref().and_then(|act| procedure.act(act)).map(|it| it.name.clone());
        Some((limit.name.clone(), clock.due, limit.basis.clone(), then))
    });
    Receipt {
        jurisdiction: matter.jurisdiction.clone(),
        matter: matter.id,
        number: matter.number(),
        code,
        received: matter.received,
        clocks: clocks.collect(),
        hash: matter.head.hex(),
    }
}

/// Letters and digits that nobody mistakes for one another, drawn at random.
pub(crate) fn access_code() -> anyhow::Result<String> {
    let mut code = String::with_capacity(CODE_LENGTH);
    while code.len() < CODE_LENGTH {
        let bytes: [u8; 32] = random()?;
        let fair = bytes.iter().filter(|it| **it < 240).map(|it| CODE_ALPHABET[usize::from(it % 30)]);
        code.extend(fair.take(CODE_LENGTH - code.len()).map(char::from));
    }
    Ok(code)
}

/// A number as people may type it: round or square brackets for the hexagonal ones, no blanks.
pub(crate) fn normal_number(number: &str) -> String {
    number
        .chars()
        .filter(|it| !it.is_whitespace())
        .map(|it| match it {
            '[' | '(' | '\u{ff08}' | '\u{3010}' | '\u{ff3b}' => '\u{3014}',
            ']' | ')' | '\u{ff09}' | '\u{3011}' | '\u{ff3d}' => '\u{3015}',
            other => other,
        })
        .collect()
}

/// Keeps what opens a matter to whoever has its number and code: only a hash of the code, and in which role.
fn keep_code(
    tx: &mut store::Tx<'_>,
    place: &Jurisdiction,
    matter: &Matter,
    code: &str,
    role: Key,
) -> anyhow::Result<()> {
    let number = matter.number();
    let kept = serde_json::json!({ "matter": matter.id, "code": code_hash(&number, code), "role": role });
    tx.put("access", &code_key(place, &number), kept.to_string().as_bytes(), None)
}

fn code_key(place: &Jurisdiction, number: &str) -> String {
    format!("{place}:{number}")
}

fn code_hash(number: &str, code: &str) -> String {
    engine::Hash::of(format!("{number}\n{code}").as_bytes()).hex()
}

/// Whether anyone may do an act.
pub(crate) fn is_public(procedure: &Procedure, act: &Act) -> bool {
    act.by.iter().any(|role| procedure.role(role).is_some_and(|it| matches!(it.kind, RoleKind::Public)))
}
