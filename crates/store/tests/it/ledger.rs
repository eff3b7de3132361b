//! The ledger: what is appended stays, in order, and nothing private stands in it.

use engine::{Change, Matter, fold_all};
use store::{Conflict, Failure, Kind, Queue, Store};

use crate::world::{self, Dice, Folder, PRIVATE_NAME, Plan, World, new_store, perform, place};

#[test]
fn what_is_appended_is_read_back_and_folds_to_the_same_state() {
    let folder = Folder::new("read-back");
    let store = new_store(&folder.0);
    let mut world = World::new(1);
    world::populate(&store, &mut world, 400);
    for (place, id) in &world.matters {
        let (matter, events) =
            store.read(|it| Ok((it.matter(place, *id)?.unwrap(), it.events(place, *id)?))).unwrap();
        let refolded: Matter = fold_all(events.iter().map(|(event, hash)| (event, *hash))).unwrap();
        assert_eq!(matter, refolded);
    }
}

#[test]
fn of_two_who_act_on_the_same_state_the_second_is_told() {
    let folder = Folder::new("conflict");
    let store = new_store(&folder.0);
    let mut world = World::new(2);
    let plan = world.plan();
    let opening = plan.clone();
    store.write(Queue::Interactive, move |tx| perform(tx, &opening)).wait().unwrap();
    let seen = store.read(|it| it.matter(&plan.place, plan.matter)).unwrap();

    let act = |seed| {
        let (plan, seen) = (Plan { seed, ..plan.clone() }, seen.clone());
        store.write(Queue::Interactive, move |tx| {
            let draft = world::blank(&plan, seen.as_ref(), &mut Dice(seed));
            world::record(tx, draft, seen)
        })
    };
    assert_eq!(act(5).wait().unwrap(), 2);
    let late = act(6).wait().unwrap_err();
    let conflict = late.downcast_ref::<Conflict>().unwrap();
    assert_eq!((conflict.seq, conflict.found), (2, 2));
    assert_eq!(store.read(|it| it.events(&plan.place, plan.matter)).unwrap().len(), 2);
}

#[test]
fn no_personal_value_stands_in_an_event() {
    let folder = Folder::new("personal");
    let store = new_store(&folder.0);
    let mut world = World::new(3);
    world::populate(&store, &mut world, 300);
    let needles = [PRIVATE_NAME, "13900000000", "I was there that night"];
    for (place, id) in &world.matters {
        let secrets = store.read(|it| it.secrets(place, *id)).unwrap();
        assert_eq!(secrets.len(), 3);
        for seq in 1.. {
            let Some(bytes) = store.read(|it| it.event_bytes(place, *id, seq)).unwrap() else { break };
            let text = String::from_utf8(bytes).unwrap();
            assert!(needles.iter().all(|needle| !text.contains(needle)), "{text}");
        }
    }
    let shown = store.read(|it| it.publications(&place("361128"), None, None, None, 500)).unwrap();
    assert!(!shown.is_empty());
    for row in shown {
        let fields: Vec<&str> = row.shown.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["gist"], "the law names a sealed field, and still it is not shown");
    }
}

#[test]
fn a_number_taken_by_an_act_that_fails_is_given_to_the_next() {
    let folder = Folder::new("numbers");
    let store = new_store(&folder.0);
    let take = |fails: bool| {
        store.write(Queue::Interactive, move |tx| {
            let n = tx.next_number(&place("361128"), "Bureau of Parks", "permit", 2026)?;
            anyhow::ensure!(!fails, "the printer is out of paper");
            Ok(n)
        })
    };
    let answers: Vec<_> = (0..60).map(|nth| take(nth % 3 == 1)).collect();
    let given: Vec<u64> = answers.into_iter().filter_map(|it| it.wait().ok()).collect();
    assert_eq!(given, (1..=40).collect::<Vec<u64>>());
}

