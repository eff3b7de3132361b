//! Reading: every list and count is what one would find by going through all matters oneself.

use std::collections::{BTreeMap, BTreeSet};

use engine::{ClockState, Event, Hash, Jurisdiction, Matter, MatterId};
use jiff::civil::Date;
use law::{Mark, Watch};
use store::{
    CaseRow, Count, Counts, Cursor, InboxFilter, InboxKind, MatterRow, OpenCases, Queue, Reader, Store,
};

use crate::world::{self, Folder, PRIVATE_NAME, World, new_store, place};

const TODAY: Date = Date::constant(2026, 2, 10);
const FAR: (Date, Date) = (Date::constant(2026, 1, 1), Date::constant(2036, 1, 1));

/// Whether something belongs in a list.
type Test<'a, T> = &'a dyn Fn(&T) -> bool;

/// A store, and all its matters with their events as this test reads them.
struct Shelf {
    _folder: Folder,
    store: Store,
    matters: Vec<(Matter, Vec<Event>)>,
}

impl Shelf {
    fn new(name: &str, seed: u64) -> Self {
        let folder = Folder::new(name);
        let store = new_store(&folder.0);
        let mut world = World::new(seed);
        world::populate(&store, &mut world, 800);
        let mut ids = world.matters.clone();
        ids.sort_by_key(|it| it.1);
        let all = ids.iter().map(|(place, id)| {
            let read = |it: &Reader| Ok((it.matter(place, *id)?.unwrap(), it.events(place, *id)?));
            let (matter, events) = store.read(read).unwrap();
            (matter, events.into_iter().map(|(event, _)| event).collect())
        });
        let matters = all.collect();
        Self { _folder: folder, store, matters }
    }

    fn at<'a>(&'a self, place: &'a Jurisdiction) -> impl Iterator<Item = &'a (Matter, Vec<Event>)> {
        self.matters.iter().filter(move |(matter, _)| matter.jurisdiction == *place)
    }

    fn read<T>(&self, read: impl FnOnce(&Reader) -> anyhow::Result<T>) -> T {
        self.store.read(read).unwrap()
    }

    /// A whole list, read by pages of seven.
    fn inbox(&self, place: &Jurisdiction, filter: &InboxFilter) -> Vec<MatterRow> {
        let mut rows: Vec<MatterRow> = Vec::new();
        loop {
            let after: Option<Cursor> = rows.last().map(|it| it.cursor().to_string().parse().unwrap());
            let page = self.read(|it| it.inbox(place, filter, after.as_ref(), 7));
            let end = page.len() < 7;
            rows.extend(page);
            if end {
                return rows;
            }
        }
    }
}

fn due(matter: &Matter) -> Option<Date> {
    matter.next_due().map(|clock| clock.due)
}

fn is_suspended(matter: &Matter) -> bool {
    matter.clocks.iter().any(|it| matches!(it.state, ClockState::Suspended { .. }))
}

