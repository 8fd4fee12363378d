//! Moved passages are widened to their paragraphs, as words elsewhere allow.
//!
//! Where a passage begins like another one (both under the same running
//! title, say) and its beginning was changed, the alignment gives the words of
//! that beginning to the other passage, which stayed. So from a moved block
//! back to the start of its paragraph, and on to its end, when that is as far
//! on both sides and at most [`FAR`] words: if half of the words are equal,
//! they go with the block. What they were aligned with is free again.
//!
//! And an insertion that repeats the words beside it, so that it could stand in
//! several places, begins where a line begins ([`to_lines`]): verses, entries and
//! speeches have lines of their own where they have no blank ones.

use crate::collate::lexicon::Side;
use crate::collate::script::Moved;
use crate::text::align::Match;

/// Words between a moved block and the start or end of its paragraph.
const FAR: usize = 12;
/// Words that an insertion slides at most.
const SLIDES: usize = 200;

/// Widens the blocks and takes their words out of the runs.
pub fn settle(old: &Side<'_>, new: &Side<'_>, runs: &mut Vec<Match>, moved: &mut [Moved]) {
    let mut changed = false;
    for n in 0..moved.len() {
        let free =
            |i: usize, j: usize| !moved.iter().any(|m| m.old.contains(&i) || m.new.contains(&j));
        let equal = |pairs: &[(usize, usize)]| -> Vec<(usize, usize)> {
            pairs.iter().copied().filter(|(i, j)| old.keys[*i] == new.keys[*j]).collect()
        };
        let (mut i, mut j) = (moved[n].old.start, moved[n].new.start);
        let mut pairs = Vec::new();
        while pairs.len() <= FAR && i > 0 && j > 0 && free(i - 1, j - 1) {
            if begins(old, i) && begins(new, j) {
                break;
            }
            (i, j) = (i - 1, j - 1);
            pairs.push((i, j));
        }
        let there = begins(old, i) && begins(new, j);
        let found = equal(&pairs);
        let before = there && !pairs.is_empty() && found.len() * 2 >= pairs.len();
        if before {
            let block = &mut moved[n];
            (block.old.start, block.new.start) = (i, j);
            block.runs.splice(0..0, found.into_iter().rev().map(lone));
        }
        let free =
            |i: usize, j: usize| !moved.iter().any(|m| m.old.contains(&i) || m.new.contains(&j));
        let (mut i, mut j) = (moved[n].old.end, moved[n].new.end);
        let mut pairs = Vec::new();
        while pairs.len() <= FAR && i < old.keys.len() && j < new.keys.len() && free(i, j) {
            if begins(old, i) && begins(new, j) {
                break;
            }
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        }
        let there = begins(old, i) && begins(new, j);
        let found = equal(&pairs);
        let after = there && !pairs.is_empty() && found.len() * 2 >= pairs.len();
        if after {
            let block = &mut moved[n];
            (block.old.end, block.new.end) = (i, j);
            block.runs.extend(found.into_iter().map(lone));
        }
        changed |= before || after;
    }
    if changed {
        let taken =
            |i: usize, j: usize| moved.iter().any(|m| m.old.contains(&i) || m.new.contains(&j));
        let mut kept = Vec::with_capacity(runs.len());
        for run in runs.drain(..) {
            if !moved.iter().any(|m| {
                m.old.start < run.old_end() && run.old < m.old.end
                    || m.new.start < run.new_end() && run.new < m.new.end
            }) {
                kept.push(run);
                continue;
            }
            let words = (0..run.len).map(|k| (run.old + k, run.new + k));
            kept.extend(words.filter(|(i, j)| !taken(*i, *j)).map(lone));
        }
        *runs = kept;
    }
}

/// Slides insertions and deletions to line starts, where the text breaks there
/// as strongly as where they stand. Runs keep at least one word.
pub fn to_lines(old: &Side<'_>, new: &Side<'_>, runs: &mut [Match], moved: &[Moved]) {
    for k in 1..runs.len() {
        let (before, after) = (runs[k - 1], runs[k]);
        let (i, j) = (before.old_end()..after.old, before.new_end()..after.new);
        let (side, range) = match (i.is_empty(), j.is_empty()) {
            (true, false) => (new, j.clone()),
            (false, true) => (old, i.clone()),
            _ => continue,
        };
        let holed = |m: &Moved| {
            m.old.start < i.end && i.start < m.old.end || m.new.start < j.end && j.start < m.new.end
        };
        if begins_line(side, range.start) || moved.iter().any(holed) {
            continue;
        }
        let (keys, strong) = (&side.keys, side.break_before(range.start));
        let good = |at: usize| begins_line(side, at) && side.break_before(at) >= strong;
        let back = (1..before.len.min(SLIDES))
            .take_while(|s| keys[range.start - s] == keys[range.end - s])
            .find(|s| good(range.start - s));
        let on = (1..after.len.min(SLIDES))
            .take_while(|s| keys[range.start + s - 1] == keys[range.end + s - 1])
            .find(|s| good(range.start + s));
        let steps = match (back, on) {
            (Some(s), None) => -(s as isize),
            (Some(s), Some(t)) if s <= t => -(s as isize),
            (_, Some(t)) => t as isize,
            (None, None) => continue,
        };
        let by = |x: usize| x.wrapping_add_signed(steps);
        runs[k - 1].len = by(before.len);
        runs[k] = Match {
            old: by(after.old),
            new: by(after.new),
            len: after.len.wrapping_add_signed(-steps),
        };
    }
}

/// Whether a line begins with word `at`.
fn begins_line(side: &Side<'_>, at: usize) -> bool {
    let Some(word) = side.words.get(at).filter(|_| at > 0) else { return true };
    let before = &side.view.source()[..word.start as usize];
    before[before.trim_end().len()..].contains(['\n', '\r'])
}

/// Whether a paragraph begins with word `at`; also one that stands within a
/// word that is broken over it, as running heads do.
fn begins(side: &Side<'_>, at: usize) -> bool {
    let Some(word) = side.words.get(at).filter(|_| at > 0) else { return true };
    let before = &side.view.source()[..word.start as usize];
    let gap = &before[before.trim_end().len()..];
    gap.matches('\n').count().max(gap.matches('\r').count()) > 1
}

fn lone((old, new): (usize, usize)) -> Match {
    Match { old, new, len: 1 }
}
