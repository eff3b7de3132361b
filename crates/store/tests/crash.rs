//! The plug is pulled: a child process does acts in a burst and says which were acknowledged; it is killed without
//! warning; every acknowledged act must be there, and everything must fit. Runs itself again as the child.
#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it should be")]

#[path = "it/world.rs"]
mod world;

use std::{
    env,
    io::{BufRead, BufReader, Write, stdout},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use store::{Queue, Store, rebuild, verify};

use crate::world::{Dice, Folder, Plan, World, new_store, perform, watch};

/// How often the plug is pulled.
const ROUNDS: u64 = 8;
/// Threads that do acts at once in the child.
const CLERKS: u64 = 8;

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let [_, word, dir, seed] = arguments.as_slice()
        && word == "burst"
    {
        return burst(Path::new(dir), seed.parse().unwrap());
    }
    let name = "what_was_acknowledged_survives_a_kill";
    let wanted = arguments.iter().skip(1).find(|it| !it.starts_with('-'));
    if arguments.iter().any(|it| it == "--list") {
        println!("{name}: test");
    } else if wanted.is_none_or(|it| name.contains(it.as_str())) {
        what_was_acknowledged_survives_a_kill();
        println!("test {name} ... ok");
    }
}

fn what_was_acknowledged_survives_a_kill() {
    let folder = Folder::new("crash");
    let store = new_store(&folder.0);
    let mut total = 40;
    world::populate(&store, &mut World::new(999), total);
    drop(store);
    let mut dice = Dice(41);
    for round in 0..ROUNDS {
        let acknowledged = killed_burst(&folder.0, round, Duration::from_millis(150 + dice.roll(400)));
        let store = Store::open(&folder.0).unwrap();
        for (place, matter, seq) in &acknowledged {
            let bytes = store.read(|it| it.event_bytes(place, *matter, *seq)).unwrap();
            assert!(bytes.is_some(), "round {round}: {matter} {seq} was acknowledged and is gone");
        }
        drop(store);
        let report = verify(&folder.0, watch(), &|_| ()).unwrap();
        assert!(report.is_clean(), "round {round}: {:#?}", report.misfits);
        total += acknowledged.len();
        assert!(report.events >= total as u64);
    }
    assert!(total > 100, "the bursts were too short to prove anything: {total} acts");
    assert_eq!(rebuild(&folder.0, watch(), &|_| ()).unwrap().changed().count(), 0);
}

type Acknowledged = Vec<(engine::Jurisdiction, engine::MatterId, u64)>;

/// Lets a child do acts for a while and kills it; gives what it said was acknowledged.
fn killed_burst(dir: &Path, seed: u64, time: Duration) -> Acknowledged {
    let mut child: Child = Command::new(env::current_exe().unwrap())
        .args(["burst", dir.to_str().unwrap(), &seed.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let listening = thread::spawn(move || {
        let whole = lines.map_while(Result::ok).filter_map(|line| {
            let mut words = line.strip_suffix(" kept")?.split(' ').map(str::to_owned);
            Some((words.next()?, words.next()?, words.next()?))
        });
        whole
            .map(|(place, matter, seq)| {
                (place.parse().unwrap(), matter.parse().unwrap(), seq.parse().unwrap())
            })
            .collect()
    });
    thread::sleep(time);
    child.kill().unwrap();
    child.wait().unwrap();
    listening.join().unwrap()
}

/// The child: acts without end, each named on the output once its answer is there.
fn burst(dir: &Path, seed: u64) {
    let store = Store::open(dir).unwrap();
    thread::scope(|scope| {
        for clerk in 0..CLERKS {
            let store = store.clone();
            scope.spawn(move || {
                let mut world = World::new(seed * CLERKS + clerk + 1_000);
                loop {
                    let plan: Plan = world.plan();
                    let tried = plan.clone();
                    let done = store.write(Queue::Interactive, move |tx| perform(tx, &tried)).wait();
                    let line = format!("{} {} {} kept\n", plan.place, plan.matter, done.unwrap());
                    stdout().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}
