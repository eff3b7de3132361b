//! Makes the import examples: `examples/import/*.csv` (and `.xlsx` where asked for) from the courses of invented cases
//! in `courses-*.txt` and the words in `names*.txt`, always the same. `cargo run -p office --example make_imports`.
//!
//! It knows no procedure: acts, fields and words come from those files and from the procedures themselves.

#![expect(clippy::unwrap_used, reason = "a generator that fails should stop")]

use std::{collections::BTreeMap, fs, path::Path};

use calendar::{Calendar, Date};
use law::{Procedure, Text, Wanted, identifier};
use office::{Laws, import};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// Of so many applicants one is an organization, and one applies together with another.
const FIRMS: u64 = 6;
const TOGETHER: u64 = 12;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/import");
    let laws = Laws::embedded().unwrap();
    let common = names(&fs::read_to_string(folder.join("names.txt")).unwrap());
    let mut courses: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    courses.retain(|it| it.file_name().unwrap().to_str().unwrap().starts_with("courses-"));
    courses.sort();
    for path in courses {
        for sheet in read(&fs::read_to_string(&path).unwrap()) {
            let mut words = common.clone();
            if let Ok(own) = fs::read_to_string(folder.join(format!("names-{}.txt", sheet.place()))) {
                words.extend(names(&own));
            }
            make(&folder, &laws, words, &sheet);
        }
    }
}

/// Makes one file.
fn make(folder: &Path, laws: &Laws, words: BTreeMap<String, Vec<String>>, sheet: &Sheet) {
    let from = sheet.courses.iter().map(|it| it.from).min().unwrap();
    let procedure = laws.procedure(&sheet.procedure, from).unwrap();
    let mut maker = Maker {
        letterhead: words[&format!("letterhead:{}", sheet.procedure)][0].clone(),
        names: words,
        place: sheet.place().to_owned(),
        calendar: laws.calendar().clone(),
        procedure: &procedure,
        chance: Chance(sheet.seed),
        people: 0,
        turn: 0,
    };
    let mut cases: Vec<Vec<Row>> = Vec::new();
    for course in &sheet.courses {
        for _ in 0..course.count {
            cases.push(maker.case(course));
        }
    }
    cases.sort_by_key(|it| it[0].received);
    for (number, rows) in (1_u32..).zip(&mut cases) {
        let own = maker.own(rows[0].received, number);
        for row in rows {
            row.cells.insert("own-number".to_owned(), Said::Words(own.clone()));
        }
    }
    let rows: Vec<Row> = cases.into_iter().flatten().collect();
    let headers: Vec<(String, Text)> = import::headers(&procedure)
        .into_iter()
        .filter(|(path, _)| rows.iter().any(|row| row.cells.contains_key(path)))
        .collect();
    for row in &rows {
        let stray = row.cells.keys().find(|it| !headers.iter().any(|(path, _)| path == *it));
        assert_eq!(stray, None, "{}: no such column", sheet.name);
    }
    fs::write(folder.join(format!("{}.csv", sheet.name)), csv(&headers, &rows)).unwrap();
    if sheet.xlsx {
        fs::write(folder.join(format!("{}.xlsx", sheet.name)), xlsx(&headers, &rows)).unwrap();
    }
    println!("{}: {}, {} rows, {} columns", sheet.name, sheet.procedure, rows.len(), headers.len());
}

/// What a cell says.
#[derive(Clone)]
enum Said {
    Words(String),
    Day(Date),
}

struct Row {
    received: Date,
    cells: BTreeMap<String, Said>,
}

/// One file to be made.
struct Sheet {
    name: String,
    procedure: String,
    seed: u64,
    xlsx: bool,
    courses: Vec<Course>,
}

impl Sheet {
    /// The code of its place.
    fn place(&self) -> &str {
        &self.name[..6]
    }
}

/// How so many cases went.
struct Course {
    count: u32,
    from: Date,
    to: Date,
    /// Days for which the applicant had known of the act.
    known: (u32, u32),
    /// The act that opens, if it is not the procedure's first.
    opens: Option<String>,
    /// What the opening act is given besides or instead.
    values: Vec<(String, String)>,
    steps: Vec<Step>,
}

