//! Which columns read the same passage in two places.
//!
//! The moved passages of each pair link columns: equal words, and between
//! them words that stand for each other. Linked columns form a group as long
//! as no text would be in it twice; a link that would make it so is dropped.

use std::collections::HashMap;
use std::ops::Range;

use super::strand::Strand;
use super::weave::Aligned;
use crate::collate::script::gaps;
use crate::text::align::Match;

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
    pub fn of(strand: &Strand<'_>, tree: &[Aligned]) -> Self {
        if tree.iter().all(|a| a.moved.is_empty()) {
            return Self::default();
        }
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
        let mut kept: Vec<Vec<u32>> =
            groups.into_iter().map(|(c, _)| c).filter(|c| c.len() > 1).collect();
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
