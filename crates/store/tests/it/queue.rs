//! The writer: many jobs in one commit, an answer only after it, people before machines.

use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    task::{Context, Poll, Wake, Waker},
    thread,
};

use store::{Failure, Kind, Options, Pending, Queue, Store};

use crate::world::{Folder, new_store};

fn failure<T>(answer: anyhow::Result<T>) -> Failure {
    answer.err().and_then(|it| it.downcast_ref::<Failure>().cloned()).unwrap()
}

/// Keeps the writer busy until the sender is dropped or sends.
fn hold(store: &Store) -> (mpsc::Sender<()>, Pending<()>) {
    let (started, is_started) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let held = store.write(Queue::Interactive, move |_| {
        started.send(())?;
        released.recv().ok();
        Ok(())
    });
    is_started.recv().unwrap();
    (release, held)
}

#[test]
fn an_answer_means_that_everybody_can_read_it() {
    let folder = Folder::new("durable");
    let store = new_store(&folder.0);
    let (release, held) = hold(&store);
    let note = store.write(Queue::Interactive, |tx| tx.put("draft", "d1", b"Dear Bureau", None));
    assert_eq!(store.read(|it| it.get("draft", "d1", 0)).unwrap(), None);
    drop(release);
    held.wait().unwrap();
    note.wait().unwrap();
    let other = rusqlite::Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    let rows: i64 = other.query_row("SELECT count(*) FROM side", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);
}

#[test]
fn jobs_that_wait_together_are_committed_together() {
    let folder = Folder::new("batch");
    let store = new_store(&folder.0);
    let (release, held) = hold(&store);
    let seen = Arc::new(AtomicUsize::new(0));
    let answers: Vec<_> = (0..100)
        .map(|nth| {
            let seen = Arc::clone(&seen);
            store.write(Queue::Interactive, move |tx| {
                seen.fetch_max(tx.list("batch", "", 0)?.len(), Ordering::Relaxed);
                tx.put("batch", &format!("{nth:03}"), b"", None)
            })
        })
        .collect();
    let reader = store.clone();
    let (stop, stopped) = mpsc::channel::<()>();
    let watching = thread::spawn(move || {
        let mut counts = vec![];
        while stopped.try_recv() != Err(mpsc::TryRecvError::Disconnected) {
            counts.push(reader.read(|it| Ok(it.list("batch", "", 0)?.len())).unwrap());
            counts.dedup();
        }
        counts
    });
    drop(release);
    held.wait().unwrap();
    answers.into_iter().for_each(|it| it.wait().unwrap());
    drop(stop);
    let commits = watching.join().unwrap().len();
    assert_eq!(seen.load(Ordering::Relaxed), 99, "each job sees those before it");
    assert!(commits <= 4, "a hundred jobs were seen to arrive in {commits} steps");
}

#[test]
fn a_job_that_fails_or_panics_is_undone_alone() {
    let folder = Folder::new("alone");
    let store = new_store(&folder.0);
    let (release, held) = hold(&store);
    let job = |nth: u32| {
        store.write(Queue::Interactive, move |tx| {
            tx.put("page", &nth.to_string(), b"ink", None)?;
            anyhow::ensure!(!nth.is_multiple_of(3), "spilt ink on page {nth}");
            assert!(!nth.is_multiple_of(5), "tore page {nth}");
            Ok(nth)
        })
    };
    let answers: Vec<_> = (1..=12).map(job).collect();
    drop(release);
    held.wait().unwrap();
    let answers: Vec<_> = answers.into_iter().map(Pending::wait).collect();
    assert_eq!(answers[2].as_ref().unwrap_err().to_string(), "spilt ink on page 3");
    assert!(
        matches!(answers[4].as_ref().unwrap_err().downcast_ref(), Some(Failure::Panicked(why)) if why == "tore page 5")
    );
    let kept = store.read(|it| it.list("page", "", 0)).unwrap();
    let kept: Vec<String> = kept.into_iter().map(|(key, _)| key).collect();
    assert_eq!(kept, ["1", "11", "2", "4", "7", "8"]);
}