struct Step {
    /// 0 for the case's own row, else which further row.
    row: usize,
    act: String,
    from_start: bool,
    after: (u32, u32),
    working: bool,
    values: Vec<(String, String)>,
}

fn range(text: &str) -> (u32, u32) {
    let (least, most) = text.split_once("..").unwrap();
    (least.parse().unwrap(), most.parse().unwrap())
}

fn read(text: &str) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut row = 0;
    for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        let mut words: Vec<&str> = line.split(' ').collect();
        match words[0] {
            "file" => {
                let seed = words[3].strip_prefix("seed=").unwrap().parse().unwrap();
                let (name, procedure) = (words[1].to_owned(), words[2].to_owned());
                let xlsx = words.get(4) == Some(&"xlsx");
                sheets.push(Sheet { name, procedure, seed, xlsx, courses: Vec::new() });
            }
            "course" => {
                row = 0;
                sheets.last_mut().unwrap().courses.push(course(&words));
            }
            _ => {
                let course = sheets.last_mut().unwrap().courses.last_mut().unwrap();
                let further = words[0].starts_with('>').then(|| words.remove(0));
                // One sign goes on in the same further row, two begin the next.
                row += usize::from(further == Some(">>"));
                course.steps.push(step(&words, if further.is_some() { row } else { 0 }));
            }
        }
    }
    sheets
}

fn course(words: &[&str]) -> Course {
    let mut course = Course {
        count: words[1].parse().unwrap(),
        from: words[2].parse().unwrap(),
        to: words[3].parse().unwrap(),
        known: (4, 40),
        opens: None,
        values: Vec::new(),
        steps: Vec::new(),
    };
    for (key, value) in words[4..].iter().map(|it| it.split_once('=').unwrap()) {
        match key {
            "known" => course.known = range(value),
            "opens" => course.opens = Some(value.to_owned()),
            _ => course.values.push((key.to_owned(), value.to_owned())),
        }
    }
    course
}

fn step(words: &[&str], row: usize) -> Step {
    let values = words[3..].iter().map(|it| it.split_once('=').unwrap());
    Step {
        row,
        act: words[0].to_owned(),
        from_start: words[1].starts_with('@'),
        after: range(&words[1][1..]),
        working: words[2].starts_with("working"),
        values: values.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
    }
}

fn names(text: &str) -> BTreeMap<String, Vec<String>> {
    let lines = text.lines().filter(|it| !it.starts_with('#'));
    let lists = lines.filter_map(|line| line.split_once(' '));
    lists.map(|(key, rest)| (key.to_owned(), rest.split(' ').map(str::to_owned).collect())).collect()
}

/// Numbers that only look like chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn within(&mut self, (least, most): (u32, u32)) -> u32 {
        least + u32::try_from(self.next() % u64::from(most - least + 1)).unwrap()
    }

    fn one<'a>(&mut self, list: &'a [String]) -> &'a str {
        &list[usize::try_from(self.next() % list.len() as u64).unwrap()]
    }
}

struct Maker<'a> {
    letterhead: String,
    names: BTreeMap<String, Vec<String>>,
    place: String,
    calendar: Calendar,
    procedure: &'a Procedure,
    chance: Chance,
    people: u32,
    /// How often a list that goes round has been asked.
    turn: usize,
}

