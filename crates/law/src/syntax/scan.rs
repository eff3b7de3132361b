//! A look at the raw text before it is parsed: finds the slips of people who type Chinese and blocks
//! left open, and mends them in a copy of equal length, so that the rest of the file can be read too.

use crate::{
    fault::{Code, Draft, Faults},
    source::{FileId, Span},
};

use super::braces::{self, Brace};

/// Opening and closing Chinese quotation marks.
const OPENING: char = '\u{201c}';
const CLOSING: char = '\u{201d}';

/// What the look found.
pub(super) struct Scan {
    /// The text with slips mended, of the same length up to the end of the original.
    pub(super) mended: String,
    /// Stretches whose value is lost: whoever reads them says nothing more about them.
    pub(super) broken: Vec<Span>,
    /// Stretches already reported.
    pub(super) reported: Vec<Span>,
}

/// The mark that belongs where a full-width one stands, if `mark` is one.
fn counterpart(mark: char) -> Option<char> {
    Some(match mark {
        OPENING | CLOSING | '\u{2018}' | '\u{2019}' | '\u{ff02}' => '"',
        '\u{ff1d}' | '\u{ff1a}' => '=',
        '\u{ff1b}' => ';',
        '\u{ff5b}' => '{',
        '\u{ff5d}' => '}',
        '\u{ff03}' => '#',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        '\u{ff0c}' | '\u{3001}' | '\u{3002}' => ' ',
        '\u{ff0d}' => '-',
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(mark) - 0xff10, 10)?,
        _ => return None,
    })
}

/// Looks at one file.
pub(super) fn scan(file: FileId, text: &str, faults: &mut Faults) -> Scan {
    let mut scanner = Scanner {
        file,
        text,
        at: 0,
        mended: text.as_bytes().to_vec(),
        broken: Vec::new(),
        reported: Vec::new(),
        braces: Vec::new(),
        faults,
    };
    while scanner.at < text.len() {
        scanner.step();
    }
    let braces = std::mem::take(&mut scanner.braces);
    for fault in braces::unbalanced(text, &braces) {
        scanner.brace(fault);
    }
    let Scanner { mended, broken, reported, .. } = scanner;
    // Only ASCII is ever written over whole characters, so the copy is still UTF-8.
    let mended = String::from_utf8(mended).unwrap_or_else(|_| text.to_owned());
    Scan { mended, broken, reported }
}

