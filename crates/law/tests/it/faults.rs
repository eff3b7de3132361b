//! One change to a sound procedure, one fault: what is written instead of what, and what is said.

use law::{Lang, Severity, Sources};

use crate::bad;

const SOUND: &str = include_str!("sound.kdl");

/// Changes one place of the sound procedure.
fn changed(from: &str, to: &str) -> String {
    assert!(SOUND.contains(from), "{from}");
    SOUND.replacen(from, to, 1)
}

/// What is said of it, one line a fault: code, Chinese message.
fn said(procedure: &str) -> String {
    let (faults, _) = bad::judge(procedure, Lang::Zh);
    faults.iter().map(|it| format!("{}: {}\n", it.code.id(), it.message.zh)).collect()
}

#[track_caller]
fn one(from: &str, to: &str, wanted: &str) {
    assert_eq!(said(&changed(from, to)).trim_end(), wanted);
}

#[test]
fn slips_of_the_hand() {
    one("min=1", "min=１", "full-width-mark: 全角符号“１”应为半角“1”");
    one("min=1", "min=１２", "full-width-mark: 全角符号“１２”应为半角“12”");
    one("writer answerer", "writer，answerer", "full-width-mark: “，”不能分隔；各项之间用空格");
    one("\"已答复\"", "\"已答复”", "full-width-mark: 中文引号 ” 应为英文双引号");
    one("\"已答复\"", "已答复", "wrong-type: 这里要写文字，用英文双引号括起来");
    one("opens=#true", "opens=true", "syntax: true 前面要加井号");
    one("opens=#true", "opens=\"yes\"", "wrong-type: 这里要写 #true 或者 #false");
    one(
        "max=500 sensitivity=personal",
        "max=500.5 sensitivity=personal",
        "bad-number: “500.5”以数字开头，但不是整数",
    );
    one("by answerer", "by answerer answerer", "duplicate-name: “answerer”写了两次");
    one("by answerer", "by (role)answerer", "syntax: 不使用圆括号里的类型");
    one("ask reply", "ask reply shown=#true", "unknown-word: “ask”没有“shown=”这一项");
    one(
        "type=text",
        "type=words",
        "unknown-word: “words”不在可选的词之列：text number money date choice yes-no file body list matter official",
    );
    one("expiry alarm", "expiry alarm bell", "wrong-arity: “expiry”后面至多写 1 项");
    one("    summary", "    // summary", "wrong-arity: “procedure”里面缺少“summary”");
    one("to finished", "to", "wrong-arity: “to”后面至少要写 1 项，现有 0 项");
    one("stage received \"收到\" en=\"Received\"", "stage received \"收到\" en=\"Received\" { }", "");
    one(
        "ask letter\n",
        "ask letter\n        ask letter\n        help \"甲\" en=\"甲\"\n",
        "missing-text: 英文与中文相同",
    );
    one("\"Answered\"", "\"\"", "missing-text: 文字是空的");
    one("length 5 ", "length 0 ", "bad-declaration: 期限要大于零");
}

#[test]
fn an_ideographic_space_is_only_a_space() {
    assert_eq!(said(&SOUND.replace("        by", "　　　　by")), "");
}

#[test]
fn a_text_that_runs_over_the_line_is_found_where_it_begins() {
    one("en=\"Letter\"", "en=\"Letter", "syntax: 引号没有闭合");
}

#[test]
fn blocks_are_judged_by_indentation() {
    let text = SOUND.trim_end().trim_end_matches('}').to_owned();
    assert_eq!(said(&text).trim_end(), "unclosed-brace: 这个花括号到文件末尾仍未闭合");
    let text = SOUND.replacen("    act answer", "    }\n    act answer", 1);
    assert_eq!(said(&text).lines().next(), Some("unclosed-brace: 多了一个 }"));
    // Two independent faults behind an unclosed block are still found.
    let text = changed(
        "    stage received",
        "    party reader \"读者\" en=\"Reader\" {\n        kinds person\n    stage received",
    );
    let text = text.replace("notify sender", "notify sendr");
    let found = said(&text);
    assert!(found.contains("unclosed-brace") && found.contains("sendr"), "{found}");
}

