//! The files of `law/` as text, handed in by whoever may open files.

/// One file of `law/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to `law/`, with `/` between its parts.
    pub path: String,
    /// Contents.
    pub text: String,
}

/// All files that are read together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// In any order; the reader goes by path.
    pub files: Vec<SourceFile>,
}

/// A file among [`Sources`], by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub usize);

impl Sources {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        FileId(self.files.len() - 1)
    }

    /// A file by its id.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0)
    }

    /// Every file with its id, in order of path, so that faults and results never depend on the disk's order.
    pub fn by_path(&self) -> Vec<(FileId, &SourceFile)> {
        let mut files: Vec<_> = self.files.iter().enumerate().map(|(at, file)| (FileId(at), file)).collect();
        files.sort_by(|a, b| a.1.path.cmp(&b.1.path));
        files
    }
}

/// A stretch of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// File.
    pub(crate) file: FileId,
    /// First byte.
    pub(crate) start: usize,
    /// Byte after the last.
    pub(crate) end: usize,
}

impl Span {
    /// Bytes `start..end` of a file.
    pub(crate) fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start, end }
    }

    /// The first byte of a file, for faults of a file as a whole.
    pub(crate) fn head(file: FileId) -> Self {
        Self::new(file, 0, 0)
    }

    /// Whether two stretches share a byte.
    pub(crate) fn overlaps(&self, other: &Span) -> bool {
        self.file == other.file && self.start < other.end && other.start < self.end
    }
}
