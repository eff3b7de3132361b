//! Finding work: by number, person or body in a search; by official and stage in the inbox, on the page as in the file.

use engine::Value;
use law::{Key, Lang};
use office::{
    Caller, Office,
    export::{Format, List},
    view::{InboxKind, InboxView},
};

use crate::desk::{Case, Folder, inputs, office_in_june, official, opening, place};

async fn numbers(office: &Office, by: &Caller, view: &InboxView) -> Vec<String> {
    let page = office.inbox(by, view.clone(), None).await.unwrap().unwrap();
    let numbers: Vec<String> = page.rows.into_iter().map(|it| it.number).collect();
    let exported =
        office.export(by, List::Inbox(view.clone()), Format::Csv, Lang::En).await.unwrap().unwrap();
    assert_eq!(exported.rows, numbers.len() as u64, "{view:?}");
    numbers
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_is_narrowed_to_an_official_and_to_a_stage() {
    let folder = Folder::new("inbox-narrowed");
    let office = office_in_june(&folder).await;
    let (handler, head) = (official(&office, "handler").await, official(&office, "head").await);
    let (mine, accepted, other) =
        (Case::file(&office).await, Case::file(&office).await, Case::file(&office).await);
    for case in [&mine, &accepted] {
        case.act(&head, "assign-matter", &[("assigned-to", Value::Official("handler".to_owned()))])
            .await
            .unwrap();
    }
    accepted.act(&handler, "accept-application", &[]).await.unwrap();
    let all = InboxView::from(InboxKind::Open);
    assert_eq!(numbers(&office, &handler, &all).await.len(), 3);
    let by = InboxView { handler: Some("handler".to_owned()), ..all.clone() };
    let mut found = numbers(&office, &handler, &by).await;
    found.sort();
    assert_eq!(found, [mine.number.clone(), accepted.number.clone()]);
    let page = office.inbox(&handler, by.clone(), None).await.unwrap().unwrap();
    let named: Vec<_> = page.rows.iter().map(|it| it.handler.clone().unwrap()).collect();
    let name = handler.account.as_ref().unwrap().name.clone();
    assert_eq!(named, [name.clone(), name]);

    let procedure = Some(Key::from("ordinary-reconsideration"));
    let at = |stage: &str| InboxView {
        procedure: procedure.clone(),
        stage: Some(Key::from(stage)),
        ..all.clone()
    };
    let mut examined = numbers(&office, &handler, &at("under-examination")).await;
    examined.sort();
    assert_eq!(examined, [mine.number.clone(), other.number.clone()]);
    let both = InboxView { handler: Some("handler".to_owned()), ..at("under-review") };
    assert_eq!(numbers(&office, &handler, &both).await, std::slice::from_ref(&accepted.number));
    let nobody = InboxView { handler: Some("head".to_owned()), ..all.clone() };
    assert!(numbers(&office, &handler, &nobody).await.is_empty());
    let unknown = InboxView { procedure: Some(Key::from("no-such-procedure")), ..all.clone() };
    assert!(numbers(&office, &handler, &unknown).await.is_empty());

    let elsewhere = official(&office, "jb-handler").await;
    assert!(numbers(&office, &elsewhere, &by).await.is_empty(), "an account's name opens nothing elsewhere");
    let choices = office.inbox_choices(&handler).unwrap();
    assert!(choices.handlers.iter().any(|it| it.0 == "handler"));
    assert!(choices.handlers.iter().all(|it| it.0 != "jb-handler"));
    assert!(choices.procedures.iter().any(|it| Some(&it.key) == procedure.as_ref() && it.stages.len() > 3));
    assert!(office.inbox_choices(&Caller::default()).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_is_found_by_any_of_its_numbers_and_by_its_people_and_bodies() {
    let folder = Folder::new("inbox-search");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    let (procedure, act) = opening(&office);
    let mut given = inputs(&act, &procedure, &[]);
    for party in &mut given.parties {
        let body = party.kind == law::PartyKind::Body;
        party.name = if body { "别处镇人民政府" } else { "司马长风" }.to_owned();
    }
    office.file(&Caller::default(), &place(), &procedure.key, given, "online").await.unwrap().unwrap();
    let refused = case.act(&handler, "refuse-application", &[]).await;
    let view = case.seen(&handler).await.unwrap();
    let mut wanted: Vec<String> = view.timeline.into_iter().flat_map(|it| it.numbers).collect();
    assert_eq!(wanted.len(), 1 + usize::from(refused.is_ok()), "{wanted:?}");
    wanted.extend(["欧阳明月", "欧阳", "示范区城市管理局", "城市管理"].map(str::to_owned));
    for query in &wanted {
        let found = office.search(&handler, query).await.unwrap().unwrap();
        let numbers: Vec<&str> = found.iter().map(|it| it.number.as_str()).collect();
        assert_eq!(numbers, [case.number.as_str()], "{query}");
    }
    let typed = case.number.replace('\u{3014}', "(").replace('\u{3015}', ")");
    assert_eq!(office.search(&handler, &typed).await.unwrap().unwrap().len(), 1, "{typed}");
    assert_eq!(office.search(&handler, "别处镇").await.unwrap().unwrap().len(), 1);
    assert!(office.search(&handler, "无此人").await.unwrap().unwrap().is_empty());
}
