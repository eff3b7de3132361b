//! What worked cases say they cover: blocks tagged `covers` before the cases they speak of. A block names a row, in its
//! tag or in a line `covers ROW`, and what it shows of it, one thing in a line: `- THING`, `- THING by page`,
//! `- THING by figure`, `- refusal`. It speaks of the cases up to the next such block; where none stand between, of
//! all that follow in the file.

use serde::Serialize;

/// How something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum By {
    /// By a worked case.
    Scenario,
    /// On a page.
    Page,
    /// By a figure.
    Figure,
}

/// One thing that a block says is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// Of which row.
    pub(super) row: String,
    /// What.
    pub(super) says: String,
    /// How.
    pub(super) by: By,
    /// Whether it is that something is refused.
    pub(super) refusal: bool,
    /// Line of the file.
    pub(super) line: usize,
}

/// What is wrong in a block: the message, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) id: &'static str,
    pub(super) what: String,
}

const FENCE: &str = "```";
const COVERS: &str = "covers";
const REFUSAL: &str = "refusal";

/// A block with what stands behind it.
#[derive(Default)]
struct Block {
    claims: Vec<Claim>,
    cases: usize,
    refusals: usize,
    stages: usize,
}

/// The claims of a file, and what is wrong with them. A claim that is wrong is not among them.
pub(super) fn claims(text: &str) -> (Vec<Claim>, Vec<Fault>) {
    let (mut blocks, mut faults) = (Vec::<Block>::new(), Vec::new());
    let mut inside: Option<String> = None;
    let mut row: Option<String> = None;
    for (line, words) in (1..).zip(text.lines()) {
        let fence = words.strip_prefix(FENCE).map(str::trim);
        match (&inside, fence) {
            (None, Some(tag)) => {
                let mut tag = tag.split_whitespace();
                let kind = tag.next().unwrap_or_default().to_owned();
                if kind == COVERS {
                    row = tag.next().map(str::to_owned);
                    blocks.push(Block::default());
                } else if let Some(block) = blocks.last_mut() {
                    block.cases += usize::from(kind == "scenario");
                }
                inside = Some(kind);
            }
            (Some(_), Some("")) => inside = None,
            (Some(kind), _) => {
                let Some(block) = blocks.last_mut() else { continue };
                if kind == COVERS {
                    block.line(line, words.trim(), &mut row, &mut faults);
                } else {
                    let words = words.trim_start();
                    block.refusals += usize::from(words.starts_with("refused "));
                    block.stages += usize::from(words.starts_with("stage "));
                }
            }
            (None, None) => {}
        }
    }
    (hold(blocks, &mut faults), faults)
}

/// Leaves out claims of a refusal where nothing is refused, and of a case where nothing comes to any stage.
fn hold(blocks: Vec<Block>, faults: &mut Vec<Fault>) -> Vec<Claim> {
    let mut held = Vec::new();
    let (mut refused_after, mut stages_after) = (0, 0);
    for mut block in blocks.into_iter().rev() {
        refused_after += block.refusals;
        stages_after += block.stages;
        // Several blocks may stand above one run of cases.
        let (refusals, stages) = match block.cases {
            0 => (refused_after, stages_after),
            _ => (block.refusals, block.stages),
        };
        block.claims.retain(|it| {
            let idle = match (it.refusal, it.by) {
                (true, _) if refusals == 0 => "coverage-idle-refusal",
                (false, By::Scenario) if stages == 0 => "coverage-idle-case",
                _ => return true,
            };
            faults.push(Fault { line: it.line, id: idle, what: it.row.clone() });
            false
        });
        held.extend(block.claims);
    }
    held.sort_by_key(|it| it.line);
    faults.sort_by_key(|it| it.line);
    held
}

impl Block {
    fn line(&mut self, line: usize, words: &str, row: &mut Option<String>, faults: &mut Vec<Fault>) {
        if let Some(named) = words.strip_prefix(COVERS).filter(|it| it.starts_with(' ')) {
            *row = Some(named.trim().to_owned());
            return;
        }
        let thing = words.strip_prefix("- ").map(str::trim);
        let (Some(thing), Some(row)) = (thing, &*row) else {
            if !words.is_empty() {
                faults.push(Fault { line, id: "coverage-unread", what: words.to_owned() });
            }
            return;
        };
        let (things, by) = match (thing.strip_suffix(" by page"), thing.strip_suffix(" by figure")) {
            (Some(thing), _) => (thing, By::Page),
            (None, Some(thing)) => (thing, By::Figure),
            (None, None) => (thing, By::Scenario),
        };
        for says in parts(things) {
            let refusal = says == REFUSAL;
            self.claims.push(Claim { row: row.clone(), says: says.to_owned(), by, refusal, line });
        }
    }
}

/// Things parted by commas or semicolons, but not within brackets.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0_i32, 0, Vec::new());
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 && matches!(c, ',' | ';') {
            parts.push(text[from..at].trim());
            from = at + 1;
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|it| !it.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let (claims, faults) = claims(text);
        let claims = claims.iter().map(|it| format!("{} {} {:?}", it.row, it.says, it.by));
        let faults = faults.iter().map(|it| format!("{} {} {}", it.line, it.id, it.what));
        (claims.collect(), faults.collect())
    }

    #[test]
    fn rows_are_named_in_the_tag_or_in_a_line_and_lists_come_apart() {
        let text = "```covers S1\n- asks, answers\n- sees by page\n```\n```covers\ncovers S2\n\
                    - chooses (a, b) by figure\n```\n```scenario\n    stage x\n```\n";
        let wanted = ["S1 asks Scenario", "S1 answers Scenario", "S1 sees Page", "S2 chooses (a, b) Figure"];
        assert_eq!(read(text), (wanted.map(str::to_owned).to_vec(), Vec::new()));
    }

    #[test]
    fn a_refusal_is_claimed_only_where_something_is_refused() {
        let case = |line: &str| format!("```scenario\n{line}\n```\n");
        let covers = |row: &str| format!("```covers {row}\n- refusal\n```\n");
        let (yes, no) = (case("    refused unmet x"), case("    stage x"));
        let good = format!("{}{no}{yes}{}{yes}", covers("S1"), covers("S2"));
        assert_eq!(read(&good).1, Vec::<String>::new());
        let bad = format!("{}{no}{}{yes}", covers("S1"), covers("S2"));
        let (claims, faults) = read(&bad);
        assert_eq!((claims.len(), faults), (1, vec!["2 coverage-idle-refusal S1".to_owned()]));
        let whole = format!("{}{}{yes}", covers("S1"), covers("S2"));
        assert_eq!(read(&whole).1, Vec::<String>::new());
        let none = format!("{}{}{no}", covers("S1"), covers("S2"));
        assert_eq!(read(&none).1.len(), 2);
    }

    #[test]
    fn a_case_shows_something_only_if_it_was_opened() {
        let covers = "```covers S1\n- asks\n- sees by page\n```\n";
        let dead = format!("{covers}```scenario\n    refused input x missing\n```\n");
        assert_eq!(
            read(&dead),
            (vec!["S1 sees Page".to_owned()], vec!["2 coverage-idle-case S1".to_owned()])
        );
        assert_eq!(read(covers).1, ["2 coverage-idle-case S1"]);
        let alive = format!("{covers}```scenario\n    stage received\n```\n");
        assert_eq!(read(&alive).1, Vec::<String>::new());
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let faults =
            read("```covers\n- asks\n```\n```covers S1\nasks\n```\n```scenario\n    stage x\n```\n").1;
        assert_eq!(faults, ["2 coverage-unread - asks", "5 coverage-unread asks"]);
    }
}
