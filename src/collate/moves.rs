//! Passages that moved, found in what the alignment left over.
//!
//! 1. Loose regions: on each side, unmatched words, with matches of one or two
//!    words between them taken along (a moved passage always finds a stray
//!    "the" to match); regions of few unmatched words are dropped.
//! 2. Three-word shingles that occur once among the loose words of either side
//!    are paired and grown to maximal equal runs.
//! 3. Runs that follow each other on both sides at short distance are one
//!    block; it is widened to the bounds of its paragraph or sentence and
//!    aligned inside. At least [`WORDS`] words, and half of the longer side,
//!    must be the same.
//! 4. The words of moved blocks are taken out of the alignment, and the gaps
//!    they stood in are aligned anew without them.
//!
//! Cost: linear in the loose words, plus the alignment of each block.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::hard::histogram;
use super::lexicon::{Fold, Side};
use super::script::{Hunk, Moved, gaps, without};
use crate::text::align::{Match, align, common_prefix, common_suffix};

/// Fewer equal words are a repeated phrase, not a moved passage.
const WORDS: usize = 6;
/// A match this short between two changes does not end a loose region.
const ISLAND: usize = 2;
/// Runs of one block stand at most so many words apart.
const APART: usize = 16;
/// A run this long next to a moved block is beyond doubt.
const SOLID: usize = 4;

/// The moved passages, sorted by their new place.
pub fn find(old: &Side<'_>, new: &Side<'_>, runs: &[Match], keys: usize) -> Vec<Moved> {
    let (old_regions, new_regions) = loose(runs, old.keys.len(), new.keys.len());
    if old_regions.is_empty() || new_regions.is_empty() {
        return Vec::new();
    }
    let seeds = seeds(old, new, runs, &old_regions, &new_regions);
    let mut blocks: Vec<(usize, Moved)> = Vec::new();
    for cluster in clusters(&seeds) {
        let (first, last) = (cluster[0], cluster[cluster.len() - 1]);
        let within = (&old_regions[first.regions.0], &new_regions[first.regions.1]);
        let mut block =
            Hunk { old: first.run.old..last.run.old_end(), new: first.run.new..last.run.new_end() };
        widen(old, new, &mut block, within);
        reclaim(old, new, &mut block);
        let inner = inner(old, new, &block, keys);
        let same: usize = inner.iter().map(|r| r.len).sum();
        if same >= WORDS && same * 2 >= block.old.len().max(block.new.len()) {
            blocks.push((same, Moved { old: block.old, new: block.new, runs: inner }));
        }
    }
    // The largest first; what overlaps it on either side gives way.
    blocks.sort_by_key(|(same, b)| (usize::MAX - same, b.old.start));
    let (mut old_taken, mut new_taken) = (Vec::new(), Vec::new());
    blocks.retain(|(_, b)| take(&mut old_taken, &b.old, &mut new_taken, &b.new));
    let mut moved: Vec<Moved> = blocks.into_iter().map(|(_, b)| b).collect();
    moved.sort_by_key(|b| b.new.start);
    moved
}

/// Takes both ranges if neither overlaps what was taken before.
fn take(
    olds: &mut Vec<Range<usize>>,
    old: &Range<usize>,
    news: &mut Vec<Range<usize>>,
    new: &Range<usize>,
) -> bool {
    let place = |taken: &[Range<usize>], r: &Range<usize>| {
        let at = taken.partition_point(|t| t.end <= r.start);
        (taken.get(at).is_none_or(|t| t.start >= r.end)).then_some(at)
    };
    let (Some(i), Some(j)) = (place(olds, old), place(news, new)) else { return false };
    olds.insert(i, old.clone());
    news.insert(j, new.clone());
    true
}

fn inner(old: &Side<'_>, new: &Side<'_>, block: &Hunk, keys: usize) -> Vec<Match> {
    let (a, b) = (&old.keys[block.old.clone()], &new.keys[block.new.clone()]);
    let mut runs = align(a, b, keys, &mut histogram);
    for run in &mut runs {
        (run.old, run.new) = (run.old + block.old.start, run.new + block.new.start);
    }
    runs
}

/// The loose regions of both sides.
fn loose(runs: &[Match], old_len: usize, new_len: usize) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let mut sides = [Vec::new(), Vec::new()];
    // (region, unmatched words in it)
    let mut open: [Option<(Range<usize>, usize)>; 2] = [None, None];
    for gap in gaps(runs, 0..old_len, 0..new_len) {
        for (side, range) in [gap.old, gap.new].into_iter().enumerate() {
            match &mut open[side] {
                Some((region, words)) if range.start - region.end <= ISLAND => {
                    *words += range.len();
                    region.end = range.end;
                }
                at => {
                    let done = at.replace((range.clone(), range.len()));
                    sides[side].extend(done.filter(|(_, words)| *words >= WORDS));
                }
            }
        }
    }
    for (side, at) in open.into_iter().enumerate() {
        sides[side].extend(at.filter(|(_, words)| *words >= WORDS));
    }
    sides.map(|side| side.into_iter().map(|(region, _)| region).collect()).into()
}

