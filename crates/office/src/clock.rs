//! The clock: the only place of the program that asks the time. A demonstration may be served with a
//! clock that was set forward; every other office has the real one.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use calendar::DateTime;
use jiff::{SignedDuration, Timestamp};

/// Gives the moment.
#[derive(Clone, Debug)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The real time.
    pub fn real() -> Self {
        Self { ahead: Arc::new(AtomicI64::new(0)) }
    }

    /// A clock that is some seconds ahead of (or behind) the real time, for demonstrations.
    pub fn ahead(seconds: i64) -> Self {
        Self { ahead: Arc::new(AtomicI64::new(seconds)) }
    }

    /// The moment on the wall, also where the clock was set: by it sessions and locks end.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the time")]
    pub fn wall(&self) -> Timestamp {
        Timestamp::now()
    }

    /// The moment, to the microsecond.
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed));
        let now = self.wall().checked_add(ahead).unwrap_or(Timestamp::MAX);
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// The day and time in the jurisdictions.
    pub fn local(&self) -> DateTime {
        engine::local(self.now())
    }

    /// Sets the clock so that it is this moment now; gives how many seconds it is then ahead.
    pub(crate) fn set(&self, to: Timestamp) -> i64 {
        // A second more, so that parts of a second never leave the clock before the moment asked for.
        let off = to.duration_since(self.now()).as_secs() + 1;
        self.ahead.fetch_add(off, Ordering::Relaxed) + off
    }
}
