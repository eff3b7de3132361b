//! Faults as text for a terminal: the line, the characters underlined, the mend.

use codespan_reporting::{
    diagnostic::{Diagnostic, Label as Mark, LabelStyle, Severity as Grade},
    files::SimpleFiles,
    term,
};

use crate::{
    Lang,
    fault::{Fault, Severity},
    source::Sources,
    words,
};

/// The faults one after another in one language.
pub fn render(faults: &[Fault], sources: &Sources, lang: Lang) -> String {
    let mut files = SimpleFiles::new();
    for file in &sources.files {
        files.add(file.path.as_str(), file.text.as_str());
    }
    let config = term::Config { chars: term::Chars::ascii(), ..term::Config::default() };
    let mut out = String::new();
    for fault in faults {
        let diagnostic = diagnostic(fault, lang);
        let shown = term::emit_into_string(&config, &files, &diagnostic);
        // A label that points outside its file loses the picture, not the message.
        let shown =
            shown.unwrap_or_else(|_| format!("{}[{}]: {}\n", "error", fault.code.id(), diagnostic.message));
        out.push_str(&translated(&shown, fault.severity(), lang));
    }
    out
}

fn diagnostic(fault: &Fault, lang: Lang) -> Diagnostic<usize> {
    let grade = match fault.severity() {
        Severity::Error => Grade::Error,
        Severity::Warning => Grade::Warning,
        Severity::Note => Grade::Note,
    };
    let mark = |(at, label): (usize, &crate::fault::Label)| {
        let style = if at == 0 { LabelStyle::Primary } else { LabelStyle::Secondary };
        Mark::new(style, label.file.0, label.span.clone()).with_message(label.text.get(lang))
    };
    Diagnostic::new(grade)
        .with_code(fault.code.id())
        .with_message(fault.message.get(lang))
        .with_labels_iter(fault.labels.iter().enumerate().map(mark))
        .with_notes_iter(fault.hint.iter().map(|hint| hint.get(lang).to_owned()))
}

/// The printer says the severity in English; the first line gets the word of the language.
fn translated(shown: &str, severity: Severity, lang: Lang) -> String {
    let (english, id) = match severity {
        Severity::Error => ("error", "severity.error"),
        Severity::Warning => ("warning", "severity.warning"),
        Severity::Note => ("note", "severity.note"),
    };
    let word = words::text(id, &[]);
    match shown.strip_prefix(english) {
        Some(rest) => format!("{}{rest}", word.get(lang)),
        None => shown.to_owned(),
    }
}