/// An equal run and the regions (old, new) it lies in.
#[derive(Debug, Clone, Copy)]
struct Seed {
    run: Match,
    regions: (usize, usize),
}

const NONE: u32 = u32::MAX;
const MANY: u32 = u32::MAX - 1;

fn seeds(
    old: &Side<'_>,
    new: &Side<'_>,
    runs: &[Match],
    old_regions: &[Range<usize>],
    new_regions: &[Range<usize>],
) -> Vec<Seed> {
    // Shingle -> (place in the old text, place in the new text).
    let mut places: HashMap<u64, (u32, u32), BuildHasherDefault<Fold>> = HashMap::default();
    for region in old_regions {
        for i in region.start..region.end.saturating_sub(2) {
            let place = places.entry(shingle(&old.keys[i..i + 3])).or_insert((i as u32, NONE));
            if place.0 != i as u32 {
                place.0 = MANY;
            }
        }
    }
    for region in new_regions {
        for j in region.start..region.end.saturating_sub(2) {
            if let Some(place) = places.get_mut(&shingle(&new.keys[j..j + 3])) {
                place.1 = if place.1 == NONE { j as u32 } else { MANY };
            }
        }
    }
    let mut seeds: Vec<Seed> = Vec::new();
    for (x, region) in old_regions.iter().enumerate() {
        let mut last = Match { old: 0, new: 0, len: 0 };
        for i in region.start..region.end.saturating_sub(2) {
            let Some(&(at, j)) = places.get(&shingle(&old.keys[i..i + 3])) else { continue };
            if at != i as u32 || j >= MANY {
                continue;
            }
            let j = j as usize;
            if i < last.old_end() && i - last.old + last.new == j {
                continue;
            }
            let y = new_regions.partition_point(|r| r.end <= j);
            let other = &new_regions[y];
            let back = common_suffix(&old.keys[region.start..i], &new.keys[other.start..j]);
            let ahead = common_prefix(&old.keys[i..region.end], &new.keys[j..other.end]);
            last = Match { old: i - back, new: j - back, len: back + ahead };
            if ahead >= 3 && !aligned(runs, i, j) {
                seeds.push(Seed { run: last, regions: (x, y) });
            }
        }
    }
    seeds
}

/// Three keys in one number. Equal keys give equal numbers; the reverse is
/// seen to when the run is grown.
fn shingle(keys: &[u32]) -> u64 {
    let at = |k: usize| u64::from(keys[k]);
    at(0) ^ at(1).rotate_left(21) ^ at(2).rotate_left(42)
}

/// Does the alignment pair these two words already?
fn aligned(runs: &[Match], i: usize, j: usize) -> bool {
    let at = runs.partition_point(|r| r.old_end() <= i);
    runs.get(at).is_some_and(|r| r.old <= i && i - r.old + r.new == j)
}

/// Seeds that follow each other on both sides, in the same two regions.
fn clusters(seeds: &[Seed]) -> Vec<Vec<Seed>> {
    let mut clusters: Vec<Vec<Seed>> = Vec::new();
    for &seed in seeds {
        let follows = |cluster: &Vec<Seed>| {
            let last = cluster[cluster.len() - 1];
            last.regions == seed.regions
                && seed.run.old + 2 >= last.run.old_end()
                && seed.run.new + 2 >= last.run.new_end()
                && seed.run.old_end() > last.run.old_end()
                && seed.run.new_end() > last.run.new_end()
                && seed.run.old <= last.run.old_end() + APART
                && seed.run.new <= last.run.new_end() + APART
        };
        // A stray seed may stand between two that belong together.
        match clusters.iter_mut().rev().take(4).find(|c| follows(c)) {
            Some(cluster) => cluster.push(seed),
            None => clusters.push(vec![seed]),
        }
    }
    clusters
}

/// Widens a block to where a reader would cut: its paragraph, else its
/// sentence, when that lies near on both sides and inside the loose regions.
fn widen(old: &Side<'_>, new: &Side<'_>, block: &mut Hunk, within: (&Range<usize>, &Range<usize>)) {
    let roomy = block.old.len().max(12);
    for (level, room) in [(3, roomy), (2, 8)] {
        let back = |side: &Side<'_>, from: usize, stop: usize| {
            (stop..=from).rev().take(room + 1).find(|&k| side.break_before(k) >= level)
        };
        let found = (
            back(old, block.old.start, within.0.start),
            back(new, block.new.start, within.1.start),
        );
        if let (Some(i), Some(j)) = found
            && block.old.start - i + block.new.start - j <= room
        {
            (block.old.start, block.new.start) = (i, j);
            break;
        }
    }
    for (level, room) in [(3, roomy), (2, 8)] {
        let ahead = |side: &Side<'_>, from: usize, stop: usize| {
            (from..=stop).take(room + 1).find(|&k| side.break_before(k) >= level)
        };
        let found =
            (ahead(old, block.old.end, within.0.end), ahead(new, block.new.end, within.1.end));
        if let (Some(i), Some(j)) = found
            && i - block.old.end + j - block.new.end <= room
        {
            (block.old.end, block.new.end) = (i, j);
            break;
        }
    }
}

