//! Reports: texts whose figures are indicators. A figure that is not an indicator cannot get in.

use law::Key;

/// A run of a report's paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Words.
    Words(String),
    /// A figure: indicator and value as printed.
    Figure(Key, String),
}

/// A paragraph's runs. `{place}` and `{year}` become words; any other name in braces is an indicator, which `figure`
/// prints.
///
/// # Errors
/// The error of the first figure that has none.
pub fn runs<E>(
    text: &str,
    place: &str,
    year: i16,
    mut figure: impl FnMut(&Key) -> Result<String, E>,
) -> Result<Vec<Run>, E> {
    let mut runs = Vec::new();
    let mut words = String::new();
    for (index, piece) in text.split('{').enumerate() {
        let (name, rest) = match piece.split_once('}') {
            Some((name, rest)) if index > 0 => (name, rest),
            _ => {
                words.push_str(piece);
                continue;
            }
        };
        match name {
            "place" => words.push_str(place),
            "year" => words.push_str(&year.to_string()),
            key => {
                if !words.is_empty() {
                    runs.push(Run::Words(std::mem::take(&mut words)));
                }
                let key = Key::from(key);
                let value = figure(&key)?;
                runs.push(Run::Figure(key, value));
            }
        }
        words.push_str(rest);
    }
    if !words.is_empty() {
        runs.push(Run::Words(words));
    }
    Ok(runs)
}

/// A report's title with its place and year.
pub fn title(text: &str, place: &str, year: i16) -> String {
    text.replace("{place}", place).replace("{year}", &year.to_string())
}