/// Puts lines before the first field, and lines into the act that answers.
fn with(lines: &str, into: &str) -> String {
    let text = changed("    field letter", &format!("{lines}\n    field letter"));
    text.replacen("        ask reply\n", &format!("        ask reply\n{into}\n"), 1)
}

/// A condition on the act that answers.
fn require(condition: &str) -> String {
    format!(
        "        require one-condition {{\n            {condition}\n            basis \"第三十条第一款\"\n            \
         else \"不行\" en=\"No\"\n            kind form\n        }}"
    )
}

#[test]
fn names_and_types() {
    let fields = r##"
    field pages "页数" en="Pages" type=number min=1 max=99 sensitivity=public
    field posted "寄出之日" en="Posted on" type=date sensitivity=public
    field tone "语气" en="Tone" type=choice sensitivity=public {
        option polite "客气" en="Polite"
        option curt "生硬" en="Curt"
    }"##;
    let asked = "        ask pages\n        ask posted\n        ask tone\n";
    let say = |condition: &str| {
        said(&with(fields, &format!("{asked}{}", require(condition)))).trim_end().to_owned()
    };
    for good in [
        "compare pages at-most 30",
        "compare posted at-most act-day",
        "compare posted at-least \"2024-01-01\"",
        "compare posted equal field=posted",
        "choice tone polite curt",
        "all { given letter; not { done answer-letter; }; }",
        "party sender kind=person",
        "clock answer-time in-time",
        "masked letter",
    ] {
        assert_eq!(say(good), "", "{good}");
    }
    for (bad, wanted) in [
        ("compare letter at-most 30", "wrong-type: 要素“来信内容”不能比较大小先后"),
        ("compare posted at-most 30", "wrong-type: 日期要同日期比较：写 \"2024-01-01\" 或者 act-day"),
        ("compare pages at-most act-day", "wrong-type: 数字要同整数比较"),
        (
            "compare pages at-most",
            "wrong-arity: 比较的右边写一个值，或者写 field=，或者写 parameter=，只写一项",
        ),
        ("compare pages equal field=posted", "wrong-type: 要素“寄出之日”与左边不是同一类"),
        ("choice tone politely", "unknown-name: “tone”没有“politely”这个选项"),
        ("choice pages polite", "wrong-type: 要素“页数”不是选择"),
        ("yes tone", "wrong-type: 要素“语气”不是“是或者否”"),
        ("masked pages", "wrong-type: 要素“页数”不是文字"),
        ("done answr-letter", "unknown-name: 没有名为“answr-letter”的行为"),
        ("party reader", "unknown-name: 没有名为“reader”的当事人"),
        (
            "clock answer-time late",
            "unknown-word: “late”不在可选的词之列：not-started running suspended overdue stopped in-time extended",
        ),
        ("any { }", "wrong-arity: “any”里面没有条件"),
        (
            "given letter; given reply",
            "wrong-arity: “require”里面只能有一个条件；多个条件用 all 或者 any 括起来",
        ),
        ("", "wrong-arity: “require”里面没有条件"),
    ] {
        assert_eq!(say(bad), wanted, "{bad}");
    }
}

