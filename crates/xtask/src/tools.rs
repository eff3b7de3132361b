//! What the house needs from outside: Node, for browser tests Chromium and a Chinese font, for papers fonts
//! and the tools that measure a page.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context as _, bail};

use crate::{
    root,
    run::{program, through},
};

/// Names under which Chromium is found.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
/// Packages of Debian that browser tests need.
const PACKAGES: [&str; 2] = ["chromium", "fonts-noto-cjk"];
/// Packages of Debian for papers: the fallback font, and what measures and draws the pages of a PDF.
const PAPERS: [&str; 2] = ["fonts-noto-cjk", "poppler-utils"];
/// The package that brings the fonts of official papers, of which only those are taken.
const FANDOL: &str = "texlive-lang-chinese";
/// Where that package keeps them.
const FANDOL_FOLDER: &str = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol";
/// The oldest Node whose test runner is understood.
const NODE_MIN: u32 = 20;

/// Whether this runs where nothing may be skipped.
pub(crate) fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|it| it == "true" || it == "1")
}

/// A program on the search path.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths).map(|it| it.join(name)).find(|it| it.is_file())
}

/// Node and npm are here, and new enough.
pub(crate) fn node() -> anyhow::Result<()> {
    for name in ["node", "npm"] {
        if find(name).is_none() {
            bail!(
                "{name} is not installed; install Node {NODE_MIN} or newer (Debian: apt-get install nodejs npm)"
            );
        }
    }
    let out = program("node", &["--version"]).output().context("cannot run node")?;
    let text = String::from_utf8_lossy(&out.stdout).trim().to_owned();
    let major = text.trim_start_matches('v').split('.').next().and_then(|it| it.parse::<u32>().ok());
    if major.is_none_or(|it| it < NODE_MIN) {
        bail!("Node {text} is too old; install Node {NODE_MIN} or newer");
    }
    Ok(())
}

/// Chromium, fetched from Debian's packages if it is missing and we may; the error says what to do.
pub(crate) fn chromium() -> anyhow::Result<PathBuf> {
    if let Some(found) = BROWSERS.iter().find_map(|it| find(it)) {
        if !has_font() {
            install(&PACKAGES[1..]).ok();
        }
        return Ok(found);
    }
    install(&PACKAGES)?;
    find(BROWSERS[0]).context("chromium was installed and is not on the search path")
}

/// Fonts of official papers in `target/fonts` and the tools that measure pages, fetched where they are
/// missing and may be; the error says what to do.
pub(crate) fn papers() -> anyhow::Result<()> {
    if !has_font() || find("pdftotext").is_none() {
        install(&PAPERS)?;
    }
    let fonts = root().join("target/fonts");
    if fonts.join("FandolFang-Regular.otf").exists() || Path::new("/").join(FANDOL_FOLDER).exists() {
        return Ok(());
    }
    if find("apt-get").is_none() || find("dpkg-deb").is_none() {
        bail!("fonts of official papers are missing; put the Fandol fonts into {}", fonts.display());
    }
    println!("fetching the fonts of official papers");
    // The whole package would bring a typesetting system along; only the fonts are wanted.
    let work = root().join("target/fonts.new");
    fs::remove_dir_all(&work).ok();
    fs::create_dir_all(&work)?;
    let apt = |arguments: &[&str]| {
        let mut command = program("apt-get", arguments);
        command.current_dir(&work).stdout(Stdio::null());
        through(command)
    };
    let download = ["download", "--quiet", FANDOL];
    apt(&download).or_else(|_| {
        apt(&["update", "--quiet"])?;
        apt(&download)
    })?;
    let package = fs::read_dir(&work)?.filter_map(Result::ok).map(|it| it.path());
    let package = package.max().with_context(|| format!("{FANDOL} was fetched and is not there"))?;
    let mut unpack = program("dpkg-deb", &["-x"]);
    unpack.arg(&package).arg(work.join("unpacked"));
    through(unpack)?;
    fs::remove_dir_all(&fonts).ok();
    fs::rename(work.join("unpacked").join(FANDOL_FOLDER), &fonts)?;
    fs::remove_dir_all(&work)?;
    Ok(())
}

fn has_font() -> bool {
    Path::new("/usr/share/fonts/opentype/noto").exists() || find("apt-get").is_none()
}

fn install(packages: &[&str]) -> anyhow::Result<()> {
    let wanted = packages.join(" ");
    let root = program("id", &["-u"]).output().is_ok_and(|it| it.stdout.starts_with(b"0\n"));
    if find("apt-get").is_none() || !root {
        bail!("{wanted} is missing; as root run: apt-get install {wanted}");
    }
    println!("installing {wanted} from the packages of this system");
    let apt = |arguments: &[&str]| {
        let mut command = program("apt-get", arguments);
        command.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        through(command)
    };
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend_from_slice(packages);
    apt(&arguments).or_else(|_| {
        apt(&["update", "--quiet"])?;
        apt(&arguments)
    })
}
