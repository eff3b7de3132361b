//! Who may act, in an office at work: roles that are kept apart, colleagues who act along.

use engine::{Inputs, MatterId, Target};
use law::{Appointment, Key};
use office::{ActError, ActWish, Caller, Laws, NewAccount, Office, Options, view::RefusalView};

use crate::desk::{Folder, inputs, june, place};

const PACK: &str = include_str!("../../../engine/tests/workshop/workshop/pack.kdl");
const YARD: &str = include_str!("../../../engine/tests/workshop/workshop/yard-check/2024-01-01.kdl");

/// A demonstration office with a procedure that tries who may act, and with people in all its posts.
async fn yard_office(folder: &Folder) -> Office {
    let mut sources = Laws::embedded_sources();
    sources.add("workshop/pack.kdl", PACK);
    sources.add("workshop/yard-check/2024-01-01.kdl", YARD);
    let options = Options { data: folder.path().to_owned(), create: Some(store::Kind::Demonstration) };
    let office = Office::open(&options, Laws::read(&sources).unwrap()).unwrap();
    office.set_demo_clock(june(1, 9)).unwrap();
    let words = |it: &str| law::Text::new(it, it);
    office.record_place(&place(), &words("示范区"), &words("示范区政府")).await.unwrap();
    let posts = [
        ("zhang", "worker-post"),
        ("li", "worker-post"),
        ("sun", "worker-post"),
        ("sun", "lead-post"),
        ("wang", "lead-post"),
        ("zhao", "chief-post"),
    ];
    for (login, post) in posts {
        appoint(&office, login, post).await;
    }
    office
}

async fn appoint(office: &Office, login: &str, post: &str) {
    let place = place();
    let post = Appointment::in_organ(post);
    let new = NewAccount { place: &place, login, name: login, post, password: None };
    office.appoint(&new).await.unwrap().unwrap();
}

fn caller(office: &Office, login: &str) -> Caller {
    let account = office.accounts(&place()).into_iter().find(|it| it.login == login);
    Caller { account, grants: Vec::new() }
}

/// A yard that somebody reported.
struct Yard {
    office: Office,
    id: MatterId,
}

impl Yard {
    async fn reported(office: &Office, by: &str) -> Self {
        let procedure = office.guide("yard-check").unwrap();
        let given = inputs(procedure.act("report-yard").unwrap(), &procedure, &[]);
        let filed = office.file(&caller(office, by), &place(), "yard-check", given, "counter").await;
        Self { office: office.clone(), id: filed.unwrap().unwrap().matter }
    }

    async fn does(&self, by: &str, act: &str) -> Result<u64, RefusalView> {
        self.wish(by, act, Target::default(), &[]).await
    }

    async fn checks(&self, by: &str, with: &str) -> Result<u64, RefusalView> {
        let given = [("second-officer", engine::Value::Official(with.to_owned()))];
        self.wish(by, "check-yard", Target::default(), &given).await
    }

    async fn wish(
        &self,
        by: &str,
        act: &str,
        target: Target,
        given: &[(&str, engine::Value)],
    ) -> Result<u64, RefusalView> {
        let procedure = self.office.guide("yard-check").unwrap();
        let asked = procedure.act(target.drafts.as_ref().map_or(act, Key::as_str)).unwrap();
        let inputs: Inputs = inputs(asked, &procedure, given);
        let (place, act) = (place(), Key::from(act));
        let wish = ActWish { place, matter: self.id, act, inputs, target, expected: None, happened: None };
        self.office_says(by, wish).await
    }

