//! Things kept in memory for a quarter of an hour under a session: what a page shows once.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

const KEPT: Duration = Duration::from_secs(15 * 60);

/// Something that can be kept.
pub(crate) trait Keepable {
    /// Whether it is still being made: it is not thrown out before that is over.
    fn is_busy(&self) -> bool {
        false
    }

    /// Whether nothing came of it: it is no reason not to begin anew.
    fn has_failed(&self) -> bool {
        false
    }
}

/// A bounded, forgetful store.
pub(crate) struct Stash<T> {
    most: usize,
    items: Mutex<VecDeque<Item<T>>>,
}

struct Item<T> {
    since: Instant,
    key: String,
    thing: Arc<T>,
}

impl<T: Keepable> Item<T> {
    fn lives(&self) -> bool {
        self.thing.is_busy() || self.since.elapsed() < KEPT
    }
}

/// What came of claiming a name.
pub(crate) enum Claim<T> {
    /// It is kept now.
    New(Arc<T>),
    /// There was one already.
    There,
    /// Everything kept is still being made.
    Full,
}

impl<T: Keepable> Stash<T> {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, items: Mutex::default() }
    }

    fn items(&self) -> MutexGuard<'_, VecDeque<Item<T>>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a thing under a session's token and a name, instead of the oldest if there are too many.
    pub(crate) fn keep(&self, session: &str, name: &str, thing: T) {
        self.put(&mut self.items(), format!("{session}/{name}"), thing);
    }

    /// Keeps a thing under a session's token and a name, unless there is one that has not failed.
    pub(crate) fn claim(&self, session: &str, name: &str, thing: T) -> Claim<T> {
        let key = format!("{session}/{name}");
        let mut items = self.items();
        items.retain(|it| it.key != key || !it.thing.has_failed());
        if items.iter().any(|it| it.key == key && it.lives()) {
            return Claim::There;
        }
        self.put(&mut items, key, thing).map_or(Claim::Full, Claim::New)
    }

    /// The thing put in, if there is room for it.
    fn put(&self, items: &mut VecDeque<Item<T>>, key: String, thing: T) -> Option<Arc<T>> {
        items.retain(Item::lives);
        if items.len() >= self.most {
            let oldest = items.iter().position(|it| !it.thing.is_busy())?;
            items.remove(oldest);
        }
        let thing = Arc::new(thing);
        items.push_back(Item { since: Instant::now(), key, thing: Arc::clone(&thing) });
        Some(thing)
    }

    /// The thing, if it is still kept.
    pub(crate) fn look(&self, session: &str, name: &str) -> Option<Arc<T>> {
        let key = format!("{session}/{name}");
        let items = self.items();
        let found = items.iter().rev().find(|it| it.key == key && it.lives());
        found.map(|it| it.thing.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    const BUSY: u8 = 0;
    const MADE: u8 = 1;
    const FAILED: u8 = 2;

    struct Work(AtomicU8);

    impl Keepable for Work {
        fn is_busy(&self) -> bool {
            self.0.load(Ordering::Relaxed) == BUSY
        }

        fn has_failed(&self) -> bool {
            self.0.load(Ordering::Relaxed) == FAILED
        }
    }

    fn begin(stash: &Stash<Work>, name: &str) -> Option<Arc<Work>> {
        match stash.claim("me", name, Work(BUSY.into())) {
            Claim::New(work) => Some(work),
            Claim::There | Claim::Full => None,
        }
    }

    #[test]
    fn what_is_being_made_is_never_thrown_out() {
        let stash = Stash::new(2);
        let (Some(first), Some(second)) = (begin(&stash, "a"), begin(&stash, "b")) else { panic!("no room") };
        assert!(matches!(stash.claim("me", "c", Work(BUSY.into())), Claim::Full));
        second.0.store(MADE, Ordering::Relaxed);
        assert!(begin(&stash, "c").is_some());
        assert!(stash.look("me", "b").is_none(), "made, so it gave way");
        assert!(stash.look("me", "a").is_some_and(|it| Arc::ptr_eq(&it, &first)), "older, but not yet made");
        assert!(stash.look("you", "a").is_none(), "of another session");
    }

    #[test]
    fn a_name_is_begun_once_until_it_fails() {
        let stash = Stash::new(2);
        let Some(work) = begin(&stash, "a") else { panic!("no room") };
        for state in [BUSY, MADE] {
            work.0.store(state, Ordering::Relaxed);
            assert!(matches!(stash.claim("me", "a", Work(BUSY.into())), Claim::There));
        }
        work.0.store(FAILED, Ordering::Relaxed);
        let again = begin(&stash, "a");
        assert!(again.is_some_and(|it| !Arc::ptr_eq(&it, &work)));
    }
}