impl Maker<'_> {
    fn own(&self, received: Date, number: u32) -> String {
        self.letterhead.replace("{year}", &received.year().to_string()).replace("{n}", &number.to_string())
    }

    /// The rows of one case: its own, then one for each item.
    fn case(&mut self, course: &Course) -> Vec<Row> {
        let span = u32::try_from((course.to - course.from).get_days()).unwrap();
        let within = self.chance.within((0, span));
        let received = self.working(later(course.from, within));
        let cells = self.application(received, course);
        let mut rows = vec![Row { received, cells }];
        let mut last = received;
        for step in &course.steps {
            let after = self.chance.within(step.after);
            let start = if step.from_start { received } else { last };
            last = match step.working {
                true => (0..after).fold(start, |day, _| self.working(later(day, 1))),
                false => self.working(later(start, after)),
            };
            while rows.len() <= step.row {
                rows.push(Row { received, cells: BTreeMap::new() });
            }
            let mut said = vec![(step.act.clone(), Said::Day(last))];
            for (field, value) in &step.values {
                said.push((format!("{}.{field}", step.act), self.value(value, last)));
            }
            rows[step.row].cells.extend(said);
        }
        rows
    }

    /// A value as the courses write it: `@list` any of a list, `#list` the next of it, `+9` so many days after the
    /// act; `{n}` is a running number, `{year}` the year of the act.
    fn value(&mut self, value: &str, on: Date) -> Said {
        if let Some(days) = value.strip_prefix('+') {
            return Said::Day(self.working(later(on, days.parse().unwrap())));
        }
        let text = match (value.strip_prefix('@'), value.strip_prefix('#')) {
            (Some(list), _) => self.chance.one(&self.names[list]).to_owned(),
            (_, Some(list)) => {
                self.turn += 1;
                let list = &self.names[list];
                list[self.turn % list.len()].clone()
            }
            _ => value.to_owned(),
        };
        if text.contains("{n}") {
            self.people += 1;
        }
        let year = on.year().to_string();
        Said::Words(text.replace("{n}", &self.people.to_string()).replace("{year}", &year))
    }

    /// The opening act: its parties and its fields, each from the list that the names file gives it.
    fn application(&mut self, received: Date, course: &Course) -> BTreeMap<String, Said> {
        let mut openings = self.procedure.openings();
        let act = match &course.opens {
            Some(key) => openings.find(|it| it.key.as_str() == key).unwrap(),
            None => openings.next().unwrap(),
        };
        let mut cells = BTreeMap::from([(act.key.to_string(), Said::Day(received))]);
        for ask in act.asks.iter().filter(|it| it.need == law::Need::Required) {
            match &ask.what {
                Wanted::Parties(role) => {
                    self.party(&format!("{}.{role}", act.key), role, received, &mut cells)
                }
                Wanted::Field(field) => {
                    let given = course.values.iter().find(|it| it.0 == field.as_str());
                    let dated =
                        matches!(self.procedure.field(field).unwrap().kind, law::FieldKind::Date { .. });
                    let said = match given {
                        Some((_, value)) => self.value(value, received),
                        None if dated && !self.names.contains_key(&format!("for:{field}")) => {
                            Said::Day(earlier(received, self.chance.within(course.known)))
                        }
                        None => {
                            let list = self.names.get(&format!("for:{field}"));
                            let list = list.unwrap_or_else(|| panic!("no words for {field}"))[0].clone();
                            match list.starts_with('+') {
                                true => self.value(&list, received),
                                false => self.value(&format!("@{list}"), received),
                            }
                        }
                    };
                    cells.insert(format!("{}.{field}", act.key), said);
                }
            }
        }
        let optional =
            course.values.iter().filter(|(field, _)| !cells.contains_key(&format!("{}.{field}", act.key)));
        let more: Vec<_> = optional.cloned().collect();
        for (field, value) in more {
            let said = self.value(&value, received);
            cells.insert(format!("{}.{field}", act.key), said);
        }
        cells
    }

    fn party(&mut self, path: &str, role: &law::Key, on: Date, cells: &mut BTreeMap<String, Said>) {
        if self.procedure.party(role).unwrap().kinds == [law::PartyKind::Body] {
            let body = self.chance.one(&self.names["respondent"]).to_owned();
            cells.insert(path.to_owned(), Said::Words(body));
            return;
        }
        let (names, numbers) = self.applicants(on);
        cells.insert(path.to_owned(), Said::Words(names));
        cells.insert(format!("{path}.number"), Said::Words(numbers));
    }

    /// One applicant, now and then two: names and numbers.
    fn applicants(&mut self, on: Date) -> (String, String) {
        if self.chance.next().is_multiple_of(FIRMS) {
            let name = format!(
                "{}{}",
                self.chance.one(&self.names["firm-head"]).to_owned(),
                self.chance.one(&self.names["firm-tail"]).to_owned()
            );
            self.people += 1;
            return (name, credit_code(&self.place, self.people));
        }
        let count = if self.chance.next().is_multiple_of(TOGETHER) { 2 } else { 1 };
        let people: Vec<(String, String)> = (0..count).map(|_| self.person(on)).collect();
        let join = |pick: fn(&(String, String)) -> &str| {
            people.iter().map(pick).collect::<Vec<_>>().join("\u{ff1b}")
        };
        (join(|it| &it.0), join(|it| &it.1))
    }

    fn person(&mut self, on: Date) -> (String, String) {
        self.people += 1;
        let surname = self.chance.one(&self.names["surname"]).to_owned();
        let name = format!("{surname}{}", self.chance.one(&self.names["given"]).to_owned());
        let born = Date::new(1950, 1, 1).unwrap();
        let born = later(born, self.chance.within((0, 19_300)));
        (name, identity(&self.place, born, on))
    }

    /// The day itself or the next working day.
    fn working(&self, mut day: Date) -> Date {
        while !self.calendar.is_working(day) {
            day = later(day, 1);
        }
        day
    }
}

