//! Finding matters by number and by the names of their parties.

use anyhow::Result;
use engine::{Jurisdiction, MatterId};
use rusqlite::{OptionalExtension, params};

use crate::{
    column::{self, blob, integer},
    gram::{self, Token},
    reader::Reader,
    view::MatterRow,
};

/// How many entries of the index a search looks at before it gives up.
const EXAMINED: u32 = 5_000;

/// A list of the index: its length as far as it was counted, and what it lists.
type Weighed = (u32, Token);

impl Reader {
    /// The matter that bears a number, exactly as printed. Of several, the first opened.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn find_by_number(&self, jurisdiction: &Jurisdiction, number: &str) -> Result<Option<MatterId>> {
        let mut select = self.conn.prepare_cached(
            "SELECT matter FROM number WHERE jurisdiction = ?1 AND number = ?2 ORDER BY matter LIMIT 1",
        )?;
        let mut rows = select.query(params![jurisdiction.as_str(), number])?;
        Ok(rows.next()?.map(|row| column::matter(row, 0)).transpose()?)
    }

    /// Matters whose number or party names contain every word of a text, newest first.
    ///
    /// Words are parted by white space. Latin letters and digits match from the beginning of a run. Where
    /// everything sought is common, only a few thousand candidates are looked at, the newest of them where whole
    /// words are sought.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn search(&self, jurisdiction: &Jurisdiction, text: &str, limit: usize) -> Result<Vec<MatterRow>> {
        let words: Vec<String> = text.split_whitespace().map(gram::plain).collect();
        let mut second_look =
            self.conn.prepare_cached("SELECT sought FROM matter WHERE jurisdiction = ?1 AND matter = ?2")?;
        let mut found = Vec::new();
        for id in self.candidates(jurisdiction, "m", text)? {
            if found.len() == limit {
                break;
            }
            let key = params![jurisdiction.as_str(), blob(&id)];
            let sought: Option<String> = second_look.query_row(key, |row| row.get(0)).optional()?;
            if sought.is_some_and(|it| fits(&words, &it)) {
                found.extend(self.matter_row(jurisdiction, id)?);
            }
        }
        Ok(found)
    }

    /// Matters that may fit a text, newest first: those in the shortest of the lists it asks for, as far as the
    /// others do not rule them out. A second look at the texts themselves decides.
    pub(crate) fn candidates(
        &self,
        jurisdiction: &Jurisdiction,
        scope: &str,
        text: &str,
    ) -> Result<Vec<MatterId>> {
        let mut lists: Vec<Weighed> = Vec::new();
        for token in text.split_whitespace().flat_map(gram::tokens) {
            if lists.iter().all(|(_, known)| *known != token) {
                lists.push((self.weigh(jurisdiction, scope, &token)?, token));
            }
        }
        // Of lists too long to count, a whole gram's is better: it is in order of matters.
        lists.sort_by_key(|(length, token)| (*length, matches!(token, Token::Prefix(_))));
        let Some(((_, first), others)) = lists.split_first() else { return Ok(Vec::new()) };
        let others: Vec<&str> = others
            .iter()
            .filter_map(|(_, token)| match token {
                Token::Exact(gram) => Some(gram.as_str()),
                Token::Prefix(_) => None,
            })
            .collect();
        let listed = self.listed(jurisdiction, scope, first)?;
        let mut probe = self.conn.prepare_cached(
            "SELECT 1 FROM gram WHERE jurisdiction = ?1 AND scope = ?2 AND gram = ?3 AND matter = ?4",
        )?;
        let mut found = Vec::new();
        'candidates: for id in listed {
            for gram in &others {
                if !probe.exists(params![jurisdiction.as_str(), scope, gram, blob(&id)])? {
                    continue 'candidates;
                }
            }
            found.push(id);
        }
        Ok(found)
    }

    /// How long a list is, counted as far as it would be read.
    fn weigh(&self, jurisdiction: &Jurisdiction, scope: &str, token: &Token) -> Result<u32> {
        let mut count = self.conn.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM gram
                WHERE jurisdiction = ?1 AND scope = ?2 AND gram >= ?3 AND gram < ?4 LIMIT ?5)",
        )?;
        let (from, to) = token.bounds();
        let key = params![jurisdiction.as_str(), scope, from, to, EXAMINED];
        Ok(count.query_row(key, |row| row.get(0))?)
    }

    fn listed(&self, jurisdiction: &Jurisdiction, scope: &str, token: &Token) -> Result<Vec<MatterId>> {
        let order = match token {
            Token::Exact(_) => "gram DESC, matter DESC",
            Token::Prefix(_) => "gram, matter",
        };
        let mut select = self.conn.prepare_cached(&format!(
            "SELECT matter FROM gram WHERE jurisdiction = ?1 AND scope = ?2 AND gram >= ?3 AND gram < ?4
             ORDER BY {order} LIMIT ?5"
        ))?;
        let (from, to) = token.bounds();
        let key = params![jurisdiction.as_str(), scope, from, to, integer(EXAMINED.into())];
        let rows = select.query_map(key, |row| column::matter(row, 0))?;
        let mut found: Vec<MatterId> = rows.collect::<rusqlite::Result<_>>()?;
        found.sort_by(|a, b| b.cmp(a));
        found.dedup();
        Ok(found)
    }
}

impl Token {
    /// The stretch of grams it asks for, the end left out.
    fn bounds(&self) -> (&str, String) {
        match self {
            Self::Exact(gram) => (gram, format!("{gram}\u{0}")),
            Self::Prefix(gram) => (gram, format!("{gram}\u{10ffff}")),
        }
    }
}

/// Whether every word stands in a line of a text.
pub(crate) fn fits(words: &[String], lines: &str) -> bool {
    words.iter().all(|word| lines.contains(word.as_str()))
}
