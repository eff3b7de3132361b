//! Printed numbers held against the records on a page: what is found, and what is wrong with the table.

use axum::http::StatusCode;

use crate::{desk::Desk, markup};

const HEAD: &str = "claim,locator,printed,qualifier,indicator\n";

#[tokio::test(flavor = "multi_thread")]
async fn printed_numbers_are_judged_and_slips_in_the_table_are_told() {
    let desk = Desk::new("printed").await;
    let year = desk.office.now().year().to_string();
    let mut official = desk.official("handler").await;
    let token = official.token("/work/printed").await;
    let words = [("csrf", token.as_str()), ("year", year.as_str())];
    let good = format!("{HEAD}A1,none at all,0,,applications-received\nA2,nine,9,,applications-received\n");
    let answer =
        official.upload("/work/printed?lang=en", &words, &[("file", "numbers.csv", good.into_bytes())]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(markup::wrong(&answer.text), Vec::<String>::new());
    for says in
        ["equal", "cannot be true", "computed less printed is -9", "/work/figures/applications-received/"]
    {
        assert!(answer.text.contains(says), "{says}: {}", answer.text);
    }
    let bad = format!("{HEAD}A1,x,many,perhaps,no-such-indicator\n");
    let answer =
        official.upload("/work/printed?lang=en", &words, &[("file", "numbers.csv", bad.into_bytes())]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for says in ["is no qualifier", "There is no indicator", "mend it first"] {
        assert!(answer.text.contains(says), "{says}: {}", answer.text);
    }
    assert_eq!(official.upload("/work/printed", &words, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let rows: String = (0..300).map(|n| format!("A{n},x,many,,no-such-indicator\n")).collect();
    let file = ("file", "numbers.csv", format!("{HEAD}{rows}").into_bytes());
    let answer = official.upload("/work/printed?lang=en", &words, &[file]).await;
    assert_eq!(answer.text.matches("<tr>").count(), 201, "a head and as many rows as the import shows");
    assert!(answer.text.contains("more are not listed"), "{}", answer.text);
    for year in ["20000", "-20000", "next"] {
        let words = [("csrf", token.as_str()), ("year", year)];
        let row = format!("{HEAD}A1,none at all,0,,applications-received\n");
        let file = ("file", "numbers.csv", row.into_bytes());
        let answer = official.upload("/work/printed?lang=en", &words, &[file]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{year}");
        assert!(answer.text.contains("role=\"alert\""), "{year}");
    }
    let mut visitor = desk.visitor();
    assert_ne!(visitor.get("/work/printed").await.status, StatusCode::OK);
}
