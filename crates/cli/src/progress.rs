//! A line that tells how far something long has come: a bar on a terminal, a line every tenth elsewhere.

use std::io::Write as _;

use office::words::Words;

use crate::words::number;

const WIDTH: u64 = 30;

/// Progress of one thing.
pub(crate) struct Progress {
    label: String,
    bar: bool,
    shown: Option<u64>,
}

impl Progress {
    /// Begins; `bar` if a person looks at a terminal.
    pub(crate) fn new(label: String, bar: bool) -> Self {
        Self { label, bar, shown: None }
    }

    /// Tells that `done` of `of` is done, with a remark.
    pub(crate) fn tell(&mut self, words: &Words, done: u64, of: u64, remark: &str) {
        let parts = if self.bar { 100 } else { 10 };
        let part = (done.min(of) * parts).checked_div(of).unwrap_or(parts);
        if self.shown == Some(part) {
            return;
        }
        self.shown = Some(part);
        let percent = part * 100 / parts;
        let args =
            [("label", self.label.as_str().into()), ("percent", number(percent)), ("remark", remark.into())];
        let line = words.with("progress", &args).trim_end().to_owned();
        if self.bar {
            let full = usize::try_from(percent * WIDTH / 100).unwrap_or(0);
            let rest = usize::try_from(WIDTH).unwrap_or(0) - full;
            eprint!("\r[{}{}] {line}\u{1b}[K", "#".repeat(full), ".".repeat(rest));
        } else {
            eprintln!("{line}");
        }
        std::io::stderr().flush().ok();
    }

    /// Ends the line.
    pub(crate) fn end(self) {
        if self.bar && self.shown.is_some() {
            eprintln!();
        }
    }
}
