//! Which columns read the same passage in two places.
//!
//! The moved passages of each pair link columns: equal words, and between
//! them words that stand for each other. Linked columns form a group as long
//! as no text would be in it twice; a link that would make it so is dropped.
//!
//! A word or two that change places with their neighbours ("he then said", "then
//! he said") are too little to be a moved passage of a pair. They are seen in
//! the columns: every text has the word in one of two columns that stand near
//! ([`swapped`]).

use std::collections::HashMap;
use std::ops::Range;

use super::likeness::{Likeness, likeness};
use super::strand::Strand;
use super::units::Keys;
use super::weave::Aligned;
use crate::collate::script::gaps;
use crate::text::align::Match;
use crate::text::squeeze;

/// Groups of columns that hold the words of one passage in several places.
#[derive(Default)]
pub struct Links {
    /// Each group's columns, in order.
    pub groups: Vec<Vec<u32>>,
    /// The group of each column, or [`NONE`]; empty where nothing is linked.
    group: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Links {
    /// From the moved passages of all pairs.
    pub fn of(strand: &Strand<'_>, tree: &[Aligned], keys: &Keys<'_>) -> Self {
        let mut groups: Vec<(Vec<u32>, u64)> = Vec::new();
        let mut group: HashMap<u32, usize> = HashMap::new();
        for aligned in tree {
            let (a, b) = (strand.columns(aligned.pair.a), strand.columns(aligned.pair.b));
            for block in &aligned.moved {
                for (i, j) in pairs(&block.runs, block.old.clone(), block.new.clone()) {
                    let (x, y) = (a.of(i) as u32, b.of(j) as u32);
                    if x == y {
                        continue;
                    }
                    let mut of = |c: u32| {
                        *group.entry(c).or_insert_with(|| {
                            groups.push((vec![c], strand.mask(c as usize)));
                            groups.len() - 1
                        })
                    };
                    let (g, h) = (of(x), of(y));
                    if g == h || groups[g].1 & groups[h].1 != 0 {
                        continue;
                    }
                    let (gone, bits) = std::mem::take(&mut groups[h]);
                    gone.iter().for_each(|c| _ = group.insert(*c, g));
                    groups[g].0.extend(gone);
                    groups[g].1 |= bits;
                }
            }
        }
        let near = swapped(strand, keys).into_iter();
        let near = near.filter(|pair| !pair.iter().any(|c| group.contains_key(c)));
        groups.extend(near.map(|pair| (pair.to_vec(), 0)));
        let mut kept: Vec<Vec<u32>> =
            groups.into_iter().map(|(c, _)| c).filter(|c| c.len() > 1).collect();
        if kept.is_empty() {
            return Self::default();
        }
        kept.iter_mut().for_each(|c| c.sort_unstable());
        kept.sort_unstable();
        let mut group = vec![NONE; strand.len()];
        for (g, columns) in kept.iter().enumerate() {
            columns.iter().for_each(|c| group[*c as usize] = g as u32);
        }
        Self { groups: kept, group }
    }

    /// The group of a column.
    pub fn group(&self, column: usize) -> Option<u32> {
        self.group.get(column).copied().filter(|g| *g != NONE)
    }
}

/// The words of a moved passage that stand for each other.
fn pairs(runs: &[Match], old: Range<usize>, new: Range<usize>) -> Vec<(usize, usize)> {
    let equal = runs.iter().flat_map(|r| (0..r.len).map(|k| (r.old + k, r.new + k)));
    let mut out: Vec<(usize, usize)> = equal.collect();
    out.extend(gaps(runs, old, new).flat_map(|gap| gap.old.zip(gap.new)));
    out
}

/// Words that change places at most, and how many words each of them passes by.
const RUN: usize = 4;
const PASSED: usize = 2;
/// A lone word of so few letters passes by one word only: small words come and
/// go for themselves.
const SMALL: usize = 3;

/// Pairs of columns that hold one word, every text having it in one of them,
/// with a column between them that has texts of both.
fn swapped(strand: &Strand<'_>, keys: &Keys<'_>) -> Vec<[u32; 2]> {
    let all = strand.texts.iter().fold(0u64, |all, t| all | 1 << t);
    let same = |a: u32, b: u32| {
        let (a, b) = (a as usize, b as usize);
        keys.folds[a] == keys.folds[b] || likeness(&keys.words[a], &keys.words[b]) != Likeness::Word
    };
    let alike =
        |c: usize, d: usize| strand.readings(c).any(|a| strand.readings(d).any(|b| same(a, b)));
    let mut out: Vec<[u32; 2]> = Vec::new();
    let mut c = 0;
    while c < strand.len() {
        let mask = strand.mask(c);
        if mask == all {
            c += 1;
            continue;
        }
        // The words from here on that only these texts have here.
        let run = (c..strand.len().min(c + RUN)).take_while(|x| strand.mask(*x) == mask).count();
        let found = (1..=run).rev().find_map(|run| {
            let end = c + run;
            let letters = |key: u32| squeeze(&keys.words[key as usize]).chars().count();
            let small = || strand.readings(c).all(|key| letters(key) <= SMALL);
            let far = if run == 1 && small() { 1 } else { run * PASSED };
            let at = (end + 1..=end + far).find(|d| {
                d + run <= strand.len()
                    && (0..run).all(|k| strand.mask(d + k) == all & !mask && alike(c + k, d + k))
            })?;
            let passed =
                (end..at).any(|e| strand.mask(e) & mask != 0 && strand.mask(e) & !mask != 0);
            passed.then_some((run, at))
        });
        match found {
            Some((run, at)) => {
                out.extend((0..run).map(|k| [(c + k) as u32, (at + k) as u32]));
                c = at + run;
            }
            None => c += 1,
        }
    }
    out
}
