//! One office of each place, with everything under `examples/import` brought in.

use std::{
    fs,
    path::{Path, PathBuf},
};

use engine::Jurisdiction;
use law::{Key, Text};
use office::{Account, Caller, Laws, Office, Options, Post, import};

/// A place as `examples/printed/places.txt` lists it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) code: Jurisdiction,
    pub(crate) year: i16,
    name: Text,
    settings: Vec<(String, String)>,
}

/// A folder that is removed when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("yifa-printed-{name}-{}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

pub(crate) fn examples(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(folder)
}

pub(crate) fn places() -> Vec<Place> {
    let text = fs::read_to_string(examples("printed").join("places.txt")).unwrap();
    let lines = text.lines().filter(|it| !it.starts_with('#'));
    let place = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let pair = |it: &&str| it.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
        Place {
            code: words[0].parse().unwrap(),
            year: words[1].parse().unwrap(),
            name: Text::new(words[2], words[3]),
            settings: words[4..].iter().map(|it| pair(it).unwrap()).collect(),
        }
    };
    lines.map(place).collect()
}

/// The packs, read once for all tests.
pub(crate) fn laws() -> Laws {
    static LAWS: std::sync::OnceLock<Laws> = std::sync::OnceLock::new();
    LAWS.get_or_init(|| Laws::embedded().unwrap()).clone()
}

pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(future)
}

pub(crate) fn official(code: &Jurisdiction) -> Caller {
    let post = Post {
        kind: Key::from("reconsideration-handler"),
        name: Text::new("承办人", "handler"),
        body: format!("{code}-organ"),
        from: None,
        until: None,
        acting_for: None,
        matter: None,
    };
    let account = Account {
        id: "li".to_owned(),
        name: "Li".to_owned(),
        login: "li".to_owned(),
        place: code.clone(),
        posts: vec![post],
    };
    Caller { account: Some(account), grants: Vec::new() }
}

impl Place {
    /// The files of the place's dated acts, each with the procedure that `courses-*.txt` names.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut folder: Vec<_> =
            fs::read_dir(examples("import")).unwrap().map(|it| it.unwrap().path()).collect();
        folder.sort();
        let head = format!("courses-{}-{}", self.code, self.year);
        for path in folder.iter().filter(|it| it.file_name().unwrap().to_str().unwrap().starts_with(&head)) {
            for line in fs::read_to_string(path).unwrap().lines() {
                if let ["file", name, procedure, ..] = line.split(' ').collect::<Vec<_>>()[..] {
                    found.push((format!("{name}.csv"), procedure.to_owned()));
                }
            }
        }
        found
    }

    /// An office with the place, its settings and nothing else.
    pub(crate) fn bare(&self, folder: &Folder) -> Office {
        let options = Options { data: folder.0.clone(), create: Some(store::Kind::Live) };
        let office = Office::open(&options, laws()).unwrap();
        wait(office.record_place(&self.code, &self.name, &self.name)).unwrap();
        for (name, value) in &self.settings {
            wait(office.set_parameter(&self.code, name, value)).unwrap();
        }
        office
    }

    /// An office with all of it.
    pub(crate) fn office(&self, folder: &Folder) -> Office {
        let office = self.bare(folder);
        for (file, procedure) in self.files() {
            let bytes = fs::read(examples("import").join(&file)).unwrap();
            self.bring(&office, &procedure, &file, &bytes);
        }
        office
    }

    pub(crate) fn bring(&self, office: &Office, procedure: &str, file: &str, bytes: &[u8]) {
        let came =
            import::import_file(office, &official(&self.code), procedure, file, bytes, |_| {}).unwrap();
        let came = came.unwrap_or_else(|faults| {
            let told: Vec<String> =
                faults.iter().take(20).map(|it| format!("{}{} {}", it.column, it.row, it.says.zh)).collect();
            panic!("{file}: {} faults\n{}", faults.len(), told.join("\n"))
        });
        println!("{file}: {} rows, {} findings", came.rows, came.findings.len());
    }

    pub(crate) fn claims(&self) -> Vec<u8> {
        fs::read(examples("printed").join(format!("{}-{}.csv", self.code, self.year))).unwrap()
    }
}
