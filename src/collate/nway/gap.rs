//! The columns of two strands between two places where they agree.
//!
//! An exact alignment in the manner of Needleman and Wunsch: as many columns
//! as can be that have a reading in common, by its letters; then as many as can
//! be that read spellings of one word, or the same to the sign; then as many as can be beside each other, the
//! earlier the better. A gap of more than [`CELLS`] pairs of columns is first cut
//! at what the chief readings of its columns share in order; what then is
//! still too large is left unpaired.
//!
//! Cost: at most `CELLS.isqrt()` pairs a column, memory `CELLS` bytes.

use std::collections::HashMap;

use super::likeness::{Likeness, Likenesses};
use super::strand::Strand;
use super::units::Keys;
use crate::collate::hard::histogram;
use crate::text::align::align;

/// Pairs of columns that are all looked at.
const CELLS: usize = 1 << 14;

// At most CELLS.isqrt() = 128 pairs are taken, so one equal pair outweighs all others.
const EQUAL: u32 = 1 << 16;
const ALIKE: u32 = 1 << 8;
const EXACT: u32 = 1 << 7;
const BESIDE: u32 = 1;

/// Pairs columns; keeps its tables.
pub struct Gap<'k> {
    keys: &'k Keys<'k>,
    likenesses: Likenesses<'k>,
    /// Best of what follows, by cell.
    best: Vec<u32>,
    /// What a cell is worth.
    worth: Vec<u32>,
}

/// Columns of one strand.
#[derive(Clone, Copy)]
pub struct Side<'s, 'k> {
    pub strand: &'s Strand<'k>,
    pub columns: &'s [usize],
}

impl<'s> Side<'s, '_> {
    fn part(self, range: std::ops::Range<usize>) -> Self {
        Self { columns: &self.columns[range], ..self }
    }

    fn readings(self, at: usize) -> impl Iterator<Item = u32> + Clone + 's {
        self.strand.readings(self.columns[at])
    }
}

impl<'k> Gap<'k> {
    pub fn new(keys: &'k Keys<'k>) -> Self {
        let likenesses = Likenesses::new(&keys.words);
        Self { keys, likenesses, best: Vec::new(), worth: Vec::new() }
    }

    /// Pairs of indexes into the two sides, increasing in both.
    pub fn pair(&mut self, here: Side<'_, '_>, there: Side<'_, '_>) -> Vec<(usize, usize)> {
        let (rows, width) = (here.columns.len(), there.columns.len());
        let mut out = Vec::with_capacity(rows.min(width));
        if rows == 0 || width == 0 {
            return out;
        }
        if rows * width <= CELLS {
            self.table(here, there, (0, 0), &mut out);
            return out;
        }
        let (mut i, mut j) = (0, 0);
        let end = (rows, width);
        for (x, y) in self.in_order(here, there).into_iter().chain([end]) {
            if (x - i) * (y - j) <= CELLS {
                self.table(here.part(i..x), there.part(j..y), (i, j), &mut out);
            }
            if (x, y) != end {
                out.push((x, y));
            }
            (i, j) = (x + 1, y + 1);
        }
        out
    }

    /// What is one pair worth?
    fn worth(&mut self, here: Side<'_, '_>, i: usize, there: Side<'_, '_>, j: usize) -> u32 {
        let (a, b) = (here.readings(i), there.readings(j));
        if a.clone().any(|k| b.clone().any(|l| k == l)) {
            return EQUAL + EXACT;
        }
        let fold = |k: u32| self.keys.folds[k as usize];
        if a.clone().any(|k| b.clone().any(|l| fold(k) == fold(l))) {
            return EQUAL;
        }
        let mut alike = |k, l| self.likenesses.of(k, l) != Likeness::Word;
        match a.into_iter().any(|k| b.clone().any(|l| alike(k, l))) {
            true => ALIKE,
            false => BESIDE,
        }
    }

    fn table(
        &mut self,
        here: Side<'_, '_>,
        there: Side<'_, '_>,
        from: (usize, usize),
        out: &mut Vec<(usize, usize)>,
    ) {
        let (rows, width) = (here.columns.len(), there.columns.len() + 1);
        if rows == 1 && width == 2 {
            out.push(from);
        }
        if rows == 0 || width == 1 || rows == 1 && width == 2 {
            return;
        }
        self.best.clear();
        self.best.resize((rows + 1) * width, 0);
        self.worth.clear();
        self.worth.resize(rows * width, 0);
        for i in (0..rows).rev() {
            for j in (0..width - 1).rev() {
                let worth = self.worth(here, i, there, j);
                let at = i * width + j;
                self.worth[at] = worth;
                let paired = self.best[at + width + 1] + worth;
                self.best[at] = paired.max(self.best[at + width]).max(self.best[at + 1]);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < rows && j < width - 1 {
            let at = i * width + j;
            if self.best[at] == self.best[at + width + 1] + self.worth[at] {
                out.push((from.0 + i, from.1 + j));
                (i, j) = (i + 1, j + 1);
            } else if self.best[at] == self.best[at + 1] {
                j += 1;
            } else {
                i += 1;
            }
        }
    }

    /// What the chief readings share, in order.
    fn in_order(&self, here: Side<'_, '_>, there: Side<'_, '_>) -> Vec<(usize, usize)> {
        let mut numbers = HashMap::<u32, u32>::new();
        let mut chiefs = |side: Side<'_, '_>| -> Vec<u32> {
            let number = |c: &usize| {
                let next = numbers.len() as u32;
                *numbers
                    .entry(self.keys.folds[side.strand.chief(*c, &self.keys.words) as usize])
                    .or_insert(next)
            };
            side.columns.iter().map(number).collect()
        };
        let (a, b) = (chiefs(here), chiefs(there));
        let runs = align(&a, &b, numbers.len(), &mut histogram);
        runs.iter().flat_map(|r| (0..r.len).map(|k| (r.old + k, r.new + k))).collect()
    }
}