#[test]
fn people_come_first_and_machines_still_come() {
    let folder = Folder::new("turns");
    drop(Store::create(&folder.0, Kind::Practice).unwrap());
    let options = Options { batch: 8, interactive: 1_000, background: 1_000, readers: 2 };
    let store = Store::open_with(&folder.0, options).unwrap();
    let (release, held) = hold(&store);
    let turns = Arc::new(Mutex::new(String::new()));
    let push = |queue, mark: char| {
        let turns = Arc::clone(&turns);
        store.write(queue, move |_| {
            turns.lock().unwrap().push(mark);
            Ok(())
        })
    };
    let answers: Vec<_> = (0..60)
        .map(|_| push(Queue::Background, 'm'))
        .chain((0..30).map(|_| push(Queue::Interactive, 'P')))
        .collect();
    drop(release);
    held.wait().unwrap();
    answers.into_iter().for_each(|it| it.wait().unwrap());
    let turns = turns.lock().unwrap().clone();
    // The held job was the first of a batch of eight; batches of eight follow. While people wait, each batch has
    // one machine; then at most four of eight.
    assert!(turns.starts_with("PPPPPPm PPPPPPPm PPPPPPPm PPPPPPPm".replace(' ', "").as_str()), "{turns}");
    assert_eq!(turns.chars().filter(|it| *it == 'm').count(), 60);
}

#[test]
fn a_full_queue_says_busy_at_once_and_the_other_goes_on() {
    let folder = Folder::new("full");
    drop(Store::create(&folder.0, Kind::Practice).unwrap());
    let options = Options { batch: 4, interactive: 3, background: 2, readers: 1 };
    let store = Store::open_with(&folder.0, options).unwrap();
    let (release, held) = hold(&store);
    let machine = || store.write(Queue::Background, |_| Ok(()));
    let (first, second) = (machine(), machine());
    assert_eq!(failure(machine().wait()), Failure::Busy);
    let person = store.write(Queue::Interactive, |_| Ok("heard"));
    drop(release);
    held.wait().unwrap();
    assert_eq!(person.wait().unwrap(), "heard");
    first.wait().unwrap();
    second.wait().unwrap();
    machine().wait().unwrap();
}

#[test]
fn what_waits_when_the_store_closes_is_still_done() {
    let folder = Folder::new("close");
    let store = new_store(&folder.0);
    let (release, held) = hold(&store);
    let last = store.write(Queue::Background, |tx| tx.put("draft", "last", b"goodbye", None));
    drop(release);
    drop(store);
    held.wait().unwrap();
    last.wait().unwrap();
    let store = Store::open(&folder.0).unwrap();
    assert_eq!(store.read(|it| it.get("draft", "last", 0)).unwrap().as_deref(), Some(&b"goodbye"[..]));
}

struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[test]
fn an_answer_can_be_awaited_without_a_runtime_of_ours() {
    let folder = Folder::new("await");
    let store = new_store(&folder.0);
    let (release, held) = hold(&store);
    let mut answer = pin!(store.write(Queue::Interactive, |_| Ok(42)));
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    assert!(answer.as_mut().poll(&mut context).is_pending());
    drop(release);
    let answer = loop {
        match answer.as_mut().poll(&mut context) {
            Poll::Ready(answer) => break answer,
            Poll::Pending => thread::park(),
        }
    };
    assert_eq!(answer.unwrap(), 42);
    held.wait().unwrap();
}

#[test]
fn readers_queue_for_connections_and_see_one_moment() {
    let folder = Folder::new("pool");
    drop(Store::create(&folder.0, Kind::Practice).unwrap());
    let store = Store::open_with(&folder.0, Options { readers: 2, ..Options::default() }).unwrap();
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for _ in 0..30 {
                    let pair = store.read(|it| Ok((it.list("n", "", 0)?, it.list("n", "", 0)?))).unwrap();
                    assert_eq!(pair.0, pair.1);
                }
            });
        }
        for nth in 0..50 {
            store
                .write(Queue::Interactive, move |tx| tx.put("n", &nth.to_string(), b"", None))
                .wait()
                .unwrap();
        }
    });
}
