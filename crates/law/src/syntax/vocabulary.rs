//! Holds a tree against the tables of the language and reports every departure.

use std::collections::BTreeMap;

use calendar::{Date, Unit};

use crate::{
    Key, Text,
    fault::{Code, Draft, Faults},
    numeral,
    source::Span,
};

use super::{
    grammar::{Block, Slot, Word},
    node::{Arg, Node, Value},
};

/// Checks the lines of a file.
pub(crate) fn check(nodes: &[Node], words: &[Word], whole: Span, faults: &mut Faults) {
    Check { faults }.lines(nodes, words, None, whole);
}

/// Checks the lines of a block that belongs to `of`.
pub(crate) fn check_block(of: &Node, nodes: &[Node], words: &[Word], faults: &mut Faults) {
    Check { faults }.lines(nodes, words, Some(&of.name), of.name_span);
}

struct Check<'a> {
    faults: &'a mut Faults,
}

impl Check<'_> {
    fn lines(&mut self, nodes: &[Node], words: &[Word], of: Option<&str>, whole: Span) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for node in nodes {
            let Some(word) = words.iter().find(|word| word.name == node.name) else {
                self.unknown(node, words, of);
                continue;
            };
            if let Some(first) = seen.insert(word.name, node.name_span).filter(|_| !word.many) {
                let draft = Draft::new(Code::DuplicateName, "word").put("word", word.name);
                self.faults.add(draft.at(node.name_span).see(first, "first"));
            }
            self.word(node, word);
        }
        for word in words.iter().filter(|word| word.need && !seen.contains_key(word.name)) {
            let of = of.unwrap_or("law");
            let draft = Draft::new(Code::WrongArity, "word").put("word", word.name).put("of", of);
            self.faults.add(draft.at(whole));
        }
    }

    fn unknown(&mut self, node: &Node, words: &[Word], of: Option<&str>) {
        let names = words.iter().map(|word| word.name);
        let all = names.clone().collect::<Vec<_>>().join(" ");
        let draft = match of {
            Some(of) => Draft::new(Code::UnknownWord, "line").put("of", of),
            None => Draft::new(Code::UnknownWord, "top"),
        };
        let draft = draft.put("word", &node.name).put("all", all).at(node.name_span);
        self.faults.add(draft.near(&node.name, names));
    }

    fn word(&mut self, node: &Node, word: &Word) {
        self.args(node, word);
        self.props(node, word);
        let en = word.props.iter().any(|prop| prop.0 == "en");
        if en {
            self.both_languages(node);
        }
        match (&node.block, word.block) {
            (Some(nodes), Block::Must(words) | Block::May(words)) => {
                self.lines(nodes, words, Some(word.name), node.name_span);
            }
            (Some(nodes), Block::None) if !nodes.is_empty() => {
                let draft = Draft::new(Code::WrongArity, "block").put("word", word.name);
                self.faults.add(draft.at(node.name_span));
            }
            (None, Block::Must(words)) => self.lines(&[], words, Some(word.name), node.name_span),
            _ => {}
        }
    }

    fn args(&mut self, node: &Node, word: &Word) {
        let count = node.args.len();
        let broken = node.args.iter().any(|arg| arg.value == Value::Broken);
        if count < word.min && !broken {
            let draft = Draft::new(Code::WrongArity, "few").put("word", word.name);
            self.faults.add(draft.put("wanted", word.min).put("count", count).at(node.name_span));
        }
        for (place, arg) in node.args.iter().enumerate() {
            match word.args.get(place).or(word.args.last().filter(|_| word.more)) {
                Some(slot) => self.slot(arg, *slot),
                None => {
                    let draft = Draft::new(Code::WrongArity, "many").put("word", word.name);
                    self.faults.add(draft.put("most", word.args.len()).at(arg.span));
                }
            }
        }
    }

    fn props(&mut self, node: &Node, word: &Word) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for prop in &node.props {
            if let Some(first) = seen.insert(&prop.name, prop.span) {
                let draft = Draft::new(Code::DuplicateName, "word").put("word", &prop.name);
                self.faults.add(draft.at(prop.span).see(first, "first"));
            }
            match word.props.iter().find(|known| known.0 == prop.name) {
                Some((_, slot, _)) => self.slot(&prop.value, *slot),
                None => {
                    let names = word.props.iter().map(|known| known.0);
                    let draft = Draft::new(Code::UnknownWord, "prop").put("word", &prop.name);
                    let draft = draft.put("of", word.name).at(prop.span);
                    self.faults.add(draft.near(&prop.name, names));
                }
            }
        }
        for (name, _, need) in word.props {
            if *need && node.prop(name).is_none() {
                let code = if *name == "en" { Code::MissingText } else { Code::WrongArity };
                let draft = Draft::new(code, "prop").put("word", word.name).put("prop", name);
                self.faults.add(draft.at(node.name_span));
            }
        }
    }

    fn slot(&mut self, arg: &Arg, slot: Slot) {
        match (slot, &arg.value) {
            (_, Value::Broken)
            | (Slot::Text, Value::Text(_))
            | (Slot::Number, Value::Number(_))
            | (Slot::YesNo, Value::YesNo(_))
            | (Slot::Any, Value::Text(_) | Value::Number(_) | Value::Word(_)) => {}
            (Slot::Star, Value::Word(word)) if word == "*" => {}
            (Slot::Key | Slot::Star, Value::Word(word)) => self.key(word, arg.span),
            (Slot::Number, Value::Word(word)) => self.number(word, arg.span),
            (Slot::Date, Value::Text(text)) => self.date(text, arg.span),
            (Slot::Unit, Value::Word(word)) => self.unit(word, arg.span),
            (Slot::OneOf(known), Value::Word(word)) => self.one_of(word, known, arg.span),
            (slot, _) => self.wrong_type(slot, arg.span),
        }
    }

    fn wrong_type(&mut self, slot: Slot, span: Span) {
        let wanted = match slot {
            Slot::Key | Slot::Star => "key",
            Slot::Text => "text",
            Slot::Number => "number",
            Slot::YesNo => "yes-no",
            Slot::Date => "date",
            Slot::Unit | Slot::OneOf(_) => "word",
            Slot::Any => "any",
        };
        self.faults.add(Draft::new(Code::WrongType, wanted).at(span));
    }

    fn key(&mut self, word: &str, span: Span) {
        if !Key::is_well_formed(word) {
            self.faults.add(Draft::new(Code::BadKey, "form").put("word", word).at(span));
        }
    }

    fn number(&mut self, word: &str, span: Span) {
        match numeral::read(word) {
            Some(number) => {
                let draft = Draft::new(Code::ChineseNumeral, "word").put("word", word);
                self.faults.add(draft.put("number", number).at(span));
            }
            None => self.wrong_type(Slot::Number, span),
        }
    }

    fn date(&mut self, text: &str, span: Span) {
        if text.len() != 10 || text.parse::<Date>().is_err() {
            self.faults.add(Draft::new(Code::WrongType, "date").at(span));
        }
    }

    fn unit(&mut self, word: &str, span: Span) {
        if word.parse::<Unit>().is_err() {
            let names = Unit::ALL.map(Unit::as_key);
            let draft = Draft::new(Code::UnknownUnit, "word").put("word", word);
            let draft = draft.put("all", names.join(" ")).at(span);
            self.faults.add(draft.near(word, names));
        }
    }

    fn one_of(&mut self, word: &str, known: &'static [&'static str], span: Span) {
        if !known.contains(&word) {
            let draft = Draft::new(Code::UnknownWord, "value").put("word", word);
            let draft = draft.put("all", known.join(" ")).at(span);
            self.faults.add(draft.near(word, known.iter().copied()));
        }
    }

    /// Words for people stand in Chinese and in English, and are not the same.
    fn both_languages(&mut self, node: &Node) {
        let Text { zh, en } = node.words();
        let zh_span = node.texts().next().map(|it| it.1);
        let en_span = node.prop("en").map(|prop| prop.value.span);
        let (Some(zh_span), Some(en_span)) = (zh_span, en_span) else { return };
        let lettered = zh.chars().any(char::is_alphabetic);
        if zh.trim().is_empty() {
            self.faults.add(Draft::new(Code::MissingText, "empty").at(zh_span));
        } else if en.trim().is_empty() {
            self.faults.add(Draft::new(Code::MissingText, "empty").at(en_span));
        } else if lettered && zh == en {
            self.faults.add(Draft::new(Code::MissingText, "equal").at(en_span));
        } else if en.chars().any(is_han) {
            self.faults.add(Draft::new(Code::MissingText, "han").at(en_span));
        }
    }
}

/// Whether a character is a Chinese one.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
