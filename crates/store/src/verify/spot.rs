//! Naming a place in the ledger whose keys may be damaged.

use rusqlite::types::ValueRef;
use uuid::Uuid;

use crate::{
    cell::Cell,
    table::{self, Line, Table},
    verify::{
        chain::BUCKETS,
        misfit::{Misfit, MisfitKind},
    },
};

/// How many characters of a long value are shown around the first difference.
const SHOWN: usize = 60;

/// A matter as its stored key says.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    pub(crate) jurisdiction: &'a [u8],
    pub(crate) matter: &'a [u8],
}

impl Spot<'_> {
    /// A record at this place that does not fit.
    pub(crate) fn misfit(
        &self,
        seq: Option<i64>,
        kind: MisfitKind,
        place: &str,
        expected: &str,
        found: &str,
    ) -> Misfit {
        Misfit {
            jurisdiction: utf8(self.jurisdiction),
            matter: Self::name(self.matter),
            seq,
            kind,
            place: place.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }

    /// A matter's name, or hex of what is no name.
    pub(crate) fn name(matter: &[u8]) -> String {
        Uuid::from_slice(matter).map_or_else(|_| Self::hex(matter), |id| id.to_string())
    }

    /// Lower-case hex.
    pub(crate) fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Text as far as it is text.
pub(crate) fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The bucket of a matter.
pub(crate) fn bucket(matter: &[u8]) -> usize {
    let mixed =
        matter.iter().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    usize::try_from(mixed).unwrap_or_default() % BUCKETS
}

/// A row of a view that is missing, stray or different.
pub(crate) fn line_misfit(table: &Table, expected: Option<&Line>, found: Option<&Line>) -> Option<Misfit> {
    let line = expected.or(found)?;
    let column = match (expected, found) {
        (Some(expected), Some(found)) => Some(expected.iter().zip(found).position(|(a, b)| a != b)?),
        _ => None,
    };
    let kind = match (expected, found) {
        (Some(_), Some(_)) => MisfitKind::View,
        (Some(_), None) => MisfitKind::ViewMissing,
        (None, _) => MisfitKind::ViewStray,
    };
    let seq = table.columns.iter().position(|name| *name == "seq").map(|place| &line[place]);
    let show = |it: Option<&Line>, other: Option<&Line>| match (it, column) {
        (Some(_), Some(place)) if table.columns[place] == "sought" => "other names".to_owned(),
        (None, _) => "nothing".to_owned(),
        (Some(_), None) => "a row".to_owned(),
        (Some(line), Some(place)) => around(&line[place], other.map(|other| &other[place])),
    };
    Some(Misfit {
        jurisdiction: utf8(line[0].bytes()),
        matter: table.matter.map_or_else(String::new, |place| Spot::name(line[place].bytes())),
        seq: seq.and_then(|it| if let Cell::Integer(seq) = it { Some(*seq) } else { None }),
        kind,
        place: place_of(table, line, column),
        expected: show(expected, found),
        found: show(found, expected),
    })
}

/// Table, column and the key's other parts. Grams are not shown: they are pieces of names.
fn place_of(table: &Table, line: &Line, column: Option<usize>) -> String {
    let mut place = table.name.to_owned();
    if let Some(column) = column {
        place.push('.');
        place.push_str(table.columns[column]);
    }
    let keys = (1..table.keys).filter(|key| Some(*key) != table.matter);
    for key in keys.filter(|key| table.name != table::GRAM.name || table.columns[*key] == "scope") {
        place.push(' ');
        place.push_str(&shown(&line[key]));
    }
    place
}

fn shown(cell: &Cell) -> String {
    match cell.value() {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => utf8(text),
        ValueRef::Blob(bytes) => Spot::hex(bytes),
    }
}

/// A value, cut to what stands around its first difference from another.
fn around(value: &Cell, other: Option<&Cell>) -> String {
    let (text, other) = (shown(value), other.map(shown).unwrap_or_default());
    if text.chars().count() <= SHOWN {
        return text;
    }
    let same = text.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let start = same.saturating_sub(SHOWN / 3);
    text.chars().skip(start).take(SHOWN).collect()
}
