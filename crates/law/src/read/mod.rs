//! From files to the law: which file is what, and in which order they are read.

mod act;
mod calendar;
mod cite;
mod condition;
mod determination;
mod distinct;
mod field;
mod figure;
mod fragment;
mod indicator;
mod limit;
pub(crate) mod names;
mod office;
mod pack;
mod paper;
mod procedure;
mod rule;
pub(crate) mod scope;

use std::collections::BTreeMap;

use ::calendar::{Calendar, Date, YearNotice};

use crate::{
    ArticleIndex, Key, Law, Pack, articles, check,
    fault::{Code, Draft, Fault, Faults},
    source::{FileId, SourceFile, Sources, Span},
    syntax::{self, grammar},
};

pub use self::office::read_office;
use self::{
    figure::Figures,
    fragment::{Common, Fragments},
    names::{Kind, Names},
    pack::PackFile,
    paper::Papers,
    procedure::Version,
};

type File<'a> = (FileId, &'a SourceFile);

/// The files of one pack's folder.
#[derive(Default)]
struct Folder<'a> {
    pack: Option<File<'a>>,
    determinations: Option<File<'a>>,
    indicators: Option<File<'a>>,
    report: Option<File<'a>>,
    practice: Option<File<'a>>,
    papers: Vec<(&'a str, File<'a>)>,
    versions: BTreeMap<&'a str, Vec<(Date, File<'a>)>>,
}

/// All files by what they are.
#[derive(Default)]
struct Shelves<'a> {
    years: Vec<(i16, File<'a>)>,
    indexes: Vec<(&'a str, File<'a>)>,
    common: Vec<(&'a str, &'a str, File<'a>)>,
    folders: BTreeMap<&'a str, Folder<'a>>,
}

/// Reads everything: the law if nothing makes it unusable, and every fault of every file.
pub fn read(sources: &Sources) -> (Option<Law>, Vec<Fault>) {
    let mut faults = Faults::default();
    let shelves = sort(sources, &mut faults);
    let calendar = Calendar::new(years(&shelves, &mut faults));
    let indexes = indexes(&shelves, &mut faults);
    let common = common(&shelves, &mut faults);
    let counted = counted(&shelves, &mut faults);
    let mut packs = Vec::new();
    for (name, folder) in &shelves.folders {
        packs.extend(read_pack(name, folder, &common, &counted, &indexes, &mut faults));
    }
    let law = (faults.errors() == 0).then_some(Law { packs, calendar });
    (law, faults.finish(sources))
}

/// Reads only the calendar files, for those who only count days.
pub fn read_calendar(sources: &Sources) -> Result<Calendar, Vec<Fault>> {
    let mut faults = Faults::default();
    let shelves = sort(sources, &mut Faults::default());
    let years = years(&shelves, &mut faults);
    if faults.errors() == 0 { Ok(Calendar::new(years)) } else { Err(faults.finish(sources)) }
}

fn sort<'a>(sources: &'a Sources, faults: &mut Faults) -> Shelves<'a> {
    let mut shelves = Shelves::default();
    for file in sources.by_path() {
        let path = file.1.path.as_str();
        let parts: Vec<&str> = path.split('/').collect();
        let placed = match parts.as_slice() {
            ["articles", name] => {
                let key = name.strip_suffix(".tsv");
                shelves.indexes.extend(key.map(|key| (key, file)));
                true
            }
            ["bad", ..] => true,
            _ if !path.ends_with(".kdl") => true,
            ["calendar", name] => {
                let year = stem(name).parse::<i16>().ok();
                shelves.years.extend(year.map(|year| (year, file)));
                year.is_some()
            }
            ["common", name, day] => {
                shelves.common.push((name, stem(day), file));
                stem(day).parse::<Date>().is_ok()
            }
            [pack, name] => {
                let folder = shelves.folders.entry(pack).or_default();
                place(folder, name, file)
            }
            [pack, "papers", name] => {
                let folder = shelves.folders.entry(pack).or_default();
                folder.papers.push((stem(name), file));
                true
            }
            [pack, procedure, day] => {
                let from = stem(day).parse::<Date>().ok().filter(|_| stem(day).len() == 10);
                let folder = shelves.folders.entry(pack).or_default();
                let versions = folder.versions.entry(procedure).or_default();
                versions.extend(from.map(|from| (from, file)));
                from.is_some()
            }
            _ => false,
        };
        if !placed {
            faults.add(Draft::new(Code::BadFile, "place").put("path", path).at(Span::head(file.0)));
        }
    }
    shelves
}

fn stem(name: &str) -> &str {
    name.strip_suffix(".kdl").unwrap_or(name)
}

