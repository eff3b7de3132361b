//! `yifa import`: dated acts from a spreadsheet. The whole file is checked before anything is brought in.

use std::{fs, path::PathBuf};

use clap::Args;
use engine::Jurisdiction;
use law::{Citation, Key};
use office::{
    Caller, Office,
    import::{self, Checked, Imported, RowFault, RowFinding, Running, SeriesMove},
    words::Words,
};

use crate::{data::Data, out, progress::Progress, read, trouble::Trouble, words::number};

/// Brings in dated acts.
#[derive(Args)]
pub(crate) struct Import {
    #[command(flatten)]
    data: Data,
    /// The file.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// For whom.
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,
    /// Of which procedure.
    #[arg(long, value_name = "NAME")]
    procedure: Option<String>,
    /// In whose name.
    #[arg(long = "as", id = "as", value_name = "LOGIN")]
    login: Option<String>,
    /// Check only.
    #[arg(long)]
    dry_run: bool,
    /// Write the blank table.
    #[arg(long, conflicts_with_all = ["file", "jurisdiction", "dry_run"])]
    template: bool,
    /// Where to.
    #[arg(long, value_name = "FILE", requires = "template")]
    out: Option<PathBuf>,
}

/// A file to be brought in, and by whom.
pub(crate) struct Order<'a> {
    /// For which place.
    pub(crate) place: &'a Jurisdiction,
    /// Which procedure; may be left out if the file's headers fit only one.
    pub(crate) procedure: Option<&'a str>,
    /// Whose account; else the place's first.
    pub(crate) login: Option<&'a str>,
    /// The file's name.
    pub(crate) name: &'a str,
    /// The file.
    pub(crate) bytes: Vec<u8>,
    /// Whether a person looks at a terminal.
    pub(crate) terminal: bool,
}

impl Import {
    pub(crate) fn run(self, words: &Words, terminal: bool) -> anyhow::Result<()> {
        if self.template {
            return self.write_template(words);
        }
        let Some(file) = &self.file else {
            return Err(Trouble::unusable(words.say("import-no-file")));
        };
        let Some(code) = &self.jurisdiction else {
            return Err(Trouble::unusable(words.say("import-needs-place")));
        };
        let place = read::place(words, "--jurisdiction", code)?;
        let shown = file.display().to_string();
        let unreadable = || words.with("file-unreadable", &[("file", shown.as_str().into())]);
        let bytes = fs::read(file).map_err(|_| Trouble::unusable(unreadable()))?;
        let order = Order {
            place: &place,
            procedure: self.procedure.as_deref(),
            login: self.login.as_deref(),
            name: &shown,
            bytes,
            terminal,
        };
        let office = self.data.open(words)?;
        if self.dry_run {
            let checked = check(words, &office, order)?;
            out::text(review(words, &checked.running, &checked.series));
            out::text(findings(words, &checked.findings));
            let repeated = checked.repeated;
            out::line(counted(words, "import-checked", &shown, checked.rows, repeated, &checked.findings));
            return Ok(());
        }
        let done = bring_in(words, &office, order)?;
        out::text(review(words, &done.running, &done.series));
        out::text(findings(words, &done.findings));
        let (imported, repeated) = (done.imported, done.repeated);
        out::line(counted(words, "import-done", &shown, imported, repeated, &done.findings));
        Ok(())
    }

    fn write_template(&self, words: &Words) -> anyhow::Result<()> {
        let Some(out) = &self.out else {
            return Err(Trouble::unusable(words.say("import-needs-out")));
        };
        let laws = office::Laws::embedded()?;
        let key = procedure(words, &laws, self.procedure.as_deref())?;
        let Some(version) = laws.versions(&key).pop() else {
            return Err(unknown(words, &laws, &key));
        };
        fs::write(out, import::template(&version)?)?;
        out::line(words.with("import-template", &[("file", out.display().to_string().into())]));
        Ok(())
    }
}

/// The procedure asked for; else the only one whose acts the file's headers name.
fn meant(words: &Words, office: &Office, order: &Order<'_>) -> anyhow::Result<Key> {
    if order.procedure.is_none()
        && let [only] = import::fitting(office, order.place, &order.bytes).as_slice()
    {
        return Ok(only.clone());
    }
    procedure(words, office.laws(), order.procedure)
}

/// Brings a file in whole; an error lists every row that is faulty.
pub(crate) fn bring_in(words: &Words, office: &Office, order: Order<'_>) -> anyhow::Result<Imported> {
    let key = meant(words, office, &order)?;
    let caller = caller(words, office, order.place, order.login)?;
    let mut progress = Progress::new(words.say("demo-importing"), order.terminal);
    let done = import::import_file(office, &caller, &key, order.name, &order.bytes, |told| {
        progress.tell(words, told.done.into(), told.total.into(), "");
    })?;
    progress.end();
    done.map_err(|errors| refused(words, order.name, &errors))
}

fn refused(words: &Words, name: &str, errors: &[RowFault]) -> anyhow::Error {
    let head = words.with("import-faults", &[("file", name.into()), ("count", number(errors.len()))]);
    Trouble::found(format!("{head}\n{}", faults(words, errors)))
}

