//! Every paper of every pack, filled with a sample of everything and with nothing.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use calendar::Date;
use engine::{Clock, ClockState, Done, FileRef, Hash, IssuedPaper, ItemRef, Matter, MatterName, Value};
use law::{Act, Duty, EffectKind, FieldKind, Key, Law, LimitLength, Paper, PartyKind, Procedure, Sources};
use papers::{Case, Document, PartyWords, Standing, compose, html, plain};

fn packs() -> Law {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
    let mut sources = Sources::default();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "kdl" || it == "tsv") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                sources.add(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let (law, faults) = law::read(&sources);
    law.unwrap_or_else(|| panic!("{}", law::render(&faults, &sources, law::Lang::En)))
}

fn day() -> Date {
    "2026-06-12".parse().unwrap()
}

fn value(field: &law::Field) -> Value {
    let name = &field.name.zh;
    match &field.kind {
        FieldKind::Text { .. } => Value::Text(format!("某{name}")),
        FieldKind::Number { min, .. } => Value::Number(*min),
        FieldKind::Money => Value::Money("12.50".to_owned()),
        FieldKind::Date { .. } => Value::Date(day()),
        FieldKind::Choice { options } => Value::Choice(options[0].key.clone()),
        FieldKind::YesNo => Value::YesNo(true),
        FieldKind::File { .. } => Value::Files(vec![FileRef {
            hash: Hash::of(b"file"),
            media: "application/pdf".to_owned(),
            name: format!("{name}.pdf"),
            size: 4,
        }]),
        FieldKind::Body => Value::Body(format!("某{name}")),
        FieldKind::List { .. } => Value::List(vec![format!("{name}甲"), format!("{name}乙")]),
        FieldKind::Matter => {
            let id = serde_json::from_str("\"00000000-0000-7000-8000-000000000009\"").unwrap();
            Value::Matter(MatterName { id, number: "某〔2026〕9号".to_owned() })
        }
        FieldKind::Official => Value::Official("wang".to_owned()),
    }
}

/// A clock that runs.
fn running(limit: &law::Limit) -> Clock {
    Clock {
        limit: limit.key.clone(),
        item: limit.item.as_ref().map(|_| 1),
        on: Duty::Authority,
        bars: false,
        fact: false,
        deems: None,
        from: day(),
        length: match &limit.length {
            LimitLength::Fixed(length) => *length,
            LimitLength::Parameter { unit, .. } | LimitLength::Field { unit, .. } => {
                calendar::Length { count: 9, unit: *unit }
            }
        },
        pauses: Vec::new(),
        extensions: Vec::new(),
        due: day(),
        time: None,
        raw: day(),
        provisional: false,
        state: ClockState::Running,
    }
}

/// A matter in which everything has been given, every limit runs, and only the issuing act was done and those whose day
/// the paper names.
fn matter(procedure: &Procedure, paper: &Paper, act: Option<&Act>, item: Option<&ItemRef>) -> Matter {
    let done = |act: &Act| Done {
        seq: 1,
        act: act.key.clone(),
        on: day(),
        item: item.cloned(),
        by: None,
        role: None,
        along: Vec::new(),
    };
    let named = paper.phrases().into_iter().flatten().filter_map(|piece| match piece {
        law::Piece::ActDay(key) => procedure.act(key),
        _ => None,
    });
    let issued = |paper: &Paper| IssuedPaper {
        paper: paper.key.clone(),
        seq: 1,
        number: Some("某〔2026〕3号".to_owned()),
        on: day(),
        voided: None,
    };
    let at = day().at(9, 0, 0, 0);
    Matter {
        jurisdiction: "990001".parse().unwrap(),
        id: serde_json::from_str("\"00000000-0000-7000-8000-000000000005\"").unwrap(),
        law: law::ProcedureRef { hash: String::new(), key: procedure.key.clone(), version: procedure.from },
        body: "office".to_owned(),
        version: 1,
        head: Hash::NONE,
        received: at,
        last: at,
        stage: procedure.stages[0].key.clone(),
        closed: false,
        closed_on: None,
        outcome: procedure.outcomes.first().map(|it| it.key.clone()),
        parties: Vec::new(),
        fields: procedure.fields.iter().map(|it| (it.key.clone(), value(it))).collect(),
        clocks: procedure.limits.iter().map(running).collect(),
        done: named.chain(act).map(done).collect(),
        numbers: procedure.series.iter().map(|it| (it.key.clone(), "某〔2026〕1号".to_owned())).collect(),
        papers: procedure.papers.iter().map(issued).collect(),
        published: Default::default(),
        corrected: Default::default(),
        findings: 0,
        items: Vec::new(),
        drafts: Vec::new(),
        links: Vec::new(),
        claims: Default::default(),
        handler: None,
    }
}