#[test]
fn lists_show_exactly_what_they_should_in_the_order_time_runs_out() {
    let shelf = Shelf::new("inbox", 31);
    let week = TODAY + jiff::Span::new().days(7);
    let here = place("361128");
    let kinds: [(InboxKind, Test<Matter>); 6] = [
        (InboxKind::Open, &|it| !it.closed),
        (InboxKind::Overdue, &|it| !it.closed && due(it).is_some_and(|day| day < TODAY)),
        (InboxKind::Today, &|it| !it.closed && due(it) == Some(TODAY)),
        (InboxKind::Soon, &|it| !it.closed && due(it).is_some_and(|day| day > TODAY && day <= week)),
        (InboxKind::Suspended, &|it| !it.closed && is_suspended(it)),
        (InboxKind::Closed, &|it| it.closed),
    ];
    for (kind, belongs) in kinds {
        for (bodies, stages) in [
            (vec![], vec![]),
            (vec!["Bureau of Parks".to_owned(), "Bureau of Roads".to_owned()], vec![]),
            (vec![], vec!["received".into(), "decided".into()]),
            (vec!["Mediation Office".to_owned()], vec!["accepted".into()]),
        ] {
            let mut filter = InboxFilter::new(kind, TODAY);
            (filter.bodies, filter.stages) = (bodies, stages);
            let fits = |it: &Matter| {
                (filter.bodies.is_empty() || filter.bodies.contains(&it.body))
                    && (filter.stages.is_empty() || filter.stages.contains(&it.stage))
            };
            let matters = shelf.at(&here).map(|(matter, _)| matter);
            let wanted: Vec<&Matter> = matters.filter(|it| belongs(it) && fits(it)).collect();
            let day = |it: &Matter| if it.closed { it.closed_on } else { due(it) }.unwrap_or(Date::MAX);
            let mut order: Vec<_> = wanted.iter().map(|it| (day(it), it.id)).collect();
            order.sort();
            if kind == InboxKind::Closed {
                order.reverse();
            }
            let rows = shelf.inbox(&here, &filter);
            let found: Vec<_> = rows.iter().map(|it| it.id).collect();
            assert_eq!(found, order.iter().map(|(_, id)| *id).collect::<Vec<_>>(), "{filter:?}");
        }
    }
}

#[test]
fn rare_marks_are_found_too() {
    let shelf = Shelf::new("marks", 32);
    let here = place("500105");
    let marks: [(&str, Test<MatterRow>); 4] = [
        ("late", &|it| it.late),
        ("deemed", &|it| it.deemed),
        ("provisional", &|it| it.provisional),
        ("findings", &|it| it.findings > 0),
    ];
    for (nth, (name, has)) in marks.into_iter().enumerate() {
        let mut filter = InboxFilter::new(InboxKind::Open, TODAY);
        let flags = [&mut filter.late, &mut filter.deemed, &mut filter.provisional, &mut filter.findings];
        *flags.into_iter().nth(nth).unwrap() = true;
        let rows = shelf.at(&here).map(|(matter, _)| MatterRow::of(matter));
        let wanted = rows.filter(|it| !it.closed && has(it)).count();
        assert!(wanted > 0, "{name}");
        assert_eq!(shelf.inbox(&here, &filter).len(), wanted, "{name}");
    }
}

#[test]
fn the_numbers_above_the_list_are_the_lengths_of_the_lists() {
    let shelf = Shelf::new("counts", 33);
    let here = place("361128");
    for bodies in [vec![], vec!["Bureau of Roads".to_owned()]] {
        let length = |kind| {
            let mut filter = InboxFilter::new(kind, TODAY);
            filter.bodies.clone_from(&bodies);
            shelf.inbox(&here, &filter).len() as u64
        };
        let counts = shelf.read(|it| it.counts(&here, &bodies, &["petition".into()], TODAY));
        let matters = shelf.at(&here).map(|(matter, _)| matter);
        let no_clock = matters
            .filter(|it| !it.closed && due(it).is_none() && (bodies.is_empty() || bodies.contains(&it.body)))
            .count() as u64;
        let expected = Counts {
            open: length(InboxKind::Open),
            overdue: length(InboxKind::Overdue),
            due_today: length(InboxKind::Today),
            due_soon: length(InboxKind::Soon),
            no_clock,
            suspended: length(InboxKind::Suspended),
        };
        assert_eq!(counts, expected);
        assert!(counts.open > 0 && counts.overdue > 0);
    }
    let none = shelf.read(|it| it.counts(&here, &[], &["archive".into()], TODAY));
    assert_eq!(none, Counts::default());
}

