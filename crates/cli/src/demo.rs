//! `yifa demo`: a demonstration district with a simulated stretch of work.

use std::path::PathBuf;

use clap::Args;
use office::{Laws, Office, Options};

/// Makes a demonstration.
#[derive(Args)]
pub(crate) struct Demo {
    /// Folder of the ledger and the files.
    #[arg(long, default_value = "yifa-data")]
    data: PathBuf,
    /// Seed of the simulated life.
    #[arg(long, default_value_t = 20260101)]
    seed: u64,
    /// First simulated day.
    #[arg(long)]
    from: Option<calendar::Date>,
}

impl Demo {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Runtime::new()?;
        let options = Options { data: self.data, create: Some(store::Kind::Demonstration) };
        let office = Office::open(&options, Laws::embedded()?)?;
        runtime.block_on(async {
            let now = office.now();
            let from = self.from.unwrap_or_else(|| office::demo::begin(now.date()));
            office::demo::settle(&office).await?;
            let place = office::demo::home()?;
            let told = office::demo::live(&office, &place, self.seed, from, now, |_| {}).await?;
            println!("{told:?}");
            anyhow::Ok(())
        })
    }
}
