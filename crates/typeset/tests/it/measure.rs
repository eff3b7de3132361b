//! The page of GB/T 9704: margins, lines and characters, head, signature, colophon, page numbers.

use law::Layout;
use papers::{Part, Run, Standing};
use typeset::paper;

use crate::{
    page::{Band, MM, Pdf, Word, fonts, ink, near, red, tools},
    papers::{document, han, line},
};

/// A paper set, if fonts and tools are here.
fn set(document: &papers::Document) -> Option<(Pdf, Vec<Word>, usize)> {
    let fonts = fonts().filter(|_| tools())?;
    let (bytes, pages) = paper(document, fonts).unwrap();
    let pdf = Pdf::new(&bytes);
    let words = pdf.words();
    Some((pdf, words, pages))
}

/// Lines of text of one page: the words that are on one height, without the page number.
fn lines(words: &[Word], page: usize) -> Vec<Word> {
    let mut lines: Vec<Word> = Vec::new();
    for word in words.iter().filter(|it| it.page == page && it.top < 297.0 - 35.0) {
        match lines.iter_mut().find(|it| (it.top - word.top).abs() < 2.0) {
            Some(line) => {
                line.text.push_str(&word.text);
                (line.left, line.right) = (line.left.min(word.left), line.right.max(word.right));
            }
            None => lines.push(word.clone()),
        }
    }
    lines
}

#[test]
fn twenty_two_lines_of_twenty_eight_characters_within_the_margins() {
    let Some((_, words, pages)) = set(&document(Layout::Document, 12, 280)) else { return };
    assert!(pages >= 4, "{pages}");
    for (page, left, right) in [(2, 26.0, 28.0), (3, 28.0, 26.0)] {
        let lines = lines(&words, page);
        assert_eq!(lines.len(), 22, "page {page}");
        // A whole line inside a paragraph holds 28 characters and fills the width.
        let whole: Vec<&Word> = lines.iter().filter(|it| it.text.chars().count() == 28).collect();
        assert!(whole.len() >= 15, "page {page}: {:?}", lines.iter().map(|it| it.text.chars().count()));
        assert!(lines.iter().all(|it| it.text.chars().count() <= 28));
        for line in whole {
            near(line.left, left, 0.5);
            near(line.right, 210.0 - right, 1.0);
        }
        // A character stands in the middle of its line.
        near(lines[0].top, 37.0 + (225.0 / 22.0 - 16.0 * MM) / 2.0, 0.5);
        near(lines[21].bottom, 297.0 - 35.0 - (225.0 / 22.0 - 16.0 * MM) / 2.0, 0.5);
        let pitch = (lines[21].top - lines[0].top) / 21.0;
        near(pitch, 225.0 / 22.0, 0.02);
        // A paragraph begins two characters in.
        let first = lines.iter().find(|it| it.text.chars().count() == 26).unwrap();
        near(first.left, left + 2.0 * 156.0 / 28.0, 0.5);
    }
}

#[test]
fn the_head_stands_where_the_standard_puts_it() {
    let Some((pdf, words, _)) = set(&document(Layout::Document, 1, 60)) else { return };
    let bands = pdf.drawn(1).bands(red);
    let [mark, rule] = bands.as_slice() else { panic!("{bands:?}") };
    // The mark 35 mm below the type area; a character's ink begins a little below its box.
    near(mark.top, 37.0 + 35.0, 2.5);
    near(rule.left, 28.0, 0.5);
    near(rule.right - rule.left, 156.0, 0.5);
    let number = words.iter().find(|it| it.text.contains("〔2024〕12号")).unwrap();
    near((number.left + number.right) / 2.0, 28.0 + 78.0, 1.0);
    // Four millimetres below the number's line, in the middle of which its characters stand.
    near(rule.top - number.bottom, 4.0 + (225.0 / 22.0 - 16.0 * MM) / 2.0, 0.5);
    near(number.top - mark.bottom, 2.0 * 225.0 / 22.0, 3.0);
    let title = words.iter().find(|it| it.text == "行政复议决定书").unwrap();
    near((title.left + title.right) / 2.0, 28.0 + 78.0, 1.0);
    near(title.right - title.left, 7.0 * 22.0 * 25.4 / 72.0, 1.0);
}

