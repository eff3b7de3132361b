//! Tables for a terminal, with columns that line up where a Chinese character takes two places.

use unicode_width::UnicodeWidthStr as _;

/// Rows of cells under a head.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these heads.
    pub(crate) fn new(heads: &[String]) -> Self {
        Self { rows: vec![heads.to_vec()] }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &[String]) {
        self.rows.push(cells.to_vec());
    }

    /// The table as text, each line indented by two blanks; numbers are set to the right.
    pub(crate) fn show(&self) -> String {
        let columns = self.rows.first().map_or(0, Vec::len);
        let wide =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|it| it.width()).max();
        let widths: Vec<usize> = (0..columns).map(|it| wide(it).unwrap_or(0)).collect();
        let numbers: Vec<bool> = (0..columns).map(|it| self.is_of_numbers(it)).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::from("  ");
            for (column, cell) in row.iter().enumerate() {
                let gap = " ".repeat(widths[column].saturating_sub(cell.width()));
                if numbers[column] {
                    line.push_str(&format!("{gap}{cell}  "));
                } else {
                    line.push_str(&format!("{cell}{gap}  "));
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    fn is_of_numbers(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().skip(1).filter_map(|row| row.get(column)).peekable();
        cells.peek().is_some() && cells.all(|it| it.bytes().all(|b| b.is_ascii_digit()))
    }
}

/// Label and value lines, the values under one another.
pub(crate) fn labelled(lines: &[(String, String)]) -> String {
    let wide = lines.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    let mut text = String::new();
    for (label, value) in lines {
        text.push_str(&format!("{label}{}  {value}\n", " ".repeat(wide - label.width())));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_places() {
        let mut table = Table::new(&["a".to_owned(), "天数".to_owned()]);
        table.row(&["中文".to_owned(), "7".to_owned()]);
        table.row(&["ab".to_owned(), "12".to_owned()]);
        assert_eq!(table.show(), "  a     天数\n  中文     7\n  ab      12\n");
    }
}
