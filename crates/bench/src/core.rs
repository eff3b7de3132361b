//! The pure core: deciding, folding, sealing, and listing what is allowed, on one core.

use std::time::Instant;

use engine::Hash;

use crate::{plan::Plan, table::Table};

/// Measures the core.
pub(crate) fn measure(plan: &Plan, table: &mut Table) -> anyhow::Result<()> {
    let (facts, calendar) = (plan.facts(), plan.laws.calendar());
    let mut matter = plan.opened(1);
    for act in &plan.way {
        matter = plan.done(&matter, act).ok_or(anyhow::anyhow!("the way is lawful"))?;
    }
    let wish = plan.wish(&plan.again, 1);
    let opening = plan.wish(&plan.opening, 1);
    let rounds = 100_000;
    for (name, wish, state) in
        [("opening act", &opening, None), ("act in a running matter", &wish, Some(&matter))]
    {
        let start = Instant::now();
        let mut bytes = 0;
        for _ in 0..rounds {
            let decided = engine::decide(&plan.procedure, &plan.refers, calendar, state, &facts, wish);
            let draft = decided.result.map_err(|it| anyhow::anyhow!("refused: {it:?}"))?;
            let sealed = engine::seal(draft.event, Hash::NONE);
            bytes = sealed.bytes.len();
            std::hint::black_box(engine::fold(state.cloned(), &sealed.event, sealed.hash));
        }
        let rate = f64::from(rounds) / start.elapsed().as_secs_f64();
        table.row(
            &format!("decide + fold + bytes + hash, {name} ({bytes} bytes)"),
            &format!("{rate:.0} /s"),
            "one core; target 200,000",
        );
    }
    let start = Instant::now();
    let rounds = 20_000;
    let mut offers = 0;
    for _ in 0..rounds {
        offers = engine::allowed(&plan.procedure, &matter, &facts, plan.at.date()).len();
    }
    let micros = start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds);
    table.row(
        &format!("allowed, {offers} acts, every reason"),
        &format!("{micros:.1} µs"),
        "target 100 µs at 40 acts",
    );
    Ok(())
}
