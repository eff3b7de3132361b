//! The columns of an import file: generated from the procedure, found again by their headers.

use std::{collections::BTreeMap, sync::Arc};

use law::{Act, Field, FieldKind, Key, Lang, PartyKind, PartyRole, Procedure, Series, Text, Wanted};

use super::{
    RowFault,
    say::{Word, letter, say},
    table::fault,
};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The office's own case number.
    Own,
    /// The day of an act.
    Day(Key),
    /// Names of parties that join with an act.
    Names(Key, Key),
    /// Their kinds.
    Kinds(Key, Key),
    /// Their numbers.
    Numbers(Key, Key),
    /// A field that an act asks for.
    Field(Key, Key),
    /// The number that an act took, of a series.
    Issued(Key, Key),
}

impl Part {
    /// The act that the column belongs to.
    pub(crate) fn act(&self) -> Option<&Key> {
        match self {
            Self::Own => None,
            Self::Day(act)
            | Self::Names(act, _)
            | Self::Kinds(act, _)
            | Self::Numbers(act, _)
            | Self::Field(act, _)
            | Self::Issued(act, _) => Some(act),
        }
    }
}

impl std::fmt::Display for Part {
    /// The column's path, which a header may be too: `ACT`, `ACT.FIELD`, `ACT.ROLE`, `ACT.ROLE.number`,
    /// `ACT.SERIES.issued`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Own => f.write_str("own-number"),
            Self::Day(act) => write!(f, "{act}"),
            Self::Names(act, it) | Self::Field(act, it) => write!(f, "{act}.{it}"),
            Self::Issued(act, series) => write!(f, "{act}.{series}.issued"),
            Self::Kinds(act, role) => write!(f, "{act}.{role}.kind"),
            Self::Numbers(act, role) => write!(f, "{act}.{role}.number"),
        }
    }
}

/// A column as the template shows it.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// What it holds.
    pub(crate) part: Part,
    /// Its header.
    pub(crate) header: Text,
}

/// The columns of one version, in the order of the template.
pub(crate) fn columns(procedure: &Procedure) -> Vec<Column> {
    let mut columns = vec![Column { part: Part::Own, header: say("import-own-number", &[]) }];
    let first = procedure.openings().next().map(|it| it.key.clone());
    let openings = procedure.openings();
    let others = procedure.acts.iter().filter(|it| !it.by_law && !it.opens_matter());
    for act in openings.chain(others) {
        let named = say("import-day-of", &[("act", (&act.name).into())]);
        columns.push(Column { part: Part::Day(act.key.clone()), header: named });
        let prefix = (Some(&act.key) != first.as_ref()).then_some(&act.name);
        for ask in &act.asks {
            match &ask.what {
                Wanted::Field(key) => columns.extend(field(procedure, act, prefix, key)),
                Wanted::Parties(role) => parties(procedure, act, prefix, role, &mut columns),
            }
        }
        columns.extend(act.effects.iter().filter_map(|it| issued(procedure, act, it)));
    }
    columns
}

/// The column of a number that an act takes.
fn issued(procedure: &Procedure, act: &Act, effect: &law::Effect) -> Option<Column> {
    let law::EffectKind::Number(series) = &effect.kind else { return None };
    let header = joined(Some(&act.name), &procedure.serie(series)?.name);
    Some(Column { part: Part::Issued(act.key.clone(), series.clone()), header })
}

fn field(procedure: &Procedure, act: &Act, prefix: Option<&Text>, key: &Key) -> Option<Column> {
    let field = procedure.field(key)?;
    if matches!(field.kind, FieldKind::File { .. }) {
        return None;
    }
    let part = Part::Field(act.key.clone(), key.clone());
    Some(Column { part, header: joined(prefix, &field.name) })
}

fn parties(procedure: &Procedure, act: &Act, prefix: Option<&Text>, role: &Key, columns: &mut Vec<Column>) {
    let Some(party) = procedure.party(role) else { return };
    let name = joined(prefix, &party.name);
    let both = || (act.key.clone(), role.clone());
    let (a, r) = both();
    columns.push(Column { part: Part::Names(a, r), header: name.clone() });
    if party.kinds.len() > 1 {
        let (a, r) = both();
        columns.push(Column { part: Part::Kinds(a, r), header: joined(Some(&name), &say("part-kind", &[])) });
    }
    if party.kinds.iter().any(|it| *it != PartyKind::Body) {
        let (a, r) = both();
        let header = joined(Some(&name), &say("part-number", &[]));
        columns.push(Column { part: Part::Numbers(a, r), header });
    }
}

fn joined(before: Option<&Text>, after: &Text) -> Text {
    match before {
        None => after.clone(),
        Some(before) => Text::new(
            format!("{}\u{b7}{}", before.zh, after.zh),
            format!("{} \u{b7} {}", before.en, after.en),
        ),
    }
}

/// Every header that an import of a procedure knows, over all its versions.
pub(crate) struct Headers {
    known: BTreeMap<String, Part>,
    shown: BTreeMap<Part, Text>,
}

