//! Papers and case files through the pages: what they are called, who gets them, and what of it is recorded.

use axum::http::StatusCode;
use engine::MatterId;
use law::Key;
use office::{PaperForm, PaperRef};

use crate::{desk::Desk, markup};

/// A matter with a paper issued, and the paper's address at the workbench.
async fn accepted(desk: &Desk) -> (MatterId, String) {
    let matter = desk.matter().await;
    let seq = desk.act("handler", matter, "accept-application", &[]).await;
    (matter, format!("/work/m/{}/{matter}/paper/{seq}/acceptance-notice", desk.place()))
}

/// What the read log holds, in order: way and what.
fn noted(desk: &Desk) -> Vec<String> {
    let rows = desk.office.store().read(|it| it.readings(&desk.place(), 0, 1000)).unwrap();
    rows.into_iter().map(|it| format!("{} {}", it.reading.way, it.reading.what)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_read_once_in_the_form_it_is_given() {
    let desk = Desk::new("paper").await;
    let (matter, paper) = accepted(&desk).await;
    let mut official = desk.official("handler").await;
    let before = noted(&desk).len();
    let page = official.get(&paper).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(markup::wrong(&page.text), Vec::<String>::new());
    let docx = official.get(&format!("{paper}.docx")).await;
    assert_eq!((docx.status, &docx.text[..2]), (StatusCode::OK, "PK"));
    let what = paper.rsplit_once("/paper/").unwrap().1.replace('/', ":");
    let wanted = ["page", "docx"].map(|way| format!("{way} matter:{matter}:paper:{what}"));
    assert_eq!(noted(&desk)[before..], wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_of_two_lines_on_paper_is_one_line_elsewhere() {
    let desk = Desk::new("title").await;
    let (matter, _) = accepted(&desk).await;
    let paper = format!("/work/m/{}/{matter}/paper/free/address-form", desk.place());
    let mut official = desk.official("handler").await;
    let page = official.get(&paper).await.text;
    let (_, title) = page.split_once("<title>").unwrap();
    let title = title.split("</title>").next().unwrap();
    assert!(title.contains(' ') && !title.contains('\n'), "{title:?}");
    let docx = official.get(&format!("{paper}.docx")).await;
    let name = docx.headers["content-disposition"].to_str().unwrap();
    assert!(name.ends_with(".docx") && name.contains("%20") && !name.contains("%0A"), "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_recorded_when_it_is_given() {
    let desk = Desk::new("given-file").await;
    let matter = desk.matter().await;
    let file = desk.office.store_file("a.txt", "text/plain", b"words".to_vec()).await.unwrap();
    let given = [("correction-papers", engine::Value::Files(vec![file.clone()]))];
    desk.act("handler", matter, "notify-correction", &[]).await;
    desk.act("handler", matter, "submit-correction", &given).await;
    let mut official = desk.official("handler").await;
    let at = format!("/work/m/{}/{matter}/file", desk.place());
    let before = noted(&desk).len();
    assert_eq!(official.get(&format!("{at}/{}", file.hash)).await.text, "words");
    assert_eq!(official.get(&format!("{at}/{}", "0".repeat(64))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(noted(&desk)[before..], [format!("file matter:{matter}:file:correction-papers")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_file_belongs_to_its_matter_and_to_who_may_have_it_now() {
    let desk = Desk::new("dossier").await;
    let (matter, _) = accepted(&desk).await;
    let (other, _) = accepted(&desk).await;
    let base = format!("/work/m/{}/{matter}/dossier", desk.place());
    let mut official = desk.official("handler").await;
    let token = official.token(&base).await;
    let name = format!("{}-{matter}-2", desk.place());
    let made = format!("{base}/{name}");
    for _ in 0..2 {
        assert_eq!(
            official.post(&base, &[("csrf", &token)]).await.leads(),
            made,
            "the same while it stands so"
        );
    }
    let before = noted(&desk);
    assert!(before.contains(&format!("pdf matter:{matter}:dossier-made")), "{before:?}");
    for _ in 0..3 {
        let page = official.get(&made).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(markup::wrong(&page.text), Vec::<String>::new());
    }
    assert_eq!(noted(&desk), before, "to look how far it is gives nothing");

    let elsewhere = format!("/work/m/{}/{other}/dossier/{name}", desk.place());
    assert_eq!(official.get(&elsewhere).await.status, StatusCode::NOT_FOUND, "of another matter");
    let mut colleague = desk.official("handler2").await;
    assert_eq!(colleague.get(&made).await.status, StatusCode::NOT_FOUND, "of another session");
    desk.office
        .end_post(&desk.place(), "handler", "reconsideration-handler", "organ")
        .await
        .unwrap()
        .unwrap();
    for path in [&made, &format!("{made}.pdf"), &base] {
        assert_eq!(official.get(path).await.status, StatusCode::NOT_FOUND, "{path}: the post has ended");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_on_a_paper_says_whether_it_stands_and_names_nobody() {
    let desk = Desk::new("verify").await;
    let matter = desk.matter().await;
    let seq = desk.act("handler", matter, "accept-application", &[]).await;
    let wanted = PaperRef { paper: Key::from("acceptance-notice"), seq: Some(seq) };
    let (caller, site) = (desk.caller("handler").await, "http://localhost:8080");
    let paper = desk.office.paper(&caller, &desk.place(), matter, &wanted, PaperForm::Page, site).await;
    let printed = paper.unwrap().unwrap().document.verify.expect("an address on the paper");
    let address = printed.strip_prefix(site).unwrap();
    let mut holder = desk.visitor();
    let stands = holder.get(&format!("{address}?lang=en")).await;
    assert_eq!(stands.status, StatusCode::OK, "{address}");
    assert_eq!(markup::wrong(&stands.text), Vec::<String>::new());
    let says = |id: &str| {
        let words = include_str!("../../messages/en.ftl");
        words.lines().find_map(|it| it.strip_prefix(&format!("{id} = "))).unwrap()
    };
    assert!(
        stands.text.contains(says("verify-stands")) && !stands.text.contains("Ouyang"),
        "{}",
        stands.text
    );

    let parts: Vec<&str> = address.split('/').collect();
    let with = |at: usize, other: &str| {
        let mut parts = parts.clone();
        parts[at] = other;
        parts.join("/")
    };
    let hash = parts[5];
    let bad = if hash.starts_with('0') { hash.replacen('0', "1", 1) } else { format!("0{}", &hash[1..]) };
    let wrong = [with(4, "1"), with(5, &bad), with(5, &hash[..15]), with(5, ""), with(6, "answer-notice")];
    for path in wrong {
        assert_eq!(holder.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }

    let mut second = desk.official("handler2").await;
    let correct = format!("/work/m/{}/{matter}/correct/{seq}", desk.place());
    let token = second.token(&correct).await;
    let corrected = second.post(&correct, &[("csrf", &token), ("ground", "a slip")]).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.text);
    let void = holder.get(address).await;
    assert_eq!(void.status, StatusCode::OK);
    assert!(void.text.contains(says("verify-void")) && !void.text.contains(says("verify-stands")));
}
