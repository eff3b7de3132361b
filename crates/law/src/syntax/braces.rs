//! Blocks left open or closed twice. Braces alone can only say that some block is open at the end of
//! the file; the indentation says which.

/// One brace outside texts and comments.
pub(super) struct Brace {
    /// Byte.
    pub(super) at: usize,
    /// How many bytes it has: a full-width one has three.
    pub(super) len: usize,
    /// Whether it opens.
    pub(super) opens: bool,
}

/// A brace without its fellow.
pub(super) struct Unbalanced {
    /// Byte.
    pub(super) at: usize,
    /// Its length.
    pub(super) len: usize,
    /// Which words say it.
    pub(super) variant: &'static str,
    /// The line before which a closing brace is missing.
    pub(super) before_line: Option<usize>,
    /// How to read on.
    pub(super) mend: Mend,
}

/// How the rest of the file can still be read.
pub(super) enum Mend {
    /// Take the brace away.
    Erase,
    /// Write this over white space at a byte (or after the end).
    Write(usize, String),
    /// Not at all.
    None,
}

struct Open {
    at: usize,
    len: usize,
    indent: usize,
    line: usize,
}

/// The braces that have no fellow, judged by indentation; none if all are paired.
pub(super) fn unbalanced(text: &str, braces: &[Brace]) -> Vec<Unbalanced> {
    let mut depth = 0_i64;
    let mut below = false;
    for brace in braces {
        depth += if brace.opens { 1 } else { -1 };
        below |= depth < 0;
    }
    if depth == 0 && !below { Vec::new() } else { judge(text, braces) }
}

fn judge(text: &str, braces: &[Brace]) -> Vec<Unbalanced> {
    let mut found = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut next = braces.iter().peekable();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let idle = body.is_empty() || body.starts_with("//");
        if !idle {
            let closes = body.starts_with('}');
            let left = pop_deeper(&mut stack, indent, closes);
            found.extend(report(left, text, start, indent, number + 1, closes));
        }
        while let Some(brace) = next.next_if(|brace| brace.at < start + line.len()) {
            let first = brace.at == start + indent;
            if brace.opens {
                stack.push(Open { at: brace.at, len: brace.len, indent, line: number + 1 });
            } else if first && stack.last().is_none_or(|top| top.indent < indent) || stack.is_empty() {
                found.push(extra(brace));
            } else {
                stack.pop();
            }
        }
        start += line.len();
    }
    let closing = "\n}".repeat(stack.len());
    for (place, open) in stack.into_iter().enumerate() {
        let mend = if place == 0 { Mend::Write(text.len(), closing.clone()) } else { Mend::None };
        found.push(Unbalanced { at: open.at, len: open.len, variant: "end", before_line: None, mend });
    }
    found
}

/// Takes the blocks off that this line's indentation shows to be over.
fn pop_deeper(stack: &mut Vec<Open>, indent: usize, closes: bool) -> Vec<Open> {
    let keep = stack.iter().rposition(|open| open.indent < indent || (closes && open.indent == indent));
    let over = stack.split_off(keep.map_or(0, |at| at + 1));
    // A closing brace that fits nothing is judged itself, not the blocks above it.
    if closes && keep.is_none() && !over.is_empty() {
        stack.extend(over);
        return Vec::new();
    }
    over
}

fn report(
    over: Vec<Open>,
    text: &str,
    start: usize,
    indent: usize,
    line: usize,
    closes: bool,
) -> Vec<Unbalanced> {
    let mut mend = Some(room(text, start, indent, over.len(), closes));
    let one = |open: Open| Unbalanced {
        at: open.at,
        len: open.len,
        variant: if open.line + 1 == line { "empty" } else { "before" },
        before_line: Some(line),
        mend: mend.take().unwrap_or(Mend::None),
    };
    over.into_iter().map(one).collect()
}

/// Finds white space before a line to write the missing braces into.
fn room(text: &str, start: usize, indent: usize, count: usize, closes: bool) -> Mend {
    let braces = "}".repeat(count);
    if closes && indent >= count {
        Mend::Write(start, braces)
    } else if closes && count == 1 && start > 0 && text.as_bytes()[start - 1] == b'\n' {
        Mend::Write(start - 1, braces)
    } else if !closes && indent > count {
        Mend::Write(start, format!("{braces}\n"))
    } else {
        Mend::None
    }
}

fn extra(brace: &Brace) -> Unbalanced {
    Unbalanced { at: brace.at, len: brace.len, variant: "extra", before_line: None, mend: Mend::Erase }
}
