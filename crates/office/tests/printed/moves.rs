//! A record that is changed moves exactly the figures it must; and the sums are what the events say.

use std::{collections::BTreeSet, fs};

use law::Formula;
use office::{Office, import};

use crate::places::{Folder, Place, examples, laws, official, places};

fn small() -> Place {
    places().into_iter().find(|it| it.code.to_string() == "211221").unwrap()
}

/// Every indicator's value in the place's year.
fn values(place: &Place, office: &Office) -> Vec<(String, Option<String>)> {
    let all = office.figures(&official(&place.code), place.year).unwrap().unwrap();
    all.into_iter().map(|it| (it.key.to_string(), it.value)).collect()
}

/// A file of the place as cells.
struct Sheet {
    file: String,
    procedure: String,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn read(place: &Place, ends: &str) -> Self {
        let (file, procedure) = place.files().into_iter().find(|it| it.0.ends_with(ends)).unwrap();
        let text = fs::read_to_string(examples("import").join(&file)).unwrap();
        let lines = text.trim_start_matches('\u{feff}').lines();
        let rows = lines.map(|line| line.split(',').map(str::to_owned).collect()).collect();
        Self { file, procedure, rows }
    }

    /// Where a column stands, by its path.
    fn column(&self, place: &Place, path: &str) -> usize {
        let on = calendar::Date::new(place.year, 6, 1).unwrap();
        let version = laws().procedure(&self.procedure, on).unwrap();
        let headers = import::headers(&version);
        let shown = &headers.iter().find(|it| it.0 == path).unwrap_or_else(|| panic!("{path}")).1.zh;
        self.rows[0].iter().position(|it| it == shown).unwrap_or_else(|| panic!("no column {path}"))
    }

    fn bytes(&self) -> Vec<u8> {
        self.rows.iter().map(|it| it.join(",") + "\n").collect::<String>().into_bytes()
    }
}

/// The place's office with one file changed.
fn with(place: &Place, folder: &Folder, changed: &Sheet) -> Office {
    let office = place.bare(folder);
    for (file, procedure) in place.files() {
        let bytes = match file == changed.file {
            true => changed.bytes(),
            false => fs::read(examples("import").join(&file)).unwrap(),
        };
        place.bring(&office, &procedure, &file, &bytes);
    }
    office
}

fn moved(before: &[(String, Option<String>)], after: &[(String, Option<String>)]) -> BTreeSet<String> {
    let pairs = before.iter().zip(after).filter(|(one, other)| one != other);
    pairs.map(|(one, _)| one.0.clone()).collect()
}