#[test]
fn a_folder_has_one_writer_and_an_honest_answer_for_everybody_else() {
    let folder = Folder::new("lock");
    let failure = |result: anyhow::Result<Store>| {
        result.err().and_then(|it| it.downcast_ref::<Failure>().cloned()).unwrap()
    };
    assert_eq!(failure(Store::open(&folder.0)), Failure::Missing(folder.0.clone()));
    let store = Store::create(&folder.0, Kind::Demonstration).unwrap();
    assert_eq!(failure(Store::open(&folder.0)), Failure::Locked(folder.0.clone()));
    drop(store);
    assert_eq!(failure(Store::create(&folder.0, Kind::Live)), Failure::Exists(folder.0.clone()));
    assert_eq!(Store::open(&folder.0).unwrap().kind(), Kind::Demonstration);

    let conn = rusqlite::Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    conn.execute_batch("PRAGMA user_version = 99").unwrap();
    assert_eq!(failure(Store::open(&folder.0)), Failure::Newer { found: 99, known: 3 });
    conn.execute_batch("PRAGMA application_id = 7").unwrap();
    assert!(matches!(failure(Store::open(&folder.0)), Failure::NotALedger(_)));
}

#[test]
fn an_event_whose_law_is_not_installed_is_refused() {
    let folder = Folder::new("law");
    let store = Store::create(&folder.0, Kind::Practice).unwrap();
    let plan = World::new(4).plan();
    let refused = store.write(Queue::Interactive, move |tx| perform(tx, &plan)).wait().unwrap_err();
    assert_eq!(refused.downcast_ref(), Some(&Failure::LawMissing(world::law_ref().hash)));
}

#[test]
fn readings_stand_in_a_chain_of_their_own_and_a_lost_one_is_missed() {
    let folder = Folder::new("readings");
    let store = new_store(&folder.0);
    let noted = store.write(Queue::Interactive, |tx| {
        (0..4).map(|it| tx.note_reading(&place("361128"), &reading(it))).collect::<anyhow::Result<_>>()
    });
    let noted: Vec<u64> = noted.wait().unwrap();
    assert_eq!(noted, [1, 2, 3, 4]);
    let rows = store.read(|it| it.readings(&place("361128"), 1, 2)).unwrap();
    assert_eq!(rows.iter().map(|it| (it.n, it.reading.matters)).collect::<Vec<_>>(), [(2, 1), (3, 2)]);
    let examine = || store::verify(&folder.0, world::watch(), &|_| ()).unwrap();
    assert!(examine().is_clean());
    assert_eq!(examine().readings, 4);
    let conn = rusqlite::Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    conn.execute("DELETE FROM reading WHERE n = 2", []).unwrap();
    let first = &examine().misfits[0];
    assert_eq!((first.kind, first.place.as_str()), (store::MisfitKind::Reading, "reading 3"));
}

#[test]
fn a_reading_whose_moment_cannot_be_read_is_given_out_with_no_other() {
    let folder = Folder::new("moment");
    let store = new_store(&folder.0);
    let noted = store.write(Queue::Interactive, |tx| tx.note_reading(&place("361128"), &reading(1)));
    assert_eq!(noted.wait().unwrap(), 1);
    let conn = rusqlite::Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    conn.execute("UPDATE reading SET at = ?1", [i64::MAX]).unwrap();
    assert!(store.read(|it| it.readings(&place("361128"), 0, 9)).is_err(), "it was not read in 1970");
    let found = store::verify(&folder.0, world::watch(), &|_| ()).unwrap();
    assert_eq!((found.misfits.len(), found.misfits[0].place.as_str()), (1, "reading 1"));
}

/// A matter that somebody handles.
fn handled(store: &Store, seed: u64, closed: bool) -> Plan {
    let plan = World::new(seed).plan();
    let opening = plan.clone();
    store.write(Queue::Interactive, move |tx| perform(tx, &opening)).wait().unwrap();
    let then = plan.clone();
    let assigned = store.write(Queue::Interactive, move |tx| {
        let seen = tx.matter(&then.place, then.matter)?;
        let mut draft = world::blank(&then, seen.as_ref(), &mut Dice(seed));
        let stage = Change::Stage { closed, to: "assigned".into() };
        draft.event.changes = vec![Change::Assigned { account: "li".to_owned() }, stage];
        world::record(tx, draft, seen)
    });
    assert_eq!(assigned.wait().unwrap(), 2);
    plan
}

