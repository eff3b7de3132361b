//! The vocabulary of an office's own file: what a real office has when it begins.

use super::grammar::{
    EN, Slot,
    Slot::{Any, Date, Key, Number, Text},
    Word, named, said, word,
};

/// The file by which an office begins.
pub(crate) static OFFICE_FILE: [Word; 1] = [word("office", &[Text, Text]).props(&[EN]).block(&OFFICE).need()];

static OFFICE: [Word; 4] = [
    said("organ").may(&BODY).need(),
    word("person", &[Key, Text]).block(&PERSON).many().need(),
    word("series", &[Key])
        .props(&[("year", Number, true), ("last", Number, true)])
        .may(&[word("missing", &[Number]).more()])
        .many(),
    word("parameter", &[Key, Any]).many(),
];

static BODY: [Word; 2] = [word("letterhead", &[Text]), named("body").may(&BODY)];

const TERM: &[(&str, Slot, bool)] =
    &[("in", Key, false), ("from", Date, false), ("until", Date, false), ("acting-for", Key, false)];

static PERSON: [Word; 1] = [word("post", &[Key]).props(TERM).many().need()];
