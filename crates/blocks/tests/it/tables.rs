//! Cases told in tables: `law/*/scenarios/*.md` may hold tables whose first head is a determination's
//! name; then come questions, `result`, `rule`. An empty cell is a question that is not asked. A head
//! `KEY=` sets a parameter. `UPDATE=1` writes results and rules.

use std::{collections::BTreeMap, fs};

use blocks::determination::{Answers, Ground, Standing, determine};
use law::{Determination, Key, ParameterValue};

use crate::shelf::{LAW, answer, root};

#[test]
fn every_case_in_a_table_comes_out_as_told() {
    let mut told = 0;
    for pack in fs::read_dir(root()).unwrap().map(|it| it.unwrap().path()) {
        let Ok(files) = fs::read_dir(pack.join("scenarios")) else { continue };
        for path in
            files.map(|it| it.unwrap().path()).filter(|it| it.extension().is_some_and(|it| it == "md"))
        {
            let text = fs::read_to_string(&path).unwrap();
            let mut head: Option<(&Determination, Vec<String>)> = None;
            let mut out = String::new();
            for line in text.lines() {
                let cells = cells(line);
                let new = match (&head, cells.first()) {
                    (None, Some(first)) => {
                        head = LAW.determination(first).map(|it| (it, cells));
                        line.to_owned()
                    }
                    (Some(_), Some(first)) if first.starts_with('-') => line.to_owned(),
                    (Some((of, heads)), Some(_)) => {
                        told += 1;
                        row(of, heads, &cells)
                    }
                    (_, None) => {
                        head = None;
                        line.to_owned()
                    }
                };
                out.push_str(&new);
                out.push('\n');
            }
            if std::env::var_os("UPDATE").is_some() && out != text {
                fs::write(&path, &out).unwrap();
            } else {
                assert_eq!(out, text, "{}", path.display());
            }
        }
    }
    assert!(told >= 20, "only {told} cases were told");
}

fn cells(line: &str) -> Vec<String> {
    let Some(inner) = line.trim().strip_prefix('|').and_then(|it| it.strip_suffix('|')) else {
        return Vec::new();
    };
    inner.split('|').map(|it| it.trim().to_owned()).collect()
}

fn row(of: &Determination, heads: &[String], cells: &[String]) -> String {
    assert_eq!(heads.len(), cells.len(), "{cells:?}");
    let (mut answers, mut parameters) = (Answers::new(), BTreeMap::new());
    for (head, cell) in heads.iter().zip(cells).skip(1).filter(|it| !it.1.is_empty()) {
        if let Some(key) = head.strip_suffix('=') {
            let declared = of.parameters.iter().find(|it| it.key.as_str() == key).unwrap();
            let value = if declared.options.is_empty() {
                ParameterValue::Words(cell.clone())
            } else {
                ParameterValue::Option(Key::from(cell.as_str()))
            };
            parameters.insert(Key::from(key), value);
        } else if let Some(question) = of.question(head) {
            answers.insert(question.key.clone(), answer(question, cell));
        } else {
            assert!(matches!(head.as_str(), "result" | "rule"), "{head} is no question");
        }
    }
    let ground = Ground { parameters: &parameters, day: "2026-06-01".parse().unwrap() };
    let found = match determine(of, &answers, ground) {
        Standing::Found(found) => found,
        other => panic!("{}: {other:?}", cells[0]),
    };
    assert_eq!(found.asked.len(), answers.len(), "{}: an answer to a question that is not asked", cells[0]);
    let new = heads.iter().zip(cells).map(|(head, cell)| match head.as_str() {
        "result" => found.result.key.to_string(),
        "rule" => found.rule.key.to_string(),
        _ => cell.clone(),
    });
    format!("| {} |", new.collect::<Vec<_>>().join(" | "))
}
