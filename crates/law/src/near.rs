//! The nearest known word to a misspelt one.

/// The known word nearest to `word`, if it is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = (word.chars().count() / 3).clamp(1, 4);
    let measured = known.into_iter().map(|it| (distance(word, it), it));
    measured.filter(|(steps, _)| *steps <= far).min().map(|(_, it)| it)
}

/// How many letters must be put in, taken out, changed, or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            least = least.min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let known = ["suspend", "resume", "extend", "stop", "start"];
        assert_eq!(nearest("suspned", known), Some("suspend"));
        assert_eq!(nearest("extends", known), Some("extend"));
        assert_eq!(nearest("stat", known), Some("start"));
        assert_eq!(nearest("banana", known), None);
    }
}