struct Scanner<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    mended: Vec<u8>,
    broken: Vec<Span>,
    reported: Vec<Span>,
    braces: Vec<Brace>,
    faults: &'a mut Faults,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn line(&self) -> &str {
        self.rest().split('\n').next().unwrap_or_default()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn report(&mut self, draft: Draft, span: Span) {
        self.faults.add(draft.at(span));
        self.reported.push(span);
    }

    /// Writes ASCII over a stretch and fills the rest of it with spaces.
    fn write(&mut self, start: usize, end: usize, with: &str) {
        for (place, byte) in self.mended[start..end].iter_mut().enumerate() {
            *byte = with.as_bytes().get(place).copied().unwrap_or(b' ');
        }
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(next) = rest.chars().next() else { return };
        if rest.starts_with("//") {
            self.at += self.line().len();
        } else if rest.starts_with("/*") {
            self.comment();
        } else if next == '"' {
            self.quoted();
        } else if next == '#' {
            self.hash();
        } else if next == '{' || next == '}' {
            self.braces.push(Brace { at: self.at, len: 1, opens: next == '{' });
            self.at += 1;
        } else if next == OPENING {
            self.chinese_quoted();
        } else if counterpart(next).is_some() {
            self.mark(next);
        } else if is_word(next) {
            self.word();
        } else {
            self.at += next.len_utf8();
        }
    }

    fn comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
    }

    /// A quoted text; one that is closed by the Chinese mark is found by the odd number of quotes.
    fn quoted(&mut self) {
        if self.rest().starts_with("\"\"\"") {
            let body = &self.rest()[3..];
            let end = body.find("\"\"\"").map_or(body.len(), |end| end + 3);
            self.at += 3 + end;
            return;
        }
        let start = self.at;
        let line = self.line();
        let close = closing(&line[1..]).map(|end| end + 1);
        let chinese = line.find(CLOSING).filter(|at| close.is_none_or(|close| *at < close));
        let quotes = count_quotes(line);
        match (close, chinese) {
            (_, Some(mark)) if quotes % 2 == 1 => {
                let mark = start + mark;
                self.full_width(mark, mark + CLOSING.len_utf8(), CLOSING, "\"");
                self.write(mark, mark + CLOSING.len_utf8(), "\"");
                self.at = mark + CLOSING.len_utf8();
            }
            (Some(close), _) => self.at = start + close + 1,
            (None, _) => {
                let end = start + line.trim_end().len();
                let span = self.span(start, end);
                self.report(Draft::new(Code::Syntax, "open-quote"), span);
                self.write(start, end, "");
                self.broken.push(span);
                self.at = end;
            }
        }
    }

    /// `#true`, `#false`, `#null`, or a raw text in any number of hashes.
    fn hash(&mut self) {
        let hashes = self.rest().bytes().take_while(|byte| *byte == b'#').count();
        if self.rest()[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = &self.rest()[hashes + 1..];
            self.at += hashes + 1 + body.find(&end).map_or(body.len(), |at| at + end.len());
        } else {
            self.at += hashes;
            self.at += self.rest().chars().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
        }
    }

    /// A text in Chinese quotation marks: one fault for both marks.
    fn chinese_quoted(&mut self) {
        let start = self.at;
        let inner = start + OPENING.len_utf8();
        let line = &self.line()[OPENING.len_utf8()..];
        let end = line.find([CLOSING, OPENING, '"']).map(|at| inner + at);
        let Some(end) = end else {
            let end = inner + line.trim_end().len();
            self.full_width(start, inner, OPENING, "\"");
            self.write(start, end, "");
            self.broken.push(self.span(start, end));
            self.at = end;
            return;
        };
        let mark = self.text[end..].chars().next().map_or(1, char::len_utf8);
        self.full_width(start, end + mark, OPENING, "\"");
        self.write(start, inner, "  \"");
        self.write(end, end + mark, "\"");
        self.at = end + mark;
    }

    /// A single full-width mark outside a text, or a run of full-width digits.
    fn mark(&mut self, mark: char) {
        let start = self.at;
        let run =
            self.rest().chars().take_while(|c| *c == mark || (is_wide_digit(mark) && is_wide_digit(*c)));
        let run: Vec<char> = if is_wide_digit(mark) { run.collect() } else { vec![mark] };
        let end = start + run.iter().map(|c| c.len_utf8()).sum::<usize>();
        let with: String = run.iter().filter_map(|c| counterpart(*c)).collect();
        self.full_width(start, end, mark, &with);
        if with == "{" || with == "}" {
            self.braces.push(Brace { at: start, len: end - start, opens: with == "{" });
        }
        self.write(start, end, &with);
        self.at = end;
    }

    fn full_width(&mut self, start: usize, end: usize, mark: char, with: &str) {
        let span = self.span(start, end);
        let shown = if is_wide_digit(mark) { &self.text[start..end] } else { &mark.to_string() };
        let variant = match with {
            " " => "separator",
            "\"" => "quote",
            _ => "mark",
        };
        let draft = Draft::new(Code::FullWidthMark, variant).put("mark", shown).put("with", with);
        self.report(draft, span);
    }

    /// A bare word. One that begins like a number must be one.
    fn word(&mut self) {
        let start = self.at;
        let word: &str = {
            let rest = self.rest();
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            &self.text[start..start + end]
        };
        let end = start + word.len();
        self.at = end;
        let digits = word.trim_start_matches(['+', '-']);
        if digits.starts_with(|c: char| c.is_ascii_digit()) && !is_number(digits) {
            let span = self.span(start, end);
            let variant = if jiff_like_date(word) { "date" } else { "word" };
            self.report(Draft::new(Code::BadNumber, variant).put("word", word), span);
            self.write(start, end, &"x".repeat(word.len()));
            self.broken.push(span);
        }
    }

    fn brace(&mut self, fault: braces::Unbalanced) {
        let (start, end) = (fault.at, fault.at + fault.len);
        let mut draft = Draft::new(Code::UnclosedBrace, fault.variant);
        if let Some(line) = fault.before_line {
            draft = draft.put("line", line);
        }
        let span = self.span(start, end);
        self.report(draft, span);
        match fault.mend {
            braces::Mend::Erase => self.write(start, end, ""),
            braces::Mend::Write(at, with) => {
                let over = at..(at + with.len()).min(self.mended.len());
                self.mended.splice(over, with.bytes());
            }
            braces::Mend::None => {}
        }
    }
}

fn is_word(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\\' | '/' | '(' | ')' | '{' | '}' | ';' | '[' | ']' | '"' | '#' | '=')
        && counterpart(c).is_none()
}

fn is_wide_digit(c: char) -> bool {
    ('\u{ff10}'..='\u{ff19}').contains(&c)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
}

fn jiff_like_date(word: &str) -> bool {
    let shape: String = word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

/// Where an ASCII quote closes a text, escapes skipped.
fn closing(body: &str) -> Option<usize> {
    let mut escaped = false;
    body.char_indices().find_map(|(at, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

fn count_quotes(line: &str) -> usize {
    let escaped = line.matches("\\\"").count();
    line.matches('"').count() - escaped
}
