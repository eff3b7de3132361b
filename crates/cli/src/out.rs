//! What a command prints. Whoever reads it may stop reading: that ends the command quietly.

use std::{
    fmt::Display,
    io::{ErrorKind, Write as _},
};

/// What a program ends with when nobody reads on, as shells have it: 128 and the number of the signal.
const NOBODY_READS: i32 = 141;

/// Prints a text as it is.
pub(crate) fn text(text: impl Display) {
    let mut out = std::io::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(why) if why.kind() == ErrorKind::BrokenPipe => std::process::exit(NOBODY_READS),
        Err(why) => {
            eprintln!("{why}");
            std::process::exit(2)
        }
        Ok(()) => {}
    }
}

/// Prints a text and ends the line.
pub(crate) fn line(says: impl Display) {
    text(format_args!("{says}\n"));
}