#[test]
fn the_sweeper_is_given_every_ended_clock_at_which_the_law_acts() {
    let shelf = Shelf::new("sweep", 34);
    let mut wanted = BTreeSet::new();
    for (matter, _) in &shelf.matters {
        let ended = |it: &&engine::Clock| it.is_running() && it.deems.is_some() && it.due < TODAY;
        let clocks = matter.clocks.iter().filter(ended);
        wanted.extend(clocks.map(|it| (it.due, matter.jurisdiction.clone(), matter.id)));
    }
    assert!(wanted.len() > 3);
    let mut found = Vec::new();
    loop {
        // Nothing is done about them, and still every one is come to.
        let page = shelf.read(|it| it.clocks_due(TODAY, found.last(), 3));
        if page.is_empty() {
            break;
        }
        found.extend(page);
    }
    assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
}

/// Counts a mark by going through the events: an event corrected later does not count at the end.
fn recount(shelf: &Shelf, here: &Jurisdiction, what: &Count) -> i64 {
    shelf.at(here).map(|it| days(it, what).len() as i64).sum()
}

/// The days on which a recount finds something in a matter.
fn days((matter, events): &(Matter, Vec<Event>), what: &Count) -> Vec<Date> {
    let all = Watch::marks(["act:*", "outcome:*"].map(Mark::of));
    let standing = events.iter().filter(|it| !matter.corrected.contains(&it.seq));
    let deltas = standing.flat_map(|event| engine::deltas(event, matter, &all));
    let counted = deltas.filter(|delta| {
        let fits = |mark: &String| match mark.strip_suffix('*') {
            Some(begin) => delta.mark.starts_with(begin),
            None => delta.mark == *mark,
        };
        what.marks.iter().any(fits) && what.body.as_ref().is_none_or(|body| delta.body == *body)
    });
    let days = counted.map(|it| if what.on_received { it.received } else { it.effective });
    days.filter(|day| (what.from..=what.to).contains(day)).collect()
}

/// The matters of which a recount finds anything, each with the first day on which it does, in order.
fn recount_matters(shelf: &Shelf, here: &Jurisdiction, what: &Count) -> Vec<(Date, MatterId)> {
    let first = |pair: &(Matter, Vec<Event>)| Some((*days(pair, what).iter().min()?, pair.0.id));
    let mut found: Vec<_> = shelf.at(here).filter_map(first).collect();
    found.sort();
    found
}

#[test]
fn counts_are_what_a_recount_finds_and_their_cases_add_up() {
    let shelf = Shelf::new("count", 35);
    let here = place("361128");
    let marks =
        [vec!["act:apply"], vec!["outcome:upheld"], vec!["outcome:*"], vec!["act:decide", "act:accept"]];
    let spans = [FAR, (Date::constant(2026, 1, 5), Date::constant(2026, 1, 30))];
    let mut seen = 0;
    for marks in marks {
        for ((from, to), on_received) in spans.iter().flat_map(|it| [(*it, false), (*it, true)]) {
            for body in [None, Some("Bureau of Parks".to_owned())] {
                let marks: Vec<String> = marks.iter().map(|it| (*it).to_owned()).collect();
                let procedure = "petition".into();
                let what = Count { procedure, marks, from, to, on_received, once: false, body, known: None };
                let count = shelf.read(|it| it.count(&here, &what));
                assert_eq!(count, recount(&shelf, &here, &what), "{what:?}");
                let known = Count { known: Some(FAR.1), ..what.clone() };
                assert_eq!(shelf.read(|it| it.count(&here, &known)), count, "{known:?}");
                assert_eq!(cases(&shelf, &here, &what).iter().map(|it| it.n).sum::<i64>(), count, "{what:?}");
                let once = Count { once: true, ..what };
                let matters = recount_matters(&shelf, &here, &once);
                assert_eq!(shelf.read(|it| it.count(&here, &once)), matters.len() as i64, "{once:?}");
                let found = cases(&shelf, &here, &once);
                let found: Vec<_> = found.iter().map(|it| (it.on, it.matter.id)).collect();
                assert_eq!(found, matters, "{once:?}");
                assert!(matters.len() as i64 <= count);
                seen += count;
            }
        }
    }
    assert!(seen > 100);
}

