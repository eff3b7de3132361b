//! Case files: cover, catalogue, every part in its place, pages numbered through.

use std::{fs, path::PathBuf, time::Instant};

use law::Layout;
use press::wire::{Content, Dossier, Part};
use typeset::{dossier, paper};

use crate::{
    page::{Pdf, Word, fonts, near, tools},
    papers::{document, line},
};

fn part(name: &str, content: Content) -> Part {
    Part {
        name: name.to_owned(),
        number: "复决〔2024〕1号".to_owned(),
        date: "2024-07-01".to_owned(),
        content,
    }
}

fn file(path: PathBuf, media: &str) -> Content {
    Content::File { path, media: media.to_owned(), hash: "ab12".to_owned() }
}

fn case(parts: Vec<Part>) -> Dossier {
    Dossier {
        body: "某某市人民政府".to_owned(),
        title: "张三不服某某市某某局行政处罚决定案".to_owned(),
        number: "复收〔2024〕1号".to_owned(),
        cover: vec![
            ("案号".to_owned(), "复收〔2024〕1号".to_owned()),
            ("保管期限".to_owned(), "永久".to_owned()),
        ],
        parts,
    }
}

/// The smallest picture: one red dot.
const PNG: [u8; 69] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x08, 0xd7, 0x63,
    0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("yifa-dossier-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn every_part_is_in_its_place_and_the_pages_are_numbered_through() {
    let Some(fonts) = fonts().filter(|_| tools()) else { return };
    let folder = folder("parts");
    let (answer, pages) = paper(&document(Layout::Letter, 4, 280), fonts).unwrap();
    assert!(pages >= 2);
    fs::write(folder.join("answer.pdf"), &answer).unwrap();
    fs::write(folder.join("photo.png"), PNG).unwrap();
    fs::write(folder.join("sound.mp3"), b"ID3").unwrap();
    fs::write(folder.join("broken.pdf"), b"%PDF-1.7 no more").unwrap();
    let parts = vec![
        part("行政复议决定书", Content::Paper(Box::new(document(Layout::Document, 1, 60)))),
        part("书面答复", file(folder.join("answer.pdf"), "application/pdf")),
        part("现场照片", file(folder.join("photo.png"), "image/png")),
        part("录音", file(folder.join("sound.mp3"), "audio/mpeg")),
        part("遗失{hash}", file(folder.join("gone.pdf"), "application/pdf")),
        part("损坏的文件", file(folder.join("broken.pdf"), "application/pdf")),
    ];
    let mut heard = Vec::new();
    let made = dossier(&case(parts), fonts, &mut |done, of| heard.push((done, of)));
    let (bytes, whole) = made.unwrap();
    assert_eq!(heard, [(1, 7), (2, 7), (3, 7), (4, 7), (5, 7), (6, 7), (7, 7)]);
    // Cover, catalogue, and the pages of the parts.
    assert_eq!(whole, 2 + 1 + pages + 1 + 1 + 1 + 1);
    let pdf = Pdf::new(&bytes);
    let words = pdf.words();
    let on = |page: usize, text: &str| words.iter().any(|it| it.page == page && it.text.contains(text));
    assert!(on(1, "复收〔2024〕1号") && on(2, "行政复议决定书") && on(2, "损坏的文件"));
    // The catalogue names the page on which each part begins, and where the last one ends.
    let stamps: Vec<&Word> =
        words.iter().filter(|it| it.top < 15.0 && it.text.parse::<usize>().is_ok()).collect();
    let numbers: Vec<(usize, String)> = stamps.iter().map(|it| (it.page, it.text.clone())).collect();
    let wanted: Vec<(usize, String)> = (1..=whole - 2).map(|it| (it + 2, it.to_string())).collect();
    assert_eq!(numbers, wanted);
    for stamp in stamps {
        let odd = stamp.text.parse::<usize>().unwrap() % 2 == 1;
        near(if odd { 210.0 - stamp.right } else { stamp.left }, 12.0, 0.5);
    }
    let audio = 3 + pages + 2;
    assert!(on(audio, "另行保存") || pdf.text().contains("另行保存"), "{}", pdf.text());
    let text: String = pdf.text().split_whitespace().collect();
    assert!(text.contains("大小：3字节；校验值：ab12"), "{text}");
    assert!(text.contains("没有找到。文件名：遗失{hash}；"), "{text}");
    fs::remove_dir_all(&folder).unwrap();
}

/// A smallest file of a version of PDF, one empty page.
fn blank_pdf(version: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ];
    let mut text = format!("%PDF-{version}\n");
    let mut table = "0000000000 65535 f \n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", text.len());
        text += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = text.len();
    text += &format!("xref\n0 4\n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    text.into_bytes()
}

#[test]
fn files_of_every_version_of_pdf_become_pages() {
    let Some(fonts) = fonts().filter(|_| tools()) else { return };
    let folder = folder("versions");
    let parts = ["1.4", "1.7", "2.0"].map(|version| {
        let path = folder.join(version);
        fs::write(&path, blank_pdf(version)).unwrap();
        part(version, file(path, "application/pdf"))
    });
    let (bytes, whole) = dossier(&case(parts.into()), fonts, &mut |_, _| {}).unwrap();
    assert_eq!(whole, 2 + 3);
    assert!(!Pdf::new(&bytes).text().contains("另行保存"));
    fs::remove_dir_all(&folder).unwrap();
}

/// How long a large case file takes; printed, and bounded loosely enough for a busy machine.
#[test]
fn three_hundred_pages_are_one_file() {
    let Some(fonts) = fonts().filter(|_| tools()) else { return };
    let folder = folder("large");
    // Half of it own papers, no two the same; half files, none of which is another.
    let one = |at: usize| {
        let mut document = document(Layout::Document, 8, 280);
        document.number = Some(line(&format!("某府复决〔2024〕{at}号")));
        document
    };
    let own = (0..40).map(|at| part(&format!("文书{at}"), Content::Paper(Box::new(one(at)))));
    let files = (40..80).map(|at| {
        let path = folder.join(format!("{at}.pdf"));
        fs::write(&path, paper(&one(at), fonts).unwrap().0).unwrap();
        part(&format!("材料{at}"), file(path, "application/pdf"))
    });
    let parts = own.chain(files).collect();
    let start = Instant::now();
    let (bytes, whole) = dossier(&case(parts), fonts, &mut |_, _| {}).unwrap();
    let took = start.elapsed();
    println!("{whole} pages, {} KB, {took:?}", bytes.len() / 1024);
    assert!(whole >= 300);
    assert!(took.as_secs() < 60, "{took:?}");
    fs::remove_dir_all(&folder).unwrap();
}
