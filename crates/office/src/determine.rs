//! Determinations: the questions of a pack, asked one after another, and the one result with its articles.

use std::collections::BTreeMap;

use blocks::determination::{Answer, Answers, Ground, Standing, determine};
use engine::Jurisdiction;
use law::{Citation, Determination, FieldKind, Key, Question, Text};

use crate::{open::Office, words::both};

/// Where a determination stands.
#[derive(Clone, Debug)]
pub struct DeterminationView {
    /// What it is called.
    pub name: Text,
    /// What it determines.
    pub means: Text,
    /// Answered questions in order: key, question, the answer as given and in words.
    pub asked: Vec<(Key, Text, String, Text)>,
    /// The question to be answered next.
    pub next: Option<Question>,
    /// Whether what was answered to it cannot be an answer.
    pub unfit: bool,
    /// The result with the words and articles of its rule, and what the law leaves open about it.
    pub result: Option<(Text, Text, Vec<Citation>, Vec<Text>)>,
    /// Rules that were tried before and did not apply: words and articles.
    pub passed: Vec<(Text, Vec<Citation>)>,
}

impl Office {
    /// All determinations that the packs have: key, name, what each determines.
    pub fn determinations(&self) -> Vec<(Key, Text, Text)> {
        let all = self.laws().packs().iter().flat_map(|it| &it.determinations);
        all.map(|it| (it.key.clone(), it.name.clone(), it.means.clone())).collect()
    }

    /// Where a determination stands with answers as people gave them; `None` if there is none of this name.
    pub fn determine(
        &self,
        place: &Jurisdiction,
        key: &str,
        given: &BTreeMap<String, String>,
    ) -> Option<DeterminationView> {
        let of = self.laws().law().determination(key)?;
        let answers: Answers = of.questions.iter().filter_map(|it| answer(it, given)).collect();
        let parameters = self.parameters(place);
        let ground = Ground { parameters: &parameters, day: self.now().date() };
        let standing = determine(of, &answers, ground);
        let mut view = DeterminationView {
            name: of.name.clone(),
            means: of.means.clone(),
            asked: Vec::new(),
            next: None,
            unfit: false,
            result: None,
            passed: Vec::new(),
        };
        match standing {
            Standing::Ask(question) => {
                view.asked = before(of, question, &answers);
                view.unfit = given.get(question.key.as_str()).is_some_and(|it| !it.trim().is_empty());
                view.next = Some(question.clone());
            }
            Standing::Unfit(question) => {
                view.asked = before(of, question, &answers);
                (view.next, view.unfit) = (Some(question.clone()), true);
            }
            Standing::Found(found) => {
                view.asked = found.asked.iter().map(|(question, answer)| told(question, answer)).collect();
                let open = found.rule.unsettled.iter().map(|it| it.question.clone()).collect();
                let rule = found.rule;
                view.result = Some((found.result.name.clone(), rule.says.clone(), rule.basis.clone(), open));
                let passed = found.passed.iter();
                view.passed = passed.map(|it| (it.rule.says.clone(), it.rule.basis.clone())).collect();
            }
        }
        Some(view)
    }
}

/// The answers given to the questions before one.
fn before(of: &Determination, question: &Question, answers: &Answers) -> Vec<(Key, Text, String, Text)> {
    let earlier = of.questions.iter().take_while(|it| it.key != question.key);
    earlier.filter_map(|it| Some(told(it, answers.get(&it.key)?))).collect()
}

fn answer(question: &Question, given: &BTreeMap<String, String>) -> Option<(Key, Answer)> {
    let text = given.get(question.key.as_str())?.trim();
    let answer = match &question.kind {
        FieldKind::YesNo if matches!(text, "yes" | "no") => Answer::YesNo(text == "yes"),
        FieldKind::Date { .. } => Answer::Date(text.parse().ok()?),
        FieldKind::Choice { .. } if Key::is_well_formed(text) => Answer::Choice(Key::new(text)),
        _ => return None,
    };
    Some((question.key.clone(), answer))
}

fn told(question: &Question, answer: &Answer) -> (Key, Text, String, Text) {
    let (raw, words) = match answer {
        Answer::YesNo(yes) => {
            let raw = if *yes { "yes" } else { "no" };
            (raw.to_owned(), both(&format!("answer-{raw}")))
        }
        Answer::Date(day) => (day.to_string(), Text::new(day.to_string(), day.to_string())),
        Answer::Choice(key) => {
            let name = match &question.kind {
                FieldKind::Choice { options } => options.iter().find(|it| it.key == *key),
                _ => None,
            };
            (key.to_string(), name.map(|it| it.name.clone()).unwrap_or_default())
        }
    };
    (question.key.clone(), question.name.clone(), raw, words)
}
