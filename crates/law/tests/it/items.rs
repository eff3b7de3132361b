//! One change to the pack that tries the language, one fault: what is of items or needs approval.

use std::{fs, path::Path};

use law::Severity;

use crate::shelf;

/// What is said of the pack with one change, one line a fault.
fn said(from: &str, to: &str) -> String {
    said_of(&[(from, to)])
}

fn said_of(changes: &[(&str, &str)]) -> String {
    let mut sources = shelf::real();
    sources.files.retain(|it| it.path.starts_with("calendar/") || it.path.starts_with("common/"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/tests/workshop");
    sources.add("workshop/pack.kdl", fs::read_to_string(root.join("workshop/pack.kdl")).unwrap());
    let name = "workshop/workshop/2024-01-01.kdl";
    let mut text = fs::read_to_string(root.join(name)).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    sources.add(name, text);
    let (_, faults) = law::read(&sources);
    let grave = faults.iter().filter(|it| it.severity() != Severity::Note);
    grave.map(|it| format!("{}: {}\n", it.code.id(), it.message.zh)).collect()
}

#[test]
fn parties_cannot_join_by_a_draft() {
    assert_eq!(
        said("            ask members\n", "            ask members\n            ask parties=sender\n"),
        ""
    );
    assert_eq!(
        said("        ask verdict\n", "        ask verdict\n        ask parties=sender\n"),
        "bad-act: “作出结论”需要审批，不能同时要求填写当事人：拟办时当事人还没有加入\n"
    );
}

#[test]
fn only_the_matters_own_fields_are_published() {
    let field = "type=date future=#true sensitivity=internal";
    let open = "type=date future=#true sensitivity=public";
    assert_eq!(said(field, open), "");
    let show = "    publication day-online \"会期\" en=\"Day\" { basis \"第五十条\"; show meeting-day; }\n";
    let act = "    act publish-day \"公开会期\" en=\"Publish\" { by lead; from open-stage; basis \"第五十条\"; does { publish day-online; }; }\n";
    let text = said(&format!("        field meeting-day \"开会日期\" en=\"Day of the meeting\" {field}"), "");
    assert!(text.starts_with("unknown-name"), "{text}");
    let items = "    items meeting \"会议\" en=\"Meeting\" {\n        field meeting-day \"开会日期\" en=\"Day of the meeting\" ";
    assert_eq!(
        said(&format!("{items}{field}"), &format!("{show}{act}{items}{open}")),
        "sensitive-published: 要素“开会日期”属于分项，公开内容只能取自事项本身\n"
    );
}

#[test]
fn what_the_law_does_in_an_item_it_can_do_at_every_open_stage_of_the_matter() {
    let waits = "    stage waiting-stage \"等候\" en=\"Waiting\"\n    act wait-on \"等候\" en=\"Wait\" { by lead; from open-stage; to waiting-stage; basis \"第五十条\"; }\n    act go-on \"恢复\" en=\"Go on\" { by lead; from waiting-stage; to open-stage; basis \"第五十条\"; }\n";
    let over = "    stage over \"办结\" en=\"Over\" closed=#true\n";
    let both = format!("{waits}{over}");
    assert_eq!(said(over, &both), "", "where nothing is said it is every open stage");
    let act = "        act lapsed-by-law \"未开\" en=\"Lapsed\" by-law=#true {\n";
    let inside = format!("{act}            in open-stage\n");
    assert_eq!(said(act, &inside), "");
    assert_eq!(
        said_of(&[(over, &both), (act, &inside)]),
        "expiry-act-unlawful: “整理记录”在事项处于“等候”环节时也会届满，但“未开”不能在那里发生\n"
    );
}
