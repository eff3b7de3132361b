//! A matter of a small procedure, lived through the real engine, and its papers composed.

use std::collections::{BTreeMap, BTreeSet};

use engine::{
    Actor, Draft, DraftState, Effective, Facts, Hash, Inputs, Matter, MatterId, PartyInput, Target, Value,
    Wish,
};
use law::{Key, Law, PartyKind, Procedure, ProcedureRef, Sources};
use papers::{Case, Document, PartyWords, Standing, compose};

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
    party sender "来信人" en="Sender" min=1 { kinds person; }
    role clerk "经办人" en="Clerk" { post clerk; }
    field letter "来信内容" en="Letter" type=text max=900 long=#true sensitivity=personal
    field reply "答复内容" en="Reply" type=text max=900 long=#true sensitivity=internal
    field topic "类别" en="Topic" type=choice sensitivity=public {
        option roads "道路" en="Roads"
        option parks "公园" en="Parks"
    }
    field enclosures "所附材料" en="Enclosures" type=list max=9 sensitivity=internal
    field cost "费用" en="Cost" type=money sensitivity=internal
    field urgent "急件" en="Urgent" type=yes-no sensitivity=internal
    stage received "收到" en="Received"
    stage replied "已回复" en="Replied"
    stage finished "办结" en="Finished" closed=#true
    outcome answered "已答复" en="Answered" { basis "第二条"; }
    limit visit-time "回访期限" en="Time for a visit" { length 10 working-day; basis "第三条"; expiry alarm; }
    limit answer-time "答复期限" en="Time for the answer" { length 5 working-day; basis "第三条"; expiry alarm; }
    act receive "收到来信" en="Receive" opens=#true {
        by clerk
        to received
        basis "第一条"
        ask parties=sender
        ask letter
        ask topic
        ask enclosures optional=#true
        ask cost optional=#true
        ask urgent optional=#true
        does { start answer-time; }
    }
    act answer "答复" en="Answer" {
        by clerk
        from received
        to replied
        basis "第二条" "第三条"
        ask reply
        does { stop answer-time; start visit-time; outcome answered; issue answer-letter; }
    }
    act visit "回访" en="Visit" {
        by clerk
        from replied
        to finished
        basis "第三条"
        does { stop visit-time; }
    }
}"#;

/// The law of letters, with these papers.
pub(crate) fn law(papers: &[(&str, &str)]) -> Law {
    let mut sources = Sources::default();
    sources.add("letters/pack.kdl", PACK);
    sources.add("letters/letter/2024-01-01.kdl", PROCEDURE);
    for (name, text) in papers {
        sources.add(format!("letters/papers/{name}.kdl"), *text);
    }
    let year = "year 2024 {\n    paper \"试验\"\n    off \"2024-01-01\" name=\"元旦\"\n}";
    sources.add("calendar/2024.kdl", year);
    let (law, faults) = law::read(&sources);
    law.unwrap_or_else(|| panic!("{}", law::render(&faults, &sources, law::Lang::En)))
}

/// What was typed, by field.
pub(crate) type Values = BTreeMap<Key, Value>;

/// A value of each kind that a letter can have.
pub(crate) fn full() -> Values {
    [
        ("letter", Value::Text("路灯不亮。\n公园门坏了。".to_owned())),
        ("topic", Value::Choice(Key::from("parks"))),
        ("enclosures", Value::List(vec!["照片一张".to_owned(), "地图".to_owned()])),
        ("cost", Value::Money("12.50".to_owned())),
        ("urgent", Value::YesNo(true)),
        ("reply", Value::Text("已经派人修理。".to_owned())),
    ]
    .map(|(key, value)| (Key::from(key), value))
    .into()
}

