//! Counts from the tally, and the cases behind every count.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use engine::{Jurisdiction, MatterId};
use jiff::civil::Date;
use law::Key;
use rusqlite::{OptionalExtension as _, Row, params, params_from_iter, types::Value};

use crate::{
    column::{self, blob, integer},
    cursor::Cursor,
    reader::{ROW, ROW_WIDTH, Reader, matter_row},
    view::MatterRow,
};

/// What is counted: marks of a procedure within a stretch of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Procedure, all versions together.
    pub procedure: Key,
    /// Marks such as `act:accept`; `outcome:*` stands for any outcome.
    pub marks: Vec<String>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Whether the day is the one on which the matter was received, not the one of the act.
    pub on_received: bool,
    /// Whether a matter counts once, however often it bears the marks.
    pub once: bool,
    /// Only this body.
    pub body: Option<String>,
    /// Only what was recorded up to this day: the figure as it was known then.
    pub known: Option<Date>,
}

/// A case behind a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// The matter as it stands now.
    pub matter: MatterRow,
    /// The mark counted.
    pub mark: String,
    /// The day it was counted on.
    pub on: Date,
    /// How often, corrections taken off; at least 1.
    pub n: i64,
}

impl CaseRow {
    /// Where a list goes on after this row.
    pub fn cursor(&self) -> Cursor {
        Cursor { day: self.on, matter: self.matter.id, key: self.mark.clone() }
    }
}

/// Matters that came in and were not yet through on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCases {
    /// Procedure, all versions together.
    pub procedure: Key,
    /// Marks by which a matter came in.
    pub into: Vec<String>,
    /// Marks by which it would be through.
    pub out: Vec<String>,
    /// Received from this day.
    pub from: Date,
    /// Received up to this day.
    pub to: Date,
    /// Through if an `out` mark took effect on or before this day.
    pub out_by: Date,
    /// Only this body.
    pub body: Option<String>,
}