#[test]
fn a_ledger_of_the_first_version_gets_what_later_ones_have() {
    let folder = Folder::new("upgrade");
    let store = new_store(&folder.0);
    let (open, closed) = (handled(&store, 1, false), handled(&store, 2, true));
    let handler = |store: &Store, of: &Plan| {
        store.read(|it| it.matter_row(&of.place, of.matter)).unwrap().unwrap().handler
    };
    assert_eq!(
        [&open, &closed].map(|it| handler(&store, it)),
        [Some("li".to_owned()), Some("li".to_owned())]
    );
    drop(store);
    let conn = rusqlite::Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    let tables = || -> Vec<(String, Option<String>)> {
        let mut select = conn.prepare("SELECT name, sql FROM sqlite_master ORDER BY name").unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let plain = |sql: Option<String>| sql.map(|it| it.split_whitespace().collect());
        rows.map(|it: rusqlite::Result<(String, Option<String>)>| it.unwrap())
            .map(|(name, sql)| (name, plain(sql)))
            .collect()
    };
    let fresh = tables();
    conn.execute_batch(
        "DROP TABLE reading; DROP TABLE link; DROP TABLE skipped; DROP INDEX matter_by_handler;
         ALTER TABLE matter DROP COLUMN handled_by;
         CREATE INDEX clock_by_due ON clock (jurisdiction, due, matter, limit_key) WHERE running = 1;
         PRAGMA user_version = 1",
    )
    .unwrap();
    let read = Store::open_to_read(&folder.0).err().unwrap();
    assert_eq!(read.downcast_ref(), Some(&Failure::Older { found: 1, known: 3 }));
    let store = Store::open(&folder.0).unwrap();
    assert_eq!(tables(), fresh);
    assert_eq!([&open, &closed].map(|it| handler(&store, it)), [Some("li".to_owned()), None]);
    drop(store);
    store::rebuild(&folder.0, world::watch(), &|_| ()).unwrap();
    let store = Store::open(&folder.0).unwrap();
    assert_eq!(handler(&store, &closed), Some("li".to_owned()), "a closed matter's is found by rebuilding");
}

/// A page that a clerk was given.
pub(crate) fn reading(matters: u64) -> store::Reading {
    store::Reading {
        at: "2026-06-01T01:00:00Z".parse().unwrap(),
        who: "clerk".to_owned(),
        entitled: "post:registrar".to_owned(),
        way: "page".to_owned(),
        what: "inbox:open".to_owned(),
        matters,
        classes: "internal,personal".to_owned(),
    }
}

/// A matter that bears one imported number.
fn bearer(tx: &mut store::Tx<'_>, n: u64, world: &mut World) -> anyhow::Result<bool> {
    let number =
        store::NumberName { body: "Bureau of Parks".to_owned(), series: "permit".to_owned(), year: 2026, n };
    tx.take_number(&place("361128"), &number, world.plan().matter)
}

#[test]
fn a_number_given_elsewhere_is_taken_once_and_the_series_goes_on_behind_it() {
    let folder = Folder::new("taken");
    let store = new_store(&folder.0);
    let given = store.write(Queue::Interactive, |tx| {
        let mut world = World::new(9);
        let taken: Vec<bool> =
            [5, 3, 5].into_iter().map(|n| bearer(tx, n, &mut world)).collect::<anyhow::Result<_>>()?;
        let own =
            |tx: &mut store::Tx<'_>| tx.next_number(&place("361128"), "Bureau of Parks", "permit", 2026);
        let mut next = vec![own(tx)?];
        // The ledger has given 6; 9 came from elsewhere, so 7 and 8 are left out until 8 comes too.
        let later: Vec<bool> =
            [6, 9, 8, 8, 4].into_iter().map(|n| bearer(tx, n, &mut world)).collect::<anyhow::Result<_>>()?;
        next.push(own(tx)?);
        Ok((taken, later, next))
    });
    let (taken, later, next) = given.wait().unwrap();
    assert_eq!(taken, [true, true, false]);
    assert_eq!(later, [false, true, true, false, true]);
    assert_eq!(next, [6, 10]);
    let conn = rusqlite::Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    let left: (i64, i64) =
        conn.query_row("SELECT first, last FROM skipped", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(left, (7, 7));
}
