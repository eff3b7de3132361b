//! Papers stay what they were: whoever leaves, and whoever comes after them.

use law::Key;
use office::{Laws, NewAccount, Office, Options, PaperForm, PaperRef};

use crate::desk::{Case, Folder, june, official, place};

#[tokio::test(flavor = "multi_thread")]
async fn an_issued_paper_names_who_issued_it_after_they_have_left() {
    let folder = Folder::new("papers-leave");
    let options = Options { data: folder.path().to_owned(), create: Some(store::Kind::Demonstration) };
    let office = Office::open(&options, Laws::embedded().unwrap()).unwrap();
    office.set_demo_clock(june(1, 9)).unwrap();
    office::demo::settle(&office).await.unwrap();
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    let seq = case.act(&handler, "accept-application", &[]).await.unwrap();
    let wanted = PaperRef { paper: Key::from("acceptance-notice"), seq: Some(seq) };
    let second = official(&office, "handler2").await;
    let said = async || {
        let (form, site) = (PaperForm::Page, "https://yifa.example");
        let paper = office.paper(&second, &place(), case.id, &wanted, form, site).await.unwrap();
        papers::plain(&paper.unwrap().document)
    };
    let before = said().await;
    let name = handler.account.as_ref().unwrap().name.clone();
    assert!(before.contains(&name), "{before}");

    office.set_demo_clock(june(3, 9)).unwrap();
    let posts = handler.account.unwrap().posts;
    for post in &posts {
        office.end_post(&place(), "handler", &post.kind, "organ").await.unwrap().unwrap();
    }
    assert_eq!(said().await, before);
    let post = law::Appointment::in_organ(&posts[0].kind);
    let place = place();
    let new = NewAccount { place: &place, login: "handler", name: "另一个人", post, password: None };
    office.appoint(&new).await.unwrap().unwrap();
    assert_eq!(said().await, before);
    let seen = case.seen(&second).await.unwrap();
    assert_eq!(seen.timeline[1].who.as_deref(), Some(name.as_str()));
}
