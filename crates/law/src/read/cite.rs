//! Citations: read as a lawyer writes them, and looked up in the index of the statute's version.

use crate::{
    ArticleIndex, Citation, Statute, Text,
    fault::{Code, Draft, Faults},
    place::{self, StatutePlace},
    source::Span,
    syntax::Node,
};

/// Where citations of one procedure are looked up: the statutes it cites, its own first.
#[derive(Clone, Copy)]
pub(crate) struct Shelf<'a> {
    /// The statutes.
    pub(crate) statutes: &'a [Statute],
}

impl Shelf<'_> {
    /// The citations of the `basis` line of a block; none at all is a fault named by `of`.
    pub(crate) fn basis(&self, node: &Node, faults: &mut Faults) -> Vec<Citation> {
        match node.one("basis") {
            Some(line) => self.all(line, faults),
            None => {
                let span = node.args.first().map_or(node.name_span, |arg| arg.span);
                let words = node.words();
                let named = if words.zh.is_empty() { Text::new(&*node.name, &*node.name) } else { words };
                faults.add(Draft::new(Code::NoBasis, "none").put_text("of", named).at(span));
                Vec::new()
            }
        }
    }

    /// Every citation of a line.
    pub(crate) fn all(&self, line: &Node, faults: &mut Faults) -> Vec<Citation> {
        line.texts().filter_map(|(text, span)| self.one(text, span, faults)).collect()
    }

    /// One citation.
    pub(crate) fn one(&self, text: &str, span: Span, faults: &mut Faults) -> Option<Citation> {
        let Some((name, written, place)) = split(text) else {
            faults.add(Draft::new(Code::BadCitation, "form").put("text", text).at(span));
            return None;
        };
        let statute = self.find(name, span, faults)?;
        if let Some(index) = &statute.index {
            exists(index, &place, statute, written, span, faults);
        }
        Some(Citation {
            statute: statute.key.clone(),
            name: Box::new((statute.name.zh.clone(), statute.name.en.clone())),
            revision: statute.revision.clone(),
            article: place.article,
            paragraph: place.paragraph,
            item: place.item,
            written: written.to_owned(),
        })
    }

    fn find(&self, name: &str, span: Span, faults: &mut Faults) -> Option<&Statute> {
        if name.is_empty() {
            return self.statutes.first();
        }
        let (bare, revision) = match name.split_once('\u{ff08}') {
            Some((bare, rest)) => (bare, rest.strip_suffix('\u{ff09}')),
            None => (name, None),
        };
        let fits =
            |it: &&Statute| it.name.zh == bare && revision.is_none_or(|revision| it.revision == revision);
        let mut found = self.statutes.iter().filter(fits);
        let first = found.next();
        if first.is_none() {
            let draft = Draft::new(Code::UnknownName, "statute").put("name", name).at(span);
            faults.add(draft.near(bare, self.statutes.iter().map(|it| it.name.zh.as_str())));
        } else if found.next().is_some() {
            faults.add(Draft::new(Code::BadCitation, "revision").put("name", name).at(span));
        }
        first
    }
}

/// The statute's name (empty for the procedure's own), the place as written, and the place.
fn split(text: &str) -> Option<(&str, &str, StatutePlace)> {
    let starts = text.char_indices().filter(|(_, c)| *c == place::NUMBER);
    for (at, _) in starts {
        if let Some(found) = place::read(&text[at..]) {
            let name = text[..at].trim().trim_matches(['\u{300a}', '\u{300b}']);
            // Two places in one text are two citations, not a statute and a place in it.
            return (!name.contains(place::NUMBER)).then_some((name, &text[at..], found));
        }
    }
    None
}

fn exists(
    index: &ArticleIndex,
    place: &StatutePlace,
    statute: &Statute,
    written: &str,
    span: Span,
    faults: &mut Faults,
) {
    let draft = |variant| {
        let draft = Draft::new(Code::UnknownArticle, variant).put("written", written);
        draft.put_text("statute", statute.name.clone()).put("revision", &statute.revision)
    };
    let entry = index.find(place.article, place.inserted);
    let Some(entry) = entry else {
        let last = index.articles.last().map_or(0, |it| it.article);
        faults.add(draft("article").put("last", last).at(span));
        return;
    };
    let wanted = place.item.unwrap_or(0);
    let count = entry.items.len();
    match place.paragraph {
        Some(paragraph) if usize::from(paragraph) > count => {
            faults.add(draft("paragraph").put("count", count).at(span));
        }
        Some(paragraph) => {
            let items = entry.items.get(usize::from(paragraph) - 1).copied().unwrap_or(0);
            if items < wanted {
                faults.add(draft("item").put("count", items).at(span));
            }
        }
        None => {
            let most = entry.items.iter().copied().max().unwrap_or(0);
            if most < wanted {
                faults.add(draft("item").put("count", most).at(span));
            }
        }
    }
}
