//! Lists of matters in the order their time runs out, and how many there are.

use anyhow::Result;
use engine::{Jurisdiction, Matter, MatterId, Secret};
use jiff::{Span, civil::Date};
use law::Key;
use rusqlite::{params, params_from_iter, types::Value};

use crate::{
    column::{self, NEVER, blob, integer},
    cursor::Cursor,
    reader::Reader,
    view::MatterRow,
};

/// Days after today that still count as soon.
const SOON_DAYS: i64 = 7;

/// The index by which one official's matters are read, and the one by which a body's are.
const BY_HANDLER: &str = "matter_by_handler";
const BY_BODY: &str = "matter_by_body";

/// Which part of the work a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InboxKind {
    /// Everything not closed, by next due date; what has no running clock comes last.
    #[default]
    Open,
    /// Open, with a clock that ended before today.
    Overdue,
    /// Open, with a clock that ends today.
    Today,
    /// Open, with a clock that ends within the seven days after today.
    Soon,
    /// Open, with a suspended clock.
    Suspended,
    /// Closed, the latest first.
    Closed,
}

/// Which matters a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxFilter {
    /// Which part of the work.
    pub kind: InboxKind,
    /// The day of the office.
    pub today: Date,
    /// Only those of these bodies; empty for all.
    pub bodies: Vec<String>,
    /// Only these procedures; empty for all.
    pub procedures: Vec<Key>,
    /// Only at these stages; empty for all.
    pub stages: Vec<Key>,
    /// Only those of this official, by account.
    pub handler: Option<String>,
    /// Only those in which a clock was stopped after its end.
    pub late: bool,
    /// Only those in which the law itself acted.
    pub deemed: bool,
    /// Only those whose end may still move with a holiday notice.
    pub provisional: bool,
    /// Only those recorded with findings.
    pub findings: bool,
}

impl InboxFilter {
    /// A part of the work of all bodies and procedures.
    pub fn new(kind: InboxKind, today: Date) -> Self {
        Self {
            kind,
            today,
            bodies: Vec::new(),
            procedures: Vec::new(),
            stages: Vec::new(),
            handler: None,
            late: false,
            deemed: false,
            provisional: false,
            findings: false,
        }
    }
}

/// How much work there is. All are numbers of open matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub open: u64,
    /// With a clock that ended before today.
    pub overdue: u64,
    /// With a clock that ends today.
    pub due_today: u64,
    /// With a clock that ends within the seven days after today.
    pub due_soon: u64,
    /// Without a running clock.
    pub no_clock: u64,
    /// With a suspended clock.
    pub suspended: u64,
}

/// The end of a clock, and the matter that it runs in.
pub type DueRow = (Date, Jurisdiction, MatterId);

/// A matter and its private values, each with the place of its event.
pub type MatterWithSecrets = (Matter, Vec<(u64, Secret)>);

/// One stretch of an index that holds matters in order of (day, matter).
struct Range {
    index: &'static str,
    condition: &'static str,
    values: Vec<Value>,
}

impl Reader {
    /// Matters of one kind: open ones in order of their next due date, at equal dates by id; closed ones
    /// latest first. `after` is the [`MatterRow::cursor`] of the last row already shown.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn inbox(
        &self,
        jurisdiction: &Jurisdiction,
        filter: &InboxFilter,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<MatterRow>> {
        let mut keys = Vec::new();
        for range in self.ranges(jurisdiction, filter)? {
            keys.extend(self.in_range(jurisdiction, filter, range, after, limit)?);
        }
        keys.sort();
        if filter.kind == InboxKind::Closed {
            keys.reverse();
        }
        keys.truncate(limit);
        let rows = keys.into_iter().map(|(_, id)| self.matter_row(jurisdiction, id));
        rows.filter_map(Result::transpose).collect()
    }

    fn ranges(&self, jurisdiction: &Jurisdiction, filter: &InboxFilter) -> Result<Vec<Range>> {
        if let Some(handler) = &filter.handler {
            let (index, condition) = (BY_HANDLER, "AND handled_by = ?");
            return Ok(vec![Range { index, condition, values: vec![handler.clone().into()] }]);
        }
        if !filter.bodies.is_empty() {
            let range = |body: &String| Range {
                index: BY_BODY,
                condition: "AND body = ?",
                values: vec![body.clone().into()],
            };
            return Ok(filter.bodies.iter().map(range).collect());
        }
        if !filter.procedures.is_empty() || !filter.stages.is_empty() {
            let pairs = self.stages_of(jurisdiction, filter)?;
            let range = |(procedure, stage): (String, String)| Range {
                index: "matter_by_stage",
                condition: "AND procedure = ? AND stage = ?",
                values: vec![procedure.into(), stage.into()],
            };
            return Ok(pairs.into_iter().map(range).collect());
        }
        let index = if filter.is_marked() { "matter_marked" } else { "matter_by_day" };
        Ok(vec![Range { index, condition: "", values: Vec::new() }])
    }

