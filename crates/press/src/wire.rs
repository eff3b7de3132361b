//! What goes over the pipe to `yifa-press`: frames of a length in four bytes (big end first) and as many
//! bytes. A request is one frame of JSON; an answer is a frame of JSON and, if it says so, a frame with the
//! file.

use std::{
    io::{self, Read, Write},
    path::PathBuf,
};

use papers::Document;
use serde::{Deserialize, Serialize};

/// The largest frame: a case file of scans.
const LARGEST: u32 = 1 << 30;

/// What is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Whether it is ready; reads the fonts.
    Ready,
    /// A paper as PDF.
    Paper(Box<Document>),
    /// A case file as PDF.
    Dossier(Box<Dossier>),
}

/// A case file: cover, catalogue, and everything in order with pages numbered through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Name of the body that keeps it.
    pub body: String,
    /// Name of the matter.
    pub title: String,
    /// Number of the matter.
    pub number: String,
    /// Lines of the cover: what, and its value.
    pub cover: Vec<(String, String)>,
    /// The parts in order.
    pub parts: Vec<Part>,
}

/// A part of a case file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Name in the catalogue.
    pub name: String,
    /// Number in the catalogue; empty if none.
    pub number: String,
    /// Date in the catalogue; empty if none.
    pub date: String,
    /// What it is.
    pub content: Content,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// A paper of the house.
    Paper(Box<Document>),
    /// A file. PDF and pictures become pages; anything else a page that says where it is kept.
    File {
        /// Where it lies.
        path: PathBuf,
        /// Media type.
        media: String,
        /// SHA-256 of its content, hex.
        hash: String,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Ready.
    Ready,
    /// So much of a case file is done.
    Progress {
        /// Parts done.
        done: usize,
        /// Parts in all.
        of: usize,
    },
    /// Done; the file follows in the next frame.
    File {
        /// Pages in all.
        pages: usize,
    },
    /// Fonts are missing.
    FontsMissing {
        /// Packages that bring them.
        packages: Vec<String>,
    },
    /// It could not be set.
    Failed {
        /// What the engine says.
        why: String,
    },
}

/// Writes one frame.
///
/// # Errors
/// If the pipe is closed, or the bytes are too many.
pub fn send(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).ok().filter(|it| *it <= LARGEST);
    let length = length.ok_or(io::ErrorKind::InvalidInput)?;
    to.write_all(&length.to_be_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads one frame; `None` at the end.
///
/// # Errors
/// If the pipe breaks inside a frame, or the frame is too long.
pub fn receive(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_be_bytes(length);
    if length > LARGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| io::ErrorKind::InvalidData)?];
    from.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}
