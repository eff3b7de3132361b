//! Who is let in: no act without the session's token, nothing of a matter to a stranger.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};

use crate::desk::Desk;

/// A matter with a paper issued.
struct Issued {
    place: String,
    matter: String,
    seq: String,
}

impl Issued {
    async fn new(desk: &Desk) -> Self {
        let matter = desk.matter().await;
        let seq = desk.act("handler", matter, "accept-application", &[]).await;
        Self { place: desk.place().to_string(), matter: matter.to_string(), seq: seq.to_string() }
    }

    /// Addresses with their placeholders filled with what there is; none if they need nothing of a matter.
    fn filled(&self, pattern: &str) -> Vec<String> {
        if !pattern.contains("{matter}") {
            return Vec::new();
        }
        let file = format!("{}-{}-{}", self.place, self.matter, self.seq);
        let names = match pattern.contains("/dossier/") {
            true => [file.clone(), format!("{file}.pdf")].to_vec(),
            false => ["", ".pdf", ".docx"].map(|it| format!("acceptance-notice{it}")).to_vec(),
        };
        let filled = pattern.replace("{code}", &self.place).replace("{matter}", &self.matter);
        let filled = filled.replace("{seq}", &self.seq).replace("{hash}", &"0".repeat(64));
        let filled = filled.replace("{paper}", "acceptance-notice");
        let filled = filled.replace("{act}", "send-copy").replace("{key}", "none");
        if !filled.contains("{name}") {
            return vec![filled];
        }
        names.iter().map(|it| filled.replace("{name}", it)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_cannot_tell_a_matter_from_none() {
    let desk = Desk::new("stranger").await;
    let issued = Issued::new(&desk).await;
    let nothing = "01920000-0000-7000-8000-000000000009";
    let strangers = [desk.visitor(), desk.official("jb-handler").await];
    for stranger in strangers {
        for real in web::addresses().iter().flat_map(|it| issued.filled(it)) {
            assert!(!real.contains('{'), "{real}: nothing to fill it with");
            let unreal = real.replace(&issued.matter, nothing);
            let mut stranger = stranger.clone();
            let (one, other) = (stranger.get(&real).await, stranger.get(&unreal).await);
            assert_eq!(one.status, StatusCode::NOT_FOUND, "{real}");
            assert_eq!(other.status, StatusCode::NOT_FOUND, "{unreal}");
            assert_eq!(one.text.replace(&issued.matter, nothing), other.text, "{real}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stranger_does_not_get_is_there_for_whose_it_is() {
    let desk = Desk::new("not-a-stranger").await;
    let issued = Issued::new(&desk).await;
    let mut official = desk.official("handler").await;
    let addresses = ["", "/act/{act}", "/correct/{seq}", "/paper/{seq}/{name}", "/dossier"];
    for pattern in addresses.map(|it| format!("/work/m/{{code}}/{{matter}}{it}")) {
        for path in issued.filled(&pattern).iter().filter(|it| !it.ends_with(".pdf")) {
            assert_eq!(official.get(path).await.status, StatusCode::OK, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_done_without_the_token() {
    let desk = Desk::new("token").await;
    let issued = Issued::new(&desk).await;
    let procedure = desk.procedure();
    let mut official = desk.official("handler").await;
    for pattern in web::addresses().iter().chain(&["/logout", "/work/import/apply"]) {
        let mut paths = issued.filled(pattern);
        if paths.is_empty() {
            paths.push(pattern.replace("{code}", &issued.place).replace("{procedure}", &procedure));
        }
        for path in paths.iter().filter(|it| !it.contains('{')) {
            for pairs in [&[][..], &[("csrf", "wrong")][..]] {
                let answer = official.post(path, pairs).await;
                let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&answer.status);
                assert!(refused, "{path} answered {}", answer.status);
            }
        }
    }
    assert_eq!(official.get("/work").await.status, StatusCode::OK, "still signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_other_sites_are_refused() {
    let desk = Desk::new("origin").await;
    let mut visitor = desk.visitor();
    let token = visitor.token("/track").await;
    for (name, value) in [("origin", "http://elsewhere.example"), ("sec-fetch-site", "cross-site")] {
        let request = Request::post("/track")
            .header("host", "localhost:8080")
            .header(name, value)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={token}")))
            .unwrap();
        assert_eq!(visitor.send(request).await.status, StatusCode::FORBIDDEN, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workbench_asks_to_sign_in_and_leads_back() {
    let desk = Desk::new("signin").await;
    let mut visitor = desk.visitor();
    let answer = visitor.get("/work/figures?year=2026").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.leads(), "/login?next=/work/figures%3Fyear%3D2026");
    let token = visitor.token(&answer.leads()).await;
    let wrong = [("csrf", &*token), ("name", "handler"), ("password", "no"), ("next", "//elsewhere")];
    assert_eq!(visitor.post("/login", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let password = desk.office.demo_accounts()[0].1.clone();
    let right = [("csrf", &*token), ("name", "handler"), ("password", &*password), ("next", "//elsewhere")];
    let signed = visitor.post("/login", &right).await;
    assert_eq!(signed.leads(), "/work", "never to another site");
    let cookie = signed.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("SameSite=Strict"), "{cookie}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_given_password_opens_nothing_but_the_page_to_change_it() {
    let desk = Desk::new("once").await;
    let mine = format!("/p/{}/my/{}", desk.place(), desk.matter().await);
    let given = desk.office.first_password("handler").await.unwrap();
    let mut visitor = desk.visitor();
    let token = visitor.token("/login").await;
    let pairs = [("csrf", &*token), ("name", "handler"), ("password", &*given), ("next", "/work")];
    assert_eq!(visitor.post("/login", &pairs).await.leads(), "/work");
    let of_matter = ["", "/act/none", "/file/0", "/paper/1/none"].map(|it| format!("{mine}{it}"));
    let others =
        ["/", "/work", "/work/search?q=1", "/work/export/inbox/csv", "/demo/clock", "/verify/1/2/3/4/5"];
    for path in others.iter().copied().chain(of_matter.iter().map(String::as_str)) {
        assert_eq!(visitor.get(path).await.leads(), "/work/account", "{path}");
    }
    let page = visitor.get("/work/account?lang=en").await;
    let token = page.token();
    for act in ["withdraw-before-acceptance", "none"] {
        let sent = visitor.post(&format!("{mine}/act/{act}"), &[("csrf", &token), ("do", "go")]).await;
        assert_eq!(sent.leads(), "/work/account", "{act} was not held back: {}", sent.status);
    }
    let (_, style) = page.text.split_once("rel=\"stylesheet\" href=\"").unwrap();
    assert_eq!(visitor.get(style.split('"').next().unwrap()).await.status, StatusCode::OK);
    assert!(page.text.contains("Choose a password of your own first"));
    let own = "a password of mine";
    let change = [("csrf", &*token), ("old", &*given), ("new", own), ("again", own)];
    assert_eq!(visitor.post("/work/account", &change).await.status, StatusCode::OK);
    for path in ["/work", &mine] {
        assert_eq!(visitor.get(path).await.status, StatusCode::OK, "{path}");
    }
}
