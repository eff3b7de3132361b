//! The writer: one thread, two queues, many jobs in one transaction, answers after the commit is on disk.

use std::{
    any::Any,
    collections::{HashMap, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use rusqlite::Connection;

use crate::{
    failure::Failure,
    pending::{Pending, promise},
    reader::Reader,
    tx::{ShowsByLaw, Tx},
};

/// Which queue a job waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// A person waits for the answer.
    Interactive,
    /// Imports, sweeps, deliveries: at most half of a batch while people wait.
    Background,
}

/// Sizes of the store's queues and pools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Jobs in one transaction at most.
    pub batch: usize,
    /// Interactive jobs that may wait; more are refused as busy.
    pub interactive: usize,
    /// Background jobs that may wait; more are refused as busy.
    pub background: usize,
    /// Connections for reading at most.
    pub readers: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { batch: 256, interactive: 4_096, background: 1_024, readers: 8 }
    }
}

/// A batch is closed after this long, so that the first job of it does not wait for the last.
const BATCH_TIME: Duration = Duration::from_millis(25);
/// Jobs after which the write-ahead log is copied into the database, if nobody waits.
const CHECKPOINT_IDLE: usize = 512;
/// Jobs after which it is copied even if somebody waits.
const CHECKPOINT_BUSY: usize = 1_024;

