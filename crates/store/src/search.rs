//! Finding matters by number and by the names of their parties.

use anyhow::Result;
use engine::{Jurisdiction, MatterId};
use rusqlite::params;

use crate::{
    column::{self, blob, integer},
    gram::{self, Token},
    reader::Reader,
    view::{self, MatterRow},
};

/// How many entries of the index a search looks at before it gives up.
const EXAMINED: usize = 5_000;
/// How far the length of an index entry's list is counted when the shortest is chosen.
const WEIGHED: usize = 1_000;

impl Reader {
    /// The matter that bears a number, exactly as printed. Of several, the first opened.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn find_by_number(
        &self,
        jurisdiction: &Jurisdiction,
        number: &str,
    ) -> Result<Option<MatterId>> {
        let mut select = self.conn.prepare_cached(
            "SELECT matter FROM number WHERE jurisdiction = ?1 AND number = ?2 ORDER BY matter LIMIT 1",
        )?;
        let mut rows = select.query(params![jurisdiction.as_str(), number])?;
        Ok(rows.next()?.map(|row| column::matter(row, 0)).transpose()?)
    }

    /// Matters whose number or party names contain every word of a text, newest first.
    ///
    /// Words are parted by white space. Latin letters and digits match from the beginning of a run; where
    /// everything sought is common, only the newest few thousand candidates are looked at.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn search(
        &self,
        jurisdiction: &Jurisdiction,
        text: &str,
        limit: usize,
    ) -> Result<Vec<MatterRow>> {
        let words: Vec<String> = text.split_whitespace().map(gram::plain).collect();
        let mut found = Vec::new();
        for id in self.candidates(jurisdiction, "m", text)? {
            if found.len() == limit {
                break;
            }
            let Some(matter) = self.matter(jurisdiction, id)? else { continue };
            let secrets = self.secrets(jurisdiction, id)?;
            let names = view::names(secrets.iter().map(|(_, secret)| secret));
            if fits(&words, &view::searchable(&matter, &names)) {
                found.push(MatterRow::of(&matter));
            }
        }
        Ok(found)
    }

    /// Matters that may fit a text, newest first: those in the shortest list of the text's exact grams that
    /// are in the other lists too. A second look at the texts themselves decides.
    pub(crate) fn candidates(
        &self,
        jurisdiction: &Jurisdiction,
        scope: &str,
        text: &str,
    ) -> Result<Vec<MatterId>> {
        let mut exact = Vec::new();
        let mut prefixes = Vec::new();
        for token in text.split_whitespace().flat_map(gram::tokens) {
            match token {
                Token::Exact(gram) => exact.push((self.weigh(jurisdiction, scope, &gram)?, gram)),
                Token::Prefix(gram) => prefixes.push(gram),
            }
        }
        exact.sort();
        exact.dedup();
        if exact.is_empty() {
            let longest = prefixes.into_iter().max_by_key(|gram| (gram.chars().count(), gram.len()));
            return longest.map_or(Ok(Vec::new()), |it| self.by_prefix(jurisdiction, scope, &it));
        }
        let grams: Vec<&str> = exact.iter().map(|(_, gram)| gram.as_str()).take(4).collect();
        self.by_grams(jurisdiction, scope, &grams)
    }

    fn weigh(&self, jurisdiction: &Jurisdiction, scope: &str, gram: &str) -> Result<u32> {
        let mut count = self.conn.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM gram
                WHERE jurisdiction = ?1 AND scope = ?2 AND gram = ?3 LIMIT ?4)",
        )?;
        let key = params![jurisdiction.as_str(), scope, gram, integer(WEIGHED as u64)];
        Ok(count.query_row(key, |row| row.get::<_, u32>(0))?)
    }

    fn by_grams(&self, jurisdiction: &Jurisdiction, scope: &str, grams: &[&str]) -> Result<Vec<MatterId>> {
        let Some((first, others)) = grams.split_first() else { return Ok(Vec::new()) };
        let mut walk = self.conn.prepare_cached(
            "SELECT matter FROM gram WHERE jurisdiction = ?1 AND scope = ?2 AND gram = ?3
             ORDER BY matter DESC LIMIT ?4",
        )?;
        let mut probe = self.conn.prepare_cached(
            "SELECT 1 FROM gram WHERE jurisdiction = ?1 AND scope = ?2 AND gram = ?3 AND matter = ?4",
        )?;
        let mut rows =
            walk.query(params![jurisdiction.as_str(), scope, first, integer(EXAMINED as u64)])?;
        let mut found = Vec::new();
        'walk: while let Some(row) = rows.next()? {
            let id = column::matter(row, 0)?;
            for gram in others {
                if !probe.exists(params![jurisdiction.as_str(), scope, gram, blob(&id)])? {
                    continue 'walk;
                }
            }
            found.push(id);
        }
        Ok(found)
    }

    fn by_prefix(&self, jurisdiction: &Jurisdiction, scope: &str, gram: &str) -> Result<Vec<MatterId>> {
        let mut select = self.conn.prepare_cached(
            "SELECT matter FROM gram WHERE jurisdiction = ?1 AND scope = ?2
                AND gram >= ?3 AND gram < ?3 || char(1114111)
             ORDER BY gram, matter LIMIT ?4",
        )?;
        let key = params![jurisdiction.as_str(), scope, gram, integer(EXAMINED as u64)];
        let rows = select.query_map(key, |row| column::matter(row, 0))?;
        let mut found: Vec<MatterId> = rows.collect::<rusqlite::Result<_>>()?;
        found.sort_by(|a, b| b.cmp(a));
        found.dedup();
        Ok(found)
    }
}

/// Whether every word stands in one of the texts.
pub(crate) fn fits(words: &[String], texts: &[String]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| gram::plain(text)).collect();
    words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
}
