//! Masking: finding personal values in a text, and suggesting a text without them.

use law::PartyKind;

/// A personal value of a matter and what stands in its place when it is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Personal {
    pub(crate) text: String,
    pub(crate) instead: String,
}

/// What stands for a masked number or address.
const HIDDEN: &str = "\u{ff0a}\u{ff0a}\u{ff0a}";

/// The personal values of one party: name, number, telephone, address as far as given.
pub(crate) fn of_party(
    kind: PartyKind,
    role: &str,
    name: Option<&str>,
    others: impl IntoIterator<Item = String>,
) -> Vec<Personal> {
    let mut found = Vec::new();
    if kind == PartyKind::Person
        && let Some(name) = name.filter(|it| it.chars().count() >= 2)
    {
        found.push(Personal { text: name.to_owned(), instead: role.to_owned() });
    }
    if kind != PartyKind::Body {
        found.extend(
            others
                .into_iter()
                .filter(|it| it.chars().count() >= 4)
                .map(|text| Personal { text, instead: HIDDEN.to_owned() }),
        );
    }
    found
}

/// Whether a text contains one of the values, or anything that looks like an identity number or a
/// mobile telephone number. Blanks inside numbers do not hide them.
pub(crate) fn leaks(text: &str, personal: &[Personal]) -> bool {
    let dense: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    let has = |value: &str| {
        let value: String = value.chars().filter(|it| !it.is_whitespace()).collect();
        !value.is_empty() && dense.contains(&value)
    };
    personal.iter().any(|it| has(&it.text)) || !numbers(text).is_empty()
}

/// A text with the values and numbers replaced.
pub(crate) fn masked(text: &str, personal: &[Personal]) -> String {
    let mut text = text.to_owned();
    let mut longest_first: Vec<&Personal> = personal.iter().collect();
    longest_first.sort_by_key(|it| std::cmp::Reverse(it.text.len()));
    for value in longest_first {
        text = text.replace(&value.text, &value.instead);
    }
    for range in numbers(&text).into_iter().rev() {
        text.replace_range(range, HIDDEN);
    }
    text
}

/// Byte ranges of runs that look like an identity number (18 characters) or a mobile number (11 digits).
fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|it| it.is_ascii_digit()).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let x = bytes.get(at + run).is_some_and(|it| matches!(it, b'x' | b'X'));
        let identity = run == 18 || (run == 17 && x);
        let mobile = run == 11 && bytes[at] == b'1';
        if identity || mobile {
            found.push(at..at + if run == 17 { 18 } else { run });
        }
        at += run;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zhang() -> Vec<Personal> {
        let others = ["11010519491231002X".to_owned(), "示范路8号".to_owned()];
        of_party(PartyKind::Person, "甲方", Some("张三丰"), others)
    }

    #[test]
    fn a_name_in_the_text_is_found_and_replaced() {
        assert!(leaks("经查，张三丰于三月提出申请。", &zhang()));
        assert!(leaks("经查，张 三丰于三月提出申请。", &zhang()));
        let text = masked("张三丰（住示范路8号，11010519491231002X，13800138000）", &zhang());
        assert_eq!(text, "甲方（住＊＊＊，＊＊＊，＊＊＊）");
        assert!(!leaks(&text, &zhang()));
    }

    #[test]
    fn numbers_that_belong_to_nobody_known_are_found_too() {
        assert!(leaks("请拨13912345678。", &[]));
        assert!(leaks("证件号码110105194912310021。", &[]));
        assert!(!leaks("文号〔2026〕12号，罚款2000元，统计数123456789012。", &[]));
    }
}
