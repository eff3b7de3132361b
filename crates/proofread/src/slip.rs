//! Slips of the hand: how near two printed numbers are as characters.

/// The one thing by which two printed numbers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// One character stands for another.
    Changed,
    /// One character is missing in the printed number.
    Missing,
    /// One character too many stands in it.
    TooMany,
    /// Two neighbours changed places.
    Swapped,
}

/// The one slip that makes `printed` of what should have been printed; `None` if it takes more, or none.
pub fn slip(printed: &str, meant: &str) -> Option<Slip> {
    let (a, b): (Vec<char>, Vec<char>) = (printed.chars().collect(), meant.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (rest, other) = (&a[same..], &b[same..]);
    match (rest, other) {
        ([], []) => None,
        ([x, xs @ ..], [y, ys @ ..]) if xs == ys && x != y => Some(Slip::Changed),
        ([x, z, xs @ ..], [y, w, ys @ ..]) if x == w && z == y && xs == ys => Some(Slip::Swapped),
        (rest, [_, ys @ ..]) if rest == ys => Some(Slip::Missing),
        ([_, xs @ ..], other) if xs == other => Some(Slip::TooMany),
        _ => None,
    }
}