#[test]
fn declarations_that_contradict_themselves() {
    let say = |lines: &str, into: &str| said(&with(lines, into)).trim_end().to_owned();
    for (lines, wanted) in [
        ("    field x \"甲\" en=\"A\" type=choice sensitivity=public", "bad-declaration: 选择要素没有选项"),
        ("    field x \"甲\" en=\"A\" type=text sensitivity=public", "wrong-arity: “field”缺少“max=”"),
        (
            "    field x \"甲\" en=\"A\" type=date max=3 sensitivity=public",
            "bad-declaration: date 要素没有“max=”",
        ),
        (
            "    field x \"甲\" en=\"A\" type=number min=9 max=3 sensitivity=public",
            "bad-declaration: 下限大于上限",
        ),
        (
            "    role x \"甲\" en=\"A\" { public; post answering-clerk; }",
            "bad-declaration: 职能要写明由谁担任：public、party 或者 post，三者择一",
        ),
        ("    role x \"甲\" en=\"A\" { post nobody; }", "unknown-name: 没有名为“nobody”的岗位"),
        ("    party x \"甲\" en=\"A\" min=3 max=2 { kinds body; }", "bad-declaration: 下限大于上限"),
        (
            "    series x \"甲\" en=\"A\" prefix=y format=\"{prefix}{n}\"",
            "unknown-name: 没有名为“y”的参数\nbad-declaration: 编号格式里“{year}”应当出现一次",
        ),
        (
            "    limit x \"甲\" en=\"A\" {\n        length parameter=y unit=month\n        basis \"第三十条\"\n        expiry alarm\n    }",
            "unknown-name: 没有名为“y”的参数",
        ),
        (
            "    limit x \"甲\" en=\"A\" {\n        length field=letter unit=month\n        basis \"第三十条\"\n        expiry alarm\n    }",
            "wrong-type: 要素“来信内容”不是数字",
        ),
        (
            "    limit x \"甲\" en=\"A\" {\n        length 3\n        basis \"第三十条\"\n        expiry alarm deem=y\n    }",
            "wrong-arity: 写 alarm、fact 或者 deem=，三者择一",
        ),
    ] {
        assert_eq!(say(lines, ""), wanted, "{lines}");
    }
    for (into, wanted) in [
        ("        does { extend answer-time by=letter; }", "wrong-type: 要素“来信内容”不是数字"),
        ("        does { set letter yes; }", "wrong-type: 这个值不能写入要素“letter”"),
        ("        does { start answer-time from-field=letter; }", "wrong-type: 要素“来信内容”不是日期"),
        (
            "        ask letter optional=#true { when { given reply; }; }",
            "bad-act: optional 与 when 只能写一个",
        ),
        ("        ask letter parties=sender", "wrong-arity: 写一个要素或者 parties=，两者择一"),
    ] {
        assert_eq!(say("", into), wanted, "{into}");
    }
    one(
        "opens=#true {\n",
        "opens=#true by-law=#true {\n",
        "bad-act: 由法律直接发生的行为不能开启事项\nbad-act: 由法律直接发生的行为没有行为人，不能写 by",
    );
    one(
        "        to received\n",
        "        from received\n        to received\n",
        "bad-act: 开启事项的行为没有来处，不能写 from",
    );
    one("        by answerer\n", "", "bad-act: 行为要写明由谁作出：by");
    one("        from received\n", "", "bad-act: 行为要写明可以在哪些环节作出：from");
    one(" opens=#true {\n", " {\n        from received\n", "bad-declaration: 程序没有开启事项的行为");
    one(" closed=#true", "", "bad-declaration: 程序没有办结的环节");
}

