//! What would make a refused act lawful is told with what it concerns, so that it can be followed.

use engine::{Target, Value};
use law::Key;
use office::{
    ActError, ActWish, Caller,
    view::{MatterView, RefusalView, RemedyView},
};

use crate::desk::{Case, Folder, inputs, june, office_in_june, official, place};

async fn refused(case: &Case, by: &Caller, act: &str, target: Target) -> RefusalView {
    let procedure = case.office.guide("ordinary-reconsideration").unwrap();
    let asked = procedure.act(target.drafts.as_ref().map_or(act, Key::as_str)).unwrap();
    let wish = ActWish {
        place: place(),
        matter: case.id,
        act: Key::from(act),
        inputs: inputs(asked, &procedure, &[]),
        target,
        expected: None,
        happened: None,
    };
    match case.office.act(by, wish).await.unwrap() {
        Err(ActError::Refused(refusal)) => refusal,
        other => panic!("{act}: {other:?}"),
    }
}

fn remedy<'a>(refusal: &'a RefusalView, act: &str) -> &'a RemedyView {
    refusal.grounds.iter().flat_map(|it| &it.remedy).find(|it| it.act.as_str() == act).unwrap()
}

/// What a page offers in the items of a matter, with why not.
fn offered<'a>(seen: &'a MatterView, act: &str) -> impl Iterator<Item = &'a RefusalView> {
    let offers = seen.items.iter().flat_map(|it| &it.1).flat_map(|it| &it.offers);
    offers.filter(move |it| it.act.as_str() == act).filter_map(|it| it.refusal.as_ref())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_wants_approval_is_mended_by_drafting_just_that() {
    let folder = Folder::new("remedy-draft");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    case.act(&handler, "accept-application", &[]).await.unwrap();
    let refusal = refused(&case, &handler, "extend-review", Target::default()).await;
    let of = Target { drafts: Some(Key::from("extend-review")), ..Target::default() };
    assert_eq!(remedy(&refusal, "draft-act").target, Some(of.clone()));

    case.draft(&handler, "extend-review", &[]).await.unwrap();
    let refusal = refused(&case, &handler, "extend-review", Target::default()).await;
    assert_eq!(remedy(&refusal, "endorse-draft").target, Some(Target::default()), "the one under way");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_in_an_item_is_mended_in_the_same_item() {
    let folder = Folder::new("remedy-item");
    let office = office_in_june(&folder).await;
    let handler = official(&office, "handler").await;
    let case = Case::file(&office).await;
    case.act(&handler, "accept-application", &[]).await.unwrap();
    let members = Value::List(vec!["one".to_owned(), "two".to_owned()]);
    for day in [15, 16] {
        let on = Value::Date(june(day, 0).date());
        let given = [("hearing-on", on), ("hearing-members", members.clone())];
        case.act(&handler, "call-hearing", &given).await.unwrap();
    }
    let second = Target { item: Some(2), ..Target::default() };
    let refusal = refused(&case, &handler, "hold-hearing", second.clone()).await;
    assert_eq!(remedy(&refusal, "move-hearing").target, Some(second));
    let seen = case.seen(&handler).await.unwrap();
    let mut told =
        offered(&seen, "hold-hearing").map(|it| remedy(it, "move-hearing").target.clone().unwrap().item);
    assert_eq!((told.next(), told.next()), (Some(Some(1)), Some(Some(2))));
}
