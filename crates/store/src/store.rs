//! The store: a folder with the ledger, its files and a lock.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
    thread::{self, JoinHandle},
};

use anyhow::{Context, Result};

use crate::{
    failure::Failure,
    files::Files,
    kind::Kind,
    pending::Pending,
    pool::Pool,
    queue::{self, Jobs, Options, Queue},
    reader::Reader,
    schema,
    tx::Tx,
};

/// An open ledger. Clones share it; the last one dropped finishes what waits and closes it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    dir: PathBuf,
    kind: Kind,
    files: Files,
    jobs: Arc<Jobs>,
    pool: Pool,
    writer: Option<JoinHandle<()>>,
    _lock: Option<File>,
}

impl Store {
    /// Makes a ledger in a folder and opens it.
    ///
    /// # Errors
    /// [`Failure::Exists`] if there is one already, [`Failure::Locked`] if it is open elsewhere.
    pub fn create(dir: &Path, kind: Kind) -> Result<Self> {
        fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
        let lock = lock(dir)?;
        let path = ledger(dir);
        if path.exists() {
            return Err(Failure::Exists(dir.to_owned()).into());
        }
        // Made under another name first, so that a power cut leaves either no ledger or a whole one.
        let draft = dir.join("ledger.tmp");
        for left in ["ledger.tmp", "ledger.tmp-wal", "ledger.tmp-shm"] {
            fs::remove_file(dir.join(left)).ok();
        }
        schema::create(&draft, kind)?;
        File::open(&draft)?.sync_all()?;
        fs::rename(&draft, &path)?;
        File::open(dir)?.sync_all()?;
        Self::start(dir, lock, Options::default())
    }

    /// Opens the ledger of a folder for reading and writing.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Locked`], [`Failure::Newer`] or [`Failure::NotALedger`].
    pub fn open(dir: &Path) -> Result<Self> {
        Self::open_with(dir, Options::default())
    }

    /// Opens the ledger of a folder with other sizes of queues and pools.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(dir: &Path, options: Options) -> Result<Self> {
        find(dir)?;
        Self::start(dir, lock(dir)?, options)
    }

    /// Opens the ledger of a folder for reading only; it may be open elsewhere for writing. Every write is answered
    /// with [`Failure::Closed`].
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Newer`] or [`Failure::NotALedger`].
    pub fn open_to_read(dir: &Path) -> Result<Self> {
        let path = ledger(dir);
        if !path.exists() {
            return Err(Failure::Missing(dir.to_owned()).into());
        }
        let kind = kind(&schema::reader(&path)?)?;
        let options = Options::default();
        let pool = Pool::new(path, options.readers);
        let jobs = Arc::new(Jobs::new(options));
        jobs.close();
        let files = Files::open(dir.join("files"))?;
        Ok(Self(Arc::new(Inner { dir: dir.to_owned(), kind, files, jobs, pool, writer: None, _lock: None })))
    }

    fn start(dir: &Path, lock: File, options: Options) -> Result<Self> {
        let path = ledger(dir);
        let conn = schema::writer(&path)?;
        let kind = kind(&conn)?;
        let jobs = Arc::new(Jobs::new(options));
        let writer = queue::start(conn, Arc::clone(&jobs))?;
        Ok(Self(Arc::new(Inner {
            dir: dir.to_owned(),
            kind,
            files: Files::open(dir.join("files"))?,
            jobs,
            pool: Pool::new(path, options.readers),
            writer: Some(writer),
            _lock: Some(lock),
        })))
    }

    /// What the ledger is for.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        &self.0.dir
    }

    /// The files kept with it.
    pub fn files(&self) -> &Files {
        &self.0.files
    }

    /// Hands a job to the writer. Its answer comes after the commit that holds it is on disk.
    ///
    /// A job that returns an error or panics is undone alone. A full queue answers [`Failure::Busy`] at once.
    /// Never wait for another write inside a job: the writer would wait for itself.
    pub fn write<T, F>(&self, queue: Queue, job: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.0.jobs.push(queue, job)
    }

    /// Reads one snapshot: what was committed when the reading began.
    ///
    /// # Errors
    /// The reading's own, or the database's.
    pub fn read<T>(&self, read: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        self.0.pool.read(read)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.jobs.close();
        if let Some(writer) = self.writer.take()
            && writer.thread().id() != thread::current().id()
        {
            writer.join().ok();
        }
    }
}

/// The ledger file of a folder.
pub(crate) fn ledger(dir: &Path) -> PathBuf {
    dir.join("ledger.sqlite")
}

/// The ledger file of a folder that has one.
pub(crate) fn find(dir: &Path) -> Result<PathBuf> {
    let path = ledger(dir);
    if !path.exists() {
        return Err(Failure::Missing(dir.to_owned()).into());
    }
    Ok(path)
}

/// What a ledger was created as.
pub(crate) fn kind(conn: &rusqlite::Connection) -> Result<Kind> {
    let word: String = conn.query_row("SELECT value FROM meta WHERE key = 'kind'", [], |row| row.get(0))?;
    Ok(word.parse()?)
}

/// Takes the folder for this process until the file is dropped; the system lets it go if the process dies.
pub(crate) fn lock(dir: &Path) -> Result<File> {
    let path = dir.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| format!("opening {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::Locked(dir.to_owned()).into()),
        Err(TryLockError::Error(why)) => Err(why).context("locking the folder"),
    }
}
