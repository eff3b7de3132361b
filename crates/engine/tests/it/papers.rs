//! Papers through the engine: numbers without gaps, void papers, corrected acts.

use engine::{Actor, Event, Hash, Inputs, Matter, Wish};
use law::{Key, Law, Procedure, Sources};

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

fn done(law: &Law, matter: Option<&Matter>, act: &str, day: i8, numbers: &[u64]) -> Event {
    let procedure = &law.packs[0].procedures[0];
    let (refers, facts) = (people::refers(procedure), people::everyone(procedure));
    let at = calendar::Date::constant(2024, 3, day).at(9, 0, 0, 0);
    let act = procedure.act(act).unwrap();
    let inputs = people::inputs(procedure, act, at.date(), &mut people::Chance(1));
    let wish = people::wish(act, inputs, at);
    let mut draft = engine::decide(procedure, &refers, &law.calendar, matter, &facts, &wish).result.unwrap();
    draft.assign(numbers);
    draft.event
}

/// The correction of an event by another person.
fn corrected(procedure: &Procedure, matter: &Matter, original: &Event) -> Event {
    let (refers, facts) = (people::refers(procedure), people::everyone(procedure));
    let wish = people::wish(procedure.act(&original.act).unwrap(), Inputs::default(), matter.last);
    let actor = Actor::Official { account: "another".to_owned(), role: Key::from("clerk") };
    let wish = Wish { act: Key::from("correct-record"), actor, ..wish };
    engine::correct(procedure, &refers, matter, original, &facts, &wish).unwrap().event
}

fn folded(events: &[Event]) -> Matter {
    let all: Vec<_> = events.iter().map(|event| (event, Hash::NONE)).collect();
    engine::fold_all(all).unwrap()
}

/// Whoever takes back that a paper was made void makes it stand again.
#[test]
fn a_paper_stands_again_if_what_made_it_void_is_corrected_away() {
    let law = letters();
    let mut events = vec![done(&law, None, "receive", 4, &[1, 2])];
    events.push(done(&law, Some(&folded(&events)), "spoil", 5, &[]));
    assert_eq!(folded(&events).paper("notice"), None);
    let correction = corrected(&law.packs[0].procedures[0], &folded(&events), &events[1]);
    events.push(correction);
    assert_eq!(folded(&events).paper("notice").map(|it| it.seq), Some(1));
}

/// What went out on paper cannot be undone: it stays in the list, void, and names the event that took it back.
#[test]
fn a_paper_of_an_act_that_is_corrected_away_is_void() {
    let law = letters();
    let procedure = &law.packs[0].procedures[0];
    let mut events = Vec::new();
    let mut matter = None;
    for (act, day, numbers) in [("receive", 4, [1, 2]), ("remind", 5, [3, 0])] {
        let event = done(&law, matter.as_ref(), act, day, &numbers);
        matter = Some(engine::fold(matter, &event, Hash::NONE));
        events.push(event);
    }
    let correction = corrected(procedure, matter.as_ref().unwrap(), &events[1]);
    events.push(correction);
    let matter = folded(&events);
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
