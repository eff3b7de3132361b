//! Tests of the pages over a small real office: what they answer, whom they let in, what they keep.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod account;
mod ask;
mod desk;
mod doors;
mod export;
mod forms;
mod items;
mod markup;
mod pages;
mod papers;
mod printed;
mod words;
