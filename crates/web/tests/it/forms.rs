//! Forms keep everything that was typed, show every fault, and end in a receipt.

use axum::http::StatusCode;
use law::{FieldKind, PartyKind};
use office::view::{AskView, FormView};

use crate::{desk::Desk, markup};

/// Something for every input that must be filled in.
fn typed(form: &FormView) -> Vec<(String, String)> {
    let mut pairs = vec![("do".to_owned(), "go".to_owned())];
    for ask in &form.asks {
        match ask {
            AskView::Parties { party, need: law::Need::Required } => {
                let kind = match party.kinds[0] {
                    PartyKind::Person => "person",
                    PartyKind::Organization => "organization",
                    PartyKind::Body => "body",
                };
                pairs.push((format!("p.{}.0.kind", party.key), kind.to_owned()));
                pairs.push((format!("p.{}.0.name", party.key), "Ouyang <b>".to_owned()));
            }
            AskView::Field { field, need: law::Need::Required } => {
                let value = match &field.kind {
                    FieldKind::Choice { options } => options[0].key.to_string(),
                    FieldKind::YesNo => "yes".to_owned(),
                    FieldKind::Number { min, .. } => min.to_string(),
                    FieldKind::Date { .. } => "2026/3/2".to_owned(),
                    FieldKind::Money => "1,234.50".to_owned(),
                    FieldKind::Text { .. }
                    | FieldKind::Body
                    | FieldKind::File { .. }
                    | FieldKind::List { .. }
                    | FieldKind::Matter
                    | FieldKind::Official => "words & words".to_owned(),
                };
                pairs.push((format!("f.{}", field.key), value));
            }
            _ => {}
        }
    }
    pairs
}

fn lent(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(key, value)| (&**key, &**value)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_applies_and_follows_the_matter() {
    let desk = Desk::new("apply").await;
    let base = format!("/p/{}/apply/{}", desk.place(), desk.procedure());
    let (form, check) = (format!("{base}/form"), format!("{base}/check"));
    let asked =
        desk.office.opening_form(&office::Caller::default(), &desk.place(), &desk.procedure()).unwrap();
    let mut citizen = desk.visitor();
    let token = citizen.token(&form).await;

    let empty = citizen.post(&form, &[("csrf", &token), ("do", "go")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("role=\"alert\"") && empty.text.contains("aria-invalid=\"true\""));
    assert_eq!(markup::wrong(&empty.text), Vec::<String>::new());

    let mut pairs = typed(&asked);
    pairs.push(("csrf".to_owned(), token.clone()));
    let sent = citizen.upload(&form, &lent(&pairs), &[]).await;
    assert_eq!((sent.status, sent.leads()), (StatusCode::SEE_OTHER, check.clone()), "{}", sent.text);
    let page = citizen.get(&check).await;
    assert!(page.text.contains("Ouyang &lt;b&gt;"), "shown as typed, never as markup");
    let filed = citizen.post(&check, &[("csrf", &token)]).await;
    let receipt = citizen.get(&filed.leads()).await;
    assert_eq!(receipt.status, StatusCode::OK);
    assert_eq!(citizen.get(&filed.leads()).await.status, StatusCode::OK, "can be reloaded");
    let again = citizen.post(&check, &[("csrf", &token)]).await;
    assert_eq!(again.leads(), base, "filed once only");

    let mine = filed.leads().replace("/receipt/", "/my/");
    assert_eq!(citizen.get(&mine).await.status, StatusCode::OK, "opened for who filed");
    assert_eq!(desk.visitor().get(&mine).await.status, StatusCode::NOT_FOUND);
    let words = |class: &str| {
        let (_, rest) = receipt.text.split_once(class).unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    let (number, code) = (words("<dd>"), words("<dd class=\"code\">"));
    let mut later = desk.visitor();
    let token = later.token("/track").await;
    let place = desk.place().to_string();
    let wrong = [("csrf", &*token), ("p", &*place), ("number", &*number), ("code", "WRONG")];
    assert_eq!(later.post("/track", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("csrf", &*token), ("p", &*place), ("number", &*number), ("code", &*code)];
    assert_eq!(later.post("/track", &right).await.leads(), mine);
    let view = later.get(&mine).await;
    assert_eq!(markup::wrong(&view.text), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_kept_with_its_files() {
    let desk = Desk::new("draft").await;
    let form = format!("/p/{}/apply/{}/form", desk.place(), desk.procedure());
    let asked =
        desk.office.opening_form(&office::Caller::default(), &desk.place(), &desk.procedure()).unwrap();
    let file = asked.asks.iter().find_map(|ask| match ask {
        AskView::Field { field, .. } => {
            matches!(field.kind, FieldKind::File { .. }).then(|| format!("f.{}", field.key))
        }
        AskView::Parties { .. } => None,
    });
    let role = asked.asks.iter().find_map(|ask| match ask {
        AskView::Parties { party, .. } if party.max.is_none() => Some(party.key.to_string()),
        _ => None,
    });
    let (file, role) = (file.unwrap(), role.unwrap());
    let mut citizen = desk.visitor();
    let token = citizen.token(&form).await;
    let name = format!("p.{role}.0.name");
    let add = format!("add:{role}");
    let rows = format!("rows.{role}");
    let pairs = [("csrf", &*token), (&*name, "Ouyang"), (&*rows, "1"), ("do", &*add)];
    let small = (&*file, "paper.txt", b"content".to_vec());
    let answer = citizen.upload(&form, &pairs, &[small]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = citizen.get(&form).await.text;
    assert!(page.contains("value=\"Ouyang\"") && page.contains("paper.txt"));
    assert!(page.contains(&format!("id=\"p.{role}.1.name\"")), "a second row");

    let large = (&*file, "film.bin", vec![7; 26 << 20]);
    let pairs = [("csrf", &*token), (&*name, "Ouyang Mingyue"), (&*rows, "2"), ("do", "go")];
    let answer = citizen.upload(&form, &pairs, &[large]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("Ouyang Mingyue") && answer.text.contains("film.bin"));
    assert!(citizen.get(&form).await.text.contains("Ouyang Mingyue"), "kept although too much was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_official_acts_and_a_stale_page_is_told() {
    let desk = Desk::new("act").await;
    let matter = desk.matter().await;
    let page = format!("/work/m/{}/{matter}", desk.place());
    let mut official = desk.official("handler").await;
    let view = official.get(&page).await;
    assert!(view.text.contains("class=\"cite\""), "articles stand beside");
    let acts: Vec<String> = view
        .text
        .split("class=\"act\" href=\"")
        .skip(1)
        .map(|it| it.split('"').next().unwrap().to_owned())
        .collect();
    assert!(!acts.is_empty());
    let token = official.token(&acts[0]).await;
    let stale = official.post(&acts[0], &[("csrf", &token), ("version", "0"), ("do", "go")]).await;
    assert!(
        [StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY].contains(&stale.status),
        "{}",
        stale.status
    );
    let late = official.post(&acts[0], &[("csrf", &token), ("late.day", "never"), ("do", "go")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("late.day-fault"));
    let correct = format!("{page}/correct/1");
    let silent = official.post(&correct, &[("csrf", &token), ("ground", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
}
