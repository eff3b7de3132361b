//! A small office in a temporary folder.

use std::path::{Path, PathBuf};

use office::{Laws, Office, Options};

/// A folder that is removed when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty folder of this name below the system's temporary one.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("yifa-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A demonstration office with its places and people.
pub(crate) async fn office(folder: &Folder) -> Office {
    let options =
        Options { data: folder.path().to_owned(), create: Some(store::Kind::Demonstration) };
    let office = Office::open(&options, Laws::embedded().unwrap()).unwrap();
    office::demo::settle(&office).await.unwrap();
    office
}
