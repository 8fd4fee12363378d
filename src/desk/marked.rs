//! Changed passages in full, their words marked: what a reader of a comparison
//! sees inline, or side by side.

use std::ops::Range;

use crate::collate::{Change, ChangeKind, Diff};
use crate::text::{View, passages};

use super::place::lines_of;

/// A changed passage, or several that one change runs through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedPassage {
    /// First line in the older text, from 1.
    pub old_line: usize,
    /// First line in the newer text, from 1.
    pub new_line: usize,
    /// Its words in the order of the newer text; what went out stands where it
    /// stood.
    pub pieces: Vec<MarkedPiece>,
}

/// Words of a changed passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedPiece {
    /// What happened to them.
    pub fate: Fate,
    /// As read; passages are parted by a pilcrow.
    pub text: String,
    /// White space stands before them.
    pub spaced: bool,
}

/// What happened to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They stand in both texts.
    Stayed,
    /// They went out.
    Out,
    /// They came in.
    In,
    /// They stood elsewhere, from this line of the older text on.
    Moved {
        /// The line, from 1.
        from: usize,
    },
}

/// Words kept on each side of a change; what lies further away is left out.
const AROUND: usize = 40;

/// The changed passages of a comparison.
pub(super) fn marked(old: &View, new: &View, d: &Diff) -> Vec<MarkedPassage> {
    let all = passages(new.source());
    let end = new.source().len();
    let passage_of = |byte: usize| {
        let n = all.partition_point(|p| p.end <= byte);
        all.get(n).or(all.last()).cloned().unwrap_or(0..end)
    };
    let mut out: Vec<MarkedPassage> = Vec::new();
    let mut changes = d.changes.as_slice();
    while let Some((first, mut rest)) = changes.split_first() {
        let mut span = passage_of(first.new.start);
        span.end = span.end.max(passage_of(first.new.end.max(first.new.start + 1) - 1).end);
        let mut these = vec![first];
        // Words that went out at the very end stand behind the last passage.
        let here = |n: &Change, end: usize| passage_of(n.new.start).start < end;
        while let Some((next, after)) = rest.split_first().filter(|(n, _)| here(n, span.end)) {
            span.end = span.end.max(passage_of(next.new.end.max(next.new.start + 1) - 1).end);
            these.push(next);
            rest = after;
        }
        changes = rest;
        let mut at = Walk { old, new, pieces: Vec::new(), at: span.start };
        for change in &these {
            at.change(change, Fate::Stayed);
        }
        at.same(span.end, Fate::Stayed);
        let first = these.iter().map(|c| c.old.start).min().unwrap_or_default();
        out.push(MarkedPassage {
            old_line: lines_of(old, &(first..first)).0,
            new_line: lines_of(new, &(these[0].new.start..these[0].new.start)).0,
            pieces: shortened(at.pieces),
        });
    }
    out
}

/// Goes through a passage of the newer text.
struct Walk<'v> {
    old: &'v View,
    new: &'v View,
    pieces: Vec<MarkedPiece>,
    at: usize,
}

impl Walk<'_> {
    fn change(&mut self, c: &Change, around: Fate) {
        self.same(c.new.start, around);
        if c.kind == ChangeKind::Move {
            let fate = Fate::Moved { from: lines_of(self.old, &c.old.range()).0 };
            for inner in &c.inner {
                self.change(inner, fate);
            }
            self.same(c.new.end, fate);
            return;
        }
        let (old, new) = (self.old, self.new);
        self.push(old, c.old.range(), Fate::Out);
        self.push(new, c.new.range(), Fate::In);
        self.at = self.at.max(c.new.end);
    }

    /// What stands up to a byte of the newer text without a change of its own.
    fn same(&mut self, to: usize, fate: Fate) {
        let new = self.new;
        if to > self.at {
            self.push(new, self.at..to, fate);
            self.at = to;
        }
    }

    fn push(&mut self, view: &View, span: Range<usize>, fate: Fate) {
        let text = view.reading(span.clone());
        let text = text.split("\n\n").map(str::trim).filter(|t| !t.is_empty());
        let text = text.collect::<Vec<_>>().join(" ¶ ");
        if text.is_empty() {
            return;
        }
        let source = view.source();
        let spaced = source[span.start..].starts_with(char::is_whitespace)
            || source[..span.start].ends_with(char::is_whitespace)
            || span.start == 0;
        self.pieces.push(MarkedPiece { fate, text, spaced });
    }
}

