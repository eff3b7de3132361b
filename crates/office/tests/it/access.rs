//! Who may see and do what: a stranger's matter stays unreadable through every door.

use office::{ActError, Caller, Denied, SignIn, view::InboxKind};

use crate::desk::{Case, Folder, office_in_june, official, place};

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_gets_the_same_answer_as_for_nothing() {
    let folder = Folder::new("stranger");
    let office = office_in_june(&folder).await;
    let case = Case::file(&office).await;
    let other = Case::file(&office).await;
    let session = office.visit().await.unwrap();
    let tracked = office.track(&session, &place(), &other.number, &other.code, "test").await.unwrap();
    assert_eq!(tracked, Ok(other.id));
    let neighbour = office.session(&session.token).unwrap().unwrap().caller;
    let elsewhere = official(&office, "jb-handler").await;
    for stranger in [Caller::default(), neighbour.clone(), elsewhere.clone()] {
        assert_eq!(case.seen(&stranger).await.unwrap_err(), Denied::NotYours);
        let form = office.form(
            &stranger,
            &place(),
            case.id,
            "withdraw-before-acceptance",
            &engine::Target::default(),
        );
        assert_eq!(form.unwrap().unwrap_err(), Denied::NotYours);
        let done = case.act(&stranger, "withdraw-before-acceptance", &[]).await;
        assert!(matches!(done, Err(ActError::Denied(Denied::NotYours))));
        let file = office.open_file(&stranger, &place(), case.id, &"0".repeat(64)).unwrap();
        assert_eq!(file.unwrap_err(), Denied::NotYours);
        let correction = office.correct(&stranger, &place(), case.id, 1, "x").await.unwrap();
        assert!(matches!(correction, Err(ActError::Denied(_))));
    }
    assert!(office.inbox(&neighbour, InboxKind::Open, None).await.unwrap().is_err());
    assert!(office.search(&neighbour, &case.number).await.unwrap().is_err());
    let theirs = office.search(&elsewhere, "欧阳").await.unwrap().unwrap();
    assert!(theirs.is_empty(), "a search stays in its own place");
    let inbox = office.inbox(&elsewhere, InboxKind::Open, None).await.unwrap().unwrap();
    assert!(inbox.rows.is_empty());

    assert!(other.seen(&neighbour).await.is_ok());
    let handler = official(&office, "handler").await;
    assert_eq!(office.search(&handler, "欧阳明").await.unwrap().unwrap().len(), 2);
    assert_eq!(office.search(&handler, &case.number).await.unwrap().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_does_what_a_citizen_may_and_no_more() {
    let folder = Folder::new("citizen");
    let office = office_in_june(&folder).await;
    let case = Case::file(&office).await;
    let session = office.visit().await.unwrap();
    office.track(&session, &place(), &case.number, &case.code, "test").await.unwrap().unwrap();
    let citizen = office.session(&session.token).unwrap().unwrap().caller;
    let Err(ActError::Refused(refusal)) = case.act(&citizen, "accept-application", &[]).await else {
        panic!("a citizen accepted their own application")
    };
    assert_eq!(refusal.refusal.grounds[0].kind.id(), "not-competent");
    case.act(&citizen, "withdraw-before-acceptance", &[]).await.unwrap();
    let seen = case.seen(&citizen).await.unwrap();
    assert!(seen.outcome.is_some() && seen.drafts.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_and_passwords_cannot_be_tried_for_ever() {
    let folder = Folder::new("locked");
    let office = office_in_june(&folder).await;
    let case = Case::file(&office).await;
    let session = office.visit().await.unwrap();
    for _ in 0..8 {
        let tried = office.track(&session, &place(), &case.number, "AAAAAAAAAA", "x").await.unwrap();
        assert_eq!(tried, Err(SignIn::Wrong));
    }
    let right = office.track(&session, &place(), &case.number, &case.code, "x").await.unwrap();
    assert_eq!(right, Err(SignIn::Locked { minutes: 15 }));
    let visit = office.visit().await.unwrap();
    let wrong = office.sign_in(&visit, "nobody", "wrong", "y").await.unwrap();
    assert_eq!(wrong.unwrap_err(), SignIn::Wrong);
}