#[test]
fn what_is_never_used_or_never_possible() {
    let say = |lines: &str, into: &str| said(&with(lines, into)).trim_end().to_owned();
    let limit = "    limit x \"甲\" en=\"A\" {\n        length 3 month\n        basis \"第三十条\"\n        expiry alarm\n    }";
    for (lines, wanted) in [
        ("    field x \"甲\" en=\"A\" type=date sensitivity=public", "unused: 要素“x”没有用到"),
        ("    party x \"甲\" en=\"A\" { kinds body; }", "unused: 当事人“x”没有用到"),
        ("    role x \"甲\" en=\"A\" { public; }", "unused: 职能“x”没有用到"),
        ("    outcome x \"甲\" en=\"A\" { basis \"第三十条\"; }", "unused: 结果“x”没有用到"),
        ("    fragment x { help \"甲\" en=\"A\"; }", "unused: 片段“x”没有用到"),
        (limit, "unused: 期限“x”没有用到"),
    ] {
        assert_eq!(say(lines, ""), wanted, "{lines}");
    }
    assert_eq!(
        say("", "        does { suspend answer-time; }"),
        "idle-effect: 期限“answer-time”会中止，但没有行为恢复它"
    );
    assert_eq!(
        say("", "        does { resume answer-time; }"),
        "idle-effect: 期限“answer-time”从不中止，无从恢复"
    );
    let never = changed(
        "    act answer-letter",
        &format!(
            "    act shrug \"不理\" en=\"Shrug\" {{\n        by answerer\n        from received\n        basis \"第三十条\"\n{}\n    }}\n    act answer-letter",
            require("done answer-letter")
        ),
    );
    assert_eq!(said(&never).trim_end(), "never-possible: “不理”在任何途径上都不可能作出");
    let twice = changed(
        "    act answer-letter",
        "    act grade \"先定结果\" en=\"Grade\" {\n        by answerer\n        from received\n        basis \"第三十条\"\n        does { outcome answered; }\n    }\n    act answer-letter",
    );
    assert!(
        said(&twice).starts_with("second-outcome: 事项已有结果，“先定结果”会再给一个"),
        "{}",
        said(&twice)
    );
}

#[test]
fn what_the_end_of_a_limit_does() {
    let law = "    act silence \"沉默\" en=\"Silence\" by-law=#true {\n        from received\n        to finished\n        basis \"第三十条第三款\"\nMORE        does {\n            stop answer-time\n            outcome answered\n        }\n    }\n    act answer-letter";
    let deem = |act: &str| {
        let text = changed("expiry alarm", "expiry deem=silence");
        said(&text.replacen("    act answer-letter", act, 1)).trim_end().to_owned()
    };
    assert_eq!(deem(&law.replace("MORE", "")), "");
    assert_eq!(
        deem(&law.replace("MORE", "        ask reply\n")),
        "expiry-act-unlawful: “答复期限”届满时发生的“沉默”不能要求填写，也不能附条件"
    );
    assert_eq!(
        deem(&law.replace("MORE", "").replace("            stop answer-time\n", "")),
        "expiry-act-unlawful: “答复期限”届满时发生的“沉默”没有停止这个期限，它会一再届满"
    );
    assert_eq!(
        deem(&law.replace("MORE", "        by answerer\n").replace(" by-law=#true", "")),
        "expiry-act-unlawful: “答复期限”届满时发生的“沉默”应写 by-law=#true"
    );
    let nobody = changed("    act answer-letter", &law.replace("MORE", ""));
    assert_eq!(said(&nobody).trim_end(), "bad-act: “沉默”由法律直接发生，但没有期限届满时发生它");
}

#[test]
fn a_masked_text_is_checked_before_it_goes_up() {
    let lines = "    field plain \"公开文本\" en=\"Public text\" type=text max=9 sensitivity=public\n    publication online \"上网\" en=\"Online\" {\n        basis \"第七十九条\"\n        show plain\n        masked plain of=reply\n    }";
    let up = "        ask plain\n        does { publish online; }\n";
    assert_eq!(
        said(&with(lines, up)).trim_end(),
        "sensitive-published: 公开之前没有核对“公开文本”是否隐去了个人信息"
    );
    assert_eq!(said(&with(lines, &format!("{up}{}", require("masked plain")))), "");
    let weak = require("any { masked plain; given reply; }");
    assert!(said(&with(lines, &format!("{up}{weak}"))).starts_with("sensitive-published"));
}

