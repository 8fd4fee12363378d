//! One word of a text: where it stands, and where its key stands.

use std::ops::Range;

/// One word of a [`super::View`]: bytes in the source, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte, in the source.
    pub start: u32,
    /// One past the last byte. A word that is broken over a running head has
    /// the head's words within its range.
    pub end: u32,
    /// A running head or page number: not part of what the author wrote.
    pub layout: bool,
    /// Broken over a line, page or space: [`super::View::word_text`] rejoins
    /// it.
    pub broken: bool,
    /// The key is not the source itself. (Where it stands is looked up: a book
    /// has a hundred words for each page of memory that is spared.)
    pub(super) own_key: bool,
}

impl Word {
    pub(super) fn plain(start: u32, end: u32) -> Self {
        Self { start, end, layout: false, broken: false, own_key: false }
    }

    /// Whether its key is not its bytes: it is broken, hyphenated, or has other
    /// signs than a key has. Two words with equal keys that are both not odd
    /// are equal in bytes.
    pub fn is_odd(&self) -> bool {
        self.own_key
    }

    /// One of the pieces of a broken word, as a word of its own; `odd` as in
    /// [`Word::is_odd`]. Views do not know its key.
    #[must_use]
    pub fn piece(&self, range: Range<u32>, odd: bool) -> Self {
        Self { start: range.start, end: range.end, broken: false, own_key: odd, ..*self }
    }

    pub(super) fn key_in_source(&self) -> bool {
        !self.own_key
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