impl Headers {
    /// The headers of all versions; of two versions the later one's words are shown.
    pub(crate) fn of(versions: &[Arc<Procedure>]) -> Self {
        let mut headers = Self { known: BTreeMap::new(), shown: BTreeMap::new() };
        for column in versions.iter().flat_map(|it| columns(it)) {
            for lang in [Lang::Zh, Lang::En] {
                headers.known.insert(plain(column.header.get(lang)), column.part.clone());
            }
            headers.known.insert(plain(&column.part.to_string()), column.part.clone());
            headers.shown.insert(column.part, column.header);
        }
        headers
    }

    /// Whether a header is known.
    pub(crate) fn knows(&self, header: &str) -> bool {
        self.known.contains_key(&plain(header))
    }

    /// Finds the columns of a header row, or says of every one that cannot be placed why.
    pub(crate) fn place(&self, row: &[String]) -> Result<Layout, Vec<RowFault>> {
        let mut faults = Vec::new();
        let mut at: BTreeMap<Part, usize> = BTreeMap::new();
        for (index, header) in row.iter().enumerate().filter(|(_, it)| !it.trim().is_empty()) {
            let Some(part) = self.known.get(&plain(header)) else {
                faults.push(fault(1, letter(index), self.unknown(header)));
                continue;
            };
            if let Some(before) = at.insert(part.clone(), index) {
                let says = say(
                    "import-column-twice",
                    &[("header", header.as_str().into()), ("column", letter(before).as_str().into())],
                );
                faults.push(fault(1, letter(index), says));
            }
        }
        if at.is_empty() {
            return Err(vec![fault(1, "A", say("import-no-header", &[]))]);
        }
        let headers = at.keys().filter_map(|it| Some((it.clone(), self.shown.get(it)?.clone()))).collect();
        if faults.is_empty() { Ok(Layout { at, headers }) } else { Err(faults) }
    }

    fn unknown(&self, header: &str) -> Text {
        let wanted = plain(header);
        let mut near: Vec<(usize, &Text)> = self
            .known
            .iter()
            .filter_map(|(name, part)| Some((distance(&wanted, name), self.shown.get(part)?)))
            .filter(|(steps, _)| *steps <= (wanted.chars().count() / 2).clamp(1, 6))
            .collect();
        near.sort_by_key(|it| it.0);
        near.dedup_by_key(|it| it.1);
        let header = Word::from(header);
        let Some((_, first)) = near.first() else {
            return say("import-column-unknown", &[("header", header)]);
        };
        let list = |pick: fn(&Text) -> &str| {
            near.iter().take(3).map(|it| pick(it.1)).collect::<Vec<_>>().join(" / ")
        };
        let near = match near.len() {
            1 => (*first).clone(),
            _ => Text::new(list(|it| &it.zh), list(|it| &it.en)),
        };
        say("import-column-near", &[("header", header), ("near", (&near).into())])
    }
}

/// Where each column stands in a file.
pub(crate) struct Layout {
    at: BTreeMap<Part, usize>,
    headers: BTreeMap<Part, Text>,
}

impl Layout {
    /// Columns present, with their places.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&Part, usize)> {
        self.at.iter().map(|(part, at)| (part, *at))
    }

    /// The place of a column.
    pub(crate) fn at(&self, part: &Part) -> Option<usize> {
        self.at.get(part).copied()
    }

    /// The letter of a column; empty if the file does not have it.
    pub(crate) fn letter(&self, part: &Part) -> String {
        self.at(part).map(letter).unwrap_or_default()
    }

    /// A column's letter and header as messages name it.
    pub(crate) fn named(&self, part: &Part) -> Text {
        let header = self.headers.get(part).cloned().unwrap_or_default();
        match self.at(part) {
            Some(at) => say(
                "import-column-named",
                &[("column", letter(at).as_str().into()), ("header", (&header).into())],
            ),
            None => header,
        }
    }
}

/// A header without blanks, in small letters, with plain forms of full-width signs.
fn plain(header: &str) -> String {
    header
        .chars()
        .map(super::day::half_width)
        .filter(|it| !it.is_whitespace() && *it != '\u{feff}')
        .map(|it| match it {
            '\u{2022}' | '\u{30fb}' | '\u{ff65}' | '.' => '\u{b7}',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = before + usize::from(x != *y);
            before = row[j + 1];
            row[j + 1] = change.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The field of a column in a version, with its act.
pub(crate) fn field_of<'a>(procedure: &'a Procedure, part: &Part) -> Option<(&'a Act, &'a Field)> {
    let Part::Field(act, field) = part else { return None };
    let act = procedure.act(act)?;
    let asks = act.asks.iter().any(|it| matches!(&it.what, Wanted::Field(key) if key == field));
    Some((act, procedure.field(field).filter(|_| asks)?))
}

/// The series of a column in a version.
pub(crate) fn series_of<'a>(procedure: &'a Procedure, part: &Part) -> Option<&'a Series> {
    let Part::Issued(act, series) = part else { return None };
    let takes = |it: &law::Effect| matches!(&it.kind, law::EffectKind::Number(key) if key == series);
    procedure.act(act)?.effects.iter().any(takes).then(|| procedure.serie(series))?
}

/// The party role of a column in a version.
pub(crate) fn role_of<'a>(procedure: &'a Procedure, part: &Part) -> Option<&'a PartyRole> {
    match part {
        Part::Names(_, role) | Part::Kinds(_, role) | Part::Numbers(_, role) => procedure.party(role),
        _ => None,
    }
}
