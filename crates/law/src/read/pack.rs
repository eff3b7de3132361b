//! `pack.kdl`: the statutes a field of work rests on, and the posts that hold its roles.

use std::collections::BTreeMap;

use crate::{
    ArticleIndex, Key, Statute, Text,
    fault::{Code, Draft, Faults},
    source::{FileId, Span},
    syntax::{self, Node, grammar},
};

use super::names::{Kind, Names};

/// What `pack.kdl` says.
pub(crate) struct PackFile {
    pub(crate) key: Key,
    pub(crate) name: Text,
    pub(crate) statutes: Vec<Statute>,
    pub(crate) posts: BTreeMap<Key, Text>,
    pub(crate) names: Names,
}

/// Reads it. `folder` is the name the pack must have.
pub(crate) fn read(
    file: FileId,
    folder: &str,
    text: &str,
    indexes: &BTreeMap<String, ArticleIndex>,
    faults: &mut Faults,
) -> Option<PackFile> {
    let nodes = syntax::parse(file, text, faults)?;
    syntax::check(&nodes, &grammar::PACK_FILE, Span::head(file), faults);
    let node = nodes.iter().find(|node| node.name == "pack")?;
    let (key, span) = node.key()?;
    if key != *folder {
        faults.add(Draft::new(Code::BadFile, "folder").put("name", &key).put("folder", folder).at(span));
    }
    let mut pack = PackFile {
        key,
        name: node.words(),
        statutes: Vec::new(),
        posts: BTreeMap::new(),
        names: Names::default(),
    };
    for line in node.inside() {
        let Some((key, span)) = line.key() else {
            pack.names.lose(if line.name == "post" { Kind::Post } else { Kind::Statute });
            continue;
        };
        if line.name == "statute" && pack.names.declare(Kind::Statute, key.clone(), span, faults) {
            let index = indexes.get(key.as_str()).cloned();
            pack.statutes.extend(statute(line, key, span, index, faults));
        } else if line.name == "post" && pack.names.declare(Kind::Post, key.clone(), span, faults) {
            pack.posts.insert(key, line.words());
        }
    }
    Some(pack)
}

fn statute(
    line: &Node,
    key: Key,
    span: Span,
    index: Option<ArticleIndex>,
    faults: &mut Faults,
) -> Option<Statute> {
    let unindexed = line.one("unindexed").and_then(|node| node.texts().next()).map(|it| it.0.to_owned());
    match (&index, &unindexed) {
        (None, None) => faults.add(Draft::new(Code::NoIndex, "statute").put("name", &key).at(span)),
        (None, Some(why)) => {
            let draft = Draft::new(Code::Unindexed, "statute").put_text("name", line.words());
            let revision = line.prop_text("revision").unwrap_or_default();
            faults.add(draft.put("revision", revision).put("why", why).at(span));
        }
        (Some(_), Some(_)) => {
            faults.add(Draft::new(Code::Unused, "unindexed").put("name", &key).at(span));
        }
        (Some(_), None) => {}
    }
    let date = |name| line.prop_text(name).and_then(|it| it.parse().ok());
    let statute = Statute {
        key,
        name: line.words(),
        revision: line.prop_text("revision")?.to_owned(),
        in_force: date("in-force")?,
        until: date("until"),
        index,
        unindexed,
    };
    if statute.until.is_some_and(|until| until < statute.in_force) {
        faults.add(Draft::new(Code::BadTerm, "statute").at(span));
    }
    Some(statute)
}
