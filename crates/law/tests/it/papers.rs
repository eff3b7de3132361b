//! Official papers: what one may print, what is said of one that cannot be, and how lawyers read it.

use law::{Lang, Severity, Sources};

use crate::bad::around;

const SOUND: &str = include_str!("sound.kdl");

/// A paper for the letter's answer.
const PAPER: &str = r#"paper answer-notice "答复书" en="Answer" {
    for broken since="2024-01-01"
    layout document
    series answer-number
    basis "第三十条第一款"
    to sender
    title "{body}答复书"
    text "{sender}（住{sender.address}）：你于{received}来信，信中说：{letter}。"
    text "现答复如下：{reply}" { when { given reply; }; }
    heading "期限"
    item "应当在{answer-time.due}前（{answer-time.length}）答复。"
    each sender "{count}. {it}，电话{it.phone}"
    table {
        columns 1 2
        row "项目" "内容" head=#true
        each letter "{count}" "{it}"
    }
    attachment "来信"
    copy "{place}信访机构"
    note "{第三十条第一款}，{own-basis}，{answer-letter.basis}，经办人{official}，{blank}"
}
"#;

/// The sound procedure with a series and an act that issues the paper.
fn procedure() -> String {
    let series = r#"
    parameter head "字头" en="Letterhead" {
        default "信复"
        mark local
        why "字头自定。" en="Set by each organ."
    }
    series answer-number "答复编号" en="Answer number" prefix=head format="{prefix}〔{year}〕{n}号"

    field letter"#;
    SOUND.replacen("\n    field letter", series, 1).replacen(
        "notify sender",
        "notify sender\n            issue answer-notice",
        1,
    )
}

fn sources(procedure: &str, paper: &str) -> Sources {
    let mut sources = around(procedure);
    sources.add("example/papers/answer-notice.kdl", paper);
    sources
}

/// What is said, one line a fault: code, Chinese message, the characters underlined.
fn said(procedure: &str, paper: &str) -> String {
    let sources = sources(procedure, paper);
    let (_, faults) = law::read(&sources);
    let grave = faults.iter().filter(|it| it.severity() != Severity::Note);
    let line = |it: &law::Fault| {
        let label = &it.labels[0];
        let marked = &sources.get(label.file).unwrap().text[label.span.clone()];
        format!("{} {marked}: {}\n", it.code.id(), it.message.zh)
    };
    grave.map(line).collect()
}

#[track_caller]
fn one(from: &str, to: &str, wanted: &str) {
    assert!(PAPER.contains(from), "{from}");
    assert_eq!(said(&procedure(), &PAPER.replacen(from, to, 1)).trim_end(), wanted);
}

#[test]
fn a_paper_may_print_everything_that_is_known() {
    assert_eq!(said(&procedure(), PAPER), "");
}

#[test]
fn a_place_that_nothing_fills_is_underlined_where_it_stands() {
    one("{reply}", "{replay}", "unknown-name replay: 文书里没有可以填入“replay”的内容");
    one("{sender.address}", "{sender.hat}", "unknown-name sender.hat: 文书里没有可以填入“sender.hat”的内容");
    one("{letter}", "{it}", "unknown-name it: 文书里没有可以填入“it”的内容");
    one("{reply}\"", "{reply\"", "bad-declaration \"现答复如下：{reply\": 花括号没有闭合");
    one("{official}", "{number}", "");
    one(
        "{第三十条第一款}",
        "{第三十条第九款}",
        "unknown-article 第三十条第九款: 《行政复议法》（2023）没有第三十条第九款：该条有 3 款",
    );
    one("    to sender", "    to sendr", "unknown-name sendr: 没有名为“sendr”的当事人");
    one(
        "for broken ",
        "for brokn ",
        "unused answer-number: 编号“answer-number”没有用到\nunknown-name brokn: 没有名为“brokn”的程序",
    );
    one(
        "columns 1 2",
        "columns 1",
        "bad-declaration row: 单元格多于表的列数\nbad-declaration each: 单元格多于表的列数",
    );
    one("heading \"期限\"", "heading \"期限\" level=5", "bad-declaration 5: 标题层级是一至四");
    one(
        "paper answer-notice",
        "paper answer-note",
        "bad-file answer-note: 文书“answer-note”与文件名“answer-notice”不一致\nunused answer-note: 文书“answer-note”没有用到",
    );
    let unnumbered = PAPER.replace("    series answer-number\n", "").replace("{official}", "{number}");
    let found = said(&procedure(), &unnumbered);
    assert!(found.contains("bad-declaration number: 文书没有写明 series，没有编号可填"), "{found}");
}

#[test]
fn a_paper_that_nobody_issues_or_that_is_always_blank_is_noticed() {
    let silent = procedure().replace("            issue answer-notice\n", "");
    let found = said(&silent, PAPER);
    assert_eq!(found.trim_end(), "unused answer-notice: 文书“answer-notice”没有用到");
    assert_eq!(said(&silent, &PAPER.replace("    layout", "    on-demand\n    layout")), "");
    let early =
        silent.replacen("does { start answer-time; }", "does { start answer-time; issue answer-notice; }", 1);
    assert_eq!(said(&early, PAPER), "", "what is printed only if given may be given later");
    let found = said(&early, &PAPER.replace(" { when { given reply; }; }", ""));
    assert_eq!(found.trim_end(), "always-blank reply: “收到来信”之前没有行为填写“答复内容”，这里总是空白");
}

#[test]
fn a_paper_belongs_to_the_versions_that_it_is_for() {
    let later = PAPER.replace("since=\"2024-01-01\"", "since=\"2025-01-01\"");
    let found = said(&procedure(), &later);
    assert!(found.contains("unknown-name answer-notice"), "{found}");
}

#[test]
fn lawyers_read_the_words_with_the_places_in_brackets() {
    let sources = sources(&procedure(), PAPER);
    let (law, faults) = law::read(&sources);
    let law = law.unwrap_or_else(|| panic!("{}", law::render(&faults, &sources, Lang::En)));
    let text = law::render_zh(&law.packs[0].procedures[0]);
    let (_, papers) = text.split_once("、文书\n").unwrap();
    let wanted = "\
（一）答复书
    公文格式，编号取自“答复编号”
    标题：〔承办机关〕答复书
    主送：〔来信人〕
    正文：〔来信人姓名或者名称〕（住〔来信人地址〕）：你于〔收到之日〕来信，信中说：〔来信内容〕。
    填写了“答复内容”的，正文：现答复如下：〔答复内容〕
    一级标题：期限
    三级标题：应当在〔“答复期限”届满之日〕前（〔“答复期限”的长度〕）答复。
    逐一（来信人）：〔序号〕. 〔其名称〕，电话〔其电话〕
    表：项目 │ 内容；逐一（来信内容）：〔序号〕 │ 〔其名称〕
    附件：来信
    落款：〔承办机关〕
    附注：《行政复议法》第三十条第一款，〔本文书的依据〕，〔“答复”的依据〕，经办人〔经办人〕，＿＿＿＿
    抄送：〔辖区〕信访机构
    依据：第三十条第一款。
";
    assert_eq!(papers, wanted);
    assert!(text.contains("通知来信人；制发“答复书”"), "{text}");
}
