//! Files under the hash of their content: evidence, documents, originals.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::{Context, Result, bail};
use engine::Hash;

/// A folder in which each file's name is the SHA-256 of its content, two levels deep.
/// Clones share it.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
    written: Arc<AtomicU64>,
}

impl Files {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self> {
        let root = root.into();
        fs::create_dir_all(&root).with_context(|| format!("making {}", root.display()))?;
        Ok(Self { root, written: Arc::default() })
    }

    /// Where content of a hash lies, if it is kept.
    pub fn path(&self, hash: &Hash) -> PathBuf {
        self.place(hash)
    }

    /// Keeps some content; on return it survives a power cut. Content already kept is left alone.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn put(&self, content: &[u8]) -> Result<Hash> {
        let hash = Hash::of(content);
        let place = self.place(&hash);
        if place.exists() {
            return Ok(hash);
        }
        let folder = place.parent().context("a file has a folder")?;
        let new_folders = !folder.exists();
        fs::create_dir_all(folder)?;
        let nth = self.written.fetch_add(1, Ordering::Relaxed);
        let draft = folder.join(format!("{}-{}-{nth}.tmp", hash.hex(), process::id()));
        let mut file = File::create_new(&draft)?;
        let written = file.write_all(content).and_then(|()| file.sync_all());
        if let Err(why) = written.and_then(|()| fs::rename(&draft, &place)) {
            fs::remove_file(&draft).ok();
            return Err(why).with_context(|| format!("keeping {}", place.display()));
        }
        sync_folder(folder)?;
        if new_folders {
            folder.parent().map_or(Ok(()), sync_folder)?;
            sync_folder(&self.root)?;
        }
        Ok(hash)
    }

    /// The content of a hash, `None` if it is not here.
    ///
    /// # Errors
    /// If it cannot be read, or is no longer what its name says.
    pub fn get(&self, hash: &Hash) -> Result<Option<Vec<u8>>> {
        let place = self.place(hash);
        let content = match fs::read(&place) {
            Ok(content) => content,
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(why).with_context(|| format!("reading {}", place.display())),
        };
        if Hash::of(&content) != *hash {
            bail!("{} is not the content its name says", place.display());
        }
        Ok(Some(content))
    }

    fn place(&self, hash: &Hash) -> PathBuf {
        let hex = hash.hex();
        self.root.join(&hex[..2]).join(&hex[2..4]).join(hex)
    }
}

fn sync_folder(folder: &Path) -> Result<()> {
    Ok(File::open(folder)?.sync_all()?)
}
