//! Going live: matters that still run are brought in with their clocks half run, and with the numbers they bear.

use calendar::DateTime;
use law::Text;
use office::{
    Office, Options,
    import::{self, Checked, Imported, RowFault},
    view::InboxKind,
};
use store::{MisfitKind, Queue};

use crate::desk::{Folder, PROCEDURE, laws, official, place, sheet, wait};

const HEADER: &str = "own-number,file-application,file-application.case-number.issued,\
    file-application.applicant,file-application.applicant.kind,file-application.respondent,\
    file-application.contested-act-kind,file-application.contested-act,file-application.known-on,\
    file-application.relief-sought,file-application.facts-and-reasons,accept-application,\
    accept-application.seven-conditions,send-copy,suspend-review,suspend-review.suspension-ground,\
    suspend-review.suspension-reason,resume-review,extend-review,extend-review.extension-days,\
    extend-review.extension-reason";

/// A row: own number, filed on, number borne, and what comes after the application.
fn row(own: &str, filed: &str, number: &str, rest: &str) -> String {
    let known = filed;
    let given =
        format!("{own},{filed},{number},W,person,Bureau,penalty-decision,a fine,{known},annul,too high");
    let blanks = 9 - rest.split(',').count().min(9);
    format!("{given},{rest}{}", ",".repeat(blanks))
}

/// Filed before the holiday of May and in its five days of examination when the office goes live.
fn over_the_holiday() -> String {
    row("a", "2026-04-29", "Old\u{3014}2026\u{3015}7\u{53f7}", ",,,,,,,,")
}

/// Accepted, then suspended, and not yet resumed.
fn suspended() -> String {
    row("b", "2026-03-02", "3", "2026-03-05,yes,2026-03-06,2026-04-01,force-majeure,flood,,,,")
}

/// Accepted, suspended and resumed, then extended.
fn resumed_and_extended() -> String {
    let rest =
        "2026-03-05,yes,2026-03-06,2026-03-20,force-majeure,flood,2026-04-07,2026-04-20,30,complicated";
    row("c", "2026-03-02", "4", rest)
}

/// Accepted and long past its sixty days.
fn overdue() -> String {
    row("d", "2026-01-04", "1", "2026-01-05,yes,2026-01-06,,,,,,,")
}

fn file(rows: &[String]) -> Vec<u8> {
    sheet(&HEADER.replace([' ', '\n'], ""), &rows.iter().map(String::as_str).collect::<Vec<_>>())
}

fn all() -> Vec<u8> {
    file(&[over_the_holiday(), suspended(), resumed_and_extended(), overdue()])
}

/// An office that goes live on the morning after the holiday.
fn live(folder: &Folder) -> Office {
    let options = Options { data: folder.path().to_owned(), create: Some(store::Kind::Demonstration) };
    let office = Office::open(&options, laws()).unwrap();
    let morning: DateTime = "2026-05-06T09:00".parse().unwrap();
    office.set_demo_clock(morning).unwrap();
    let (name, organ) = (Text::new("江北", "Jiangbei"), Text::new("江北区政府", "the district"));
    wait(office.record_place(&place(), &name, &organ)).unwrap();
    office
}

fn bring(office: &Office, bytes: &[u8]) -> Result<Imported, Vec<RowFault>> {
    import::import_file(office, &official(), PROCEDURE, "file", bytes, |_| {}).unwrap()
}

fn checked(office: &Office, bytes: &[u8]) -> Checked {
    wait(import::check(office, &official(), PROCEDURE, "file", bytes.to_vec())).unwrap().unwrap()
}

/// The numbers, states and ends that a list tells of.
fn told(running: &[import::Running]) -> Vec<String> {
    running
        .iter()
        .map(|it| {
            let clocks: Vec<String> =
                it.clocks.iter().map(|it| format!("{} {} {}", it.limit.en, it.state, it.due)).collect();
            format!("{} {}: {}", it.number, it.stage.en, clocks.join("; "))
        })
        .collect()
}

fn inbox(office: &Office, kind: InboxKind) -> Vec<String> {
    let page = wait(office.inbox(&official(), kind, None)).unwrap().unwrap();
    page.rows
        .into_iter()
        .map(|it| format!("{} {}", it.number, it.due.map_or("-".into(), |it| it.due.to_string())))
        .collect()
}

