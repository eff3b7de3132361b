//! One's own account on its page: in which body a post is held, and for whom one acts.

use law::{Appointment, Key};
use office::NewAccount;

use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn posts_are_told_with_names_of_bodies_and_people() {
    let desk = Desk::new("account").await;
    let place = desk.place();
    let name = |login: &str| {
        let found = desk.office.accounts(&place).into_iter().find(|it| it.login == login);
        found.unwrap().name
    };
    let post = Appointment {
        post: Key::from("reconsideration-office-head"),
        body: Key::from("organ"),
        from: None,
        until: None,
        acting_for: Some(Key::from("head")),
    };
    let second = name("handler2");
    let new = NewAccount { place: &place, login: "handler2", name: &second, post, password: None };
    desk.office.appoint(&new).await.unwrap().unwrap();
    let mut official = desk.official("handler2").await;
    let page = official.get("/work/account").await.text;
    let (_, posts) = page.split_once("id=\"posts\"").unwrap();
    let posts = posts.split("</section>").next().unwrap();
    assert!(posts.contains(&desk.office.place(&place).unwrap().organ.zh), "{posts}");
    assert!(posts.contains(&name("head")), "{posts}");
}
