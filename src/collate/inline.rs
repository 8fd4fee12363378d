//! The inside of one replaced phrase, for display: which words stay, and which
//! letters of a misspelt word changed.
//!
//! Words are aligned exactly; where one word gives way to one similar word
//! (at least half of their characters in common, by `similar`'s ratio), the
//! pair is cut by characters.

use similar::{Algorithm, DiffTag, TextDiff};

use super::lexicon::Lexicon;
use super::script::gaps;
use super::{Change, Span};
use crate::text::View;
use crate::text::align::{align, give_up};

/// What an inner stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InlineKind {
    /// The same on both sides.
    Equal,
    /// Other words, or other letters of a word.
    Replace,
    /// Only in the new text.
    Insert,
    /// Only in the old text.
    Delete,
}

/// A stretch inside a changed phrase: bytes of both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Bytes of the old text.
    pub old: Span,
    /// Bytes of the new text.
    pub new: Span,
}

/// The inner stretches of a change, in order, those that changed and those
/// that did not. A change of one kind only (insert, delete) is one stretch.
pub fn inline(old: &View, new: &View, change: &Change) -> Vec<Inline> {
    let mut lexicon = Lexicon::default();
    let a = lexicon.read_span(old, change.old);
    let b = lexicon.read_span(new, change.new);
    let runs = align(&a.keys, &b.keys, lexicon.len(), &mut give_up);
    let mut out = Vec::new();
    for run in &runs {
        let (i, j) = (run.old..run.old_end(), run.new..run.new_end());
        out.push(Inline { kind: InlineKind::Equal, old: a.span(i), new: b.span(j) });
    }
    for gap in gaps(&runs, 0..a.words.len(), 0..b.words.len()) {
        let kind = match (gap.old.is_empty(), gap.new.is_empty()) {
            (true, _) => InlineKind::Insert,
            (_, true) => InlineKind::Delete,
            _ => InlineKind::Replace,
        };
        let (from, to) = (a.span(gap.old.clone()), b.span(gap.new.clone()));
        let letters = if gap.old.len() == 1 && gap.new.len() == 1 {
            letters(old.source(), new.source(), from, to)
        } else {
            None
        };
        match letters {
            Some(parts) => out.extend(parts),
            None => out.push(Inline { kind, old: from, new: to }),
        }
    }
    out.sort_by_key(|part| (part.new.start, part.old.start, part.new.end));
    out
}

/// One word against another by characters, if they are similar.
fn letters(old: &str, new: &str, from: Span, to: Span) -> Option<Vec<Inline>> {
    let (was, is) = (&old[from.range()], &new[to.range()]);
    // The table of two endless "words" would be as large as their product.
    if was.len().max(is.len()) > 200 {
        return None;
    }
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).diff_chars(was, is);
    if diff.ratio() < 0.5 {
        return None;
    }
    let bytes = |text: &str| -> Vec<usize> {
        text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
    };
    let (i, j) = (bytes(was), bytes(is));
    let part = |op: &similar::DiffOp| {
        let (x, y) = (op.old_range(), op.new_range());
        Inline {
            kind: match op.tag() {
                DiffTag::Equal => InlineKind::Equal,
                DiffTag::Delete => InlineKind::Delete,
                DiffTag::Insert => InlineKind::Insert,
                DiffTag::Replace => InlineKind::Replace,
            },
            old: (from.start + i[x.start]..from.start + i[x.end]).into(),
            new: (to.start + j[y.start]..to.start + j[y.end]).into(),
        }
    };
    Some(diff.ops().iter().map(part).collect())
}
