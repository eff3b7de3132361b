//! An office of one district in a temporary folder, and an official who may import.

use std::path::{Path, PathBuf};

use engine::Jurisdiction;
use law::{Key, Text};
use office::{
    Account, Caller, Laws, Office, Options, Post,
    import::{self, Imported, RowFault},
};

/// A folder that is removed when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("yifa-import-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// The office on a folder; made there if there is none.
pub(crate) fn open(folder: &Folder) -> Office {
    let options = Options { data: folder.0.clone(), create: Some(store::Kind::Live) };
    Office::open(&options, laws()).unwrap()
}

/// A new office with its district.
pub(crate) fn office(folder: &Folder) -> Office {
    let office = open(folder);
    let (name, organ) = (Text::new("江北", "Jiangbei"), Text::new("江北区政府", "the district"));
    wait(office.record_place(&place(), &name, &organ)).unwrap();
    office
}

/// The packs, read once for all tests.
pub(crate) fn laws() -> Laws {
    static LAWS: std::sync::OnceLock<Laws> = std::sync::OnceLock::new();
    LAWS.get_or_init(|| Laws::embedded().unwrap()).clone()
}

pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(future)
}

pub(crate) fn place() -> Jurisdiction {
    "500105".parse().unwrap()
}

/// An official of the district's organ.
pub(crate) fn official() -> Caller {
    let post = Post {
        kind: Key::from("reconsideration-handler"),
        name: Text::new("承办人", "handler"),
        body: "500105-organ".to_owned(),
        from: None,
        until: None,
        acting_for: None,
        matter: None,
    };
    let account = Account {
        id: "li".to_owned(),
        name: "Li".to_owned(),
        login: "li".to_owned(),
        place: place(),
        posts: vec![post],
    };
    Caller { account: Some(account), grants: Vec::new() }
}

pub(crate) const PROCEDURE: &str = "ordinary-reconsideration";

/// The example file.
pub(crate) fn example(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/import");
    std::fs::read(folder.join(name)).unwrap()
}

pub(crate) fn bring(office: &Office, bytes: &[u8]) -> Result<Imported, Vec<RowFault>> {
    import::import_file(office, &official(), PROCEDURE, "file", bytes, |_| {}).unwrap()
}

/// Rows of CSV under headers that are paths.
pub(crate) fn sheet(header: &str, rows: &[&str]) -> Vec<u8> {
    let mut text = format!("{header}\n");
    rows.iter().for_each(|row| {
        text.push_str(row);
        text.push('\n');
    });
    text.into_bytes()
}

/// The ten figures of the report, in its order.
pub(crate) fn ten(office: &Office, year: i16) -> Vec<(String, String)> {
    let report = office.report(&place(), year).unwrap().unwrap();
    report.figures.into_iter().take(10).map(|it| (it.key.to_string(), it.value.unwrap())).collect()
}