#[test]
fn clocks_go_on_where_the_dated_acts_left_them() {
    let folder = Folder::new("running");
    let office = live(&folder);
    let found = checked(&office, &all());
    assert_eq!(found.errors, []);
    let wanted = [
        // Five working days over the holiday: the Saturday after it is worked.
        "a Under examination: Period of examination running 2026-05-09",
        "b Suspended: Period of review suspended 2026-05-06",
        // Sixty days, nineteen of them suspended but the first, thirty more, and off the rest day.
        "c Under review: Period of review running 2026-06-22",
        "d Under review: Period of review overdue 2026-03-06",
    ];
    assert_eq!(told(&found.running), wanted);
    assert!(inbox(&office, InboxKind::Open).is_empty(), "a check writes nothing");

    let done = bring(&office, &all()).unwrap();
    assert_eq!((done.imported, told(&done.running)), (4, told(&found.running)));
    let letters = |n: &str| format!("\u{590d}\u{6536}\u{3014}2026\u{3015}{n}\u{53f7}");
    let open = [
        format!("{} 2026-03-06", letters("1")),
        "Old\u{3014}2026\u{3015}7\u{53f7} 2026-05-09".to_owned(),
        format!("{} 2026-06-22", letters("4")),
        format!("{} -", letters("3")),
    ];
    assert_eq!(inbox(&office, InboxKind::Open), open);
    assert_eq!(inbox(&office, InboxKind::Overdue), open[..1]);
    assert_eq!(inbox(&office, InboxKind::Suspended), open[3..]);
    let received = office.figure(&place(), "applications-received", 2026).unwrap().unwrap();
    assert_eq!(received.value.as_deref(), Some("4"), "counted once all of it is in");

    // What the law does by itself it does to these matters too: nobody examined the first in time.
    wait(office.advance("2026-05-10T09:00".parse().unwrap())).unwrap();
    assert!(inbox(&office, InboxKind::Open).iter().all(|it| !it.ends_with("2026-05-09")));

    let again = bring(&office, &all()).unwrap();
    assert_eq!((again.imported, again.repeated, again.running, again.series), (0, 4, Vec::new(), Vec::new()));
    assert_sound(&office);
}

fn assert_sound(office: &Office) {
    let report = store::verify(office.store().dir(), laws().watch(), &|_| {}).unwrap();
    assert!(report.is_clean(), "{:?}", report.misfits);
}

/// The number that the office gives next.
fn next(office: &Office) -> u64 {
    let (place, body) = (place(), "500105-organ");
    office.store().read(|it| it.series_next(&place, body, "case-number", 2026)).unwrap().unwrap()
}

#[test]
fn numbers_are_claimed_and_the_series_goes_on_behind_them() {
    let folder = Folder::new("running-numbers");
    let office = live(&folder);
    let found = checked(&office, &all());
    let moved: Vec<_> =
        found.series.iter().map(|it| (it.series.en.as_str(), it.year, it.next, it.gaps.clone())).collect();
    assert_eq!(moved, [("Case number", 2026, 8, vec![(2, 2), (5, 6)])]);
    // A row that bears no number takes the next behind those of the file, wherever it stands in it.
    let unnumbered = row("e", "2026-04-29", "", ",,,,,,,,");
    let rows = [unnumbered, over_the_holiday(), suspended(), overdue()];
    bring(&office, &file(&rows)).unwrap();
    assert_eq!(next(&office), 9);
    let more = file(&[resumed_and_extended(), row("f", "2026-05-06", "12", ",,,,,,,,")]);
    assert_eq!(checked(&office, &more).series[0].gaps, [(9, 11)]);
    bring(&office, &more).unwrap();
    assert_eq!(next(&office), 13);
    let filled = file(&[row("g", "2026-05-06", "10", ",,,,,,,,")]);
    bring(&office, &filled).unwrap();
    assert_eq!(next(&office), 13);
    assert_sound(&office);
    let conn = rusqlite::Connection::open(folder.path().join("ledger.sqlite")).unwrap();
    conn.execute("DELETE FROM skipped WHERE first = 11", []).unwrap();
    let report = store::verify(office.store().dir(), laws().watch(), &|_| {}).unwrap();
    assert_eq!(report.misfits.iter().map(|it| it.kind).collect::<Vec<_>>(), [MisfitKind::NumberGap]);
}

#[test]
fn a_number_stands_once_in_the_file_and_in_the_office() {
    let folder = Folder::new("running-twice");
    let office = live(&folder);
    let twice = file(&[
        row("a", "2026-04-29", "7", ",,,,,,,,"),
        row("b", "2026-04-29", "Old [2026] 7\u{53f7}", ",,,,,,,,"),
        row("c", "2026-04-29", "Old 7", ",,,,,,,,"),
    ]);
    let faults = bring(&office, &twice).unwrap_err();
    let told: Vec<String> =
        faults.iter().map(|it| format!("{}{} {}", it.column, it.row, it.says.en)).collect();
    let (form, shown) = ("{prefix}\u{3014}{year}\u{3015}{n}\u{53f7}", "Old\u{3014}2026\u{3015}7\u{53f7}");
    let wanted = [
        format!("C3 The number \u{201c}{shown}\u{201d} stands in row 2 already"),
        format!("C4 \u{201c}Old 7\u{201d} does not have the form of this number: {form}"),
    ];
    assert_eq!(told, wanted);
    assert!(inbox(&office, InboxKind::Open).is_empty(), "nothing of a faulty file is in");

    bring(&office, &file(&[over_the_holiday()])).unwrap();
    let taken = office
        .store()
        .write(Queue::Interactive, |tx| tx.next_number(&place(), "500105-organ", "case-number", 2026));
    assert_eq!(wait(taken).unwrap(), 8);
    for number in ["7", "8"] {
        let faults = bring(&office, &file(&[row("z", "2026-05-06", number, ",,,,,,,,")])).unwrap_err();
        assert_eq!(
            faults[0].says.en,
            format!("The number \u{201c}{number}\u{201d} has been given to another matter")
        );
    }
    let own = file(&[row("z", "2026-05-06", "6", ",,,,,,,,")]);
    assert_eq!(bring(&office, &own).unwrap().imported, 1);
}
