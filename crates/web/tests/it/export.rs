//! Lists as files: the links on the pages, what they answer, and to whom.

use axum::http::StatusCode;

use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_a_list_leads_to_its_files() {
    let desk = Desk::new("export").await;
    desk.matter().await;
    let year = desk.office.now().year();
    let place = desk.place();
    let opens = |key: &law::Key| {
        let figure = desk.office.figure(&place, key, year).unwrap();
        figure.is_some_and(|it| it.cases.is_some_and(|n| n > 0))
    };
    let indicator = desk.office.laws().indicators().map(|it| it.key.clone()).find(opens).unwrap();
    let mut official = desk.official("handler").await;
    let pages = ["/work?kind=open", "/work/search?q=Ouyang", &format!("/work/figures/{indicator}/{year}")]
        .map(str::to_owned);
    for page in pages {
        let shown = official.get(&page).await.text;
        for ending in ["xlsx", "csv"] {
            let links = shown.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
            let link = links.into_iter().find(|it| it.contains(&format!("/{ending}"))).unwrap_or_default();
            let file = official.get(&link.replace("&amp;", "&")).await;
            assert_eq!(file.status, StatusCode::OK, "{page} {link}");
            let name = file.headers["content-disposition"].to_str().unwrap();
            assert!(name.starts_with("attachment;") && name.ends_with(&format!(".{ending}\"")), "{name}");
            let begins = if ending == "csv" { "\u{feff}" } else { "PK" };
            assert!(file.text.starts_with(begins), "{page} {ending}");
            if ending == "csv" {
                assert_eq!(file.text.lines().count(), 2, "{page}: a header and the matter");
            }
        }
    }
    assert_eq!(official.get("/work/export/inbox/pdf").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_a_list_without_signing_in() {
    let desk = Desk::new("export-stranger").await;
    desk.matter().await;
    let mut visitor = desk.visitor();
    let year = desk.office.now().year();
    for path in ["inbox/xlsx", "search/csv?q=Ouyang", &format!("figures/none/{year}/csv")] {
        let answer = visitor.get(&format!("/work/export/{path}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.leads().starts_with("/login?next="), "{path}");
    }
    let place = desk.place();
    let published = visitor.get(&format!("/p/{place}/export/published/csv")).await;
    assert_eq!((published.status, published.text.lines().count()), (StatusCode::OK, 1));
    assert_eq!(visitor.get("/p/110101/export/published/csv").await.status, StatusCode::NOT_FOUND);
}