/// The cases of a count, read by pages of five: the same as all at once.
fn cases(shelf: &Shelf, here: &Jurisdiction, what: &Count) -> Vec<CaseRow> {
    let mut rows: Vec<CaseRow> = Vec::new();
    loop {
        let after = rows.last().map(CaseRow::cursor);
        let page = shelf.read(|it| it.cases(here, what, after.as_ref(), 5));
        let end = page.len() < 5;
        rows.extend(page);
        if end {
            break;
        }
    }
    assert!(rows.is_sorted_by(|a, b| a.cursor() < b.cursor()), "cases come in order, each once");
    assert_eq!(shelf.read(|it| it.cases(here, what, None, usize::MAX)), rows);
    rows
}

/// A figure may name more marks than a statement may join parts or hold values.
#[test]
fn very_many_marks_count_what_bears_those_that_occur() {
    let shelf = Shelf::new("many-marks", 40);
    let here = place("361128");
    for many in [600, 40_000] {
        let among = |mark: &str| -> Vec<String> {
            (0..many).map(|n| format!("outcome:none-{n}")).chain([mark.to_owned()]).collect()
        };
        let what = Count {
            procedure: "petition".into(),
            marks: among("act:decide"),
            from: FAR.0,
            to: FAR.1,
            on_received: false,
            once: true,
            body: None,
            known: None,
        };
        let wanted =
            recount_matters(&shelf, &here, &Count { marks: vec!["act:decide".to_owned()], ..what.clone() });
        assert!(!wanted.is_empty());
        assert_eq!(shelf.read(|it| it.count(&here, &what)), wanted.len() as i64);
        let page = shelf.read(|it| it.cases(&here, &what, None, 3));
        assert_eq!(page.iter().map(|it| (it.on, it.matter.id)).collect::<Vec<_>>(), wanted[..3]);
        let open = |into, out| OpenCases {
            procedure: "petition".into(),
            into,
            out,
            from: FAR.0,
            to: FAR.1,
            out_by: FAR.1,
            body: None,
        };
        let few = open(vec!["act:apply".to_owned()], vec!["outcome:upheld".to_owned()]);
        let all = shelf.read(|it| it.open_count(&here, &few));
        assert!(all > 3);
        for what in [
            open(among("act:apply"), vec!["outcome:upheld".to_owned()]),
            open(vec!["act:apply".to_owned()], among("outcome:upheld")),
        ] {
            assert_eq!(shelf.read(|it| it.open_count(&here, &what)), all);
            assert_eq!(
                shelf.read(|it| it.open_cases(&here, &what, None, 3)),
                shelf.read(|it| it.open_cases(&here, &few, None, 3))
            );
        }
    }
}

#[test]
fn a_figure_as_it_was_known_on_a_day_is_without_what_was_recorded_later() {
    let shelf = Shelf::new("known", 36);
    let here = place("500105");
    let what = |known| Count {
        procedure: "petition".into(),
        marks: vec!["act:decide".to_owned()],
        from: FAR.0,
        to: FAR.1,
        on_received: false,
        once: false,
        body: None,
        known,
    };
    let day = Date::constant(2026, 1, 20);
    let mut expected = 0;
    let decisions = Watch::marks([Mark::of("act:decide")]);
    for (_, events) in shelf.at(&here) {
        let events: Vec<(Event, Hash)> = events.iter().map(|it| (it.clone(), Hash::NONE)).collect();
        let (_, left) = engine::recount(&events, &decisions).unwrap();
        let known = events.iter().zip(left).filter(|it| engine::local(it.0.0.recorded).date() <= day);
        expected += known.flat_map(|it| it.1).map(|it| it.n).sum::<i64>();
    }
    assert_eq!(shelf.read(|it| it.count(&here, &what(Some(day)))), expected);
    assert!(expected < shelf.read(|it| it.count(&here, &what(None))));
}

