//! A case file: every part becomes pages, then cover, catalogue and all pages are set as one.

use std::{collections::BTreeSet, fs, io::ErrorKind, sync::Arc};

use hayro_syntax::Pdf;
use papers::words;
use press::wire::{Content, Dossier, Part};
use serde_json::{Value, json};
use typst::{
    foundations::Bytes,
    visualize::{ExchangeFormat, RasterImage},
};
use typst_pdf::PdfStandard;

use crate::{
    fonts::Fonts,
    paper::paper,
    world::{Fault, Job},
};

/// A page of the case file, as the template reads it, and the file it shows.
struct Sheets {
    sheets: Vec<Value>,
    files: Vec<(String, Bytes)>,
}

/// Sets a case file: the PDF and its number of pages. `progress` hears how many parts are done, of how many.
///
/// A part that cannot become pages is listed on a page of its own, with what is known of it. Which file the
/// engine would not take is found only when it is told of it; then progress begins again.
///
/// # Errors
/// What the engine says against it.
pub fn dossier(
    dossier: &Dossier,
    fonts: &Fonts,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(Vec<u8>, usize), Fault> {
    set(dossier, fonts, progress, &BTreeSet::new()).or_else(|why| {
        let refused = refused(dossier, fonts);
        if refused.is_empty() { Err(why) } else { set(dossier, fonts, progress, &refused) }
    })
}

/// Places of the files that the engine will not set even alone.
fn refused(dossier: &Dossier, fonts: &Fonts) -> BTreeSet<usize> {
    let alone = |part: &Part| {
        let parts = vec![part.clone()];
        set(&Dossier { parts, ..dossier.clone() }, fonts, &mut |_, _| {}, &BTreeSet::new())
    };
    let files = dossier.parts.iter().enumerate().filter(|it| matches!(it.1.content, Content::File { .. }));
    files.filter(|it| alone(it.1).is_err()).map(|it| it.0).collect()
}

fn set(
    dossier: &Dossier,
    fonts: &Fonts,
    progress: &mut dyn FnMut(usize, usize),
    refused: &BTreeSet<usize>,
) -> Result<(Vec<u8>, usize), Fault> {
    let of = dossier.parts.len() + 1;
    let mut all = Sheets { sheets: Vec::new(), files: Vec::new() };
    let mut catalogue = Vec::new();
    for (at, part) in dossier.parts.iter().enumerate() {
        let first = all.sheets.len() + 1;
        all.part(part, at, fonts, refused.contains(&at))?;
        let last = all.sheets.len();
        let pages = if at + 1 == dossier.parts.len() && last > first {
            format!("{first}\u{2014}{last}")
        } else {
            first.to_string()
        };
        catalogue.push(json!({
            "name": part.name, "number": part.number, "date": part.date, "pages": pages,
        }));
        progress(at + 1, of);
    }
    let labels = ["title", "catalogue", "count", "name", "number", "date", "pages"];
    let labels: serde_json::Map<String, Value> = labels
        .iter()
        .map(|id| ((*id).to_owned(), Value::from(words::word(&format!("dossier.{id}")))))
        .collect();
    let data = json!({
        "body": dossier.body, "title": dossier.title, "cover": dossier.cover,
        "parts": catalogue, "sheets": all.sheets, "words": labels,
    });
    let mut job = Job::new(fonts, "dossier.typ", &data)?;
    for (name, bytes) in all.files {
        job.add(&name, bytes);
    }
    // The newest version, which takes in files of any older one.
    let made = job.pdf(&format!("{} {}", dossier.number, dossier.body), &[PdfStandard::V_2_0])?;
    progress(of, of);
    Ok(made)
}

/// The pages of a PDF; 0 if it cannot be read.
fn pages(bytes: &Bytes) -> usize {
    Pdf::new(Arc::new(bytes.clone())).map_or(0, |it| it.pages().len())
}

fn picture_format(media: &str) -> Option<ExchangeFormat> {
    Some(match media {
        "image/png" => ExchangeFormat::Png,
        "image/jpeg" => ExchangeFormat::Jpg,
        "image/gif" => ExchangeFormat::Gif,
        "image/webp" => ExchangeFormat::Webp,
        _ => return None,
    })
}

impl Sheets {
    fn part(&mut self, part: &Part, at: usize, fonts: &Fonts, refused: bool) -> Result<(), Fault> {
        match &part.content {
            Content::Paper(document) => {
                let (bytes, pages) = paper(document, fonts)?;
                self.pdf(part, at, Bytes::new(bytes), pages);
            }
            Content::File { path, media, hash } => {
                let bytes = match fs::read(path) {
                    Ok(bytes) => Bytes::new(bytes),
                    Err(gone) if gone.kind() == ErrorKind::NotFound => {
                        let places = [("name", part.name.as_str()), ("hash", hash)];
                        self.note(&words::fill("dossier.lost", &places));
                        return Ok(());
                    }
                    Err(why) => return Err(Fault(format!("{}: {why}", part.name))),
                };
                match (media.as_str(), picture_format(media)) {
                    _ if refused => self.listed(part, &bytes, hash),
                    ("application/pdf", _) => match pages(&bytes) {
                        0 => self.listed(part, &bytes, hash),
                        pages => self.pdf(part, at, bytes, pages),
                    },
                    (_, Some(format)) if RasterImage::plain(bytes.clone(), format).is_ok() => {
                        let name = format!("f{at}");
                        self.sheets.push(json!({
                            "kind": media.trim_start_matches("image/"), "file": name, "words": part.name,
                            "first": true,
                        }));
                        self.files.push((name, bytes));
                    }
                    _ => self.listed(part, &bytes, hash),
                }
            }
        }
        Ok(())
    }

    fn pdf(&mut self, part: &Part, at: usize, bytes: Bytes, pages: usize) {
        let name = format!("f{at}.pdf");
        for page in 1..=pages {
            self.sheets.push(json!({
                "kind": "pdf", "file": name, "page": page, "words": part.name, "first": page == 1,
            }));
        }
        self.files.push((name, bytes));
    }

    fn listed(&mut self, part: &Part, bytes: &Bytes, hash: &str) {
        let size = bytes.len().to_string();
        let places = [("name", part.name.as_str()), ("size", &size), ("hash", hash)];
        self.note(&words::fill("dossier.elsewhere", &places));
    }

    /// A page that says something instead of a part.
    fn note(&mut self, words: &str) {
        self.sheets.push(json!({ "kind": "listed", "words": words, "first": true }));
    }
}