fn step(law: &Law, matter: Option<Matter>, act: &str, day: &str, values: &Values) -> Matter {
    let procedure = procedure(law);
    let at = format!("{day}T09:00").parse().unwrap();
    let act = procedure.act(act).unwrap();
    let fields = values
        .iter()
        .filter(|it| act.asks.iter().any(|ask| matches!(&ask.what, law::Wanted::Field(key) if key == it.0)));
    let inputs = Inputs {
        fields: fields.map(|(key, value)| (key.clone(), value.clone())).collect(),
        parties: if act.opens { vec![sender("张三", "")] } else { Vec::new() },
    };
    let wish = Wish {
        act: act.key.clone(),
        actor: Actor::Official { account: "wang".to_owned(), role: Key::from("clerk") },
        effective: Effective { at, rule: Key::from("counter") },
        inputs,
        now: engine::instant(at),
        seed: [7; 32],
        late_entry: false,
        target: Target::default(),
        opens: act.opens.then(|| {
            ("990001".parse().unwrap(), serde_json::from_str::<MatterId>(ID).unwrap(), "office".to_owned())
        }),
    };
    let facts = Facts { roles: BTreeSet::from([Key::from("clerk")]), ..Facts::default() };
    let refers = ProcedureRef {
        hash: law::procedure_hash(procedure),
        key: procedure.key.clone(),
        version: procedure.from,
    };
    let decided = engine::decide(procedure, &refers, &law.calendar, matter.as_ref(), &facts, &wish);
    let mut draft = decided.result.unwrap_or_else(|refusal| panic!("{refusal:?}"));
    draft.assign(&[12]);
    engine::fold(matter, &draft.event, Hash::NONE)
}

const ID: &str = "\"00000000-0000-7000-8000-000000000005\"";

fn sender(name: &str, address: &str) -> PartyInput {
    PartyInput {
        role: Key::from("sender"),
        kind: PartyKind::Person,
        name: name.to_owned(),
        number: String::new(),
        other_paper: false,
        phone: String::new(),
        address: address.to_owned(),
    }
}

pub(crate) fn procedure(law: &Law) -> &Procedure {
    law.packs.iter().flat_map(|it| &it.procedures).next().unwrap()
}

/// The letter received on a Monday and answered on Wednesday of the week after.
pub(crate) fn answered(law: &Law, values: &Values) -> Matter {
    let matter = step(law, None, "receive", "2024-07-01", values);
    step(law, Some(matter), "answer", "2024-07-10", values)
}

/// The letter received and not answered, and its answer as a draft.
pub(crate) fn drafted(law: &Law, values: &Values) -> Document {
    let matter = step(law, None, "receive", "2024-07-01", values);
    let on = "2024-07-09".parse().unwrap();
    let draft = Draft {
        seq: 2,
        act: Key::from("answer"),
        item: None,
        by: None,
        on,
        steps: Vec::new(),
        endorsed: Vec::new(),
        state: DraftState::Standing,
    };
    let (calendar, at) = (&law.calendar, on.at(9, 0, 0, 0));
    let state = engine::foreseen(procedure(law), calendar, &matter, &draft, values, &BTreeMap::new(), at);
    assert!(state.numbers.is_empty() && state.papers.is_empty());
    composed(law, &state, values, Standing::Draft)
}

/// A paper of the answered letter.
pub(crate) fn paper(law: &Law, matter: &Matter, values: &Values, standing: Standing) -> Document {
    assert!(matter.paper("answer-letter").is_some());
    composed(law, matter, values, standing)
}

fn composed(law: &Law, matter: &Matter, values: &Values, standing: Standing) -> Document {
    let procedure = procedure(law);
    let paper = procedure.paper("answer-letter").unwrap();
    let issued = matter.paper("answer-letter");
    let person = |name: &str, address: &str| PartyWords {
        role: Key::from("sender"),
        kind: PartyKind::Person,
        name: name.to_owned(),
        address: address.to_owned(),
        number: String::new(),
        phone: String::new(),
    };
    let draft = standing == Standing::Draft;
    compose(&Case {
        procedure,
        paper,
        matter,
        act: Some("answer"),
        item: None,
        values,
        parties: &[person("张三", "东街1号"), person("李四", "")],
        parameters: &BTreeMap::new(),
        officials: &BTreeMap::new(),
        body: "某某市来信办公室",
        letterhead: "某某市来信办公室文件",
        place: "某某市",
        official: Some("王五"),
        number: issued.and_then(|it| it.number.as_deref()).filter(|_| !draft),
        day: issued.map(|it| it.on).filter(|_| !draft),
        verify: None,
        standing,
    })
}
