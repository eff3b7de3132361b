//! Files that are no spreadsheets, or broken ones: each says in words what it is.

use std::io::Write as _;

use flate2::{Compression, write::DeflateEncoder};
use law::Lang;
use office::import::{self, RowFault};

use crate::desk::{Folder, PROCEDURE, bring, example, laws, office, official, wait};

/// The one thing said about a whole file.
fn said(bytes: &[u8]) -> String {
    let folder = Folder::new(&format!("bad-{}", engine::Hash::of(bytes)));
    let office = office(&folder);
    let faults = bring(&office, bytes).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(!faults[0].says.zh.is_empty() && faults[0].says.zh != faults[0].says.en);
    faults[0].says.en.clone()
}

#[test]
fn what_is_no_spreadsheet_is_called_by_its_name() {
    assert!(said(b"").contains("empty"));
    assert!(said(b"  \r\n ").contains("empty"));
    assert!(said(b"%PDF-1.7 \x00\x01").contains("PDF"));
    assert!(said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook").contains(".xlsx"));
    assert!(said(b"\x89PNG\r\n\x1a\n\x00\x00").contains("other than text"));
    assert!(said(b"GIF89a\x00\x01").contains("other than text"));
    assert!(said("{\"json\": true}\nx".as_bytes()).contains("not one known header"));
    assert!(said(b"only a header\n").contains("nothing below"));
    assert!(said(b"PK\x03\x04 and nothing more").contains("incomplete"));
    assert!(said("<html><body>error</body></html>\n1".as_bytes()).contains("not one known header"));
}

#[test]
fn a_workbook_cut_short_anywhere_is_incomplete() {
    let whole = example("500105-2023.xlsx");
    for tenth in 1..10 {
        let says = said(&whole[..whole.len() * tenth / 10]);
        assert!(says.contains("incomplete"), "{tenth} tenths: {says}");
    }
}

#[test]
fn a_workbook_with_a_bit_turned_is_read_or_refused_but_never_breaks_the_office() {
    let folder = Folder::new("bits");
    let office = office(&folder);
    let whole = example("500105-2023.xlsx");
    for step in 0..120 {
        let mut bytes = whole.clone();
        let at = bytes.len() * step / 120;
        bytes[at] ^= 1 << (step % 8);
        let checked = wait(import::check(&office, &official(), PROCEDURE, "bits.xlsx", bytes));
        checked.unwrap().unwrap();
    }
}

/// A zip with one file of so many zeros, whose directory claims `claimed` bytes.
fn archive(name: &str, zeros: usize, claimed: Option<u32>) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    let block = vec![0; 1 << 20];
    for _ in 0..zeros >> 20 {
        packer.write_all(&block).unwrap();
    }
    let packed = packer.finish().unwrap();
    let size = claimed.unwrap_or(zeros as u32).to_le_bytes();
    let length = (packed.len() as u32).to_le_bytes();
    let named = (name.len() as u16).to_le_bytes();
    let mut bytes = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    for part in [&length[..], &size, &named, &[0, 0], name.as_bytes(), &packed] {
        bytes.extend_from_slice(part);
    }
    let start = (bytes.len() as u32).to_le_bytes();
    bytes.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0");
    for part in [&length[..], &size, &named, &[0; 16], name.as_bytes()] {
        bytes.extend_from_slice(part);
    }
    let directory = (bytes.len() as u32 - u32::from_le_bytes(start)).to_le_bytes();
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    for part in [&directory[..], &start, &[0, 0]] {
        bytes.extend_from_slice(part);
    }
    bytes
}

#[test]
fn an_archive_that_swells_is_not_unpacked_whatever_it_claims() {
    let bomb = archive("xl/sharedStrings.xml", 400 << 20, None);
    assert!(bomb.len() < 1 << 20);
    assert!(said(&bomb).contains("larger than any real spreadsheet"));
    let liar = archive("xl/sharedStrings.xml", 400 << 20, Some(100));
    assert!(said(&liar).contains("larger than any real spreadsheet"));
    assert!(said(&archive("letter.txt", 1 << 20, None)).contains("archive without a workbook"));
}

