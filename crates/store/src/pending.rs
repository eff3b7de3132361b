//! An answer that comes later: waited for by a thread or awaited by a task.

use std::{
    future::Future,
    mem,
    pin::Pin,
    sync::{Arc, Condvar, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

use anyhow::Result;

use crate::failure::Failure;

/// The answer of a write: given after the commit that holds it is on disk.
///
/// Dropping it does not take the job back.
#[must_use = "a write is acknowledged only through its answer"]
pub struct Pending<T> {
    slot: Arc<Slot<T>>,
}

/// The giving side; if it is dropped without an answer, the answer is [`Failure::Closed`].
pub(crate) struct Promise<T> {
    slot: Option<Arc<Slot<T>>>,
}

struct Slot<T> {
    state: Mutex<State<T>>,
    given: Condvar,
}

enum State<T> {
    Waiting(Option<Waker>),
    Given(Result<T>),
    Taken,
}

/// A promise and the answer it will give.
pub(crate) fn promise<T>() -> (Promise<T>, Pending<T>) {
    let slot = Arc::new(Slot { state: Mutex::new(State::Waiting(None)), given: Condvar::new() });
    (Promise { slot: Some(Arc::clone(&slot)) }, Pending { slot })
}

impl<T> Promise<T> {
    /// Gives the answer and wakes whoever waits.
    pub(crate) fn give(mut self, answer: Result<T>) {
        if let Some(slot) = self.slot.take() {
            slot.give(answer);
        }
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take() {
            slot.give(Err(Failure::Closed.into()));
        }
    }
}

impl<T> Slot<T> {
    fn give(&self, answer: Result<T>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = mem::replace(&mut *state, State::Given(answer));
        drop(state);
        self.given.notify_all();
        if let State::Waiting(Some(waker)) = before {
            waker.wake();
        }
    }
}

impl<T> Pending<T> {
    /// Blocks until the answer is there.
    ///
    /// # Errors
    /// The job's own error, or a [`Failure`] if it could not be run or kept.
    pub fn wait(self) -> Result<T> {
        let mut state = self.slot.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match mem::replace(&mut *state, State::Taken) {
                State::Given(answer) => return answer,
                waiting => *state = waiting,
            }
            state = self.slot.given.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let mut state = self.slot.state.lock().unwrap_or_else(PoisonError::into_inner);
        match mem::replace(&mut *state, State::Taken) {
            State::Given(answer) => Poll::Ready(answer),
            State::Waiting(_) => {
                *state = State::Waiting(Some(context.waker().clone()));
                Poll::Pending
            }
            State::Taken => Poll::Ready(Err(Failure::Closed.into())),
        }
    }
}
