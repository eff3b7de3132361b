//! `yifa appoint`: a post given, ended, or held for somebody else; a new password for the first sign-in.

use clap::Args;
use engine::Jurisdiction;
use law::{Appointment, Body, Key};
use office::{NewAccount, NotAppointed, Office, words::Words};

use crate::{data::Data, out, read, trouble::Trouble};

/// Appoints somebody to a post.
#[derive(Args)]
pub(crate) struct Appoint {
    #[command(flatten)]
    data: Data,
    /// Name for signing in.
    #[arg(value_name = "LOGIN")]
    login: String,
    /// Name shown, for somebody new.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Code of the place; may be left out if there is only one.
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,
    /// Kind of post.
    #[arg(long, value_name = "POST", required_unless_present = "new_password")]
    post: Option<String>,
    /// Key of the body.
    #[arg(long = "in", id = "in", value_name = "BODY", default_value = Body::ORGAN)]
    body: String,
    /// First day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    /// Last day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<String>,
    /// Whose post it is, by name for signing in.
    #[arg(long, value_name = "LOGIN")]
    acting_for: Option<String>,
    /// End the post now.
    #[arg(long, conflicts_with_all = ["from", "until", "acting_for", "name"])]
    end: bool,
    /// Make a new password for the first sign-in.
    #[arg(long, conflicts_with_all = ["post", "from", "until", "acting_for", "end"])]
    new_password: bool,
}

impl Appoint {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        let office = self.data.open(words)?;
        let place = self.place(words, &office)?;
        let runtime = tokio::runtime::Runtime::new()?;
        let known = office.accounts_ever(&place).into_iter().find(|it| it.login == self.login);
        let Some(post) = &self.post else {
            if known.is_none() {
                return Err(self.trouble(words, "appoint-unknown"));
            }
            return self.password(words, &runtime, &office);
        };
        if self.end {
            let ended = runtime.block_on(office.end_post(&place, &self.login, post, &self.body))?;
            ended.map_err(|why| self.refused(words, &office, &why))?;
            out::line(self.says(words, "appoint-ended"));
            return Ok(());
        }
        let name = match (&self.name, &known) {
            (Some(name), _) => name.clone(),
            (None, Some(account)) => account.name.clone(),
            (None, None) => return Err(self.trouble(words, "appoint-needs-name")),
        };
        if !Key::is_well_formed(&self.login) && known.is_none() {
            return Err(self.trouble(words, "appoint-bad-login"));
        }
        let post = self.appointment(words, post)?;
        let new = NewAccount { place: &place, login: &self.login, name: &name, post, password: None };
        let appointed = runtime.block_on(office.appoint(&new))?;
        appointed.map_err(|why| self.refused(words, &office, &why))?;
        out::line(self.says(words, "appoint-done"));
        if known.is_none() { self.password(words, &runtime, &office) } else { Ok(()) }
    }

    fn appointment(&self, words: &Words, post: &str) -> anyhow::Result<Appointment> {
        let day = |option: &str, text: &Option<String>| {
            text.as_deref().map(|it| read::day(words, option, it)).transpose()
        };
        Ok(Appointment {
            post: Key::from(post),
            body: Key::from(self.body.as_str()),
            from: day("--from", &self.from)?,
            until: day("--until", &self.until)?,
            acting_for: self.acting_for.as_deref().map(Key::from),
        })
    }

    fn place(&self, words: &Words, office: &Office) -> anyhow::Result<Jurisdiction> {
        let codes: Vec<Jurisdiction> = office.places().into_iter().map(|it| it.code).collect();
        let asked =
            self.jurisdiction.as_deref().map(|it| read::place(words, "--jurisdiction", it)).transpose()?;
        match (asked, codes.as_slice()) {
            (Some(code), _) if codes.contains(&code) => Ok(code),
            (None, [only]) => Ok(only.clone()),
            _ => {
                let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
                Err(Trouble::unusable(
                    words.with("appoint-which-place", &[("codes", codes.join(", ").into())]),
                ))
            }
        }
    }

    fn password(
        &self,
        words: &Words,
        runtime: &tokio::runtime::Runtime,
        office: &Office,
    ) -> anyhow::Result<()> {
        let password = runtime.block_on(office.first_password(&self.login))?;
        let args = [("login", self.login.as_str().into()), ("password", password.into())];
        out::line(words.with("appoint-password", &args));
        Ok(())
    }

    fn says(&self, words: &Words, id: &str) -> String {
        let post = self.post.as_deref().unwrap_or_default();
        let args = [
            ("login", self.login.as_str().into()),
            ("post", post.into()),
            ("body", self.body.as_str().into()),
            ("other", self.acting_for.as_deref().unwrap_or_default().into()),
        ];
        words.with(id, &args)
    }

    fn trouble(&self, words: &Words, id: &str) -> anyhow::Error {
        Trouble::unusable(self.says(words, id))
    }

    fn refused(&self, words: &Words, office: &Office, why: &NotAppointed) -> anyhow::Error {
        let id = match why {
            NotAppointed::UnknownPost => {
                let posts: Vec<&str> = office
                    .laws()
                    .packs()
                    .iter()
                    .flat_map(|it| it.posts.keys())
                    .map(|it| it.as_str())
                    .collect();
                let post = self.post.as_deref().unwrap_or_default();
                let args = [("post", post.into()), ("posts", posts.join(", ").into())];
                return Trouble::unusable(words.with("init-unknown-post", &args));
            }
            NotAppointed::UnknownBody => "appoint-unknown-body",
            NotAppointed::OtherPlace => "appoint-other-place",
            NotAppointed::Already => "appoint-already",
            NotAppointed::Term => "appoint-term",
            NotAppointed::NotTheirs => "appoint-not-theirs",
            NotAppointed::NoPost => "appoint-no-post",
        };
        self.trouble(words, id)
    }
}
