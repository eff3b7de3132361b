//! Words to search by, made by the program so that every database searches alike: pairs of neighbouring
//! characters for Chinese, whole runs for Latin letters and digits.

use std::collections::BTreeSet;

/// One thing a query asks of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Exactly this gram.
    Exact(String),
    /// A gram that begins so.
    Prefix(String),
}

/// The grams of a text: all pairs in each run of other letters, each run's last letter alone (so that every
/// letter begins some gram), and each run of ASCII letters and digits.
pub(crate) fn grams(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for run in runs(text) {
        if run.latin {
            found.insert(run.text());
            continue;
        }
        for pair in run.letters.windows(2) {
            found.insert(pair.iter().collect());
        }
        found.extend(run.letters.last().map(char::to_string));
    }
    found
}

/// What a query's text asks of the index. Latin runs are whole unless they end the text; a single other letter
/// is a beginning.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let runs = runs(text);
    let last = runs.len().saturating_sub(1);
    let open_end = text.chars().next_back().is_some_and(char::is_alphanumeric);
    let mut tokens = Vec::new();
    for (place, run) in runs.iter().enumerate() {
        match (run.latin, run.letters.len()) {
            (true, _) if place == last && open_end => tokens.push(Token::Prefix(run.text())),
            (true, _) => tokens.push(Token::Exact(run.text())),
            (false, 1) => tokens.push(Token::Prefix(run.text())),
            (false, _) => {
                tokens.extend(run.letters.windows(2).map(|pair| Token::Exact(pair.iter().collect())));
            }
        }
    }
    tokens
}

/// A text with nothing but its letters and digits, as the second look compares it.
pub(crate) fn plain(text: &str) -> String {
    runs(text).into_iter().flat_map(|run| run.letters).collect()
}

struct Run {
    latin: bool,
    letters: Vec<char>,
}

impl Run {
    fn text(&self) -> String {
        self.letters.iter().collect()
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut gap = true;
    for letter in text.chars().map(fold) {
        if !letter.is_alphanumeric() {
            gap = true;
            continue;
        }
        let latin = letter.is_ascii();
        match runs.last_mut() {
            Some(run) if !gap && run.latin == latin => run.letters.push(letter),
            _ => runs.push(Run { latin, letters: vec![letter] }),
        }
        gap = false;
    }
    runs
}

/// Full-width forms to ASCII, capitals to small letters.
fn fold(letter: char) -> char {
    let narrow = match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xff01 + 0x21).unwrap_or(letter),
        other => other,
    };
    narrow.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_document_number_is_found_by_its_parts() {
        let number = "\u{6850}\u{653f}\u{590d}\u{3014}2026\u{3015}12\u{53f7}";
        let expected = set(&["\u{6850}\u{653f}", "\u{653f}\u{590d}", "\u{590d}", "2026", "12", "\u{53f7}"]);
        assert_eq!(grams(number), expected);
        assert_eq!(
            tokens("2026\u{3015}12\u{53f7}"),
            [
                Token::Exact("2026".to_owned()),
                Token::Exact("12".to_owned()),
                Token::Prefix("\u{53f7}".to_owned())
            ]
        );
        assert_eq!(tokens("\u{ff11}\u{ff12}"), [Token::Prefix("12".to_owned())]);
    }

    #[test]
    fn a_gap_parts_runs() {
        assert_eq!(plain("ACME \u{ff08}\u{6850}\u{ff09} Ltd."), "acme\u{6850}ltd");
        assert_eq!(grams("Acme Ltd"), set(&["acme", "ltd"]));
    }
}
