//! What was measured, as a Markdown table.

/// Rows of measurements.
#[derive(Default)]
pub(crate) struct Table {
    preface: Vec<String>,
    rows: Vec<[String; 3]>,
}

impl Table {
    /// A line above the table.
    pub(crate) fn say(&mut self, words: String) {
        self.preface.push(words);
    }

    /// A measurement: what, the figure, the target or remark.
    pub(crate) fn row(&mut self, what: &str, figure: &str, remark: &str) {
        eprintln!("{what}: {figure} {remark}");
        self.rows.push([what, figure, remark].map(str::to_owned));
    }

    /// The whole as Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = String::from("# Bench results\n\nWritten by `cargo xtask bench`; not by hand.\n\n");
        for line in &self.preface {
            text.push_str(line);
            text.push('\n');
        }
        text.push_str("\n| what | measured | target or remark |\n|---|---|---|\n");
        for [what, figure, remark] in &self.rows {
            text.push_str(&format!("| {what} | {figure} | {remark} |\n"));
        }
        text
    }
}

/// Times sorted, and the one below which this share of them lies.
pub(crate) fn percentile(times_ms: &mut [f64], percent: usize) -> f64 {
    times_ms.sort_by(f64::total_cmp);
    let at = (times_ms.len() * percent / 100).min(times_ms.len().saturating_sub(1));
    times_ms.get(at).copied().unwrap_or(0.0)
}
