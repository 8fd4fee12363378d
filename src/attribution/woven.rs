//! A text as threads: of each stretch, where its bytes were written down, in
//! which step, and on which moves it came to where it is.
//!
//! The edits of many steps are composed without looking at the bytes: a step of
//! k edits costs O(k log n) in the tree of [`super::rope`], whatever the length
//! of the text. The text itself is put together once, at the end, from
//! [`Weaver::copy`]. Earlier states that a later step restores from are kept;
//! they share all that did not change.

use std::collections::HashMap;
use std::ops::Range;

use super::AttributionError;
use super::rope::{Rope, Thread};
use crate::text::edits::{Edit, Edits, Piece};

/// What is known of a stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strand {
    /// Its first byte in [`Weaver::copy`].
    pub at: usize,
    /// The step in which its words were written; 0 for the first text. Layout
    /// has the writer of the words that it stands beside.
    pub step: u32,
    /// The last move that brought it here: number in [`Weaver::moves`], from 1;
    /// 0 when it never moved.
    pub moved: u32,
}

impl Thread for Strand {
    fn skip(self, bytes: usize) -> Self {
        Self { at: self.at + bytes, ..self }
    }

    fn goes_on(&self, len: usize, next: &Self) -> bool {
        self.at + len == next.at && self.step == next.step && self.moved == next.moved
    }
}

/// A move that brought words where they are, and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The step that moved them.
    pub step: u32,
    /// The move before, from 1; 0 when there is none.
    pub before: u32,
}

/// Words that were written, and what stood there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// Their first byte in [`Weaver::copy`].
    pub at: usize,
    /// The step.
    pub step: u32,
    /// What gave way to them; empty where they were put between.
    pub was: String,
}

/// Composes steps, one after another.
#[derive(Debug, Clone)]
pub struct Weaver {
    /// The bytes of the first text and of all that was written since.
    copy: String,
    rope: Rope<Strand>,
    moves: Vec<Move>,
    writings: Vec<Writing>,
    step: u32,
    kept: HashMap<String, Rope<Strand>>,
}

impl Weaver {
    /// The first text, as step 0.
    pub fn new(text: &str) -> Self {
        let mut weaver = Self {
            copy: String::new(),
            rope: Rope::default(),
            moves: Vec::new(),
            writings: Vec::new(),
            step: 0,
            kept: HashMap::new(),
        };
        weaver.rope = weaver.write(text, 0);
        weaver
    }

    /// Keeps the state as it is now, for steps that restore from it by `name`.
    pub fn keep(&mut self, name: String) {
        self.kept.insert(name, self.rope.clone());
    }

    /// Bytes of the text as it is now.
    pub fn len(&self) -> usize {
        self.rope.len()
    }

    /// Is the text empty?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes the next step. `other` gives bytes of a state that was not kept:
    /// their writer is this step.
    ///
    /// # Errors
    /// When an edit lies beyond the text, or what it restores is not to be had.
    pub fn advance(
        &mut self,
        edits: &Edits,
        other: &dyn Fn(&str, Range<usize>) -> Option<String>,
    ) -> Result<(), AttributionError> {
        let len = self.len();
        for (index, edit) in edits.as_slice().iter().enumerate() {
            let to = if let Edit::Move { to, .. } = *edit { to } else { 0 };
            let end = edit.span().end.max(to);
            if end > len {
                return Err(AttributionError::Beyond { index, end, len });
            }
        }
        let step = self.step + 1;
        let old = self.rope.clone();
        let mut out = Rope::default();
        // Kept pieces come in the parent's order: what is left of it, and where that starts.
        let (mut rest, mut from) = (old.clone(), 0);
        for piece in edits.pieces(len) {
            let part = match piece {
                Piece::Kept(span) => {
                    let (_, after) = rest.split(span.start - from);
                    let (part, after) = after.split(span.len());
                    (rest, from) = (after, span.end);
                    part
                }
                Piece::New { edit, .. } => match &edits.as_slice()[edit] {
                    Edit::Replace { text, start, end } => {
                        let was = self.read(&old, *start..*end);
                        self.writings.push(Writing { at: self.copy.len(), step, was });
                        self.write(text, step)
                    }
                    _ => continue,
                },
                Piece::Moved { span, .. } => self.moved(&old.slice(span), step),
                Piece::Layout { edit, old: span, .. } => {
                    let Edit::Layout { text, .. } = &edits.as_slice()[edit] else { continue };
                    let before = span.start.checked_sub(1).and_then(|k| old.at(k));
                    let beside = if span.is_empty() { before } else { old.at(span.start) };
                    let beside = beside.or(old.at(span.end));
                    let at = self.copy.len();
                    self.copy.push_str(text);
                    let (step, moved) = beside.map_or((step, 0), |b| (b.step, b.moved));
                    Rope::of(text.len(), Strand { at, step, moved })
                }
                Piece::Restored { edit, span } => {
                    let Edit::Restore { revision, .. } = &edits.as_slice()[edit] else { continue };
                    let past = || AttributionError::Past {
                        index: edit,
                        revision: revision.clone(),
                        start: span.start,
                        end: span.end,
                    };
                    match self.kept.get(revision) {
                        Some(kept) if kept.len() >= span.end => kept.slice(span),
                        Some(_) => return Err(past()),
                        None => {
                            let text = other(revision, span.clone()).ok_or_else(past)?;
                            self.write(&text, step)
                        }
                    }
                }
            };
            out = out.concat(part);
        }
        (self.rope, self.step) = (out, step);
        Ok(())
    }

