//! Boundaries where a reader would put them.
//!
//! - *Slide*: an insertion that repeats the words beside it ("A. B. B." from
//!   "A. B.") can stand at several places; it is slid to the one where it
//!   starts a paragraph, else a sentence, else a clause. At most [`SLIDES`]
//!   steps each way.
//! - *Swap*: of "X and Y" and "Y and X" the "and" is what stays, not X.
//! - *No confetti*: one or two common words left standing between two
//!   rewritten phrases, or between a rewritten one and a long addition or
//!   omission, are taken into one phrase change.

use std::ops::Range;

use super::lexicon::{Pair, Side};
use super::script::Hunk;
use crate::text::align::Match;

const SLIDES: usize = 200;

/// Slides pure insertions and deletions between neighbouring runs. Runs keep
/// at least one word.
pub fn slide(old: &Side<'_>, new: &Side<'_>, runs: &mut [Match], holed: impl Fn(&Hunk) -> bool) {
    for k in 1..runs.len() {
        let (before, after) = (runs[k - 1], runs[k]);
        let gap = Hunk { old: before.old_end()..after.old, new: before.new_end()..after.new };
        let (side, range) = match (gap.old.is_empty(), gap.new.is_empty()) {
            (true, false) => (new, gap.new.clone()),
            (false, true) => (old, gap.old.clone()),
            _ => continue,
        };
        if holed(&gap) {
            continue;
        }
        let steps = best_step(side, &range, before.len - 1, after.len - 1);
        if steps != 0 {
            let by = |x: usize| x.wrapping_add_signed(steps);
            runs[k - 1].len = by(before.len);
            runs[k] = Match {
                old: by(after.old),
                new: by(after.new),
                len: after.len.wrapping_add_signed(-steps),
            };
        }
    }
}

/// Rewrites an insertion and a deletion around a kept word into the two halves
/// of a swap around the middle, where that keeps as many words.
pub fn swap(old: &Side<'_>, new: &Side<'_>, runs: &mut [Match], holed: impl Fn(&Hunk) -> bool) {
    for k in 0..runs.len() {
        let run = runs[k];
        if run.len > 3 {
            continue;
        }
        let before = if k == 0 { (0, 0) } else { (runs[k - 1].old_end(), runs[k - 1].new_end()) };
        let after = runs.get(k + 1).map_or((old.keys.len(), new.keys.len()), |r| (r.old, r.new));
        let (left, right) = (
            Hunk { old: before.0..run.old, new: before.1..run.new },
            Hunk { old: run.old_end()..after.0, new: run.new_end()..after.1 },
        );
        // (x, y): where the two copies of "middle and other half" stand.
        let inserted_first = left.old.is_empty() && right.new.is_empty();
        let deleted_first = left.new.is_empty() && right.old.is_empty();
        let (olds, news) = match (inserted_first, deleted_first) {
            (true, false) => (right.old.clone(), left.new.clone()),
            (false, true) => (left.old.clone(), right.new.clone()),
            _ => continue,
        };
        let (len, middle) = (olds.len(), run.len);
        if news.len() != len || len <= middle || len > 12 || holed(&left) || holed(&right) {
            continue;
        }
        let (a, b) = (&old.keys[olds.clone()], &new.keys[news.clone()]);
        let half = len - middle;
        let (old_at, new_at, swapped) = if inserted_first {
            // old: run, middle, half; new: half, middle, run
            (olds.start, news.start + half, a[..middle] == b[half..] && a[middle..] == b[..half])
        } else {
            (olds.start + half, news.start, a[half..] == b[..middle] && a[..half] == b[middle..])
        };
        if swapped {
            runs[k] = Match { old: old_at, new: new_at, len: middle };
        }
    }
}

/// How far to slide the words `range` of one side (negative: towards the
/// beginning) so that they start at the strongest break; nearest first.
fn best_step(side: &Side<'_>, range: &Range<usize>, left: usize, right: usize) -> isize {
    let keys = &side.keys;
    let mut best = (side.break_before(range.start), 0isize);
    let mut lefts = 0;
    while lefts < left.min(SLIDES) && keys[range.start - 1 - lefts] == keys[range.end - 1 - lefts] {
        lefts += 1;
        let level = side.break_before(range.start - lefts);
        if level > best.0 {
            best = (level, -(lefts as isize));
        }
    }
    let mut rights = 0;
    while rights < right.min(SLIDES) && keys[range.start + rights] == keys[range.end + rights] {
        rights += 1;
        let level = side.break_before(range.start + rights);
        if level > best.0 {
            best = (level, rights as isize);
        }
    }
    best.1
}

/// Joins neighbouring rewritten phrases over the common words between them.
/// The hunks are in order and lie apart.
pub fn absorb(pair: &Pair<'_>, hunks: &mut Vec<Hunk>) {
    let (old, new, seen) = (&pair.old, &pair.new, &pair.seen);
    let common = ((old.keys.len() + new.keys.len()) / 2000).max(4) as u32;
    hunks.dedup_by(|hunk, last| {
        let (i, j) = (last.old.end..hunk.old.start, last.new.end..hunk.new.start);
        let joined = (1..=2).contains(&i.len())
            && i.len() == j.len()
            && outweigh(last, hunk, i.len())
            && old.keys[i.clone()] == new.keys[j]
            && old.keys[i].iter().all(|&key| seen[key as usize] >= common);
        if joined {
            (last.old.end, last.new.end) = (hunk.old.end, hunk.new.end);
        }
        joined
    });
}

/// Whether two hunks say so much that `kept` common words between them are
/// chance: both rewrite, or one does and the two are very long.
fn outweigh(before: &Hunk, after: &Hunk, kept: usize) -> bool {
    let words = |h: &Hunk| h.old.len() + h.new.len();
    let rewrites = |h: &Hunk| !h.old.is_empty() && !h.new.is_empty();
    words(before).min(words(after)) > 4 * kept
        && match (rewrites(before), rewrites(after)) {
            (true, true) => true,
            (false, false) => false,
            _ => words(before) + words(after) > 24 * kept,
        }
}
