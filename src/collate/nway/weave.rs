//! Columns: the words of all texts that stand in the same place.
//!
//! At first each word is a column of its own, and each text a *strand* of
//! columns. The pairs of the tree are taken one after the other, the closest
//! first; each joins the two strands that its texts lie in. Words that the
//! pair's alignment holds equal become one column; between two such places,
//! the columns of both strands are paired by what they read
//! ([`super::gap`]), so that words of any two texts can meet, not only those
//! of the pair. A strand stays a sequence, so that no order is ever broken,
//! and its two halves have no text in common, so that no column ever has two
//! words of one text.
//!
//! A moved passage keeps its own columns where it stands; which columns read
//! the same elsewhere is remembered as links ([`super::links`]).
//!
//! Cost: each joining is linear in the two strands, beside the gaps; memory
//! is sixteen bytes a word, and what mixed columns read.

use std::borrow::Cow;
use std::collections::HashSet;

use super::columns::Columns;
use super::gap::Gap;
use super::kinship::Pair;
use crate::collate::script::Moved;
use crate::text::align::Match;

/// The alignment of the two texts of a pair.
pub struct Aligned {
    pub pair: Pair,
    pub runs: Vec<Match>,
    pub moved: Vec<Moved>,
}

/// The columns of a collation in the making. A column is named by one of its
/// words, a word by its number among the words of all texts.
pub struct Weave<'k> {
    /// Towards the column of a word.
    forward: Vec<u32>,
    columns: Columns<'k>,
    /// The first word of each text, and the end.
    starts: Vec<usize>,
    gap: Gap,
}

impl<'k> Weave<'k> {
    /// One strand a text.
    pub fn new(texts: &[&[u32]], keys: &'k [Cow<'k, str>]) -> Self {
        let mut starts = vec![0];
        for text in texts {
            starts.push(starts[starts.len() - 1] + text.len());
        }
        Self {
            forward: (0..starts[texts.len()] as u32).collect(),
            columns: Columns::new(texts, keys),
            starts,
            gap: Gap::default(),
        }
    }

    /// Joins all strands along the tree; the columns in order, by name.
    pub fn whole(&mut self, tree: &[Aligned]) -> Vec<u32> {
        let texts = self.starts.len() - 1;
        let mut strand_of: Vec<usize> = (0..texts).collect();
        let strand = |t: usize| (self.starts[t] as u32..self.starts[t + 1] as u32).collect();
        let mut strands: Vec<Vec<u32>> = (0..texts).map(strand).collect();
        for aligned in tree {
            let (p, q) = (strand_of[aligned.pair.a], strand_of[aligned.pair.b]);
            let (left, right) = (std::mem::take(&mut strands[p]), std::mem::take(&mut strands[q]));
            strands[p] = self.join(&left, &right, aligned);
            strand_of.iter_mut().filter(|s| **s == q).for_each(|s| *s = p);
        }
        strand_of.first().map_or_else(Vec::new, |s| std::mem::take(&mut strands[*s]))
    }

    /// The column of a word of a text.
    pub fn column(&mut self, text: usize, word: usize) -> u32 {
        self.find((self.starts[text] + word) as u32)
    }

    /// For each text, the place of each word's column in `order`.
    pub fn places(&mut self, order: &[u32]) -> Vec<Vec<u32>> {
        let mut place = vec![0u32; self.forward.len()];
        for (n, column) in order.iter().enumerate() {
            place[*column as usize] = n as u32;
        }
        let texts = self.starts.len() - 1;
        let of = |t: usize| {
            let words = self.starts[t] as u32..self.starts[t + 1] as u32;
            words.map(|w| place[self.find(w) as usize]).collect()
        };
        (0..texts).map(of).collect()
    }

    fn find(&mut self, mut x: u32) -> u32 {
        while self.forward[x as usize] != x {
            let next = self.forward[self.forward[x as usize] as usize];
            self.forward[x as usize] = next;
            x = next;
        }
        x
    }

    fn join(&mut self, left: &[u32], right: &[u32], aligned: &Aligned) -> Vec<u32> {
        let Pair { a, b } = aligned.pair;
        // First and last column of each passage that moved.
        let mut moved = HashSet::new();
        for m in &aligned.moved {
            for i in m.old.clone() {
                moved.insert(self.column(a, i));
            }
            for j in m.new.clone() {
                moved.insert(self.column(b, j));
            }
        }
        let mut out = Vec::with_capacity(left.len().max(right.len()) * 17 / 16);
        let (mut p, mut q) = (0, 0);
        for run in &aligned.runs {
            for k in 0..run.len {
                let (x, y) = (self.column(a, run.old + k), self.column(b, run.new + k));
                if left[p] != x || right[q] != y {
                    let (from_p, from_q) = (p, q);
                    while left[p] != x {
                        p += 1;
                    }
                    while right[q] != y {
                        q += 1;
                    }
                    self.between(&left[from_p..p], &right[from_q..q], &moved, &mut out);
                }
                self.fuse(x, y);
                out.push(x);
                (p, q) = (p + 1, q + 1);
            }
        }
        self.between(&left[p..], &right[q..], &moved, &mut out);
        out
    }

    /// Pairs the columns between two that the alignment holds equal.
    fn between(&mut self, left: &[u32], right: &[u32], moved: &HashSet<u32>, out: &mut Vec<u32>) {
        if left.is_empty() || right.is_empty() {
            out.extend_from_slice(left);
            out.extend_from_slice(right);
            return;
        }
        let stays = |c: &&u32| moved.is_empty() || !moved.contains(*c);
        let here: Vec<u32> = left.iter().filter(stays).copied().collect();
        let there: Vec<u32> = right.iter().filter(stays).copied().collect();
        let pairs = self.gap.pair(&mut self.columns, &here, &there);
        let (mut p, mut q) = (0, 0);
        for (x, y) in pairs {
            let (x, y) = (here[x], there[y]);
            while left[p] != x {
                out.push(left[p]);
                p += 1;
            }
            while right[q] != y {
                out.push(right[q]);
                q += 1;
            }
            self.fuse(x, y);
            out.push(x);
            (p, q) = (p + 1, q + 1);
        }
        out.extend_from_slice(&left[p..]);
        out.extend_from_slice(&right[q..]);
    }

    fn fuse(&mut self, x: u32, y: u32) {
        self.columns.fuse(x, y);
        self.forward[y as usize] = x;
    }
}
