//! What `align` answers, as plain data.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

/// How the sentences of two texts pair.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AlignAnswer {
    /// The first text: `E@1`, `M@1:100-200` or a path.
    pub a: String,
    /// The second text.
    pub b: String,
    /// Sentences and pairs, counted.
    pub counts: AlignCounts,
    /// Pairs in the order of the first text.
    pub pairs: Vec<AlignedPair>,
    /// Sentences without a partner: only in one text, or not recognized.
    pub not_aligned: NotAligned,
    /// Least score of a pair that was not made by hand.
    pub threshold: f32,
    /// Rows of the file of pairs that are marked as aligned by machine and were
    /// not found again; they do not count until they are marked "by hand".
    pub not_confirmed: usize,
}

/// Counts of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AlignCounts {
    /// Sentences of the first text.
    pub a: usize,
    /// Sentences of the second text.
    pub b: usize,
    /// Sentences of the first text in a pair.
    pub paired_a: usize,
    /// Sentences of the second text in a pair.
    pub paired_b: usize,
    /// Pairs that a person made.
    pub by_hand: usize,
}

/// Sentences of both texts that belong together.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AlignedPair {
    /// Of the first text.
    pub a: AlignedSpan,
    /// Of the second text.
    pub b: AlignedSpan,
    /// How likely it is that one translates the other, 0 to 1; by hand: 1.
    pub score: f32,
    /// Who says so.
    pub how: How,
}

/// Who paired sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum How {
    /// A person.
    #[serde(rename = "by hand")]
    ByHand,
    /// The program.
    #[serde(rename = "aligned")]
    Aligned,
}

impl How {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            How::ByHand => "by hand",
            How::Aligned => "aligned",
        }
    }
}

/// One or more sentences of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AlignedSpan {
    /// First and last sentence, from 1.
    pub sentences: (usize, usize),
    /// First byte.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line, from 1.
    pub line: usize,
    /// The words, as read, on one line.
    pub text: String,
}

/// Sentences without a partner.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NotAligned {
    /// Of the first text.
    pub a: Vec<AlignedSpan>,
    /// Of the second text.
    pub b: Vec<AlignedSpan>,
}

/// A sentence of one side.
pub(super) struct Sentence {
    pub range: Range<usize>,
    /// First and last line, from 1.
    pub lines: (usize, usize),
    pub text: String,
}
