//! From text to a plain tree of words with their places. The only module that knows KDL.
//!
//! The bare parser lets six of the eight slips of people who type Chinese pass as words; the look
//! before it (`scan`) and the vocabulary after it do not.

mod braces;
pub(crate) mod grammar;
mod lexicon;
mod node;
pub(crate) mod office;
mod scan;
mod vocabulary;

use kdl::{KdlDocument, KdlEntry, KdlError, KdlNode, KdlValue};

use crate::{
    fault::{Code, Draft, Faults},
    source::{FileId, Span},
};

pub use lexicon::{Lexicon, lexicon};
pub(crate) use node::{Arg, Node, Prop, Value};
pub(crate) use vocabulary::{check, check_block};

/// The nodes of a file; `None` if it cannot be read at all. Slips are reported either way.
pub(crate) fn parse(file: FileId, text: &str, faults: &mut Faults) -> Option<Vec<Node>> {
    let text = text.strip_prefix('\u{feff}').map_or(text.to_owned(), |rest| format!("   {rest}"));
    let scan = scan::scan(file, &text, faults);
    match KdlDocument::parse_v2(&scan.mended) {
        Ok(document) => Some(Convert { file, text: &text, scan: &scan, faults }.nodes(&document)),
        Err(error) => {
            refuse(file, &text, &scan, &error, faults);
            None
        }
    }
}

/// Reports what the parser could not read, except where the look before it has already spoken.
fn refuse(file: FileId, text: &str, scan: &scan::Scan, error: &KdlError, faults: &mut Faults) {
    let mut silent = !scan.reported.is_empty();
    for problem in &error.diagnostics {
        let end = (problem.span.offset() + problem.span.len()).min(text.len());
        let mut start = problem.span.offset().min(end);
        if text.get(start..end).is_none_or(|part| part.contains('\n')) {
            start = text.get(..end).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        }
        let line = Span::new(file, line_start(text, start), line_end(text, end));
        if scan.reported.iter().any(|span| span.overlaps(&line)) {
            continue;
        }
        let word = text.get(start..end).unwrap_or_default();
        let variant = if matches!(word, "true" | "false" | "null") { "bare" } else { "plain" };
        let draft = Draft::new(Code::Syntax, variant).put("word", word);
        let next = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        faults.add(draft.at(Span::new(file, start, end.max(start + next))));
        silent = true;
    }
    if !silent {
        faults.add(Draft::new(Code::Syntax, "plain").at(Span::head(file)));
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |found| at + found)
}

struct Convert<'a> {
    file: FileId,
    /// As written: places in the mended copy are moved to whole characters of it.
    text: &'a str,
    scan: &'a scan::Scan,
    faults: &'a mut Faults,
}

impl Convert<'_> {
    fn nodes(&mut self, document: &KdlDocument) -> Vec<Node> {
        document.nodes().iter().map(|node| self.node(node)).collect()
    }

    fn span(&self, start: usize, len: usize) -> Span {
        let (mut start, mut end) = (start.min(self.text.len()), (start + len).min(self.text.len()));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(self.file, start, end)
    }

    fn node(&mut self, node: &KdlNode) -> Node {
        let name = node.name();
        let name_span = self.span(name.span().offset(), name.span().len());
        if node.ty().is_some() {
            self.faults.add(Draft::new(Code::Syntax, "annotation").at(name_span));
        }
        let mut args = Vec::new();
        let mut props: Vec<Prop> = Vec::new();
        for entry in node.entries() {
            let value = self.value(entry);
            match entry.name() {
                None => args.push(value),
                Some(name) => props.push(Prop {
                    name: name.value().to_owned(),
                    span: self.span(name.span().offset(), name.span().len()),
                    value,
                }),
            }
        }
        let block = node.children().map(|children| self.nodes(children));
        Node { name: name.value().to_owned(), name_span, args, props, block }
    }

    fn value(&mut self, entry: &KdlEntry) -> Arg {
        let (start, len) = (entry.span().offset(), entry.span().len());
        let whole = self.span(start, len);
        let written = entry.format().map_or("", |format| format.value_repr.as_str());
        // The entry's place begins with its name; the value is what was written last.
        let own = if written.is_empty() { len } else { written.len().min(len) };
        let span = self.span(start + len - own, own);
        if entry.ty().is_some() {
            self.faults.add(Draft::new(Code::Syntax, "annotation").at(whole));
        }
        let quoted = written.contains('"');
        let value = match entry.value() {
            _ if self.scan.broken.iter().any(|it| it.overlaps(&span)) => Value::Broken,
            KdlValue::String(text) if quoted => Value::Text(text.clone()),
            KdlValue::String(word) => Value::Word(word.clone()),
            KdlValue::Integer(number) => match i64::try_from(*number) {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Other,
            },
            KdlValue::Bool(yes) => Value::YesNo(*yes),
            KdlValue::Float(_) | KdlValue::Null => Value::Other,
        };
        Arg { value, span }
    }
}
