//! Rust text taken apart: code, strings and comments, each where it stands.

/// A text with everything but one kind of piece blanked, lines kept.
pub(crate) struct Pieces {
    /// Code, with strings and comments blanked.
    pub(crate) code: String,
    /// Contents of string and character literals, the rest blanked.
    pub(crate) strings: String,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Code,
    Line,
    Block(u32),
    Text,
    Raw(usize),
}

/// Takes a Rust text apart.
pub(crate) fn pieces(text: &str) -> Pieces {
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Pieces { code: String::new(), strings: String::new() };
    let (mut at, mut state) = (0, State::Code);
    while at < chars.len() {
        let (taken, next) = step(&chars, at, state);
        for &c in &chars[at..at + taken] {
            let plain = state == State::Code && next == State::Code;
            // Within code only a character literal is longer than two characters.
            let text = matches!(state, State::Text | State::Raw(_)) && next == state;
            let literal = text || (plain && taken > 2);
            let blank = if c == '\n' { '\n' } else { ' ' };
            pieces.code.push(if plain && !literal { c } else { blank });
            pieces.strings.push(if literal { c } else { blank });
        }
        (at, state) = (at + taken, next);
    }
    pieces
}

/// How many characters belong together here, and what state follows.
fn step(chars: &[char], at: usize, state: State) -> (usize, State) {
    let rest = &chars[at..];
    let starts = |text: &str| text.chars().enumerate().all(|(n, c)| rest.get(n) == Some(&c));
    match state {
        State::Line => (1, if rest[0] == '\n' { State::Code } else { state }),
        State::Block(depth) if starts("*/") => {
            (2, if depth == 1 { State::Code } else { State::Block(depth - 1) })
        }
        State::Block(depth) if starts("/*") => (2, State::Block(depth + 1)),
        State::Text if rest[0] == '\\' => (2.min(rest.len()), state),
        State::Text if rest[0] == '"' => (1, State::Code),
        State::Raw(marks) => {
            let ends =
                rest[0] == '"' && rest[1..].iter().take(marks).filter(|it| **it == '#').count() == marks;
            if ends { (1 + marks, State::Code) } else { (1, state) }
        }
        State::Block(_) | State::Text => (1, state),
        State::Code if starts("//") => (2, State::Line),
        State::Code if starts("/*") => (2, State::Block(1)),
        State::Code if rest[0] == '"' => (1, State::Text),
        State::Code
            if rest[0] == 'r' && !chars[..at].last().is_some_and(|c| c.is_alphanumeric() || *c == '_') =>
        {
            let marks = rest[1..].iter().take_while(|it| **it == '#').count();
            if rest.get(1 + marks) == Some(&'"') { (2 + marks, State::Raw(marks)) } else { (1, state) }
        }
        State::Code if rest[0] == '\'' => (character(rest), state),
        State::Code => (1, state),
    }
}

/// The length of a character literal that begins here; 1 if it is a lifetime.
fn character(rest: &[char]) -> usize {
    match rest {
        [_, '\\', more @ ..] => 3 + more.iter().skip(1).position(|c| *c == '\'').unwrap_or(0) + 1,
        [_, _, '\'', ..] => 3,
        _ => 1,
    }
}

/// The text up to its own tests.
pub(crate) fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

#[test]
fn strings_comments_and_code_are_told_apart() {
    let text = "let a = \"x // {\"; // } \"\nlet b = r#\"}\"#; let c = '}'; let d: &'a str = '\\n';";
    let pieces = pieces(text);
    assert_eq!(pieces.code.matches(['{', '}']).count(), 0, "{}", pieces.code);
    assert!(pieces.strings.contains("x // {") && !pieces.strings.contains("let"), "{}", pieces.strings);
    assert!(pieces.code.contains("&'a str") && pieces.code.lines().count() == 2, "{}", pieces.code);
}
