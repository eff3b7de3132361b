//! A demonstration: two invented places with invented people, and a simulated stretch of work in which
//! everything is done through the same functions as on the pages. Repeatable from its seed.

mod chance;
mod folk;
mod life;

use calendar::Date;
use engine::Jurisdiction;
use law::Text;

pub use life::{Told, live};

use crate::{appoint::NewAccount, open::Office};

const ACCOUNTS: &str = include_str!("../../demo/accounts.txt");
const PLACES: &str = include_str!("../../demo/places.txt");
/// The password of every demonstration account; printed where the demonstration is served.
const PASSWORD: &str = "yifa-demo-2026";

/// Records the places and appoints the people of the demonstration, if that has not been done.
///
/// # Errors
/// If the store fails.
pub async fn settle(office: &Office) -> anyhow::Result<()> {
    let lines = |text: &'static str| {
        text.lines().map(|line| line.split('\t').collect::<Vec<_>>()).filter(|it| it.len() >= 5)
    };
    for place in lines(PLACES) {
        let code: Jurisdiction = place[0].parse()?;
        if office.place(&code).is_none() {
            let (name, organ) = (Text::new(place[1], place[2]), Text::new(place[3], place[4]));
            office.record_place(&code, &name, &organ).await?;
        }
    }
    for account in lines(ACCOUNTS) {
        let (code, login) = (account[0].parse()?, account[1]);
        if office.directory(|it| !it.accounts.contains_key(login)) {
            let new = NewAccount {
                place: &code,
                login,
                name: account[2],
                post: law::Appointment::in_organ(account[3]),
                password: Some(PASSWORD),
            };
            let appointed = office.appoint(&new).await?;
            anyhow::ensure!(appointed.is_ok(), "{login}: {appointed:?}");
        }
    }
    Ok(())
}

/// The place whose life is simulated: the first of the list.
///
/// # Errors
/// If the list of places is faulty.
pub fn home() -> anyhow::Result<Jurisdiction> {
    let code = PLACES.split('\t').next().unwrap_or_default();
    Ok(code.parse()?)
}

/// The day on which the simulated life begins: the first day of the year before.
pub fn begin(today: Date) -> Date {
    Date::new(today.year() - 1, 1, 1).unwrap_or(today)
}

impl Office {
    /// Name, password and post of each demonstration account; none in any other office.
    pub fn demo_accounts(&self) -> Vec<(String, String, Text)> {
        if !self.is_demonstration() {
            return Vec::new();
        }
        ACCOUNTS
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter(|it| it.len() >= 6)
            .map(|it| (it[1].to_owned(), PASSWORD.to_owned(), Text::new(it[4], it[5])))
            .collect()
    }
}