    async fn office_says(&self, by: &str, wish: ActWish) -> Result<u64, RefusalView> {
        match self.office.act(&caller(&self.office, by), wish).await.unwrap() {
            Ok(seq) => Ok(seq),
            Err(ActError::Refused(refusal)) => Err(refusal),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// A check that took place earlier and is entered now.
    async fn happened(
        &self,
        happened: Option<(calendar::DateTime, Key)>,
        by: &str,
        with: &str,
    ) -> Result<u64, RefusalView> {
        let procedure = self.office.guide("yard-check").unwrap();
        let given = [("second-officer", engine::Value::Official(with.to_owned()))];
        let inputs = inputs(procedure.act("check-yard").unwrap(), &procedure, &given);
        let (place, act, target) = (place(), Key::from("check-yard"), Target::default());
        let wish = ActWish { place, matter: self.id, act, inputs, target, expected: None, happened };
        self.office_says(by, wish).await
    }

    /// Why the page greys an act for somebody, in the words of both languages; `None` if it offers it.
    async fn greyed(&self, by: &str, act: &str) -> Option<Vec<(&'static str, law::Text)>> {
        let seen = self.office.matter(&caller(&self.office, by), &place(), self.id, "test").await;
        let offers = seen.unwrap().unwrap().offers;
        let offer = offers.into_iter().find(|it| it.act.as_str() == act && it.drafts.is_none()).unwrap();
        Some(grounds(&offer.refusal?))
    }
}

fn grounds(refusal: &RefusalView) -> Vec<(&'static str, law::Text)> {
    let kinds = refusal.refusal.grounds.iter().map(|it| it.kind.id());
    kinds.zip(refusal.grounds.iter().map(|it| it.says.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_took_it_in_does_not_deal_with_it() {
    let folder = Folder::new("people-apart");
    let office = yard_office(&folder).await;
    let yard = Yard::reported(&office, "zhang").await;
    let refusal = yard.does("zhang", "check-yard").await.unwrap_err();
    let (kind, says) = grounds(&refusal).remove(0);
    assert_eq!((kind, says.zh.as_str()), ("distinct", "收件人不能承办"));
    assert_eq!(refusal.grounds[0].basis[0].written, "第三十六条");
    assert_eq!(yard.greyed("zhang", "check-yard").await.unwrap(), [(kind, says)], "the page says the same");
    assert_eq!(yard.greyed("li", "check-yard").await, None);
    yard.checks("li", "sun").await.unwrap();
    let seen = office.matter(&caller(&office, "li"), &place(), yard.id, "test").await.unwrap().unwrap();
    let roles: Vec<_> = seen.timeline.iter().map(|it| it.role.clone().unwrap().zh).collect();
    assert_eq!(roles, ["收件", "检查人员"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_acts_along_is_another_who_holds_the_role() {
    let folder = Folder::new("people-along");
    let office = yard_office(&folder).await;
    let yard = Yard::reported(&office, "zhang").await;
    let kinds = |it: Result<u64, RefusalView>| {
        let refusal = it.unwrap_err().refusal;
        refusal.grounds.iter().map(|it| it.kind.id()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(yard.checks("li", "li").await), ["unmet"]);
    assert_eq!(kinds(yard.checks("li", "wang").await), ["unmet"]);
    assert_eq!(kinds(yard.checks("li", "nobody").await), ["input"]);
    let refusal = yard.checks("li", "zhang").await.unwrap_err();
    assert_eq!(grounds(&refusal)[0].0, "distinct");
    assert_eq!(refusal.grounds[0].field.as_deref(), Some("second-officer"), "shown at the field");
    let choices = |by: &str| {
        let form = office.form(&caller(&office, by), &place(), yard.id, "check-yard", &Target::default());
        let choices = form.unwrap().unwrap().choices;
        choices[0].1.iter().map(|it| it.0.clone()).collect::<Vec<_>>()
    };
    assert_eq!(choices("li"), ["sun", "zhang"], "only those who could are to choose from");
    assert_eq!(yard.greyed("li", "check-yard").await, None, "open as long as nobody is named");
    office.set_demo_clock(june(3, 9)).unwrap();
    office.end_post(&place(), "sun", "worker-post", "organ").await.unwrap().unwrap();
    assert_eq!(kinds(yard.checks("li", "sun").await), ["unmet"], "no longer an officer today");
    let happened = Some((june(2, 15), Key::from("counter")));
    yard.happened(happened, "li", "sun").await.unwrap();
    let of = Target { drafts: Some(Key::from("decide-yard")), ..Target::default() };
    yard.wish("li", "draft-act", of, &[]).await.unwrap();
    assert_eq!(kinds(yard.does("sun", "endorse-draft").await), ["distinct"], "sun was there");
    yard.does("wang", "endorse-draft").await.unwrap();
}
