//! The world that the setting engine sees: its templates, the data of a job, the files of a job.

use std::{collections::HashMap, fmt, sync::LazyLock};

use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts::Fonts;

/// What the templates import from one another.
const TEMPLATES: [(&str, &str); 3] = [
    ("main.typ", include_str!("../typst/main.typ")),
    ("paper.typ", include_str!("../typst/paper.typ")),
    ("dossier.typ", include_str!("../typst/dossier.typ")),
];
/// How many jobs a remembered result outlives: the next papers of a kind profit from it.
const REMEMBERED: usize = 8;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static SOURCES: LazyLock<HashMap<FileId, Source>> = LazyLock::new(|| {
    let source = |(name, text): &(&str, &str)| {
        let id = id(name)?;
        Some((id, Source::new(id, (*text).to_owned())))
    };
    TEMPLATES.iter().filter_map(source).collect()
});

/// Why something could not be set, in the words of the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    fn of(diagnostics: &[SourceDiagnostic]) -> Self {
        let all: Vec<&str> = diagnostics.iter().map(|it| it.message.as_str()).collect();
        Self(all.join("; "))
    }
}

fn id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

/// One job: a template, its data, and the files the data names.
pub(crate) struct Job<'a> {
    fonts: &'a Fonts,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl<'a> Job<'a> {
    /// A job for a template with its data as JSON.
    pub(crate) fn new(fonts: &'a Fonts, template: &str, data: &serde_json::Value) -> Result<Self, Fault> {
        let main = id(template).ok_or_else(|| Fault(template.to_owned()))?;
        let mut job = Self { fonts, main, files: HashMap::new() };
        let data = serde_json::to_vec(data).map_err(|it| Fault(it.to_string()))?;
        job.add("data.json", Bytes::new(data));
        Ok(job)
    }

    /// Adds a file under a name.
    pub(crate) fn add(&mut self, name: &str, bytes: Bytes) {
        self.files.extend(id(name).map(|id| (id, bytes)));
    }

    /// Sets it: the PDF and its number of pages.
    pub(crate) fn pdf(&self, ident: &str, standards: &[PdfStandard]) -> Result<(Vec<u8>, usize), Fault> {
        let set = typst::compile::<PagedDocument>(self).output.map_err(|it| Fault::of(&it));
        let made = set.and_then(|document| {
            let options = PdfOptions {
                ident: Smart::Custom(ident.to_owned()),
                creator: Smart::Custom(None),
                standards: PdfStandards::new(standards).map_err(|it| Fault(it.message().to_string()))?,
                ..PdfOptions::default()
            };
            let pdf = typst_pdf::pdf(&document, &options).map_err(|it| Fault::of(&it))?;
            Ok((pdf, document.pages().len()))
        });
        comemo::evict(REMEMBERED);
        made
    }
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.get(&id).cloned().ok_or_else(|| FileError::Other(None))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| FileError::Other(None))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