#[test]
fn cases_not_through_on_a_day_are_those_received_and_not_decided_by_then() {
    let shelf = Shelf::new("pending", 37);
    let here = place("361128");
    let by = Date::constant(2026, 2, 1);
    let what = OpenCases {
        procedure: "petition".into(),
        into: vec!["act:apply".to_owned()],
        out: vec!["outcome:*".to_owned()],
        from: FAR.0,
        to: by,
        out_by: by,
        body: None,
    };
    let decided = |(matter, events): &(Matter, Vec<Event>)| {
        let standing = events.iter().filter(|it| !matter.corrected.contains(&it.seq));
        let by_then = standing.filter(|it| it.effective.at.date() <= by);
        by_then.flat_map(|it| &it.changes).any(|it| matches!(it, engine::Change::Outcome { .. }))
    };
    let wanted: BTreeSet<_> =
        shelf.at(&here).filter(|it| !decided(it)).map(|(matter, _)| matter.id).collect();
    assert_eq!(shelf.read(|it| it.open_count(&here, &what)), wanted.len() as u64);
    let mut found = BTreeSet::new();
    let mut after = None;
    loop {
        let page = shelf.read(|it| it.open_cases(&here, &what, after.as_ref(), 4));
        found.extend(page.iter().map(|it| it.id));
        after = page.last().map(|it| what.cursor(it));
        if page.len() < 4 {
            break;
        }
    }
    assert_eq!(found, wanted);
    assert!(!wanted.is_empty() && wanted.len() < shelf.at(&here).count());
}

#[test]
fn a_matter_is_found_by_its_number_by_a_company_and_by_a_person() {
    let shelf = Shelf::new("search", 38);
    let here = place("361128");
    let (matter, _) = shelf.at(&here).find(|(it, _)| !it.numbers.is_empty()).unwrap();
    let number = matter.number();
    assert_eq!(shelf.read(|it| it.find_by_number(&here, &number)), Some(matter.id));
    assert_eq!(shelf.read(|it| it.find_by_number(&place("500105"), "no such")), None);
    let ids = |text: &str| -> Vec<_> {
        shelf.read(|it| it.search(&here, text, 1_000)).iter().map(|row| row.id).collect()
    };
    assert!(ids(&number).contains(&matter.id), "{number}");

    let named = |needle: &str| -> Vec<_> {
        let mut wanted: Vec<_> = shelf
            .at(&here)
            .filter(|(it, _)| {
                let secrets = shelf.read(|reader| reader.secrets(&here, it.id));
                let open = it.parties.iter().filter_map(|it| it.name.as_text().map(str::to_owned));
                let hidden = secrets.into_iter().filter(|(_, it)| it.path.ends_with(".name"));
                open.chain(hidden.map(|(_, it)| it.value)).any(|name| name.contains(needle))
            })
            .map(|(it, _)| it.id)
            .collect();
        wanted.reverse();
        wanted
    };
    let company = matter.parties[1].name.as_text().unwrap();
    assert_eq!(ids(company), named(company));
    assert_eq!(ids("zhang sanfeng"), named(PRIVATE_NAME));
    assert_eq!(ids("zhang riverside").len(), ids("zhang").len(), "words of two parties");
    assert_eq!(ids("Zhou Zhiruo"), []);
    assert_eq!(shelf.read(|it| it.search(&here, "zhang", 3)).len(), 3);
}

