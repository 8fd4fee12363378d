//! Attribution of one revision, and the step to the next by recorded edits.
//!
//! The runs lie in a persistent balanced tree ([`super::rope`]), so a step by
//! k edits costs O(k log n) whatever the length of the text, an older
//! revision's attribution stays at hand for `restore` at no cost but what
//! differs, and the writer of one word is found in O(log n).
//!
//! Rule for recorded edits: `replace` makes its text the edit's; `move` and
//! `restore` keep the first writer; `layout` takes the writer of what it
//! replaces.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;
use thiserror::Error;

use super::rope::{Leaf, Rope, Thread};
use crate::text::edits::{Edit, Edits, Piece};
use crate::text::{View, Word};

/// How an origin is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// From edits that were recorded: *written in* this revision.
    Recorded,
    /// From comparison of full texts: *first present in* this revision.
    Inferred,
}

/// Where some bytes were first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct Origin {
    /// The revision, by the caller's numbering: a later one has the larger number.
    pub revision: u32,
    /// The edit or correction in it, by the caller's tag; `None` for a whole text.
    pub edit: Option<u32>,
    /// How this is known.
    pub basis: Basis,
}

impl Thread for Origin {
    fn skip(self, _: usize) -> Self {
        self
    }

    fn goes_on(&self, _: usize, next: &Self) -> bool {
        self == next
    }
}

/// A stretch of one origin: bytes of the text, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Run {
    /// First byte.
    pub start: usize,
    /// End, exclusive.
    pub end: usize,
    /// Where it was first written.
    pub origin: Origin,
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AttributionError {
    /// The edits are for a longer text.
    #[error("edit {index} reaches to byte {end}, the text attributed has {len} bytes")]
    Beyond {
        /// Which edit.
        index: usize,
        /// How far it reaches.
        end: usize,
        /// Bytes of the text.
        len: usize,
    },
    /// The revision to restore from is unknown, or too short.
    #[error(
        "edit {index} restores bytes {start}..{end} of revision {revision}, whose attribution is not at hand"
    )]
    Past {
        /// Which edit.
        index: usize,
        /// The revision asked for.
        revision: String,
        /// First byte asked for.
        start: usize,
        /// End, exclusive.
        end: usize,
    },
}

/// Who first wrote each byte of one revision. A value: steps make new ones
/// and share what did not change; cloning costs nothing.
#[derive(Debug, Clone, Default)]
pub struct Attribution {
    pub(super) rope: Rope<Origin>,
}

impl Attribution {
    /// A text of `len` bytes, all of it written in `revision`.
    pub fn first(len: usize, revision: u32, basis: Basis) -> Self {
        Self { rope: Rope::of(len, Origin { revision, edit: None, basis }) }
    }

    /// A text of which the origin of every stretch is known, in order.
    pub fn of(stretches: impl IntoIterator<Item = (usize, Origin)>) -> Self {
        let mut runs: Vec<Leaf<Origin>> = Vec::new();
        for (len, value) in stretches.into_iter().filter(|(len, _)| *len > 0) {
            match runs.last_mut() {
                Some(last) if last.value == value => last.len += len,
                _ => runs.push(Leaf { len, value }),
            }
        }
        Self { rope: Rope::of_leaves(&runs) }
    }

    /// Bytes of the text.
    pub fn len(&self) -> usize {
        self.rope.len()
    }

    /// Is the text empty?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The origin of one byte, or `None` beyond the text. O(log n).
    pub fn at(&self, byte: usize) -> Option<Origin> {
        self.rope.at(byte)
    }

    /// All runs: they cover the text without gap or overlap, neighbours differ.
    pub fn runs(&self) -> Vec<Run> {
        self.runs_in(0..self.len())
    }

    /// The runs of some bytes, cut at their edges. O(log n) plus the runs.
    pub fn runs_in(&self, range: Range<usize>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        self.rope.each(&range, 0, &mut |at, leaf| {
            let (start, end) = (at.max(range.start), (at + leaf.len).min(range.end));
            match runs.last_mut() {
                Some(last) if last.origin == leaf.value => last.end = end,
                _ => runs.push(Run { start, end, origin: leaf.value }),
            }
        });
        runs
    }

    /// The origin of a word: of the writers of its letters, the latest. One
    /// who corrects a letter has written the word. O(log n).
    pub fn word(&self, word: &Word) -> Option<Origin> {
        let runs = self.runs_in(word.start as usize..word.end as usize);
        runs.into_iter().map(|run| run.origin).max()
    }

    /// The origin of every word of a view of this text, in order: one pass.
    pub fn words(&self, view: &View) -> Vec<Option<Origin>> {
        let runs = self.runs();
        let mut at = 0;
        let origin = |word: &Word| {
            let (start, end) = (word.start as usize, word.end as usize);
            while runs.get(at).is_some_and(|r| r.end <= start) {
                at += 1;
            }
            let touching = runs[at..].iter().take_while(|r| r.start < end);
            touching.map(|r| r.origin).max()
        };
        view.words().iter().map(origin).collect()
    }

    /// The next revision, made by recorded edits. `tag` names each edit (by
    /// its index) as the caller knows it, say by its correction; `past` gives
    /// the attribution of an earlier revision, by the id in a `restore`.
    pub fn advance_recorded(
        &self,
        edits: &Edits,
        revision: u32,
        tag: impl Fn(usize) -> Option<u32>,
        past: impl Fn(&str) -> Option<Self>,
    ) -> Result<Self, AttributionError> {
        let len = self.len();
        for (index, edit) in edits.as_slice().iter().enumerate() {
            let to = if let Edit::Move { to, .. } = *edit { to } else { 0 };
            let end = edit.span().end.max(to);
            if end > len {
                return Err(AttributionError::Beyond { index, end, len });
            }
        }
        let mut out = Rope::default();
        // Kept pieces come in the parent's order: what is left of it, and where that starts.
        let (mut rest, mut from) = (self.rope.clone(), 0);
        for piece in edits.pieces(len) {
            let part = match piece {
                Piece::Kept(span) => {
                    let (_, after) = rest.split(span.start - from);
                    let (part, after) = after.split(span.len());
                    (rest, from) = (after, span.end);
                    part
                }
                Piece::New { edit, len } => {
                    Rope::of(len, Origin { revision, edit: tag(edit), basis: Basis::Recorded })
                }
                Piece::Moved { span, .. } => self.rope.slice(span),
                Piece::Layout { len, old, .. } => {
                    let before = old.start.checked_sub(1).and_then(|k| self.at(k));
                    let writer = if old.is_empty() { before } else { self.at(old.start) };
                    let nobody = Origin { revision, edit: None, basis: Basis::Recorded };
                    Rope::of(len, writer.or(self.at(old.end)).unwrap_or(nobody))
                }
                Piece::Restored { edit, span } => {
                    let Edit::Restore { revision, .. } = &edits.as_slice()[edit] else { continue };
                    let past = past(revision).filter(|p| p.len() >= span.end);
                    let past = past.ok_or_else(|| AttributionError::Past {
                        index: edit,
                        revision: revision.clone(),
                        start: span.start,
                        end: span.end,
                    })?;
                    past.rope.slice(span)
                }
            };
            out = out.concat(part);
        }
        Ok(Self { rope: out })
    }
}