#[test]
fn fragments_are_put_in_place_and_never_in_themselves() {
    let lines = "    fragment outer { use inner; }\n    fragment inner { help \"提示\" en=\"Hint\"; }";
    assert_eq!(said(&with(lines, "        use outer")), "");
    let circle = lines.replace("help \"提示\" en=\"Hint\"", "use outer");
    assert_eq!(
        said(&with(&circle, "        use outer")).trim_end(),
        "recursive-fragment: 片段“outer”用到了自己"
    );
    let mut sources = bad::around(&with("    with manners \"2024-01-01\"", "        use greeting"));
    sources.add(
        "common/manners/2024-01-01.kdl",
        "fragment greeting { help \"先问好\" en=\"Say hello first\"; }\n",
    );
    let (law, _) = law::read(&sources);
    let law = law.unwrap();
    let act = law.packs[0].procedures[0].act("answer-letter").unwrap();
    assert_eq!(act.help.as_ref().unwrap().zh, "先问好");
    assert_eq!(
        said(&with("    with manners \"2024-01-01\"", "")).trim_end(),
        "unknown-name: 没有 2024-01-01 施行的共用片段“manners”"
    );
}

#[test]
fn places_in_statutes() {
    let basis = "basis \"第三十条第一款\"\n        ask reply";
    let cite = |place: &str| said(&changed(basis, &format!("basis \"{place}\"\n        ask reply")));
    for good in
        ["第三十条", "第三十条第一款第（七）项", "第十一条第（十五）项", "第九十条", "行政复议法 第三十条"]
    {
        assert_eq!(cite(good), "", "{good}");
    }
    for bad in ["三十条", "第三十条一款", "第30条", "第三十条第一款第(七)项", "第三十条、第三十一条", ""]
    {
        assert!(cite(bad).starts_with("bad-citation"), "{bad}: {}", cite(bad));
    }
    assert!(cite("第九十一条").contains("到第90条为止"));
    assert!(cite("第三十条之一").contains("没有第三十条之一"));
    assert!(cite("第三十条第二款第（一）项").contains("该款有 0 项"));
    assert!(cite("民法典 第一条").starts_with("unknown-name: 没有引用名为《民法典》的法律"));
}

/// Two versions of one procedure with other files of the pack.
fn pack(files: &[(&str, &str)]) -> Sources {
    let mut sources = bad::around(SOUND);
    for (path, text) in files {
        sources.add(*path, *text);
    }
    sources
}

fn messages(sources: &Sources) -> String {
    let (_, faults) = law::read(sources);
    let grave = faults.iter().filter(|it| it.severity() != Severity::Note);
    grave.map(|it| format!("{}: {}\n", it.code.id(), it.message.zh)).collect()
}

#[test]
fn a_version_ends_on_the_day_before_the_next() {
    let sources = pack(&[("example/broken/2026-07-01.kdl", SOUND)]);
    let (law, faults) = law::read(&sources);
    let law = law.unwrap_or_else(|| panic!("{}", law::render(&faults, &sources, Lang::Zh)));
    let spans: Vec<String> = law
        .versions("broken")
        .map(|it| format!("{} {:?}", it.from, it.until.map(|day| day.to_string())))
        .collect();
    assert_eq!(spans, ["2024-01-01 Some(\"2026-06-30\")", "2026-07-01 None"]);
    assert_eq!(law.in_force("broken", "2026-06-30".parse().unwrap()).unwrap().from.to_string(), "2024-01-01");
}

#[test]
fn files_must_lie_where_their_names_say() {
    for (path, text, wanted) in [
        ("example/broken/soon.kdl", SOUND, "bad-file: 不知道 example/broken/soon.kdl 是什么文件\n"),
        ("example/other/2024-01-01.kdl", SOUND, "bad-file: 名称“broken”与文件夹“other”不一致\n"),
        ("example/extra.kdl", "", "bad-file: 不知道 example/extra.kdl 是什么文件\n"),
        ("elsewhere/broken/2024-01-01.kdl", SOUND, "bad-file: 文件夹“elsewhere”没有 pack.kdl\n"),
        ("calendar/2026.kdl", "year 2025 { }", "bad-file: 文件名是 2026 年，里面写的不是\n"),
        ("articles/other.tsv", "one", "bad-file: 条文索引第 1 行读不懂\n"),
        ("notes/readme.md", "", ""),
    ] {
        assert_eq!(messages(&pack(&[(path, text)])), wanted, "{path}");
    }
}

