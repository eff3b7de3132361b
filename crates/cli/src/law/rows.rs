//! The table of systems: domains, their rows, and what each must let people do.
//!
//! A line is a row (`S1`, name, abilities parted by semicolons, name in English) or begins a domain (the word
//! `domain`, its number, name, name in English, then the rows of it that are not the office's own: `external S2`,
//! `outside S3`). Columns are parted by tabs; what begins with `#` is for readers.

use serde::Serialize;

use super::claims::By;

/// Why a row is not the office's own to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mark {
    /// It rests on a system of somebody else.
    External,
    /// It is no business of a program.
    Outside,
}

/// A field of work with its rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Domain {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) english: String,
    pub(super) rows: Vec<Row>,
}

/// A row: one system, and what it must let people do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) english: String,
    pub(super) mark: Option<Mark>,
    pub(super) abilities: Vec<Ability>,
    /// Files that claim something of it.
    pub(super) files: Vec<String>,
    /// Whether one of them shows a refusal.
    pub(super) refusal: bool,
}

/// One thing that somebody must be able to do.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Ability {
    pub(super) says: String,
    /// `scenario`, `page` or `figure`; nothing if it is not shown.
    pub(super) by: Option<By>,
    pub(super) files: Vec<String>,
}

impl Row {
    /// How many of its abilities are shown.
    pub(super) fn shown(&self) -> usize {
        self.abilities.iter().filter(|it| it.by.is_some()).count()
    }

    /// Whether all of it is shown, and something is refused.
    pub(super) fn is_whole(&self) -> bool {
        self.shown() == self.abilities.len() && self.refusal
    }

    /// Whether anything claims to show something of it.
    pub(super) fn is_begun(&self) -> bool {
        !self.files.is_empty()
    }
}

/// Reads the table; the number of the first line that is not understood otherwise.
pub(super) fn read(text: &str) -> Result<Vec<Domain>, usize> {
    let mut domains: Vec<Domain> = Vec::new();
    let mut marks: Vec<(String, Mark, usize)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        match line.strip_prefix("domain\t") {
            Some(rest) => {
                let (domain, marked) = domain(rest).ok_or(number)?;
                marks.extend(marked.into_iter().map(|(id, mark)| (id, mark, number)));
                domains.push(domain);
            }
            None => {
                let row = row(line).ok_or(number)?;
                let known = domains.iter().flat_map(|it| &it.rows).any(|it| it.id == row.id);
                let domain = domains.last_mut().filter(|_| !known).ok_or(number)?;
                domain.rows.push(row);
            }
        }
    }
    for (id, mark, number) in marks {
        let row = domains.iter_mut().flat_map(|it| &mut it.rows).find(|it| it.id == id);
        row.ok_or(number)?.mark = Some(mark);
    }
    Ok(domains)
}

fn domain(rest: &str) -> Option<(Domain, Vec<(String, Mark)>)> {
    let mut columns = rest.split('\t').map(str::trim).filter(|it| !it.is_empty());
    let (number, name, english) = (columns.next()?, columns.next()?, columns.next()?);
    let mut marked = Vec::new();
    for column in columns {
        let mut words = column.split(' ');
        let mark = match words.next()? {
            "external" => Mark::External,
            "outside" => Mark::Outside,
            _ => return None,
        };
        marked.extend(words.map(|it| (it.to_owned(), mark)));
    }
    let domain =
        Domain { number: number.into(), name: name.into(), english: english.into(), rows: Vec::new() };
    Some((domain, marked))
}

fn row(line: &str) -> Option<Row> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [id, name, abilities, english] = columns[..] else { return None };
    let abilities: Vec<Ability> = abilities
        .split(';')
        .map(|it| Ability { says: it.trim().to_owned(), by: None, files: Vec::new() })
        .collect();
    let blank = |it: &Ability| it.says.is_empty();
    if [id, name, english].contains(&"") || abilities.iter().any(blank) {
        return None;
    }
    Some(Row {
        id: id.to_owned(),
        name: name.to_owned(),
        english: english.to_owned(),
        mark: None,
        abilities,
        files: Vec::new(),
        refusal: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_below_their_domain_and_bear_its_marks() {
        let text = "# for readers\ndomain\t01\tA\tOne\toutside S2\nS1\tB\tasks;answers\tTwo\n\
                    S2\tC\tcounts\tThree\n\ndomain\t02\tD\tFour\texternal S3\nS3\tE\tsends\tFive\n";
        let domains = read(text).unwrap();
        let rows = |at: usize| domains[at].rows.iter().map(|it| (&*it.id, it.mark)).collect::<Vec<_>>();
        assert_eq!(rows(0), [("S1", None), ("S2", Some(Mark::Outside))]);
        assert_eq!(rows(1), [("S3", Some(Mark::External))]);
        assert_eq!(domains[0].rows[0].abilities.len(), 2);
    }

    #[test]
    fn a_line_that_is_not_understood_is_named() {
        let domain = "domain\t01\tA\tOne\n";
        let row = "S1\tB\tasks\tTwo\n";
        for (text, line) in [
            (row.to_owned(), 1),
            (format!("{domain}{row}{row}"), 3),
            (format!("{domain}S1\tB\tasks\n"), 2),
            (format!("{domain}S1\tB\tasks;;answers\tTwo\n"), 2),
            ("domain\t01\tA\tOne\texternal S1\n".to_owned(), 1),
            (format!("domain\t01\tA\tOne\tabroad S1\n{row}"), 1),
            ("domain\t01\tA\n".to_owned(), 1),
        ] {
            assert_eq!(read(&text), Err(line), "{text}");
        }
    }
}
