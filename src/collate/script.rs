//! The state of a comparison while it is made: equal runs in order, moved
//! blocks, and the hunks between them.

use std::ops::Range;

use crate::text::align::Match;

/// Words `old` of the old text stand as words `new` in the new text,
/// elsewhere, perhaps changed inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub old: Range<usize>,
    pub new: Range<usize>,
    /// Equal runs inside, in the coordinates of the whole texts.
    pub runs: Vec<Match>,
}

/// Words that changed where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// The stretches between equal runs, up to the ends `old_end`, `new_end`.
pub fn gaps(
    runs: &[Match],
    old: Range<usize>,
    new: Range<usize>,
) -> impl Iterator<Item = Hunk> + '_ {
    let (mut i, mut j) = (old.start, new.start);
    let end = Match { old: old.end, new: new.end, len: 0 };
    runs.iter().copied().chain([end]).filter_map(move |run| {
        let gap = Hunk { old: i..run.old, new: j..run.new };
        (i, j) = (run.old_end(), run.new_end());
        (!gap.old.is_empty() || !gap.new.is_empty()).then_some(gap)
    })
}

/// What is left of `range` when the sorted `holes` are taken out.
pub fn without(range: Range<usize>, holes: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut left = Vec::new();
    let mut at = range.start;
    let first = holes.partition_point(|h| h.end <= range.start);
    for hole in holes[first..].iter().take_while(|h| h.start < range.end) {
        if at < hole.start {
            left.push(at..hole.start);
        }
        at = at.max(hole.end);
    }
    if at < range.end {
        left.push(at..range.end);
    }
    left
}

/// The hunks of a gap in which moved blocks may lie: its remaining stretches,
/// paired in order; what has no partner is a pure insert or delete.
pub fn hunks(gap: Hunk, old_holes: &[Range<usize>], new_holes: &[Range<usize>]) -> Vec<Hunk> {
    let old = without(gap.old.clone(), old_holes);
    let new = without(gap.new.clone(), new_holes);
    let (mut i, mut j) = (gap.old.start, gap.new.start);
    let mut out = Vec::with_capacity(old.len().max(new.len()));
    for k in 0..old.len().max(new.len()) {
        let old = old.get(k).cloned();
        let new = new.get(k).cloned();
        let hunk = Hunk { old: old.unwrap_or(i..i), new: new.unwrap_or(j..j) };
        (i, j) = (hunk.old.end, hunk.new.end);
        out.push(hunk);
    }
    out
}
