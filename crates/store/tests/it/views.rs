//! Views follow from events: written act by act or all at once, they are the same; and verify agrees.

use jiff::civil::Date;
use law::{Mark, Watch};
use store::{Queue, Store, rebuild, verify};

use crate::world::{self, Folder, World, new_store, watch};

#[test]
fn views_written_act_by_act_are_those_written_anew() {
    for seed in [11, 12, 13] {
        let folder = Folder::new("rebuild");
        let store = new_store(&folder.0);
        world::populate(&store, &mut World::new(seed), 900);
        drop(store);
        let report = rebuild(&folder.0, watch(), &|_| ()).unwrap();
        let changed: Vec<_> = report.changed().collect();
        assert!(changed.is_empty(), "seed {seed}: {changed:#?}");
        assert_eq!(report.events, 900);
        assert!(report.tables.iter().all(|it| it.after.0 > 0), "every view was put to use");

        let report = verify(&folder.0, watch(), &|_| ()).unwrap();
        assert!(report.is_clean(), "seed {seed}: {:#?}", report.misfits);
        assert_eq!(report.events, 900);
    }
}

#[test]
fn a_new_indicator_is_counted_from_the_first_day_by_rebuilding() {
    let folder = Folder::new("indicator");
    let store = new_store(&folder.0);
    world::populate(&store, &mut World::new(14), 300);
    let notes = |store: &Store| {
        let what = store::Count {
            procedure: "petition".into(),
            marks: vec!["act:note".to_owned()],
            from: Date::constant(2026, 1, 1),
            to: Date::constant(2030, 12, 31),
            on_received: false,
            once: false,
            body: None,
            known: None,
        };
        let count = |code| store.read(|it| it.count(&world::place(code), &what)).unwrap();
        count("361128") + count("500105")
    };
    assert_eq!(notes(&store), 0);
    drop(store);
    let more = Watch::marks([Mark::of("act:*"), Mark::of("outcome:*"), Mark::of("late:*")]);
    let report = rebuild(&folder.0, &more, &|_| ()).unwrap();
    let changed: Vec<&str> = report.changed().map(|it| it.name).collect();
    assert_eq!(changed, ["occurrence", "tally"]);
    assert!(notes(&Store::open(&folder.0).unwrap()) > 0);
}

#[test]
fn the_bare_database_writes_what_it_says() {
    let folder = Folder::new("raw");
    let figure = store::bench_raw(&folder.0, 120, 8).unwrap();
    assert_eq!((figure.acts, figure.commits), (120, 15));
    let conn = rusqlite::Connection::open(folder.0.join("ledger.sqlite")).unwrap();
    let events: i64 = conn.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap();
    assert_eq!(events, 120);
}

#[test]
fn a_ledger_is_verified_while_acts_are_done_in_it() {
    let folder = Folder::new("live");
    let store = new_store(&folder.0);
    let mut world = World::new(15);
    world::populate(&store, &mut world, 200);
    for _ in 0..5 {
        let pending: Vec<_> = (0..100)
            .map(|_| {
                let plan = world.plan();
                store.write(Queue::Interactive, move |tx| world::perform(tx, &plan))
            })
            .collect();
        let report = verify(&folder.0, watch(), &|_| ()).unwrap();
        assert!(report.is_clean(), "{:#?}", report.misfits);
        pending.into_iter().for_each(|it| assert!(it.wait().unwrap() > 0));
    }
}
