//! A small checker of markup: every element closed in order, every id once, every reference answered.

use std::collections::BTreeSet;

const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// What is wrong with a page, if anything.
pub(crate) fn wrong(page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let (mut ids, mut wanted) = (BTreeSet::new(), Vec::new());
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, next)) = after.split_once('>') else { break };
        rest = next;
        let name = tag.split_whitespace().next().unwrap_or_default();
        if name.starts_with('!') {
            continue;
        }
        if let Some(name) = name.strip_prefix('/') {
            if open.pop() != Some(name) {
                faults.push(format!("</{name}> out of order"));
            }
            continue;
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
        if let Some(id) = attribute(tag, "id")
            && !ids.insert(id)
        {
            faults.push(format!("id {id} twice"));
        }
        for key in ["for", "aria-describedby", "aria-labelledby"] {
            wanted.extend(attribute(tag, key).into_iter().flat_map(str::split_whitespace));
        }
    }
    faults.extend(open.iter().map(|name| format!("<{name}> not closed")));
    faults.extend(
        wanted.into_iter().filter(|it| !ids.contains(it)).map(|it| format!("nothing has the id {it}")),
    );
    if page.matches("<h1").count() != 1 {
        faults.push("not one first heading".to_owned());
    }
    faults
}

fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {key}=\""))?;
    rest.split('"').next()
}

#[test]
fn the_checker_sees_what_is_wrong() {
    assert!(wrong("<html><h1 id=\"a\">x</h1><input id=\"b\"></html>").is_empty());
    for page in [
        "<html><h1>x</html></h1>",
        "<html><h1 id=\"a\"></h1><p id=\"a\"></p></html>",
        "<html><h1></h1><label for=\"c\"></label></html>",
        "<html><h1></h1>",
        "<html></html>",
    ] {
        assert!(!wrong(page).is_empty(), "{page}");
    }
}