/// The procedure asked for, or the only one.
fn procedure(words: &Words, laws: &office::Laws, asked: Option<&str>) -> anyhow::Result<Key> {
    let known = laws.procedures();
    match (asked, known.as_slice()) {
        (Some(name), _) if known.iter().any(|it| *it == name) => Ok(Key::from(name)),
        (Some(name), _) => Err(unknown(words, laws, name)),
        (None, [only]) => Ok(only.clone()),
        (None, _) => {
            Err(Trouble::unusable(words.with("import-which-procedure", &[("names", listed(laws).into())])))
        }
    }
}

fn unknown(words: &Words, laws: &office::Laws, name: &str) -> anyhow::Error {
    let args = [("name", name.into()), ("names", listed(laws).into())];
    Trouble::unusable(words.with("import-unknown-procedure", &args))
}

fn listed(laws: &office::Laws) -> String {
    laws.procedures().iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")
}

/// Who brings it in: an account of the place.
fn caller(
    words: &Words,
    office: &Office,
    place: &Jurisdiction,
    login: Option<&str>,
) -> anyhow::Result<Caller> {
    let accounts = office.accounts(place);
    let logins: Vec<&str> = accounts.iter().map(|it| it.login.as_str()).collect();
    let found = accounts.iter().find(|it| login.is_none_or(|login| it.login == login));
    let Some(account) = found else {
        let args = [
            ("code", place.to_string().into()),
            ("login", login.unwrap_or("-").into()),
            ("logins", logins.join(", ").into()),
        ];
        return Err(Trouble::unusable(words.with("import-no-account", &args)));
    };
    Ok(Caller { account: Some(account.clone()), ..Caller::default() })
}

fn check(words: &Words, office: &Office, order: Order<'_>) -> anyhow::Result<Checked> {
    let key = meant(words, office, &order)?;
    let caller = caller(words, office, order.place, order.login)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let checked = runtime.block_on(import::check(office, &caller, &key, order.name, order.bytes))?;
    let Ok(checked) = checked else {
        let login = caller.account.map(|it| it.login).unwrap_or_default();
        let args = [("login", login.into()), ("code", order.place.to_string().into())];
        return Err(Trouble::unusable(words.with("import-denied", &args)));
    };
    if checked.errors.is_empty() { Ok(checked) } else { Err(refused(words, order.name, &checked.errors)) }
}

fn faults(words: &Words, faults: &[RowFault]) -> String {
    let line = |it: &RowFault| {
        let id = if it.row == 0 { "import-fault-file" } else { "import-fault-row" };
        let says = it.says.get(words.lang());
        let args = [("row", number(it.row)), ("column", it.column.as_str().into()), ("says", says.into())];
        format!("  {}", words.with(id, &args))
    };
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Matters that still run with their limits, and how series go on.
fn review(words: &Words, running: &[Running], series: &[SeriesMove]) -> String {
    let lang = words.lang();
    let mut text = String::new();
    if !running.is_empty() {
        text.push_str(&format!("{}\n", words.with("import-running", &[("count", number(running.len()))])));
    }
    for it in running {
        let clocks = it.clocks.iter().map(|clock| {
            let day = office::words::day(lang, clock.due);
            let args = [("limit", clock.limit.get(lang).into()), ("day", day.into())];
            words.with(&format!("import-clock-{}", clock.state), &args)
        });
        let clocks: Vec<String> = clocks.collect();
        let args = [
            ("row", number(it.row)),
            ("number", it.number.as_str().into()),
            ("stage", it.stage.get(lang).into()),
            ("clocks", clocks.join(&words.say("import-comma")).into()),
        ];
        text.push_str(&format!("  {}\n", words.with("import-runs", &args)));
    }
    let stretch =
        |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from}\u{2013}{to}") };
    for it in series {
        let gaps: Vec<String> = it.gaps.iter().map(stretch).collect();
        let id = if gaps.is_empty() { "import-series" } else { "import-series-gaps" };
        let args = [
            ("series", it.series.get(lang).into()),
            ("year", it.year.to_string().into()),
            ("next", number(it.next)),
            ("gaps", gaps.join(", ").into()),
        ];
        text.push_str(&format!("{}\n", words.with(id, &args)));
    }
    text
}

fn findings(words: &Words, found: &[RowFinding]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut text = words.with("import-findings", &[("count", number(found.len()))]);
    text.push('\n');
    for it in found {
        let cited: Vec<String> = it.basis.iter().map(|cite: &Citation| cite.show(words.lang())).collect();
        let basis = if cited.is_empty() { String::new() } else { format!(" [{}]", cited.join("; ")) };
        let args = [
            ("row", number(it.row)),
            ("act", it.act.get(words.lang()).into()),
            ("says", it.says.get(words.lang()).into()),
            ("basis", basis.into()),
        ];
        text.push_str(&format!("  {}\n", words.with("import-finding", &args)));
    }
    text
}

fn counted(words: &Words, id: &str, file: &str, rows: u32, repeated: u32, found: &[RowFinding]) -> String {
    words.with(
        id,
        &[
            ("file", file.into()),
            ("rows", number(rows)),
            ("repeated", number(repeated)),
            ("findings", number(found.len())),
        ],
    )
}