/// Answers a job once it is known whether the batch is on disk.
type Answer = Box<dyn FnOnce(Option<Failure>) + Send>;
/// Runs a job within its savepoint and says whether its changes stand; or tells it why it cannot run.
type Job = Box<dyn FnOnce(Result<&mut Tx<'_>, Failure>) -> (bool, Answer) + Send>;

/// Jobs waiting for the writer.
pub(crate) struct Jobs {
    state: Mutex<Waiting>,
    come: Condvar,
    options: Options,
}

#[derive(Default)]
struct Waiting {
    interactive: VecDeque<Job>,
    background: VecDeque<Job>,
    closed: bool,
}

impl Jobs {
    pub(crate) fn new(options: Options) -> Self {
        Self { state: Mutex::default(), come: Condvar::new(), options }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a job into its queue, or refuses it at once.
    pub(crate) fn push<T, F>(&self, queue: Queue, job: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (promise, pending) = promise();
        let mut waiting = self.lock();
        let (line, room) = match queue {
            Queue::Interactive => (waiting.interactive.len(), self.options.interactive),
            Queue::Background => (waiting.background.len(), self.options.background),
        };
        let refusal = match (waiting.closed, line < room) {
            (true, _) => Some(Failure::Closed),
            (false, false) => Some(Failure::Busy),
            (false, true) => None,
        };
        if let Some(failure) = refusal {
            drop(waiting);
            promise.give(Err(failure.into()));
            return pending;
        }
        let job: Job = Box::new(move |tx| {
            let result = catch_unwind(AssertUnwindSafe(|| job(tx?)))
                .unwrap_or_else(|panic| Err(Failure::Panicked(words(panic.as_ref())).into()));
            let stands = result.is_ok();
            let answer: Answer = Box::new(move |lost| {
                promise.give(match lost {
                    Some(failure) => result.and(Err(failure.into())),
                    None => result,
                });
            });
            (stands, answer)
        });
        match queue {
            Queue::Interactive => waiting.interactive.push_back(job),
            Queue::Background => waiting.background.push_back(job),
        }
        drop(waiting);
        self.come.notify_one();
        pending
    }

    /// Lets the writer finish what waits and then end.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.come.notify_one();
    }

    /// Blocks until there is work; `false` once closed and empty.
    fn wait(&self) -> bool {
        let mut waiting = self.lock();
        loop {
            if !waiting.interactive.is_empty() || !waiting.background.is_empty() {
                return true;
            }
            if waiting.closed {
                return false;
            }
            waiting = self.come.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next job of a batch. Interactive ones come first, but every batch has room for one background job, and
    /// background jobs never take more than half.
    fn next(&self, taken: usize, taken_background: usize) -> Option<(Queue, Job)> {
        if taken >= self.options.batch {
            return None;
        }
        let mut waiting = self.lock();
        let last = taken + 1 == self.options.batch && taken_background == 0;
        let may = taken_background < (self.options.batch / 2).max(1);
        if last
            && may
            && let Some(job) = waiting.background.pop_front()
        {
            return Some((Queue::Background, job));
        }
        if let Some(job) = waiting.interactive.pop_front() {
            return Some((Queue::Interactive, job));
        }
        let job = if may { waiting.background.pop_front() } else { None };
        job.map(|job| (Queue::Background, job))
    }

    fn is_idle(&self) -> bool {
        let waiting = self.lock();
        waiting.interactive.is_empty() && waiting.background.is_empty()
    }
}

/// The words of a panic.
fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no words".to_owned())
}

/// Starts the thread that owns the writing connection.
pub(crate) fn start(conn: Connection, jobs: Arc<Jobs>) -> Result<thread::JoinHandle<()>> {
    let mut writer = Writer { reader: Reader::new(conn), shows: HashMap::new(), unchecked: 0 };
    thread::Builder::new()
        .name("store-writer".to_owned())
        .spawn(move || {
            while jobs.wait() {
                writer.batch(&jobs);
            }
            writer.checkpoint(true);
        })
        .context("starting the writer")
}

struct Writer {
    reader: Reader,
    shows: ShowsByLaw,
    unchecked: usize,
}

impl Writer {
    fn batch(&mut self, jobs: &Jobs) {
        let mut answers = Vec::new();
        let done = self.run(jobs, &mut answers);
        let lost = done.err().map(|why| Failure::NotCommitted(why.to_string()));
        if lost.is_some() {
            self.shows.clear();
            if !self.reader.conn.is_autocommit() {
                self.reader.conn.execute_batch("ROLLBACK").ok();
            }
        }
        self.unchecked += answers.len();
        for answer in answers {
            answer(lost.clone());
        }
        self.checkpoint(false);
        if self.unchecked >= CHECKPOINT_IDLE && jobs.is_idle() {
            self.checkpoint(true);
        }
    }

    /// Runs one batch through its commit. On an error nothing of it stands.
    fn run(&mut self, jobs: &Jobs, answers: &mut Vec<Answer>) -> Result<()> {
        let began = Instant::now();
        let mut background = 0;
        let mut stands = false;
        if let Err(why) = self.statement("BEGIN IMMEDIATE") {
            // Somebody must hear of it, or the same failure would come round for ever.
            let failure = Failure::NotCommitted(why.to_string());
            answers.extend(jobs.next(0, 0).map(|(_, job)| job(Err(failure)).1));
            return Err(why);
        }
        while let Some((queue, job)) = jobs.next(answers.len(), background) {
            background += usize::from(queue == Queue::Background);
            self.statement("SAVEPOINT job")?;
            let (good, answer) = job(Ok(&mut Tx::new(&self.reader, &mut self.shows)));
            answers.push(answer);
            if self.reader.conn.is_autocommit() {
                anyhow::bail!("the database gave the transaction up");
            }
            if !good {
                self.shows.clear();
                self.statement("ROLLBACK TO job")?;
            }
            self.statement("RELEASE job")?;
            stands |= good;
            if began.elapsed() > BATCH_TIME {
                break;
            }
        }
        self.statement(if stands { "COMMIT" } else { "ROLLBACK" })
    }

    fn statement(&self, sql: &str) -> Result<()> {
        self.reader.conn.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    /// Copies the write-ahead log into the database when it has grown, after the answers have gone out.
    fn checkpoint(&mut self, now: bool) {
        if self.unchecked == 0 || (!now && self.unchecked < CHECKPOINT_BUSY) {
            return;
        }
        let copied = self
            .reader
            .conn
            .prepare_cached("PRAGMA wal_checkpoint(PASSIVE)")
            .and_then(|mut it| it.query_row([], |row| row.get::<_, i64>(0)));
        if copied.is_ok() {
            self.unchecked = 0;
        }
    }
}
