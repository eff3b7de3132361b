//! Who may act: the roles of an act that somebody holds, less those that the law keeps from them in this matter.

use law::{Distinct, Key, Procedure};

use crate::{
    condition::View,
    event::Change,
    matter::Done,
    refusal::{Ground, GroundKind},
};

/// The roles of the view's act in which whoever acts may do it.
pub(crate) fn open_roles<'a>(view: &View<'a>) -> Vec<&'a Key> {
    let held = view.act.by.iter().filter(|role| view.facts.roles.contains(*role));
    held.filter(|role| mixed(view, role).is_empty()).collect()
}

/// The grounds of competence against whoever acts: none if one of their roles is left to them.
pub(crate) fn against(view: &View<'_>) -> Vec<Ground> {
    if !open_roles(view).is_empty() {
        return Vec::new();
    }
    let held = view.act.by.iter().filter(|role| view.facts.roles.contains(*role));
    let kept: Vec<Ground> = held.flat_map(|role| mixed(view, role)).collect();
    if !kept.is_empty() {
        return kept;
    }
    vec![Ground {
        kind: GroundKind::NotCompetent { needed: view.act.by.clone() },
        basis: view.act.basis.clone(),
        says: None,
        remedy: Vec::new(),
    }]
}

/// The grounds against whoever acts doing the act in a role: they acted in another that is kept apart from it. An act
/// that several of these may do says nothing of which.
fn mixed(view: &View<'_>, role: &Key) -> Vec<Ground> {
    let Some(person) = view.facts.person.as_deref() else { return Vec::new() };
    let apart = view.procedure.distincts.iter().filter(|it| !it.is_shared(view.act));
    apart.filter_map(|it| acted_otherwise(view, it, person, role, None)).collect()
}

/// Whether an official is somebody else than whoever acts, and holds a role.
pub(crate) fn is_colleague(view: &View<'_>, account: &str, role: &Key) -> bool {
    let other = view.facts.person.as_deref() != Some(account);
    other && view.facts.holders.get(role).is_some_and(|it| it.contains(account))
}

/// The officials who act along in the view's act: the field that names each, the account, the role.
fn colleagues<'a>(view: &'a View<'_>) -> Vec<(&'a Key, &'a str, &'a Key)> {
    let named = view.act.colleagues().into_iter();
    let named = named.filter_map(|(field, role)| Some((field, view.value(field)?.as_official()?, role)));
    named.filter(|it| view.facts.person.as_deref() != Some(it.1)).collect()
}

/// The grounds against those who are named to act along: they acted in another role that is kept apart.
pub(crate) fn against_colleagues(view: &View<'_>) -> Vec<Ground> {
    let apart = |(field, account, role): (&Key, &str, &Key)| -> Vec<Ground> {
        let all = view.procedure.distincts.iter();
        all.filter_map(|it| acted_otherwise(view, it, account, role, Some(field))).collect()
    };
    colleagues(view).into_iter().flat_map(apart).collect()
}

/// What is recorded of those who act along.
pub(crate) fn along(view: &View<'_>) -> Vec<Change> {
    let one = |(_, account, role): (&Key, &str, &Key)| Change::Accompanied {
        account: account.to_owned(),
        role: role.clone(),
    };
    colleagues(view).into_iter().map(one).collect()
}

/// The first of some roles that whoever acts holds and that nothing keeps from them, where what they do tells in which
/// of these it is done; `None` if they hold none.
///
/// # Errors
/// The grounds against each, if none is left to them.
pub(crate) fn certain<'a>(view: &View<'_>, roles: &'a [Key]) -> Result<Option<&'a Key>, Vec<Ground>> {
    let person = view.facts.person.as_deref();
    let mut grounds = Vec::new();
    for role in roles.iter().filter(|it| view.facts.roles.contains(*it)) {
        let apart = view.procedure.distincts.iter();
        let against: Vec<Ground> =
            apart.filter_map(|it| acted_otherwise(view, it, person?, role, None)).collect();
        if against.is_empty() {
            return Ok(Some(role));
        }
        grounds.extend(against);
    }
    if grounds.is_empty() { Ok(None) } else { Err(grounds) }
}

fn acted_otherwise(
    view: &View<'_>,
    distinct: &Distinct,
    person: &str,
    role: &Key,
    field: Option<&Key>,
) -> Option<Ground> {
    if !distinct.roles.contains(role) {
        return None;
    }
    let here = |it: &&Done| distinct.item.is_none() || it.item == view.item;
    let done = view.matter?.done.iter().filter(here);
    let was = done.flat_map(|it| roles_in(view.procedure, distinct, it, person)).find(|it| *it != role)?;
    Some(Ground {
        kind: GroundKind::Distinct {
            distinct: distinct.key.clone(),
            role: role.clone(),
            was: was.clone(),
            field: field.cloned(),
        },
        basis: distinct.basis.clone(),
        says: Some(distinct.otherwise.clone()),
        remedy: Vec::new(),
    })
}

/// In which of the roles kept apart somebody took part in an act, as far as it tells: by doing it, or along with whoever
/// did.
fn roles_in<'a>(
    procedure: &Procedure,
    distinct: &'a Distinct,
    done: &'a Done,
    person: &'a str,
) -> impl Iterator<Item = &'a Key> {
    let tells = procedure.act(&done.act).is_some_and(|act| distinct.tells(act));
    let did = done.role.as_ref().filter(|_| tells && done.by.as_deref() == Some(person));
    let along = done.along.iter().filter(move |it| it.0 == person).map(|it| &it.1);
    did.into_iter().chain(along).filter(|it| distinct.roles.contains(it))
}
