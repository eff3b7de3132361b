//! A quarter of a simulated year: everything in it came through the office's functions.

use office::demo;

use crate::desk::{Folder, office};

#[tokio::test(flavor = "multi_thread")]
async fn a_quarter_of_a_year_is_lived() {
    let folder = Folder::new("life");
    let office = office(&folder).await;
    let place = demo::home().unwrap();
    let from = "2026-01-05".parse().unwrap();
    let until = "2026-03-31T18:00".parse().unwrap();
    let told = demo::live(&office, &place, 7, from, until, |_| {}).await.unwrap();
    assert!(told.matters > 30, "{told:?}");
    assert!(told.acts > 150, "{told:?}");
}
