//! The read log: one row for each page or file of a matter that somebody is given, by the way it is given.

use engine::Value;
use law::Key;
use office::{Caller, Denied, Office, PaperForm, PaperRef};

use crate::desk::{Case, Folder, office_in_june, official, place};

/// What the log says was read, in order: way, what, classes.
fn noted(office: &Office, case: &Case) -> Vec<String> {
    let rows = office.store().read(|it| it.readings(&place(), 0, 100)).unwrap();
    let told = |it: &store::Reading| format!("{} {} {}", it.way, it.what, it.classes);
    rows.iter().map(|it| told(&it.reading).replace(&format!("matter:{}:", case.id), "")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_noted_as_a_file_and_by_no_typed_name() {
    let folder = Folder::new("reading-file");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    let file = office.store_file("欧阳明月.txt", "text/plain", b"words".to_vec()).await.unwrap();
    let given = [("correction-papers", Value::Files(vec![file.clone()]))];
    case.act(&handler, "notify-correction", &[]).await.unwrap();
    case.act(&handler, "submit-correction", &given).await.unwrap();
    let hash = file.hash.hex();
    let (found, bytes) = office.open_file(&handler, &place(), case.id, &hash).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), bytes.as_slice()), ("欧阳明月.txt", b"words".as_slice()));
    let stranger = Caller::default();
    let denied = office.open_file(&stranger, &place(), case.id, &hash).await.unwrap();
    assert_eq!(denied.unwrap_err(), Denied::NotYours);
    assert_eq!(noted(&office, &case), ["file file:correction-papers personal"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_noted_once_in_the_form_it_is_given() {
    let folder = Folder::new("reading-paper");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    let seq = case.act(&handler, "accept-application", &[]).await.unwrap();
    let wanted = PaperRef { paper: Key::from("acceptance-notice"), seq: Some(seq) };
    for form in [PaperForm::Page, PaperForm::Pdf, PaperForm::Docx] {
        let shown = office.paper(&handler, &place(), case.id, &wanted, form, "https://x").await.unwrap();
        assert_eq!(shown.unwrap().number, case.seen(&handler).await.unwrap().number);
    }
    let none = PaperRef { paper: Key::from("no-such-paper"), seq: Some(seq) };
    let missing = office.paper(&handler, &place(), case.id, &none, PaperForm::Pdf, "https://x").await;
    assert_eq!(missing.unwrap().unwrap_err(), Denied::NotYours);
    let papers: Vec<String> = noted(&office, &case).into_iter().filter(|it| it.contains("paper:")).collect();
    let what = format!("paper:{seq}:acceptance-notice public,internal,personal");
    assert_eq!(papers, ["page", "pdf", "docx"].map(|way| format!("{way} {what}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_file_is_noted_when_it_is_gathered_and_when_it_is_given() {
    let folder = Folder::new("reading-dossier");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    case.act(&handler, "note-matter", &[]).await.unwrap();
    for form in [PaperForm::Page, PaperForm::Pdf] {
        office.dossier(&handler, &place(), case.id, form, "https://x").await.unwrap().unwrap();
    }
    let now = office.dossier_now(&handler, &place(), case.id).unwrap().unwrap();
    assert_eq!(now, (case.number.clone(), 2));
    office.give_dossier(&handler, &place(), case.id).await.unwrap().unwrap();
    let classes = "public,internal,personal,secret";
    let wanted = ["page dossier", "pdf dossier-made", "pdf dossier"].map(|it| format!("{it} {classes}"));
    assert_eq!(noted(&office, &case), wanted);

    let session = office.visit().await.unwrap();
    office.track(&session, &place(), &case.number, &case.code, "test").await.unwrap().unwrap();
    let party = office.session(&session.token).unwrap().unwrap().caller;
    for stranger in [party, official(&office, "jb-handler").await, Caller::default()] {
        assert_eq!(office.dossier_now(&stranger, &place(), case.id).unwrap().unwrap_err(), Denied::NotYours);
        let given = office.give_dossier(&stranger, &place(), case.id).await.unwrap();
        assert_eq!(given.unwrap_err(), Denied::NotYours);
    }
    assert_eq!(noted(&office, &case).len(), 3);
}
