//! Who may see and do what: a stranger's matter stays unreadable through every door.

use engine::Value;
use law::Sensitivity;
use office::{
    ActError, Caller, Denied, SignIn,
    view::{InboxKind, MatterView},
};

use crate::desk::{Case, Folder, inputs, office_in_june, official, place};

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
        let file = office.open_file(&stranger, &place(), case.id, &"0".repeat(64)).await.unwrap();
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

/// Drafts, notes, what takes them back: the party sees nothing of it, nor does somebody in the same body whose post has
/// no part in the procedure.
#[tokio::test(flavor = "multi_thread")]
async fn how_the_office_decides_is_for_those_who_decide() {
    let folder = Folder::new("inside");
    let office = office_in_june(&folder).await;
    let (handler, second) = (official(&office, "handler").await, official(&office, "handler2").await);
    let case = Case::file(&office).await;
    let text = |words: &str| Value::Text(words.to_owned());
    for act in ["accept-application", "send-copy", "confirm-copy-receipt", "submit-answer", "hear-opinions"] {
        case.act(&handler, act, &[]).await.unwrap();
    }
    let note = case.act(&handler, "note-matter", &[("note-text", text("内部意见"))]).await.unwrap();
    let taken_back = office.correct(&second, &place(), case.id, note, "写错了人").await.unwrap();
    taken_back.unwrap();
    let reasons = [("decision-reasons", text("拟维持，理由如下。"))];
    case.draft(&handler, "decide-uphold", &reasons).await.unwrap();
    case.act(&official(&office, "head").await, "endorse-draft", &[]).await.unwrap();

    let session = office.visit().await.unwrap();
    office.track(&session, &place(), &case.number, &case.code, "test").await.unwrap().unwrap();
    let citizen = office.session(&session.token).unwrap().unwrap().caller;
    let (theirs, ours) = (case.seen(&citizen).await.unwrap(), case.seen(&handler).await.unwrap());
    let target = engine::Target::default();
    let form = |by: &Caller| office.form(by, &place(), case.id, "decide-uphold", &target).unwrap();
    for words in ["内部意见", "写错了人", "拟维持"] {
        assert!(format!("{ours:?}").contains(words), "{words}");
        assert!(!format!("{theirs:?}").contains(words), "{words}");
    }
    assert!(ours.drafts.len() == 1 && theirs.drafts.is_empty());
    assert!(format!("{:?}", form(&handler).unwrap().given).contains("拟维持"));
    assert_eq!(form(&citizen).unwrap_err(), Denied::NotYours);

    let court = official(&office, "court").await;
    assert_eq!(
        court.account.as_ref().unwrap().posts[0].body,
        handler.account.as_ref().unwrap().posts[0].body
    );
    assert_eq!(case.seen(&court).await.unwrap_err(), Denied::NotYours);
    assert_eq!(form(&court).unwrap_err(), Denied::NotYours);
    assert!(office.search(&court, &case.number).await.unwrap().unwrap().is_empty());
    assert!(office.inbox(&court, InboxKind::Open, None).await.unwrap().unwrap().rows.is_empty());
    assert_eq!(office.inbox_counts(&court).unwrap().unwrap().open, 0);
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

#[tokio::test(flavor = "multi_thread")]
async fn a_party_sees_of_an_item_only_what_is_public() {
    let folder = Folder::new("item-fields");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    let session = office.visit().await.unwrap();
    office.track(&session, &place(), &case.number, &case.code, "test").await.unwrap().unwrap();
    let citizen = office.session(&session.token).unwrap().unwrap().caller;
    case.act(&citizen, "ask-document-review", &[("reviewed-is-rule", Value::YesNo(false))]).await.unwrap();
    let fields = |seen: &MatterView| {
        let all = seen.items.iter().flat_map(|it| &it.1).flat_map(|it| &it.fields);
        all.map(|it| (it.key.to_string(), it.sensitivity)).collect::<Vec<_>>()
    };
    let within = fields(&case.seen(&handler).await.unwrap());
    assert!(within.iter().any(|it| it.1 == Sensitivity::Internal), "{within:?}");
    let seen = case.seen(&citizen).await.unwrap();
    let theirs = fields(&seen);
    assert!(!theirs.is_empty() && theirs.iter().all(|it| it.1 == Sensitivity::Public), "{theirs:?}");
    let item = &seen.items[0].1[0];
    assert!(!item.clocks.is_empty() && !item.stage.en.is_empty());
}

/// The number of a case stands on papers that come to any desk: an official may name it and opens nothing by that. A
/// citizen names only what is theirs.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_from_a_paper_can_be_named_and_opens_nothing() {
    let folder = Folder::new("named");
    let office = office_in_june(&folder).await;
    let case = Case::file(&office).await;
    let (litigator, handler) = (official(&office, "litigator").await, official(&office, "handler").await);
    let suit = office.guide("administrative-suit").unwrap();
    let opening = suit.openings().next().unwrap();
    let follows = engine::MatterName { id: engine::MatterId(uuid::Uuid::nil()), number: case.number.clone() };
    let given = |text: &str| Value::Text(text.to_owned());
    let given = [
        ("reconsideration-matter", Value::Matter(follows)),
        ("court-case-number", given("（2026）示01行初7号")),
        ("claims-stated", given("撤销")),
    ];
    let inputs = inputs(opening, &suit, &given);
    let filed = office.file(&litigator, &place(), &suit.key, inputs, "counter").await.unwrap().unwrap();
    assert_eq!(case.seen(&litigator).await.unwrap_err(), Denied::NotYours);
    let theirs = office.matter(&litigator, &place(), filed.matter, "page").await.unwrap().unwrap();
    assert!(theirs.links.iter().any(|it| it.1 == case.number && it.2.is_none()), "{:?}", theirs.links);
    let ours = case.seen(&handler).await.unwrap();
    assert!(ours.links.iter().any(|it| it.1 == filed.number && it.2.is_none()), "{:?}", ours.links);

    let session = office.visit().await.unwrap();
    office.track(&session, &place(), &case.number, &case.code, "test").await.unwrap().unwrap();
    let citizen = office.session(&session.token).unwrap().unwrap().caller;
    assert!(case.seen(&citizen).await.unwrap().links.is_empty());
}