#[test]
fn page_numbers_lie_at_the_outer_side_below_the_type_area() {
    let Some((_, words, pages)) = set(&document(Layout::Document, 8, 280)) else { return };
    assert!(pages >= 3);
    let folios: Vec<&Word> =
        words.iter().filter(|it| it.top > 297.0 - 35.0 && it.text.contains('—')).collect();
    let character = 156.0 / 28.0;
    let of = |page: usize| {
        let all: Vec<&&Word> = folios.iter().filter(|it| it.page == page).collect();
        let left = all.iter().map(|it| it.left).fold(f64::MAX, f64::min);
        let right = all.iter().map(|it| it.right).fold(0.0, f64::max);
        (left, right)
    };
    near(of(1).1, 210.0 - 26.0 - character, 0.5);
    near(of(2).0, 26.0 + character, 0.5);
    near(of(3).1, 210.0 - 26.0 - character, 0.5);
    for word in folios {
        near((word.top + word.bottom) / 2.0, 297.0 - 35.0 + 7.0, 2.0);
    }
}

#[test]
fn name_and_date_stand_as_without_a_seal() {
    let mut long = document(Layout::Document, 1, 60);
    long.signature.as_mut().unwrap().by = line("某某市某某区人民政府办公室");
    let Some((_, words, _)) = set(&long) else { return };
    let character = 156.0 / 28.0;
    let date =
        words.iter().find(|it| it.text.starts_with("2024年7月1日") && !it.text.contains("印发")).unwrap();
    let name = words.iter().find(|it| it.text == "某某市某某区人民政府办公室").unwrap();
    near(date.top - name.top, 225.0 / 22.0, 0.2);
    near(name.right, 210.0 - 26.0 - 2.0 * character, 1.0);
    near(date.left, name.left + 2.0 * character, 1.0);
    // A long date under a short name is two in, and the name is pushed left.
    let mut short = document(Layout::Document, 1, 60);
    short.signature.as_mut().unwrap().by = line("某局");
    let Some((_, words, _)) = set(&short) else { return };
    let date =
        words.iter().find(|it| it.text.starts_with("2024年7月1日") && !it.text.contains("印发")).unwrap();
    let name = words.iter().find(|it| it.text == "某局").unwrap();
    near(date.right, 210.0 - 26.0 - 2.0 * character, 1.0);
    near(date.left - name.left, 2.0 * character, 1.0);
}

#[test]
fn the_colophon_ends_the_last_page() {
    let Some((pdf, words, pages)) = set(&document(Layout::Document, 5, 280)) else { return };
    let rules: Vec<Band> = pdf
        .drawn(pages)
        .bands(ink)
        .into_iter()
        .filter(|it| it.right - it.left > 150.0 && it.bottom - it.top < 1.0)
        .collect();
    assert_eq!(rules.len(), 3, "{rules:?}");
    near(rules[2].bottom, 297.0 - 35.0, 0.5);
    for rule in &rules {
        near(rule.right - rule.left, 156.0, 0.5);
    }
    let last = |text: &str| words.iter().rev().find(|it| it.text.contains(text)).unwrap();
    assert_eq!(last("抄送：").text, "抄送：某某市某某局。");
    near(last("印发").right, rules[2].right - 14.0 * 25.4 / 72.0, 1.0);
}