fn later(day: Date, by: u32) -> Date {
    day.saturating_add(jiff::Span::new().days(i64::from(by)))
}

fn earlier(day: Date, by: u32) -> Date {
    day.saturating_sub(jiff::Span::new().days(i64::from(by)))
}

/// An identity number of the sequence 000, which is given to nobody, with its right check digit.
fn identity(place: &str, born: Date, on: Date) -> String {
    let front = format!("{place}{:04}{:02}{:02}000", born.year(), born.month(), born.day());
    let fits = |it: &String| identifier::check_identity(it, on).is_ok();
    "0123456789X".chars().map(|last| format!("{front}{last}")).find(fits).unwrap()
}

/// A credit code whose body is a running number behind zeros, with its right check character.
fn credit_code(place: &str, number: u32) -> String {
    let front = format!("91{place}{number:09}");
    let fits = |it: &String| identifier::check_credit_code(it).is_ok();
    "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().map(|last| format!("{front}{last}")).find(fits).unwrap()
}

fn csv(headers: &[(String, Text)], rows: &[Row]) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    let mut line = |cells: Vec<String>| {
        let quoted = cells.iter().map(|it| match it.contains([',', '"', '\n']) {
            true => format!("\"{}\"", it.replace('"', "\"\"")),
            false => it.clone(),
        });
        text.push_str(&quoted.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    };
    line(headers.iter().map(|it| it.1.zh.clone()).collect());
    for row in rows {
        line(headers.iter().map(|(path, _)| row.cells.get(path).map(shown).unwrap_or_default()).collect());
    }
    text.into_bytes()
}

fn shown(said: &Said) -> String {
    match said {
        Said::Words(words) => words.clone(),
        Said::Day(day) => day.to_string(),
    }
}

fn xlsx(headers: &[(String, Text)], rows: &[Row]) -> Vec<u8> {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let head = Format::new().set_bold().set_text_wrap();
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 1, 2).unwrap();
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    for (at, (path, header)) in (0_u16..).zip(headers) {
        sheet.set_column_width(at, 14).unwrap();
        sheet.write_string_with_format(0, at, &header.zh, &head).unwrap();
        for (line, row) in (1_u32..).zip(rows) {
            match row.cells.get(path) {
                Some(Said::Words(words)) => sheet.write_string(line, at, words).map(drop),
                Some(Said::Day(it)) => {
                    let year = u16::try_from(it.year()).unwrap();
                    let (month, date) = (it.month().unsigned_abs(), it.day().unsigned_abs());
                    let cell = ExcelDateTime::from_ymd(year, month, date).unwrap();
                    sheet.write_datetime_with_format(line, at, &cell, &day).map(drop)
                }
                None => Ok(()),
            }
            .unwrap();
        }
    }
    sheet.set_freeze_panes(1, 1).unwrap();
    book.save_to_buffer().unwrap()
}
