//! Reading a claims file: every cell that cannot be read is told, by row and column.

use calendar::Date;
use law::{Formula, Key};
use proofread::{Printed, Qualifier};

use super::Claim;
use crate::{
    import::{RowFault, letter, say},
    laws::Laws,
};

/// The columns, in any order; those after the fifth may be missing.
const COLUMNS: [&str; 9] =
    ["claim", "locator", "printed", "qualifier", "indicator", "version", "beside", "from", "to"];
const NEEDED: usize = 5;

struct Table<'a> {
    laws: &'a Laws,
    year: i16,
    /// Where each column stands.
    at: [Option<usize>; COLUMNS.len()],
    faults: Vec<RowFault>,
}

/// Reads a file.
pub(crate) fn read(bytes: &[u8], year: i16, laws: &Laws) -> Result<Vec<Claim>, Vec<RowFault>> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut table = Table { laws, year, at: [None; COLUMNS.len()], faults: Vec::new() };
    let mut claims = Vec::new();
    for (row, record) in (1_u32..).zip(reader.records()) {
        match record {
            Ok(record) if row == 1 => table.header(&record),
            Ok(record) if record.iter().all(|it| it.trim().is_empty()) => {}
            Ok(record) => claims.extend(table.claim(row, &record)),
            Err(why) => {
                let says = say("printed-unread", &[("why", why.to_string().as_str().into())]);
                table.faults.push(RowFault { row, column: String::new(), says });
            }
        }
        if row == 1 && !table.faults.is_empty() {
            break;
        }
    }
    if claims.is_empty() && table.faults.is_empty() {
        table.faults.push(RowFault { row: 0, column: String::new(), says: say("printed-empty", &[]) });
    }
    if table.faults.is_empty() { Ok(claims) } else { Err(table.faults) }
}

impl Table<'_> {
    fn header(&mut self, record: &csv::StringRecord) {
        for (place, name) in record.iter().enumerate() {
            match COLUMNS.iter().position(|it| *it == name.trim()) {
                Some(column) => self.at[column] = Some(place),
                None if name.trim().is_empty() || name.trim() == "note" => {}
                None => {
                    let known = COLUMNS.join(" ");
                    let words = [("name", name.trim().into()), ("known", known.as_str().into())];
                    self.fault(1, place, say("printed-column", &words));
                }
            }
        }
        for (column, name) in COLUMNS.iter().enumerate().take(NEEDED) {
            if self.at[column].is_none() {
                let says = say("printed-no-column", &[("name", (*name).into())]);
                self.faults.push(RowFault { row: 1, column: String::new(), says });
            }
        }
    }

    fn fault(&mut self, row: u32, place: usize, says: law::Text) {
        self.faults.push(RowFault { row, column: letter(place), says });
    }

    fn claim(&mut self, row: u32, record: &csv::StringRecord) -> Option<Claim> {
        let before = self.faults.len();
        let cell = |column: usize| {
            let text = self.at[column].and_then(|it| record.get(it)).unwrap_or_default();
            text.trim().to_owned()
        };
        let [name, locator, number, qualifier, indicator, version, beside, from, to] =
            std::array::from_fn(cell);
        let printed = self.printed(row, &number, &qualifier);
        let found = self.indicator(row, 4, &indicator);
        let version = (!version.is_empty()).then_some(Key::from(version));
        if let (Some(version), Some(key)) = (&version, &found) {
            self.version(row, key, version);
        }
        let names = beside.split(';').map(str::trim).filter(|it| !it.is_empty());
        let beside: Vec<Option<Key>> = names.map(|it| self.indicator(row, 6, it)).collect();
        let from = self.day(row, 7, &from);
        let to = self.day(row, 8, &to);
        if self.faults.len() > before {
            return None;
        }
        let beside = beside.into_iter().flatten().collect();
        Some(Claim { row, name, locator, printed: printed?, indicator: found?, version, beside, from, to })
    }

    fn printed(&mut self, row: u32, number: &str, qualifier: &str) -> Option<Printed> {
        let Ok(read) = qualifier.parse::<Qualifier>() else {
            let place = self.at[3].unwrap_or(3);
            self.fault(row, place, say("printed-qualifier", &[("word", qualifier.into())]));
            return None;
        };
        let printed = Printed::new(number, read);
        if printed.is_none() {
            let place = self.at[2].unwrap_or(2);
            self.fault(row, place, say("printed-number", &[("text", number.into())]));
        }
        printed
    }

    fn indicator(&mut self, row: u32, column: usize, key: &str) -> Option<Key> {
        let found = self.laws.indicators().find(|it| it.key.as_str() == key).map(|it| it.key.clone());
        if found.is_none() {
            let place = self.at[column].unwrap_or(column);
            self.fault(row, place, say("printed-indicator", &[("key", key.into())]));
        }
        found
    }

    fn version(&mut self, row: u32, key: &Key, version: &Key) {
        let found = self.laws.indicators().find(|it| it.key == *key).map(|it| &it.formula);
        let known: Vec<&str> = match found {
            Some(Formula::Versions { versions, .. }) => versions.iter().map(|it| it.key.as_str()).collect(),
            _ => Vec::new(),
        };
        if !known.contains(&version.as_str()) {
            let (place, known) = (self.at[5].unwrap_or(5), known.join(" "));
            let words = [("version", version.as_str().into()), ("known", known.as_str().into())];
            self.fault(row, place, say("printed-version", &words));
        }
    }

    /// A month and day such as `05-01` in the report's year.
    fn day(&mut self, row: u32, column: usize, text: &str) -> Option<Date> {
        if text.is_empty() {
            return None;
        }
        let day = format!("{:04}-{text}", self.year).parse::<Date>().ok();
        if day.is_none() {
            let place = self.at[column].unwrap_or(column);
            self.fault(row, place, say("printed-day", &[("text", text.into())]));
        }
        day
    }
}
