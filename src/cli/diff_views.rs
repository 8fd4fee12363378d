//! A comparison as whole passages: inline, or the two texts side by side.

use crate::desk::{Fate, MarkedPassage, MarkedPiece};
use unicode_width::UnicodeWidthStr;

use super::door::Door;
use super::paint::safe;
use super::wrap;

/// Columns that one side needs.
const SIDE: usize = 24;
/// Columns that marks take which are closed at the end of a line and opened
/// again on the next.
const MARKS: usize = 4;
/// Lines wider than this are hard to read.
const MEASURE: usize = 84;

/// Each changed passage once, with what went out and came in.
pub(super) fn inline(door: &mut Door, passages: &[MarkedPassage]) {
    let width = door.width.min(MEASURE);
    for p in passages {
        door.line("");
        door.line(door.paint.dim(&format!("line {} → {}", p.old_line, p.new_line)));
        let text = joined(p.pieces.iter());
        for l in unbroken(wrap::plain(&safe(&text), width - MARKS, "  "), "  ") {
            door.line(coloured(door, &l));
        }
    }
}

/// The older words on the left, the newer on the right. Where the terminal is
/// too narrow for two columns, they stand below each other.
pub(super) fn side_by_side(door: &mut Door, passages: &[MarkedPassage]) {
    let side = (door.width.min(2 * MEASURE + 3).saturating_sub(3)) / 2;
    for p in passages {
        let old = joined(p.pieces.iter().filter(|p| p.fate != Fate::In));
        let new = joined(p.pieces.iter().filter(|p| p.fate != Fate::Out));
        door.line("");
        if side < SIDE {
            for (head, text) in [("was", old), ("is", new)] {
                let line = if head == "was" { p.old_line } else { p.new_line };
                door.line(door.paint.dim(&format!("{head}, line {line}")));
                for l in unbroken(wrap::plain(&safe(&text), door.width - MARKS, "  "), "  ") {
                    door.line(coloured(door, &l));
                }
            }
            continue;
        }
        let left = unbroken(wrap::plain(&safe(&old), side - MARKS, ""), "");
        let right = unbroken(wrap::plain(&safe(&new), side - MARKS, ""), "");
        let head =
            |text: String| format!("{text}{}", " ".repeat(side.saturating_sub(text.width())));
        let (a, b) = (format!("line {}", p.old_line), format!("line {}", p.new_line));
        door.line(door.paint.dim(&format!("{} │ {b}", head(a))));
        for row in 0..left.len().max(right.len()) {
            let (l, r) = (left.get(row).map_or("", |s| s), right.get(row).map_or("", |s| s));
            let gap = " ".repeat(side.saturating_sub(l.width()));
            let line = format!("{}{gap} │ {}", coloured(door, l), coloured(door, r));
            door.line(line.trim_end());
        }
    }
}

/// The pieces as one text, marked without colour.
fn joined<'p>(pieces: impl Iterator<Item = &'p MarkedPiece>) -> String {
    let (mut out, mut told) = (String::new(), None);
    for p in pieces {
        if p.spaced && !out.is_empty() {
            out.push(' ');
        }
        match p.fate {
            Fate::Stayed => out.push_str(&p.text),
            Fate::Out => out.push_str(&format!("[-{}-]", p.text)),
            Fate::In => out.push_str(&format!("{{+{}+}}", p.text)),
            // A passage that came from elsewhere says so once.
            Fate::Moved { from } if told == Some(from) => {
                out.push_str(&format!("{{>{}<}}", p.text));
            }
            Fate::Moved { from } => {
                out.push_str(&format!("(moved from line {from}:) {{>{}<}}", p.text));
                told = Some(from);
            }
        }
    }
    out
}

/// Marks that go over the end of a line are closed there and opened again, so
/// that each line tells by itself what happened to its words.
fn unbroken(lines: Vec<String>, indent: &str) -> Vec<String> {
    const SIGNS: [(&str, &str); 3] = [("[-", "-]"), ("{+", "+}"), ("{>", "<}")];
    let mut open: Option<(&str, &str)> = None;
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let text = line.strip_prefix(indent).unwrap_or(&line);
        let mut line = String::from(indent);
        if let Some((mark, _)) = open {
            line.push_str(mark);
        }
        line.push_str(text);
        let mut rest = text;
        loop {
            let next = match open {
                Some((_, close)) => rest.find(close).map(|at| (at + close.len(), None)),
                None => SIGNS
                    .into_iter()
                    .filter_map(|m| rest.find(m.0).map(|at| (at + m.0.len(), Some(m))))
                    .min_by_key(|(at, _)| *at),
            };
            let Some((at, now)) = next else { break };
            rest = &rest[at..];
            open = now;
        }
        if let Some((_, close)) = open {
            line.push_str(close);
        }
        out.push(line);
    }
    out
}

/// Colours what the marks say; a mark that goes over a line end colours both.
pub(super) fn coloured(door: &Door, line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((at, open, close)) = first_mark(rest) {
        out.push_str(&rest[..at]);
        let inner = &rest[at..];
        let end = inner.find(close).map_or(inner.len(), |e| e + close.len());
        let piece = &inner[..end];
        out.push_str(&match open {
            "[-" => door.paint.removed(piece),
            "{+" => door.paint.added(piece),
            _ => door.paint.mark(piece),
        });
        rest = &inner[end..];
    }
    out + rest
}

fn first_mark(s: &str) -> Option<(usize, &'static str, &'static str)> {
    [("[-", "-]"), ("{+", "+}"), ("{>", "<}")]
        .into_iter()
        .filter_map(|(o, c)| s.find(o).map(|at| (at, o, c)))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_closed_at_the_end_of_a_line() {
        let lines = ["a [-b".to_string(), "c".to_string(), "d-] {+e+} f".to_string()];
        assert_eq!(unbroken(lines.to_vec(), ""), ["a [-b-]", "[-c-]", "[-d-] {+e+} f"]);
    }
}
