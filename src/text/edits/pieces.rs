//! What an edited text is made of, and where a span of the parent went.

use std::ops::Range;

/// One stretch of the child, in the child's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Bytes of the parent that stayed where they were.
    Kept(Range<usize>),
    /// New writing: the text of edit `edit`, `len` bytes long.
    New {
        /// Index of the edit.
        edit: usize,
        /// Bytes.
        len: usize,
    },
    /// Bytes of the parent that edit `edit` brought here.
    Moved {
        /// Index of the edit.
        edit: usize,
        /// Bytes of the parent.
        span: Range<usize>,
    },
    /// Bytes of an earlier revision that edit `edit` put back.
    Restored {
        /// Index of the edit; it names the revision.
        edit: usize,
        /// Bytes of that revision.
        span: Range<usize>,
    },
    /// Spaces, hyphens or quotation marks of edit `edit` in place of `old`.
    Layout {
        /// Index of the edit.
        edit: usize,
        /// Bytes.
        len: usize,
        /// The bytes of the parent whose place it takes.
        old: Range<usize>,
    },
}

impl Piece {
    /// Length in bytes of the child.
    #[allow(clippy::len_without_is_empty)] // a piece is never empty, or its edit deletes
    pub fn len(&self) -> usize {
        match self {
            Self::Kept(span) | Self::Moved { span, .. } | Self::Restored { span, .. } => span.len(),
            Self::New { len, .. } | Self::Layout { len, .. } => *len,
        }
    }
}

/// Where a span of the parent stands in the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapped {
    /// Every byte is there, in one stretch: here (it may have been moved whole).
    Kept(Range<usize>),
    /// The same words with other layout inside: here.
    Relaid {
        /// Bytes of the child.
        span: Range<usize>,
        /// The first layout edit inside.
        edit: usize,
    },
    /// Edit `edit` (the first of them) changed, cut or interrupted it.
    Touched {
        /// Index of the edit.
        edit: usize,
    },
}

/// The parent in its own order, cut at every edit; inserts and landings of
/// moves are slots of no width. Kept by `Edits` so that mapping is a binary
/// search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub start: usize,
    /// Exclusive; `usize::MAX` for the open end of the parent.
    pub end: usize,
    pub what: What,
    /// Where its bytes (old or new) start in the child.
    pub child: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Kept,
    /// Taken out by a move; `child` is where it landed.
    Source(usize),
    /// Where a move lands.
    Landing(usize),
    /// Replaced or restored over; no old byte is left.
    Replaced(usize),
    /// Other layout, this many bytes.
    Relaid(usize, usize),
}
