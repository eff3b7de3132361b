//! Looking at a page from outside: words with their places, and the page drawn as dots.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use typeset::Fonts;

/// Millimetres of a point.
pub(crate) const MM: f64 = 25.4 / 72.0;
/// Dots per inch of drawn pages.
const DOTS: f64 = 200.0;

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| Fonts::find(&[target().join("fonts")]).ok());

fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target")
}

/// The fonts, or `None` where they are missing and may be.
pub(crate) fn fonts() -> Option<&'static Fonts> {
    let found = FONTS.as_ref();
    skipped(found.is_none(), "fonts");
    found
}

/// Whether the tools that measure pages are here.
pub(crate) fn tools() -> bool {
    let there = Command::new("pdftotext").arg("-v").output().is_ok();
    skipped(!there, "pdftotext");
    there
}

/// Says that a test is skipped; where nothing may be skipped it fails.
fn skipped(missing: bool, what: &str) {
    let ci = std::env::var_os("CI").is_some_and(|it| it == "true" || it == "1");
    assert!(!(missing && ci), "{what} is missing");
    if missing {
        eprintln!("skipped: {what} is missing");
    }
}

/// A PDF on the disk, taken away when it is dropped.
pub(crate) struct Pdf(PathBuf);

/// A word with its place in millimetres from the upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) page: usize,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
    pub(crate) text: String,
}

/// A drawn page.
pub(crate) struct Dots {
    width: usize,
    bytes: Vec<u8>,
}

impl Pdf {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("yifa-page-{}-{count}.pdf", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Self(path)
    }

    fn run(&self, program: &str, arguments: &[&str], end: &[&str]) -> Output {
        let out = Command::new(program).args(arguments).arg(&self.0).args(end).output().unwrap();
        assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
        out
    }

    /// Words in the order in which they are read.
    pub(crate) fn words(&self) -> Vec<Word> {
        let out = self.run("pdftotext", &["-bbox"], &["-"]);
        let text = String::from_utf8(out.stdout).unwrap();
        let mut page = 0;
        let mut words = Vec::new();
        for line in text.lines() {
            page += usize::from(line.trim_start().starts_with("<page"));
            let Some(rest) = line.trim_start().strip_prefix("<word ") else { continue };
            let number = |name: &str| {
                let (_, rest) = rest.split_once(&format!("{name}=\"")).unwrap();
                rest.split_once('"').unwrap().0.parse::<f64>().unwrap() * MM
            };
            let inner = rest.split_once('>').unwrap().1.split_once('<').unwrap().0;
            words.push(Word {
                page,
                left: number("xMin"),
                top: number("yMin"),
                right: number("xMax"),
                bottom: number("yMax"),
                text: inner.to_owned(),
            });
        }
        words
    }

    /// What `pdfinfo` knows, line by line.
    pub(crate) fn info(&self) -> String {
        String::from_utf8(self.run("pdfinfo", &[], &[]).stdout).unwrap()
    }

    /// The text of all pages.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.run("pdftotext", &["-layout"], &["-"]).stdout).unwrap()
    }

    /// One page drawn, from 1.
    pub(crate) fn drawn(&self, page: usize) -> Dots {
        let (page, dots) = (page.to_string(), DOTS.to_string());
        let out = self.run("pdftoppm", &["-r", &dots, "-f", &page, "-l", &page], &[]).stdout;
        // `P6`, width and height, the greatest value, then three bytes a dot.
        let mut fields = out.split(|it| it.is_ascii_whitespace());
        assert_eq!(fields.next(), Some(&b"P6"[..]));
        let number = |it: &[u8]| std::str::from_utf8(it).unwrap().parse::<usize>().unwrap();
        let (width, height) = (number(fields.next().unwrap()), number(fields.next().unwrap()));
        Dots { width, bytes: out[out.len() - 3 * width * height..].to_vec() }
    }
}

impl Drop for Pdf {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}

/// Rows of a colour: from, to and the widest stretch, all in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Band {
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) left: f64,
    pub(crate) right: f64,
}

impl Dots {
    /// Stretches of rows in which something of a colour stands.
    pub(crate) fn bands(&self, colour: impl Fn([u8; 3]) -> bool) -> Vec<Band> {
        let mm = |dots: usize| dots as f64 * 25.4 / DOTS;
        let mut bands: Vec<Band> = Vec::new();
        let mut open = false;
        for (row, bytes) in self.bytes.chunks(3 * self.width).enumerate() {
            let dots: Vec<usize> = bytes
                .chunks(3)
                .enumerate()
                .filter(|(_, it)| colour([it[0], it[1], it[2]]))
                .map(|it| it.0)
                .collect();
            let (Some(first), Some(last)) = (dots.first(), dots.last()) else {
                open = false;
                continue;
            };
            if !open {
                bands.push(Band { top: mm(row), bottom: mm(row), left: f64::MAX, right: 0.0 });
            }
            open = true;
            let band = bands.last_mut().unwrap();
            band.bottom = mm(row + 1);
            band.left = band.left.min(mm(*first));
            band.right = band.right.max(mm(last + 1));
        }
        bands
    }
}

/// The red of heads and lines.
pub(crate) fn red([r, g, b]: [u8; 3]) -> bool {
    r > 180 && g < 140 && b < 140
}

/// Anything that is not paper.
pub(crate) fn ink([r, g, b]: [u8; 3]) -> bool {
    r < 128 && g < 128 && b < 128
}

/// Whether two lengths are the same within a tolerance in millimetres.
#[track_caller]
pub(crate) fn near(found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance, "{found:.2} mm is not {wanted:.2} ± {tolerance} mm");
}