#[test]
fn more_than_twenty_megabytes_are_refused_and_twenty_are_read() {
    let mut bytes = b"own-number\n".to_vec();
    bytes.resize(20 << 20, b'x');
    let faults = says_all(&bytes);
    assert!(faults.iter().all(|it| !it.says.en.contains("larger than 20 MB")), "{faults:?}");
    bytes.push(b'x');
    assert!(said(&bytes).contains("larger than 20 MB"));
}

fn says_all(bytes: &[u8]) -> Vec<RowFault> {
    let folder = Folder::new("large");
    bring(&office(&folder), bytes).unwrap_err()
}

#[test]
fn code_pages_are_told_apart() {
    let text = String::from_utf8(example("500105-2023.csv")).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let (gb, ..) = encoding_rs::GB18030.encode(text);
    let wide: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .map(|it| it as u32 as u16)
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [("gb18030", gb.into_owned()), ("plain", text.as_bytes().to_vec()), ("utf-16", wide)]
    {
        let folder = Folder::new(name);
        assert_eq!(bring(&office(&folder), &bytes).unwrap().imported, 169, "{name}");
    }
    let mut broken = text.as_bytes().to_vec();
    let at = text.match_indices('\n').nth(2).unwrap().0 + 1;
    broken[at] = 0xff;
    let says = said(&broken);
    assert!(says.contains(&format!("row 4, byte {}", at + 1)), "{says}");
}

#[test]
fn tabs_and_semicolons_part_columns_too() {
    let text = String::from_utf8(example("500105-2023.csv")).unwrap();
    for mark in ["\t", ";"] {
        let folder = Folder::new("mark");
        let other = text.replace(',', mark);
        assert_eq!(bring(&office(&folder), other.as_bytes()).unwrap().imported, 169, "{mark:?}");
    }
}

#[test]
fn an_open_quotation_mark_is_found_where_it_opens() {
    let text = "file-application,own-number\n2023-01-04,1\n2023-01-05,\"2\n2023-01-06,3\n";
    assert!(said(text.as_bytes()).contains("row 3"));
}

#[test]
fn headers_that_are_nearly_right_are_named() {
    let procedure = laws().procedure(PROCEDURE, "2023-06-01".parse().unwrap()).unwrap();
    let line = import::template_csv(&procedure, Lang::Zh);
    let right = line.trim().trim_start_matches('\u{feff}').split(',').nth(1).unwrap().to_owned();
    let slip: String = right.chars().skip(1).collect();
    let faults = says_all(format!("{right},{slip},{right},nonsense here\n2023-01-04,,,\n").as_bytes());
    let told: Vec<(&str, bool)> =
        faults.iter().map(|it| (it.column.as_str(), it.says.zh.contains(&right))).collect();
    assert_eq!(told, [("B", true), ("C", true), ("D", false)], "{faults:?}");
    let faults = says_all(b"own-number\n17\n");
    assert!(faults[0].says.en.contains("The file has no column"), "{faults:?}");
}

#[test]
fn the_template_is_a_file_that_the_import_reads() {
    let folder = Folder::new("template");
    let office = office(&folder);
    for version in laws().versions(PROCEDURE) {
        let bytes = import::template(&version).unwrap();
        let checked = wait(import::check(&office, &official(), PROCEDURE, "t.xlsx", bytes)).unwrap();
        let errors = checked.unwrap().errors;
        assert!(errors.len() == 1 && errors[0].says.en.contains("nothing below"), "{errors:?}");
        for lang in [Lang::Zh, Lang::En] {
            let line = import::template_csv(&version, lang);
            let faults = bring(&office, format!("{line}x\r\n").as_bytes()).unwrap_err();
            assert!(faults.iter().all(|it| it.row == 2), "every header is known: {faults:?}");
        }
    }
}
