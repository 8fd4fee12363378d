//! Comparison of two texts by words.
//!
//! 1. Words become numbers ([`super::lexicon`]).
//! 2. They are aligned ([`crate::text::align`]): equal ends off, chains of runs
//!    through unique words, exact tables in small gaps, imara-diff's histogram
//!    in large ones without unique words.
//! 3. Moved passages are found in what is left over, and the gaps they leave
//!    are aligned anew ([`super::moves`]).
//! 4. Ambiguous insertions slide to paragraph and sentence starts, confetti
//!    becomes phrases ([`super::tidy`]).
//! 5. Words that are the same but printed otherwise are listed apart
//!    ([`super::typographic`]).
//!
//! Cost: n log n for texts that have something in common; the bounds for
//! others are those of the aligner. Memory is linear.

use std::ops::Range;

use super::hard::histogram;
use super::lexicon::{Pair, Side};
use super::script::{Hunk, Moved, gaps, hunks};
use super::tidy::{absorb, slide, swap};
use super::typographic::{differing, textual};
use super::{Change, ChangeKind, Diff, Span, Stats, Typographic, count, moves};
use crate::text::View;
use crate::text::align::{Match, align, align_from};

/// What changed between two texts. `identical` compares the bytes; all else is
/// by the words of the views, running heads and page numbers left out.
pub fn diff(old: &View, new: &View) -> Diff {
    let identical = old.source() == new.source();
    if identical {
        let words = old.words().iter().filter(|w| !w.layout).count();
        let stats = Stats { words_old: words, words_new: words, ..Stats::default() };
        return Diff { identical, same_words: true, changes: vec![], typographic: vec![], stats };
    }
    let pair = Pair::read(old, new);
    let (a, b) = (&pair.old, &pair.new);
    let (runs, moved) = aligned(a, b, pair.keys, Some(&pair.once));
    let whole = |side: &Side<'_>| side.count(0..side.words.len());
    let mut stats = Stats { words_old: whole(a), words_new: whole(b), ..Stats::default() };
    let mut typographic = differing(a, b, &runs);
    let changes = changes(&pair, &runs, &moved, &mut stats, &mut typographic);
    for block in &moved {
        typographic.extend(differing(a, b, &block.runs));
    }
    typographic.sort_by_key(|t| (t.new.start, t.old.start));
    Diff { identical, same_words: changes.is_empty(), changes, typographic, stats }
}

/// The words of `old` that `new` still has, in place or moved: equal runs of
/// the two views' words (all of them, layout too), sorted by their place in
/// the new one. For attribution.
pub fn carried(old: &View, new: &View) -> Vec<Match> {
    let pair = Pair::read(old, new);
    let (mut runs, moved) = aligned(&pair.old, &pair.new, pair.keys, Some(&pair.once));
    runs.extend(moved.into_iter().flat_map(|m| m.runs));
    runs.sort_by_key(|r| r.new);
    runs
}

/// Equal runs in place, and what moved. `once` holds the pairs of words that
/// stand once in either text, where these are known.
pub(super) fn aligned(
    a: &Side<'_>,
    b: &Side<'_>,
    keys: usize,
    once: Option<&[(u32, u32)]>,
) -> (Vec<Match>, Vec<Moved>) {
    let mut runs = match once {
        Some(once) => align_from(once, &a.keys, &b.keys, keys, histogram),
        None => align(&a.keys, &b.keys, keys, &mut histogram),
    };
    let moved = moves::find(a, b, &runs, keys);
    if !moved.is_empty() {
        runs = moves::realign(a, b, &runs, &moved, keys);
    }
    let mut old_holes: Vec<_> = moved.iter().map(|m| &m.old).collect();
    old_holes.sort_by_key(|h| h.start);
    let meets = |range: &Range<usize>, holes: &[&Range<usize>]| {
        let at = holes.partition_point(|h| h.end <= range.start);
        holes.get(at).is_some_and(|h| h.start < range.end)
    };
    let new_holes: Vec<_> = moved.iter().map(|m| &m.new).collect();
    let holes = |hunk: &Hunk| meets(&hunk.old, &old_holes) || meets(&hunk.new, &new_holes);
    swap(a, b, &mut runs, holes);
    slide(a, b, &mut runs, holes);
    (runs, moved)
}

fn changes(
    pair: &Pair<'_>,
    runs: &[Match],
    moved: &[Moved],
    stats: &mut Stats,
    typographic: &mut Vec<Typographic>,
) -> Vec<Change> {
    let (a, b) = (&pair.old, &pair.new);
    let mut old_holes: Vec<_> = moved.iter().map(|m| m.old.clone()).collect();
    old_holes.sort_by_key(|h| h.start);
    let new_holes: Vec<_> = moved.iter().map(|m| m.new.clone()).collect();
    let mut count = |hunk: &Hunk| {
        let (deleted, inserted) = count::words(a, b, hunk);
        stats.deleted += deleted;
        stats.inserted += inserted;
    };
    let mut in_place = Vec::with_capacity(runs.len() + 1);
    for gap in gaps(runs, 0..a.words.len(), 0..b.words.len()) {
        if moved.is_empty() {
            in_place.push(gap);
        } else {
            in_place.extend(hunks(gap, &old_holes, &new_holes));
        }
    }
    textual(a, b, &mut in_place, typographic);
    in_place.iter().for_each(&mut count);
    absorb(pair, &mut in_place);
    let mut list: Vec<Change> = in_place.iter().map(|h| change(a, b, h)).collect();
    if moved.is_empty() {
        return list;
    }
    // Sorted by word: what is gone stands before the word it preceded.
    let mut order = in_place;
    for block in moved {
        let mut inner = gaps(&block.runs, block.old.clone(), block.new.clone()).collect();
        textual(a, b, &mut inner, typographic);
        inner.iter().for_each(&mut count);
        let inner = inner.iter().map(|h| change(a, b, h)).collect();
        let (old, new) = (a.span(block.old.clone()), b.span(block.new.clone()));
        list.push(Change { kind: ChangeKind::Move, old, new, inner });
        order.push(Hunk { old: block.old.clone(), new: block.new.clone() });
    }
    let words = moved.iter().flat_map(|m| &m.runs);
    stats.moved = words.map(|r| b.count(r.new..r.new_end())).sum();
    let mut list: Vec<(Hunk, Change)> = order.into_iter().zip(list).collect();
    list.sort_by_key(|(h, _)| (h.new.start, h.new.end, h.old.start));
    list.into_iter().map(|(_, change)| change).collect()
}

fn change(a: &Side<'_>, b: &Side<'_>, hunk: &Hunk) -> Change {
    let kind = match (hunk.old.is_empty(), hunk.new.is_empty()) {
        (true, _) => ChangeKind::Insert,
        (_, true) => ChangeKind::Delete,
        _ => ChangeKind::Replace,
    };
    let (old, new): (Span, Span) = (a.span(hunk.old.clone()), b.span(hunk.new.clone()));
    Change { kind, old, new, inner: Vec::new() }
}
