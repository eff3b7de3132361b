//! The packs under `law/`: read without a fault, rendered as kept, and every line there for a reason.

use law::{Lang, Severity, Sources};

use crate::shelf;

const PROCEDURE: &str = "reconsideration/ordinary-reconsideration/2024-01-01.kdl";

#[test]
fn the_real_packs_are_sound() {
    let sources = shelf::real();
    let (law, faults) = law::read(&sources);
    let grave: Vec<_> = faults.into_iter().filter(|it| it.severity() != Severity::Note).collect();
    assert!(law.is_some() && grave.is_empty(), "{}", law::render(&grave, &sources, Lang::Zh));
}

#[test]
fn lawyers_read_the_rendering_that_stands_beside_each_version() {
    let (law, _) = law::read(&shelf::real());
    for pack in law.unwrap().packs {
        for procedure in pack.procedures {
            let folder = shelf::root().join(&*pack.key).join(&*procedure.key);
            let path = folder.join(format!("{}.zh.txt", procedure.from));
            shelf::snapshot(&path, &law::render_zh(&procedure));
        }
    }
}

#[test]
fn lawyers_read_the_rules_of_determinations_too() {
    let (law, _) = law::read(&shelf::real());
    let law = law.unwrap();
    let packs = law.packs.iter().filter(|it| !it.determinations.is_empty());
    for pack in packs.clone() {
        let path = shelf::root().join(&*pack.key).join("determinations.zh.txt");
        let all: Vec<String> = pack.determinations.iter().map(law::render_determination_zh).collect();
        shelf::snapshot(&path, &all.join("\n"));
    }
    assert!(packs.count() > 0);
}

#[test]
fn the_order_of_files_on_the_disk_means_nothing() {
    let sources = shelf::real();
    let mut turned = sources.clone();
    turned.files.reverse();
    let read = |sources: &Sources| {
        let (law, faults) = law::read(sources);
        let hashes: Vec<String> =
            law.unwrap().packs.iter().flat_map(|pack| &pack.procedures).map(law::procedure_hash).collect();
        (hashes, law::render(&faults, sources, Lang::En))
    };
    assert_eq!(read(&sources), read(&turned));
}

#[test]
fn a_procedure_keeps_its_hash_until_a_word_of_it_changes() {
    let sources = shelf::real();
    let hash = |sources: &Sources| {
        let (law, _) = law::read(sources);
        let law = law.unwrap();
        law::procedure_hash(law.versions("ordinary-reconsideration").last().unwrap())
    };
    let first = hash(&sources);
    assert_eq!(first, hash(&sources));
    let mut other = sources.clone();
    let file = other.files.iter_mut().find(|file| file.path == PROCEDURE).unwrap();
    file.text = file.text.replace("// ", "//  ");
    assert_eq!(first, hash(&other), "comments are not law");
    let file = other.files.iter_mut().find(|file| file.path == PROCEDURE).unwrap();
    file.text = file.text.replacen("length 5 working-day", "length 6 working-day", 1);
    assert_ne!(first, hash(&other));
}

/// Of the lines that move a matter or an item, give an outcome or touch a clock, the checker notices nearly
/// every one when it is taken away. What it lets pass only makes the procedure another lawful one: a stage
/// that is not changed, a clock that another act stops as well.
#[test]
fn the_checker_notices_a_line_that_is_taken_away() {
    let mut sources = shelf::real();
    sources.files.retain(|file| {
        let beside = file.path.ends_with("pack.kdl") || file.path.ends_with(".tsv");
        beside || file.path == PROCEDURE || file.path.starts_with("common/") || shelf::is_paper(file)
    });
    // What papers say moves nothing, and reading it a hundred times takes long.
    for file in sources.files.iter_mut().filter(|it| shelf::is_paper(it)) {
        let head = ["paper ", "    for ", "    layout ", "    series ", "    on-demand"];
        let kept = file.text.lines().filter(|line| head.iter().any(|it| line.starts_with(it)));
        file.text = format!("{}\n}}\n", kept.collect::<Vec<_>>().join("\n"));
    }
    let at = sources.files.iter().position(|file| file.path == PROCEDURE).unwrap();
    let lines: Vec<String> = sources.files[at].text.lines().map(str::to_owned).collect();
    let moving: Vec<usize> = (0..lines.len()).filter(|number| moves(&lines[*number])).collect();
    let passes = |number: usize| {
        let mut sources = sources.clone();
        let rest = lines.iter().enumerate().filter(|it| it.0 != number).map(|it| it.1.as_str());
        sources.files[at].text = rest.collect::<Vec<_>>().join("\n");
        law::read(&sources).1.iter().all(|it| it.severity() == Severity::Note)
    };
    let unnoticed: Vec<&str> = std::thread::scope(|scope| {
        let halves = moving.chunks(moving.len().div_ceil(2));
        let jobs: Vec<_> = halves
            .map(|half| scope.spawn(|| half.iter().copied().filter(|it| passes(*it)).collect::<Vec<_>>()))
            .collect();
        jobs.into_iter().flat_map(|it| it.join().unwrap()).map(|it| lines[it].trim()).collect()
    });
    assert!(moving.len() > 100, "only {} lines were taken away", moving.len());
    assert!(unnoticed.len() * 7 < moving.len(), "of {} lines unnoticed: {unnoticed:#?}", moving.len());
}

/// Whether a line of an act moves something.
fn moves(line: &str) -> bool {
    let word = line.trim().trim_start_matches("does { ").split(' ').next().unwrap_or_default();
    line.starts_with("        ") && matches!(word, "stop" | "suspend" | "resume" | "outcome" | "to")
}