    /// Pairs of procedure and stage that occur and fit, found by jumping along the index.
    fn stages_of(&self, jurisdiction: &Jurisdiction, filter: &InboxFilter) -> Result<Vec<(String, String)>> {
        let mut jump = self.conn.prepare_cached(
            "SELECT procedure, stage FROM matter INDEXED BY matter_by_stage
             WHERE jurisdiction = ?1 AND (procedure, stage) > (?2, ?3)
             ORDER BY procedure, stage LIMIT 1",
        )?;
        let mut at = (String::new(), String::new());
        let mut pairs = Vec::new();
        loop {
            let mut rows = jump.query(params![jurisdiction.as_str(), at.0, at.1])?;
            let Some(row) = rows.next()? else { return Ok(pairs) };
            at = (row.get(0)?, row.get(1)?);
            let wanted = |list: &[Key], it: &str| list.is_empty() || list.iter().any(|key| key == it);
            if wanted(&filter.procedures, &at.0) && wanted(&filter.stages, &at.1) {
                pairs.push(at.clone());
            }
        }
    }

    /// The first keys of one stretch, read from its index alone wherever the index has the columns.
    fn in_range(
        &self,
        jurisdiction: &Jurisdiction,
        filter: &InboxFilter,
        range: Range,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<(Date, MatterId)>> {
        let closed = filter.kind == InboxKind::Closed;
        let mut sql = format!(
            "SELECT day, matter FROM matter INDEXED BY {} WHERE jurisdiction = ? {} AND closed = ?",
            range.index, range.condition
        );
        let mut values = vec![Value::from(jurisdiction.as_str().to_owned())];
        values.extend(range.values);
        values.push(closed.into());
        if let Some(last) = after {
            let than = if closed { "<" } else { ">" };
            sql.push_str(&format!(" AND (day, matter) {than} (?, ?)"));
            values.extend([last.day.to_string().into(), blob(&last.matter).to_vec().into()]);
        }
        filter.narrow(range.index, &mut sql, &mut values);
        let order = if closed { "DESC" } else { "ASC" };
        sql.push_str(&format!(" ORDER BY day {order}, matter {order} LIMIT ?"));
        values.push(integer(limit as u64).into());
        let mut select = self.conn.prepare_cached(&sql)?;
        let rows = select.query_map(params_from_iter(values), |row| {
            Ok((column::text(row, 0)?, column::matter(row, 1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many open matters some bodies have in some procedures as of `today`; empty lists stand for all.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn counts(
        &self,
        jurisdiction: &Jurisdiction,
        bodies: &[String],
        procedures: &[Key],
        today: Date,
    ) -> Result<Counts> {
        let mut sql = "
            SELECT coalesce(sum(open), 0), coalesce(sum(iif(due < ?2, open, 0)), 0),
                coalesce(sum(iif(due = ?2, open, 0)), 0),
                coalesce(sum(iif(due > ?2 AND due <= ?3, open, 0)), 0),
                coalesce(sum(iif(due = ?4, open, 0)), 0), coalesce(sum(suspended), 0)
            FROM load WHERE jurisdiction = ?1"
            .to_owned();
        let mut values: Vec<Value> = [jurisdiction.as_str().to_owned(), today.to_string()]
            .into_iter()
            .chain([soon(today).to_string(), NEVER.to_string()])
            .map(Value::from)
            .collect();
        narrow_to(&mut sql, &mut values, "body", bodies.iter().map(String::as_str));
        narrow_to(&mut sql, &mut values, "procedure", procedures.iter().map(Key::as_str));
        let mut select = self.conn.prepare_cached(&sql)?;
        let counts = select.query_row(params_from_iter(values), |row| {
            let number = |place| column::natural(row, place);
            Ok(Counts {
                open: number(0)?,
                overdue: number(1)?,
                due_today: number(2)?,
                due_soon: number(3)?,
                no_clock: number(4)?,
                suspended: number(5)?,
            })
        });
        Ok(counts?)
    }

    /// Every matter of a procedure with its private values, closed ones included: for the few matters that a
    /// program keeps at hand, such as accounts and parameters.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn matters(&self, jurisdiction: &Jurisdiction, procedure: &str) -> Result<Vec<MatterWithSecrets>> {
        let mut select = self.conn.prepare_cached(
            "SELECT matter FROM matter INDEXED BY matter_by_stage
             WHERE jurisdiction = ?1 AND procedure = ?2 ORDER BY matter",
        )?;
        let ids =
            select.query_map(params![jurisdiction.as_str(), procedure], |row| column::matter(row, 0))?;
        let mut found = Vec::new();
        for id in ids {
            let id = id?;
            if let Some(matter) = self.matter(jurisdiction, id)? {
                found.push((matter, self.secrets(jurisdiction, id)?));
            }
        }
        Ok(found)
    }

    /// Matters of all jurisdictions in which the law itself acts because a running clock ended before a day, each with
    /// that end, longest ended first. A matter stands once for each end. `after` is the last row already seen.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn clocks_due(&self, before: Date, after: Option<&DueRow>, limit: usize) -> Result<Vec<DueRow>> {
        let mut select = self.conn.prepare_cached(
            "SELECT DISTINCT due, jurisdiction, matter FROM clock INDEXED BY clock_that_deems
             WHERE running = 1 AND deems IS NOT NULL AND due < ?1 AND (due, jurisdiction, matter) > (?2, ?3, ?4)
             ORDER BY due, jurisdiction, matter LIMIT ?5",
        )?;
        let start = after.map_or((String::new(), "", &[][..]), |(due, place, id)| {
            (due.to_string(), place.as_str(), blob(id))
        });
        let key = params![before.to_string(), start.0, start.1, start.2, integer(limit as u64)];
        let rows = select.query_map(key, |row| {
            Ok((column::text(row, 0)?, column::jurisdiction(row, 1)?, column::matter(row, 2)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl InboxFilter {
    fn marks(&self) -> [(bool, &'static str); 5] {
        [
            (self.kind == InboxKind::Suspended, " AND suspended = 1"),
            (self.late, " AND late = 1"),
            (self.deemed, " AND deemed = 1"),
            (self.provisional, " AND provisional = 1"),
            (self.findings, " AND findings > 0"),
        ]
    }

    fn is_marked(&self) -> bool {
        self.marks().iter().any(|(wanted, _)| *wanted)
    }

    /// Conditions that do not choose the stretch of the index.
    fn narrow(&self, index: &str, sql: &mut String, values: &mut Vec<Value>) {
        if index == "matter_marked" {
            sql.push_str(" AND (suspended = 1 OR late = 1 OR deemed = 1 OR provisional = 1 OR findings > 0)");
        }
        for (_, condition) in self.marks().iter().filter(|(wanted, _)| *wanted) {
            sql.push_str(condition);
        }
        let days: &[(&str, Date)] = match self.kind {
            InboxKind::Overdue => &[("<", self.today)],
            InboxKind::Today => &[("=", self.today)],
            InboxKind::Soon => &[(">", self.today), ("<=", soon(self.today))],
            InboxKind::Open | InboxKind::Suspended | InboxKind::Closed => &[],
        };
        for (than, day) in days {
            sql.push_str(&format!(" AND day {than} ?"));
            values.push(day.to_string().into());
        }
        if index == BY_HANDLER {
            narrow_to(sql, values, "body", self.bodies.iter().map(String::as_str));
        }
        if [BY_BODY, BY_HANDLER].contains(&index) {
            narrow_to(sql, values, "procedure", self.procedures.iter().map(Key::as_str));
            narrow_to(sql, values, "stage", self.stages.iter().map(Key::as_str));
        }
    }
}

fn narrow_to<'a>(
    sql: &mut String,
    values: &mut Vec<Value>,
    column: &str,
    wanted: impl ExactSizeIterator<Item = &'a str>,
) {
    if wanted.len() > 0 {
        sql.push_str(&format!(" AND {column} IN ({})", vec!["?"; wanted.len()].join(", ")));
        values.extend(wanted.map(|it| Value::from(it.to_owned())));
    }
}

fn soon(today: Date) -> Date {
    today.saturating_add(Span::new().days(SOON_DAYS))
}
