//! Sweeping: what the law does by itself in matters that nobody touches.

use store::Queue;

use crate::{act::record, open::Office};

/// How many matters one round looks at.
const ROUND: usize = 200;

impl Office {
    /// Applies every expiry lawfully due before now and drops side records that have expired; gives how
    /// many events were recorded. Matters in which nothing could be done keep none behind them from their turn.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sweep(&self) -> anyhow::Result<usize> {
        let now = self.seconds();
        self.store().write(Queue::Background, move |tx| tx.sweep_side_records(now)).await?;
        let today = self.now().date();
        let (mut recorded, mut after) = (0, None);
        loop {
            let due = self.store().read(|reader| reader.clocks_due(today, after.as_ref(), ROUND))?;
            let Some(last) = due.last().cloned() else { return Ok(recorded) };
            for (_, place, id) in due {
                recorded += self.expire(place, id).await?;
            }
            after = Some(last);
        }
    }

    async fn expire(&self, place: engine::Jurisdiction, id: engine::MatterId) -> anyhow::Result<usize> {
        let laws = self.laws().clone();
        let now = self.clock().now();
        self.store()
            .write(Queue::Background, move |tx| {
                let Some(mut matter) = tx.matter(&place, id)? else { return Ok(0) };
                let procedure = laws.of_matter(&matter.law, |hash| tx.law(hash))?;
                let refers = matter.law.clone();
                let until = engine::local(now);
                let calendar = laws.calendar();
                let drafts = engine::expire(&procedure, &refers, calendar, &matter, until, now);
                let count = drafts.len();
                for draft in drafts {
                    matter = record(tx, &laws, draft, Some(matter))?;
                }
                Ok(count)
            })
            .await
    }
}
