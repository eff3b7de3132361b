//! A real office from its file: the template serves as one, faults come together, nothing is half made.

use std::fs;

use crate::yifa::{Folder, snapshot, yifa_in};

#[test]
fn the_template_is_a_file_that_makes_an_office() {
    let folder = Folder::new("init-template");
    for lang in ["zh", "en"] {
        let template = yifa_in(folder.path(), &["init", "--template", "--lang", lang]);
        assert_eq!(template.code, 0, "{}", template.err);
        assert!(!template.out.contains('{') || !template.out.contains("{post"), "{}", template.out);
        // Every series and parameter that it offers can be used as it stands.
        let offered = |line: &&str| line.starts_with("    // series") || line.starts_with("    // parameter");
        let count = template.out.lines().filter(offered).count();
        assert!(count >= 3, "{}", template.out);
        let used =
            template.out.replace("    // series", "    series").replace("    // parameter", "    parameter");
        fs::write(folder.path().join("office.kdl"), used).unwrap();
        let data = format!("data-{lang}");
        let made = yifa_in(folder.path(), &["init", "--from", "office.kdl", "--data", &data, "--lang", lang]);
        assert_eq!(made.code, 0, "{}{}", made.out, made.err);
        assert!(made.out.contains("li-ming") && made.out.contains("zhao-lei"), "{}", made.out);
        let again =
            yifa_in(folder.path(), &["init", "--from", "office.kdl", "--data", &data, "--lang", lang]);
        assert_eq!(again.code, 2, "{}", again.out);
        assert!(again.err.contains("--data"), "{}", again.err);
        let fits = yifa_in(folder.path(), &["ledger", "verify", "--data", &data]);
        assert_eq!(fits.code, 0, "{}", fits.err);
    }
}

#[test]
fn all_faults_of_the_file_are_told_at_once_and_nothing_is_made() {
    let folder = Folder::new("init-faults");
    let file = r#"office "99001" "New District" en="New District" {
    organ "P" en="Q" {
        body registry "R" en="S"
        body hall "T" en="U"
        body hall "V" en="W"
    }
    person li "Li" {
        post emperor in=kitchen
        post administrator from="2026-05-01" until="2026-04-01" acting-for=wang
    }
    person wang "Wang" { post administrator in=hall; }
    series nothing year=1 last=57 { missing 12 12 60; }
    parameter nothing-either 3
}
"#;
    fs::write(folder.path().join("office.kdl"), file).unwrap();
    let told = yifa_in(folder.path(), &["init", "--from", "office.kdl", "--lang", "en"]);
    assert_eq!((told.code, told.out.as_str()), (1, ""));
    snapshot("help/office-faults.txt", &told.err);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["office.kdl"]);
}

#[test]
fn later_appointments_are_recorded_or_refused_with_a_reason() {
    let folder = Folder::new("init-appoint");
    let template = yifa_in(folder.path(), &["init", "--template"]).out;
    fs::write(folder.path().join("office.kdl"), template).unwrap();
    assert_eq!(yifa_in(folder.path(), &["init", "--from", "office.kdl"]).code, 0);
    let run = |line: &str, code: i32, says: &str| {
        let mut arguments: Vec<&str> = line.split(' ').collect();
        arguments.extend(["--lang", "en"]);
        let ran = yifa_in(folder.path(), &arguments);
        assert!(ran.code == code && (ran.out + &ran.err).contains(says), "{line}: {} {}", ran.code, ran.err);
    };
    run("appoint chen --post administrator", 2, "--name");
    run("appoint Chen! --name C --post administrator", 2, "cannot be a name");
    run("appoint chen --name C --post administrator --in justice-bureau", 0, "first sign-in");
    run("appoint chen --post administrator --in justice-bureau", 2, "already");
    run("appoint chen --post administrator --in kitchen", 2, "no body");
    run("appoint chen --post emperor", 2, "administrator");
    run("appoint chen --post administrator --from 2026-02-30", 2, "2026-02-30");
    run("appoint chen --post administrator --from 2026-02-03 --until 2026-02-02", 2, "before the first");
    run("appoint chen --post administrator --until 2999-12-31 --acting-for li-ming", 0, "Appointed");
    run("appoint chen --post administrator --acting-for zhao-lei", 2, "nobody can act");
    run("appoint chen --post administrator --in justice-bureau --end", 0, "Ended");
    run("appoint chen --post administrator --in justice-bureau --end", 2, "does not hold");
    run("appoint chen --new-password", 0, "first sign-in");
    run("appoint nobody --new-password", 2, "Nobody");
    run("appoint chen --post administrator --jurisdiction 110101", 2, "990001");
    run("ledger verify", 0, "fits");
    run("ledger rebuild", 0, "the same");
}
