//! One edit, its spelling in a record, and what can be wrong with it.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One change to a parent text. All numbers are byte offsets into the parent,
/// ends exclusive; an insert is a `Replace` whose `start` equals its `end`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// The bytes `start..end` give way to `text`, which is new writing.
    Replace {
        /// First byte of the parent that goes.
        start: usize,
        /// End of what goes, exclusive.
        end: usize,
        /// What stands there now.
        text: String,
    },
    /// The bytes `start..end` are taken out and put before the byte `to`.
    /// Whoever wrote them stays their writer.
    Move {
        /// First byte of the parent that moves.
        start: usize,
        /// End of what moves, exclusive.
        end: usize,
        /// The byte of the parent before which it lands.
        to: usize,
    },
    /// The bytes `at_start..at_end` give way to the bytes `start..end` of an
    /// earlier revision. Whoever wrote those first stays their writer.
    Restore {
        /// First byte of the parent that goes.
        at_start: usize,
        /// End of what goes, exclusive.
        at_end: usize,
        /// Id of the revision the text comes from: 64 lower-case hex digits.
        revision: String,
        /// First byte in that revision.
        start: usize,
        /// End in that revision, exclusive.
        end: usize,
    },
    /// White space, hyphens at line ends, style of quotation marks: the words
    /// stay the same and nobody becomes their writer.
    Layout {
        /// First byte of the parent that goes.
        start: usize,
        /// End of what goes, exclusive.
        end: usize,
        /// What stands there now.
        text: String,
    },
}

impl Edit {
    /// The bytes of the parent that this edit takes away or moves.
    pub fn span(&self) -> Range<usize> {
        match *self {
            Self::Replace { start, end, .. }
            | Self::Move { start, end, .. }
            | Self::Layout { start, end, .. } => start..end,
            Self::Restore { at_start, at_end, .. } => at_start..at_end,
        }
    }

    /// An insertion of `text` before the byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::Replace { start: at, end: at, text: text.into() }
    }
}

/// Why a list of edits, or its use on a text, is refused. `index` counts the
/// edits of the list from 0; all other numbers are bytes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// A span that ends before it starts.
    #[error("edit {index}: its span {start}..{end} ends before it starts")]
    Backwards {
        /// Which edit.
        index: usize,
        /// Start of the span.
        start: usize,
        /// End of the span.
        end: usize,
    },
    /// An edit that changes nothing by its own numbers.
    #[error("edit {index} at byte {start} changes nothing")]
    Empty {
        /// Which edit.
        index: usize,
        /// Where.
        start: usize,
    },
    /// Edits must be sorted by start and must not overlap.
    #[error(
        "edit {index} starts at byte {start}, before the end ({before}) of the edit listed before it: edits are sorted by start and do not overlap"
    )]
    Overlap {
        /// Which edit.
        index: usize,
        /// Its start.
        start: usize,
        /// End of the edit listed before it.
        before: usize,
    },
    /// A move must land outside every edited span.
    #[error(
        "edit {index}: its target, byte {to}, lies inside the span {start}..{end} of edit {other}"
    )]
    Target {
        /// Which edit.
        index: usize,
        /// Where it wants to land.
        to: usize,
        /// The edit in the way.
        other: usize,
        /// Start of that edit's span.
        start: usize,
        /// End of that edit's span.
        end: usize,
    },
    /// A revision id is 64 lower-case hex digits.
    #[error("edit {index}: “{value}” is not a revision id (64 lower-case hex digits)")]
    Revision {
        /// Which edit.
        index: usize,
        /// What was given.
        value: String,
    },
    /// A span or target beyond the end of the text.
    #[error("edit {index}: byte {at} lies beyond the end of the text ({len} bytes)")]
    Bounds {
        /// Which edit.
        index: usize,
        /// The byte that does not exist.
        at: usize,
        /// Length of the parent.
        len: usize,
    },
    /// A span or target inside a character.
    #[error("edit {index}: byte {at} lies inside a character")]
    CharBoundary {
        /// Which edit.
        index: usize,
        /// The byte.
        at: usize,
    },
    /// A layout edit that would change words.
    #[error("edit {index} at byte {start} is called layout, but it changes words")]
    NotLayout {
        /// Which edit.
        index: usize,
        /// Where.
        start: usize,
    },
    /// The text to restore could not be had.
    #[error("edit {index}: bytes {start}..{end} of revision {revision} are not to be had")]
    Unrestorable {
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
