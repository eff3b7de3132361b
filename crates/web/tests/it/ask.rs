//! A question of law answered step by step, to its result; a changed mind costs one click.

use axum::http::StatusCode;

use crate::{
    desk::{Answer, Desk},
    markup,
};

/// The address that a page's form leads to when the first choice of everything is taken.
fn answered(page: &Answer, here: &str) -> String {
    let (_, form) = page.text.split_once("<form class=\"sheet\" method=\"get\"").expect("a question");
    let mut pairs: Vec<(String, String)> = Vec::new();
    for tag in form.split("</form>").next().unwrap().split("<input ").skip(1) {
        let of = |key: &str| {
            let (_, rest) = tag.split_once(&format!("{key}=\"")).unwrap_or_default();
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let name = of("name");
        if pairs.iter().all(|it| it.0 != name) {
            pairs.push((name, of("value")));
        }
    }
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("{here}?{}", pairs.join("&"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_determination_comes_to_a_result_with_its_articles() {
    let desk = Desk::new("ask").await;
    let all = desk.office.determinations();
    assert!(!all.is_empty());
    let mut visitor = desk.visitor();
    for (key, ..) in all {
        let here = format!("/p/{}/ask/{key}", desk.place());
        let (mut address, mut asked) = (here.clone(), 0);
        let result = loop {
            let page = visitor.get(&address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            assert_eq!(markup::wrong(&page.text), Vec::<String>::new(), "{address}");
            assert_eq!(
                page.text.matches("class=\"fine\" href=\"/p/").count(),
                asked,
                "one change for each answer"
            );
            if page.text.contains("id=\"result\"") {
                break page.text;
            }
            address = answered(&page, &here);
            asked += 1;
            assert!(asked < 40, "{key} asks for ever");
        };
        assert!(asked > 0 && result.contains("class=\"cite\""), "{key}: {result}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_asked_again() {
    let desk = Desk::new("unfit").await;
    let key = desk.office.determinations()[0].0.clone();
    let here = format!("/p/{}/ask/{key}", desk.place());
    let mut visitor = desk.visitor();
    let first = visitor.get(&here).await;
    assert!(!first.text.contains("role=\"alert\""));
    let choice = answered(&first, "");
    let question = choice.trim_start_matches('?').split('=').next().unwrap();
    let again = visitor.get(&format!("{here}?{question}=nonsense-of-no-kind")).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.text.contains("role=\"alert\"") && again.text.contains(&format!("name=\"{question}\"")));
    let none = visitor.get(&format!("/p/{}/ask/no-such-question", desk.place())).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
