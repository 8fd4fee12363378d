//! How alike two runs of words are, and in what they differ.
//!
//! Both are aligned by [`crate::text::align`]. A stretch that differs in its
//! words but not in its letters ("Th e" and "The", "cease-fire" and
//! "ceasefire") counts as the same.

use std::collections::HashMap;
use std::ops::Range;

use super::prose::Prose;
use crate::text::align::{Match, align, give_up};
use crate::text::squeeze;

/// A stretch that differs: words of the one, words of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    pub a: Range<usize>,
    pub b: Range<usize>,
}

/// The outcome of comparing words `a` with words `b`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alike {
    pub a: Range<usize>,
    pub b: Range<usize>,
    /// Runs of the same words, by word index.
    pub runs: Vec<Match>,
    /// Stretches between them that differ.
    pub gaps: Vec<Gap>,
    /// Words of `a` and of `b` that the other has.
    pub same: (usize, usize),
}

impl Alike {
    /// Share of all words that both have, from 0 to 1.
    pub fn score(&self) -> f64 {
        let all = self.a.len() + self.b.len();
        if all == 0 { 0.0 } else { (self.same.0 + self.same.1) as f64 / all as f64 }
    }
}

/// Compares some words of one text with some of another (or of the same).
pub(super) fn compare(
    one: &Prose<'_>,
    a: Range<usize>,
    other: &Prose<'_>,
    b: Range<usize>,
) -> Alike {
    // The aligner allocates by the number of different words: number anew.
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut own = |prose: &Prose<'_>, range: &Range<usize>| -> Vec<u32> {
        prose.words[range.clone()]
            .iter()
            .map(|w| {
                let next = numbers.len() as u32;
                *numbers.entry(w.id).or_insert(next)
            })
            .collect()
    };
    let (old, new) = (own(one, &a), own(other, &b));
    let runs: Vec<Match> = align(&old, &new, numbers.len(), &mut give_up)
        .into_iter()
        .map(|m| Match { old: m.old + a.start, new: m.new + b.start, len: m.len })
        .collect();
    let matched: usize = runs.iter().map(|m| m.len).sum();
    let (mut same, mut gaps) = ((matched, matched), Vec::new());
    let (mut i, mut j) = (a.start, b.start);
    let end = Match { old: a.end, new: b.end, len: 0 };
    for run in runs.iter().copied().chain([end]) {
        let gap = Gap { a: i..run.old, b: j..run.new };
        (i, j) = (run.old_end(), run.new_end());
        if gap.a.is_empty() && gap.b.is_empty() {
            continue;
        }
        if !gap.a.is_empty()
            && !gap.b.is_empty()
            && squeeze(one.phrase(gap.a.clone())) == squeeze(other.phrase(gap.b.clone()))
        {
            same.0 += gap.a.len();
            same.1 += gap.b.len();
            continue;
        }
        gaps.push(gap);
    }
    Alike { a, b, runs, gaps, same }
}
