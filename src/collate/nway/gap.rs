//! The columns of two strands between two places where they agree.
//!
//! An exact alignment in the manner of Needleman and Wunsch: as many columns
//! as can be that have a reading in common; then as many as can be that read
//! spellings of one word; then as many as can be beside each other, the
//! earlier the better. A gap of more than [`CELLS`] pairs of columns is first cut
//! at what the chief readings of its columns share in order; what then is
//! still too large is left unpaired.
//!
//! Cost: at most `CELLS.isqrt()` pairs a column, memory `CELLS` bytes.

use std::collections::HashMap;

use super::columns::Columns;
use crate::collate::hard::histogram;
use crate::text::align::align;

/// Pairs of columns that are all looked at.
const CELLS: usize = 1 << 14;

const EQUAL: u32 = 1 << 16;
const ALIKE: u32 = 1 << 8;
const BESIDE: u32 = 1;

/// Pairs columns; keeps its table.
#[derive(Default)]
pub struct Gap {
    /// Best of what follows, by cell.
    best: Vec<u32>,
    /// What a cell is worth.
    worth: Vec<u32>,
}

impl Gap {
    /// Pairs of indexes into the two sides, increasing in both.
    pub fn pair(
        &mut self,
        columns: &mut Columns<'_>,
        here: &[u32],
        there: &[u32],
    ) -> Vec<(usize, usize)> {
        if here.is_empty() || there.is_empty() {
            return Vec::new();
        }
        if here.len() == 1 && there.len() == 1 {
            return vec![(0, 0)];
        }
        if here.len() * there.len() <= CELLS {
            return self.table(columns, here, there);
        }
        let mut out = Vec::new();
        let (mut i, mut j) = (0, 0);
        let small = |gap: &mut Self,
                     columns: &mut Columns<'_>,
                     (i, x): (usize, usize),
                     (j, y): (usize, usize),
                     out: &mut Vec<(usize, usize)>| {
            if (x - i) * (y - j) <= CELLS {
                let pairs = gap.table(columns, &here[i..x], &there[j..y]);
                out.extend(pairs.into_iter().map(|(a, b)| (i + a, j + b)));
            }
        };
        for (x, y) in in_order(columns, here, there) {
            small(self, columns, (i, x), (j, y), &mut out);
            out.push((x, y));
            (i, j) = (x + 1, y + 1);
        }
        small(self, columns, (i, here.len()), (j, there.len()), &mut out);
        out
    }

    fn table(
        &mut self,
        columns: &mut Columns<'_>,
        here: &[u32],
        there: &[u32],
    ) -> Vec<(usize, usize)> {
        let (rows, width) = (here.len(), there.len() + 1);
        if rows == 0 || width == 1 {
            return Vec::new();
        }
        self.best.clear();
        self.best.resize((rows + 1) * width, 0);
        self.worth.clear();
        self.worth.resize(rows * width, 0);
        for i in (0..rows).rev() {
            for j in (0..width - 1).rev() {
                let worth = if columns.meet(here[i], there[j]) {
                    EQUAL
                } else if columns.resemble(here[i], there[j]) {
                    ALIKE
                } else {
                    BESIDE
                };
                let at = i * width + j;
                self.worth[at] = worth;
                let paired = self.best[at + width + 1] + worth;
                self.best[at] = paired.max(self.best[at + width]).max(self.best[at + 1]);
            }
        }
        let mut out = Vec::with_capacity(rows.min(width - 1));
        let (mut i, mut j) = (0, 0);
        while i < rows && j < width - 1 {
            let at = i * width + j;
            if self.best[at] == self.best[at + width + 1] + self.worth[at] {
                out.push((i, j));
                (i, j) = (i + 1, j + 1);
            } else if self.best[at] == self.best[at + 1] {
                j += 1;
            } else {
                i += 1;
            }
        }
        out
    }
}

/// What the chief readings share, in order.
fn in_order(columns: &Columns<'_>, here: &[u32], there: &[u32]) -> Vec<(usize, usize)> {
    let mut numbers = HashMap::<u32, u32>::new();
    let mut chiefs = |side: &[u32]| -> Vec<u32> {
        let number = |c: &u32| {
            let next = numbers.len() as u32;
            *numbers.entry(columns.chief(*c)).or_insert(next)
        };
        side.iter().map(number).collect()
    };
    let (a, b) = (chiefs(here), chiefs(there));
    let runs = align(&a, &b, numbers.len(), &mut histogram);
    runs.iter().flat_map(|r| (0..r.len).map(|k| (r.old + k, r.new + k))).collect()
}
