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

use super::hard::histogram;
use super::lexicon::{Lexicon, Side};
use super::script::{Hunk, Moved, gaps, hunks};
use super::tidy::{absorb, slide, swap};
use super::typographic::{differing, textual};
use super::{Change, ChangeKind, Diff, Span, Stats, Typographic, count, moves};
use crate::text::View;
use crate::text::align::{Match, align};

/// What changed between two texts. `identical` compares the bytes; all else is
/// by the words of the views, running heads and page numbers left out.
pub fn diff(old: &View, new: &View) -> Diff {
    let identical = old.source() == new.source();
    if identical {
        let words = old.words().iter().filter(|w| !w.layout).count();
        let stats = Stats { words_old: words, words_new: words, ..Stats::default() };
        return Diff { identical, same_words: true, changes: vec![], typographic: vec![], stats };
    }
    let mut lexicon = Lexicon::default();
    let a = lexicon.read(old);
    let b = lexicon.read_like(new, &a);
    let keys = lexicon.len();
    let (runs, moved) = aligned(&a, &b, keys);
    let whole = |side: &Side<'_>| side.count(0..side.words.len());
    let mut stats = Stats { words_old: whole(&a), words_new: whole(&b), ..Stats::default() };
    let mut typographic = differing(&a, &b, &runs);
    let changes = changes(&a, &b, &runs, &moved, keys, &mut stats, &mut typographic);
    for block in &moved {
        typographic.extend(differing(&a, &b, &block.runs));
    }
    typographic.sort_by_key(|t| (t.new.start, t.old.start));
    Diff { identical, same_words: changes.is_empty(), changes, typographic, stats }
}

/// The words of `old` that `new` still has, in place or moved: equal runs of
/// the two views' words (all of them, layout too), sorted by their place in
/// the new one. For attribution.
pub fn carried(old: &View, new: &View) -> Vec<Match> {
    let mut lexicon = Lexicon::default();
    let a = lexicon.read(old);
    let b = lexicon.read_like(new, &a);
    let (mut runs, moved) = aligned(&a, &b, lexicon.len());
    runs.extend(moved.into_iter().flat_map(|m| m.runs));
    runs.sort_by_key(|r| r.new);
    runs
}

fn aligned(a: &Side<'_>, b: &Side<'_>, keys: usize) -> (Vec<Match>, Vec<Moved>) {
    let mut runs = align(&a.keys, &b.keys, keys, &mut histogram);
    let moved = moves::find(a, b, &runs, keys);
    if !moved.is_empty() {
        runs = moves::realign(a, b, &runs, &moved, keys);
    }
    let holes = |hunk: &Hunk| {
        moved.iter().any(|m| {
            (m.old.start < hunk.old.end && hunk.old.start < m.old.end)
                || (m.new.start < hunk.new.end && hunk.new.start < m.new.end)
        })
    };
    swap(a, b, &mut runs, holes);
    slide(a, b, &mut runs, holes);
    (runs, moved)
}

fn changes(
    a: &Side<'_>,
    b: &Side<'_>,
    runs: &[Match],
    moved: &[Moved],
    keys: usize,
    stats: &mut Stats,
    typographic: &mut Vec<Typographic>,
) -> Vec<Change> {
    let mut old_holes: Vec<_> = moved.iter().map(|m| m.old.clone()).collect();
    old_holes.sort_by_key(|h| h.start);
    let new_holes: Vec<_> = moved.iter().map(|m| m.new.clone()).collect();
    let mut count = |hunk: &Hunk| {
        let (deleted, inserted) = count::words(a, b, hunk);
        stats.deleted += deleted;
        stats.inserted += inserted;
    };
    let mut in_place = Vec::new();
    for gap in gaps(runs, 0..a.words.len(), 0..b.words.len()) {
        in_place.extend(hunks(gap, &old_holes, &new_holes));
    }
    let in_place = textual(a, b, &in_place, typographic);
    in_place.iter().for_each(&mut count);
    let in_place = absorb(a, b, in_place, keys);
    // Sorted by word: what is gone stands before the word it preceded.
    let mut list: Vec<(Hunk, Change)> =
        in_place.into_iter().map(|h| (h.clone(), change(a, b, &h))).collect();
    for block in moved {
        let inner: Vec<Hunk> = gaps(&block.runs, block.old.clone(), block.new.clone()).collect();
        let inner = textual(a, b, &inner, typographic);
        inner.iter().for_each(&mut count);
        let whole = Hunk { old: block.old.clone(), new: block.new.clone() };
        let inner = inner.iter().map(|h| change(a, b, h)).collect();
        let (old, new) = (a.span(whole.old.clone()), b.span(whole.new.clone()));
        list.push((whole, Change { kind: ChangeKind::Move, old, new, inner }));
    }
    let words = moved.iter().flat_map(|m| &m.runs);
    stats.moved = words.map(|r| b.count(r.new..r.new_end())).sum();
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
