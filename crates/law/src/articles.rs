//! The index of a statute's articles: numbers of paragraphs and items and a fingerprint of each
//! article, generated from the text. The text itself is not kept.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::{
    ArticleEntry, ArticleIndex, numeral,
    place::{self, StatutePlace},
};

/// Marks that some sources scatter between words and that no reader sees.
const UNSEEN: [char; 4] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{feff}'];

struct Reading {
    place: StatutePlace,
    items: Vec<u16>,
    text: String,
}

/// Indexes a statute's text in Markdown. An article begins with its number; further lines are further
/// paragraphs, except numbered items, which belong to the paragraph before them; headings end an article.
pub fn index(markdown: &str) -> ArticleIndex {
    let body = markdown.split_once("INFO END -->").map_or(markdown, |it| it.1);
    let mut done: Vec<Reading> = Vec::new();
    let mut open = false;
    for line in body.lines() {
        let line: String = line.chars().filter(|c| !UNSEEN.contains(c)).collect();
        let line = line.trim().trim_matches('\u{3000}');
        if line.starts_with('#') || line.starts_with("<!--") {
            open = false;
        } else if line.is_empty() {
            continue;
        } else if let Some(place) = heads_article(line) {
            done.push(Reading { place, items: vec![0], text: line.to_owned() });
            open = true;
        } else if let Some(reading) = done.last_mut().filter(|_| open) {
            match (item_number(line), reading.items.last_mut()) {
                (Some(number), Some(items)) => *items = (*items).max(number),
                _ => reading.items.push(0),
            }
            reading.text.push_str(line);
        }
    }
    ArticleIndex { articles: done.into_iter().map(entry).collect() }
}

/// The place if the line begins an article: its number and white space.
fn heads_article(line: &str) -> Option<StatutePlace> {
    let (place, rest) = place::read_start(line)?;
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (spaced && place.paragraph.is_none() && place.item.is_none()).then_some(place)
}

/// The number if the line is an item: a numeral in brackets of either width.
fn item_number(line: &str) -> Option<u16> {
    let inner = line.strip_prefix(['\u{ff08}', '('])?;
    numeral::read(&inner[..inner.find(['\u{ff09}', ')'])?])
}

fn entry(reading: Reading) -> ArticleEntry {
    let bare: String = reading.text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut hash = String::with_capacity(16);
    for byte in &Sha256::digest(bare.as_bytes())[..8] {
        // Writing to a String cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    let StatutePlace { article, inserted, .. } = reading.place;
    ArticleEntry { article, inserted, items: reading.items, hash }
}

impl ArticleIndex {
    /// An article, or one inserted after it.
    pub fn find(&self, article: u16, inserted: u16) -> Option<&ArticleEntry> {
        self.articles.iter().find(|it| it.article == article && it.inserted == inserted)
    }
}

/// An index as a file: article, items of each paragraph, fingerprint, by tabs.
pub fn to_tsv(index: &ArticleIndex) -> String {
    let mut text = String::new();
    for it in &index.articles {
        let number = match it.inserted {
            0 => it.article.to_string(),
            inserted => format!("{}-{inserted}", it.article),
        };
        let items: Vec<String> = it.items.iter().map(u16::to_string).collect();
        text.push_str(&format!("{number}\t{}\t{}\n", items.join(","), it.hash));
    }
    text
}

/// Reads an index back; the error is the number of the line that is none.
pub fn from_tsv(text: &str) -> Result<ArticleIndex, usize> {
    let mut articles = Vec::new();
    for (number, line) in text.lines().enumerate() {
        articles.push(tsv_line(line).ok_or(number + 1)?);
    }
    Ok(ArticleIndex { articles })
}

fn tsv_line(line: &str) -> Option<ArticleEntry> {
    let mut parts = line.split('\t');
    let (number, items, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let (article, inserted) = number.split_once('-').unwrap_or((number, "0"));
    let items = items.split(',').map(str::parse).collect::<Result<Vec<u16>, _>>().ok()?;
    let sound = parts.next().is_none() && hash.len() == 16;
    sound.then_some(())?;
    Some(ArticleEntry {
        article: article.parse().ok()?,
        inserted: inserted.parse().ok()?,
        items,
        hash: hash.to_owned(),
    })
}
