//! `yifa demo`: a demonstration district with a simulated stretch of work and one imported year of a real
//! place's figures. Made once, in a folder beside, and moved into place when it is whole; then served.

use std::fs;

use calendar::{Date, DateTime};
use clap::Args;
use jiff::ToSpan as _;
use office::{Office, words::Words};
use store::Kind;

use crate::{
    data,
    data::{Data, beside, put},
    import::{Order, bring_in},
    out,
    progress::Progress,
    read,
    serve::{Door, free, serve},
    table::labelled,
    words::number,
};

/// The imported year: file name and contents.
const EXAMPLE: (&str, &[u8]) =
    ("500105-2023.csv", include_bytes!("../../../examples/import/500105-2023.csv"));
/// Whose year it is.
const EXAMPLE_PLACE: &str = "500105";

/// Makes a demonstration and serves it.
#[derive(Args)]
pub(crate) struct Demo {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    door: Door,
    /// Seed of the simulated life.
    #[arg(long, value_name = "N", default_value = "20260101")]
    seed: String,
    /// First simulated day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    /// Moment at which the simulation stops and the clock goes on from.
    #[arg(long, value_name = "YYYY-MM-DD[THH:MM]")]
    until: Option<String>,
    /// Make it only.
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    pub(crate) fn run(self, words: &Words, terminal: bool) -> anyhow::Result<()> {
        let options = self.door.options(words)?;
        if !self.no_serve {
            free(words, &options)?;
        }
        let folder = &self.data.data;
        if folder.join("ledger.sqlite").exists() {
            out::line(words.with("demo-reused", &[("folder", folder.display().to_string().into())]));
        } else {
            self.make(words, terminal)?;
        }
        if self.no_serve {
            return Ok(());
        }
        let office = data::open(words, folder, None)?;
        for line in self.door.addresses(words, &options) {
            out::line(line);
        }
        out::text(accounts(words, &office));
        serve(office, options)
    }

    /// Makes the demonstration in a folder beside; one that was broken off is made anew.
    fn make(&self, words: &Words, terminal: bool) -> anyhow::Result<()> {
        let seed = read::seed(words, "--seed", &self.seed)?;
        let from = self.from.as_deref().map(|it| read::day(words, "--from", it)).transpose()?;
        let until = self.until.as_deref().map(|it| read::moment(words, "--until", it)).transpose()?;
        let making = beside(&self.data.data);
        fs::remove_dir_all(&making).ok();
        let office = data::open(words, &making, Some(Kind::Demonstration))?;
        let runtime = tokio::runtime::Runtime::new()?;
        let told = Told { seed, from, until, terminal };
        runtime.block_on(live(words, &office, &told))?;
        example(words, &office, terminal)?;
        drop(office);
        drop(runtime);
        put(&making, &self.data.data)
    }
}

/// What is simulated.
struct Told {
    seed: u64,
    from: Option<Date>,
    until: Option<DateTime>,
    terminal: bool,
}

async fn live(words: &Words, office: &Office, asked: &Told) -> anyhow::Result<()> {
    office::demo::settle(office).await?;
    let (place, until) = (office::demo::home()?, asked.until.unwrap_or_else(|| office.now()));
    let from = asked.from.unwrap_or_else(|| office::demo::begin(until.date()));
    let mut progress = Progress::new(words.say("demo-living"), asked.terminal);
    let told = office::demo::live(office, &place, asked.seed, from, until, |told| {
        let args = [("matters", number(told.matters)), ("acts", number(told.acts))];
        progress.tell(words, told.days.into(), told.of.into(), &words.with("demo-remark", &args));
    });
    let told = told.await?;
    progress.end();
    if asked.until.is_some() {
        // Recorded, so that the clock goes on from there whenever the office is opened.
        office.advance(until.checked_add(1.minute())?).await?;
    }
    let args = [
        ("from", office::words::day(words.lang(), from).into()),
        ("until", office::words::day(words.lang(), until.date()).into()),
        ("matters", number(told.matters)),
        ("acts", number(told.acts)),
        ("refused", number(told.refused)),
        ("corrected", number(told.corrected)),
    ];
    out::line(words.with("demo-lived", &args));
    Ok(())
}

/// Imports the example year.
fn example(words: &Words, office: &Office, terminal: bool) -> anyhow::Result<()> {
    let place = EXAMPLE_PLACE.parse()?;
    let (name, bytes) = EXAMPLE;
    let order = Order { place: &place, procedure: None, login: None, name, bytes: bytes.to_vec(), terminal };
    let done = bring_in(words, office, order)?;
    let args = [("place", EXAMPLE_PLACE.into()), ("rows", number(done.imported))];
    out::line(words.with("demo-imported", &args));
    Ok(())
}

fn accounts(words: &Words, office: &Office) -> String {
    let accounts = office.demo_accounts();
    let password = accounts.first().map(|it| it.1.clone()).unwrap_or_default();
    let lines: Vec<(String, String)> = accounts
        .into_iter()
        .map(|(login, _, post)| (format!("  {login}"), post.get(words.lang()).to_owned()))
        .collect();
    let head = words.with("demo-accounts", &[("password", password.into())]);
    format!("{head}\n{}", labelled(&lines))
}
