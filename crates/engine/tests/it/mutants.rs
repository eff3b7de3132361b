//! Mutants: a single line of a good pack says something else, and the checker or a worked case must notice.
//!
//! Every run tries a few, evenly spread; `YIFA_MUTANTS=all`, or the name of a pack, tries every one and prints the share
//! and the survivors.

use std::{collections::BTreeMap, fs};

use law::{Severity, Sources};

use crate::shelf;

/// A line that says something else.
struct Mutant {
    /// The file, by its place among the sources.
    file: usize,
    /// First line and the line after the last that are replaced.
    lines: (usize, usize),
    with: Option<String>,
    what: &'static str,
}

/// The packs whose lines are changed.
fn packs() -> Vec<String> {
    let folders = fs::read_dir(shelf::root()).unwrap().map(|it| it.unwrap().path());
    let packs = folders.filter(|it| it.join("pack.kdl").exists());
    let mut names: Vec<String> =
        packs.map(|it| it.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What a pack needs to be read by itself, and its worked cases.
fn pack(name: &str) -> (Sources, Vec<String>) {
    let mut sources = shelf::sources();
    sources.files.retain(|it| {
        let shared = ["articles/", "calendar/", "common/"].iter().any(|folder| it.path.starts_with(folder));
        let figures =
            ["/indicators.kdl", "/report.kdl", "/practice.kdl"].iter().any(|end| it.path.ends_with(end));
        shared || (it.path.starts_with(&format!("{name}/")) && !figures)
    });
    let cases = fs::read_dir(shelf::root().join(name).join("scenarios")).unwrap();
    let mut cases: Vec<_> = cases.map(|it| it.unwrap().path()).collect();
    cases.sort();
    (sources, cases.iter().map(|it| fs::read_to_string(it).unwrap()).collect())
}

/// Whether the checker finds a fault, or a worked case that could run comes out otherwise.
fn killed(sources: &Sources, cases: &[String]) -> bool {
    let (law, faults) = law::read(sources);
    let sound = faults.iter().all(|it| it.severity() == Severity::Note);
    let Some(law) = law.filter(|_| sound) else { return true };
    let same = |text: &String| engine::scenario::run(text, &law, law::procedure_hash).as_ref() == Ok(text);
    !cases.iter().all(same)
}

/// Everything that can be said otherwise in the versions of a pack's procedures.
fn mutants(sources: &Sources, pack: &str) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (file, source) in sources.files.iter().enumerate() {
        let folders = source.path.split('/').count();
        if source.path.starts_with(&format!("{pack}/")) && folders == 3 && !source.path.contains("/papers/") {
            let lines: Vec<&str> = source.text.lines().collect();
            for at in 0..lines.len() {
                all.extend(of_line(&lines, at).into_iter().map(|(with, until, what)| Mutant {
                    file,
                    lines: (at, until),
                    with,
                    what,
                }));
            }
        }
    }
    all
}

type Change = (Option<String>, usize, &'static str);

/// What a line can say instead.
fn of_line(lines: &[&str], at: usize) -> Vec<Change> {
    let line = lines[at];
    let words: Vec<&str> = line.split_whitespace().collect();
    let one = |with: String, what| (Some(with), at + 1, what);
    let gone = |what| (None, at + 1, what);
    match words.as_slice() {
        ["length", count, unit, ..] if count.parse::<u32>().is_ok() => {
            let more = count.parse::<u32>().unwrap() + 1;
            let other = if *unit == "working-day" { "calendar-day" } else { "working-day" };
            vec![
                one(line.replacen(count, &more.to_string(), 1), "longer limit"),
                one(line.replacen(unit, other, 1), "other unit"),
            ]
        }
        ["extension", ..] => vec![one(line.replace("times=1", "times=2"), "extended more often")],
        ["expiry", "alarm"] => vec![one(line.replace("alarm", "fact"), "nobody is late")],
        ["expiry", deem] if deem.starts_with("deem=") => {
            vec![one(line.replace(deem, "alarm"), "nothing is deemed")]
        }
        ["bars", ..] => vec![gone("another bar")],
        [word @ ("by" | "from" | "in"), first, _, ..] if !line.contains('{') => {
            vec![one(line.replacen(&format!("{word} {first}"), word, 1), "one less of by, from, in")]
        }
        ["to", _] => vec![gone("no change of stage")],
        ["require", .., "{"] => vec![(None, closing(lines, at), "condition gone")],
        ["yes", _] => vec![one(line.replacen("yes ", "no ", 1), "no for yes")],
        ["no", _] => vec![one(line.replacen("no ", "yes ", 1), "yes for no")],
        ["done", _] => vec![one(line.replacen("done", "not { done", 1) + "; }", "not done for done")],
        ["compare", ..] => {
            let turned =
                [("at-most", "more"), ("at-least", "less"), ("less", "at-least"), ("more", "at-most")];
            let found = turned.iter().find(|it| words.contains(&it.0));
            found
                .map(|(from, to)| one(line.replacen(from, to, 1), "compared otherwise"))
                .into_iter()
                .collect()
        }
        ["ahead", ..] => vec![one(line.replacen("ahead", "not { ahead", 1) + "; }", "not ahead for ahead")],
        ["clock", ..] => {
            vec![one(line.replacen("clock", "not { clock", 1) + "; }", "another state of a clock")]
        }
        ["ask", field] if !field.starts_with("parties=") => {
            vec![one(format!("{line} optional=#true"), "need not be given")]
        }
        [effect, _, ..] if effects().contains(effect) && inside_does(lines, at) => vec![gone("effect gone")],
        _ => Vec::new(),
    }
}

fn effects() -> [&'static str; 13] {
    [
        "start",
        "stop",
        "suspend",
        "resume",
        "extend",
        "set",
        "outcome",
        "publish",
        "unpublish",
        "issue",
        "number",
        "link",
        "claim",
    ]
}

/// Whether a line stands in a `does` block that holds more than one line.
fn inside_does(lines: &[&str], at: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(lines[at]);
    let opener = lines[..at].iter().rev().find(|it| !it.trim().is_empty() && indent(it) < own);
    opener.is_some_and(|it| it.trim() == "does {")
}

/// The line after the one that closes the block opened on a line.
fn closing(lines: &[&str], at: usize) -> usize {
    let indent = lines[at].len() - lines[at].trim_start().len();
    let ends = |line: &&str| line.trim() == "}" && line.len() - line.trim_start().len() == indent;
    at + 2 + lines[at + 1..].iter().position(ends).unwrap()
}

fn changed(sources: &Sources, mutant: &Mutant) -> Sources {
    let mut sources = sources.clone();
    let file = &mut sources.files[mutant.file];
    let lines: Vec<&str> = file.text.lines().collect();
    let (from, until) = mutant.lines;
    let before = lines[..from].iter().copied();
    let kept = before.chain(mutant.with.as_deref()).chain(lines[until..].iter().copied());
    file.text = kept.collect::<Vec<_>>().join("\n");
    sources
}

#[test]
fn a_line_that_says_something_else_is_noticed() {
    let wanted = std::env::var_os("YIFA_MUTANTS").map(|it| it.into_string().unwrap());
    let (mut tried, mut survived) = (0, Vec::new());
    let mut share: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for name in packs().into_iter().filter(|it| wanted.as_ref().is_none_or(|one| one == it || one == "all")) {
        let (sources, cases) = pack(&name);
        assert!(!killed(&sources, &cases), "{name} itself is sound");
        let mutants = mutants(&sources, &name);
        let step = if wanted.is_some() { 1 } else { mutants.len().div_ceil(8).max(1) };
        let chosen: Vec<&Mutant> = mutants.iter().step_by(step).collect();
        let run = |half: &[&Mutant]| -> Vec<bool> {
            half.iter().map(|it| killed(&changed(&sources, it), &cases)).collect()
        };
        let results: Vec<bool> = std::thread::scope(|scope| {
            let halves = chosen.chunks(chosen.len().div_ceil(2).max(1));
            let jobs: Vec<_> = halves.map(|half| scope.spawn(|| run(half))).collect();
            jobs.into_iter().flat_map(|it| it.join().unwrap()).collect()
        });
        for (mutant, killed) in chosen.iter().zip(results) {
            tried += 1;
            let of = share.entry(mutant.what).or_default();
            of.0 += 1;
            of.1 += u32::from(killed);
            if !killed {
                let file = &sources.files[mutant.file];
                let line = file.text.lines().nth(mutant.lines.0).unwrap_or_default().trim();
                survived.push(format!("{}:{}  {}: {line}", file.path, mutant.lines.0 + 1, mutant.what));
            }
        }
    }
    println!("{} of {tried} mutants noticed", tried - survived.len());
    share.iter().for_each(|(what, (of, killed))| println!("  {what}: {killed} of {of}"));
    survived.iter().for_each(|it| println!("  survived {it}"));
    // The share to come to is 95 in a hundred; what the cases of the older packs let pass is printed above.
    assert!(tried >= 16 && survived.len() * 3 <= tried, "{survived:#?}");
}