fn place<'a>(folder: &mut Folder<'a>, name: &str, file: File<'a>) -> bool {
    let slot = match name {
        "pack.kdl" => &mut folder.pack,
        "determinations.kdl" => &mut folder.determinations,
        "indicators.kdl" => &mut folder.indicators,
        "report.kdl" => &mut folder.report,
        "practice.kdl" => &mut folder.practice,
        _ => return false,
    };
    *slot = Some(file);
    true
}

fn years(shelves: &Shelves<'_>, faults: &mut Faults) -> Vec<YearNotice> {
    let read = |(year, file): &(i16, File<'_>)| calendar::year(file.0, *year, &file.1.text, faults);
    shelves.years.iter().filter_map(read).collect()
}

fn indexes(shelves: &Shelves<'_>, faults: &mut Faults) -> BTreeMap<String, ArticleIndex> {
    let mut indexes = BTreeMap::new();
    for (key, file) in &shelves.indexes {
        match articles::from_tsv(&file.1.text) {
            Ok(index) => {
                indexes.insert((*key).to_owned(), index);
            }
            Err(line) => {
                let draft = Draft::new(Code::BadFile, "index").put("line", line);
                faults.add(draft.at(Span::head(file.0)));
            }
        }
    }
    indexes
}

fn common(shelves: &Shelves<'_>, faults: &mut Faults) -> Common {
    let mut common = Common::new();
    for (name, day, file) in &shelves.common {
        let Some(nodes) = syntax::parse(file.0, &file.1.text, faults) else { continue };
        syntax::check(&nodes, &grammar::COMMON_FILE, Span::head(file.0), faults);
        let mut fragments = Fragments::new();
        fragment::gather(&nodes, &mut fragments, faults);
        common.insert((Key::new(*name), (*day).to_owned()), fragments);
    }
    common
}

/// The indicators of all packs: figures of one pack may be computed from another's.
fn counted(shelves: &Shelves<'_>, faults: &mut Faults) -> Vec<Key> {
    let mut names = Names::default();
    for (file, source) in shelves.folders.values().filter_map(|it| it.indicators) {
        for (key, span) in indicator::declared(file, &source.text) {
            names.declare(Kind::Indicator, key, span, faults);
        }
    }
    names.of(Kind::Indicator).cloned().collect()
}

fn read_pack(
    name: &str,
    folder: &Folder<'_>,
    common: &Common,
    counted: &[Key],
    indexes: &BTreeMap<String, ArticleIndex>,
    faults: &mut Faults,
) -> Option<Pack> {
    let Some((file, source)) = folder.pack else {
        faults.add(Draft::new(Code::BadFile, "no-pack").put("folder", name));
        return None;
    };
    let pack = pack::read(file, name, &source.text, indexes, faults)?;
    let mut procedures = Vec::new();
    let papers = paper::gather(&folder.papers, folder.versions.keys().copied(), faults);
    for (key, versions) in &folder.versions {
        procedures.extend(read_versions(key, versions, &pack, common, &papers, faults));
    }
    let determinations = folder
        .determinations
        .map_or_else(Vec::new, |(file, source)| determination::read(file, &source.text, &pack, faults));
    let complete = faults.errors() == 0;
    let mut figures =
        Figures { procedures: &procedures, statutes: &pack.statutes, indicators: counted, faults };
    let (mut indicators, mut reports, mut practice) = (Vec::new(), Vec::new(), Vec::new());
    // Names are looked up in the procedures, so these wait until the procedures stand.
    if complete {
        if let Some((file, source)) = folder.indicators {
            indicators = figures.indicators(file, &source.text);
        }
        if let Some((file, source)) = folder.report {
            reports = figures.reports(file, &source.text);
        }
        if let Some((file, source)) = folder.practice {
            practice = figures.practice(file, &source.text);
        }
    }
    let PackFile { key, name, statutes, posts, .. } = pack;
    Some(Pack { key, name, statutes, procedures, posts, indicators, determinations, reports, practice })
}

/// All versions of a procedure, oldest first; each ends on the day before the next begins.
fn read_versions(
    key: &str,
    versions: &[(Date, File<'_>)],
    pack: &PackFile,
    common: &Common,
    papers: &Papers<'_>,
    faults: &mut Faults,
) -> Vec<crate::Procedure> {
    let mut procedures = Vec::new();
    for (at, (from, file)) in versions.iter().enumerate() {
        let next = versions.get(at + 1).map(|it| it.0);
        let until = next.and_then(|next| next.yesterday().ok());
        let (file, source) = *file;
        let version = Version { file, text: &source.text, folder: key, from: *from, until };
        let before = faults.errors();
        let Some((procedure, marks)) = procedure::read(&version, pack, common, papers, faults) else {
            continue;
        };
        if faults.errors() == before {
            check::procedure(&procedure, &marks, faults);
        }
        procedures.push(procedure);
    }
    procedures
}
