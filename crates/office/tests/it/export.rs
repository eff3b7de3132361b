//! Lists taken away as files: the page's rows, the page's right, nothing a spreadsheet would run.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use law::Lang;
use office::{
    Caller, Denied, Office,
    export::{Format, List},
    view::InboxKind,
};

use crate::desk::{Case, Folder, inputs, office_in_june, official, opening, place};

/// A list as bytes and how many rows it is said to have.
async fn taken(office: &Office, by: &Caller, list: List, format: Format) -> Result<(Vec<u8>, u64), Denied> {
    let mut exported = office.export(by, list, format, Lang::En).await.unwrap()?;
    let mut bytes = Vec::new();
    exported.file.read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes.len() as u64, exported.length);
    Ok((bytes, exported.rows))
}

/// Rows of a CSV file below its header.
fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte-order mark");
    assert!(text.ends_with(b"\r\n"));
    let mut reader = csv::Reader::from_reader(text);
    reader.records().map(|it| it.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Rows of the first sheet below its header, and how many formulas the book has.
fn xlsx_rows(bytes: Vec<u8>) -> (Vec<Vec<Data>>, usize) {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).unwrap().used_cells().count();
    let rows = book.worksheet_range(&name).unwrap().rows().skip(1).map(<[Data]>::to_vec).collect();
    (rows, formulas)
}

