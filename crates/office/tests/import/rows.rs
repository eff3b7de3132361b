//! Rows with something wrong in them: everything is told at once, by row and column, and nothing is written.

use law::Lang;
use office::import::RowFault;

use crate::desk::{Folder, bring, office, sheet, ten};

const HEAD: &str = "own-number,file-application,file-application.applicant,file-application.applicant.kind,\
    file-application.applicant.number,file-application.respondent,file-application.contested-act-kind,\
    file-application.known-on,accept-application,accept-application.seven-conditions,send-copy,\
    confirm-copy-receipt,submit-answer,extend-review,extend-review.extension-days,decide-uphold,serve-decision,\
    transfer-application,refuse-application,decide-dismiss";

/// A row that is in order.
const GOOD: &str = "1,2023-02-01,Li,person,,Bureau,penalty-decision,2023-01-10,2023-02-03,yes,2023-02-03,2023-02-06,\
    2023-02-13,,,2023-03-20,2023-03-22,,,";

/// The good row with some cells changed.
fn row(changes: &[(usize, &str)]) -> String {
    let mut cells: Vec<&str> = GOOD.split(',').map(str::trim).collect();
    for (at, text) in changes {
        cells[*at] = text;
    }
    cells.join(",")
}

fn faults(rows: &[String]) -> Vec<RowFault> {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let head: String = HEAD.split(',').map(str::trim).collect::<Vec<_>>().join(",");
    let bytes = sheet(&head, &rows);
    let folder = Folder::new(&format!("rows-{}", engine::Hash::of(&bytes)));
    let office = office(&folder);
    match bring(&office, &bytes) {
        Ok(imported) => {
            assert_eq!(imported.imported as usize, rows.len());
            Vec::new()
        }
        Err(faults) => {
            assert!(ten(&office, 2023).iter().all(|it| it.1 == "0"), "nothing is written");
            faults
        }
    }
}

/// The one fault of a row: its column and what is said.
fn one(changes: &[(usize, &str)]) -> (String, String) {
    let faults = faults(&[row(changes)]);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].row, 2);
    for lang in [Lang::Zh, Lang::En] {
        assert!(!faults[0].says.get(lang).contains("import-"), "a message is missing: {faults:?}");
    }
    (faults[0].column.clone(), faults[0].says.en.clone())
}

#[test]
fn a_row_in_order_comes_in_whatever_its_dates_wear() {
    assert_eq!(faults(&[row(&[])]), []);
    let dressed =
        [(1, "2023/2/1"), (8, "20230203"), (10, "2023\u{5e74}2\u{6708}3\u{65e5}"), (12, "2023.2.13")];
    assert_eq!(faults(&[row(&dressed)]), []);
}

#[test]
fn dates_that_cannot_be() {
    assert_eq!(one(&[(1, "2023-02-29")]), ("B".into(), "The calendar has no day “2023-02-29”".into()));
    assert_eq!(one(&[(8, "20230431")]).0, "I");
    assert!(one(&[(8, "soon")]).1.contains("is no date"));
    assert!(one(&[(8, "44931")]).1.contains("is no date"));
    assert!(one(&[(16, "2099-01-05")]).1.contains("has not come yet"));
    assert!(one(&[(1, "")]).1.contains("is empty"));
    assert_eq!(one(&[(1, "1998-05-04")]).0, "B", "no version in force");
}

#[test]
fn dates_out_of_order_name_both_columns() {
    let (column, says) = one(&[(8, "2023-01-20")]);
    assert_eq!(column, "I");
    assert!(says.contains("column I") && says.contains("column B"), "{says}");
    let (column, says) = one(&[(15, "2023-03-25")]);
    assert_eq!(column, "Q", "served before decided");
    assert!(says.contains("column P") && says.contains("column Q"), "{says}");
    let (column, says) = one(&[(7, "2023-02-02")]);
    assert_eq!(column, "H", "known only after filing");
    assert!(says.contains("column H"), "{says}");
    let (column, says) = one(&[(17, "2023-03-30")]);
    assert_eq!(column, "R", "passed on after the end");
    assert!(says.contains("column Q"), "{says}");
}

#[test]
fn what_the_law_had_already_done_is_said() {
    let late = [(8, ""), (9, ""), (10, ""), (11, ""), (12, ""), (15, ""), (16, "")];
    let mut late = late.to_vec();
    late.push((17, "2023-02-20"));
    let (column, says) = one(&late);
    assert_eq!(column, "R");
    assert!(says.contains("8 February 2023"), "{says}");
}

#[test]
fn identity_numbers_are_checked() {
    let (column, says) = one(&[(4, "110105194912310020")]);
    assert_eq!(column, "E");
    assert!(says.contains("check digit"), "{says}");
    assert!(!says.contains("110105194912310020"), "a message never repeats the number");
    assert_eq!(faults(&[row(&[(4, "11010519491231002X")])]), []);
    assert_eq!(faults(&[row(&[(4, "passport:E12345678")])]), []);
    assert!(one(&[(3, "organization"), (4, "91350100M000100Y44")]).0 == "E");
    let (column, _) = one(&[(3, ""), (4, "")]);
    assert_eq!(column, "C", "a person or an organization?");
    assert_eq!(one(&[(3, "body")]).0, "D");
}

#[test]
fn several_parties_stand_in_one_cell() {
    let two = [(2, "Li\u{ff1b}Wang"), (3, "person;person"), (4, ";11010519491231002X")];
    assert_eq!(faults(&[row(&two)]), []);
    let (column, says) = one(&[(2, "Li;Wang")]);
    assert_eq!(column, "D");
    assert!(says.contains("one for each"), "{says}");
}

#[test]
fn values_of_the_wrong_kind() {
    assert_eq!(one(&[(6, "something else")]).0, "G");
    assert_eq!(one(&[(9, "perhaps")]).0, "J");
    assert_eq!(one(&[(13, "2023-03-01"), (14, "many")]).0, "O");
    let (column, says) = one(&[(13, "2023-03-01"), (14, "31")]);
    assert_eq!(column, "O");
    assert!(says.contains("between 1 and 30"), "{says}");
    assert!(one(&[(14, "20")]).1.contains("has no date"));
    assert_eq!(one(&[(9, "no")]).0, "I", "substance is refused, not recorded");
    assert_eq!(one(&[(5, "")]).0, "F", "no respondent");
    assert_eq!(one(&[(15, ""), (16, ""), (19, "2023-03-20")]).0, "T", "an act of a later version");
}

#[test]
fn everything_is_told_at_once() {
    let rows = [
        row(&[(0, "1"), (1, "2023-02-30")]),
        row(&[(0, "2"), (4, "110105194912310020"), (6, "x"), (8, "y")]),
        row(&[(0, "3"), (4, "110105194912310020"), (13, "2023-03-01"), (14, "40")]),
        row(&[(0, "4")]),
        row(&[(0, "4")]),
    ];
    let told: Vec<(u32, String)> = faults(&rows).into_iter().map(|it| (it.row, it.column)).collect();
    let expected = [(2, "B"), (3, "G"), (3, "I"), (4, "E"), (4, "O"), (6, "A")];
    assert_eq!(told, expected.map(|(row, column)| (row, column.to_owned())));
}

#[test]
fn equal_rows_without_a_number_are_not_two_cases() {
    let rows = [row(&[(0, "")]), row(&[(0, "")])];
    let faults = faults(&rows);
    assert!(faults.len() == 1 && faults[0].row == 3 && faults[0].says.en.contains("row 2"), "{faults:?}");
}