#[test]
fn calendars_are_read_alone_as_well() {
    let year = "year 2026 {\n    paper \"通知\"\n    off \"2026-10-01\" \"2026-10-07\" name=\"国庆节\"\n    work \"2026-10-10\" name=\"国庆节\"\n}\n";
    let sources = pack(&[("calendar/2026.kdl", year)]);
    let calendar = law::read_calendar(&sources).unwrap();
    assert!(!calendar.is_working("2026-10-07".parse().unwrap()));
    assert!(calendar.is_working("2026-10-10".parse().unwrap()));
    for (from, to, wanted) in [
        ("\"2026-10-07\"", "\"2026-09-07\"", "bad-term: 起止日期颠倒或者超过三十一日\n"),
        ("\"2026-10-07\"", "2026-10-07", "bad-number: 日期要用双引号括起来\n"),
        ("work \"2026-10-10\"", "off \"2026-10-07\"", "duplicate-name: 2026-10-07 写了两次\n"),
        ("off \"2026", "of \"2026", "unknown-word: “year”里面不能写“of”；可以写：paper off work\n"),
    ] {
        let sources = pack(&[("calendar/2026.kdl", &year.replacen(from, to, 1))]);
        assert_eq!(messages(&sources), wanted);
        assert!(law::read_calendar(&sources).is_err());
    }
}

#[test]
fn figures_count_what_procedures_leave() {
    let indicators = "indicators {\n    over broken\n    unit \"件\" en=\"letters\"\n    indicator all-letters \"来信\" en=\"Letters\" {\n        means \"收到的来信\" en=\"Letters received\"\n        count { mark act=receive-letter; mark late=answer-time; mark outcome=*; }\n    }\n}\n";
    let report = "report yearly {\n    title \"{place}{year}年\" en=\"{place} {year}\"\n    paragraph \"来信\" en=\"Letters\" {\n        text \"收到{all-letters}件\" en=\"{all-letters} received\"\n    }\n}\n";
    let practice = "practice broken {\n    per-year 150\n    from received {\n        do answer-letter weight=9 after=\"1..4\" unit=working-day first=#true\n        wait weight=1\n    }\n    text reply \"好\" \"不好\"\n}\n";
    let files = |indicators: &str, report: &str, practice: &str| {
        pack(&[
            ("example/indicators.kdl", indicators),
            ("example/report.kdl", report),
            ("example/practice.kdl", practice),
        ])
    };
    let (law, _) = law::read(&files(indicators, report, practice));
    let law = law.unwrap();
    let law::Formula::Count(count) = &law.packs[0].indicators[0].formula else { panic!() };
    let marks: Vec<String> = count.marks.iter().map(law::Mark::text).collect();
    assert_eq!(marks, ["act:receive-letter", "late:answer-time", "outcome:*"]);
    let habit = &law.packs[0].practice[0].acts[0];
    assert_eq!((habit.after_min, habit.after_max, habit.first), (1, 4, true));
    for (from, to, wanted) in [
        ("act=receive-letter", "act=receive-leter", "unknown-name: 没有名为“receive-leter”的行为\n"),
        ("over broken", "over brokn", "unknown-name: 没有名为“brokn”的程序\n"),
        ("mark late=answer-time", "mark", "wrong-arity: 一行 mark 只写一项\n"),
        (
            "count {",
            "sum all-letters\n        count {",
            "wrong-arity: 指标要有一个算式：count、values、open、ratio、sum、change 或者 target\n",
        ),
        ("收到{all-letters}件", "收到件", "missing-text: 中英文里花括号的内容不一致\n"),
        (
            "en=\"{all-letters} received\"",
            "en=\"{all-leters} received\"",
            "unknown-name: 没有名为“all-leters”的指标\nmissing-text: 中英文里花括号的内容不一致\n",
        ),
        ("after=\"1..4\"", "after=\"4..1\"", "wrong-type: 这里要写起止，例如 \"1..4\"\n"),
        ("after=\"1..4\"", "after=1..4", "bad-number: “1..4”以数字开头，但不是整数\n"),
        ("do answer-letter", "do answr-letter", "unknown-name: 没有名为“answr-letter”的行为\n"),
    ] {
        let put = |text: &str| text.replacen(from, to, 1);
        let found = messages(&files(&put(indicators), &put(report), &put(practice)));
        if from == "over brokn" || from == "over broken" {
            assert!(found.starts_with(wanted), "{found}");
        } else {
            assert_eq!(found, wanted, "{to}");
        }
    }
}

