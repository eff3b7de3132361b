//! Items of a matter on its page: what leads into them, and what a party sees of them.

use axum::http::StatusCode;
use engine::{MatterId, Value};

use crate::desk::Desk;

/// A matter under review with a hearing called for a day that has not come.
async fn heard(desk: &Desk) -> MatterId {
    let matter = desk.matter().await;
    desk.act("handler", matter, "accept-application", &[]).await;
    let on = desk.office.now().date().checked_add(jiff::Span::new().days(30)).unwrap();
    let members = Value::List(vec!["one".to_owned(), "two".to_owned()]);
    let given = [("hearing-on", Value::Date(on)), ("hearing-members", members)];
    desk.act("handler", matter, "call-hearing", &given).await;
    matter
}

#[tokio::test(flavor = "multi_thread")]
async fn the_remedy_of_an_act_in_an_item_leads_into_the_item() {
    let desk = Desk::new("item-remedy").await;
    let matter = heard(&desk).await;
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
