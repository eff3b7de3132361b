//! What papers say: every place filled, every lack a visible blank, conditions, numbering, HTML.

use engine::Value;
use law::Key;
use papers::{Part, Run, Standing, html, plain};

use crate::matter::{answered, drafted, full, law, paper};

const LETTER: &str = r#"paper answer-letter "答复函" en="Answer" {
    for letter
    layout document
    series answer-number
    basis "第三条"
    to sender
    title "关于{topic}的答复"
    text "你们于{received}来信（{topic}，急件：{urgent}，费用{cost}），请求：{letter}"
    heading "办理"
    heading "经过" level=2
    item "{receive.on}收到，{answer-time.length}内（{answer-time.due}前）答复；"
    item "依据{basis}和{第四条}。"
    heading "来信人"
    each sender "{count}. {it}，住{it.address}，电话{it.phone}"
    heading "结果" level=2
    text "{reply}" { when { given reply; }; }
    text "没有答复。" { when { not { given reply; }; }; }
    table {
        columns 1 3
        row "序号" "材料" head=#true
        each enclosures "{count}" "{it}"
        row "合计见附件"
    }
    attachment "照片"
    attachment "地图" { when { choice topic parks; }; }
    attachment "车票" { when { choice topic roads; }; }
    copy "{place}信访局"
    copy sender
    note "经办人{official}，{blank}"
}"#;

#[test]
fn a_paper_says_what_is_known() {
    let law = law(&[("answer-letter", LETTER)]);
    let values = full();
    let matter = answered(&law, &values);
    let document = paper(&law, &matter, &values, Standing::Issued);
    let wanted = "\
某某市来信办公室文件
信复〔2024〕12号
关于公园的答复
张三、李四：
你们于2024年7月1日来信（公园，急件：是，费用12.50元），请求：路灯不亮。
公园门坏了。
一、办理
（一）经过
1.2024年7月1日收到，5个工作日内（2024年7月8日前）答复；
2.依据《来信法》第二条、第三条和《来信法》第四条。
二、来信人
1. 张三，住东街1号，电话＿＿＿＿＿＿
2. 李四，住＿＿＿＿＿＿，电话＿＿＿＿＿＿
（一）结果
已经派人修理。
序号 | 材料
1 | 照片一张
2 | 地图
合计见附件
附件：1. 照片
2. 地图
某某市来信办公室
2024年7月10日
（经办人王五，＿＿＿＿＿＿）
抄送：某某市信访局、张三、李四。
";
    assert_eq!(plain(&document), wanted);
    assert_eq!(document.printed, Some(("某某市来信办公室".to_owned(), "2024年7月10日".to_owned())));
}

#[test]
fn what_is_missing_or_sealed_stays_a_blank_that_says_what_is_missing() {
    let law = law(&[("answer-letter", LETTER)]);
    let mut values = full();
    let matter = answered(&law, &values);
    values.remove("cost");
    let hash = matter.law.hash.get(..0).map(|_| engine::Hash::of(b"x")).unwrap();
    values.insert(Key::from("letter"), Value::Sealed(hash));
    let document = paper(&law, &matter, &values, Standing::Draft);
    let said = plain(&document);
    assert!(said.starts_with("（草稿）\n某某市来信办公室文件\n＿＿＿＿＿＿\n关于公园的答复\n"), "{said}");
    let Part::Text { line, .. } = &document.body[0] else { panic!("{document:?}") };
    let blanks: Vec<&str> = line
        .iter()
        .filter_map(|run| match run {
            Run::Blank { of } => Some(of.as_str()),
            Run::Words(_) => None,
        })
        .collect();
    assert_eq!(blanks, ["费用", "来信内容"]);
}

#[test]
fn the_page_on_the_screen_has_the_structure_of_the_paper() {
    let law = law(&[("answer-letter", LETTER)]);
    let values = full();
    let matter = answered(&law, &values);
    let shown = html(&paper(&law, &matter, &values, Standing::Issued)).into_string();
    for part in [
        "<article class=\"paper paper-document\" lang=\"zh-CN\">",
        "<h2 class=\"paper-title\">关于公园的答复</h2>",
        "<h3 class=\"paper-level-1\">一、办理</h3>",
        "<h4 class=\"paper-level-2\">（一）经过</h4>",
        "<th scope=\"col\">序号</th>",
        "<td colspan=\"2\">合计见附件</td>",
        "<p class=\"paper-attachment\">附件：1. 照片</p>",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    let void = html(&paper(&law, &matter, &values, Standing::Void)).into_string();
    assert!(void.contains("<strong>作废</strong>"), "{void}");
}

/// Whoever agrees to a draft reads what will go out.
#[test]
fn a_draft_reads_as_if_its_act_had_been_done() {
    let text = LETTER.replace("{ when { given reply; }; }", "{ when { done answer; }; }");
    let text = text.replace("\"办理\"", "\"{visit-time.due}前回访\"");
    let said = plain(&drafted(&law(&[("answer-letter", &text)]), &full()));
    assert!(said.contains("一、2024年7月23日前回访"), "{said}");
    assert!(said.contains("已经派人修理。") && !said.contains("没有答复。"), "{said}");
}

/// A value is words, never markup.
#[test]
fn a_value_cannot_become_markup() {
    let law = law(&[("answer-letter", LETTER)]);
    let mut values = full();
    values.insert(Key::from("reply"), Value::Text("<script>alert(1)</script> #set page()".to_owned()));
    let matter = answered(&law, &values);
    let shown = html(&paper(&law, &matter, &values, Standing::Issued)).into_string();
    assert!(shown.contains("&lt;script&gt;") && !shown.contains("<script"), "{shown}");
}