#[test]
fn a_letter_has_its_double_lines_and_no_number_on_the_first_page() {
    let Some((pdf, words, pages)) = set(&document(Layout::Letter, 4, 280)) else { return };
    assert!(pages >= 2);
    let bands = pdf.drawn(1).bands(red);
    let (mark, rules) = bands.split_first().unwrap();
    near(mark.top, 30.0, 2.5);
    let wide: Vec<&Band> = rules.iter().filter(|it| it.right - it.left > 150.0).collect();
    assert_eq!(wide.len(), 4, "{bands:?}");
    for rule in &wide {
        near(rule.right - rule.left, 170.0, 0.5);
        near(rule.left, 20.0, 0.5);
    }
    // Thick over thin above, thin over thick below.
    let thick = |it: &Band| it.bottom - it.top;
    assert!(thick(wide[0]) > thick(wide[1]) && thick(wide[2]) < thick(wide[3]), "{wide:?}");
    near(wide[3].bottom, 297.0 - 20.0, 0.7);
    let number = words.iter().find(|it| it.text.contains("〔2024〕12号")).unwrap();
    near(number.right, 210.0 - 26.0, 0.7);
    assert!(number.top > wide[1].bottom && number.top - wide[1].bottom < 8.0, "{number:?}");
    let numbered = |page: usize| words.iter().any(|it| it.page == page && it.text.starts_with('—'));
    assert!(!numbered(1) && numbered(2));
    assert!(pdf.drawn(2).bands(red).is_empty(), "the lines belong to the first page");
}

#[test]
fn a_long_title_breaks_into_lines_of_like_length() {
    let mut long = document(Layout::Document, 1, 60);
    long.title = line("关于对某某市某某区某某街道办事处行政处罚决定不服申请行政复议案件的通知");
    let Some((_, words, _)) = set(&long) else { return };
    let lines: Vec<&Word> =
        words.iter().filter(|it| it.bottom - it.top > 7.0 && long_title(&it.text)).collect();
    assert!(lines.len() >= 2, "{words:?}");
    let widths: Vec<f64> = lines.iter().map(|it| it.right - it.left).collect();
    let least = widths.iter().copied().fold(f64::MAX, f64::min);
    let most = widths.iter().copied().fold(0.0, f64::max);
    assert!(least > 0.6 * most, "{widths:?}");
}

fn long_title(text: &str) -> bool {
    "关于对某某市某某区某某街道办事处行政处罚决定不服申请行政复议案件的通知".contains(text)
}

#[test]
fn rare_characters_and_every_mark_of_a_document_are_there() {
    let mut rare = document(Layout::Form, 0, 0);
    rare.title = line("送达回证");
    rare.body
        .push(Part::Text { line: line("申请人䶮𬭎喆堃，面积100㎡，□同意"), flush: false });
    rare.body.push(Part::Text { line: vec![Run::Blank { of: String::new() }], flush: false });
    rare.verify = Some("https://yifa.example/v/1".to_owned());
    rare.standing = Standing::Void;
    let Some((pdf, _, _)) = set(&rare) else { return };
    let text = pdf.text();
    for word in ["䶮𬭎喆堃", "100㎡", "□同意", "送达回证", "扫描二维码核验本文书"] {
        assert!(text.contains(word), "{word} is not in\n{text}");
    }
    let across = pdf.drawn(1).bands(|it| it == [232; 3]);
    assert!(!across.is_empty(), "a void paper says so across the page");
    let info = pdf.info();
    for fact in ["Title:           送达回证", "Tagged:          yes", "(A4)"] {
        assert!(info.contains(fact), "{fact} is not in\n{info}");
    }
}

/// What a value says is never read as markup of the setting engine.
#[test]
fn a_value_is_words() {
    let mut sly = document(Layout::Letter, 0, 0);
    let words = "#set page(width: 1cm) $x^2$ *粗* _斜_ `码` \\ <标> @引 // 注";
    sly.body.push(Part::Text { line: line(words), flush: false });
    let Some((pdf, _, pages)) = set(&sly) else { return };
    assert_eq!(pages, 1);
    let flat: String = pdf.text().split_whitespace().collect();
    let wanted: String = words.split_whitespace().collect();
    assert!(flat.contains(&wanted), "{flat}");
    assert_eq!(han(3), "依法行");
}
