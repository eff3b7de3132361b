//! A real office from its file, and the appointments that come later.

use law::{Appointment, Key, Sources};
use office::{Laws, NewAccount, NotAppointed, Office, Options, SignIn};
use store::Queue;

use crate::desk::Folder;

const FILE: &str = r#"
office "990009" "新区" en="New District" {
    organ "新区管理委员会" en="Administrative Committee" {
        letterhead "新区管理委员会"
        body justice "司法局" en="Justice Bureau" { body section "复议科" en="Section"; }
    }
    person li "李明" { post administrator; post reconsideration-handler; }
    person wang "王芳" { post reconsideration-office-head from="2020-01-01"; }
    person zhao "赵磊" {
        post reconsideration-office-head from="2020-07-01" until="2020-07-31" acting-for=wang
        post reconsideration-clerk in=section
    }
    series decision-number year=2026 last=57 { missing 33 12; }
    parameter decision-letterhead "新决"
}
"#;

fn place() -> engine::Jurisdiction {
    "990009".parse().unwrap()
}

fn founding(laws: &Laws) -> law::Founding {
    let mut sources = Sources::default();
    sources.add("office.kdl", FILE);
    let (founding, faults) = law::read_office(&sources, laws.law());
    assert!(faults.is_empty(), "{}", law::render(&faults, &sources, law::Lang::En));
    founding.unwrap()
}

async fn founded(folder: &Folder) -> (Office, Vec<office::FirstSignIn>) {
    let laws = Laws::embedded().unwrap();
    let options = Options { data: folder.path().to_owned(), create: Some(store::Kind::Live) };
    let office = Office::open(&options, laws).unwrap();
    let accounts = office.found(&founding(office.laws())).await.unwrap();
    (office, accounts)
}

fn posts(office: &Office, login: &str) -> Vec<String> {
    let account = office.accounts(&place()).into_iter().find(|it| it.login == login);
    account
        .map(|it| it.posts.iter().map(|it| format!("{}@{}", it.kind, it.body)).collect())
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_file_says_is_on_record_and_numbers_go_on() {
    let folder = Folder::new("founding");
    let (office, _) = founded(&folder).await;
    let told: Vec<_> =
        office.bodies(&place()).into_iter().map(|it| (it.id, it.parent, it.letterhead)).collect();
    let text = |it: &str| Some(it.to_owned());
    assert_eq!(
        told,
        [
            ("990009-organ".to_owned(), None, text("新区管理委员会")),
            ("990009-justice".to_owned(), text("990009-organ"), None),
            ("990009-section".to_owned(), text("990009-justice"), None),
        ]
    );
    assert_eq!(posts(&office, "zhao"), ["reconsideration-clerk@990009-section"], "the acting has ended");
    let next = office
        .store()
        .write(Queue::Interactive, |tx| tx.next_number(&place(), "990009-organ", "decision-number", 2026));
    assert_eq!(next.await.unwrap(), 58);
    assert!(office.found(&founding(office.laws())).await.is_err(), "a place is founded once");
    drop(office);
    let laws = Laws::embedded().unwrap();
    let report = store::rebuild(folder.path(), laws.watch(), &|_| ()).unwrap();
    assert_eq!(report.changed().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_given_password_lasts_until_its_owner_has_chosen_one() {
    let folder = Folder::new("founding-once");
    let (office, accounts) = founded(&folder).await;
    let given = &accounts[0];
    assert_eq!((given.login.as_str(), given.name.as_str()), ("li", "李明"));
    let visit = office.visit().await.unwrap();
    let session = office.sign_in(&visit, "li", &given.password, "test").await.unwrap().unwrap();
    assert!(session.once);
    let same = office.change_password(&session.caller, &given.password, &given.password).await.unwrap();
    assert_eq!(same, Err(SignIn::Same));
    let changed = office.change_password(&session.caller, &given.password, "a password of mine").await;
    assert_eq!(changed.unwrap(), Ok(()));
    assert!(!office.session(&session.token).unwrap().unwrap().once);
    let again = office.sign_in(&visit, "li", &given.password, "test").await.unwrap();
    assert_eq!(again.unwrap_err(), SignIn::Wrong);
    let renewed = office.first_password("li").await.unwrap();
    assert!(office.sign_in(&visit, "li", &renewed, "test").await.unwrap().unwrap().once);
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_are_given_ended_and_held_for_others() {
    let folder = Folder::new("founding-posts");
    let (office, _) = founded(&folder).await;
    let here = place();
    let appoint = |login: &'static str, post: Appointment| {
        let (office, here) = (office.clone(), here.clone());
        async move {
            let new = NewAccount { place: &here, login, name: "N", post, password: None };
            office.appoint(&new).await.unwrap()
        }
    };
    let post = |kind: &str| Appointment::in_organ(kind);
    let head = || post("reconsideration-office-head");
    let acting = |other: &str| Appointment { acting_for: Some(Key::from(other)), ..head() };
    let within = |body: &str| Appointment { body: Key::from(body), ..head() };
    let day = |text: &str| Some(text.parse().unwrap());
    let backwards = Appointment { from: day("2030-02-01"), until: day("2030-01-01"), ..head() };
    for (login, wish, why) in [
        ("li", post("emperor"), NotAppointed::UnknownPost),
        ("li", within("kitchen"), NotAppointed::UnknownBody),
        ("wang", head(), NotAppointed::Already),
        ("wang", acting("wang"), NotAppointed::NotTheirs),
        ("zhao", acting("li"), NotAppointed::NotTheirs),
        ("li", backwards, NotAppointed::Term),
    ] {
        assert_eq!(appoint(login, wish).await, Err(why));
    }
    let later = Appointment { from: day("2999-01-01"), ..head() };
    assert_eq!(appoint("li", later).await, Ok(()));
    assert_eq!(posts(&office, "li").len(), 2, "not before its first day");
    assert_eq!(appoint("zhao", acting("wang")).await, Ok(()));
    assert!(posts(&office, "zhao").contains(&"reconsideration-office-head@990009-organ".to_owned()));
    let end = |login: &'static str| office.end_post(&here, login, "reconsideration-office-head", "organ");
    assert_eq!(end("zhao").await.unwrap(), Ok(()));
    assert_eq!(end("wang").await.unwrap(), Ok(()));
    assert_eq!(end("wang").await.unwrap(), Err(NotAppointed::NoPost));
    assert!(posts(&office, "wang").is_empty());
    assert_eq!(appoint("zhao", acting("wang")).await, Err(NotAppointed::NotTheirs));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_nobody_recorded_does_not_go_by_the_name_of_the_organ() {
    let folder = Folder::new("body-names");
    let (office, _) = founded(&folder).await;
    let named = |id: &str| office.body_name(&place(), id).map(|it| it.en);
    assert_eq!(named("990009-section").as_deref(), Some("Section"));
    assert_eq!(named("990009-organ").as_deref(), Some("Administrative Committee"));
    assert_eq!(named("990009-elsewhere"), None);
}
