//! What a comparison answers.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bytes of one text, end exclusive.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// End, exclusive; equal to `start` where nothing stands.
    pub end: usize,
}

impl Span {
    /// The same as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
    /// Does nothing stand here?
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// What happened to some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Other words stand in their place.
    Replace,
    /// New words; the old span is empty and lies before the word they precede.
    Insert,
    /// The words are gone; the new span is empty.
    Delete,
    /// The words stand elsewhere, perhaps with changes inside.
    Move,
}

/// One change, from the first byte of its first word to the last byte of its
/// last word on either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// Bytes of the old text.
    pub old: Span,
    /// Bytes of the new text.
    pub new: Span,
    /// The changes inside a moved passage; empty for the other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inner: Vec<Change>,
}

/// How the same word is printed otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TypographicKind {
    /// Broken over a line or page here, whole or broken otherwise there.
    Break,
    /// With and without a hyphen, or with another kind of hyphen or dash.
    Hyphen,
    /// Straight and curly quotation marks.
    Quotes,
    /// A running head or page number that only one text has, or that differs.
    Layout,
    /// Anything else that the eye does not read: invisible characters, composed accents.
    Other,
}

/// A word that is the same, printed otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Typographic {
    /// In what way.
    pub kind: TypographicKind,
    /// Bytes of the word in the old text.
    pub old: Span,
    /// Bytes of the word in the new text.
    pub new: Span,
}

/// Counts, all in words of the view (running heads and page numbers left out).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stats {
    /// Words of the old text.
    pub words_old: usize,
    /// Words of the new text.
    pub words_new: usize,
    /// Words that are gone, those inside moved passages too. A word that a
    /// phrase change took in although it stands on both sides is not counted.
    pub deleted: usize,
    /// Words that are new, counted likewise.
    pub inserted: usize,
    /// Words that stand elsewhere unchanged.
    pub moved: usize,
}

/// The comparison of two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// Every byte is the same.
    pub identical: bool,
    /// Every word is the same: at most layout and typography differ.
    pub same_words: bool,
    /// In the order of the new text; where a passage moved, its change stands
    /// where the passage stands now. The words outside all old spans are, in
    /// order, the words outside all new spans.
    pub changes: Vec<Change>,
    /// The same words printed otherwise, outside changes.
    pub typographic: Vec<Typographic>,
    /// Counts.
    pub stats: Stats,
}
