//! `yifa import`: dated acts from a spreadsheet. The whole file is checked before anything is brought in.

use std::{fs, path::PathBuf, time::Duration};

use clap::Args;
use engine::Jurisdiction;
use law::{Citation, Key};
use office::{
    Caller, Office,
    import::{self, Checked, Progress as Done, RowFault},
    words::Words,
};

use crate::{data::Data, progress::Progress, read, trouble::Trouble, words::number};

/// How often the progress is looked at.
const LOOK: Duration = Duration::from_millis(100);

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
    /// Which procedure; may be left out if there is only one.
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
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(async {
            let (caller, checked) = check(words, &office, order).await?;
            print!("{}", findings(words, &checked));
            if self.dry_run {
                println!("{}", counted(words, "import-checked", &shown, &checked, None));
                return Ok(());
            }
            let done = apply(words, &office, &caller, &checked, terminal).await?;
            println!("{}", counted(words, "import-done", &shown, &checked, Some(&done)));
            failed(words, &shown, &done)
        })
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
        println!("{}", words.with("import-template", &[("file", out.display().to_string().into())]));
        Ok(())
    }
}

/// Brings a file in whole; an error lists every row that is faulty.
pub(crate) async fn bring_in(words: &Words, office: &Office, order: Order<'_>) -> anyhow::Result<Done> {
    let (name, terminal) = (order.name.to_owned(), order.terminal);
    let (caller, checked) = check(words, office, order).await?;
    let done = apply(words, office, &caller, &checked, terminal).await?;
    failed(words, &name, &done)?;
    Ok(done)
}

/// The procedure asked for, or the only one.
fn procedure(words: &Words, laws: &office::Laws, asked: Option<&str>) -> anyhow::Result<Key> {
    let known = laws.procedures();
    match (asked, known.as_slice()) {
        (Some(name), _) if known.iter().any(|it| *it == name) => Ok(Key::from(name)),
        (Some(name), _) => Err(unknown(words, laws, name)),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Trouble::unusable(words.with("import-which-procedure", &[("names", listed(laws).into())]))),
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
fn caller(words: &Words, office: &Office, place: &Jurisdiction, login: Option<&str>) -> anyhow::Result<Caller> {
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

async fn check(words: &Words, office: &Office, order: Order<'_>) -> anyhow::Result<(Caller, Checked)> {
    let key = procedure(words, office.laws(), order.procedure)?;
    let caller = caller(words, office, order.place, order.login)?;
    let Ok(checked) = import::check(office, &caller, &key, order.name, order.bytes).await? else {
        let login = caller.account.map(|it| it.login).unwrap_or_default();
        let args = [("login", login.into()), ("code", order.place.to_string().into())];
        return Err(Trouble::unusable(words.with("import-denied", &args)));
    };
    if !checked.errors.is_empty() {
        let args = [("file", order.name.into()), ("count", number(checked.errors.len()))];
        let head = words.with("import-faults", &args);
        return Err(Trouble::found(format!("{head}\n{}", faults(words, &checked.errors))));
    }
    Ok((caller, checked))
}

async fn apply(
    words: &Words,
    office: &Office,
    caller: &Caller,
    checked: &Checked,
    terminal: bool,
) -> anyhow::Result<Done> {
    let started = import::apply(office, caller, &checked.token).await?;
    anyhow::ensure!(started.is_ok(), "an import that was just checked was not let begin");
    let mut progress = Progress::new(words.say("demo-importing"), terminal);
    loop {
        let Some(done) = import::progress(office, caller, &checked.token)? else {
            anyhow::bail!("an import that was begun is not known")
        };
        progress.tell(words, done.done.into(), done.total.into(), "");
        if done.finished {
            progress.end();
            return Ok(done);
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn faults(words: &Words, faults: &[RowFault]) -> String {
    let line = |it: &RowFault| {
        let id = if it.row == 0 { "import-fault-file" } else { "import-fault-row" };
        let says = it.says.get(words.lang());
        let args =
            [("row", number(it.row)), ("column", it.column.as_str().into()), ("says", says.into())];
        format!("  {}", words.with(id, &args))
    };
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn findings(words: &Words, checked: &Checked) -> String {
    if checked.findings.is_empty() {
        return String::new();
    }
    let mut text = words.with("import-findings", &[("count", number(checked.findings.len()))]);
    text.push('\n');
    for it in &checked.findings {
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

fn counted(words: &Words, id: &str, file: &str, checked: &Checked, done: Option<&Done>) -> String {
    let repeated = done.map_or(checked.repeated, |it| it.repeated);
    words.with(
        id,
        &[
            ("file", file.into()),
            ("rows", number(checked.rows)),
            ("imported", number(done.map_or(0, |it| it.imported))),
            ("repeated", number(repeated)),
            ("findings", number(checked.findings.len())),
        ],
    )
}

fn failed(words: &Words, file: &str, done: &Done) -> anyhow::Result<()> {
    if done.failed.is_empty() {
        return Ok(());
    }
    let args = [("file", file.into()), ("count", number(done.failed.len()))];
    let head = words.with("import-failed", &args);
    Err(Trouble::found(format!("{head}\n{}", faults(words, &done.failed))))
}
