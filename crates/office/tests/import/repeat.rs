//! Importing again, breaking off, going on: nothing twice, nothing lost, nothing counted before all of it is in.

use std::panic::{AssertUnwindSafe, catch_unwind};

use office::{
    Caller, Denied,
    import::{self, Progress},
};

use crate::desk::{Folder, PROCEDURE, bring, example, laws, office, official, open, place, ten, wait};

fn received(office: &office::Office) -> String {
    ten(office, 2023).swap_remove(0).1
}

/// The numbers 1 to n of the cases' series, if that is what was issued.
fn numbers(office: &office::Office) -> Vec<u32> {
    let key = &ten(office, 2023)[0].0;
    let numbers = office.case_numbers(&place(), key, 2023).unwrap().unwrap();
    let digits = |it: &String| {
        it.rsplit('\u{3015}').next().unwrap().chars().filter(char::is_ascii_digit).collect::<String>()
    };
    let mut numbers: Vec<u32> = numbers.iter().map(|it| digits(it).parse().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

/// Everything stored fits everything else, counts and series included.
fn assert_sound(office: &office::Office) {
    let laws = laws();
    let report = store::verify(office.store().dir(), laws.watch(), &|_| {}).unwrap();
    assert!(report.is_clean() && report.sums_compared, "{:?}", report.misfits);
}

#[test]
fn the_same_file_again_imports_nothing() {
    let folder = Folder::new("again");
    let office = office(&folder);
    let bytes = example("500105-2023.csv");
    bring(&office, &bytes).unwrap();
    let again = bring(&office, &bytes).unwrap();
    assert_eq!((again.imported, again.repeated), (0, 169));
    assert_eq!(received(&office), "169");
    // The same cases in another file: known by their own numbers.
    let again = bring(&office, &example("500105-2023.xlsx")).unwrap();
    assert_eq!((again.imported, again.repeated), (0, 169));
    assert_eq!(received(&office), "169");
    let checked = wait(import::check(&office, &official(), PROCEDURE, "x", bytes)).unwrap().unwrap();
    assert_eq!((checked.rows, checked.repeated), (169, 169));
    assert_eq!(numbers(&office), (1..=169).collect::<Vec<u32>>());
}

#[test]
fn a_corrected_file_brings_in_only_what_is_new() {
    let folder = Folder::new("more");
    let office = office(&folder);
    let text = String::from_utf8(example("500105-2023.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let some = bring(&office, lines[..100].join("\n").as_bytes()).unwrap();
    assert_eq!(some.imported, 99);
    let rest = bring(&office, text.as_bytes()).unwrap();
    assert_eq!((rest.imported, rest.repeated), (70, 99));
    assert_eq!(received(&office), "169");
    let own = lines[1].split(',').next().unwrap();
    assert!(import::find_own(&office, &place(), PROCEDURE, own).unwrap().is_some());
    assert!(import::find_own(&office, &place(), PROCEDURE, "none").unwrap().is_none());
}

#[test]
fn a_broken_off_import_counts_nothing_and_goes_on_where_it_stopped() {
    let folder = Folder::new("broken");
    let bytes = example("500105-2023.csv");
    {
        let office = office(&folder);
        let broke = catch_unwind(AssertUnwindSafe(|| {
            import::import_file(&office, &official(), PROCEDURE, "file", &bytes, |progress: Progress| {
                assert!(progress.done < 100, "the power fails here");
            })
        }));
        assert!(broke.is_err());
        assert_eq!(received(&office), "0", "half a batch is no figure");
        let figures = office.figures(&official(), 2023).unwrap().unwrap();
        assert!(figures.iter().all(|it| !it.opens));
    }
    let office = open(&folder);
    assert_eq!(received(&office), "0", "nor after a restart");
    assert_sound(&office);
    let rest = bring(&office, &bytes).unwrap();
    assert!(rest.imported > 0 && rest.imported < 169, "{} of them were new", rest.imported);
    assert_eq!(rest.imported + rest.repeated, 169);
    assert_eq!(received(&office), "169");
    assert_eq!(numbers(&office), (1..=169).collect::<Vec<u32>>(), "no gap and no double");
    assert_sound(&office);
}

#[test]
fn a_page_checks_applies_and_watches() {
    let folder = Folder::new("page");
    let office = office(&folder);
    let bytes = example("500105-2023.xlsx");
    let checked = wait(import::check(&office, &official(), PROCEDURE, "year.xlsx", bytes)).unwrap().unwrap();
    assert!(checked.errors.is_empty() && checked.rows == 169 && checked.repeated == 0);
    assert_eq!(received(&office), "0", "checking writes no case");
    let before = import::progress(&office, &official(), &checked.token).unwrap().unwrap();
    assert_eq!((before.done, before.total, before.finished), (0, 169, false));
    let job = wait(import::apply(&office, &official(), &checked.token)).unwrap().unwrap();
    assert_eq!(job.total, 169);
    let done = loop {
        let now = import::progress(&office, &official(), &job.token).unwrap().unwrap();
        if now.finished {
            break now;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    assert_eq!((done.imported, done.repeated, done.failed.len()), (169, 0, 0));
    assert_eq!(received(&office), "169");
    wait(import::apply(&office, &official(), &checked.token)).unwrap().unwrap();
    assert_eq!(received(&office), "169", "applying a finished one changes nothing");
}

#[test]
fn nobody_imports_who_may_not() {
    let folder = Folder::new("denied");
    let office = office(&folder);
    let stranger = Caller::default();
    let bytes = example("500105-2023.csv");
    let checked = wait(import::check(&office, &stranger, PROCEDURE, "x", bytes.clone())).unwrap();
    assert_eq!(checked.unwrap_err(), Denied::SignInFirst);
    let checked = wait(import::check(&office, &official(), PROCEDURE, "x", bytes)).unwrap().unwrap();
    let mut elsewhere = official();
    elsewhere.account.iter_mut().for_each(|it| it.place = "110000".parse().unwrap());
    assert!(import::progress(&office, &elsewhere, &checked.token).unwrap().is_none());
    let applied = wait(import::apply(&office, &elsewhere, &checked.token)).unwrap();
    assert_eq!(applied.unwrap_err(), Denied::NotYours);
}

#[test]
fn imported_cases_notify_nobody_and_hide_personal_values() {
    let folder = Folder::new("quiet");
    let office = office(&folder);
    bring(&office, &example("500105-2023.csv")).unwrap();
    let text = String::from_utf8(example("500105-2023.csv")).unwrap();
    let name = text.lines().nth(1).unwrap().split(',').nth(2).unwrap().to_owned();
    office
        .store()
        .read(|reader| {
            assert!(reader.outbox_pending(None, 1).unwrap().is_empty());
            let id = import::find_own(
                &office,
                &place(),
                PROCEDURE,
                text.lines().nth(1).unwrap().split(',').next().unwrap(),
            );
            let id = id.unwrap().unwrap();
            for (event, _) in reader.events(&place(), id).unwrap() {
                let bytes = reader.event_bytes(&place(), id, event.seq).unwrap().unwrap();
                assert!(!String::from_utf8(bytes).unwrap().contains(&name));
            }
            Ok(())
        })
        .unwrap();
    assert!(!laws().procedures().is_empty());
}
