//! Makes `examples/import/500105-2023.csv` and `.xlsx` from `courses-500105-2023.txt` and `names.txt`: dated acts of
//! invented cases, always the same from the same seed. `cargo run -p office --example make_500105`.
//!
//! It knows no procedure: acts, fields and words come from those two files and from the procedure itself.

#![expect(clippy::unwrap_used, reason = "a generator that fails should stop")]

use std::{collections::BTreeMap, fs, path::Path};

use calendar::{Calendar, Date};
use law::{Procedure, Text, Wanted, identifier};
use office::{Laws, import};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const SEED: u64 = 5_001_052_023;
/// Of so many applicants one is an organization, and one applies together with another.
const FIRMS: u64 = 6;
const TOGETHER: u64 = 12;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/import");
    let courses = fs::read_to_string(folder.join("courses-500105-2023.txt")).unwrap();
    let names = names(&fs::read_to_string(folder.join("names.txt")).unwrap());
    let laws = Laws::embedded().unwrap();
    let key = laws.procedures().first().unwrap().clone();
    let procedure = laws.procedure(&key, Date::new(2023, 6, 1).unwrap()).unwrap();
    let mut maker = Maker {
        names,
        calendar: laws.calendar().clone(),
        procedure: &procedure,
        chance: Chance(SEED),
        people: 0,
    };
    let mut rows: Vec<Row> = Vec::new();
    for course in read(&courses) {
        for _ in 0..course.count {
            rows.push(maker.row(&course));
        }
    }
    rows.sort_by_key(|it| it.received);
    for (number, row) in (1_u32..).zip(&mut rows) {
        let own = maker.names["letterhead"][0].replace("{n}", &number.to_string());
        row.cells.insert("own-number".to_owned(), Said::Words(own));
    }
    let headers: Vec<(String, Text)> = import::headers(&procedure)
        .into_iter()
        .filter(|(path, _)| rows.iter().any(|row| row.cells.contains_key(path)))
        .collect();
    fs::write(folder.join("500105-2023.csv"), csv(&headers, &rows)).unwrap();
    fs::write(folder.join("500105-2023.xlsx"), xlsx(&headers, &rows)).unwrap();
    println!("{key}: {} rows, {} columns", rows.len(), headers.len());
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

/// How so many cases went.
struct Course {
    count: u32,
    from: Date,
    to: Date,
    /// Days for which the applicant had known of the act.
    known: (u32, u32),
    steps: Vec<Step>,
}

struct Step {
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

fn read(text: &str) -> Vec<Course> {
    let mut courses: Vec<Course> = Vec::new();
    for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        if words[0] == "course" {
            let known = words.get(4).and_then(|it| it.strip_prefix("known=")).unwrap_or("4..40");
            courses.push(Course {
                count: words[1].parse().unwrap(),
                from: words[2].parse().unwrap(),
                to: words[3].parse().unwrap(),
                known: range(known),
                steps: Vec::new(),
            });
            continue;
        }
        let values = words[3..].iter().map(|it| it.split_once('=').unwrap());
        courses.last_mut().unwrap().steps.push(Step {
            act: words[0].to_owned(),
            from_start: words[1].starts_with('@'),
            after: range(&words[1][1..]),
            working: words[2].starts_with("working"),
            values: values.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        });
    }
    courses
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
    names: BTreeMap<String, Vec<String>>,
    calendar: Calendar,
    procedure: &'a Procedure,
    chance: Chance,
    people: u32,
}

impl Maker<'_> {
    fn row(&mut self, course: &Course) -> Row {
        let span = u32::try_from((course.to - course.from).get_days()).unwrap();
        let within = self.chance.within((0, span));
        let received = self.working(later(course.from, within));
        let mut cells = self.application(received, course.known);
        let mut last = received;
        for step in &course.steps {
            let after = self.chance.within(step.after);
            let start = if step.from_start { received } else { last };
            last = match step.working {
                true => (0..after).fold(start, |day, _| self.working(later(day, 1))),
                false => self.working(later(start, after)),
            };
            cells.insert(step.act.clone(), Said::Day(last));
            for (field, value) in &step.values {
                let value = match value.strip_prefix('@') {
                    Some(list) => self.chance.one(&self.names[list]).to_owned(),
                    None => value.clone(),
                };
                cells.insert(format!("{}.{field}", step.act), Said::Words(value));
            }
        }
        Row { received, cells }
    }

    /// The opening act: its parties and its fields, each from the list that the names file gives it.
    fn application(&mut self, received: Date, known: (u32, u32)) -> BTreeMap<String, Said> {
        let act = self.procedure.openings().next().unwrap();
        let mut cells = BTreeMap::from([(act.key.to_string(), Said::Day(received))]);
        for ask in act.asks.iter().filter(|it| it.need == law::Need::Required) {
            match &ask.what {
                Wanted::Parties(role) => {
                    let path = format!("{}.{role}", act.key);
                    let bodies = self.procedure.party(role).unwrap().kinds == [law::PartyKind::Body];
                    if bodies {
                        let body = self.chance.one(&self.names["respondent"]).to_owned();
                        cells.insert(path, Said::Words(body));
                    } else {
                        let (names, numbers) = self.applicants(received);
                        cells.insert(path.clone(), Said::Words(names));
                        cells.insert(format!("{path}.number"), Said::Words(numbers));
                    }
                }
                Wanted::Field(field) => {
                    let path = format!("{}.{field}", act.key);
                    let said = match &self.procedure.field(field).unwrap().kind {
                        law::FieldKind::Date { .. } => {
                            Said::Day(earlier(received, self.chance.within(known)))
                        }
                        _ => {
                            let list = self.names[&format!("for:{field}")][0].clone();
                            Said::Words(self.chance.one(&self.names[&list]).to_owned())
                        }
                    };
                    cells.insert(path, said);
                }
            }
        }
        cells
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
            return (name, credit_code(self.people));
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
        (name, identity(born, on))
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
fn identity(born: Date, on: Date) -> String {
    let front = format!("500105{:04}{:02}{:02}000", born.year(), born.month(), born.day());
    let fits = |it: &String| identifier::check_identity(it, on).is_ok();
    "0123456789X".chars().map(|last| format!("{front}{last}")).find(fits).unwrap()
}

/// A credit code whose body is a running number behind zeros, with its right check character.
fn credit_code(number: u32) -> String {
    let front = format!("91500105{number:09}");
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
