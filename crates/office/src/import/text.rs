//! Text files: which characters they are written in, and what parts their columns.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// A file's text, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decoded {
    /// The text, without a byte-order mark.
    Text(String),
    /// Neither UTF-8 nor GB18030: the first byte (from 1) and row at which reading as UTF-8 failed.
    Undecodable {
        /// Byte.
        byte: usize,
        /// Row.
        row: usize,
    },
    /// No text at all.
    Binary,
}

/// What may part columns.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// Decodes strictly: UTF-8 first, UTF-16 where a mark says so, then GB18030.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    for (mark, encoding) in [(&b"\xff\xfe"[..], UTF_16LE), (&b"\xfe\xff"[..], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            return text.map_or(Decoded::Binary, |it| Decoded::Text(it.into_owned()));
        }
    }
    if bytes.contains(&0) {
        return Decoded::Binary;
    }
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let at = match std::str::from_utf8(rest) {
        Ok(text) => return Decoded::Text(text.to_owned()),
        Err(error) => error.valid_up_to() + bytes.len() - rest.len(),
    };
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Decoded::Text(text.into_owned()),
        None => {
            let row = bytes[..at].iter().filter(|it| **it == b'\n').count() + 1;
            Decoded::Undecodable { byte: at + 1, row }
        }
    }
}

/// The character that parts columns: the one with which most headers of the first line are known.
pub(crate) fn delimiter(text: &str, known: impl Fn(&str) -> bool) -> u8 {
    let line = text.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line.as_bytes());
        let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
        (record.iter().filter(|it| known(it)).count(), record.len())
    };
    DELIMITERS.into_iter().rev().max_by_key(|it| count(*it)).unwrap_or(b',')
}

/// The row in which a quotation mark is opened that nothing closes.
pub(crate) fn open_quote(text: &str) -> Option<usize> {
    let mut row = 1;
    let mut opened = None;
    for byte in text.bytes() {
        match (byte, opened) {
            (b'"', None) => opened = Some(row),
            (b'"', Some(_)) => opened = None,
            (b'\n', _) => row += 1,
            _ => {}
        }
    }
    opened
}