impl Reader {
    /// The sum of the marks within the stretch of days.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn count(&self, jurisdiction: &Jurisdiction, what: &Count) -> Result<i64> {
        if what.once {
            return self.count_once(jurisdiction, what);
        }
        Ok(self.count_each(jurisdiction, what)?.values().sum())
    }

    /// The sum of each of the marks within the stretch of days; one that ends in `*` stands for all that begin so.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn count_each(&self, jurisdiction: &Jurisdiction, what: &Count) -> Result<BTreeMap<String, i64>> {
        let mut sums = BTreeMap::new();
        for mark in self.marks(jurisdiction, &what.procedure, &what.marks)? {
            let sum = match (what.known, &what.body) {
                (Some(known), _) => self.recount(jurisdiction, what, &mark, known)?,
                (None, Some(body)) => self.count_body(jurisdiction, what, &mark, body)?,
                (None, None) => self.count_all(jurisdiction, what, &mark)?,
            };
            sums.insert(mark, sum);
        }
        Ok(sums)
    }

    /// How many matters bear any of the marks within the stretch of days.
    fn count_once(&self, jurisdiction: &Jurisdiction, what: &Count) -> Result<i64> {
        let (index, _) = what.index();
        let marks = self.marks(jurisdiction, &what.procedure, &what.marks)?;
        let (borne, values) = what.stretch(jurisdiction, &marks)?;
        let sql = format!(
            "SELECT count(*) FROM (SELECT matter FROM occurrence INDEXED BY {index} WHERE {borne}
             GROUP BY matter HAVING sum(n) > 0)"
        );
        Ok(self.conn.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?)
    }

    /// A page of the matters that count once, each with the first day on which it bears any of the marks.
    fn once_cases(
        &self,
        jurisdiction: &Jurisdiction,
        what: &Count,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<CaseRow>> {
        let (index, day) = what.index();
        let marks = self.marks(jurisdiction, &what.procedure, &what.marks)?;
        let (borne, mut values) = what.stretch(jurisdiction, &marks)?;
        values.extend(behind(after.map(|last| (last.day, last.matter))));
        values.push(integer(limit as u64).into());
        // Summed by day first: a day whose marks were all taken back is not the first.
        let sql = format!(
            "SELECT {ROW}, found.first, 1 FROM (
                SELECT jurisdiction, matter, min(day) AS first FROM (
                    SELECT jurisdiction, matter, {day} AS day FROM occurrence INDEXED BY {index} WHERE {borne}
                    GROUP BY mark, {day}, matter HAVING sum(n) > 0)
                GROUP BY matter HAVING (first, matter) > (?, ?) ORDER BY first, matter LIMIT ?) AS found
             CROSS JOIN matter USING (jurisdiction, matter) ORDER BY found.first, found.matter"
        );
        self.case_rows(&sql, values, "")
    }

    /// The years in which something is counted that happened or was received in them.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn counted_years(&self, jurisdiction: &Jurisdiction) -> Result<BTreeSet<i16>> {
        // From group to group along the key, and in each from year to year: days in between are not read.
        let mut next = self.conn.prepare_cached(
            "SELECT procedure, mark, dated, body, day FROM tally WHERE jurisdiction = ?1
                AND (procedure, mark, dated, body, day) > (?2, ?3, ?4, ?5, ?6)
             ORDER BY procedure, mark, dated, body, day LIMIT 1",
        )?;
        let mut years = BTreeSet::new();
        let mut at = [const { String::new() }; 5];
        loop {
            let key = params![jurisdiction.as_str(), at[0], at[1], at[2], at[3], at[4]];
            let found = next.query_row(key, |row| {
                let year = column::text::<Date>(row, 4)?.year();
                Ok((year, [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, format!("{year:04}-12-31")]))
            });
            let Some((year, next)) = found.optional()? else { return Ok(years) };
            years.insert(year);
            at = next;
        }
    }

    fn count_body(&self, jurisdiction: &Jurisdiction, what: &Count, mark: &str, body: &str) -> Result<i64> {
        let mut select = self.conn.prepare_cached(
            "SELECT coalesce(sum(n), 0) FROM tally WHERE jurisdiction = ?1 AND procedure = ?2 AND mark = ?3
             AND dated = ?4 AND body = ?5 AND day BETWEEN ?6 AND ?7",
        )?;
        let (from, to) = (what.from.to_string(), what.to.to_string());
        let procedure = what.procedure.as_str();
        let key = params![jurisdiction.as_str(), procedure, mark, what.dated(), body, from, to];
        Ok(select.query_row(key, |row| row.get(0))?)
    }

    /// All bodies: jumps from body to body along the key, so that days outside the stretch are not read.
    fn count_all(&self, jurisdiction: &Jurisdiction, what: &Count, mark: &str) -> Result<i64> {
        let mut next = self.conn.prepare_cached(
            "SELECT min(body) FROM tally WHERE jurisdiction = ?1 AND procedure = ?2 AND mark = ?3
             AND dated = ?4 AND body > ?5",
        )?;
        let mut sum = 0;
        let mut body = String::new();
        loop {
            let key = params![jurisdiction.as_str(), what.procedure.as_str(), mark, what.dated(), body];
            let Some(found) = next.query_row(key, |row| row.get::<_, Option<String>>(0))? else {
                return Ok(sum);
            };
            sum += self.count_body(jurisdiction, what, mark, &found)?;
            body = found;
        }
    }

    /// From the occurrences, since the sums do not say when something was recorded.
    fn recount(&self, jurisdiction: &Jurisdiction, what: &Count, mark: &str, known: Date) -> Result<i64> {
        let (index, day) = what.index();
        let sql = format!(
            "SELECT coalesce(sum(n), 0) FROM occurrence INDEXED BY {index}
             WHERE jurisdiction = ?1 AND procedure = ?2 AND mark = ?3 AND {day} BETWEEN ?4 AND ?5
             AND recorded <= ?6 AND (?7 IS NULL OR body = ?7)"
        );
        let (from, to, known) = (what.from.to_string(), what.to.to_string(), known.to_string());
        let procedure = what.procedure.as_str();
        let key = params![jurisdiction.as_str(), procedure, mark, from, to, known, what.body];
        Ok(self.conn.prepare_cached(&sql)?.query_row(key, |row| row.get(0))?)
    }

    /// Replaces `outcome:*` by the outcomes that occur.
    fn marks(
        &self,
        jurisdiction: &Jurisdiction,
        procedure: &str,
        marks: &[String],
    ) -> Result<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        for mark in marks {
            let Some(begin) = mark.strip_suffix('*') else {
                all.insert(mark.clone());
                continue;
            };
            let mut next = self.conn.prepare_cached(
                "SELECT min(mark) FROM tally WHERE jurisdiction = ?1 AND procedure = ?2
                 AND mark > ?3 AND mark < ?4 || char(1114111)",
            )?;
            let mut at = begin.to_owned();
            loop {
                let key = params![jurisdiction.as_str(), procedure, at, begin];
                let Some(found) = next.query_row(key, |row| row.get::<_, Option<String>>(0))? else {
                    break;
                };
                all.insert(found.clone());
                at = found;
            }
        }
        Ok(all)
    }

    /// The cases behind a count, by day: what corrections took away is left out, so that the `n` of all rows
    /// add up to the count.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn cases(
        &self,
        jurisdiction: &Jurisdiction,
        what: &Count,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<CaseRow>> {
        if what.once {
            return self.once_cases(jurisdiction, what, after, limit);
        }
        let mut rows = Vec::new();
        for mark in self.marks(jurisdiction, &what.procedure, &what.marks)? {
            rows.extend(self.cases_of(jurisdiction, what, &mark, after, limit)?);
        }
        rows.sort_by_key(CaseRow::cursor);
        rows.truncate(limit);
        Ok(rows)
    }

    fn cases_of(
        &self,
        jurisdiction: &Jurisdiction,
        what: &Count,
        mark: &str,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<CaseRow>> {
        let (index, day) = what.index();
        let mut inner = format!(
            "SELECT jurisdiction, matter, {day} AS day, sum(n) AS n FROM occurrence INDEXED BY {index}
             WHERE jurisdiction = ? AND procedure = ? AND mark = ? AND {day} BETWEEN ? AND ?"
        );
        let mut values: Vec<Value> = [jurisdiction.as_str(), &what.procedure, mark]
            .into_iter()
            .map(|it| it.to_owned().into())
            .collect();
        values.extend([what.from.to_string().into(), what.to.to_string().into()]);
        if let Some(last) = after {
            let than = if mark > last.key.as_str() { ">=" } else { ">" };
            inner.push_str(&format!(" AND ({day}, matter) {than} (?, ?)"));
            values.extend([last.day.to_string().into(), blob(&last.matter).to_vec().into()]);
        }
        what.narrow(&mut inner, &mut values);
        inner.push_str(&format!(" GROUP BY {day}, matter HAVING sum(n) > 0 ORDER BY {day}, matter LIMIT ?"));
        values.push(integer(limit as u64).into());
        let sql = format!(
            "SELECT {ROW}, found.day, found.n FROM ({inner}) AS found
             CROSS JOIN matter USING (jurisdiction, matter) ORDER BY found.day, found.matter"
        );
        self.case_rows(&sql, values, mark)
    }

    fn case_rows(&self, sql: &str, values: Vec<Value>, mark: &str) -> Result<Vec<CaseRow>> {
        let case = |row: &Row<'_>| {
            Ok(CaseRow {
                matter: matter_row(row)?,
                mark: mark.to_owned(),
                on: column::text(row, ROW_WIDTH)?,
                n: row.get(ROW_WIDTH + 1)?,
            })
        };
        let mut select = self.conn.prepare_cached(sql)?;
        let rows = select.query_map(params_from_iter(values), case)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many matters came in and were not through.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn open_count(&self, jurisdiction: &Jurisdiction, what: &OpenCases) -> Result<u64> {
        let into = self.marks(jurisdiction, &what.procedure, &what.into)?;
        let out = self.marks(jurisdiction, &what.procedure, &what.out)?;
        // What takes a matter out bears the day on which it was received too: both are stretches of one index.
        let stretch = |marks: &BTreeSet<String>| {
            stretch(jurisdiction, &what.procedure, marks, "received", (what.from, what.to))
        };
        let (mut came, mut values) = stretch(&into)?;
        if let Some(body) = &what.body {
            came.push_str(" AND body = ?");
            values.push(body.clone().into());
        }
        let (gone, more) = stretch(&out)?;
        values.extend(more);
        values.push(what.out_by.to_string().into());
        let bearing = |borne: &str| {
            format!(
                "SELECT matter FROM occurrence INDEXED BY occurrence_by_received WHERE {borne}
                 GROUP BY mark, received, matter HAVING sum(n) > 0"
            )
        };
        let sql = format!(
            "SELECT count(DISTINCT matter) FROM ({}) WHERE matter NOT IN ({})",
            bearing(&came),
            bearing(&format!("{gone} AND effective <= ?"))
        );
        let count: i64 =
            self.conn.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(u64::try_from(count)?)
    }

    /// The matters that came in and were not through, by the day they were received. `after` is
    /// [`OpenCases::cursor`] of the last one already shown.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn open_cases(
        &self,
        jurisdiction: &Jurisdiction,
        what: &OpenCases,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<MatterRow>> {
        let after = after.map(|last| (last.day, last.matter));
        let keys = self.open_keys(jurisdiction, what, after, limit)?;
        let rows = keys.into_iter().map(|(_, id)| self.matter_row(jurisdiction, id));
        rows.filter_map(Result::transpose).collect()
    }

    fn open_keys(
        &self,
        jurisdiction: &Jurisdiction,
        what: &OpenCases,
        after: Option<(Date, MatterId)>,
        limit: usize,
    ) -> Result<Vec<(Date, MatterId)>> {
        let out = self.marks(jurisdiction, &what.procedure, &what.out)?;
        let mut keys = BTreeSet::new();
        for mark in self.marks(jurisdiction, &what.procedure, &what.into)? {
            keys.extend(self.open_keys_of(jurisdiction, what, &mark, &out, after, limit)?);
        }
        Ok(keys.into_iter().take(limit).collect())
    }

    fn open_keys_of(
        &self,
        jurisdiction: &Jurisdiction,
        what: &OpenCases,
        mark: &str,
        out: &BTreeSet<String>,
        after: Option<(Date, MatterId)>,
        limit: usize,
    ) -> Result<Vec<(Date, MatterId)>> {
        let sql = "SELECT o.received, o.matter FROM occurrence AS o INDEXED BY occurrence_by_received
             WHERE o.jurisdiction = ? AND o.procedure = ? AND o.mark = ? AND o.received BETWEEN ? AND ?
                AND (o.received, o.matter) > (?, ?) AND (? IS NULL OR o.body = ?)
             GROUP BY o.received, o.matter
             HAVING sum(o.n) > 0 AND NOT EXISTS (
                SELECT 1 FROM occurrence AS x WHERE x.jurisdiction = o.jurisdiction AND x.matter = o.matter
                    AND +x.procedure = o.procedure AND +x.effective <= ?
                    AND +x.mark IN (SELECT value FROM json_each(?))
                GROUP BY x.mark HAVING sum(x.n) > 0)
             ORDER BY o.received, o.matter LIMIT ?";
        let body: Value = what.body.clone().map_or(Value::Null, Value::from);
        let mut values: Vec<Value> = [jurisdiction.as_str(), &what.procedure, mark]
            .into_iter()
            .map(|it| it.to_owned().into())
            .collect();
        values.extend([what.from.to_string().into(), what.to.to_string().into()]);
        values.extend(behind(after));
        values.extend([body.clone(), body, what.out_by.to_string().into()]);
        values.extend([serde_json::to_string(out)?.into(), integer(limit as u64).into()]);
        let mut select = self.conn.prepare_cached(sql)?;
        let rows = select.query_map(params_from_iter(values), |row| {
            Ok((column::text(row, 0)?, column::matter(row, 1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl OpenCases {
    /// Where a list of open cases goes on after this row.
    pub fn cursor(&self, row: &MatterRow) -> Cursor {
        Cursor { day: row.received, matter: row.id, key: String::new() }
    }
}

impl Count {
    fn dated(&self) -> &'static str {
        if self.on_received { "r" } else { "e" }
    }

    fn index(&self) -> (&'static str, &'static str) {
        match self.on_received {
            true => ("occurrence_by_received", "received"),
            false => ("occurrence_by_effective", "effective"),
        }
    }

    /// What of it stands in the occurrences: a condition and its values.
    fn stretch(&self, jurisdiction: &Jurisdiction, marks: &BTreeSet<String>) -> Result<(String, Vec<Value>)> {
        let (_, day) = self.index();
        let (mut sql, mut values) = stretch(jurisdiction, &self.procedure, marks, day, (self.from, self.to))?;
        self.narrow(&mut sql, &mut values);
        Ok((sql, values))
    }

    /// Conditions that no index holds: they are asked only where they are wanted.
    fn narrow(&self, sql: &mut String, values: &mut Vec<Value>) {
        if let Some(body) = &self.body {
            sql.push_str(" AND body = ?");
            values.push(body.clone().into());
        }
        if let Some(known) = self.known {
            sql.push_str(" AND recorded <= ?");
            values.push(known.to_string().into());
        }
    }
}

/// Occurrences of marks within days: a condition and its values. The marks are one value of it, since a statement can
/// hold only so many.
fn stretch(
    jurisdiction: &Jurisdiction,
    procedure: &Key,
    marks: &BTreeSet<String>,
    day: &str,
    (from, to): (Date, Date),
) -> Result<(String, Vec<Value>)> {
    let sql = format!(
        "jurisdiction = ? AND procedure = ? AND mark IN (SELECT value FROM json_each(?)) AND {day} BETWEEN ? AND ?"
    );
    let values = [
        jurisdiction.as_str().to_owned(),
        procedure.as_str().to_owned(),
        serde_json::to_string(marks)?,
        from.to_string(),
        to.to_string(),
    ];
    Ok((sql, values.map(Value::from).into()))
}

/// The row behind which a list goes on; what stands before every row where it begins.
fn behind(after: Option<(Date, MatterId)>) -> [Value; 2] {
    let (day, id) =
        after.map_or((String::new(), Vec::new()), |(day, id)| (day.to_string(), blob(&id).to_vec()));
    [day.into(), id.into()]
}
