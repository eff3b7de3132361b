//! Items of a matter on its page: what leads into them, and what a party sees of them.

use axum::http::StatusCode;
use engine::{MatterId, Value};

use crate::{desk::Desk, markup};

/// Calls a hearing in a matter, for a day that has not come.
async fn call_hearing(desk: &Desk, matter: MatterId) {
    desk.act("handler", matter, "accept-application", &[]).await;
    let on = desk.office.now().date().checked_add(jiff::Span::new().days(30)).unwrap();
    let members = Value::List(vec!["one".to_owned(), "two".to_owned()]);
    let place = Value::Text("Room 7".to_owned());
    let given = [("hearing-on", Value::Date(on)), ("hearing-members", members), ("hearing-place", place)];
    desk.act("handler", matter, "call-hearing", &given).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_remedy_of_an_act_in_an_item_leads_into_the_item() {
    let desk = Desk::new("item-remedy").await;
    let matter = desk.matter().await;
    call_hearing(&desk, matter).await;
    let base = format!("/work/m/{}/{matter}/act", desk.place());
    let mut official = desk.official("handler").await;
    let link = format!("href=\"{base}/move-hearing?item=1\"");
    let page = official.get(&format!("/work/m/{}/{matter}", desk.place())).await;
    assert!(page.text.matches(&link).count() > 1, "offered, and named as what helps");
    let form = format!("{base}/hold-hearing?item=1");
    let token = official.token(&form).await;
    let typed = [("csrf", &*token), ("f.head-attended", "yes"), ("f.hearing-minutes", "x"), ("do", "go")];
    let refused = official.post(&form, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(&link), "{}", refused.text);
    assert_eq!(official.get(&format!("{base}/move-hearing?item=1")).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_wants_approval_leads_to_its_own_draft() {
    let desk = Desk::new("draft-remedy").await;
    let matter = desk.matter().await;
    desk.act("handler", matter, "accept-application", &[]).await;
    let base = format!("/work/m/{}/{matter}/act", desk.place());
    let form = format!("{base}/extend-review");
    let mut official = desk.official("handler").await;
    let token = official.token(&form).await;
    let typed = [("csrf", &*token), ("f.extension-days", "9"), ("f.extension-reason", "x"), ("do", "go")];
    let refused = official.post(&form, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let link = format!("{base}/draft-act?of=extend-review");
    assert!(refused.text.contains(&format!("href=\"{link}\"")), "{}", refused.text);
    let drafting = official.get(&link).await;
    assert!(drafting.text.contains("name=\"f.extension-days\""), "it asks what the drafted act asks");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_sees_where_an_item_stands_and_acts_in_it() {
    let desk = Desk::new("item-party").await;
    let (matter, mut citizen) = desk.citizen().await;
    call_hearing(&desk, matter).await;
    let mine = format!("/p/{}/my/{matter}", desk.place());
    let work = desk.official("handler").await.get(&format!("/work/m/{}/{matter}", desk.place())).await.text;
    let page = citizen.get(&mine).await;
    assert_eq!(markup::wrong(&page.text), Vec::<String>::new());
    let section = |page: &str| {
        let (_, rest) = page.split_once("aria-labelledby=\"items-0\"").expect("items");
        rest.split("</section>").next().unwrap().to_owned()
    };
    let (theirs, ours) = (section(&page.text), section(&work));
    assert!(ours.contains("Room 7") && !theirs.contains("Room 7"), "{theirs}");
    assert!(ours.contains("/act/hold-hearing?item=1") || ours.contains("/act/move-hearing?item=1"));
    assert!(!theirs.contains("move-hearing"), "not theirs to do: {theirs}");
    let join = format!("{mine}/act/join-hearing?item=1");
    assert!(theirs.contains(&format!("href=\"{join}\"")), "{theirs}");
    let token = citizen.token(&join).await;
    let typed = [
        ("csrf", &*token),
        ("f.attendance", "Ouyang"),
        ("f.attendance-form", "attends-in-room"),
        ("do", "go"),
    ];
    let done = citizen.post(&join, &typed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(done.leads().starts_with(&format!("{mine}?done=")), "{}", done.leads());
}