fn parties(procedure: &Procedure) -> Vec<PartyWords> {
    let party = |role: &law::PartyRole| PartyWords {
        role: role.key.clone(),
        kind: role.kinds.first().copied().unwrap_or(PartyKind::Person),
        name: format!("某{}", role.name.zh),
        address: "某区某街1号".to_owned(),
        number: "1".to_owned(),
        phone: "2".to_owned(),
    };
    procedure.parties.iter().map(party).collect()
}

/// A paper with everything that can be known, as one of the acts that issue it leaves it; or with nothing.
pub(crate) fn composed(procedure: &Procedure, paper: &Paper, act: Option<&Act>, full: bool) -> Document {
    let item = act.and_then(|it| it.item.clone()).map(|kind| ItemRef { kind, n: 1 });
    let mut matter = matter(procedure, paper, act, item.as_ref());
    if !full {
        matter.fields.clear();
        matter.clocks.clear();
        matter.papers.clear();
        matter.numbers.clear();
    }
    let values = matter.fields.clone();
    let officials = BTreeMap::from([("wang".to_owned(), "王五".to_owned())]);
    let parties = parties(procedure);
    compose(&Case {
        procedure,
        paper,
        matter: &matter,
        act: act.map(|it| it.key.as_str()),
        item: item.as_ref(),
        values: &values,
        parties: if full { &parties } else { &[] },
        parameters: &BTreeMap::new(),
        officials: &officials,
        body: "某某市人民政府",
        letterhead: "某某市人民政府",
        place: "某某市",
        official: full.then_some("王五"),
        number: (full && paper.series.is_some()).then_some("某〔2026〕3号"),
        day: full.then(day),
        verify: full.then_some("https://yifa.example/v/3"),
        standing: if full { Standing::Issued } else { Standing::Draft },
    })
}

fn issuing<'a>(procedure: &'a Procedure, paper: &Paper) -> Vec<Option<&'a Act>> {
    let issues = |act: &&Act| act.effects.iter().any(|it| it.kind == EffectKind::Issue(paper.key.clone()));
    let acts: Vec<_> = procedure.acts.iter().filter(issues).map(Some).collect();
    if acts.is_empty() { vec![None] } else { acts }
}

/// With everything known no paper has a blank but those meant for the hand; with nothing known none fails.
#[test]
fn every_paper_of_every_pack_comes_out() {
    let law = packs();
    let mut seen = 0;
    for procedure in law.packs.iter().flat_map(|it| &it.procedures) {
        for paper in &procedure.papers {
            for act in issuing(procedure, paper) {
                seen += 1;
                let name = format!("{} {} {:?}", procedure.key, paper.key, act.map(|it| &it.key));
                let full = composed(procedure, paper, act, true);
                let text = plain(&full);
                assert!(!text.contains(['{', '}']), "{name}: {text}");
                let missing = blanks(&full);
                assert!(missing.is_empty(), "{name} lacks {missing:?}");
                let sentences = text.lines().filter(|it| it.ends_with(['。', '：', '；'])).count();
                assert!(sentences > 0, "{name}: {text}");
                let doubled = ["。。", "，，", "、、", "：：", "。；"].iter().find(|it| text.contains(**it));
                assert_eq!(doubled, None, "{name}: {text}");
                let empty = composed(procedure, paper, act, false);
                let missing = blanks(&empty);
                let number = paper.series.is_some().then(|| "文号".to_owned());
                let date = paper.signature.is_some().then(|| "成文日期".to_owned());
                let to = paper.to.as_ref().and_then(|it| match it {
                    law::Addressee::Party(role) => Some(procedure.party(role)?.name.zh.clone()),
                    law::Addressee::Words(_) => None,
                });
                for of in number.into_iter().chain(date).chain(to) {
                    assert!(missing.contains(&of), "{name} does not ask for {of}: {missing:?}");
                }
                let shown = html(&empty).into_string();
                assert!(!missing.is_empty(), "{name}: {shown}");
                assert!(missing.iter().all(|of| shown.contains(&format!("待填：{of}"))), "{name}: {shown}");
            }
        }
    }
    assert!(seen > 40, "only {seen} papers were found");
}

/// What a document lacks that somebody should have given.
fn blanks(document: &Document) -> Vec<String> {
    let value = serde_json::to_value(document).unwrap();
    let mut found = Vec::new();
    let mut todo = vec![&value];
    while let Some(value) = todo.pop() {
        match value {
            serde_json::Value::Array(all) => todo.extend(all),
            serde_json::Value::Object(all) => {
                let of = all.get("blank").and_then(|it| it.get("of")).and_then(|it| it.as_str());
                found.extend(of.filter(|it| !it.is_empty()).map(str::to_owned));
                todo.extend(all.values());
            }
            _ => {}
        }
    }
    found
}

#[test]
fn keys_of_papers_are_names() {
    for procedure in packs().packs.iter().flat_map(|it| &it.procedures) {
        assert!(procedure.papers.iter().all(|it| Key::is_well_formed(&it.key)));
    }
}
