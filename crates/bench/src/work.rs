//! The office without its pages: many writers through the store, then verifying and rebuilding.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use engine::MatterId;
use office::{ActWish, Caller, Laws, Office, Options};

use crate::{
    machine::cpu_ms,
    plan::{Plan, inputs},
    table::{Table, percentile},
};

pub(crate) const WRITERS: usize = 32;
/// Matters in which each writer acts in turn, so that they stay as long as real ones.
const MATTERS: usize = 20;
const ACTS: usize = 20_000;

/// An office with its people and some matters for each writer, ready for the repeated act.
pub(crate) async fn prepare(plan: &Plan, folder: &Path) -> anyhow::Result<(Office, Caller, Vec<MatterId>)> {
    let options = Options { data: folder.to_owned(), create: Some(store::Kind::Demonstration) };
    let office = Office::open(&options, Laws::embedded()?)?;
    office::demo::settle(&office).await?;
    office.set_demo_clock(plan.at)?;
    let place = office::demo::home()?;
    let mut matters = Vec::new();
    let caller = official(&office, plan, &plan.again).await?;
    let mut officials = Vec::new();
    for act in &plan.way {
        officials.push(official(&office, plan, act).await?);
    }
    for _ in 0..WRITERS * MATTERS {
        let given = inputs(&plan.procedure, &plan.opening);
        let filed = office.file(&Caller::default(), &place, &plan.procedure.key, given, "online").await?;
        let id = filed.map_err(|it| anyhow::anyhow!("{it:?}"))?.matter;
        for (act, by) in plan.way.iter().zip(&officials) {
            let wish = wish(plan, act, id)?;
            office.act(by, wish).await?.map_err(|it| anyhow::anyhow!("{it:?}"))?;
        }
        matters.push(id);
    }
    Ok((office, caller, matters))
}

fn wish(plan: &Plan, act: &law::Act, matter: MatterId) -> anyhow::Result<ActWish> {
    Ok(ActWish {
        place: office::demo::home()?,
        matter,
        act: act.key.clone(),
        inputs: inputs(&plan.procedure, act),
        target: engine::Target::default(),
        expected: None,
        happened: None,
    })
}

/// The demonstration's login that holds the post of an act, and its password.
pub(crate) async fn login(office: &Office, plan: &Plan, act: &law::Act) -> anyhow::Result<(String, String)> {
    let (_, post) = plan.post(act).ok_or(anyhow::anyhow!("nobody may"))?;
    for (name, password, _) in office.demo_accounts() {
        let visit = office.visit().await?;
        if let Ok(session) = office.sign_in(&visit, &name, &password, "bench").await?
            && session.caller.account.is_some_and(|it| it.posts.iter().any(|it| it.kind == post))
        {
            return Ok((name, password));
        }
    }
    anyhow::bail!("nobody holds {post}")
}

async fn official(office: &Office, plan: &Plan, act: &law::Act) -> anyhow::Result<Caller> {
    let (name, password) = login(office, plan, act).await?;
    let visit = office.visit().await?;
    let session = office.sign_in(&visit, &name, &password, "bench").await?;
    Ok(session.map_err(|it| anyhow::anyhow!("{it:?}"))?.caller)
}

/// Measures acts through the office at 32 writers.
pub(crate) async fn measure(plan: &Plan, folder: &Path, round: u32, table: &mut Table) -> anyhow::Result<()> {
    let (office, caller, matters) = prepare(plan, &folder.join(format!("work-{round}"))).await?;
    let left = Arc::new(AtomicUsize::new(ACTS));
    let (start, cpu) = (Instant::now(), cpu_ms(std::process::id()));
    let mut tasks = Vec::new();
    for mine in matters.chunks(MATTERS) {
        let (office, caller, left) = (office.clone(), caller.clone(), left.clone());
        let wishes: Vec<ActWish> =
            mine.iter().map(|it| wish(plan, &plan.again, *it)).collect::<anyhow::Result<_>>()?;
        tasks.push(tokio::spawn(async move {
            let mut times = Vec::new();
            let mut turn = wishes.iter().cycle();
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| it.checked_sub(1)).is_ok() {
                let Some(wish) = turn.next() else { break };
                let begin = Instant::now();
                office.act(&caller, wish.clone()).await?.map_err(|it| anyhow::anyhow!("{it:?}"))?;
                times.push(begin.elapsed().as_secs_f64() * 1e3);
            }
            anyhow::Ok(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    let acts = times.len() as f64;
    table.row(
        &format!("office.act, {WRITERS} writers, SQLite FULL, round {round}"),
        &format!(
            "{:.0} acts/s, {:.3} CPU ms per act, p50 {:.1} ms, p99 {:.1} ms",
            acts / start.elapsed().as_secs_f64(),
            (cpu_ms(std::process::id()) - cpu) / acts,
            percentile(&mut times, 50),
            percentile(&mut times, 99)
        ),
        "in process, no HTTP",
    );
    Ok(())
}

/// Measures verifying and rebuilding of what the first round left.
pub(crate) fn check(folder: &Path, table: &mut Table) -> anyhow::Result<()> {
    let data = folder.join("work-1");
    let laws = Laws::embedded()?;
    let report = store::verify(&data, laws.watch(), &|_| {})?;
    anyhow::ensure!(report.is_clean(), "the bench's own ledger does not verify");
    let rate = |time: std::time::Duration| report.events as f64 / time.as_secs_f64();
    table.row(
        "ledger verify: chain part; everything",
        &format!("{:.0} events/s; {:.0} events/s", rate(report.chain), rate(report.whole)),
        "target 200,000 for the chain",
    );
    let report = store::rebuild(&data, laws.watch(), &|_| {})?;
    table.row(
        "ledger rebuild, every view from the events, digests compared",
        &format!("{:.0} events/s", report.events as f64 / report.whole.as_secs_f64()),
        "target 50,000",
    );
    Ok(())
}