/// Leaves out what stands far from every change.
fn shortened(mut pieces: Vec<MarkedPiece>) -> Vec<MarkedPiece> {
    let last = pieces.len().saturating_sub(1);
    for (n, piece) in pieces.iter_mut().enumerate() {
        if piece.fate == Fate::Stayed {
            let words: Vec<&str> = piece.text.split(' ').collect();
            // Only its end is near a change, only its beginning, or both.
            piece.text = match (n == 0, n == last) {
                (true, _) if words.len() > AROUND + 5 => {
                    format!("… {}", words[words.len() - AROUND..].join(" "))
                }
                (_, true) if words.len() > AROUND + 5 => {
                    format!("{} …", words[..AROUND].join(" "))
                }
                (false, false) if words.len() > 2 * AROUND + 5 => format!(
                    "{} … {}",
                    words[..AROUND].join(" "),
                    words[words.len() - AROUND..].join(" ")
                ),
                _ => continue,
            };
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate;

    fn told(old: &str, new: &str) -> Vec<String> {
        let (a, b) = (View::new(old.into()), View::new(new.into()));
        let passages = marked(&a, &b, &collate::diff(&a, &b));
        let piece = |p: &MarkedPiece| {
            let text = match p.fate {
                Fate::Stayed => p.text.clone(),
                Fate::Out => format!("[-{}-]", p.text),
                Fate::In => format!("{{+{}+}}", p.text),
                Fate::Moved { from } => format!("{{>{from}: {}<}}", p.text),
            };
            format!("{}{text}", if p.spaced { " " } else { "" })
        };
        passages.iter().map(|p| p.pieces.iter().map(piece).collect::<String>()).collect()
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        let old = "One two.\n\nFour five men came to the old harbour.\n\nSeven.\n";
        let new = "One two.\n\nFour 5 men came to the old grey harbour.\n\nSeven.\n";
        assert_eq!(told(old, new), [" Four [-five-] {+5+} men came to the old {+grey+} harbour."]);
    }

    #[test]
    fn nothing_changed_nothing_shown_and_empty_texts() {
        assert!(told("One.\n", "One.\n").is_empty());
        assert_eq!(told("", "One two.\n"), [" {+One two.+}"]);
        assert_eq!(told("One two.\n", ""), [" [-One two.-]"]);
    }

    #[test]
    fn what_is_far_from_a_change_is_left_out() {
        let many = "word ".repeat(200);
        let told = told(&format!("{many}here {many}\n"), &format!("{many}there {many}\n"));
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].matches('…').count(), 2);
        assert!(told[0].split(' ').count() < 2 * AROUND + 10);
    }

    proptest::proptest! {
        /// Read without what went out the pieces are the newer text; without
        /// what came in, and with nothing moved, the older one.
        #[test]
        fn the_pieces_are_the_texts(
            old in proptest::collection::vec("[a-e]{1,2}", 0..30),
            new in proptest::collection::vec("[a-e]{1,2}", 0..30),
        ) {
            let (a, b) = (View::new(old.join(" ").into()), View::new(new.join(" ").into()));
            let d = collate::diff(&a, &b);
            let passages = marked(&a, &b, &d);
            let read = |out: Fate| -> Vec<String> {
                passages
                    .iter()
                    .flat_map(|p| p.pieces.iter().filter(|p| p.fate != out))
                    .flat_map(|p| p.text.split(' ').map(str::to_string))
                    .collect()
            };
            if d.changes.is_empty() {
                proptest::prop_assert!(passages.is_empty());
            } else {
                proptest::prop_assert_eq!(read(Fate::Out), new);
                if d.changes.iter().all(|c| c.kind != ChangeKind::Move) {
                    proptest::prop_assert_eq!(read(Fate::In), old);
                }
            }
        }
    }
}
