//! Who may act: what is said of the pack that tries it, with one change, and how lawyers read it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use law::{Law, Severity};

use crate::shelf;

const NAME: &str = "workshop/yard-check/2024-01-01.kdl";

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/tests/workshop")
}

/// The pack with some changes.
fn read(changes: &[(&str, &str)]) -> (Option<Law>, String) {
    let mut sources = shelf::real();
    sources.files.retain(|it| it.path.starts_with("common/"));
    sources.add("workshop/pack.kdl", fs::read_to_string(home().join("workshop/pack.kdl")).unwrap());
    let mut text = fs::read_to_string(home().join(NAME)).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    sources.add(NAME, text);
    let (law, faults) = law::read(&sources);
    let grave = faults.iter().filter(|it| it.severity() != Severity::Note);
    (law, grave.map(|it| format!("{}: {}\n", it.code.id(), it.message.zh)).collect())
}

/// What is said of it with one change, one line a fault.
fn said(from: &str, to: &str) -> String {
    read(&[(from, to)]).1
}

#[test]
fn lawyers_read_who_may_act() {
    let (law, said) = read(&[]);
    assert_eq!(said, "");
    let procedure = &law.unwrap().packs[0].procedures[0];
    shelf::snapshot(&home().join(NAME).with_extension("zh.txt"), &law::render_zh(procedure));
}

#[test]
fn a_separation_of_roles_is_written_whole() {
    let desk = "roles intake officer";
    assert_eq!(said(desk, "roles intake"), "wrong-arity: “roles”后面至少要写 2 项，现有 1 项\n");
    assert_eq!(said(desk, "roles intake offcer"), "unknown-name: 没有名为“offcer”的职能\n");
    assert_eq!(said(desk, "roles intake officer intake"), "duplicate-name: “intake”写了两次\n");
    let words = "        else \"收件人不能承办\" en=\"Whoever took it in does not deal with it\"\n";
    assert_eq!(said(words, ""), "wrong-arity: “distinct”里面缺少“else”\n");
    let whole = format!("{desk}\n        basis \"第三十六条\"\n");
    assert_eq!(said(&whole, &format!("{desk}\n")), "no-basis: “distinct”没有写依据\n");
}

#[test]
fn a_colleague_is_an_official_in_a_role_of_officials() {
    let asked = "colleague second-officer role=officer";
    assert_eq!(said(asked, "colleague yard role=officer"), "wrong-type: 要素“场地”不是工作人员\n");
    assert_eq!(said(asked, "colleague second-officer role=ofcer"), "unknown-name: 没有名为“ofcer”的职能\n");
    assert_eq!(said(asked, "colleague second-officer"), "wrong-arity: “colleague”缺少“role=”\n");
    // Somebody who only ever acts along has something of their own to be kept apart in.
    let role = "    role chief \"首长\"";
    let helper = format!("    role helper \"协助人员\" en=\"Helper\" {{ post lead-post; }}\n{role}");
    let desk = "roles intake officer";
    let kept = [
        (role, helper.as_str()),
        (desk, "roles intake officer helper"),
        (asked, "colleague second-officer role=helper"),
    ];
    assert_eq!(read(&kept).1, "");
    assert_eq!(read(&kept[..2]).1, "not-distinct: “协助人员”没有自己的行为，不必要求另由他人担任\n");
}

/// Notes may be taken by either; what moves the matter, or drafts for approval, may not.
#[test]
fn only_what_is_of_the_file_may_be_done_in_either_role() {
    let remark = "        by intake officer\n        from open\n";
    let moved = "        by intake officer\n        from reported\n        to checked\n";
    let both = |act: &str| {
        format!(
            "not-distinct: “{act}”既可由“检查人员”作出，又可由“收件”作出，而二者不得是同一人：看不出是以哪一职能作出的\n"
        )
    };
    assert_eq!(said(remark, moved), both("备注"));
    assert_eq!(said("{ worker officer;", "{ worker intake officer;"), both("拟办"));
}

/// A procedure that keeps nothing apart is written as it was before the language could say so.
#[test]
fn what_is_not_said_leaves_no_trace_in_the_hash() {
    let (law, _) = law::read(&shelf::real());
    let law = law.unwrap();
    let plain = law.packs.iter().flat_map(|it| &it.procedures).filter(|it| it.distincts.is_empty());
    for procedure in plain {
        let text = serde_json::to_string(procedure).unwrap();
        assert!(!text.contains("distinct"), "{}", procedure.key);
    }
}