/// Gives a block the equal words between it and the paragraph or sentence
/// start (or end) before (after) it that the alignment gave to a neighbour:
/// of two paragraphs that begin alike, the one that stayed keeps its own word.
fn reclaim(old: &Side<'_>, new: &Side<'_>, block: &mut Hunk) {
    const FAR: usize = 8;
    let clean = |i: usize, j: usize| old.break_before(i).min(new.break_before(j)) >= 2;
    let (i, j) = (block.old.start, block.new.start);
    let room = FAR.min(i).min(j);
    let same = |k: &usize| old.keys[i - k] == new.keys[j - k];
    let equal = (1..=room).take_while(same).count();
    if let Some(k) = (0..=equal).find(|&k| clean(i - k, j - k)) {
        (block.old.start, block.new.start) = (i - k, j - k);
    }
    let (i, j) = (block.old.end, block.new.end);
    let room = FAR.min(old.keys.len() - i).min(new.keys.len() - j);
    let equal = (0..room).take_while(|k| old.keys[i + k] == new.keys[j + k]).count();
    if let Some(k) = (0..=equal).find(|&k| clean(i + k, j + k)) {
        (block.old.end, block.new.end) = (i + k, j + k);
    }
}

/// The alignment without the words of the moved blocks; the gaps they stood
/// in, with the short runs beside them, are aligned anew.
pub fn realign(
    old: &Side<'_>,
    new: &Side<'_>,
    runs: &[Match],
    moved: &[Moved],
    keys: usize,
) -> Vec<Match> {
    let mut old_holes: Vec<_> = moved.iter().map(|m| m.old.clone()).collect();
    old_holes.sort_by_key(|h| h.start);
    let new_holes: Vec<_> = moved.iter().map(|m| m.new.clone()).collect();
    let runs = cut(runs, &old_holes, &new_holes);
    // Runs near a hole and not beyond doubt are given up.
    let holed = |range: Range<usize>, holes: &[Range<usize>]| {
        let at = holes.partition_point(|h| h.end <= range.start);
        holes.get(at).is_some_and(|h| h.start < range.end)
    };
    let mut out: Vec<Match> = Vec::with_capacity(runs.len());
    let (mut i, mut j) = (0, 0); // end of the last run kept
    let mut doubtful = 0; // runs at the end of `out` that may be given up
    let mut open = false; // a hole was seen since the last solid run
    let end = Match { old: old.keys.len(), new: new.keys.len(), len: 0 };
    for run in runs.into_iter().chain([end]) {
        open |= holed(i..run.old, &old_holes) || holed(j..run.new, &new_holes);
        let solid = run.len > SOLID || run == end;
        (i, j) = (run.old_end(), run.new_end());
        if !solid {
            doubtful += 1;
            out.push(run);
            continue;
        }
        if std::mem::take(&mut open) {
            out.truncate(out.len() - doubtful);
            let from = out.last().map_or((0, 0), |r| (r.old_end(), r.new_end()));
            let a = without(from.0..run.old, &old_holes);
            let b = without(from.1..run.new, &new_holes);
            around(old, new, &a, &b, keys, &mut out);
        }
        doubtful = 0;
        if run.len > 0 {
            out.push(run);
        }
    }
    join(out)
}

/// Cuts runs at the borders of holes and drops what lies in holes.
fn cut(runs: &[Match], old_holes: &[Range<usize>], new_holes: &[Range<usize>]) -> Vec<Match> {
    let mut out = Vec::with_capacity(runs.len());
    for run in runs {
        for a in without(run.old..run.old_end(), old_holes) {
            let b = a.start - run.old + run.new..a.end - run.old + run.new;
            for b in without(b, new_holes) {
                out.push(Match { old: b.start - run.new + run.old, new: b.start, len: b.len() });
            }
        }
    }
    out
}

/// Aligns the words of `a` with those of `b`, as if nothing stood between the
/// stretches of either.
fn around(
    old: &Side<'_>,
    new: &Side<'_>,
    a: &[Range<usize>],
    b: &[Range<usize>],
    keys: usize,
    out: &mut Vec<Match>,
) {
    let a: Vec<usize> = a.iter().cloned().flatten().collect();
    let b: Vec<usize> = b.iter().cloned().flatten().collect();
    let a_keys: Vec<u32> = a.iter().map(|&i| old.keys[i]).collect();
    let b_keys: Vec<u32> = b.iter().map(|&j| new.keys[j]).collect();
    for run in align(&a_keys, &b_keys, keys, &mut histogram) {
        for k in 0..run.len {
            out.push(Match { old: a[run.old + k], new: b[run.new + k], len: 1 });
        }
    }
}

/// Joins runs that continue each other.
fn join(runs: Vec<Match>) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::with_capacity(runs.len());
    for run in runs {
        match out.last_mut() {
            Some(last) if last.old_end() == run.old && last.new_end() == run.new => {
                last.len += run.len;
            }
            _ => out.push(run),
        }
    }
    out
}
