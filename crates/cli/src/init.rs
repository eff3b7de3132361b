//! `yifa init`: the ledger of a real office, from one file that says what the office has; nothing made up.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use law::{Founding, Key, Lang, ParameterValue, Sources, Text};
use office::{Clock, FirstSignIn, Laws, words::Words};
use store::Kind;

use crate::{
    data,
    data::{Data, beside, put},
    out,
    table::Table,
    trouble::Trouble,
    words::number,
};

const TEMPLATE_ZH: &str = include_str!("../templates/office.zh.kdl");
const TEMPLATE_EN: &str = include_str!("../templates/office.en.kdl");

/// Makes the ledger of a real office.
#[derive(Args)]
pub(crate) struct Init {
    #[command(flatten)]
    data: Data,
    /// The file that says what the office has.
    #[arg(long, value_name = "FILE", required_unless_present = "template")]
    from: Option<PathBuf>,
    /// Print such a file to be filled in.
    #[arg(long, conflicts_with = "from")]
    template: bool,
}

impl Init {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        let laws = Laws::embedded()?;
        let Some(file) = &self.from else {
            out::text(template(&laws, words.lang()));
            return Ok(());
        };
        let founding = read(words, &laws, file)?;
        let folder = &self.data.data;
        if folder.join("ledger.sqlite").exists() {
            let shown = folder.display().to_string();
            return Err(Trouble::unusable(words.with("data-exists", &[("folder", shown.into())])));
        }
        let accounts = make(words, &founding, folder)?;
        out::text(told(words, &founding, &accounts));
        out::line(words.with("init-done", &[("folder", folder.display().to_string().into())]));
        Ok(())
    }
}

/// Reads the file; all its faults together if it has any.
fn read(words: &Words, laws: &Laws, file: &Path) -> anyhow::Result<Founding> {
    let shown = file.display().to_string();
    let text = fs::read_to_string(file)
        .map_err(|_| Trouble::unusable(words.with("file-unreadable", &[("file", shown.as_str().into())])))?;
    let mut sources = Sources::default();
    sources.add(shown.as_str(), text);
    let (founding, faults) = law::read_office(&sources, laws.law());
    founding.ok_or_else(|| {
        let says = words.with("init-faults", &[("file", shown.into()), ("count", number(faults.len()))]);
        Trouble::found(format!("{}\n{says}", law::render(&faults, &sources, words.lang())))
    })
}

/// Makes the ledger in a folder beside and moves it into place when it is whole.
fn make(words: &Words, founding: &Founding, folder: &Path) -> anyhow::Result<Vec<FirstSignIn>> {
    let making = beside(folder);
    fs::remove_dir_all(&making).ok();
    let office = data::open(words, &making, Some(Kind::Live))?;
    let runtime = tokio::runtime::Runtime::new()?;
    let accounts = runtime.block_on(office.found(founding)).context(founding.code.clone())?;
    drop(office);
    drop(runtime);
    put(&making, folder)?;
    Ok(accounts)
}

/// What was made: counts, series with their gaps, and the passwords for the first sign-in.
fn told(words: &Words, founding: &Founding, accounts: &[FirstSignIn]) -> String {
    let lang = words.lang();
    let mut text = words.with(
        "init-made",
        &[
            ("name", founding.name.get(lang).into()),
            ("code", founding.code.as_str().into()),
            ("bodies", number(founding.bodies.len())),
            ("people", number(founding.people.len())),
            ("series", number(founding.series.len())),
            ("parameters", number(founding.parameters.len())),
        ],
    );
    text.push('\n');
    for it in &founding.series {
        let missing: Vec<String> = it.missing.iter().map(ToString::to_string).collect();
        let id = if missing.is_empty() { "init-series" } else { "init-series-gaps" };
        let args = [
            ("series", it.series.as_str().into()),
            ("year", it.year.to_string().into()),
            ("next", number(it.last + 1)),
            ("missing", missing.join(" ").into()),
        ];
        text.push_str(&format!("  {}\n", words.with(id, &args)));
    }
    let heads = ["init-head-login", "init-head-name", "init-head-password"];
    let mut table = Table::new(&heads.map(|it| words.say(it)));
    for it in accounts {
        table.row(&[it.login.clone(), it.name.clone(), it.password.clone()]);
    }
    format!("{text}{}\n{}", words.say("init-passwords"), table.show())
}

/// The file to be filled in, with the posts, series and parameters of the packs.
fn template(laws: &Laws, lang: Lang) -> String {
    let year = Clock::real().local().date().year();
    let posts = laws.packs().iter().flat_map(|it| &it.posts);
    let lines: BTreeMap<&Key, String> =
        posts.clone().map(|(key, name)| (key, remark("    //   ", key, name, lang))).collect();
    let first = posts
        .map(|(key, _)| key.as_str())
        .find(|it| *it != office::ADMINISTRATOR)
        .unwrap_or(office::ADMINISTRATOR);
    // Of several versions of a procedure the last one's words and defaults are shown.
    let procedures = laws.packs().iter().flat_map(|it| &it.procedures);
    let series: BTreeMap<&Key, String> = procedures
        .flat_map(|it| &it.series)
        .map(|it| {
            let line = format!("{} year={year} last=0", it.key);
            (&it.key, remark("    // series ", &line, &it.name, lang))
        })
        .collect();
    let parameters: BTreeMap<&Key, String> = laws
        .packs()
        .iter()
        .flat_map(law::Pack::parameters)
        .map(|it| {
            let value = match &it.default {
                ParameterValue::Number(number) => number.to_string(),
                ParameterValue::Option(option) => option.to_string(),
                ParameterValue::Words(words) => format!("{words:?}"),
            };
            (&it.key, remark("    // parameter ", &format!("{} {value}", it.key), &it.name, lang))
        })
        .collect();
    let text = if lang == Lang::Zh { TEMPLATE_ZH } else { TEMPLATE_EN };
    let block =
        |lines: &BTreeMap<&Key, String>| lines.values().map(|it| format!("{it}\n")).collect::<String>();
    text.replace("{posts}\n", &block(&lines))
        .replace("{post}", first)
        .replace("{series}\n", &block(&series))
        .replace("{parameters}", &block(&parameters))
}

fn remark(begin: &str, what: &str, name: &Text, lang: Lang) -> String {
    format!("{begin}{what}  // {}", name.get(lang))
}
