//! `yifa ledger rebuild`: writes every view anew from the events and compares it with what stood there.

use clap::Args;
use office::words::Words;
use store::RebuildReport;

use crate::{
    data::{Data, explained},
    out,
    table::Table,
    trouble::Trouble,
    words::number,
};

/// Rebuilds the views.
#[derive(Args)]
pub(super) struct Rebuild {
    #[command(flatten)]
    data: Data,
}

impl Rebuild {
    pub(super) fn run(self, words: &Words) -> anyhow::Result<()> {
        let (folder, laws) = self.data.ledger(words)?;
        let report =
            store::rebuild(folder, laws.watch(), &|_| {}).map_err(|error| explained(words, folder, error))?;
        out::text(tables(words, &report));
        let changed = report.changed().count();
        let says = words.with(
            if changed == 0 { "rebuild-same" } else { "rebuild-changed" },
            &[
                ("events", number(report.events)),
                ("matters", number(report.matters)),
                ("changed", number(changed)),
                ("millis", number(report.whole.as_millis())),
            ],
        );
        if changed > 0 {
            return Err(Trouble::found(says));
        }
        out::line(says);
        Ok(())
    }
}

fn tables(words: &Words, report: &RebuildReport) -> String {
    let heads = ["rebuild-head-view", "rebuild-head-rows", "rebuild-head-before", "rebuild-head-after"];
    let mut table = Table::new(&heads.map(|it| words.say(it)));
    for it in &report.tables {
        let digest = |(_, digest): (u64, u128)| format!("{digest:032x}");
        table.row(&[it.name.to_owned(), it.after.0.to_string(), digest(it.before), digest(it.after)]);
    }
    table.show()
}
