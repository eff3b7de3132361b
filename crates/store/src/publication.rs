//! What is published: only what the law lets the public see was ever written here.

use anyhow::Result;
use engine::{Jurisdiction, MatterId};
use law::Key;
use rusqlite::{OptionalExtension, Row, params, params_from_iter, types::Value};

use crate::{
    column::{self, blob, integer},
    cursor::Cursor,
    gram,
    reader::Reader,
    search::fits,
    view::{self, PublicationRow},
};

const COLUMNS: &str =
    "jurisdiction, matter, publication, published, procedure, body, number, outcome, law, shown";

impl PublicationRow {
    /// Where a list goes on after this row.
    pub fn cursor(&self) -> Cursor {
        Cursor { day: self.published, matter: self.matter, key: self.publication.to_string() }
    }
}

impl Reader {
    /// One publication of a matter, if it is up.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn publication(
        &self,
        jurisdiction: &Jurisdiction,
        matter: MatterId,
        publication: &str,
    ) -> Result<Option<PublicationRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM publication
             WHERE jurisdiction = ?1 AND matter = ?2 AND publication = ?3"
        );
        let mut select = self.conn.prepare_cached(&sql)?;
        let key = params![jurisdiction.as_str(), blob(&matter), publication];
        Ok(select.query_row(key, publication_row).optional()?)
    }

    /// All publications of a matter that are up.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn publications_of(
        &self,
        jurisdiction: &Jurisdiction,
        matter: MatterId,
    ) -> Result<Vec<PublicationRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM publication WHERE jurisdiction = ?1 AND matter = ?2 ORDER BY publication"
        );
        let mut select = self.conn.prepare_cached(&sql)?;
        let rows = select.query_map(params![jurisdiction.as_str(), blob(&matter)], publication_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What is published, newest first; of one kind, or containing a text. `after` is the
    /// [`PublicationRow::cursor`] of the last row already shown.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn publications(
        &self,
        jurisdiction: &Jurisdiction,
        publication: Option<&str>,
        text: Option<&str>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<PublicationRow>> {
        match text.filter(|text| !gram::plain(text).is_empty()) {
            Some(text) => self.publications_with(jurisdiction, publication, text, after, limit),
            None => self.publications_by_day(jurisdiction, publication, after, limit),
        }
    }

    fn publications_by_day(
        &self,
        jurisdiction: &Jurisdiction,
        publication: Option<&str>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<PublicationRow>> {
        let index = publication.map_or("publication_by_day", |_| "publication_by_key");
        let mut sql = format!("SELECT {COLUMNS} FROM publication INDEXED BY {index} WHERE jurisdiction = ?");
        let mut values = vec![Value::from(jurisdiction.as_str().to_owned())];
        if let Some(key) = publication {
            sql.push_str(" AND publication = ?");
            values.push(key.to_owned().into());
        }
        if let Some(last) = after {
            sql.push_str(" AND (published, matter, publication) < (?, ?, ?)");
            values.push(last.day.to_string().into());
            values.push(blob(&last.matter).to_vec().into());
            values.push(last.key.clone().into());
        }
        sql.push_str(" ORDER BY published DESC, matter DESC, publication DESC LIMIT ?");
        values.push(integer(limit as u64).into());
        let mut select = self.conn.prepare_cached(&sql)?;
        let rows = select.query_map(params_from_iter(values), publication_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn publications_with(
        &self,
        jurisdiction: &Jurisdiction,
        publication: Option<&str>,
        text: &str,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<PublicationRow>> {
        let words: Vec<String> = text.split_whitespace().map(gram::plain).collect();
        let mut found = Vec::new();
        for id in self.candidates(jurisdiction, "p", text)? {
            let up = self.publications_of(jurisdiction, id)?;
            found.extend(up.into_iter().filter(|row| {
                publication.is_none_or(|key| row.publication == *key)
                    && after.is_none_or(|last| row.cursor() < *last)
                    && fits(&words, &view::sought(&view::published_texts(row)))
            }));
        }
        found.sort_by_key(|row| std::cmp::Reverse(row.cursor()));
        found.truncate(limit);
        Ok(found)
    }
}

fn publication_row(row: &Row<'_>) -> rusqlite::Result<PublicationRow> {
    let key = |place| -> rusqlite::Result<Key> { Ok(Key::new(row.get_ref(place)?.as_str()?)) };
    let shown = serde_json::from_str(row.get_ref(9)?.as_str()?).map_err(|why| {
        rusqlite::Error::FromSqlConversionFailure(9, rusqlite::types::Type::Text, why.into())
    })?;
    Ok(PublicationRow {
        jurisdiction: column::jurisdiction(row, 0)?,
        matter: column::matter(row, 1)?,
        publication: key(2)?,
        published: column::text(row, 3)?,
        procedure: key(4)?,
        body: row.get(5)?,
        number: row.get(6)?,
        outcome: row.get_ref(7)?.as_str_or_null()?.map(Key::from),
        law: row.get(8)?,
        shown,
    })
}
