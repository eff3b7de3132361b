//! A small office in a temporary folder, and visitors with a browser's memory for cookies.

use std::{collections::BTreeMap, path::PathBuf};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use engine::{Inputs, MatterId, PartyInput, Target, Value};
use law::{Act, Key, Procedure};
use office::{ActWish, Caller, Laws, Office, view::Receipt};
use tower::ServiceExt as _;

/// An office with its pages; the folder goes when the test ends.
pub(crate) struct Desk {
    folder: PathBuf,
    /// The office.
    pub(crate) office: Office,
    /// Its pages.
    pub(crate) router: Router,
}

impl Desk {
    /// Opens a demonstration office without any simulated life.
    pub(crate) async fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("yifa-web-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&folder).ok();
        let options = office::Options { data: folder.clone(), create: Some(store::Kind::Demonstration) };
        let office = Office::open(&options, Laws::embedded().unwrap()).unwrap();
        office::demo::settle(&office).await.unwrap();
        let options =
            web::Options { address: "127.0.0.1:8080".parse().unwrap(), base: "http://localhost:8080".into() };
        let router = web::router(office.clone(), options);
        Self { folder, office, router }
    }

    /// The place whose officials work in these tests.
    pub(crate) fn place(&self) -> engine::Jurisdiction {
        office::demo::home().unwrap()
    }

    /// Reconsideration, with the act by which the public opens a case of it.
    fn opening(&self) -> (std::sync::Arc<law::Procedure>, law::Act) {
        let mut all = self.office.openings(&self.place()).into_iter();
        all.find(|it| it.0.key.as_str() == "ordinary-reconsideration").unwrap()
    }

    /// A procedure that the public can open.
    pub(crate) fn procedure(&self) -> String {
        self.opening().0.key.to_string()
    }

    /// Somebody without any cookie.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    /// An official, signed in through the page.
    pub(crate) async fn official(&self, login: &str) -> Visitor {
        let accounts = self.office.demo_accounts();
        let (_, password, _) = accounts.iter().find(|(name, ..)| name == login).unwrap();
        let mut visitor = self.visitor();
        let token = visitor.token("/login").await;
        let pairs = [("csrf", &*token), ("name", login), ("password", password)];
        let answer = visitor.post("/login", &pairs).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        visitor
    }

    /// A matter that a citizen has filed.
    pub(crate) async fn matter(&self) -> MatterId {
        self.filed().await.matter
    }

    /// Who has filed a matter, let in with its number and access code.
    pub(crate) async fn citizen(&self) -> (MatterId, Visitor) {
        let Receipt { matter, number, code, .. } = self.filed().await;
        let mut visitor = self.visitor();
        let token = visitor.token("/track").await;
        let place = self.place().to_string();
        let pairs = [("csrf", &*token), ("p", &*place), ("number", &*number), ("code", &*code)];
        assert_eq!(visitor.post("/track", &pairs).await.status, StatusCode::SEE_OTHER);
        (matter, visitor)
    }

    /// Files a matter; the act must ask only for what can be made up here.
    async fn filed(&self) -> Receipt {
        let (procedure, act) = self.opening();
        let inputs = self.made_up(&procedure, &act, &[]);
        let caller = Caller::default();
        let filed = self.office.file(&caller, &self.place(), &procedure.key, inputs, "online").await;
        filed.unwrap().unwrap()
    }

    /// What an act must be given, made up; `given` stands as it is.
    fn made_up(&self, procedure: &Procedure, act: &Act, given: &[(&str, Value)]) -> Inputs {
        let mut inputs = Inputs::default();
        for ask in act.asks.iter().filter(|it| it.need == law::Need::Required) {
            match &ask.what {
                law::Wanted::Parties(role) => inputs.parties.push(PartyInput {
                    role: role.clone(),
                    kind: procedure.party(role).unwrap().kinds[0],
                    name: "Ouyang".to_owned(),
                    number: String::new(),
                    other_paper: false,
                    phone: String::new(),
                    address: String::new(),
                }),
                law::Wanted::Field(key) => {
                    let today = self.office.now().date();
                    let value = match &procedure.field(key).unwrap().kind {
                        law::FieldKind::Choice { options } => Value::Choice(options[0].key.clone()),
                        law::FieldKind::YesNo => Value::YesNo(true),
                        law::FieldKind::Number { min, .. } => Value::Number(*min),
                        law::FieldKind::Date { .. } => Value::Date(today),
                        law::FieldKind::Body => Value::Body("Office".to_owned()),
                        law::FieldKind::Money => Value::Money("1".to_owned()),
                        law::FieldKind::List { .. } => Value::List(vec!["words".to_owned()]),
                        law::FieldKind::Official => Value::Official("words".to_owned()),
                        law::FieldKind::Text { .. }
                        | law::FieldKind::File { .. }
                        | law::FieldKind::Matter => Value::Text("words".to_owned()),
                    };
                    inputs.fields.insert(key.clone(), value);
                }
            }
        }
        inputs.fields.extend(given.iter().map(|(key, value)| (Key::from(*key), value.clone())));
        inputs
    }

    /// An official does an act in a matter that was filed here, not through a page.
    pub(crate) async fn act(&self, login: &str, matter: MatterId, act: &str, given: &[(&str, Value)]) -> u64 {
        let procedure = self.office.guide(&self.procedure()).unwrap();
        let wish = ActWish {
            place: self.place(),
            matter,
            act: Key::from(act),
            inputs: self.made_up(&procedure, procedure.act(act).unwrap(), given),
            target: Target::default(),
            expected: None,
            happened: None,
        };
        self.office.act(&self.caller(login).await, wish).await.unwrap().unwrap()
    }

    /// An official, signed in without a page.
    pub(crate) async fn caller(&self, login: &str) -> Caller {
        let accounts = self.office.demo_accounts();
        let (_, password, _) = accounts.iter().find(|(name, ..)| name == login).unwrap();
        let visit = self.office.visit().await.unwrap();
        self.office.sign_in(&visit, login, password, "test").await.unwrap().unwrap().caller
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// What a page answered.
pub(crate) struct Answer {
    /// Status.
    pub(crate) status: StatusCode,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Body.
    pub(crate) text: String,
}

impl Answer {
    /// Where it leads.
    pub(crate) fn leads(&self) -> String {
        self.headers.get(header::LOCATION).map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The token of its first form.
    pub(crate) fn token(&self) -> String {
        let (_, rest) = self.text.split_once("name=\"csrf\" value=\"").expect("a form with a token");
        rest.split('"').next().unwrap().to_owned()
    }
}

/// A visitor with cookies.
#[derive(Clone)]
pub(crate) struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    /// Sends a request and remembers cookies.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(key, value)| format!("{key}={value}")).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(pair.0.to_owned(), pair.1.to_owned());
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// Fetches a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a plain form.
    pub(crate) async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            pairs.iter().map(|(key, it)| format!("{}={}", coded(key), coded(it))).collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")));
        self.send(request.unwrap()).await
    }

    /// Sends a form with files: input, file name, content.
    pub(crate) async fn upload(
        &mut self,
        path: &str,
        pairs: &[(&str, &str)],
        files: &[(&str, &str, Vec<u8>)],
    ) -> Answer {
        let mut body = Vec::new();
        for (key, value) in pairs {
            let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        for (input, name, content) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{input}\"; filename=\"{name}\"\r\n\
                 Content-Type: text/plain\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// The token of a page's form.
    pub(crate) async fn token(&mut self, path: &str) -> String {
        self.get(path).await.token()
    }
}

fn coded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