async fn page_numbers(office: &Office, by: &Caller, kind: InboxKind) -> Vec<String> {
    let (mut numbers, mut after) = (Vec::new(), None);
    loop {
        let page = office.inbox(by, kind, after.as_deref()).await.unwrap().unwrap();
        numbers.extend(page.rows.into_iter().map(|it| it.number));
        after = page.next;
        if after.is_none() {
            return numbers;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_has_the_rows_of_all_pages_in_their_order() {
    let folder = Folder::new("export-rows");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let mut cases = Vec::new();
    for _ in 0..57 {
        cases.push(Case::file(&office).await);
    }
    for case in &cases[..3] {
        case.act(&handler, "withdraw-before-acceptance", &[]).await.unwrap();
        case.act(&handler, "archive-file", &[]).await.unwrap();
    }
    for kind in [InboxKind::Open, InboxKind::Closed, InboxKind::Overdue] {
        let wanted = page_numbers(&office, &handler, kind).await;
        let (text, rows) = taken(&office, &handler, List::Inbox(kind.into()), Format::Csv).await.unwrap();
        let numbers: Vec<String> = csv_rows(&text).into_iter().map(|it| it[0].clone()).collect();
        assert_eq!((&numbers, rows), (&wanted, wanted.len() as u64), "{kind:?}");
        let (book, _) = taken(&office, &handler, List::Inbox(kind.into()), Format::Xlsx).await.unwrap();
        let (book, formulas) = xlsx_rows(book);
        let numbers: Vec<String> = book.iter().map(|it| it[0].to_string()).collect();
        assert_eq!((numbers, formulas), (wanted, 0), "{kind:?}");
        if kind == InboxKind::Open {
            assert_eq!(book.len(), 54);
            assert!(matches!(book[0][8], Data::DateTime(_)), "a day is a day: {:?}", book[0][8]);
            assert_eq!(book[0][9], Data::Float(5.0), "working days left");
        }
    }
    let found = List::Search(cases[0].number.clone());
    assert_eq!(taken(&office, &handler, found, Format::Csv).await.unwrap().1, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_takes_nothing_away() {
    let folder = Folder::new("export-stranger");
    let office = office_in_june(&folder).await;
    let case = Case::file(&office).await;
    let citizen = {
        let session = office.visit().await.unwrap();
        office.track(&session, &place(), &case.number, &case.code, "test").await.unwrap().unwrap();
        office.session(&session.token).unwrap().unwrap().caller
    };
    let indicator = law::Key::from("applications-received");
    let lists = [
        List::Inbox(InboxKind::Open.into()),
        List::Search("欧阳".to_owned()),
        List::Cases { indicator: indicator.clone(), year: 2026 },
    ];
    for list in lists {
        for nobody in [Caller::default(), citizen.clone()] {
            let denied = taken(&office, &nobody, list.clone(), Format::Csv).await.unwrap_err();
            assert_eq!(denied, Denied::SignInFirst);
        }
        let elsewhere = official(&office, "jb-handler").await;
        let (text, rows) = taken(&office, &elsewhere, list.clone(), Format::Csv).await.unwrap();
        assert_eq!((csv_rows(&text).len(), rows), (0, 0), "{list:?}");
        let handler = official(&office, "handler").await;
        assert_eq!(taken(&office, &handler, list.clone(), Format::Csv).await.unwrap().1, 1, "{list:?}");
    }
    let nowhere = List::Published { place: "110101".parse().unwrap(), query: String::new() };
    let denied = taken(&office, &Caller::default(), nowhere, Format::Csv).await.unwrap_err();
    assert_eq!(denied, Denied::NotYours);
    let published = List::Published { place: place(), query: String::new() };
    assert_eq!(taken(&office, &Caller::default(), published, Format::Xlsx).await.unwrap().1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_looks_like_a_formula_stays_a_name() {
    let folder = Folder::new("export-formula");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let (procedure, act) = opening(&office);
    let names = ["=HYPERLINK(\"x\")", "+86 Ouyang", "-1", "@SUM(A1)", "\u{ff1d}1+1"];
    for name in names {
        let mut given = inputs(&act, &procedure, &[]);
        given.parties[0].name = name.to_owned();
        office.file(&Caller::default(), &place(), &procedure.key, given, "online").await.unwrap().unwrap();
    }
    let open = List::Inbox(InboxKind::Open.into());
    let (text, _) = taken(&office, &handler, open.clone(), Format::Csv).await.unwrap();
    for (row, name) in csv_rows(&text).iter().zip(names) {
        assert!(row[1].starts_with(&format!("'{name}")), "{}", row[1]);
    }
    let (book, formulas) = xlsx_rows(taken(&office, &handler, open, Format::Xlsx).await.unwrap().0);
    assert_eq!(formulas, 0);
    for (row, name) in book.iter().zip(names) {
        assert!(matches!(&row[1], Data::String(it) if it.starts_with(name)), "{:?}", row[1]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_read_and_who_took_is_noted_before_the_answer() {
    let folder = Folder::new("export-noted");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    Case::file(&office).await;
    office.inbox(&handler, InboxKind::Open, None).await.unwrap().unwrap();
    office.search(&handler, "欧阳").await.unwrap().unwrap();
    case.seen(&handler).await.unwrap();
    taken(&office, &handler, List::Inbox(InboxKind::Open.into()), Format::Xlsx).await.unwrap();
    taken(&office, &Caller::default(), List::Inbox(InboxKind::Open.into()), Format::Csv).await.unwrap_err();
    let rows = office.store().read(|it| it.readings(&place(), 0, 100)).unwrap();
    let told: Vec<String> = rows
        .iter()
        .map(|it| format!("{} {} {} {}", it.reading.who, it.reading.way, it.reading.what, it.reading.matters))
        .collect();
    let matter = format!("handler page matter:{}:test 1", case.id);
    let wanted = ["handler page inbox:open 2", "handler page search 2", &matter, "handler xlsx inbox:open 2"];
    assert_eq!(told, wanted);
    assert!(rows.iter().all(|it| it.reading.classes.contains("personal")));
    assert!(rows.iter().all(|it| it.reading.entitled.starts_with("post:")));
    let laws = office.laws().clone();
    let report = store::verify(folder.path(), laws.watch(), &|_| ()).unwrap();
    assert!(report.is_clean(), "{:?}", report.misfits);
    assert_eq!(report.readings, 4);
}
