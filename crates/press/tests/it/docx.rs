//! The measures of GB/T 9704 as the file states them, and what word processors make lines and pages of.

use std::io::{Cursor, Read as _};

use law::Layout;
use papers::{Attachment, Document, Line, Part, Run, Signature, Standing, TableRow};

fn line(words: &str) -> Line {
    vec![Run::Words(words.to_owned())]
}

fn document(layout: Layout) -> Document {
    Document {
        layout,
        mark: line("某某市人民政府"),
        number: Some(line("某府复决〔2024〕12号")),
        title: line("某某市人民政府\n行政复议决定书"),
        recipients: Some(line("张三")),
        body: vec![
            Part::Numbered { level: 1, number: "一、".to_owned(), line: line("请求") },
            Part::Text {
                line: vec![Run::Words("请求".to_owned()), Run::Blank { of: "理由".to_owned() }],
                flush: false,
            },
            Part::Table {
                columns: vec![1, 3],
                rows: vec![
                    TableRow { cells: vec![line("项目"), line("内容")], head: true },
                    TableRow { cells: vec![line("合计")], head: false },
                ],
            },
        ],
        attachments: [("1. ", "副本"), ("2. ", "清单")]
            .map(|(number, name)| Attachment { number: number.to_owned(), name: line(name) })
            .into(),
        signature: Some(Signature { by: line("某局"), date: line("2024年7月1日") }),
        note: Some(line("承办人")),
        date: None,
        copies: Some(line("某某局")),
        printed: Some(("某某市人民政府".to_owned(), "2024年7月1日".to_owned())),
        verify: Some("https://yifa.example/v/1".to_owned()),
        standing: Standing::Issued,
    }
}

/// The parts of the file by name.
fn parts(document: &Document) -> impl Fn(&str) -> String + use<> {
    let bytes = press::docx(document).unwrap();
    move |name: &str| {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        let mut text = String::new();
        archive.by_name(&format!("word/{name}")).unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

/// The number in an attribute of the first element of a name.
fn number(xml: &str, element: &str, attribute: &str) -> i64 {
    let (_, rest) = xml.split_once(&format!("<w:{element} ")).unwrap();
    let (_, rest) = rest.split_once(&format!("w:{attribute}=\"")).unwrap();
    rest.split_once('"').unwrap().0.parse().unwrap()
}

/// The properties of the paragraph that holds some words, and of their run.
fn around<'a>(xml: &'a str, words: &str) -> &'a str {
    let at = xml.find(words).unwrap();
    let start = xml[..at].rfind("<w:p ").unwrap();
    &xml[start..at]
}

/// A length in twentieths of a point in millimetres.
fn mm(twips: i64) -> f64 {
    twips as f64 * 25.4 / 1440.0
}

#[test]
fn the_page_has_the_margins_and_the_grid_of_the_standard() {
    let xml = parts(&document(Layout::Document))("document.xml");
    for (attribute, wanted) in [("top", 37.0), ("bottom", 35.0), ("left", 28.0), ("right", 26.0)] {
        let found = mm(number(&xml, "pgMar", attribute));
        assert!((found - wanted).abs() < 0.1, "{attribute}: {found} mm");
    }
    let (wide, high) = (number(&xml, "pgSz", "w"), number(&xml, "pgSz", "h"));
    assert!((mm(wide) - 210.0).abs() < 0.1 && (mm(high) - 297.0).abs() < 0.1);
    let text = wide - number(&xml, "pgMar", "left") - number(&xml, "pgMar", "right");
    let tall = high - number(&xml, "pgMar", "top") - number(&xml, "pgMar", "bottom");
    let body = around(&xml, "请求</w:t></w:r><w:r><w:rPr><w:sz");
    let pitch = number(body, "spacing", "line");
    assert!(body.contains("w:lineRule=\"exact\""));
    assert_eq!(tall / pitch, 22, "lines");
    assert_eq!(number(&xml, "docGrid", "linePitch"), pitch);
    let tight = "<w:spacing w:val=\"";
    let (_, rest) = body.rsplit_once(tight).unwrap();
    let tight: i64 = rest.split_once('"').unwrap().0.parse().unwrap();
    // Half points to twentieths, and what is taken from between two characters.
    let cell = number(body, "sz", "val") * 10 + tight;
    assert_eq!(text / cell, 28, "characters");
    assert_eq!(number(body, "ind", "firstLine"), 2 * cell);
}

#[test]
fn every_rank_has_its_type() {
    let xml = parts(&document(Layout::Document))("document.xml");
    for (words, size, font) in [
        ("行政复议决定书", 44, "FZXiaoBiaoSong-B05S"),
        ("某府复决〔2024〕12号", 32, "FangSong"),
        ("一、", 32, "SimHei"),
        ("抄送：", 28, "FangSong"),
    ] {
        let before = around(&xml, words);
        let run = &before[before.rfind("<w:r>").unwrap()..];
        assert_eq!(number(run, "sz", "val"), size, "{words}");
        assert!(run.contains(&format!("w:eastAsia=\"{font}\"")), "{words}: {run}");
    }
    assert!(around(&xml, "某某市人民政府").contains("<w:color w:val=\"E60012\""));
    assert!(around(&xml, "某府复决〔2024〕12号").contains("<w:pBdr><w:bottom"), "the red line");
    assert!(around(&xml, "行政复议决定书").contains("<w:br "), "a title breaks where it says so");
    assert!(xml.contains("<w:u w:val=\"single\""), "a blank is a line to write on");
    assert!(xml.contains("<w:gridSpan w:val=\"2\""), "the last cell takes what is left");
}

#[test]
fn pages_are_numbered_at_the_outer_side() {
    let of = parts(&document(Layout::Document));
    let (odd, even) = (of("footer1.xml"), of("footer2.xml"));
    assert!(odd.contains("<w:jc w:val=\"right\"") && even.contains("<w:jc w:val=\"left\""), "{odd}\n{even}");
    assert!(odd.contains("— </w:t>") && odd.contains("PAGE") && number(&odd, "sz", "val") == 28, "{odd}");
    assert!(of("settings.xml").contains("evenAndOddHeaders"));
    let letter = parts(&document(Layout::Letter));
    let xml = letter("document.xml");
    assert!(xml.contains("<w:titlePg"), "the first page has a foot of its own");
    let first = ["footer1.xml", "footer2.xml", "footer3.xml"].map(letter);
    let line = first.iter().find(|it| it.contains("thinThickSmallGap")).unwrap();
    assert!(!line.contains("PAGE"), "and no number");
    assert!(xml.contains("thickThinSmallGap"));
}

#[test]
fn a_document_that_does_not_count_says_so() {
    let mut draft = document(Layout::Letter);
    draft.standing = Standing::Draft;
    assert!(parts(&draft)("document.xml").contains("（草稿）"));
    draft.standing = Standing::Void;
    assert!(parts(&draft)("document.xml").contains("（作废）"));
}
