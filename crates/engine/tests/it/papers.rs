//! Papers through the engine: numbers without gaps, void papers, corrected acts.

use engine::{Change, Hash};
use law::{Law, Sources};

use crate::people;

const PACK: &str = r#"pack letters "来信" en="Letters" {
    statute letters-law "来信法" en="Letters Law" revision="2024" in-force="2024-01-01" { unindexed "只供试验"; }
    post clerk "经办人" en="Clerk"
}"#;

const PROCEDURE: &str = r#"procedure letter "来信办理" en="Letter" {
    summary "办理来信。" en="A letter is answered."
    cites letters-law
    counting "第一条"
    parameter head "字头" en="Letterhead" { default "信复"; mark local; why "自定。" en="Local."; }
    series answer-number "答复编号" en="Number" prefix=head format="{prefix}〔{year}〕{n}号"
    role clerk "经办人" en="Clerk" { post clerk; }
    field letter "来信" en="Letter" type=text max=100 sensitivity=internal
    stage received "收到" en="Received"
    stage finished "办结" en="Finished" closed=#true
    outcome answered "已答复" en="Answered" { basis "第二条"; }
    act receive "收到" en="Receive" opens=#true {
        by clerk; to received; basis "第一条"; ask letter
        does { number answer-number; issue receipt; issue notice; }
    }
    act remind "催办" en="Remind" { by clerk; from received; basis "第一条"; does { issue notice; }; }
    act spoil "作废通知" en="Void the notice" { by clerk; from received; basis "第一条"; does { void notice; }; }
    act answer "答复" en="Answer" { by clerk; from received; to finished; basis "第二条"; does { outcome answered; issue plain; }; }
}"#;

fn paper(key: &str, series: bool) -> String {
    let series = if series { "series answer-number" } else { "" };
    format!(
        "paper {key} \"文书{key}\" en=\"Paper {key}\" {{\n for letter\n layout letter\n {series}\n text \"{{letter}}\"\n}}"
    )
}

fn letters() -> Law {
    let mut sources = Sources::default();
    sources.add("letters/pack.kdl", PACK);
    sources.add("letters/letter/2024-01-01.kdl", PROCEDURE);
    for (key, series) in [("receipt", true), ("notice", true), ("plain", false)] {
        sources.add(format!("letters/papers/{key}.kdl"), paper(key, series));
    }
    let (law, faults) = law::read(&sources);
    law.unwrap_or_else(|| panic!("{}", law::render(&faults, &sources, law::Lang::En)))
}

/// An act's own number is borne by the first paper; the second takes the next; a void one leaves no gap
/// and is not given again.
#[test]
fn numbers_follow_one_another_and_none_is_used_twice() {
    let told = "\
```scenario
procedure letter
2024-03-04 clerk receive letter=问好
2024-03-05 clerk remind
2024-03-06 clerk spoil
2024-03-06 clerk spoil
2024-03-06 clerk spoil
2024-03-07 clerk remind
2024-03-08 clerk answer
```";
    let out = engine::scenario::run(told, &letters(), law::procedure_hash).unwrap();
    let came: Vec<&str> =
        out.lines().filter_map(|it| it.strip_prefix("    ").or(it.strip_prefix("  "))).collect();
    let wanted = [
        "stage received",
        "number 信复〔2024〕1号",
        "issued receipt 信复〔2024〕1号",
        "number 信复〔2024〕2号",
        "issued notice 信复〔2024〕2号",
        "number 信复〔2024〕3号",
        "issued notice 信复〔2024〕3号",
        "void notice of 2",
        "void notice of 1",
        "number 信复〔2024〕4号",
        "issued notice 信复〔2024〕4号",
        "stage finished",
        "outcome answered",
        "issued plain",
    ];
    let came: Vec<&str> = came.into_iter().filter(|it| !it.starts_with("done")).collect();
    assert_eq!(came, wanted, "{out}");
}

/// What went out on paper cannot be undone: it stays in the list, void, and names the event that took it back.
#[test]
fn a_paper_of_an_act_that_is_corrected_away_is_void() {
    let law = letters();
    let procedure = &law.packs[0].procedures[0];
    let (refers, facts) = (people::refers(procedure), people::everyone(procedure));
    let mut chance = people::Chance(1);
    let mut events = Vec::new();
    let mut matter = None;
    for (place, (act, day)) in [("receive", 4), ("remind", 5)].into_iter().enumerate() {
        let at = calendar::Date::constant(2024, 3, day).at(9, 0, 0, 0);
        let act = procedure.act(act).unwrap();
        let wish = people::wish(act, people::inputs(procedure, act, at.date(), &mut chance), at);
        let decided = engine::decide(procedure, &refers, &law.calendar, matter.as_ref(), &facts, &wish);
        let mut draft = decided.result.unwrap();
        let numbers = [[1, 2], [3, 0]][place];
        draft.assign(&numbers);
        matter = Some(engine::fold(matter, &draft.event, Hash::NONE));
        events.push(draft.event);
    }
    let mut correction = events[1].clone();
    correction.seq = 3;
    correction.changes = vec![Change::Corrected { event: 2 }];
    events.push(correction);
    let all: Vec<_> = events.iter().map(|event| (event, Hash::NONE)).collect();
    let matter = engine::fold_all(all).unwrap();
    let papers: Vec<_> =
        matter.papers.iter().map(|it| (it.paper.as_str(), it.number.as_deref(), it.voided)).collect();
    assert_eq!(
        papers,
        [
            ("receipt", Some("信复〔2024〕1号"), None),
            ("notice", Some("信复〔2024〕2号"), None),
            ("notice", Some("信复〔2024〕3号"), Some(3)),
        ]
    );
    assert_eq!(matter.paper("notice").map(|it| it.seq), Some(1), "the one before it stands again");
}
