//! Printed claims: numbers that a published report prints, held against what the place's records come to.
//!
//! A claims file is a table: what is printed, which indicator it states, which number stands beside it. Nothing of it is
//! recorded and nothing is counted from it; every verdict is computed (see `proofread`) when it is asked for.

mod judge;
mod read;
mod reason;

use calendar::Date;
use engine::Jurisdiction;
use law::{Key, Text};
use proofread::Printed;

pub use proofread::Kind as Verdict;
pub use reason::finding;

use crate::{
    access::{Caller, Denied},
    counted::Desk,
    import::RowFault,
    inbox::desk,
    open::Office,
};

/// A number that a text prints.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// Row in the file.
    row: u32,
    /// What the file calls it.
    name: String,
    /// The words around it.
    locator: String,
    /// The number with its qualifier.
    printed: Printed,
    /// The indicator that it states.
    indicator: Key,
    /// The version of a rate that it states; the place's own if none is given.
    version: Option<Key>,
    /// Indicators whose numbers are printed beside it, or that it may speak of instead.
    beside: Vec<Key>,
    /// Only from this day of the year on.
    from: Option<Date>,
    /// Only to this day of the year.
    to: Option<Date>,
}

/// A printed number and what is found of it.
#[derive(Clone, Debug)]
pub struct ClaimView {
    /// What the file calls it.
    pub claim: String,
    /// The words around it.
    pub locator: String,
    /// The number as printed, with its qualifier in words.
    pub printed: Text,
    /// The indicator that it states.
    pub indicator: Key,
    /// Its name; with the version and the days, where the claim names them.
    pub name: Text,
    /// What stands below a rate.
    pub base: Option<Text>,
    /// What the records come to, printed with the same decimals.
    pub computed: Option<String>,
    /// The finding.
    pub kind: Verdict,
    /// The finding in a word.
    pub finding: Text,
    /// Why, most telling first.
    pub reasons: Vec<Text>,
}

/// All printed numbers of a file with what is found of them, or everything that keeps the file from being read.
pub type Checked = Result<Vec<ClaimView>, Vec<RowFault>>;

impl Office {
    /// Holds the printed numbers of a year's report against a place's records.
    ///
    /// # Errors
    /// If the store fails or an indicator cannot be computed.
    pub fn check_printed(&self, place: &Jurisdiction, year: i16, bytes: &[u8]) -> anyhow::Result<Checked> {
        let claims = match read::read(bytes, year, self.laws()) {
            Ok(claims) => claims,
            Err(faults) => return Ok(Err(faults)),
        };
        self.store().read(|reader| {
            let desk = Desk::new(self, reader, place)?;
            judge::Judge::new(&desk, year).all(&claims).map(Ok)
        })
    }

    /// The same for the caller's place.
    ///
    /// # Errors
    /// As [`Office::check_printed`].
    pub fn check_own_printed(
        &self,
        caller: &Caller,
        year: i16,
        bytes: &[u8],
    ) -> anyhow::Result<Result<Checked, Denied>> {
        match desk(caller) {
            Ok(place) => Ok(Ok(self.check_printed(&place, year, bytes)?)),
            Err(denied) => Ok(Err(denied)),
        }
    }
}
