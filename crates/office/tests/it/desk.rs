//! A small office in a temporary folder, and people who work in it.

use std::path::{Path, PathBuf};

use calendar::DateTime;
use engine::{Inputs, MatterId, PartyInput, Value};
use law::Key;
use office::{
    ActError, ActWish, Caller, Denied, Laws, Office, Options,
    view::{MatterView, Receipt},
};

/// A folder that is removed when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty folder of this name below the system's temporary one.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("yifa-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A demonstration office with its places and people, on the morning of 1 June 2026.
pub(crate) async fn office_in_june(folder: &Folder) -> Office {
    let office = office(folder).await;
    office.set_demo_clock(june(1, 9)).unwrap();
    office
}

/// A demonstration office with its places and people.
pub(crate) async fn office(folder: &Folder) -> Office {
    let options = Options { data: folder.path().to_owned(), create: Some(store::Kind::Demonstration) };
    let office = Office::open(&options, Laws::embedded().unwrap()).unwrap();
    office::demo::settle(&office).await.unwrap();
    office
}

/// The place of the demonstration's cases.
pub(crate) fn place() -> engine::Jurisdiction {
    office::demo::home().unwrap()
}

/// An official of the demonstration, signed in with the printed password.
pub(crate) async fn official(office: &Office, login: &str) -> Caller {
    let accounts = office.demo_accounts();
    let (_, password, _) = accounts.iter().find(|(name, ..)| name == login).unwrap();
    let visit = office.visit().await.unwrap();
    let session = office.sign_in(&visit, login, password, "test").await.unwrap().unwrap();
    session.caller
}

/// The number of a month in which everything is known and nothing is a holiday.
pub(crate) fn june(day: i8, hour: i8) -> DateTime {
    calendar::Date::new(2026, 6, day).unwrap().at(hour, 0, 0, 0)
}

/// Inputs that answer everything an act asks for; `given` goes first.
pub(crate) fn inputs(act: &law::Act, procedure: &law::Procedure, given: &[(&str, Value)]) -> Inputs {
    let mut inputs = Inputs::default();
    for ask in act.asks.iter().filter(|it| it.need == law::Need::Required) {
        match &ask.what {
            law::Wanted::Parties(role) => {
                let kind = procedure.party(role).unwrap().kinds[0];
                inputs.parties.push(PartyInput {
                    role: role.clone(),
                    kind,
                    name: if kind == law::PartyKind::Body {
                        "示范区城市管理局"
                    } else {
                        "欧阳明月"
                    }
                    .to_owned(),
                    number: String::new(),
                    other_paper: false,
                    phone: if kind == law::PartyKind::Body { "" } else { "19900001234" }.to_owned(),
                    address: String::new(),
                });
            }
            law::Wanted::Field(key) => {
                let value = match &procedure.field(key).unwrap().kind {
                    law::FieldKind::Text { .. } => Value::Text("不服处罚。".to_owned()),
                    law::FieldKind::Choice { options } => Value::Choice(options[0].key.clone()),
                    law::FieldKind::YesNo => Value::YesNo(true),
                    law::FieldKind::Number { max, .. } => Value::Number(*max),
                    law::FieldKind::Date { .. } => Value::Date("2026-05-20".parse().unwrap()),
                    law::FieldKind::Body => Value::Body("示范市人民政府".to_owned()),
                    law::FieldKind::Money => Value::Money("1".to_owned()),
                    law::FieldKind::List { .. } => Value::List(vec!["x".to_owned()]),
                    law::FieldKind::File { .. } | law::FieldKind::Matter | law::FieldKind::Official => {
                        continue;
                    }
                };
                inputs.fields.insert(key.clone(), value);
            }
        }
    }
    for (key, value) in given {
        inputs.fields.insert(Key::from(*key), value.clone());
    }
    inputs
}

/// Reconsideration with the act that opens a case of it: what most tests file.
pub(crate) fn opening(office: &Office) -> (std::sync::Arc<law::Procedure>, law::Act) {
    let mut all = office.openings(&place()).into_iter();
    all.find(|it| it.0.key.as_str() == "ordinary-reconsideration").unwrap()
}

/// A case opened by a citizen; acts are done in it by name.
pub(crate) struct Case {
    pub(crate) office: Office,
    pub(crate) id: MatterId,
    pub(crate) number: String,
    pub(crate) code: String,
}

impl Case {
    /// A citizen files now.
    pub(crate) async fn file(office: &Office) -> Self {
        let (procedure, act) = opening(office);
        let inputs = inputs(&act, &procedure, &[]);
        let filed = office.file(&Caller::default(), &place(), &procedure.key, inputs, "online").await;
        let receipt = filed.unwrap().unwrap();
        let Receipt { matter: id, number, code, .. } = receipt;
        Self { office: office.clone(), id, number, code }
    }

    /// Somebody does an act with everything it asks for.
    pub(crate) async fn act(&self, by: &Caller, act: &str, given: &[(&str, Value)]) -> Result<u64, ActError> {
        let procedure = self.office.guide("ordinary-reconsideration").unwrap();
        let declared = procedure.act(act).unwrap();
        let wish = ActWish {
            place: place(),
            matter: self.id,
            act: Key::from(act),
            inputs: inputs(declared, &procedure, given),
            target: engine::Target::default(),
            expected: None,
            happened: None,
        };
        self.office.act(by, wish).await.unwrap()
    }

    /// Drafts an act with everything it asks for.
    pub(crate) async fn draft(
        &self,
        by: &Caller,
        of: &str,
        given: &[(&str, Value)],
    ) -> Result<u64, ActError> {
        let procedure = self.office.guide("ordinary-reconsideration").unwrap();
        let wish = ActWish {
            place: place(),
            matter: self.id,
            act: Key::from("draft-act"),
            inputs: inputs(procedure.act(of).unwrap(), &procedure, given),
            target: engine::Target { drafts: Some(Key::from(of)), ..engine::Target::default() },
            expected: None,
            happened: None,
        };
        self.office.act(by, wish).await.unwrap()
    }

    /// An act that needs approval: the handler drafts it, the head of the office agrees, somebody does it.
    pub(crate) async fn approved(
        &self,
        by: &Caller,
        act: &str,
        given: &[(&str, Value)],
    ) -> Result<u64, ActError> {
        let (handler, head) = (official(&self.office, "handler").await, official(&self.office, "head").await);
        self.draft(&handler, act, given).await?;
        self.act(&head, "endorse-draft", &[]).await?;
        self.act(by, act, &[]).await
    }

    /// The matter as somebody sees it.
    pub(crate) async fn seen(&self, by: &Caller) -> Result<MatterView, Denied> {
        self.office.matter(by, &place(), self.id, "test").await.unwrap()
    }
}
