//! Beads: some sentences of one text with some of the other, or with none.

use std::ops::Range;

/// The shapes a bead may have: sentences of A, sentences of B.
pub const SHAPES: [(usize, usize); 10] =
    [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3)];

/// The most sentences of one side in a bead.
pub const MOST: usize = 3;

/// How often each shape is before anything is known, as logarithms.
pub fn first_odds() -> [f32; SHAPES.len()] {
    [0.55f32, 0.04, 0.04, 0.12, 0.12, 0.03, 0.03, 0.03, 0.02, 0.02].map(f32::ln)
}

/// Sentences that stand together, with how sure that is.
#[derive(Debug, Clone)]
pub struct Link {
    pub a: Range<u32>,
    pub b: Range<u32>,
    /// 0 to 1.
    pub weight: f32,
}
