//! Fonts: found in folders, known by their family, read when first used.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use typst::{
    foundations::Bytes,
    text::{Font, FontBook, FontInfo},
    utils::LazyHash,
};

/// Families of which at least one must be there, by the role they play: body, headings, titles.
const NEEDED: [&[&str]; 3] = [
    &["fangsong_gb2312", "fangsong", "stfangsong", "fandolfang r", "noto serif cjk sc"],
    &["simhei", "stheiti", "fandolhei", "noto sans cjk sc"],
    &["fzxiaobiaosong-b05s", "fzxiaobiaosong-b05", "fandolsong", "noto serif cjk sc"],
];
/// Families that are used where they are there.
const USED: [&str; 6] = ["kaiti_gb2312", "kaiti", "stkaiti", "fandolkai", "simsun", "stsong"];
/// Packages of a Debian system that bring fonts for every role.
const PACKAGES: [&str; 2] = ["texlive-lang-chinese", "fonts-noto-cjk"];
/// Where fonts usually lie.
const FOLDERS: [&str; 5] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf/fonts/opentype",
    "/Library/Fonts",
];

/// Fonts are missing; these packages bring them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFonts {
    /// Packages of a Debian system.
    pub packages: Vec<String>,
}

/// The fonts of the house.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    slots: Vec<Slot>,
}

struct Slot {
    path: PathBuf,
    index: u32,
    font: OnceLock<Option<Font>>,
}

impl Fonts {
    /// Looks for fonts in these folders and in the usual ones.
    ///
    /// # Errors
    /// If a role has no font.
    pub fn find(folders: &[PathBuf]) -> Result<Self, MissingFonts> {
        let mut found = Self { book: LazyHash::new(FontBook::new()), slots: Vec::new() };
        let mut book = FontBook::new();
        let own = env::home_dir().map(|it| it.join(".local/share/fonts"));
        let windows = env::var_os("WINDIR").map(|it| PathBuf::from(it).join("Fonts"));
        let usual = FOLDERS.iter().map(PathBuf::from).chain(own).chain(windows);
        for folder in folders.iter().cloned().chain(usual) {
            gather(&folder, 0, &mut |path| found.take(path, &mut book));
        }
        let has = |families: &&[&str]| families.iter().any(|it| book.contains_family(it));
        if !NEEDED.iter().all(has) {
            return Err(MissingFonts { packages: PACKAGES.map(str::to_owned).to_vec() });
        }
        found.book = LazyHash::new(book);
        Ok(found)
    }

    /// Notes the fonts of a file that have a part to play; a file that is none is passed over.
    fn take(&mut self, path: &Path, book: &mut FontBook) {
        let Ok(data) = fs::read(path) else { return };
        for (index, info) in (0..).zip(FontInfo::iter(&data)) {
            let family = info.family.to_lowercase();
            let wanted = NEEDED.iter().copied().flatten().chain(&USED).any(|it| *it == family);
            if wanted {
                book.push(info);
                self.slots.push(Slot { path: path.to_owned(), index, font: OnceLock::new() });
            }
        }
    }

    pub(crate) fn font(&self, at: usize) -> Option<Font> {
        let slot = self.slots.get(at)?;
        let read = || Font::new(Bytes::new(fs::read(&slot.path).ok()?), slot.index);
        slot.font.get_or_init(read).clone()
    }
}

/// Every font file below a folder, in order of name.
fn gather(folder: &Path, depth: u8, each: &mut dyn FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let kind = path.extension().map(|it| it.to_string_lossy().to_lowercase());
        if path.is_dir() && depth < 6 {
            gather(&path, depth + 1, each);
        } else if matches!(kind.as_deref(), Some("otf" | "ttf" | "ttc" | "otc")) {
            each(&path);
        }
    }
}
