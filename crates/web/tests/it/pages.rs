//! Every page answers in both languages, well formed, with the headers that protect it.

use axum::http::StatusCode;

use crate::{desk::Desk, markup};

fn is_han(it: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&it)
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_answer_in_both_languages() {
    let desk = Desk::new("pages").await;
    let (place, procedure, matter) = (desk.place(), desk.procedure(), desk.matter().await);
    let year = desk.office.now().year();
    let open = [
        "/".to_owned(),
        format!("/p/{place}"),
        format!("/p/{place}/apply/{procedure}"),
        format!("/p/{place}/apply/{procedure}/form"),
        format!("/p/{place}/published"),
        format!("/p/{place}/report/{year}"),
        "/track".to_owned(),
        "/due".to_owned(),
        "/due?from=2026-02-10&count=7&unit=working-day&way=after".to_owned(),
        "/due?from=x&count=-1&unit=nothing&way=before".to_owned(),
        "/law".to_owned(),
        format!("/law/{procedure}"),
        "/login".to_owned(),
    ];
    let indicator = desk.office.laws().indicators().next().unwrap().key.clone();
    let closed = [
        "/work".to_owned(),
        "/work?kind=closed".to_owned(),
        format!("/work/m/{place}/{matter}"),
        format!("/work/m/{place}/{matter}/correct/1"),
        "/work/new".to_owned(),
        format!("/work/new/{procedure}"),
        "/work/search?q=1".to_owned(),
        "/work/figures".to_owned(),
        format!("/work/figures/{indicator}/{year}"),
        format!("/p/{place}/figures/{indicator}/{year}"),
        "/work/printed".to_owned(),
        "/work/import".to_owned(),
        "/work/account".to_owned(),
    ];
    let (mut visitor, mut official) = (desk.visitor(), desk.official("handler").await);
    for (path, signed) in open.iter().map(|it| (it, false)).chain(closed.iter().map(|it| (it, true))) {
        for lang in ["zh", "en"] {
            let address = format!("{path}{}lang={lang}", if path.contains('?') { "&" } else { "?" });
            let who = if signed { &mut official } else { &mut visitor };
            let answer = who.get(&address).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}");
            assert_eq!(markup::wrong(&answer.text), Vec::<String>::new(), "{address}");
            let tag = if lang == "zh" { "<html lang=\"zh-CN\"" } else { "<html lang=\"en\"" };
            assert!(answer.text.contains(tag), "{address}");
            assert!(!answer.text.contains("style=\""), "an inline style at {address}");
        }
    }
    assert!(visitor.get("/track?lang=en").await.text.contains("Track your matter"));
    let kept = visitor.get("/track").await.text;
    assert!(kept.contains("Track your matter"), "the language is remembered");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_carry_the_headers_that_protect_them() {
    let desk = Desk::new("headers").await;
    let mut visitor = desk.visitor();
    let answer = visitor.get("/login").await;
    let header = |name: &str| answer.headers.get(name).map(|it| it.to_str().unwrap()).unwrap_or_default();
    assert!(header("content-security-policy").starts_with("default-src 'none'"));
    assert!(header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("cache-control"), "no-store");
    let cookie = header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let (_, rest) = answer.text.split_once("rel=\"stylesheet\" href=\"").unwrap();
    let style = visitor.get(rest.split('"').next().unwrap()).await;
    assert!(style.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(visitor.get("/healthz").await.text, "ok");
    let missing = visitor.get("/nothing").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(markup::wrong(&missing.text), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calculator_explains_every_day() {
    let desk = Desk::new("due").await;
    let page = desk.visitor().get("/due?from=2026-02-10&count=7&unit=working-day&way=after&lang=en").await;
    assert!(page.text.contains("Ends on 26 February 2026 Thursday"));
    let table = page.text.split_once("<tbody>").unwrap().1;
    assert!(table.contains("worked by notice, counted"));
    assert!(page.text.chars().filter(|it| is_han(*it)).count() < 40, "names of holidays only");
}
