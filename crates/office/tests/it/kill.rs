//! A burst of filings is cut off by SIGKILL: nothing that was acknowledged is lost, and the ledger verifies.

use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
};

use office::{Caller, Laws, Office, Options};

use crate::desk::{Folder, inputs, office_in_june, official, opening, place};

/// Says to a copy of this test in which folder it is to file until it is killed.
const FOLDER: &str = "YIFA_TEST_FILE_UNTIL_KILLED";

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_that_was_acknowledged_survives_sigkill() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return file_until_killed(PathBuf::from(folder)).await;
    }
    let folder = Folder::new("kill");
    drop(office_in_june(&folder).await);
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::a_filing_that_was_acknowledged_survives_sigkill", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let said = lines.filter_map(|it| it.split_once("filed ").map(|(_, it)| it.to_owned()));
        acknowledged.extend(said.take(40 + 37 * round));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(acknowledged.len() > 500, "{} filings", acknowledged.len());
    let laws = Laws::embedded().unwrap();
    let report = store::verify(folder.path(), laws.watch(), &|_| {}).unwrap();
    assert!(report.is_clean(), "{:?}", report.misfits);
    let office = reopened(folder.path().to_owned());
    office.set_demo_clock("2026-06-01T12:00".parse().unwrap()).unwrap();
    let handler = official(&office, "handler").await;
    for number in &acknowledged {
        let found = office.search(&handler, number).await.unwrap().unwrap();
        assert!(found.iter().any(|it| it.number == *number), "{number} is lost");
    }
}

fn reopened(data: PathBuf) -> Office {
    let options = Options { data, create: None };
    Office::open(&options, Laws::embedded().unwrap()).unwrap()
}

async fn file_until_killed(data: PathBuf) {
    let office = reopened(data);
    office.set_demo_clock("2026-06-01T10:00".parse().unwrap()).unwrap();
    let (procedure, act) = opening(&office);
    let mut citizens = Vec::new();
    for _ in 0..16 {
        let (office, procedure, act) = (office.clone(), procedure.clone(), act.clone());
        citizens.push(tokio::spawn(async move {
            for _ in 0..1_000_000 {
                let given = inputs(&act, &procedure, &[]);
                let filed = office.file(&Caller::default(), &place(), &procedure.key, given, "online").await;
                println!("filed {}", filed.unwrap().unwrap().number);
            }
        }));
    }
    for citizen in citizens {
        citizen.await.unwrap();
    }
}
