//! What the worked cases say they cover, of the packs and of a small folder.

use std::fs;

use serde_json::Value;

use crate::yifa::{Folder, yifa, yifa_in};

#[test]
fn every_claim_of_the_packs_holds() {
    let ran = yifa(&["law", "coverage", "--json"]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["faults"], Value::Array(Vec::new()));
    let rows = told["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 28);
    let open: Vec<&str> =
        rows.iter().filter(|it| it["covered"] == false).map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(open, Vec::<&str>::new());
    assert_eq!((ran.code, told["covered"].as_u64()), (0, Some(28)));
}

const ROWS: &str = "# rows\nS1\tA\tasks;answers;is counted\tOne\nS2\tB\tdecides\tTwo\n";
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
    assert_eq!(code, 1);
    assert!(says.contains("1 of 2 rows"), "{says}");
    let line = says.lines().find(|it| it.contains("S2")).unwrap();
    assert!(line.contains("0/1") && line.contains("decides; a refusal"), "{line}");
    assert_eq!(json["rows"][0]["covered"], true);
    assert_eq!(json["rows"][0]["abilities"][2]["by"], "figure");
    assert_eq!(json["rows"][1]["covered"], false);

    let whole = format!(
        "{CASE}```covers S2\n- decides\n- refusal\n```\n```scenario\n    stage one\n    refused late x\n```\n"
    );
    let (code, _, says) = covered(&folder, &whole);
    assert_eq!((code, says.lines().last().unwrap().contains("2 of 2 rows")), (0, true), "{says}");

    let (code, json, says) = covered(&folder, &whole.replace("refused late", "stage two"));
    assert_eq!(code, 1);
    assert!(says.contains("one.md:13: S2 claims a refusal"), "{says}");
    assert_eq!(json["rows"][1]["covered"], false);
    for (wrong, told) in [("- decides", "- decide"), ("S2", "S3")].map(|(a, b)| (whole.replace(a, b), b)) {
        let (code, _, says) = covered(&folder, &wrong);
        assert!(code == 1 && says.contains("one.md:1"), "{told}: {says}");
    }
}
