//! `yifa init`: the ledger of a real office, with its place and its first official; nothing made up.

use std::{
    fs,
    io::{IsTerminal as _, Write as _},
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::Context as _;
use clap::Args;
use law::Text;
use office::{NewAccount, PASSWORD_MIN, words::Words};
use store::Kind;

use crate::{data, data::Data, out, read, trouble::Trouble, words::number};

/// Makes the ledger of a real office.
#[derive(Args)]
pub(crate) struct Init {
    #[command(flatten)]
    data: Data,
    /// Code of the jurisdiction.
    #[arg(long, value_name = "CODE")]
    place: String,
    /// Its name.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Its name in English.
    #[arg(long, value_name = "NAME")]
    name_en: String,
    /// The organ.
    #[arg(long, value_name = "NAME")]
    organ: String,
    /// The organ in English.
    #[arg(long, value_name = "NAME")]
    organ_en: String,
    /// Name for signing in of the first official.
    #[arg(long, value_name = "LOGIN")]
    admin: String,
    /// Name shown of the first official.
    #[arg(long, value_name = "NAME")]
    admin_name: String,
    /// A post held.
    #[arg(long, value_name = "KIND", required = true)]
    post: Vec<String>,
    /// File with the password in its first line.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl Init {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        let code = read::place(words, "--place", &self.place)?;
        let laws = office::Laws::embedded()?;
        for post in &self.post {
            if laws.post(post).is_none() {
                let known: Vec<&str> =
                    laws.packs().iter().flat_map(|it| it.posts.keys()).map(|it| it.as_str()).collect();
                let args = [("post", post.as_str().into()), ("posts", known.join(", ").into())];
                return Err(Trouble::unusable(words.with("init-unknown-post", &args)));
            }
        }
        let password = self.password(words)?;
        if self.data.data.join("ledger.sqlite").exists() {
            let folder = self.data.data.display().to_string();
            return Err(Trouble::unusable(words.with("data-exists", &[("folder", folder.into())])));
        }
        let office = data::open(words, &self.data.data, Some(Kind::Live))?;
        let (name, organ) = (Text::new(&self.name, &self.name_en), Text::new(&self.organ, &self.organ_en));
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(async {
            office.record_place(&code, &name, &organ).await?;
            for (at, post) in self.post.iter().enumerate() {
                let new = NewAccount {
                    place: &code,
                    login: &self.admin,
                    name: &self.admin_name,
                    post,
                    password: (at == 0).then_some(password.as_str()),
                };
                office.appoint(&new).await?;
            }
            anyhow::Ok(())
        })?;
        out::line(words.with("init-done", &[("folder", self.data.data.display().to_string().into())]));
        Ok(())
    }

    fn password(&self, words: &Words) -> anyhow::Result<String> {
        let text = match &self.password_file {
            Some(path) => fs::read_to_string(path).map_err(|_| {
                let file = path.display().to_string();
                Trouble::unusable(words.with("file-unreadable", &[("file", file.into())]))
            })?,
            None => asked(words)?,
        };
        let password = text.lines().next().unwrap_or_default().trim().to_owned();
        if password.chars().count() < PASSWORD_MIN {
            return Err(Trouble::unusable(
                words.with("init-short-password", &[("min", number(PASSWORD_MIN))]),
            ));
        }
        Ok(password)
    }
}

/// Asks for the password at the terminal, without showing it where that can be had.
fn asked(words: &Words) -> anyhow::Result<String> {
    if !std::io::stdin().is_terminal() {
        return Err(Trouble::unusable(words.say("init-no-terminal")));
    }
    eprint!("{}", words.say("init-password"));
    std::io::stderr().flush().context("terminal")?;
    let echo = |on: &str| Command::new("stty").arg(on).stderr(Stdio::null()).status().ok();
    echo("-echo");
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    echo("echo");
    eprintln!();
    read.context("terminal")?;
    Ok(line)
}