    /// The text as it is now; `None` when an edit cut a character.
    pub fn text(&self) -> Option<String> {
        let mut out = String::with_capacity(self.len());
        let mut whole = true;
        self.rope.each(&(0..self.len()), 0, &mut |_, leaf| match self
            .copy
            .get(leaf.value.at..leaf.value.at + leaf.len)
        {
            Some(part) => out.push_str(part),
            None => whole = false,
        });
        whole.then_some(out)
    }

    /// Some bytes of the text, widened to borders of characters: where they
    /// begin, the words, and from which byte on which step wrote them.
    pub fn around(&self, range: Range<usize>) -> (usize, String, Vec<(usize, u32)>) {
        let wide = range.start.saturating_sub(3)..(range.end + 3).min(self.len());
        let (mut bytes, mut writers) = (Vec::with_capacity(wide.len()), Vec::new());
        self.rope.each(&wide, 0, &mut |start, leaf| {
            let part = wide.start.max(start)..wide.end.min(start + leaf.len);
            writers.push((part.start, leaf.value.step));
            let at = leaf.value.at + part.start - start;
            bytes.extend_from_slice(&self.copy.as_bytes()[at..at + part.len()]);
        });
        let cut = bytes.iter().take_while(|b| **b & 0xc0 == 0x80).count();
        let mut words = bytes.split_off(cut);
        if let Err(e) = std::str::from_utf8(&words) {
            words.truncate(e.valid_up_to());
        }
        let words = String::from_utf8(words).expect("cut where it ceases to be text");
        (wide.start + cut, words, writers)
    }

    /// All stretches in order: their length and what is known of them.
    pub fn strands(&self) -> Vec<(usize, Strand)> {
        let mut out = Vec::new();
        self.rope.each(&(0..self.len()), 0, &mut |_, leaf| out.push((leaf.len, leaf.value)));
        out
    }

    /// Everything that was written so far, in that order.
    pub fn writings(&self) -> &[Writing] {
        &self.writings
    }

    /// Every move so far.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The first text and all that was written since, in the order of writing.
    pub fn copy(&self) -> &str {
        &self.copy
    }

    fn read(&self, rope: &Rope<Strand>, span: Range<usize>) -> String {
        let mut out = String::with_capacity(span.len());
        rope.each(&span, 0, &mut |start, leaf| {
            let (from, to) = (span.start.max(start), span.end.min(start + leaf.len));
            let at = leaf.value.at + (from - start);
            // A span inside a character is refused where the text is made.
            out.push_str(self.copy.get(at..at + (to - from)).unwrap_or_default());
        });
        out
    }

    fn write(&mut self, text: &str, step: u32) -> Rope<Strand> {
        let at = self.copy.len();
        self.copy.push_str(text);
        Rope::of(text.len(), Strand { at, step, moved: 0 })
    }

    fn moved(&mut self, part: &Rope<Strand>, step: u32) -> Rope<Strand> {
        let mut out = Rope::default();
        // Stretches that came here together before go on together.
        let mut last: Option<(u32, u32)> = None;
        part.each(&(0..part.len()), 0, &mut |_, leaf| {
            let before = leaf.value.moved;
            let moved = match last {
                Some((b, moved)) if b == before => moved,
                _ => {
                    self.moves.push(Move { step, before });
                    self.moves.len() as u32
                }
            };
            last = Some((before, moved));
            let value = Strand { moved, ..leaf.value };
            out = std::mem::take(&mut out).concat(Rope::of(leaf.len, value));
        });
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(list: Vec<Edit>) -> Edits {
        Edits::new(list).unwrap()
    }

    #[test]
    fn writers_moves_and_text_follow_the_steps() {
        let mut weaver = Weaver::new("The ferry left at dawn.");
        weaver.keep("0".repeat(64));
        let none = |_: &str, _: Range<usize>| None;
        weaver
            .advance(&edits(vec![Edit::Replace { start: 18, end: 22, text: "noon".into() }]), &none)
            .unwrap();
        weaver.advance(&edits(vec![Edit::Move { start: 15, end: 22, to: 4 }]), &none).unwrap();
        assert_eq!(weaver.text().unwrap(), "The at noonferry left .");
        weaver
            .advance(&edits(vec![Edit::Layout { start: 3, end: 4, text: "\n".into() }]), &none)
            .unwrap();
        let back =
            Edit::Restore { at_start: 7, at_end: 11, revision: "0".repeat(64), start: 18, end: 22 };
        weaver.advance(&edits(vec![back]), &none).unwrap();
        assert_eq!(weaver.text().unwrap(), "The\nat dawnferry left .");
        let told: Vec<_> =
            weaver.strands().into_iter().map(|(len, s)| (len, s.step, s.moved)).collect();
        assert_eq!(told, [(3, 0, 0), (1, 0, 0), (3, 0, 1), (4, 0, 0), (11, 0, 0), (1, 0, 0)]);
        assert_eq!(weaver.moves()[0], Move { step: 2, before: 0 });
    }

    #[test]
    fn what_is_not_at_hand_is_asked_for_or_refused() {
        let mut weaver = Weaver::new("ab");
        let back = || {
            edits(vec![Edit::Restore {
                at_start: 1,
                at_end: 1,
                revision: "1".repeat(64),
                start: 0,
                end: 2,
            }])
        };
        assert!(matches!(
            weaver.advance(&back(), &|_, _| None),
            Err(AttributionError::Past { .. })
        ));
        weaver.advance(&back(), &|_, span| "xyz".get(span).map(str::to_owned)).unwrap();
        assert_eq!(weaver.text().unwrap(), "axyb");
        let far = edits(vec![Edit::insert(9, "z")]);
        assert!(matches!(
            weaver.advance(&far, &|_, _| None),
            Err(AttributionError::Beyond { end: 9, len: 4, .. })
        ));
    }
}
