//! `yifa ledger verify`: recomputes the ledger and names the first record that does not fit. It may run
//! while the office is served.

use clap::Args;
use office::words::Words;
use store::{Misfit, Report};

use crate::{
    data::{Data, explained},
    out,
    table::Table,
    trouble::Trouble,
    words::number,
};

/// Checks the ledger.
#[derive(Args)]
pub(super) struct Verify {
    #[command(flatten)]
    data: Data,
}

impl Verify {
    pub(super) fn run(self, words: &Words) -> anyhow::Result<()> {
        let (folder, laws) = self.data.ledger(words)?;
        let report =
            store::verify(folder, laws.watch(), &|_| {}).map_err(|error| explained(words, folder, error))?;
        let says = summary(words, &report);
        let Some(first) = report.misfits.first() else {
            out::line(says);
            return Ok(());
        };
        out::line(words.with("verify-first", &[("what", told(words, first).into())]));
        out::text(list(words, &report.misfits));
        if report.more {
            out::line(words.say("verify-more"));
        }
        if !report.sums_compared {
            out::line(words.say("verify-no-sums"));
        }
        Err(Trouble::found(says))
    }
}

fn summary(words: &Words, report: &Report) -> String {
    let id = if report.is_clean() { "verify-clean" } else { "verify-faulty" };
    words.with(
        id,
        &[
            ("events", number(report.events)),
            ("matters", number(report.matters)),
            ("privates", number(report.privates)),
            ("readings", number(report.readings)),
            ("misfits", number(report.misfits.len())),
            ("millis", number(report.whole.as_millis())),
        ],
    )
}

fn told(words: &Words, misfit: &Misfit) -> String {
    let seq = misfit.seq.map(|it| it.to_string()).unwrap_or_default();
    words.with(
        "misfit",
        &[
            ("what", words.say(&format!("misfit-{}", misfit.kind)).into()),
            ("place", misfit.place.as_str().into()),
            ("jurisdiction", misfit.jurisdiction.as_str().into()),
            ("matter", misfit.matter.as_str().into()),
            ("seq", seq.into()),
            ("expected", misfit.expected.as_str().into()),
            ("found", misfit.found.as_str().into()),
        ],
    )
}

fn list(words: &Words, misfits: &[Misfit]) -> String {
    let heads = ["misfit-head-place", "misfit-head-matter", "misfit-head-seq", "misfit-head-what"];
    let mut table = Table::new(&heads.map(|it| words.say(it)));
    for misfit in misfits {
        table.row(&[
            misfit.place.clone(),
            format!("{} {}", misfit.jurisdiction, misfit.matter),
            misfit.seq.map(|it| it.to_string()).unwrap_or_default(),
            words.say(&format!("misfit-{}", misfit.kind)),
        ]);
    }
    table.show()
}
