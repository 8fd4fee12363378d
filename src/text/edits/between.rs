//! Small edits out of two texts: equal beginning and end are taken off, the
//! rest is aligned word by word, and neighbouring changed words become one
//! phrase. Spaces, hyphens and quotation marks that alone differ become layout.
//! Cost: that of [`crate::text::align`] on the words between the first and the
//! last difference.

use std::collections::HashMap;
use std::ops::Range;

use super::layout::is_layout;
use super::{Edit, Edits, layout_edits};
use crate::text::align::{Match, align, give_up};

/// Edits that make `child` out of `parent`: whole words, no moves.
/// `between(p, c).apply(p) == c` for all texts.
pub fn between(parent: &str, child: &str) -> Edits {
    let (old_middle, new_middle) = differing(parent, child);
    let old = tokens(parent, old_middle.clone());
    let new = tokens(child, new_middle.clone());
    let mut interned = HashMap::new();
    let mut a = Vec::with_capacity(old.len());
    let mut b = Vec::with_capacity(new.len());
    for (text, tokens, keys) in [(parent, &old, &mut a), (child, &new, &mut b)] {
        for token in tokens {
            let next = interned.len() as u32;
            keys.push(*interned.entry(&text[token.clone()]).or_insert(next));
        }
    }
    let matches = align(&a, &b, interned.len(), &mut give_up);
    let is_space = |k: usize| parent[old[k].clone()].starts_with(char::is_whitespace);
    let mut list = Vec::new();
    for (i, j) in phrases(&matches, old.len(), new.len(), is_space) {
        let from = bytes(&old, &i, old_middle.end);
        let to = bytes(&new, &j, new_middle.end);
        let (was, is) = (&parent[from.clone()], &child[to]);
        let fits = |edit: &Edit| matches!(edit, Edit::Layout { text, .. } if is_layout(parent, edit.span(), text));
        match layout_edits(from.start, was, is) {
            Some(layout) if layout.iter().all(fits) => list.extend(layout),
            _ => {
                let text = is.to_owned();
                list.push(Edit::Replace { start: from.start, end: from.end, text });
            }
        }
    }
    Edits::new(list).expect("hunks of an alignment are sorted and apart")
}

/// The two middles left when equal beginnings and ends are taken off, widened
/// to whole words.
fn differing(parent: &str, child: &str) -> (Range<usize>, Range<usize>) {
    let head = parent.bytes().zip(child.bytes()).take_while(|(x, y)| x == y).count();
    let short = parent.len().min(child.len());
    let tail = parent.bytes().rev().zip(child.bytes().rev()).take(short - head);
    let tail = tail.take_while(|(x, y)| x == y).count();
    // Back to the last space that both share before, and on to the first after:
    // the byte of an ASCII space is never inside a character.
    let head = parent.as_bytes()[..head].iter().rposition(u8::is_ascii_whitespace).unwrap_or(0);
    let rest = &parent.as_bytes()[parent.len() - tail..];
    let tail = rest.iter().position(u8::is_ascii_whitespace).map_or(0, |k| rest.len() - k);
    let tail = tail.min(short - head);
    (head..parent.len() - tail, head..child.len() - tail)
}

/// Words and the runs of space between them, in turn: byte spans.
fn tokens(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = within.start;
    while let Some(first) = text[at..within.end].chars().next() {
        let space = first.is_whitespace();
        let rest = &text[at..within.end];
        let len = rest.find(|c: char| c.is_whitespace() != space).unwrap_or(rest.len());
        tokens.push(at..at + len);
        at += len;
    }
    tokens
}

/// The hunks between equal runs, those joined that only a space keeps apart.
fn phrases(
    matches: &[Match],
    old_len: usize,
    new_len: usize,
    is_space: impl Fn(usize) -> bool,
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut hunks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let end = Match { old: old_len, new: new_len, len: 0 };
    for run in matches.iter().chain([&end]) {
        if i < run.old || j < run.new {
            let words = |range: Range<usize>| range.into_iter().any(|k| !is_space(k));
            match hunks.last_mut() {
                Some((a, b))
                    if i - a.end == 1
                        && is_space(a.end)
                        && words(a.clone())
                        && words(i..run.old) =>
                {
                    (a.end, b.end) = (run.old, run.new);
                }
                _ => hunks.push((i..run.old, j..run.new)),
            }
        }
        (i, j) = (run.old_end(), run.new_end());
    }
    hunks
}

/// The bytes of the tokens `range`; `end` is where the last token of all ends.
fn bytes(tokens: &[Range<usize>], range: &Range<usize>, end: usize) -> Range<usize> {
    let start = |k: usize| tokens.get(k).map_or(end, |token| token.start);
    start(range.start)..start(range.end)
}