#[test]
fn publications_are_listed_newest_first_and_found_by_what_they_show() {
    let shelf = Shelf::new("publications", 39);
    let here = place("361128");
    let mut wanted: BTreeMap<_, _> = BTreeMap::new();
    for (matter, events) in shelf.at(&here).filter(|(it, _)| it.published.contains("decision")) {
        let standing = events.iter().filter(|it| !matter.corrected.contains(&it.seq));
        let up = standing.filter(|it| it.act == "publish").map(|it| it.effective.at.date()).next_back();
        wanted.insert((up.unwrap(), matter.id), matter);
    }
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = shelf.read(|it| it.publications(&here, Some("decision"), None, after.as_ref(), 6));
        after = page.last().map(store::PublicationRow::cursor);
        let end = page.len() < 6;
        rows.extend(page);
        if end {
            break;
        }
    }
    let found: Vec<_> = rows.iter().map(|it| (it.published, it.matter)).collect();
    assert_eq!(found, wanted.keys().rev().copied().collect::<Vec<_>>());
    let trees = shelf.read(|it| it.publications(&here, None, Some("tree fallen"), None, 100));
    let shown = |it: &&&Matter| it.fields.get("gist").and_then(|it| it.as_text()) == Some("a fallen tree");
    assert_eq!(trees.len(), wanted.values().filter(shown).count());
    assert!(!trees.is_empty());
    let row = &rows[0];
    let one = shelf.read(|it| it.publication(&here, row.matter, "decision"));
    assert_eq!(one.as_ref(), Some(row));
    assert_eq!(shelf.read(|it| it.publication(&here, row.matter, "minutes")), None);
}

#[test]
fn side_records_expire_and_claims_and_messages_wait_their_turn() {
    let folder = Folder::new("side");
    let store = new_store(&folder.0);
    let (here, a, b) = (place("361128"), World::new(1).plan().matter, World::new(2).plan().matter);
    let job = store.write(Queue::Interactive, move |tx| {
        tx.put("session", "s1", b"Li", Some(100))?;
        assert_eq!(tx.get("session", "s1", 99)?.as_deref(), Some(&b"Li"[..]));
        assert_eq!(tx.get("session", "s1", 100)?, None);
        tx.put("session", "s1", b"Wang", None)?;
        assert_eq!(tx.take("session", "s1", 5_000)?.as_deref(), Some(&b"Wang"[..]));
        assert!(!tx.delete("session", "s1")?);
        tx.put("session", "old", b"", Some(10))?;
        assert_eq!(tx.sweep_side_records(10)?, 1);

        assert!(tx.claim(&here, "plot 7", a)?);
        assert!(tx.claim(&here, "plot 7", a)?, "it holds it already");
        assert!(!tx.claim(&here, "plot 7", b)?);
        assert!(tx.release(&here, "plot 7")?);
        assert!(tx.claim(&here, "plot 7", b)?);

        tx.begin_series(&here, "Bureau of Parks", "permit", 2026, 118)?;
        assert_eq!(tx.next_number(&here, "Bureau of Parks", "permit", 2026)?, 118);
        assert!(tx.begin_series(&here, "Bureau of Parks", "permit", 2026, 5).is_err());

        let first = tx.outbox(&here, a, "notice", "{}")?;
        let second = tx.outbox(&here, a, "notice", r#"{"again":true}"#)?;
        let waiting: Vec<_> = tx.outbox_pending(None, 10)?.into_iter().map(|it| it.id).collect();
        assert_eq!(waiting, [first.clone(), second.clone()]);
        assert!(tx.outbox_done(&first)? && !tx.outbox_done(&first)?);
        assert_eq!(tx.outbox_pending(Some(&first), 10)?[0].id, second);
        Ok(())
    });
    job.wait().unwrap();
}

#[test]
fn files_are_kept_under_their_content_and_a_changed_one_is_not_given_out() {
    let folder = Folder::new("files");
    let store = new_store(&folder.0);
    let scan = b"a scan of the return slip";
    let hash = store.files().put(scan).unwrap();
    assert_eq!(store.files().put(scan).unwrap(), hash);
    assert_eq!(store.files().get(&hash).unwrap().as_deref(), Some(&scan[..]));
    assert_eq!(store.files().get(&engine::Hash::NONE).unwrap(), None);
    let hex = hash.hex();
    let path = folder.0.join("files").join(&hex[..2]).join(&hex[2..4]).join(&hex);
    std::fs::write(path, "another slip").unwrap();
    assert!(store.files().get(&hash).is_err());
}