/// Whatever is typed into a sound file, reading it does not panic, and every fault can be drawn.
#[test]
fn nothing_that_is_typed_makes_the_reader_stumble() {
    let marks: Vec<char> = "{}\"“”＝；，｛#/\\ \n=*;()5五天a-".chars().collect();
    let base: Vec<char> = SOUND.chars().collect();
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..400 {
        let mut text = base.clone();
        for _ in 0..=next(3) {
            let at = next(text.len());
            match next(3) {
                0 => text.insert(at, marks[next(marks.len())]),
                1 => text[at] = marks[next(marks.len())],
                _ => drop(text.remove(at)),
            }
        }
        let text: String = text.into_iter().collect();
        let (faults, shown) = bad::judge(&text, Lang::Zh);
        for label in faults.iter().flat_map(|it| &it.labels) {
            let file = if label.file.0 == 2 { &text } else { continue };
            assert!(file.get(label.span.clone()).is_some(), "{:?}\n{shown}", label.span);
        }
    }
}

#[test]
fn open_questions_and_missing_texts_are_noted_and_never_hidden() {
    let limit = "        expiry alarm\n        unsettled \"何时起算\" en=\"When it begins\"";
    let mut sources = bad::around(&changed("        expiry alarm", limit));
    let (law, faults) = law::read(&sources);
    assert!(law.is_some(), "a note hinders nothing");
    let notes: Vec<_> =
        faults.iter().map(|it| (it.code.id(), it.severity(), it.message.en.as_str())).collect();
    assert_eq!(
        notes,
        [
            ("unsettled", Severity::Note, "Unsettled: When it begins"),
            (
                "unindexed",
                Severity::Note,
                "Administrative Reconsideration Law (1999) has no article index, \
                 citations of it are unchecked: 已经失效"
            ),
        ]
    );
    sources.files.retain(|file| !file.path.ends_with(".tsv"));
    assert_eq!(
        messages(&sources).trim_end(),
        "no-index: 法律“reconsideration-law-2023”没有条文索引，也没有写明原因"
    );
}

/// A procedure whose ways cannot all be looked at says so instead of passing for sound.
#[test]
fn what_is_too_large_to_explore_is_said() {
    let mut acts = String::new();
    for at in 0..17 {
        acts.push_str(&format!(
            "    act step-{at} \"步骤{at}\" en=\"Step {at}\" {{\n        by answerer\n        from received\n        \
             basis \"第三十条\"\n        require not-step-{at} {{\n            not {{ done step-{at}; }}\n            \
             basis \"第三十条\"\n            else \"做过了\" en=\"Done\"\n            kind order\n        }}\n    }}\n"
        ));
    }
    let found = said(&changed("    act answer-letter", &format!("{acts}    act answer-letter")));
    assert_eq!(found.trim_end(), "undecided: 程序的途径太多，没有全部查完");
}
