//! Who may act, in an office at work: roles that are kept apart.

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
    let posts =
        [("zhang", "worker-post"), ("li", "worker-post"), ("wang", "lead-post"), ("zhao", "chief-post")];
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
        match self.office.act(&caller(&self.office, by), wish).await.unwrap() {
            Ok(seq) => Ok(seq),
            Err(ActError::Refused(refusal)) => Err(refusal),
            Err(other) => panic!("{other:?}"),
        }
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
    yard.does("li", "check-yard").await.unwrap();
    let seen = office.matter(&caller(&office, "li"), &place(), yard.id, "test").await.unwrap().unwrap();
    let roles: Vec<_> = seen.timeline.iter().map(|it| it.role.clone().unwrap().zh).collect();
    assert_eq!(roles, ["收件", "检查人员"]);
}
