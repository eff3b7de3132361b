//! Many rows: the largest file that is read, and one row more.

use std::fmt::Write as _;

use office::import;

use crate::desk::{Folder, PROCEDURE, bring, office, official, ten, wait};

const HEAD: &str = "own-number,file-application,file-application.applicant,file-application.applicant.kind,\
    file-application.respondent,accept-application,send-copy,confirm-copy-receipt,submit-answer,decide-uphold,\
    serve-decision";

/// So many cases in order.
fn cases(count: usize) -> Vec<u8> {
    let mut text = HEAD.split(',').map(str::trim).collect::<Vec<_>>().join(",");
    for number in 0..count {
        write!(
            text,
            "\n{number},2023-02-01,Li,person,Bureau,2023-02-03,2023-02-03,2023-02-06,2023-02-13,2023-03-20,2023-03-22"
        )
        .unwrap();
    }
    text.into_bytes()
}

#[test]
fn one_row_too_many_is_told_at_once() {
    let folder = Folder::new("too-many");
    let faults = bring(&office(&folder), &cases(100_001)).unwrap_err();
    assert!(faults.len() == 1 && faults[0].says.en.contains("More than 100000 rows"), "{faults:?}");
}

#[test]
fn some_thousand_rows_are_checked_and_brought_in() {
    let folder = Folder::new("large");
    let office = office(&folder);
    let bytes = cases(2_000);
    let checked = wait(import::check(&office, &official(), PROCEDURE, "x", bytes.clone())).unwrap().unwrap();
    assert!(checked.errors.is_empty() && checked.rows == 2_000);
    assert_eq!(bring(&office, &bytes).unwrap().imported, 2_000);
    assert_eq!(ten(&office, 2023)[0].1, "2000");
}
