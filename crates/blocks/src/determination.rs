//! Determinations: from answers to the one result, with the rule that gave it and why no earlier one did.

use std::collections::BTreeMap;

use calendar::Date;
use law::{Condition, Determination, FieldKind, Finding, Key, Operand, ParameterValue, Question, Rule};

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An option of a choice.
    Choice(Key),
    /// Yes or no.
    YesNo(bool),
    /// A day.
    Date(Date),
}

/// Answers by question.
pub type Answers = BTreeMap<Key, Answer>;

/// What is known besides the answers.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Parameters that the jurisdiction has set; the others have their defaults.
    pub parameters: &'a BTreeMap<Key, ParameterValue>,
    /// The day on which it is determined.
    pub day: Date,
}

/// Where a determination stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// This question is to be answered next.
    Ask(&'a Question),
    /// An answer that its question does not have: another type, or no such option.
    Unfit(&'a Question),
    /// Every question that matters is answered, and this is the result.
    Found(Box<Determined<'a>>),
}

/// A result with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Determined<'a> {
    /// The result.
    pub result: &'a Finding,
    /// The rule that gave it, with articles and words.
    pub rule: &'a Rule,
    /// The rules tried before it, in order, each with what stood against it.
    pub passed: Vec<Passed<'a>>,
    /// The questions that were asked, in order, each with its answer.
    pub asked: Vec<(&'a Question, &'a Answer)>,
}

/// A rule that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The smallest parts of its condition that decided against it; never empty.
    pub because: Vec<Against<'a>>,
}

/// A part of a condition that decided against a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Against<'a> {
    /// The part, without `all`, `any` and `not`.
    pub part: &'a Condition,
    /// Whether it held where it ought not to, instead of the other way round.
    pub held: bool,
}

/// Where a determination stands with these answers. Answers to questions that are not asked are not
/// looked at, so that a changed mind leaves nothing behind.
pub fn determine<'a>(of: &'a Determination, answers: &'a Answers, ground: Ground<'_>) -> Standing<'a> {
    let mut known = Known { of, answers: BTreeMap::new(), ground };
    let mut asked = Vec::new();
    for question in &of.questions {
        if question.when.as_ref().is_some_and(|when| !known.holds(when)) {
            continue;
        }
        let Some(answer) = answers.get(&question.key) else { return Standing::Ask(question) };
        if !fits(question, answer) {
            return Standing::Unfit(question);
        }
        known.answers.insert(&question.key, answer);
        asked.push((question, answer));
    }
    let mut passed = Vec::new();
    for rule in &of.rules {
        let because = rule.when.as_ref().map_or_else(Vec::new, |when| known.against(when, true));
        let holds = rule.when.as_ref().is_none_or(|when| known.holds(when));
        match of.result(&rule.result).filter(|_| holds) {
            Some(result) => return Standing::Found(Box::new(Determined { result, rule, passed, asked })),
            None => passed.push(Passed { rule, because }),
        }
    }
    // The reader lets no determination through whose last rule has a condition.
    unreachable!("a determination ends with a rule without condition")
}

fn fits(question: &Question, answer: &Answer) -> bool {
    match (&question.kind, answer) {
        (FieldKind::Choice { options }, Answer::Choice(key)) => options.iter().any(|it| it.key == *key),
        (FieldKind::YesNo, Answer::YesNo(_)) | (FieldKind::Date { .. }, Answer::Date(_)) => true,
        _ => false,
    }
}

/// Answers to the questions that were asked so far.
struct Known<'a, 'g> {
    of: &'a Determination,
    answers: BTreeMap<&'a Key, &'a Answer>,
    ground: Ground<'g>,
}

impl<'a> Known<'a, '_> {
    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(all) => all.iter().all(|it| self.holds(it)),
            Condition::Any(any) => any.iter().any(|it| self.holds(it)),
            Condition::Not(inner) => !self.holds(inner),
            Condition::Given(question) => self.answers.contains_key(question),
            Condition::Is { field, any_of } => match self.answers.get(field) {
                Some(Answer::Choice(key)) => any_of.contains(key),
                Some(Answer::YesNo(yes)) => any_of.iter().any(|it| it.as_str() == yes_no(*yes)),
                _ => false,
            },
            Condition::Compare { field, how, with } => match (self.day(field), self.other(with)) {
                (Some(left), Some(right)) => (*how).holds(left.cmp(&right)),
                _ => false,
            },
            Condition::Parameter { key, is } => {
                matches!(self.parameter(key), Some(ParameterValue::Option(it)) if it == is)
            }
            // The language of determinations has no others.
            _ => false,
        }
    }

    /// The smallest parts that keep a condition from coming out as wanted; none if it does.
    fn against(&self, condition: &'a Condition, wanted: bool) -> Vec<Against<'a>> {
        if self.holds(condition) == wanted {
            return Vec::new();
        }
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(|it| self.against(it, wanted)).collect()
            }
            Condition::Not(inner) => self.against(inner, !wanted),
            part => vec![Against { part, held: !wanted }],
        }
    }

    fn day(&self, question: &Key) -> Option<Date> {
        match self.answers.get(question) {
            Some(Answer::Date(day)) => Some(*day),
            _ => None,
        }
    }

    fn other(&self, with: &Operand) -> Option<Date> {
        match with {
            Operand::Date(day) => Some(*day),
            Operand::ActDay => Some(self.ground.day),
            Operand::Field(question) => self.day(question),
            Operand::Parameter(key) => match self.parameter(key) {
                Some(ParameterValue::Words(words)) => words.parse().ok(),
                _ => None,
            },
            Operand::Number(_) => None,
        }
    }

    fn parameter(&self, key: &Key) -> Option<&ParameterValue> {
        let default = || self.of.parameters.iter().find(|it| it.key == *key).map(|it| &it.default);
        self.ground.parameters.get(key).or_else(default)
    }
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
