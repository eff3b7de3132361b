//! The worked cases of the packs, run by the engine. `UPDATE=1` lets them rewrite themselves.

use std::{fs, path::Path};

use crate::shelf;

#[test]
fn every_scenario_comes_out_as_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
    let told = run_all(&shelf::law(), &root);
    assert!(told >= 12, "only {told} scenarios were found");
}

/// Whatever the language can say is said by a pack of its own, which no real one need.
#[test]
fn the_workshop_comes_out_as_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workshop");
    let told = run_all(&shelf::workshop(), &root);
    assert!(told >= 3, "only {told} scenarios were found");
}

/// Runs every scenario below a folder of packs; gives how many there were.
fn run_all(law: &law::Law, root: &Path) -> usize {
    let mut wrong = String::new();
    let mut told = 0;
    for pack in fs::read_dir(root).unwrap().map(|it| it.unwrap().path()) {
        let Ok(files) = fs::read_dir(pack.join("scenarios")) else { continue };
        let mut files: Vec<_> = files.map(|it| it.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|it| it.extension().is_some_and(|it| it == "md")) {
            let text = fs::read_to_string(file).unwrap();
            told += text.matches("```scenario").count();
            match engine::scenario::run(&text, law, law::procedure_hash) {
                Ok(out) if out == text => {}
                Ok(out) if std::env::var_os("UPDATE").is_some() => fs::write(file, out).unwrap(),
                Ok(out) => wrong.push_str(&difference(file, &text, &out)),
                Err(faults) => {
                    wrong.push_str(&format!("{}\n  {}\n", file.display(), faults.join("\n  ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    told
}

fn difference(file: &Path, told: &str, out: &str) -> String {
    let mut text = format!("{}\n", file.display());
    let (told, out): (Vec<_>, Vec<_>) = (told.lines().collect(), out.lines().collect());
    let first = told.iter().zip(&out).take_while(|(a, b)| a == b).count();
    for (name, lines) in [("told", told), ("came", out)] {
        let lines = lines.get(first..).unwrap_or_default().iter().take(6);
        text.push_str(&format!("  {name}, line {}:\n", first + 1));
        lines.for_each(|it| text.push_str(&format!("    {it}\n")));
    }
    text
}
