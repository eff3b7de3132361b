//! A case from filing to publication, with what the law does by itself, refuses, and counts.

use engine::Value;
use law::Key;
use office::ActError;

use crate::desk::{Case, Folder, june, office_in_june, official, place};

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_accepts_and_a_second_extension_is_refused() {
    let folder = Folder::new("silence");
    let office = office_in_june(&folder).await;
    let (handler, head) = (official(&office, "handler").await, official(&office, "head").await);
    let case = Case::file(&office).await;
    assert!(office.advance(june(9, 9)).await.unwrap());
    let seen = case.seen(&handler).await.unwrap();
    let by_law = seen.timeline.last().unwrap();
    assert_eq!(by_law.who, None);
    assert_eq!(by_law.effective.date(), june(8, 0).date());
    assert!(by_law.basis[0].written.contains("第三十条第三款"));

    case.act(&head, "extend-review", &[]).await.unwrap();
    let Err(ActError::Refused(refusal)) = case.act(&head, "extend-review", &[]).await else {
        panic!("extended twice")
    };
    let ground = &refusal.grounds[0];
    assert!(ground.says.zh.contains("只能延长1次"), "{}", ground.says.zh);
    assert_eq!(ground.basis[0].written, "第六十二条第一款");
    assert!(ground.says.en.contains("1 time"), "{}", ground.says.en);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_decision_is_recorded_as_late_and_published_only_masked() {
    let folder = Folder::new("late");
    let office = office_in_june(&folder).await;
    let (handler, mayor) = (official(&office, "handler").await, official(&office, "mayor").await);
    let case = Case::file(&office).await;
    case.act(&handler, "accept-application", &[]).await.unwrap();
    for act in ["send-copy", "confirm-copy-receipt", "submit-answer", "hear-opinions"] {
        case.act(&handler, act, &[]).await.unwrap();
    }
    office.advance("2026-08-20T10:00".parse().unwrap()).await.unwrap();
    let reasons = text("欧阳明月（电话19900001234）不服处罚，经审理查明属实。");
    case.act(&mayor, "decide-unlawful", &[("decision-reasons", reasons)]).await.unwrap();
    let seen = case.seen(&handler).await.unwrap();
    let decided = seen.timeline.last().unwrap();
    assert_eq!(decided.late.len(), 1, "marked late");
    assert_eq!(decided.late[0].2[0].written, "第六十二条第一款");
    case.act(&handler, "serve-decision", &[]).await.unwrap();

    let form = office
        .form(&handler, &place(), case.id, "publish-decision", &engine::Target::default())
        .unwrap()
        .unwrap();
    let (_, suggested, original) = &form.masks[0];
    assert!(original.contains("欧阳明月") && !suggested.contains("欧阳明月"));
    let bare = [("published-text", text(original))];
    let Err(ActError::Refused(refusal)) = case.act(&handler, "publish-decision", &bare).await else {
        panic!("published a name")
    };
    assert!(refusal.grounds[0].basis[0].written.contains("第七十九条"));
    let masked = [("published-text", text(suggested))];
    case.act(&handler, "publish-decision", &masked).await.unwrap();
    let shown = office.publications(&place(), "", None).unwrap();
    assert_eq!(shown.rows.len(), 1);
    let page = format!("{:?}", shown.rows);
    assert!(!page.contains("欧阳") && !page.contains("19900001234"), "{page}");
    let head = official(&office, "head").await;
    case.act(&head, "take-down-decision", &[]).await.unwrap();
    assert!(office.publications(&place(), "", None).unwrap().rows.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_takes_the_act_and_its_counts_back() {
    let folder = Folder::new("correct");
    let office = office_in_june(&folder).await;
    let (one, two) = (official(&office, "handler").await, official(&office, "handler2").await);
    let case = Case::file(&office).await;
    let count = |mark: &str| {
        let what = store::Count {
            procedure: Key::from("ordinary-reconsideration"),
            marks: vec![mark.to_owned()],
            from: june(1, 0).date(),
            to: june(30, 0).date(),
            on_received: false,
            once: false,
            body: None,
            known: None,
        };
        office.store().read(|it| it.count(&place(), &what)).unwrap()
    };
    let seq = case.act(&one, "accept-application", &[]).await.unwrap();
    assert_eq!(count("act:accept-application"), 1);
    let own = office.correct(&one, &place(), case.id, seq, "点错了").await.unwrap();
    assert!(matches!(own, Err(ActError::Refused(_))), "nobody corrects their own act alone");
    office.correct(&two, &place(), case.id, seq, "点错了").await.unwrap().unwrap();
    assert_eq!(count("act:accept-application"), 0);
    let seen = case.seen(&two).await.unwrap();
    assert_eq!(seen.stage.zh, "审查");
    assert!(seen.timeline[1].corrected && seen.timeline[2].corrects == Some(2));
    case.act(&one, "notify-correction", &[]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_on_one_page_do_not_overwrite_each_other() {
    let folder = Folder::new("stale");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    let version = case.seen(&handler).await.unwrap().version;
    case.act(&handler, "accept-application", &[]).await.unwrap();
    let wish = office::ActWish {
        place: place(),
        matter: case.id,
        act: Key::from("send-copy"),
        inputs: engine::Inputs::default(),
        target: engine::Target::default(),
        expected: Some(version),
        happened: None,
    };
    assert!(matches!(office.act(&handler, wish).await.unwrap(), Err(ActError::Stale)));
}
