//! The process and its client: started when needed, warm after the first paper, replaced when it dies, bounded
//! in time, and plain about what is missing.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use law::Layout;
use press::{Press, PressError, Settings};

use crate::{page::fonts, papers::document};

fn settings() -> Settings {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fonts");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_yifa-press"));
    Settings { program, fonts: vec![fonts], patience: Duration::from_secs(60) }
}

#[test]
fn it_is_started_when_needed_and_warm_afterwards() {
    if fonts().is_none() {
        return;
    }
    let press = Press::new(settings());
    let start = Instant::now();
    assert_eq!(press.ready(), Ok(()));
    println!("start: {:?}", start.elapsed());
    let two_pages = document(Layout::Document, 2, 400);
    let start = Instant::now();
    let first = press.paper(&two_pages).unwrap();
    println!("first paper: {:?}", start.elapsed());
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(press.paper(&two_pages).unwrap(), first, "the same document is the same file");
    let mut other = two_pages;
    other.number = Some(crate::papers::line("某府复决〔2024〕13号"));
    let start = Instant::now();
    let second = press.paper(&other).unwrap();
    println!("another number, warm: {:?}", start.elapsed());
    assert_ne!(first, second);
}

#[test]
fn what_is_missing_is_said() {
    let mut nowhere = settings();
    nowhere.program = PathBuf::from("/nowhere/yifa-press");
    let looked = "/nowhere/yifa-press".to_owned();
    assert_eq!(Press::new(nowhere).ready(), Err(PressError::NotThere { looked }));
    if fonts().is_none() {
        let missing = Press::new(settings()).ready();
        assert!(matches!(missing, Err(PressError::FontsMissing { packages }) if !packages.is_empty()));
    }
}

#[cfg(unix)]
#[test]
fn a_press_that_dies_or_hangs_is_replaced() {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    let folder = std::env::temp_dir().join(format!("yifa-press-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("yifa-press");
    let write = |text: &str| {
        fs::write(&program, text).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    };
    let press = Press::new(Settings {
        program: program.clone(),
        fonts: Vec::new(),
        patience: Duration::from_millis(300),
    });
    write("#!/bin/sh\nexit 3\n");
    assert_eq!(press.ready(), Err(PressError::Died));
    write("#!/bin/sh\nexec sleep 60\n");
    assert_eq!(press.ready(), Err(PressError::TimedOut { after: Duration::from_millis(300) }));
    // Also if it does not even take in what is asked, which is more than a pipe holds.
    let long = document(law::Layout::Document, 40, 2000);
    assert_eq!(press.paper(&long), Err(PressError::TimedOut { after: Duration::from_millis(300) }));
    // A frame of seven bytes that says it is ready; then it waits to be ended.
    write("#!/bin/sh\nprintf '\\000\\000\\000\\007\"ready\"'\nexec sleep 60\n");
    assert_eq!(press.ready(), Ok(()));
    fs::remove_dir_all(&folder).unwrap();
}