fn set(keys: &[&str]) -> BTreeSet<String> {
    keys.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn a_head_who_stayed_away_moves_the_figures_of_appearance_and_no_others() {
    let place = small();
    let folder = Folder::new("away-before");
    let before = values(&place, &place.office(&folder));
    let mut sheet = Sheet::read(&place, "-suits.csv");
    let came = sheet.column(&place, "head-appeared");
    let level = sheet.column(&place, "confirm-appearance.appearing-level");
    let [away, proper] = ["staff-appeared-unexcused", "staff-appeared-unexcused.staff-proper"]
        .map(|it| sheet.column(&place, it));
    let own = sheet.column(&place, "own-number");
    let organ = sheet.column(&place, "register-suit.sued-organ-level");
    let departments: Vec<String> =
        sheet.rows.iter().filter(|it| it[organ] == "政府工作部门").map(|it| it[own].clone()).collect();
    let day = |row: &Vec<String>| !row[came].is_empty() && departments.contains(&row[own]);
    let at = sheet.rows.iter().position(|it| day(it) && it[level] == "副职负责人").unwrap();
    let on = std::mem::take(&mut sheet.rows[at][came]);
    for cell in &mut sheet.rows[at][level - 1..came + 2] {
        cell.clear();
    }
    (sheet.rows[at][away], sheet.rows[at][proper]) = (on, "是".to_owned());
    let folder = Folder::new("away-after");
    let after = values(&place, &with(&place, &folder, &sheet));
    let must = [
        "hearings-attended",
        "hearings-due-attended",
        "suits-attended",
        "appearance-rate",
        "department-hearings-attended",
        "department-hearings-due-attended",
        "department-suits-attended",
        "department-suits-deputy",
        "department-appearance-rate",
    ];
    assert_eq!(moved(&before, &after), set(&must));
}

#[test]
fn another_outcome_moves_the_figures_of_that_outcome_and_no_others() {
    let place = small();
    let folder = Folder::new("outcome-before");
    let before = values(&place, &place.office(&folder));
    let mut sheet = Sheet::read(&place, "211221-2023.csv");
    let columns = [
        "decide-uphold",
        "decide-uphold.decision-reasons",
        "decide-revoke",
        "decide-revoke.decision-reasons",
    ];
    let [upheld, why, revoked, because] = columns.map(|it| sheet.column(&place, it));
    let redo = sheet.column(&place, "decide-revoke.redo-ordered");
    let row = sheet.rows.iter_mut().skip(1).find(|it| !it[upheld].is_empty()).unwrap();
    row[revoked] = std::mem::take(&mut row[upheld]);
    row[because] = std::mem::take(&mut row[why]);
    row[redo] = "否".to_owned();
    let folder = Folder::new("outcome-after");
    let after = values(&place, &with(&place, &folder, &sheet));
    let must = [
        "decided-upheld",
        "decided-revoked",
        "acts-corrected",
        "corrected-overall",
        "mediated-share-of-corrected",
        "correction-rate",
        "direct-correction-share",
    ];
    assert_eq!(moved(&before, &after), set(&must));
}

#[test]
fn a_date_in_the_year_before_moves_a_suit_there() {
    let place = small();
    let folder = Folder::new("date-before");
    let before = values(&place, &place.office(&folder));
    let mut sheet = Sheet::read(&place, "-suits.csv");
    let [opened, instance, answered, judged] =
        ["register-suit", "register-suit.court-instance", "file-answer-brief", "judged-dismissed"]
            .map(|it| sheet.column(&place, it));
    // One that came in late in the year and is still open: all its days go back a year.
    let late = |row: &&mut Vec<String>| {
        row[instance] == "第一审" && row[opened].as_str() > "2023-11-01" && row[judged].is_empty()
    };
    let row = sheet.rows.iter_mut().skip(1).find(late).unwrap();
    assert!(!row[answered].is_empty());
    for cell in row.iter_mut().filter(|it| it.parse::<calendar::Date>().is_ok()) {
        *cell = cell.replacen("2023", "2022", 1);
    }
    let folder = Folder::new("date-after");
    let office = with(&place, &folder, &sheet);
    let must = ["suits-received", "first-suits-received", "first-suits-change", "reconsideration-and-suits"];
    // The loss rate stands on concluded suits here: another version of it moves, this one must not.
    assert_eq!(moved(&before, &values(&place, &office)), set(&must));
    let rate = office.figure(&place.code, "loss-rate", place.year).unwrap().unwrap();
    let versions: Vec<_> =
        rate.versions.iter().map(|it| (it.key.as_str(), it.own, it.value.clone())).collect();
    let by_received = versions.iter().find(|it| it.0 == "by-received").unwrap();
    assert_eq!(by_received.2.as_deref(), Some("12.8"), "6 of 47, no longer of 48");
}

/// A case left out changes a count exactly if the count's list has the case.
#[test]
fn a_case_left_out_is_missed_by_the_counts_that_list_it() {
    let place = small();
    let folder = Folder::new("left-before");
    let whole = place.office(&folder);
    let before = values(&place, &whole);
    let sheet = Sheet::read(&place, "-suits.csv");
    let own = sheet.column(&place, "own-number");
    let counts: Vec<&law::Indicator> = laws_counts();
    for nth in [3, 19, 40] {
        let gone =
            sheet.rows[1..].iter().map(|it| &it[own]).collect::<BTreeSet<_>>().into_iter().nth(nth).unwrap();
        let id = import::find_own(&whole, &place.code, &sheet.procedure, gone).unwrap().unwrap();
        let number = whole.store().read(|it| it.matter(&place.code, id)).unwrap().unwrap().number();
        let rest = Sheet {
            rows: sheet.rows.iter().filter(|it| it[own] != *gone).cloned().collect(),
            ..Sheet::read(&place, "-suits.csv")
        };
        let folder = Folder::new(&format!("left-{nth}"));
        let found = moved(&before, &values(&place, &with(&place, &folder, &rest)));
        for indicator in &counts {
            let listed = whole.case_numbers(&place.code, &indicator.key, place.year).unwrap().unwrap();
            assert_eq!(
                listed.contains(&number),
                found.contains(indicator.key.as_str()),
                "{}: {gone}",
                indicator.key
            );
        }
        assert!(found.len() > 2, "{found:?}");
    }
}

fn laws_counts() -> Vec<&'static law::Indicator> {
    static LAWS: std::sync::OnceLock<office::Laws> = std::sync::OnceLock::new();
    let all = LAWS.get_or_init(laws).indicators();
    all.filter(|it| matches!(it.formula, Formula::Count(_) | Formula::Open { .. })).collect()
}

#[test]
fn figures_open_their_cases_and_sums_are_what_the_events_say() {
    for place in places() {
        let folder = Folder::new(&format!("open-{}", place.code));
        let office = place.office(&folder);
        for figure in office.figures(&official(&place.code), place.year).unwrap().unwrap() {
            let numbers = office.case_numbers(&place.code, &figure.key, place.year).unwrap().unwrap();
            let one = office.figure(&place.code, &figure.key, place.year).unwrap().unwrap();
            assert_eq!(
                (Some(numbers.len() as i64), &one.value),
                (one.cases, &figure.value),
                "{}",
                figure.key
            );
            assert_eq!(figure.opens, !numbers.is_empty(), "{}", figure.key);
            let sum: i64 = figure.parts.iter().map(|it| it.1).sum();
            if let Some(whole) = figure.value.as_ref().filter(|_| !figure.parts.is_empty()) {
                let split = whole.parse::<i64>().unwrap();
                assert!(sum == split || figure.parts.len() as i64 == split, "{}: {sum} {split}", figure.key);
            }
        }
        let report = store::verify(office.store().dir(), laws().watch(), &|_| {}).unwrap();
        assert!(report.is_clean(), "{:#?}", report.misfits);
    }
}
