//! The article indexes are what the statutes' texts give.

use std::{
    fs,
    path::{Path, PathBuf},
};

use law::articles;

use crate::shelf::{root, snapshot};

const STATUTES: [(&str, &str); 3] = [
    ("reconsideration-law-2023", "行政复议法(2023-09-01).md"),
    ("implementing-regulation-2007", "行政复议法实施条例(2007-05-29).md"),
    ("civil-servant-law-2018", "公务员法(2018-12-29).md"),
];

fn texts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/law/statutes")
}

#[test]
fn indexes_follow_from_the_texts() {
    if !texts().exists() {
        println!("skipped: the statutes' texts are not at hand in {}", texts().display());
        return;
    }
    for (key, name) in STATUTES {
        let markdown = fs::read_to_string(texts().join(name)).unwrap();
        let index = articles::index(&markdown);
        for (at, article) in index.articles.iter().enumerate() {
            assert_eq!(usize::from(article.article), at + 1, "{name}: articles follow each other");
        }
        let tsv = articles::to_tsv(&index);
        assert_eq!(articles::from_tsv(&tsv).as_ref(), Ok(&index));
        snapshot(&root().join("articles").join(format!("{key}.tsv")), &tsv);
    }
}
