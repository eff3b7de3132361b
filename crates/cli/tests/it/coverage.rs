//! What the worked cases say they cover, of the packs and of a small folder.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use crate::yifa::{Folder, root, yifa, yifa_in};

/// The rows that the packs cover, whole.
fn of_the_packs() -> BTreeSet<String> {
    (222..=249).map(|it| format!("S{it}")).collect()
}

#[test]
fn every_claim_of_the_packs_holds_and_their_rows_are_whole() {
    let ran = yifa(&["law", "coverage", "--json"]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["faults"], Value::Array(Vec::new()), "a claim names an unknown row or ability");
    let rows = told["rows"].as_array().unwrap();
    let ids: Vec<String> = rows.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, (1..=389).map(|it| format!("S{it:03}")).collect::<Vec<_>>());
    let whole: BTreeSet<String> = rows
        .iter()
        .filter(|it| it["whole"] == true)
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect();
    let open: Vec<String> = of_the_packs().difference(&whole).cloned().collect();
    assert_eq!(open, Vec::<String>::new(), "rows of the packs that are not whole any more");
    for row in rows {
        let scenarios = row["scenarios"].as_array().unwrap();
        assert_eq!(scenarios.is_empty(), row["covered"] == 0 && row["refusal"] == false, "{row}");
        assert!(row["covered"].as_u64() <= row["abilities"].as_u64(), "{row}");
    }
    assert_eq!((ran.code, told["whole"].as_u64()), (0, Some(whole.len() as u64)));
}

#[test]
fn every_ability_of_the_table_can_be_claimed() {
    let text = fs::read_to_string(root().join("law/coverage.tsv")).unwrap();
    for line in text.lines().filter(|it| it.starts_with('S')) {
        for says in line.split('\t').nth(2).unwrap().split(';') {
            let mut depth = 0;
            let outside = says.chars().filter(|c| {
                depth += i32::from(*c == '(') - i32::from(*c == ')');
                depth == 0
            });
            assert!(!outside.collect::<String>().contains(','), "a claim parts things by commas: {line}");
            assert!(!says.ends_with(" by page") && !says.ends_with(" by figure"), "{line}");
        }
    }
}

const ROWS: &str = "# rows\ndomain\t01\tF\tField\toutside S3\nS1\tA\tasks;answers;is counted\tOne\n\
                    S2\tB\tdecides\tTwo\nS3\tC\twatches\tThree\n";
const CASE: &str = "```covers S1\n- Asks, answers\n- is counted by figure\n- refusal\n```\n\n\
                    ```scenario\n    stage one\n    refused unmet x\n```\n";

fn covered(folder: &Folder, tale: &str) -> (i32, Value, String) {
    fs::write(folder.path().join("law/pack/scenarios/one.md"), tale).unwrap();
    let json = yifa_in(folder.path(), &["law", "coverage", "--json"]);
    let said = yifa_in(folder.path(), &["law", "coverage", "--lang", "en"]);
    assert_eq!(json.code, said.code);
    (said.code, serde_json::from_str(&json.out).unwrap(), said.out + &said.err)
}

#[test]
fn a_row_counts_when_all_of_it_is_shown_and_something_is_refused() {
    let folder = Folder::new("coverage");
    fs::create_dir_all(folder.path().join("law/pack/scenarios")).unwrap();
    assert_eq!(yifa_in(folder.path(), &["law", "coverage"]).code, 2);
    fs::write(folder.path().join("law/coverage.tsv"), ROWS).unwrap();

    let (code, json, says) = covered(&folder, CASE);
    assert_eq!(code, 0);
    assert!(says.contains("1 of 3 rows covered, 3 of 5 abilities"), "{says}");
    assert!(says.lines().all(|it| !it.contains("Two")), "rows that nothing speaks of are summed: {says}");
    let field = says.lines().find(|it| it.contains("Field")).unwrap();
    assert_eq!(field.split_whitespace().collect::<Vec<_>>(), ["01", "Field", "3", "1", "0", "2", "0", "1"]);
    let row = &json["rows"][0];
    assert_eq!((&row["abilities"], &row["covered"], &row["whole"]), (&3.into(), &3.into(), &true.into()));
    assert_eq!(row["scenarios"][0].as_str(), Some("law/pack/scenarios/one.md"));
    assert_eq!(row["things"][2]["by"], "figure");
    assert_eq!((&json["rows"][1]["whole"], &json["rows"][2]["mark"]), (&false.into(), &"outside".into()));

    let all = yifa_in(folder.path(), &["law", "coverage", "--all", "--lang", "en"]).out;
    let line = all.lines().find(|it| it.contains("S2")).unwrap();
    assert!(line.contains("0/1") && line.contains("decides; a refusal"), "{line}");
    assert!(all.contains("Three (no business of the program)"), "{all}");

    let part = format!("{CASE}```covers S2\n- refusal\n```\n```scenario\n    refused late x\n```\n");
    let (code, _, says) = covered(&folder, &part);
    let line = says.lines().find(|it| it.contains("S2")).unwrap();
    assert!(code == 0 && line.contains("0/1") && line.ends_with("decides"), "{says}");
}

#[test]
fn a_claim_names_a_row_and_an_ability_that_there_are() {
    let folder = Folder::new("coverage-claims");
    fs::create_dir_all(folder.path().join("law/pack/scenarios")).unwrap();
    fs::write(folder.path().join("law/coverage.tsv"), ROWS).unwrap();
    let whole = format!(
        "{CASE}```covers S2\n- decides\n- refusal\n```\n```scenario\n    stage one\n    refused late x\n```\n"
    );
    let (code, _, says) = covered(&folder, &whole);
    assert_eq!((code, says.lines().last().unwrap().contains("2 of 3 rows")), (0, true), "{says}");

    let (code, json, says) = covered(&folder, &whole.replace("refused late", "stage two"));
    assert_eq!(code, 1);
    assert!(says.contains("one.md:13: S2 claims a refusal"), "{says}");
    assert_eq!(json["rows"][1]["whole"], false);
    for (wrong, told) in [("- decides", "- decide"), ("S2", "S4")].map(|(a, b)| (whole.replace(a, b), b)) {
        let (code, _, says) = covered(&folder, &wrong);
        assert!(code == 1 && says.contains("one.md:1"), "{told}: {says}");
    }
    fs::write(folder.path().join("law/coverage.tsv"), ROWS.replace("\tThree", "")).unwrap();
    let told = yifa_in(folder.path(), &["law", "coverage", "--lang", "en"]);
    assert!(told.code == 2 && told.err.contains("line 5"), "{}", told.err);
}
