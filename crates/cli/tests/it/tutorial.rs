//! The tutorial, step by step in an empty folder: its files are written as it shows them, its commands run, and what
//! they print is what is shown there. A line of three dots stands for lines that are left out; `UPDATE=1` rewrites
//! the rest.

use std::{fs, path::Path};

use crate::{
    readme::fits,
    yifa::{Folder, root, yifa_in},
};

/// A fenced block: what stands after the fence, and its lines.
struct Block<'a> {
    info: &'a str,
    lines: Vec<&'a str>,
}

#[test]
fn the_tutorial_can_be_followed() {
    let folder = Folder::new("tutorial");
    let path = root().join("docs/tutorial.md");
    let text = fs::read_to_string(&path).unwrap();
    let (mut now, mut commands) = (String::new(), 0);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        now.push_str(line);
        now.push('\n');
        let Some(fence) = ["~~~~", "```"].into_iter().find(|it| line.starts_with(it)) else { continue };
        let block = Block {
            info: &line[fence.len()..],
            lines: lines.by_ref().take_while(|it| *it != fence).collect(),
        };
        let shown = block.step(folder.path(), &mut commands);
        shown.iter().for_each(|it| now.push_str(&format!("{it}\n")));
        now.push_str(&format!("{fence}\n"));
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &now).unwrap();
    } else {
        assert!(now == text, "the tutorial shows something else than comes out:\n{now}");
    }
    assert!(commands >= 6, "only {commands} commands are shown");
}

impl Block<'_> {
    /// Does what the block says in a folder; gives its lines as they should be.
    fn step(&self, folder: &Path, commands: &mut u32) -> Vec<String> {
        let kept = || self.lines.iter().map(|it| (*it).to_owned()).collect();
        if self.info == "console" {
            return self.run(folder, commands);
        }
        if let Some(path) = self.value("file=") {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, self.lines.join("\n") + "\n").unwrap();
        }
        if let Some(path) = self.value("replace=") {
            let path = folder.join(path);
            let text = fs::read_to_string(&path).unwrap();
            let after = self.value("after=").unwrap();
            let at = text.lines().position(|it| it.trim() == after).unwrap();
            let mut lines: Vec<&str> = text.lines().collect();
            lines.splice(at + 1..at + 1, self.lines.iter().copied());
            fs::write(path, lines.join("\n") + "\n").unwrap();
        }
        match self.value("shows=") {
            Some(path) => fs::read_to_string(folder.join(path)).unwrap().lines().map(str::to_owned).collect(),
            None => kept(),
        }
    }

    /// A value of the fence's line, in quotes if it holds blanks.
    fn value(&self, name: &str) -> Option<&str> {
        let rest = self.info.split_once(name)?.1;
        match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split(' ').next(),
        }
    }

    fn run(&self, folder: &Path, commands: &mut u32) -> Vec<String> {
        let mut now = Vec::new();
        let mut lines = self.lines.iter().copied().peekable();
        while let Some(line) = lines.next() {
            now.push(line.to_owned());
            let command = line.strip_prefix("$ yifa ").unwrap_or_else(|| panic!("not run: {line}"));
            let mut shown = Vec::new();
            while let Some(next) = lines.next_if(|it| !it.starts_with("$ ")) {
                shown.push(next);
            }
            *commands += 1;
            let ran = yifa_in(folder, &command.split(' ').collect::<Vec<_>>());
            let came = ran.out + &ran.err;
            let came: Vec<&str> = came.lines().collect();
            let lines = if fits(&shown, &came) { shown } else { came };
            now.extend(lines.into_iter().map(str::to_owned));
        }
        now
    }
}
