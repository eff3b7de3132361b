//! What indicators can say of a procedure, and what is said of those that say it wrongly.

use law::{Condition, Formula, Indicator, Lang, ParameterValue, Rounding, Severity, Sources, Watch};

use crate::bad;

const SOUND: &str = include_str!("sound.kdl");

/// The letters' procedure with a choice, a number and an answer of yes or no.
fn procedure() -> String {
    let more = r#"    field tone "语气" en="Tone" type=choice sensitivity=public {
        option friendly "平和" en="Friendly"
        option angry "愤怒" en="Angry"
    }
    field pages "页数" en="Pages" type=number min=1 max=99 sensitivity=internal
    field signed "署名" en="Signed" type=yes-no sensitivity=internal
    field reply"#;
    let sound = SOUND.replacen("    field reply", more, 1);
    sound.replacen("ask letter\n", "ask letter\n        ask tone\n        ask pages\n        ask signed\n", 1)
}

const INDICATORS: &str = r#"indicators {
    over broken
    unit "件" en="letters"
    parameter answered-target "答复率目标" en="Target of answers" { default 90; mark local; why "各地自定。" en="Set locally."; }
    indicator letters "来信" en="Letters" {
        means "收到的来信" en="Letters received"
        count { mark act=receive-letter; by tone; }
    }
    indicator signed-angry "署名的愤怒来信" en="Signed angry letters" {
        means "署名且语气愤怒的" en="Signed and angry"
        count once=#true { mark act=receive-letter; where { choice tone angry; any { yes signed; compare pages more 3; }; }; }
    }
    indicator pages-read "页" en="Pages" {
        means "来信的页数" en="Pages of the letters"
        count { mark act=receive-letter; add pages; }
    }
    indicator answers "答复" en="Answered letters" {
        means "已答复的" en="Answered"
        count { mark outcome=answered; }
    }
    indicator still-open "未答复" en="Open letters" {
        means "期末未答复的，不论何时收到" en="Open at the end, whenever received"
        open standing=#true { into { mark act=receive-letter; }; out { mark outcome=*; }; }
    }
    indicator tones "语气种数" en="Kinds of tone" {
        means "有几种语气" en="How many kinds"
        values { mark act=receive-letter; by tone; }
    }
    indicator letters-change "来信同比" en="Letters against last year" decimals=1 {
        means "比上年" en="Against the year before"
        change letters in=percent
    }
    indicator answer-goal "目标" en="Goal" {
        means "答复率的目标" en="The target"
        target answered-target
    }
    rate answer-rate "答复率" en="Rate of answers" {
        means "答复的比例" en="Share of answers"
        unit "%" en="%"
        version by-letters "以来信为基数" en="Of letters received" decimals=2 rounding=cut {
            means "答复数占来信数" en="Answers of letters"
            ratio answers of=letters
        }
        version by-angry "以署名愤怒来信为基数" en="Of signed angry letters" {
            means "答复数占署名愤怒来信数" en="Answers of signed angry letters"
            ratio answers of=signed-angry
        }
        default by-letters
        mark local
        why "各地基数不同。" en="Places use different bases."
    }
}
"#;

fn sources(indicators: &str) -> Sources {
    let mut sources = bad::around(&procedure());
    sources.add("example/indicators.kdl", indicators);
    sources
}

/// What is said of it besides that some fields are not used further.
fn messages(sources: &Sources) -> String {
    let (_, faults) = law::read(sources);
    let grave = faults.iter().filter(|it| it.severity() == Severity::Error);
    grave.map(|it| format!("{}: {}\n", it.code.id(), it.message.zh)).collect()
}

#[test]
fn an_indicator_asks_splits_adds_and_compares() {
    let sources = sources(INDICATORS);
    let (law, faults) = law::read(&sources);
    let law = law.unwrap_or_else(|| panic!("{}", law::render(&faults, &sources, Lang::Zh)));
    let all = &law.packs[0].indicators;
    let find = |key: &str| all.iter().find(|it| it.key.as_str() == key).unwrap();
    let marks = |it: &Indicator| match &it.formula {
        Formula::Count(count) | Formula::Values(count) => count.marks[0].text(),
        _ => panic!(),
    };
    assert_eq!(marks(find("letters")), "?act:receive-letter/tone=*");
    assert_eq!(
        marks(find("signed-angry")),
        "?act:receive-letter?(tone=angry&(signed=yes,pages>3))",
        "the same condition has the same words"
    );
    assert_eq!(marks(find("pages-read")), "?act:receive-letter+pages");
    assert_eq!(marks(find("answers")), "outcome:answered");
    let Formula::Count(count) = &find("signed-angry").formula else { panic!() };
    assert!(count.once && matches!(count.marks[0].only.as_ref().unwrap().0, Condition::All(_)));
    assert!(matches!(&find("still-open").formula, Formula::Open { standing: true, .. }));
    let Formula::Target(target) = &find("answer-goal").formula else { panic!() };
    assert_eq!(target.default, ParameterValue::Number(90));
    let Formula::Versions { choice, versions } = &find("answer-rate").formula else { panic!() };
    assert_eq!(choice.default, ParameterValue::Option("by-letters".into()));
    assert_eq!((versions[0].decimals, versions[0].rounding), (2, Rounding::Cut));
    assert_eq!(versions[1].base.as_str(), "signed-angry");
    let watch = Watch::of(all);
    assert!(
        watch.has("outcome:answered") && watch.has("act:receive-letter") && !watch.has("act:answer-letter")
    );
    assert_eq!(watch.asking("act:receive-letter").count(), 3, "a split that two figures share is kept once");
}

#[test]
fn slips_in_indicators_are_told_where_they_are() {
    for (from, to, wanted) in [
        ("choice tone angry", "choice tone cross", "unknown-name: “tone”没有“cross”这个选项\n"),
        ("choice tone angry", "choice signed angry", "wrong-type: 要素“署名”不是选择\n"),
        ("yes signed", "yes sined", "unknown-name: 没有名为“sined”的要素\n"),
        ("add pages", "add tone", "wrong-type: 要素“语气”不是数字\n"),
        (
            "values { mark act=receive-letter; by tone; }",
            "values { mark act=receive-letter; }",
            "wrong-arity: values 要用 by 写明按哪个要素分别计数\n",
        ),
        (
            "; by tone; }\n    }\n    indicator signed",
            "; by letter; }\n    }\n    indicator signed",
            "wrong-type: 要素“来信内容”是个人信息，封存在账册里，不能据以计数\n",
        ),
        (
            "where { choice",
            "where { clock answer-time running; choice",
            "unknown-word: “where”里面不能写“clock”；可以写：all any not done given choice yes no compare\n",
        ),
        ("change letters", "change leters", "unknown-name: 没有名为“leters”的指标\n"),
        ("target answered-target", "target answer-target", "unknown-name: 没有名为“answer-target”的参数\n"),
        ("default by-letters", "default by-leters", "unknown-name: “answer-rate”没有“by-leters”这个选项\n"),
        ("rate answer-rate", "rate answers", "duplicate-name: 指标“answers”声明了两次\n"),
    ] {
        assert!(INDICATORS.contains(from), "{from}");
        let found = messages(&sources(&INDICATORS.replacen(from, to, 1)));
        assert_eq!(found, wanted, "{to}");
    }
}
